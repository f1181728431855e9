/* rnl-gathered-event.c: the typed members of an event that was read
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-log-reader-private.h"

#include "rnl-json-members.h"
#include "rnl-provider-error.h"
#include "rnl-recorded-chunk.h"

void
rnl_gathered_event_clear (RnlGatheredEvent *gathered)
{
  g_free (gathered->path);
  g_free (gathered->subject);
  g_free (gathered->chunk_text);
  g_free (gathered->marks);
  g_clear_pointer (&gathered->blocks, g_ptr_array_unref);
  json_object_unref (gathered->data);
}

static gboolean
is_model (RnlRun *run)
{
  RnlRunType type = rnl_run_get_run_type (run);

  return type == RNL_RUN_CHAT_MODEL || type == RNL_RUN_LLM;
}

static GError *
read_error (JsonObject *object)
{
  const char *message = rnl_json_object_get_string (object, "message");
  const char *nick = rnl_json_object_get_string (object, "code");
  g_autoptr (GEnumClass) klass = g_type_class_ref (RNL_TYPE_PROVIDER_ERROR);
  GEnumValue *value = nick != NULL ? g_enum_get_value_by_nick (klass, nick) : NULL;

  return value != NULL
           ? g_error_new_literal (RNL_PROVIDER_ERROR, value->value, message != NULL ? message : "")
           : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, message != NULL ? message : "");
}

/* An array of marks whose members are those of the list. */
static void
fill_blocks (RnlGatheredEvent *gathered)
{
  JsonArray *array = rnl_json_object_get_array (gathered->data, "blocks");
  guint n = array != NULL ? json_array_get_length (array) : 0;

  if (n == 0)
    return;

  gathered->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_block_mark_free);
  gathered->marks = g_new (RnlBlockMark, n);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *object = rnl_json_node_get_object (json_array_get_element (array, i));

      g_ptr_array_add (gathered->blocks, rnl_block_mark_new_from_json (object));
      gathered->marks[i] = *(RnlBlockMark *) g_ptr_array_index (gathered->blocks, i);
    }
  gathered->event.blocks = gathered->marks;
  gathered->event.n_blocks = n;
}

/* What was recorded is what came to the counts; the model said what they are. */
static void
count_up (RnlChunk *chunk, RnlUsage *usage)
{
  chunk->earlier = *usage;
  rnl_usage_add (usage, &chunk->usage);
  chunk->usage = *usage;
}

/* The typed members of the event, for listeners that do not read JSON. */
static void
fill_stream (RnlGatheredEvent *gathered, RnlUsage *usage)
{
  JsonNode *value = json_object_get_member (gathered->data, "chunk");

  if (value == NULL)
    return;
  if (is_model (gathered->run) && JSON_NODE_HOLDS_OBJECT (value))
    {
      rnl_recorded_chunk_read (json_node_get_object (value), &gathered->chunk,
                               &gathered->chunk_text);
      if (gathered->chunk.type == RNL_CHUNK_USAGE)
        count_up (&gathered->chunk, usage);
      gathered->event.chunk = &gathered->chunk;
    }
  else if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    gathered->event.text = json_node_get_string (value);
  else
    gathered->event.data = value;
}

void
rnl_gathered_event_fill (RnlGatheredEvent *gathered, RnlUsage *usage, GError **failure)
{
  RnlEvent *event = &gathered->event;

  fill_blocks (gathered);
  switch (event->kind)
    {
    case RNL_EVENT_START:
      event->data = json_object_get_member (gathered->data, "input");
      break;
    case RNL_EVENT_STREAM:
      fill_stream (gathered, usage);
      break;
    case RNL_EVENT_CUSTOM:
      event->data = json_object_get_member (gathered->data, "data");
      break;
    case RNL_EVENT_ERROR:
      *failure = read_error (rnl_json_object_get_object (gathered->data, "error"));
      event->error = *failure;
      break;
    case RNL_EVENT_END:
      event->data = json_object_get_member (gathered->data, "output");
      event->input = json_object_get_member (gathered->data, "input");
      break;
    case RNL_EVENT_CANCEL:
    default:
      break;
    }
}

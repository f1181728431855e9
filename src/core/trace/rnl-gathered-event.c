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

/* The typed members of the event, for listeners that do not read JSON. */
static void
fill_stream (RnlGatheredEvent *gathered, RnlChunk *chunk)
{
  JsonNode *value = json_object_get_member (gathered->data, "chunk");

  if (value == NULL)
    return;
  if (is_model (gathered->run) && JSON_NODE_HOLDS_OBJECT (value))
    {
      rnl_recorded_chunk_read (json_node_get_object (value), chunk);
      gathered->event.chunk = chunk;
    }
  else if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    gathered->event.text = json_node_get_string (value);
  else
    gathered->event.data = value;
}

void
rnl_gathered_event_fill (RnlGatheredEvent *gathered, RnlChunk *chunk, GError **failure)
{
  RnlEvent *event = &gathered->event;

  switch (event->kind)
    {
    case RNL_EVENT_START:
      event->data = json_object_get_member (gathered->data, "input");
      break;
    case RNL_EVENT_STREAM:
      fill_stream (gathered, chunk);
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

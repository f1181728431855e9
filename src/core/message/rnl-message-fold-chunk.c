/* rnl-message-fold-chunk.c: what was folded, in the shape that adds up
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-chunk-json-private.h"
#include "rnl-message-fold-private.h"
#include "rnl-part-extra.h"

/* The texts of all parts of one kind. */
typedef struct
{
  GString *content;
  GString *reasoning;
  GString *refusal;
} Texts;

static void
add_citations (JsonObject *object, RnlPart *part)
{
  JsonNode *all = rnl_part_get_extra (part, RNL_PART_EXTRA_ANNOTATIONS);
  JsonArray *array = all != NULL ? json_node_get_array (all) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    rnl_chunk_json_add_citation (object, json_array_get_element (array, i));
}

static void
add_part (RnlMessageFold *self, JsonObject *object, Texts *texts, RnlPart *part)
{
  const char *text = rnl_message_fold_peek_text (self, part);

  switch (rnl_part_get_part_type (part))
    {
    case RNL_PART_TEXT:
      g_string_append (rnl_part_is_refusal (part) ? texts->refusal : texts->content, text);
      add_citations (object, part);
      break;
    case RNL_PART_REASONING:
      g_string_append (texts->reasoning, text);
      break;
    case RNL_PART_FILE:
      rnl_chunk_json_add_file (object, rnl_part_get_title (part),
                               rnl_part_get_extra_string (part, RNL_PART_EXTRA_MIME_TYPE), text);
      break;
    case RNL_PART_TOOL_CALL:
    case RNL_PART_OPAQUE:
    default:
      break;
    }
}

/* Not where an index was left out, nor a call that nothing was said of. */
static gboolean
is_said (RnlPart *call)
{
  if (call == NULL)
    return FALSE;

  return rnl_part_get_name (call) != NULL || rnl_part_get_call_id (call) != NULL
         || rnl_part_get_length (call) > 0;
}

static void
add_call (JsonObject *object, RnlPart *call, gint index)
{
  if (!is_said (call))
    return;
  if (rnl_part_is_remote (call))
    rnl_chunk_json_add_remote (object, index, rnl_part_get_call_id (call), rnl_part_get_name (call),
                               rnl_part_get_text (call), rnl_part_get_result (call));
  else
    rnl_chunk_json_add_call (object, index, rnl_part_get_call_id (call), rnl_part_get_name (call),
                             rnl_part_get_text (call));
}

static JsonObject *
fold_to_object (RnlMessageFold *self)
{
  static const RnlUsage none = RNL_USAGE_INIT;
  JsonObject *object = json_object_new ();
  Texts texts = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL) };

  if (self->before != NULL)
    add_part (self, object, &texts, self->before);
  for (guint i = self->n_parts; i < rnl_message_get_n_parts (self->message); i++)
    {
      RnlPart *part = rnl_message_get_part (self->message, i);

      /* An answer that came as an argument is in its call. */
      if (rnl_part_get_step (part) == self->step
          && rnl_part_get_extra (part, RNL_PART_EXTRA_FINAL) == NULL)
        add_part (self, object, &texts, part);
    }
  for (guint i = 0; i < self->calls->len; i++)
    add_call (object, g_ptr_array_index (self->calls, i), (gint) i);

  json_object_set_string_member (object, "content", texts.content->str);
  rnl_chunk_json_set_text (object, "reasoning_content", texts.reasoning->str);
  rnl_chunk_json_set_text (object, "refusal", texts.refusal->str);
  rnl_chunk_json_set_usage (object, &self->usage, &none);
  rnl_chunk_json_set_fact (object, "model_name", self->model);
  if (self->finish != RNL_FINISH_NONE)
    rnl_chunk_json_set_fact (object, "finish_reason",
                             rnl_enum_nick (RNL_TYPE_FINISH_REASON, (gint) self->finish));
  if (self->id != NULL)
    json_object_set_string_member (object, "id", self->id);
  g_string_free (texts.content, TRUE);
  g_string_free (texts.reasoning, TRUE);
  g_string_free (texts.refusal, TRUE);

  return object;
}

/**
 * rnl_message_fold_to_chunk:
 * @self: a fold
 *
 * Returns: (transfer full): what was folded so far: the sum of the chunks
 */
RnlMessageChunk *
rnl_message_fold_to_chunk (RnlMessageFold *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, fold_to_object (self));

  return rnl_message_chunk_new_from_json (node, NULL);
}

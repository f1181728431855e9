/* rnl-openai-chat-details.c
 *
 * Gateways give the thinking twice: as text for people, and as `reasoning_details`, signed or
 * encrypted by whoever made the model, without which it cannot go on thinking after a tool call.
 * The pieces are put together here; thinking that nobody sealed need not go back.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-openai-chat-details.h"

#include "rnl-decoder.h"
#include <string.h>

#include "rnl-json-members.h"
#include "rnl-json-value.h"

/* One piece of thinking as it grows. */
typedef struct
{
  JsonObject *object;
  const char *member; /* nullable: the one that grows */
  GString *text;      /* what it grew to */
} Detail;

struct _RnlOpenaiChatDetails
{
  GPtrArray *details; /* of Detail */
  gboolean sealed;    /* one of them is signed or encrypted */
};

static void
detail_free (Detail *detail)
{
  json_object_unref (detail->object);
  g_string_free (detail->text, TRUE);
  g_free (detail);
}

RnlOpenaiChatDetails *
rnl_openai_chat_details_new (void)
{
  RnlOpenaiChatDetails *self = g_new0 (RnlOpenaiChatDetails, 1);

  self->details = g_ptr_array_new_with_free_func ((GDestroyNotify) detail_free);

  return self;
}

void
rnl_openai_chat_details_free (RnlOpenaiChatDetails *self)
{
  g_ptr_array_unref (self->details);
  g_free (self);
}

static gboolean
has_text (JsonObject *object, const char *member)
{
  const char *text = rnl_json_object_get_string (object, member);

  return text != NULL && *text != '\0';
}

static const char *
growing_member (JsonObject *object)
{
  const char *type = rnl_json_object_get_string (object, "type");

  if (g_strcmp0 (type, "reasoning.text") == 0)
    return "text";

  return g_strcmp0 (type, "reasoning.summary") == 0 ? "summary" : NULL;
}

static gboolean
goes_on (const Detail *last, JsonObject *piece, const char *member)
{
  return last != NULL && member != NULL && last->member == member
         && rnl_json_object_get_int (last->object, "index", -1)
              == rnl_json_object_get_int (piece, "index", -1);
}

/* What is new in @piece besides its text: a signature comes last, in a piece of its own. */
static void
take_members (Detail *detail, JsonObject *piece)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, piece);
  while (json_object_iter_next (&iter, &name, &value))
    if (g_strcmp0 (name, detail->member) != 0 && !JSON_NODE_HOLDS_NULL (value)
        && (json_node_get_value_type (value) != G_TYPE_STRING
            || *json_node_get_string (value) != '\0'))
      json_object_set_member (detail->object, name, rnl_json_value_copy (value));
}

static void
take_piece (RnlOpenaiChatDetails *self, JsonObject *piece, GString *fresh)
{
  const char *member = growing_member (piece);
  Detail *detail
    = self->details->len > 0 ? g_ptr_array_index (self->details, self->details->len - 1) : NULL;

  if (!goes_on (detail, piece, member))
    {
      detail = g_new0 (Detail, 1);
      detail->object = json_object_new ();
      detail->member = member;
      detail->text = g_string_new (NULL);
      g_ptr_array_add (self->details, detail);
    }
  take_members (detail, piece);
  if (member != NULL && has_text (piece, member))
    {
      g_string_append (detail->text, rnl_json_object_get_string (piece, member));
      g_string_append (fresh, rnl_json_object_get_string (piece, member));
    }
  self->sealed |= has_text (piece, "data") || has_text (piece, "signature");
}

/**
 * rnl_openai_chat_details_read:
 * @self: the thinking of an answer
 * @reader: a static reader, before the value of `reasoning_details` of a delta or a message:
 *   `[{type: "reasoning.text", text, signature?, format?, index?}, {type: "reasoning.summary",
 *   summary, ...}, {type: "reasoning.encrypted", data, ...}]`
 *
 * Source: OpenRouter, "Reasoning Tokens", section "Preserving reasoning".
 *
 * Returns: (transfer full) (nullable): the text that is new in it
 */
char *
rnl_openai_chat_details_read (RnlOpenaiChatDetails *self, RnlJsonReader *reader)
{
  g_autoptr (GString) fresh = NULL;
  const char *json;
  gsize length;

  if (!rnl_json_reader_enter_array (reader))
    return NULL;

  fresh = g_string_new (NULL);
  while (rnl_json_reader_next_element (reader))
    {
      g_autofree char *text = NULL;
      g_autoptr (JsonNode) node = NULL;

      if (!rnl_json_reader_read_raw (reader, &json, &length))
        continue;
      text = g_strndup (json, length);
      node = json_from_string (text, NULL);
      if (rnl_json_node_get_object (node) != NULL)
        take_piece (self, json_node_get_object (node), fresh);
    }

  return fresh->len > 0 ? g_string_free (g_steal_pointer (&fresh), FALSE) : NULL;
}

static JsonNode *
make_item (RnlOpenaiChatDetails *self)
{
  JsonNode *item = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->details->len; i++)
    {
      Detail *detail = g_ptr_array_index (self->details, i);

      if (detail->member != NULL && detail->text->len > 0)
        json_object_set_string_member (detail->object, detail->member, detail->text->str);
      json_array_add_object_element (array, json_object_ref (detail->object));
    }
  json_object_set_array_member (object, "reasoning_details", array);
  json_node_take_object (item, object);

  return item;
}

/**
 * rnl_openai_chat_details_end:
 * @self: the thinking of an answer that is whole
 * @on_chunk: (scope call): told of what has to go back, if anything
 * @user_data: for @on_chunk
 *
 * A second time does nothing.
 */
void
rnl_openai_chat_details_end (RnlOpenaiChatDetails *self, RnlChunkFunc on_chunk, gpointer user_data)
{
  g_autoptr (JsonNode) item = NULL;

  if (!self->sealed)
    return;

  item = make_item (self);
  rnl_decoder_emit_raw ("openai-chat", RNL_CHUNK_OF_THOUGHT, json_node_get_object (item), on_chunk,
                        user_data);
  self->sealed = FALSE;
}

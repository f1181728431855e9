/* rnl-message-chunk.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-message-chunk.h"

#include "rnl-message-chunk-private.h"
#include "rnl-text.h"

/* Ids that were made up on the way, and of those the ones of a run. */
#define MADE_UP_PREFIX "lc_"
#define RUN_PREFIX     "lc_run-"

G_DEFINE_BOXED_TYPE (RnlMessageChunk,
                     rnl_message_chunk,
                     rnl_message_chunk_copy,
                     rnl_message_chunk_free)

/**
 * rnl_message_chunk_new:
 *
 * Returns: (transfer full): an empty message, to which others can be added
 */
RnlMessageChunk *
rnl_message_chunk_new (void)
{
  RnlMessageChunk *self = g_new0 (RnlMessageChunk, 1);

  self->content = rnl_json_sum_new (RNL_JSON_SUM_STRING);
  self->additional_kwargs = rnl_json_sum_new (RNL_JSON_SUM_DICT);
  self->response_metadata = rnl_json_sum_new (RNL_JSON_SUM_DICT);
  self->tool_call_chunks = rnl_json_sum_new (RNL_JSON_SUM_LIST);
  self->usage_metadata = rnl_json_sum_new (RNL_JSON_SUM_NULL);

  return self;
}

/**
 * rnl_message_chunk_copy:
 * @self: a chunk
 *
 * Returns: (transfer full): a copy that shares nothing with it
 */
RnlMessageChunk *
rnl_message_chunk_copy (const RnlMessageChunk *self)
{
  RnlMessageChunk *copy = g_memdup2 (self, sizeof *self);

  copy->content = rnl_json_sum_copy (self->content);
  copy->additional_kwargs = rnl_json_sum_copy (self->additional_kwargs);
  copy->response_metadata = rnl_json_sum_copy (self->response_metadata);
  copy->tool_call_chunks = rnl_json_sum_copy (self->tool_call_chunks);
  copy->usage_metadata = rnl_json_sum_copy (self->usage_metadata);
  copy->id = g_strdup (self->id);

  return copy;
}

/**
 * rnl_message_chunk_free:
 * @self: (transfer full) (nullable): a chunk
 *
 * Frees a chunk.
 */
void
rnl_message_chunk_free (RnlMessageChunk *self)
{
  if (self == NULL)
    return;
  rnl_json_sum_free (self->content);
  rnl_json_sum_free (self->additional_kwargs);
  rnl_json_sum_free (self->response_metadata);
  rnl_json_sum_free (self->tool_call_chunks);
  rnl_json_sum_free (self->usage_metadata);
  g_free (self->id);
  g_free (self);
}

/* Content */

static RnlJsonSum *
last_element (RnlJsonSum *list)
{
  return list->list->len > 0 ? g_ptr_array_index (list->list, list->list->len - 1) : NULL;
}

static void
append_block (RnlMessageChunk *self, const RnlJsonSum *text)
{
  RnlJsonSum *block = rnl_json_sum_new (RNL_JSON_SUM_DICT), *type;

  type = rnl_json_sum_take (block, "type", rnl_json_sum_new (RNL_JSON_SUM_STRING));
  g_string_append (type->string, "text");
  rnl_json_sum_take (block, "text", rnl_json_sum_copy (text));
  g_ptr_array_add (self->content->list, block);
  self->own_block = TRUE;
}

/* Bare text after blocks goes on what is bare text already, or becomes a block. */
static gboolean
add_text_to_list (RnlMessageChunk *self, const RnlJsonSum *text, GError **error)
{
  RnlJsonSum *last = last_element (self->content), *grows = NULL;

  if (rnl_json_sum_is_empty (text))
    return TRUE;
  if (last != NULL && last->kind == RNL_JSON_SUM_STRING)
    grows = last;
  else if (last != NULL && self->own_block)
    grows = rnl_json_sum_get (last, "text");
  if (grows != NULL)
    return rnl_json_sum_add (grows, text, RNL_JSON_SUM_PIECES, "content", error);
  append_block (self, text);

  return TRUE;
}

/* Text before blocks is the first of them, if there is any. */
static void
turn_into_list (RnlMessageChunk *self)
{
  RnlJsonSum *text = self->content;

  self->content = rnl_json_sum_new (RNL_JSON_SUM_LIST);
  if (rnl_json_sum_is_empty (text))
    rnl_json_sum_free (text);
  else
    g_ptr_array_add (self->content->list, text);
}

static gboolean
add_content (RnlMessageChunk *self, const RnlMessageChunk *next, GError **error)
{
  guint before;
  gboolean added;

  if (next->content->kind == RNL_JSON_SUM_STRING)
    return self->content->kind == RNL_JSON_SUM_LIST
             ? add_text_to_list (self, next->content, error)
             : rnl_json_sum_add (self->content, next->content, RNL_JSON_SUM_PIECES, "content",
                                 error);
  if (self->content->kind == RNL_JSON_SUM_STRING)
    turn_into_list (self);
  before = self->content->list->len;
  added = rnl_json_sum_add (self->content, next->content, RNL_JSON_SUM_PIECES, "content", error);
  if (self->content->list->len > before)
    self->own_block = next->own_block;

  return added;
}

/* Ids: the provider's before a made up one, a run's before the others; the first of its kind. */
static int
id_rank (const char *id)
{
  if (id == NULL || *id == '\0')
    return 0;
  if (!g_str_has_prefix (id, MADE_UP_PREFIX))
    return 3;

  return g_str_has_prefix (id, RUN_PREFIX) ? 2 : 1;
}

/**
 * rnl_message_chunk_add:
 * @self: the sum so far
 * @next: what comes next; not @self
 * @error: return location for an error
 *
 * Adds @next to @self. Text is put together, token counts add up, pieces of tool calls find their
 * call by index, or by id where there is no index; the first id of the provider stays.
 *
 * Errors: `RNL_JSON_ERROR_CONFLICT` when two values have nothing in common; then the left one
 *   stays, and everything else of @next was added all the same.
 *
 * Returns: whether everything was added
 */
gboolean
rnl_message_chunk_add (RnlMessageChunk *self, const RnlMessageChunk *next, GError **error)
{
  const struct
  {
    RnlJsonSum *sum;
    const RnlJsonSum *next;
    RnlJsonSumRules rules;
    const char *name;
  } members[] = {
    { self->additional_kwargs, next->additional_kwargs, RNL_JSON_SUM_PIECES, "additional_kwargs" },
    { self->response_metadata, next->response_metadata, RNL_JSON_SUM_FACTS, "response_metadata" },
    { self->tool_call_chunks, next->tool_call_chunks, RNL_JSON_SUM_CALLS, "tool_call_chunks" },
    { self->usage_metadata, next->usage_metadata, RNL_JSON_SUM_COUNTS, "usage_metadata" },
  };
  gboolean added;

  g_return_val_if_fail (self != next, FALSE);

  added = add_content (self, next, error);
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (!rnl_json_sum_is_empty (members[i].next)
        && !rnl_json_sum_add (members[i].sum, members[i].next, members[i].rules, members[i].name,
                              added ? error : NULL))
      added = FALSE;
  if (id_rank (next->id) > id_rank (self->id))
    rnl_set_str (&self->id, next->id);
  self->last = self->last || next->last;

  return added;
}

/**
 * rnl_message_chunk_get_id:
 * @self: a chunk
 *
 * Returns: (transfer none) (nullable): the id of the message
 */
const char *
rnl_message_chunk_get_id (const RnlMessageChunk *self)
{
  return self->id;
}

/**
 * rnl_message_chunk_is_last:
 * @self: a chunk
 *
 * Returns: whether it says that nothing comes after it
 */
gboolean
rnl_message_chunk_is_last (const RnlMessageChunk *self)
{
  return self->last;
}

/**
 * rnl_message_chunk_dup_text:
 * @self: a chunk
 *
 * Returns: (transfer full): the text in its content, without other blocks
 */
char *
rnl_message_chunk_dup_text (const RnlMessageChunk *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->content->kind == RNL_JSON_SUM_STRING)
    return g_strdup (self->content->string->str);
  for (guint i = 0; i < self->content->list->len; i++)
    {
      const RnlJsonSum *block = g_ptr_array_index (self->content->list, i);
      const char *type = rnl_json_sum_get_string (block, "type");
      const char *piece = rnl_json_sum_get_string (block, "text");

      if (block->kind == RNL_JSON_SUM_STRING)
        g_string_append (text, block->string->str);
      else if (piece != NULL && (type == NULL || g_str_equal (type, "text")))
        g_string_append (text, piece);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

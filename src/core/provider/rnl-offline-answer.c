/* rnl-offline-answer.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-offline-answer.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "rnl-json-value.h"
#include "rnl-offline-tokens.h"

/**
 * Item:
 * @text: (nullable): cut into pieces when it is played; `NULL` for one chunk without text
 */
typedef struct
{
  RnlChunkType type;
  gint index;
  GString *text;
  char *id;
  char *name;
} Item;

struct _RnlOfflineAnswer
{
  RnlOfflineReel reel;

  /* owned */
  GPtrArray *items;
  char *id;
  char *model;

  guint n_calls;
  RnlUsage usage;

  /* where the playing is */
  guint item;
  gsize offset;
};

static void
item_free (Item *item)
{
  if (item->text != NULL)
    g_string_free (item->text, TRUE);
  g_free (item->id);
  g_free (item->name);
  g_free (item);
}

static Item *
add_item (RnlOfflineAnswer *self, RnlChunkType type, const char *text)
{
  Item *item = g_new0 (Item, 1);

  item->type = type;
  item->text = text != NULL ? g_string_new (text) : NULL;
  g_ptr_array_add (self->items, item);

  return item;
}

/**
 * rnl_offline_answer_new:
 * @id: the answer's id
 * @model: who answers
 *
 * Returns: (transfer full): an answer that says nothing
 */
RnlOfflineAnswer *
rnl_offline_answer_new (const char *id, const char *model)
{
  RnlOfflineAnswer *self = g_new0 (RnlOfflineAnswer, 1);
  Item *info;

  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  self->id = g_strdup (id);
  self->model = g_strdup (model);
  info = add_item (self, RNL_CHUNK_INFO, NULL);
  info->id = g_strdup (id);
  info->name = g_strdup (model);

  return self;
}

void
rnl_offline_answer_free (RnlOfflineAnswer *self)
{
  g_ptr_array_unref (self->items);
  g_free (self->id);
  g_free (self->model);
  g_free (self);
}

/* Neighbours of one type are one item, so that no piece depends on how a rule was written. */
static void
append (RnlOfflineAnswer *self, RnlChunkType type, const char *text)
{
  Item *last = g_ptr_array_index (self->items, self->items->len - 1);

  if (*text == '\0')
    return;
  if (last->type == type)
    g_string_append (last->text, text);
  else
    add_item (self, type, text);
}

/**
 * rnl_offline_answer_reason:
 * @self: an answer
 * @text: valid UTF-8
 *
 * Adds to the thinking.
 */
void
rnl_offline_answer_reason (RnlOfflineAnswer *self, const char *text)
{
  append (self, RNL_CHUNK_REASONING, text);
}

/**
 * rnl_offline_answer_say:
 * @self: an answer
 * @text: Markdown, valid UTF-8
 *
 * Adds to the text.
 */
void
rnl_offline_answer_say (RnlOfflineAnswer *self, const char *text)
{
  append (self, RNL_CHUNK_TEXT, text);
}

void
rnl_offline_answer_sayf (RnlOfflineAnswer *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  rnl_offline_answer_say (self, text);
}

/**
 * rnl_offline_answer_call:
 * @self: an answer
 * @tool: a tool's name
 * @arguments: a JSON object as text
 *
 * Asks for a tool; the name goes first, then the arguments piece by piece.
 */
void
rnl_offline_answer_call (RnlOfflineAnswer *self, const char *tool, const char *arguments)
{
  Item *head = add_item (self, RNL_CHUNK_TOOL_CALL, NULL);
  Item *body = add_item (self, RNL_CHUNK_TOOL_CALL, arguments);

  head->index = body->index = (gint) self->n_calls;
  head->id = g_strdup_printf ("%s-%u", self->id, self->n_calls);
  head->name = g_strdup (tool);
  self->n_calls++;
}

/**
 * rnl_offline_answer_call_with:
 * @self: an answer
 * @tool: a tool's name
 * @...: pairs of a parameter's name and its string value, ended by `NULL`
 */
void
rnl_offline_answer_call_with (RnlOfflineAnswer *self, const char *tool, ...)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *arguments = NULL;
  const char *name;
  va_list args;

  json_node_take_object (node, json_object_new ());
  va_start (args, tool);
  while ((name = va_arg (args, const char *)) != NULL)
    json_object_set_string_member (json_node_get_object (node), name, va_arg (args, const char *));
  va_end (args);

  arguments = rnl_json_to_string (node, FALSE);
  rnl_offline_answer_call (self, tool, arguments);
}

guint
rnl_offline_answer_get_n_calls (RnlOfflineAnswer *self)
{
  return self->n_calls;
}

/**
 * rnl_offline_answer_take_text:
 * @self: an answer
 *
 * Takes what it would have said, for an answer that is to be given in another way.
 *
 * Returns: (transfer full): the text, "" when there was none
 */
char *
rnl_offline_answer_take_text (RnlOfflineAnswer *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = self->items->len; i-- > 0;)
    {
      Item *item = g_ptr_array_index (self->items, i);

      if (item->type != RNL_CHUNK_TEXT)
        continue;
      g_string_prepend (text, item->text->str);
      g_ptr_array_remove_index (self->items, i);
    }

  return g_string_free (text, FALSE);
}

/**
 * rnl_offline_answer_go_on:
 * @self: an answer that has not begun
 * @said: the beginning of its text
 *
 * Leaves out what has been said, with the thinking before it. An answer that begins otherwise is
 * not changed.
 */
void
rnl_offline_answer_go_on (RnlOfflineAnswer *self, const char *said)
{
  gsize length = strlen (said);

  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      if (item->type != RNL_CHUNK_TEXT)
        continue;
      if (length > item->text->len || memcmp (item->text->str, said, length) != 0)
        return;
      g_string_erase (item->text, 0, (gssize) length);
      if (item->text->len == 0)
        g_ptr_array_remove_index (self->items, i);
      /* The first item says who answers. */
      if (i > 1)
        g_ptr_array_remove_range (self->items, 1, i - 1);
      return;
    }
}

static void
lend (RnlOfflineAnswer *self, Item *item, RnlChunk *chunk)
{
  chunk->type = item->type;
  chunk->index = item->index;
  chunk->id = item->id;
  chunk->name = item->name;
  if (item->type == RNL_CHUNK_USAGE)
    chunk->usage = self->usage;
  if (item->type == RNL_CHUNK_FINISH)
    chunk->finish = self->n_calls > 0 ? RNL_FINISH_TOOL_CALLS : RNL_FINISH_STOP;
}

static RnlOfflineMove
answer_next (RnlOfflineReel *reel, RnlOfflineStep *step)
{
  RnlOfflineAnswer *self = (RnlOfflineAnswer *) reel;
  Item *item;

  if (self->item == self->items->len)
    return RNL_OFFLINE_END;

  item = g_ptr_array_index (self->items, self->item);
  lend (self, item, &step->chunk);
  if (item->type == RNL_CHUNK_FINISH)
    {
      step->chunk.text = item->text->str;
      step->chunk.length = item->text->len;
      self->item++;
      return RNL_OFFLINE_CHUNK;
    }
  if (item->text == NULL)
    {
      self->item++;
      return RNL_OFFLINE_CHUNK;
    }

  step->paced = TRUE;
  step->chunk.text = item->text->str + self->offset;
  step->chunk.length = rnl_offline_token_length (step->chunk.text, item->text->len - self->offset);
  self->offset += step->chunk.length;
  if (self->offset == item->text->len)
    {
      self->item++;
      self->offset = 0;
    }

  return RNL_OFFLINE_CHUNK;
}

static void
answer_free (RnlOfflineReel *reel)
{
  rnl_offline_answer_free ((RnlOfflineAnswer *) reel);
}

static void
count_usage (RnlOfflineAnswer *self, guint input_tokens)
{
  RnlUsage usage = RNL_USAGE_INIT;

  usage.input = input_tokens;
  usage.output = usage.reasoning = 0;
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);
      guint count = item->text != NULL ? rnl_offline_count_tokens (item->text->str) : 0;

      usage.output += count;
      if (item->type == RNL_CHUNK_REASONING)
        usage.reasoning += count;
    }
  usage.total = usage.input + usage.output;
  self->usage = usage;
}

/**
 * rnl_offline_answer_end:
 * @self: (transfer full): an answer
 * @input_tokens: how many tokens were read
 *
 * Returns: (transfer full): the answer as a reel, with its usage and its reason to stop
 */
RnlOfflineReel *
rnl_offline_answer_end (RnlOfflineAnswer *self, guint input_tokens)
{
  count_usage (self, input_tokens);
  add_item (self, RNL_CHUNK_USAGE, NULL);
  add_item (self, RNL_CHUNK_FINISH, self->n_calls > 0 ? "tool_calls" : "stop");
  self->reel.next = answer_next;
  self->reel.free = answer_free;

  return &self->reel;
}

/* rnl-chat-find.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-chat-find-private.h"

/**
 * RnlChatFind:
 *
 * Looks for words in the messages of a conversation, whether anything shows them or not: in the
 * words that are shown of an answer, in reasoning, and in what cards show of tools. It does so a
 * little at a time, from the newest message to the oldest, and again where something changes.
 *
 * One of the places is the current one: the first at or below where looking started, then whatever
 * it is moved to. It stays when messages come and go, and when its own message goes, the nearest
 * one follows it: in the version that stands there now, then below, then above.
 */

enum
{
  CHANGED,
  MESSAGE_CHANGED,
  WANTED,
  DONE_WITH,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlChatFind, rnl_chat_find, G_TYPE_OBJECT)

/* {{{ Messages */

guint
rnl_chat_find_get_position (RnlChatFind *self, RnlMessage *message)
{
  gpointer value;

  if (self->positions == NULL)
    {
      guint n = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;

      self->positions = g_hash_table_new (NULL, NULL);
      for (guint i = 0; i < n; i++)
        {
          g_autoptr (GObject) item = g_list_model_get_item (self->model, i);

          g_hash_table_insert (self->positions, item, GUINT_TO_POINTER (i));
        }
    }

  return g_hash_table_lookup_extended (self->positions, message, NULL, &value)
           ? GPOINTER_TO_UINT (value)
           : G_MAXUINT;
}

GArray *
rnl_chat_find_get_found (RnlChatFind *self, RnlMessage *message)
{
  return message != NULL ? g_hash_table_lookup (self->known, message) : NULL;
}

/* The nearest message in a direction that has something, from POSITION on. */
static RnlMessage *
find_having (RnlChatFind *self, gint64 position, int direction)
{
  guint n = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;

  for (; position >= 0 && position < n; position += direction)
    {
      g_autoptr (RnlMessage) message = g_list_model_get_item (self->model, (guint) position);
      GArray *found = rnl_chat_find_get_found (self, message);

      if (found != NULL && found->len > 0)
        return message;
    }

  return NULL;
}

/* }}} */

/* {{{ The current place */

static void
set_current (RnlChatFind *self, RnlMessage *message, guint index)
{
  g_autoptr (RnlMessage) before = self->at != NULL ? g_object_ref (self->at) : NULL;

  g_set_object (&self->at, message);
  self->start = rnl_chat_find_get_position (self, message);
  self->index = index;
  if (before != NULL)
    g_signal_emit (self, signals[MESSAGE_CHANGED], 0, before);
  if (message != before)
    g_signal_emit (self, signals[MESSAGE_CHANGED], 0, message);
}

/* Whether everything from the start on was looked through. */
static gboolean
is_past_start (RnlChatFind *self)
{
  RnlMessage *next = self->running != NULL ? rnl_find_text_get_message (self->running)
                     : self->asked != NULL ? g_ptr_array_index (self->asked, 0)
                                           : g_queue_peek_head (&self->waiting);

  return next == NULL || rnl_chat_find_get_position (self, next) < self->start;
}

/* The first place of a message; where another version stood whose place was the current one, the
 * same place of this one. */
static guint
find_index (RnlChatFind *self, RnlMessage *message)
{
  if (rnl_chat_find_get_position (self, message) != self->start)
    return 0;

  return MIN (self->index, rnl_chat_find_get_found (self, message)->len - 1);
}

void
rnl_chat_find_choose_current (RnlChatFind *self)
{
  RnlMessage *message;

  if (self->at != NULL || !is_past_start (self))
    return;
  message = find_having (self, self->start, 1);
  if (message != NULL)
    set_current (self, message, find_index (self, message));
  else if (!rnl_chat_find_is_busy (self))
    {
      message = find_having (self, (gint64) self->start - 1, -1);
      if (message != NULL)
        set_current (self, message, rnl_chat_find_get_found (self, message)->len - 1);
    }
}

/* }}} */

/* What was replaced is looked for in what stands there now. */
static void
move_start (RnlChatFind *self, guint position, guint removed, guint added)
{
  gboolean was_empty = g_list_model_get_n_items (self->model) == added;

  if (was_empty || self->start < position)
    return;
  if (self->start >= position + removed)
    self->start = self->start - removed + added;
  else
    self->start = MIN (self->start, position + MAX (added, 1) - 1);
}

/* Who shows the messages may not have heard of it yet: they are told later. */
static void
items_changed_cb (RnlChatFind *self, guint position, guint removed, guint added)
{
  g_clear_pointer (&self->positions, g_hash_table_unref);
  if (self->match == NULL)
    return;
  move_start (self, position, removed, added);
  if (removed > 0)
    rnl_chat_find_drop_gone (self);
  rnl_chat_find_look_into_added (self, position, added);
}

static void
rnl_chat_find_dispose (GObject *object)
{
  RnlChatFind *self = RNL_CHAT_FIND (object);

  rnl_chat_find_set_model (self, NULL);
  rnl_chat_find_stop (self);
  g_clear_pointer (&self->match, rnl_text_match_free);

  G_OBJECT_CLASS (rnl_chat_find_parent_class)->dispose (object);
}

static void
rnl_chat_find_finalize (GObject *object)
{
  g_hash_table_unref (RNL_CHAT_FIND (object)->known);

  G_OBJECT_CLASS (rnl_chat_find_parent_class)->finalize (object);
}

static void
rnl_chat_find_class_init (RnlChatFindClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_chat_find_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_chat_find_finalize;

  /**
   * RnlChatFind::changed:
   * @self: what looks for words
   *
   * The number of places, the current one, or whether there is more to look through may have
   * changed.
   */
  signals[CHANGED] = g_signal_new ("changed", RNL_TYPE_CHAT_FIND, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);

  /**
   * RnlChatFind::message-changed:
   * @self: what looks for words
   * @message: a message
   *
   * Other places than before are in @message, or another of them is the current one.
   */
  signals[MESSAGE_CHANGED] = g_signal_new ("message-changed", RNL_TYPE_CHAT_FIND, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, RNL_TYPE_MESSAGE);

  /**
   * RnlChatFind::wanted:
   * @self: what looks for words
   * @messages: (element-type RnlMessage): messages whose content is not there
   *
   * It cannot go on without their content; rnl_chat_find_filled() says that it has come.
   */
  signals[WANTED] = g_signal_new ("wanted", RNL_TYPE_CHAT_FIND, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);

  /**
   * RnlChatFind::done-with:
   * @self: what looks for words
   * @message: a message
   *
   * The content of @message is not needed any more.
   */
  signals[DONE_WITH] = g_signal_new ("done-with", RNL_TYPE_CHAT_FIND, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, RNL_TYPE_MESSAGE);
}

static void
rnl_chat_find_init (RnlChatFind *self)
{
  g_queue_init (&self->waiting);
  self->known = g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify) g_array_unref);
}

/**
 * rnl_chat_find_new:
 *
 * Returns: (transfer full): something that looks for nothing in nothing
 */
RnlChatFind *
rnl_chat_find_new (void)
{
  return g_object_new (RNL_TYPE_CHAT_FIND, NULL);
}

/**
 * rnl_chat_find_set_model:
 * @self: what looks for words
 * @messages: (nullable): where to look
 */
void
rnl_chat_find_set_model (RnlChatFind *self, GListModel *messages)
{
  g_return_if_fail (RNL_IS_CHAT_FIND (self));

  rnl_chat_find_stop (self);
  g_clear_pointer (&self->positions, g_hash_table_unref);
  if (self->model != NULL)
    g_clear_signal_handler (&self->items_changed, self->model);
  g_set_object (&self->model, messages);
  if (messages == NULL)
    return;
  self->items_changed
    = g_signal_connect_swapped (messages, "items-changed", G_CALLBACK (items_changed_cb), self);
  if (self->match == NULL)
    return;
  rnl_chat_find_look_everywhere (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
tell_shown (RnlChatFind *self)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer message, found;

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, &message, &found))
    if (((GArray *) found)->len > 0)
      g_ptr_array_add (messages, g_object_ref (message));
  rnl_chat_find_stop (self);
  for (guint i = 0; i < messages->len; i++)
    g_signal_emit (self, signals[MESSAGE_CHANGED], 0, g_ptr_array_index (messages, i));
}

/**
 * rnl_chat_find_set_query:
 * @self: what looks for words
 * @query: (nullable): what to look for; `NULL` or nothing but spaces for nothing
 * @words: whether each word of it alone
 *
 * Looks for something else.
 */
void
rnl_chat_find_set_query (RnlChatFind *self, const char *query, gboolean words)
{
  g_return_if_fail (RNL_IS_CHAT_FIND (self));

  tell_shown (self);
  g_clear_pointer (&self->match, rnl_text_match_free);
  if (query != NULL && *query != '\0')
    self->match = rnl_text_match_new (query, words);
  if (self->match != NULL && rnl_text_match_is_empty (self->match))
    g_clear_pointer (&self->match, rnl_text_match_free);
  if (self->match != NULL)
    rnl_chat_find_look_everywhere (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * rnl_chat_find_set_start:
 * @self: what looks for words
 * @message: the position of the message from which on the first place becomes the current one
 */
void
rnl_chat_find_set_start (RnlChatFind *self, guint message)
{
  g_return_if_fail (RNL_IS_CHAT_FIND (self));

  self->start = message;
}

/**
 * rnl_chat_find_is_busy:
 * @self: what looks for words
 *
 * Returns: whether there are messages to look through
 */
gboolean
rnl_chat_find_is_busy (RnlChatFind *self)
{
  g_return_val_if_fail (RNL_IS_CHAT_FIND (self), FALSE);

  return self->running != NULL || self->asked != NULL || !g_queue_is_empty (&self->waiting);
}

/**
 * rnl_chat_find_is_empty:
 * @self: what looks for words
 *
 * Returns: whether it looks for nothing
 */
gboolean
rnl_chat_find_is_empty (RnlChatFind *self)
{
  g_return_val_if_fail (RNL_IS_CHAT_FIND (self), TRUE);

  return self->match == NULL;
}

/**
 * rnl_chat_find_count:
 * @self: what looks for words
 *
 * Returns: how many places were found so far
 */
guint
rnl_chat_find_count (RnlChatFind *self)
{
  g_return_val_if_fail (RNL_IS_CHAT_FIND (self), 0);

  return self->n_found;
}

/**
 * rnl_chat_find_get_number:
 * @self: what looks for words
 *
 * Returns: which of the places is the current one, from 1 at the top; 0 for none
 */
guint
rnl_chat_find_get_number (RnlChatFind *self)
{
  guint position, number;

  g_return_val_if_fail (RNL_IS_CHAT_FIND (self), 0);

  if (self->at == NULL)
    return 0;
  position = rnl_chat_find_get_position (self, self->at);
  number = self->index + 1;
  for (guint i = 0; i < position && i < g_list_model_get_n_items (self->model); i++)
    {
      g_autoptr (RnlMessage) message = g_list_model_get_item (self->model, i);
      GArray *found = rnl_chat_find_get_found (self, message);

      number += found != NULL ? found->len : 0;
    }

  return number;
}

/**
 * rnl_chat_find_get_current:
 * @self: what looks for words
 * @range: (out caller-allocates): the current place
 *
 * Returns: whether there is one
 */
gboolean
rnl_chat_find_get_current (RnlChatFind *self, RnlChatRange *range)
{
  const RnlFound *found;
  guint position;

  g_return_val_if_fail (RNL_IS_CHAT_FIND (self), FALSE);

  if (self->at == NULL || (position = rnl_chat_find_get_position (self, self->at)) == G_MAXUINT)
    return FALSE;
  found = &g_array_index (rnl_chat_find_get_found (self, self->at), RnlFound, self->index);
  range->from = (RnlChatPoint){ position, found->part, found->text, found->range.from };
  range->to = (RnlChatPoint){ position, found->part, found->text, found->range.to };

  return TRUE;
}

/**
 * rnl_chat_find_step:
 * @self: what looks for words
 * @by: 1 for the next place, -1 for the one before
 *
 * Makes another place the current one; after the last comes the first.
 *
 * Returns: whether there is any place
 */
gboolean
rnl_chat_find_step (RnlChatFind *self, int by)
{
  GArray *found = rnl_chat_find_get_found (self, self->at);
  gint64 position = self->at != NULL ? rnl_chat_find_get_position (self, self->at) : self->start;
  guint n = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
  RnlMessage *message;

  g_return_val_if_fail (RNL_IS_CHAT_FIND (self), FALSE);

  if (found != NULL && (by > 0 ? self->index + 1 < found->len : self->index > 0))
    {
      set_current (self, self->at, by > 0 ? self->index + 1 : self->index - 1);
      g_signal_emit (self, signals[CHANGED], 0);
      return TRUE;
    }
  message = find_having (self, self->at != NULL ? position + by : position, by);
  if (message == NULL)
    message = find_having (self, by > 0 ? 0 : (gint64) n - 1, by);
  if (message == NULL)
    return FALSE;
  set_current (self, message, by > 0 ? 0 : rnl_chat_find_get_found (self, message)->len - 1);
  g_signal_emit (self, signals[CHANGED], 0);

  return TRUE;
}

/**
 * rnl_chat_find_list:
 * @self: what looks for words
 * @text: a place in a text
 * @current: (out): which of the places is the current one, or -1
 *
 * Returns: (transfer full) (element-type RnlBlockRange): the places in that text, in order
 */
GArray *
rnl_chat_find_list (RnlChatFind *self, const RnlChatPoint *text, int *current)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (RnlBlockRange));
  g_autoptr (RnlMessage) item
    = self->model != NULL ? g_list_model_get_item (self->model, text->message) : NULL;
  GArray *found = rnl_chat_find_get_found (self, item);

  *current = -1;
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const RnlFound *place = &g_array_index (found, RnlFound, i);

      if (place->part != text->part || place->text != text->text)
        continue;
      if (item == self->at && i == self->index)
        *current = (int) ranges->len;
      g_array_append_val (ranges, place->range);
    }

  return ranges;
}

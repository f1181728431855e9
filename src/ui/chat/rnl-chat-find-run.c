/* rnl-chat-find-run.c: looking through messages, a little at a time
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-chat-find-private.h"

#include "rnl-message-outline.h"

#include <string.h>

/* How long looking may take in one turn of the main loop, in microseconds. */
#define BUDGET_US 3000

/* An answer that grows is looked through again so often, in milliseconds. */
#define AGAIN_MS 300

/* So many messages are asked for at once whose content is not there. */
#define MAX_WANTED 64

/* What was found is told so often at most, in microseconds. */
#define TELL_US 50000

static void
forget (RnlChatFind *self, RnlMessage *message)
{
  GArray *found = rnl_chat_find_get_found (self, message);

  if (found == NULL)
    return;
  self->n_found -= found->len;
  g_hash_table_remove (self->known, message);
}

static void
finish_message (RnlChatFind *self)
{
  g_autoptr (RnlMessage) message = g_object_ref (rnl_find_text_get_message (self->running));
  GArray *found = rnl_find_text_take_found (self->running);
  GArray *before = rnl_chat_find_get_found (self, message);
  gboolean any = found->len > 0 || (before != NULL && before->len > 0);

  g_clear_pointer (&self->running, rnl_find_text_free);
  forget (self, message);
  self->n_found += found->len;
  g_hash_table_insert (self->known, g_object_ref (message), found);
  if (message == self->at && found->len == 0)
    g_clear_object (&self->at);
  else if (message == self->at)
    self->index = MIN (self->index, found->len - 1);
  if (any)
    g_signal_emit_by_name (self, "message-changed", message);
  g_signal_emit_by_name (self, "done-with", message);
}

/* Asks for the content of the next messages, as far as it is not there. */
static void
ask (RnlChatFind *self)
{
  RnlMessage *next;

  self->asked = g_ptr_array_new_with_free_func (g_object_unref);
  while (self->asked->len < MAX_WANTED && (next = g_queue_peek_head (&self->waiting)) != NULL
         && rnl_message_is_outline (next))
    g_ptr_array_add (self->asked, g_queue_pop_head (&self->waiting));
  g_signal_emit_by_name (self, "wanted", self->asked);
}

/* Returns whether there is more to do now. */
static gboolean
run_once (RnlChatFind *self)
{
  if (self->running == NULL)
    {
      g_autoptr (RnlMessage) next = NULL;

      if (self->asked != NULL || g_queue_is_empty (&self->waiting))
        return FALSE;
      if (rnl_message_is_outline (g_queue_peek_head (&self->waiting)))
        {
          ask (self);
          return FALSE;
        }
      next = g_queue_pop_head (&self->waiting);
      self->running = rnl_find_text_new (next, self->match);
    }
  if (!rnl_find_text_run (self->running))
    finish_message (self);

  return TRUE;
}

/* Counting takes time, too. */
static void
tell (RnlChatFind *self, gboolean at_once)
{
  gint64 now = g_get_monotonic_time ();

  if (!at_once && now - self->told < TELL_US)
    return;
  self->told = now;
  g_signal_emit_by_name (self, "changed");
}

static gboolean
idle_cb (gpointer user_data)
{
  g_autoptr (RnlChatFind) self = g_object_ref (user_data);
  gint64 end = g_get_monotonic_time () + BUDGET_US;
  gboolean more = TRUE;

  while (self->match != NULL && (more = run_once (self)) && g_get_monotonic_time () < end)
    ;
  if (self->match == NULL)
    return G_SOURCE_REMOVE;
  if (!more)
    self->idle = 0;
  rnl_chat_find_choose_current (self);
  tell (self, !more);

  return more && self->idle != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
start_idle (RnlChatFind *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add (idle_cb, self);
}

void
rnl_chat_find_schedule (RnlChatFind *self)
{
  if (self->match != NULL && self->asked == NULL
      && (self->running != NULL || !g_queue_is_empty (&self->waiting)))
    start_idle (self);
}

/* {{{ The last message, which may grow */

static void
look_into_last (RnlChatFind *self)
{
  if (g_queue_find (&self->waiting, self->last) == NULL)
    g_queue_push_head (&self->waiting, g_object_ref (self->last));
  rnl_chat_find_schedule (self);
}

static gboolean
again_cb (gpointer user_data)
{
  look_into_last (user_data);

  return G_SOURCE_CONTINUE;
}

/* What is being written is looked through again and again, and once when it is written. */
static void
state_changed_cb (RnlChatFind *self)
{
  gboolean grows = rnl_message_get_state (self->last) == RNL_MESSAGE_STREAMING;

  if (grows && self->again == 0)
    self->again = g_timeout_add (AGAIN_MS, again_cb, self);
  if (grows)
    return;
  g_clear_handle_id (&self->again, g_source_remove);
  look_into_last (self);
}

static void
watch (RnlChatFind *self, RnlMessage *last)
{
  if (last == self->last)
    return;
  if (self->last != NULL)
    g_clear_signal_handler (&self->state_changed, self->last);
  g_clear_handle_id (&self->again, g_source_remove);
  g_set_object (&self->last, last);
  if (last == NULL)
    return;
  self->state_changed
    = g_signal_connect_swapped (last, "notify::state", G_CALLBACK (state_changed_cb), self);
  if (rnl_message_get_state (last) == RNL_MESSAGE_STREAMING)
    state_changed_cb (self);
}

static void
watch_last (RnlChatFind *self)
{
  guint n = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
  g_autoptr (RnlMessage) last = n > 0 ? g_list_model_get_item (self->model, n - 1) : NULL;

  watch (self, last);
}

/* }}} */

void
rnl_chat_find_look_everywhere (RnlChatFind *self)
{
  guint n = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;

  for (guint i = n; i > 0; i--)
    g_queue_push_tail (&self->waiting, g_list_model_get_item (self->model, i - 1));
  watch_last (self);
  rnl_chat_find_schedule (self);
}

/* The newest come first: they are in view, or what was sent for is among them. */
void
rnl_chat_find_look_into_added (RnlChatFind *self, guint position, guint added)
{
  gboolean newest = position + added == g_list_model_get_n_items (self->model);

  for (guint i = 0; i < added; i++)
    if (newest)
      g_queue_push_head (&self->waiting, g_list_model_get_item (self->model, position + i));
    else
      g_queue_push_tail (&self->waiting,
                         g_list_model_get_item (self->model, position + added - 1 - i));
  watch_last (self);
  start_idle (self);
}

static gboolean
is_gone (RnlChatFind *self, RnlMessage *message)
{
  return rnl_chat_find_get_position (self, message) == G_MAXUINT;
}

static void
stop_waiting_for_gone (RnlChatFind *self)
{
  GList *next;

  for (GList *link = self->waiting.head; link != NULL; link = next)
    {
      g_autoptr (RnlMessage) message = link->data;

      next = link->next;
      if (!is_gone (self, message))
        {
          g_steal_pointer (&message);
          continue;
        }
      g_queue_delete_link (&self->waiting, link);
      g_signal_emit_by_name (self, "done-with", message);
    }
}

/* Forgets the messages that are not in the conversation any more. */
void
rnl_chat_find_drop_gone (RnlChatFind *self)
{
  GHashTableIter iter;
  gpointer message, found;

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, &message, &found))
    if (is_gone (self, message))
      {
        self->n_found -= ((GArray *) found)->len;
        g_hash_table_iter_remove (&iter);
      }
  if (self->at != NULL && is_gone (self, self->at))
    g_clear_object (&self->at);
  if (self->running != NULL && is_gone (self, rnl_find_text_get_message (self->running)))
    {
      g_queue_push_head (&self->waiting, g_object_ref (rnl_find_text_get_message (self->running)));
      g_clear_pointer (&self->running, rnl_find_text_free);
    }
  stop_waiting_for_gone (self);
}

void
rnl_chat_find_stop (RnlChatFind *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  watch (self, NULL);
  g_clear_pointer (&self->running, rnl_find_text_free);
  g_queue_clear_full (&self->waiting, g_object_unref);
  g_clear_pointer (&self->asked, g_ptr_array_unref);
  g_hash_table_remove_all (self->known);
  g_clear_object (&self->at);
  self->index = 0;
  self->n_found = 0;
}

static void
pass_over (RnlChatFind *self, RnlMessage *message)
{
  forget (self, message);
  g_hash_table_insert (self->known, g_object_ref (message),
                       g_array_new (FALSE, FALSE, sizeof (RnlFound)));
}

static gboolean
is_wanted (RnlChatFind *self, GPtrArray *messages)
{
  return self->asked != NULL && self->asked->len == messages->len
         && memcmp (self->asked->pdata, messages->pdata, messages->len * sizeof (gpointer)) == 0;
}

/**
 * rnl_chat_find_filled:
 * @self: what looks for words
 * @messages: (element-type RnlMessage): as it was given to those who heard
 * [signal@ChatFind::wanted]
 *
 * The content of messages has come, or could not be had. Those that are without are passed over,
 * unless something else is looked for meanwhile, and other messages are wanted for that.
 */
void
rnl_chat_find_filled (RnlChatFind *self, GPtrArray *messages)
{
  g_autoptr (GPtrArray) asked = NULL;

  g_return_if_fail (RNL_IS_CHAT_FIND (self));
  g_return_if_fail (messages != NULL);

  if (!is_wanted (self, messages))
    return;
  asked = g_steal_pointer (&self->asked);
  for (guint i = asked->len; i > 0; i--)
    {
      RnlMessage *message = g_ptr_array_index (asked, i - 1);

      if (is_gone (self, message))
        g_signal_emit_by_name (self, "done-with", message);
      else if (rnl_message_is_outline (message))
        pass_over (self, message);
      else
        g_queue_push_head (&self->waiting, g_object_ref (message));
    }
  rnl_chat_find_schedule (self);
  tell (self, !rnl_chat_find_is_busy (self));
}

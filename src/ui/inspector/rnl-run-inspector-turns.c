/* rnl-run-inspector-turns.c: the turns of a chat: those that are recorded, and what happens now
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-run-inspector-private.h"

#include "rnl-trace-folder.h"

/* An answer and its root run begin in one breath; this is more than any clock is set by meanwhile.
 */
#define SAME_BREATH (10 * G_USEC_PER_SEC)

/* The list. */

static RnlInspectedTurn *
dup_turn (RnlRunInspector *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->turns), position);
}

static guint
count_turns (RnlRunInspector *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->turns));
}

static RnlInspectedTurn *
find_turn (RnlRunInspector *self, const char *id)
{
  /* Nearly always it is the newest that goes on. */
  for (guint i = 0; i < count_turns (self); i++)
    {
      g_autoptr (RnlInspectedTurn) turn = dup_turn (self, i);

      if (g_str_equal (rnl_inspected_turn_get_id (turn), id))
        return turn;
    }

  return NULL;
}

static guint
find_position (RnlRunInspector *self, RnlInspectedTurn *turn)
{
  guint position;

  return turn != NULL && g_list_store_find (self->turns, turn, &position)
           ? position
           : GTK_INVALID_LIST_POSITION;
}

/* The newest that a person asked for, or the newest at all. */
static guint
find_newest (RnlRunInspector *self)
{
  for (guint i = 0; i < count_turns (self); i++)
    {
      g_autoptr (RnlInspectedTurn) turn = dup_turn (self, i);

      if (!rnl_inspected_turn_get_internal (turn))
        return i;
    }

  return count_turns (self) > 0 ? 0 : GTK_INVALID_LIST_POSITION;
}

static guint
find_wanted (RnlRunInspector *self)
{
  guint best = GTK_INVALID_LIST_POSITION;
  gint64 least = SAME_BREATH;

  for (guint i = 0; i < count_turns (self); i++)
    {
      g_autoptr (RnlInspectedTurn) turn = dup_turn (self, i);
      gint64 apart = ABS (rnl_inspected_turn_get_started (turn) - self->wanted);

      if (apart < least && !rnl_inspected_turn_get_internal (turn))
        {
          least = apart;
          best = i;
        }
    }

  return best;
}

static gint
compare_turns (gconstpointer a, gconstpointer b, gpointer user_data)
{
  gint64 first = rnl_inspected_turn_get_started ((gpointer) a);
  gint64 second = rnl_inspected_turn_get_started ((gpointer) b);

  return first < second ? 1 : first > second ? -1 : 0;
}

static void
select_position (RnlRunInspector *self, guint position)
{
  self->choosing = TRUE;
  gtk_drop_down_set_selected (self->turns_button, position);
  self->choosing = FALSE;
}

/* What is shown stays selected, whatever came above it. */
static void
insert_turn (RnlRunInspector *self, RnlInspectedTurn *turn)
{
  self->choosing = TRUE;
  g_list_store_insert_sorted (self->turns, turn, compare_turns, NULL);
  self->choosing = FALSE;
  select_position (self, find_position (self, self->shown));
}

/* Telling those who show runs, once a frame. */

void
rnl_run_inspector_tell (RnlRunInspector *self)
{
  if (self->shown == NULL)
    return;

  self->n_updates++;
  rnl_inspected_turn_tell (self->shown);
  rnl_run_inspector_update_page (self);
}

static void
touched_cb (RnlRunInspector *self)
{
  rnl_frame_task_queue (&self->update);
}

/* Time goes on also while nothing happens. */
static gboolean
clock_cb (gpointer user_data)
{
  RnlRunInspector *self = user_data;

  if (self->shown != NULL && rnl_inspected_turn_is_alive (self->shown))
    {
      rnl_inspected_turn_touch (self->shown);
      return G_SOURCE_CONTINUE;
    }
  self->clock_id = 0;

  return G_SOURCE_REMOVE;
}

static void
start_clock (RnlRunInspector *self)
{
  if (self->clock_id == 0 && self->shown != NULL && rnl_inspected_turn_is_alive (self->shown))
    self->clock_id = g_timeout_add_seconds (1, clock_cb, self);
}

/* Choosing. */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlRunInspector) self = user_data;
  RnlInspectedTurn *turn = RNL_INSPECTED_TURN (source);
  g_autoptr (GError) error = NULL;

  if (!rnl_inspected_turn_load_finish (turn, result, &error)
      && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (self->shown != turn)
    return;

  g_clear_object (&self->loading);
  self->problem = error != NULL ? g_strdup (error->message) : NULL;
  rnl_run_inspector_tell (self);
}

static void
show_turn (RnlRunInspector *self, RnlInspectedTurn *turn)
{
  self->shown = g_object_ref (turn);
  g_signal_connect_swapped (turn, "touched", G_CALLBACK (touched_cb), self);
  rnl_run_tree_set_roots (self->tree, rnl_inspected_turn_list_roots (turn));
  rnl_inspected_turn_tell (turn);
  start_clock (self);
  if (rnl_inspected_turn_is_whole (turn) || rnl_inspected_turn_get_path (turn) == NULL)
    return;

  self->loading = g_cancellable_new ();
  rnl_inspected_turn_load_async (turn, self->recorder, self->loading, loaded_cb,
                                 g_object_ref (self));
}

static void
leave_shown (RnlRunInspector *self)
{
  if (self->shown == NULL)
    return;

  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->problem, g_free);
  g_clear_handle_id (&self->clock_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->shown, self);
  rnl_run_tree_set_roots (self->tree, NULL);
  rnl_inspected_turn_forget (self->shown);
  g_clear_object (&self->shown);
}

/**
 * rnl_run_inspector_choose:
 * @self: an inspector
 * @turn: (nullable): one of its turns
 *
 * Shows its runs; they are read if they have to be.
 */
void
rnl_run_inspector_choose (RnlRunInspector *self, RnlInspectedTurn *turn)
{
  self->missing = FALSE;
  if (self->shown != turn)
    {
      leave_shown (self);
      if (turn != NULL)
        show_turn (self, turn);
    }
  select_position (self, find_position (self, turn));
  rnl_run_inspector_update_page (self);
}

static void
choose_position (RnlRunInspector *self, guint position)
{
  g_autoptr (RnlInspectedTurn) turn = dup_turn (self, position);

  rnl_run_inspector_choose (self, turn);
}

/**
 * rnl_run_inspector_take_position:
 * @self: an inspector
 * @position: what the person chose from the list
 *
 * Shows that turn; from then on the newest, if it is that.
 */
void
rnl_run_inspector_take_position (RnlRunInspector *self, guint position)
{
  self->wanted = -1;
  self->follow = position == find_newest (self);
  choose_position (self, position);
}

/**
 * rnl_run_inspector_choose_wanted:
 * @self: an inspector
 *
 * Shows the answer that was asked for, or the newest.
 */
void
rnl_run_inspector_choose_wanted (RnlRunInspector *self)
{
  guint position = self->wanted >= 0 ? find_wanted (self) : find_newest (self);

  self->follow = self->wanted < 0 || position == find_newest (self);
  choose_position (self, position);
  if (position != GTK_INVALID_LIST_POSITION || self->wanted < 0)
    return;

  self->missing = self->listing == NULL;
  rnl_run_inspector_update_page (self);
}

/* What happens now. */

static RnlInspectedTurn *
add_live (RnlRunInspector *self, RnlRun *root)
{
  g_autoptr (RnlInspectedTurn) turn = NULL;
  g_autofree char *folder = rnl_trace_folder_dup_default ();
  g_autofree char *name
    = rnl_trace_folder_make_name (rnl_run_get_started (root), rnl_run_get_id (root));
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gboolean recorded = self->recorder != NULL && !rnl_run_has_tag (root, RNL_RUN_TAG_UNRECORDED);

  turn = rnl_inspected_turn_new_live (root, recorded ? path : NULL);
  insert_turn (self, turn);

  return turn;
}

static void
event_cb (RnlRunScope *scope, const RnlEvent *event, RnlRunInspector *self)
{
  RnlRun *root = rnl_run_get_root (event->run);
  RnlInspectedTurn *turn = find_turn (self, rnl_run_get_id (root));
  gboolean begins = event->run == root && event->kind == RNL_EVENT_START;

  if (turn == NULL)
    turn = add_live (self, root);
  rnl_inspected_turn_take_event (turn, event);
  if (!begins)
    return;

  if (self->follow && !rnl_inspected_turn_get_internal (turn))
    rnl_run_inspector_choose (self, turn);
  else if (self->shown == NULL && !self->missing)
    rnl_run_inspector_choose (self, turn);
}

static void
add_running (RnlRunInspector *self)
{
  RnlAgentRun *run = rnl_conversation_get_run (self->conversation);
  RnlRun *root = run != NULL ? rnl_agent_run_get_run (run) : NULL;

  if (root != NULL && rnl_run_get_state (root) == RNL_RUN_RUNNING)
    add_live (self, root);
}

/* What was recorded. */

static void
list_thread (GTask *task, gpointer source, gpointer session, GCancellable *cancellable)
{
  GPtrArray *traces = rnl_trace_list (NULL);

  for (guint i = traces->len; i > 0; i--)
    if (g_strcmp0 (((RnlTraceInfo *) traces->pdata[i - 1])->session, session) != 0)
      g_ptr_array_remove_index (traces, i - 1);
  g_task_return_pointer (task, traces, (GDestroyNotify) g_ptr_array_unref);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RnlRunInspector *self = RNL_RUN_INSPECTOR (source);
  g_autoptr (GPtrArray) traces = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Cancelled. */
  if (traces == NULL)
    return;

  g_clear_object (&self->listing);
  for (guint i = 0; i < traces->len; i++)
    {
      const RnlTraceInfo *info = traces->pdata[i];
      g_autoptr (RnlInspectedTurn) turn = NULL;

      if (find_turn (self, info->id) != NULL)
        continue;
      turn = rnl_inspected_turn_new_recorded (info);
      insert_turn (self, turn);
    }
  if (self->shown == NULL)
    rnl_run_inspector_choose_wanted (self);
  rnl_run_inspector_update_page (self);
}

/**
 * rnl_run_inspector_watch:
 * @self: an inspector with a conversation
 *
 * Follows the conversation from now on, and looks for what was recorded of it.
 */
void
rnl_run_inspector_watch (RnlRunInspector *self)
{
  RnlChat *chat = rnl_conversation_get_chat (self->conversation);
  g_autoptr (GTask) task = NULL;

  g_signal_connect_object (rnl_conversation_get_scope (self->conversation), "event",
                           G_CALLBACK (event_cb), self, 0);
  self->follow = TRUE;
  self->listing = g_cancellable_new ();
  add_running (self);
  if (count_turns (self) > 0)
    rnl_run_inspector_choose_wanted (self);
  task = g_task_new (self, self->listing, listed_cb, NULL);
  g_task_set_task_data (task, g_strdup (rnl_chat_get_id (chat)), g_free);
  g_task_run_in_thread (task, list_thread);
}

/**
 * rnl_run_inspector_unwatch:
 * @self: an inspector with a conversation
 *
 * Lets go of everything about it.
 */
void
rnl_run_inspector_unwatch (RnlRunInspector *self)
{
  g_signal_handlers_disconnect_by_data (rnl_conversation_get_scope (self->conversation), self);
  if (self->listing != NULL)
    g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  leave_shown (self);
  self->wanted = -1;
  self->missing = FALSE;
  self->choosing = TRUE;
  g_list_store_remove_all (self->turns);
  self->choosing = FALSE;
}

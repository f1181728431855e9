/* rnl-journal.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-journal.h"

#include "rnl-library-private.h"
#include "rnl-store-deltas.h"

/**
 * RnlJournal:
 *
 * Writes a growing message down as it grows. A delta only marks its part; what has been appended
 * since the last write is copied when the write is made, so a token costs a comparison and a write
 * costs what is new in it.
 */
struct _RnlJournal
{
  GObject parent_instance;

  /* owned */
  RnlLibrary *library;
  char *chat_id;
  RnlMessage *message;
  GPtrArray *watched;
  GPtrArray *dirty;

  /* sources and handlers */
  guint timeout;
  gint64 deadline;

  gboolean header_dirty;
  gboolean ended;
};

/* A part and how much of it has been written. */
typedef struct
{
  RnlJournal *journal;
  RnlPart *part;
  char *parent_id;
  guint position;
  gsize text_saved;
  gsize output_saved;
  gboolean fields_dirty;
  gboolean dirty;
} Watched;

G_DEFINE_FINAL_TYPE (RnlJournal, rnl_journal, G_TYPE_OBJECT)

static void watch_parts (RnlJournal *self, GListModel *parts, guint from, const char *parent_id);

static void
watched_free (gpointer data)
{
  Watched *self = data;

  g_signal_handlers_disconnect_by_data (self->part, self);
  g_signal_handlers_disconnect_by_data (rnl_part_list_children (self->part), self);
  g_object_unref (self->part);
  g_free (self->parent_id);
  g_free (self);
}

/* The timer is there only while something waits to be written. */
static void
stop_timer (RnlJournal *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->deadline = 0;
}

static void
add_delta (RnlStoreBatch *batch, Watched *watched, gboolean output)
{
  gsize *saved = output ? &watched->output_saved : &watched->text_saved;
  gsize length
    = output ? rnl_part_get_output_length (watched->part) : rnl_part_get_length (watched->part);
  const char *text
    = output ? rnl_part_get_output (watched->part) : rnl_part_get_text (watched->part);
  RnlStoreDelta *delta;

  if (length <= *saved)
    return;

  delta = g_new0 (RnlStoreDelta, 1);
  delta->part_id = g_strdup (rnl_part_get_id (watched->part));
  delta->output = output;
  delta->start = *saved;
  delta->length = length - *saved;
  delta->text = g_strndup (text + *saved, delta->length);
  g_ptr_array_add (batch->deltas, delta);
  *saved = length;
}

static void
add_watched (RnlStoreBatch *batch, Watched *watched)
{
  if (watched->fields_dirty)
    g_ptr_array_add (batch->parts, rnl_store_part_row_new (watched->part, watched->parent_id,
                                                           watched->position, FALSE));
  add_delta (batch, watched, FALSE);
  add_delta (batch, watched, TRUE);
  watched->fields_dirty = FALSE;
  watched->dirty = FALSE;
}

static void
write_pending (RnlJournal *self)
{
  RnlStoreBatch *batch;

  stop_timer (self);
  if (self->dirty->len == 0 && !self->header_dirty)
    return;

  batch = rnl_store_batch_new (rnl_message_get_id (self->message));
  if (self->header_dirty)
    batch->message = rnl_store_message_row_new_header (self->chat_id, self->message);
  /* In the order they were marked: a child comes after its parent. */
  for (guint i = 0; i < self->dirty->len; i++)
    add_watched (batch, g_ptr_array_index (self->dirty, i));
  g_ptr_array_set_size (self->dirty, 0);
  self->header_dirty = FALSE;
  rnl_store_worker_write (rnl_library_get_worker (self->library), rnl_store_write_batch, batch,
                          (GDestroyNotify) rnl_store_batch_free);
}

static gboolean
timeout_cb (gpointer user_data)
{
  RnlJournal *self = user_data;

  self->timeout = 0;
  write_pending (self);

  return G_SOURCE_REMOVE;
}

/* Something waits. A loop too busy to come to its timers must not make it late. */
static void
schedule (RnlJournal *self)
{
  if (self->timeout == 0)
    {
      self->deadline = g_get_monotonic_time () + RNL_JOURNAL_INTERVAL_MS * 1000;
      self->timeout
        = g_timeout_add_full (G_PRIORITY_HIGH, RNL_JOURNAL_INTERVAL_MS, timeout_cb, self, NULL);
    }
  else if (g_get_monotonic_time () >= self->deadline)
    write_pending (self);
}

static void
mark (Watched *watched)
{
  RnlJournal *self = watched->journal;

  if (!watched->dirty)
    {
      watched->dirty = TRUE;
      g_ptr_array_add (self->dirty, watched);
    }
  schedule (self);
}

static void
delta_cb (RnlPart *part, guint64 offset, const char *text, Watched *watched)
{
  mark (watched);
}

static void
part_notify_cb (RnlPart *part, GParamSpec *pspec, Watched *watched)
{
  /* Not stored, and a tool may tell it often. */
  if (g_str_equal (pspec->name, "progress"))
    return;

  watched->fields_dirty = TRUE;
  mark (watched);
}

static void
children_changed_cb (
  GListModel *children, guint position, guint removed, guint added, Watched *watched)
{
  watch_parts (watched->journal, children, position, rnl_part_get_id (watched->part));
}

static void
watch_part (RnlJournal *self, RnlPart *part, guint position, const char *parent_id)
{
  Watched *watched = g_new0 (Watched, 1);

  watched->journal = self;
  watched->part = g_object_ref (part);
  watched->parent_id = g_strdup (parent_id);
  watched->position = position;
  watched->fields_dirty = TRUE;
  g_ptr_array_add (self->watched, watched);
  g_signal_connect (part, "delta", G_CALLBACK (delta_cb), watched);
  g_signal_connect (part, "output-delta", G_CALLBACK (delta_cb), watched);
  g_signal_connect (part, "notify", G_CALLBACK (part_notify_cb), watched);
  g_signal_connect (rnl_part_list_children (part), "items-changed",
                    G_CALLBACK (children_changed_cb), watched);
  mark (watched);

  watch_parts (self, rnl_part_list_children (part), 0, rnl_part_get_id (part));
}

/* Parts are only ever appended while a message grows. */
static void
watch_parts (RnlJournal *self, GListModel *parts, guint from, const char *parent_id)
{
  for (guint i = from; i < g_list_model_get_n_items (parts); i++)
    {
      g_autoptr (RnlPart) part = g_list_model_get_item (parts, i);

      watch_part (self, part, i, parent_id);
    }
}

static void
parts_changed_cb (GListModel *parts, guint position, guint removed, guint added, RnlJournal *self)
{
  watch_parts (self, parts, position, NULL);
}

static void
unwatch (RnlJournal *self)
{
  stop_timer (self);
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_signal_handlers_disconnect_by_data (rnl_message_list_parts (self->message), self);
  g_ptr_array_set_size (self->dirty, 0);
  g_ptr_array_set_size (self->watched, 0);
}

/* Whole rows take the place of the journal; what is pending is in them. */
static void
end (RnlJournal *self)
{
  self->ended = TRUE;
  unwatch (self);
  rnl_library_fold_message (self->library, self->chat_id, self->message);
}

static void
message_notify_cb (RnlMessage *message, GParamSpec *pspec, RnlJournal *self)
{
  if (rnl_message_get_state (message) != RNL_MESSAGE_STREAMING)
    {
      end (self);
      return;
    }

  self->header_dirty = TRUE;
  schedule (self);
}

/* What the message held when it was added is on its way already. */
static void
skip_what_was_added (RnlJournal *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    {
      Watched *watched = g_ptr_array_index (self->watched, i);

      watched->text_saved = rnl_part_get_length (watched->part);
      watched->output_saved = rnl_part_get_output_length (watched->part);
      watched->fields_dirty = watched->dirty = FALSE;
    }
  g_ptr_array_set_size (self->dirty, 0);
  stop_timer (self);
}

static void
rnl_journal_dispose (GObject *object)
{
  RnlJournal *self = RNL_JOURNAL (object);

  if (self->message != NULL)
    {
      if (!self->ended)
        write_pending (self);
      unwatch (self);
    }
  g_clear_object (&self->message);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (rnl_journal_parent_class)->dispose (object);
}

static void
rnl_journal_finalize (GObject *object)
{
  RnlJournal *self = RNL_JOURNAL (object);

  g_free (self->chat_id);
  g_ptr_array_unref (self->dirty);
  g_ptr_array_unref (self->watched);

  G_OBJECT_CLASS (rnl_journal_parent_class)->finalize (object);
}

static void
rnl_journal_class_init (RnlJournalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_journal_dispose;
  object_class->finalize = rnl_journal_finalize;
}

static void
rnl_journal_init (RnlJournal *self)
{
  self->dirty = g_ptr_array_new ();
  self->watched = g_ptr_array_new_with_free_func (watched_free);
}

/**
 * rnl_journal_new:
 * @library: where to write
 * @chat_id: a chat that has been added to it
 * @message: a message that is not in it yet
 *
 * Adds @message to the chat, then writes down all that happens to it, each thing at most
 * `RNL_JOURNAL_INTERVAL_MS` later, until its state is no longer streaming: what must be stored with
 * the end (error, usage, duration) is to be set before the state. Keep the journal until then; when
 * it is dropped earlier it writes what it has and the message stays as it is on disk.
 *
 * Returns: (transfer full): a journal
 */
RnlJournal *
rnl_journal_new (RnlLibrary *library, const char *chat_id, RnlMessage *message)
{
  return rnl_journal_new_version (library, chat_id, NULL, message);
}

/**
 * rnl_journal_new_version:
 * @library: where to write
 * @chat_id: a chat that has been added to it
 * @replaced_id: (nullable): the message it is another version of
 * @message: a message that is not in it yet
 *
 * As [ctor@Runnel.Journal.new], adding it with [method@Runnel.Library.add_version].
 *
 * Returns: (transfer full): a journal
 */
RnlJournal *
rnl_journal_new_version (RnlLibrary *library,
                         const char *chat_id,
                         const char *replaced_id,
                         RnlMessage *message)
{
  RnlJournal *self;

  g_return_val_if_fail (RNL_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (chat_id != NULL, NULL);
  g_return_val_if_fail (RNL_IS_MESSAGE (message), NULL);

  self = g_object_new (RNL_TYPE_JOURNAL, NULL);
  self->library = g_object_ref (library);
  self->chat_id = g_strdup (chat_id);
  self->message = g_object_ref (message);
  rnl_library_add_version (library, chat_id, replaced_id, message);
  if (rnl_message_get_state (message) != RNL_MESSAGE_STREAMING)
    {
      self->ended = TRUE;
      return self;
    }

  g_signal_connect (message, "notify", G_CALLBACK (message_notify_cb), self);
  g_signal_connect (rnl_message_list_parts (message), "items-changed",
                    G_CALLBACK (parts_changed_cb), self);
  watch_parts (self, rnl_message_list_parts (message), 0, NULL);
  skip_what_was_added (self);

  return self;
}

/**
 * rnl_journal_flush:
 * @self: a journal
 *
 * Hands what is pending to the library now; [method@Runnel.Library.flush_async] tells when it is
 * on disk.
 */
void
rnl_journal_flush (RnlJournal *self)
{
  g_return_if_fail (RNL_IS_JOURNAL (self));

  if (!self->ended)
    write_pending (self);
}

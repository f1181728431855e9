/* rnl-transcript-texts.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-transcript-texts.h"

#include "rnl-conversation-outline.h"

/**
 * RnlTranscriptTexts:
 *
 * What is selected and found in a transcript, and the content of messages that both need and that
 * is not in memory: it is read for them, and let go of when nothing shows it.
 */
struct _RnlTranscriptTexts
{
  GObject parent_instance;

  /* borrowed: who owns the list owns this */
  RnlMessageList *list;

  /* owned */
  RnlConversation *conversation;
  RnlTranscriptSelection *selection;
  RnlTranscriptFind *find;
  GCancellable *cancellable;
  GHashTable *filled; /* messages whose content was read for this */
};

G_DEFINE_FINAL_TYPE (RnlTranscriptTexts, rnl_transcript_texts, G_TYPE_OBJECT)

typedef struct
{
  RnlTranscriptTexts *self; /* owned */
  GPtrArray *messages;      /* owned */
  gboolean copying;
} Fill;

static gboolean
has_row (RnlTranscriptTexts *self, RnlMessage *message)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (RNL_IS_MESSAGE_ROW (row) && rnl_message_row_get_message (RNL_MESSAGE_ROW (row)) == message)
      return TRUE;

  return FALSE;
}

static void
done_with_cb (RnlTranscriptTexts *self, RnlMessage *message)
{
  if (g_hash_table_remove (self->filled, message) && self->conversation != NULL
      && !has_row (self, message))
    rnl_conversation_empty (self->conversation, message);
}

static void
filled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fill *fill = user_data;
  RnlTranscriptTexts *self = fill->self;
  g_autoptr (GError) error = NULL;

  if (!rnl_conversation_fill_finish (RNL_CONVERSATION (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Messages could not be read: %s", error->message);
  if (RNL_CONVERSATION (source) == self->conversation)
    {
      for (guint i = 0; i < fill->messages->len; i++)
        g_hash_table_add (self->filled, g_object_ref (g_ptr_array_index (fill->messages, i)));
      if (!fill->copying)
        rnl_chat_find_filled (rnl_transcript_find_get_find (self->find), fill->messages);
      else
        {
          rnl_transcript_selection_filled (self->selection);
          for (guint i = 0; i < fill->messages->len; i++)
            done_with_cb (self, g_ptr_array_index (fill->messages, i));
        }
    }
  g_object_unref (fill->self);
  g_ptr_array_unref (fill->messages);
  g_free (fill);
}

static void
fill (RnlTranscriptTexts *self, GPtrArray *messages, gboolean copying)
{
  Fill *data;

  if (self->conversation == NULL)
    return;
  data = g_new0 (Fill, 1);
  data->self = g_object_ref (self);
  data->messages = g_ptr_array_copy (messages, (GCopyFunc) g_object_ref, NULL);
  g_ptr_array_set_free_func (data->messages, g_object_unref);
  data->copying = copying;
  rnl_conversation_fill_async (self->conversation, data->messages, self->cancellable, filled_cb,
                               data);
}

static void
wanted_by_find_cb (RnlTranscriptTexts *self, GPtrArray *messages)
{
  fill (self, messages, FALSE);
}

static void
wanted_by_selection_cb (RnlTranscriptTexts *self, GPtrArray *messages)
{
  fill (self, messages, TRUE);
}

static void
rnl_transcript_texts_dispose (GObject *object)
{
  RnlTranscriptTexts *self = RNL_TRANSCRIPT_TEXTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->find);
  g_clear_object (&self->selection);
  g_clear_object (&self->conversation);
  g_hash_table_remove_all (self->filled);

  G_OBJECT_CLASS (rnl_transcript_texts_parent_class)->dispose (object);
}

static void
rnl_transcript_texts_finalize (GObject *object)
{
  g_hash_table_unref (RNL_TRANSCRIPT_TEXTS (object)->filled);

  G_OBJECT_CLASS (rnl_transcript_texts_parent_class)->finalize (object);
}

static void
rnl_transcript_texts_class_init (RnlTranscriptTextsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_transcript_texts_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_transcript_texts_finalize;
}

static void
rnl_transcript_texts_init (RnlTranscriptTexts *self)
{
  self->filled = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

/**
 * rnl_transcript_texts_new:
 * @list: of messages; has to stay as long as this
 *
 * Returns: (transfer full): nothing selected, nothing found
 */
RnlTranscriptTexts *
rnl_transcript_texts_new (RnlMessageList *list)
{
  RnlTranscriptTexts *self = g_object_new (RNL_TYPE_TRANSCRIPT_TEXTS, NULL);

  self->list = list;
  self->selection = rnl_transcript_selection_new (list);
  self->find = rnl_transcript_find_new (list, self->selection);
  g_signal_connect_object (self->selection, "wanted", G_CALLBACK (wanted_by_selection_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rnl_transcript_find_get_find (self->find), "wanted",
                           G_CALLBACK (wanted_by_find_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rnl_transcript_find_get_find (self->find), "done-with",
                           G_CALLBACK (done_with_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * rnl_transcript_texts_set_conversation:
 * @self: the texts
 * @conversation: (nullable): what the messages belong to; said before its messages
 */
void
rnl_transcript_texts_set_conversation (RnlTranscriptTexts *self, RnlConversation *conversation)
{
  g_return_if_fail (RNL_IS_TRANSCRIPT_TEXTS (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_hash_table_remove_all (self->filled);
  g_set_object (&self->conversation, conversation);
  self->cancellable = g_cancellable_new ();
}

/**
 * rnl_transcript_texts_set_model:
 * @self: the texts
 * @messages: (nullable): the messages; said before the list has rows for them
 */
void
rnl_transcript_texts_set_model (RnlTranscriptTexts *self, GListModel *messages)
{
  g_return_if_fail (RNL_IS_TRANSCRIPT_TEXTS (self));

  rnl_transcript_selection_set_model (self->selection, messages);
  rnl_transcript_find_set_model (self->find, messages);
}

/**
 * rnl_transcript_texts_show:
 * @self: the texts
 * @text: one that came into the list
 *
 * Has it show what is selected and found in it.
 */
void
rnl_transcript_texts_show (RnlTranscriptTexts *self, RnlSelectable *text)
{
  g_return_if_fail (RNL_IS_TRANSCRIPT_TEXTS (self));

  rnl_transcript_selection_show (self->selection, text);
  rnl_transcript_find_show (self->find, text);
}

/**
 * rnl_transcript_texts_get_selection:
 * @self: the texts
 *
 * Returns: (transfer none): what is selected
 */
RnlTranscriptSelection *
rnl_transcript_texts_get_selection (RnlTranscriptTexts *self)
{
  g_return_val_if_fail (RNL_IS_TRANSCRIPT_TEXTS (self), NULL);

  return self->selection;
}

/**
 * rnl_transcript_texts_get_find:
 * @self: the texts
 *
 * Returns: (transfer none): what is found
 */
RnlTranscriptFind *
rnl_transcript_texts_get_find (RnlTranscriptTexts *self)
{
  g_return_val_if_fail (RNL_IS_TRANSCRIPT_TEXTS (self), NULL);

  return self->find;
}

/* rnl-transcript-selection.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-transcript-selection-private.h"

#include "rnl-chat-text.h"
#include "rnl-message-outline.h"

/**
 * RnlTranscriptSelection:
 *
 * One selection over all text of a conversation. It knows two places, where it began and where it
 * goes to, by message, part, block and character: no widget has to be there for them. Widgets that
 * are there show what of it is theirs, and those that come later show it when they come.
 *
 * What is copied is made from the messages, not from what is shown of them.
 */
enum
{
  WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlTranscriptSelection, rnl_transcript_selection, G_TYPE_OBJECT)

/* {{{ Messages */

static void
count_messages (RnlTranscriptSelection *self)
{
  guint n = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;

  self->positions = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) message = g_list_model_get_item (self->model, i);

      g_hash_table_insert (self->positions, message, GUINT_TO_POINTER (i));
    }
}

static gboolean
find_message (RnlTranscriptSelection *self, RnlMessage *message, guint *position)
{
  gpointer value;

  if (self->positions == NULL)
    count_messages (self);
  if (!g_hash_table_lookup_extended (self->positions, message, NULL, &value))
    return FALSE;
  *position = GPOINTER_TO_UINT (value);

  return TRUE;
}

/* The message a widget is in. */
gboolean
rnl_selection_get_message (RnlTranscriptSelection *self, GtkWidget *widget, guint *message)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, RNL_TYPE_MESSAGE_ROW);

  return row != NULL
         && find_message (self, rnl_message_row_get_message (RNL_MESSAGE_ROW (row)), message);
}

static RnlMessage *
get_message (RnlTranscriptSelection *self, guint position)
{
  return self->model != NULL ? g_list_model_get_item (self->model, position) : NULL;
}

/* Returns whether the place is still there. */
static gboolean
shift_point (RnlChatPoint *point, guint position, guint removed, guint added)
{
  if (point->message < position)
    return TRUE;
  if (point->message < position + removed)
    return FALSE;
  point->message = point->message - removed + added;

  return TRUE;
}

static void
items_changed_cb (RnlTranscriptSelection *self, guint position, guint removed, guint added)
{
  g_clear_pointer (&self->positions, g_hash_table_unref);
  if (!self->placed)
    return;
  if (!shift_point (&self->anchor, position, removed, added)
      || !shift_point (&self->focus, position, removed, added))
    {
      rnl_transcript_selection_clear (self);
      self->placed = FALSE;
      return;
    }
  shift_point (&self->origin.from, position, removed, added);
  shift_point (&self->origin.to, position, removed, added);
}

/* }}} */

/* {{{ What widgets show */

static gboolean
show_text (RnlTranscriptSelection *self, RnlSelectable *text, gpointer data)
{
  const RnlChatRange *range = data;
  RnlBlockPoint start = { 0, 0 };
  RnlBlockRange clipped;
  RnlChatPoint point;
  g_autoptr (RnlMessage) message = NULL;
  gboolean any = FALSE;

  if (range != NULL && rnl_transcript_selection_find_point (self, text, &start, &point))
    {
      message = get_message (self, point.message);
      any = rnl_chat_range_clip (range, message, &point, &clipped);
    }
  rnl_selectable_select (text, any ? &clipped : NULL);

  return TRUE;
}

static void
show_all (RnlTranscriptSelection *self)
{
  RnlChatRange range;

  if (rnl_transcript_selection_get_range (self, &range))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->list), "selecting");
      rnl_selection_each_text (self, show_text, &range);
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->list), "selecting");
      rnl_selection_each_text (self, show_text, NULL);
    }
}

/* }}} */

static void
rnl_transcript_selection_dispose (GObject *object)
{
  RnlTranscriptSelection *self = RNL_TRANSCRIPT_SELECTION (object);

  rnl_selection_stop_drag (self);
  rnl_selection_drop_menu (self);
  if (self->model != NULL)
    g_clear_signal_handler (&self->items_changed, self->model);
  g_clear_object (&self->model);
  g_clear_object (&self->primary);
  g_clear_pointer (&self->positions, g_hash_table_unref);
  g_clear_pointer (&self->menu_link, g_free);
  g_clear_weak_pointer (&self->menu_table);

  G_OBJECT_CLASS (rnl_transcript_selection_parent_class)->dispose (object);
}

static void
rnl_transcript_selection_class_init (RnlTranscriptSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_transcript_selection_dispose;

  /**
   * RnlTranscriptSelection::wanted:
   * @self: a selection
   * @messages: (element-type RnlMessage): messages whose content is not there
   *
   * They are to be copied; rnl_transcript_selection_filled() says that their content has come.
   */
  signals[WANTED] = g_signal_new ("wanted", RNL_TYPE_TRANSCRIPT_SELECTION, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
rnl_transcript_selection_init (RnlTranscriptSelection *self)
{
  self->wish_x = -1;
}

/**
 * rnl_transcript_selection_new:
 * @list: whose messages are selected; it has to stay as long as the selection
 *
 * Returns: (transfer full): an empty selection, which takes pointer and keys from now on
 */
RnlTranscriptSelection *
rnl_transcript_selection_new (RnlMessageList *list)
{
  RnlTranscriptSelection *self = g_object_new (RNL_TYPE_TRANSCRIPT_SELECTION, NULL);

  self->list = list;
  rnl_selection_add_controllers (self);

  return self;
}

/**
 * rnl_transcript_selection_set_model:
 * @self: a selection
 * @messages: (nullable): the messages of its list
 *
 * Selects nothing of other messages. To be called before the list has rows for them.
 */
void
rnl_transcript_selection_set_model (RnlTranscriptSelection *self, GListModel *messages)
{
  g_return_if_fail (RNL_IS_TRANSCRIPT_SELECTION (self));

  rnl_transcript_selection_clear (self);
  self->placed = FALSE;
  g_clear_pointer (&self->positions, g_hash_table_unref);
  if (self->model != NULL)
    g_clear_signal_handler (&self->items_changed, self->model);
  g_set_object (&self->model, messages);
  if (messages != NULL)
    self->items_changed
      = g_signal_connect_swapped (messages, "items-changed", G_CALLBACK (items_changed_cb), self);
}

/**
 * rnl_transcript_selection_get_range:
 * @self: a selection
 * @range: (out caller-allocates): what is selected
 *
 * Returns: whether anything is
 */
gboolean
rnl_transcript_selection_get_range (RnlTranscriptSelection *self, RnlChatRange *range)
{
  gboolean forward;

  g_return_val_if_fail (RNL_IS_TRANSCRIPT_SELECTION (self), FALSE);

  forward = rnl_chat_point_compare (&self->anchor, &self->focus) <= 0;
  range->from = forward ? self->anchor : self->focus;
  range->to = forward ? self->focus : self->anchor;

  return self->placed && !rnl_chat_range_is_empty (range);
}

/**
 * rnl_transcript_selection_set:
 * @self: a selection
 * @anchor: where it begins
 * @focus: where it goes to, also before @anchor; the same place for nothing
 *
 * Selects something else.
 */
void
rnl_transcript_selection_set (RnlTranscriptSelection *self,
                              const RnlChatPoint *anchor,
                              const RnlChatPoint *focus)
{
  g_return_if_fail (RNL_IS_TRANSCRIPT_SELECTION (self));

  self->anchor = *anchor;
  self->focus = *focus;
  self->placed = TRUE;
  if (rnl_chat_point_compare (anchor, focus) != 0)
    rnl_scroll_follower_stop (rnl_message_list_get_follower (self->list));
  show_all (self);
}

/**
 * rnl_transcript_selection_clear:
 * @self: a selection
 *
 * Selects nothing. Where it went to stays the place that keys extend it from.
 */
void
rnl_transcript_selection_clear (RnlTranscriptSelection *self)
{
  RnlChatRange range;

  g_return_if_fail (RNL_IS_TRANSCRIPT_SELECTION (self));

  if (!rnl_transcript_selection_get_range (self, &range))
    return;
  self->anchor = self->focus;
  show_all (self);
  rnl_selection_claim_primary (self);
}

static RnlChatPoint
message_start (guint message)
{
  return (RnlChatPoint){ message, 0, 0, { 0, 0 } };
}

static RnlChatPoint
message_end (guint message)
{
  return RNL_CHAT_MESSAGE_END (message);
}

/**
 * rnl_transcript_selection_select_message:
 * @self: a selection
 * @message: position of a message
 *
 * Selects all text of it.
 */
void
rnl_transcript_selection_select_message (RnlTranscriptSelection *self, guint message)
{
  RnlChatPoint start = message_start (message);
  RnlChatPoint end = message_end (message);

  rnl_transcript_selection_set (self, &start, &end);
  rnl_selection_claim_primary (self);
}

/**
 * rnl_transcript_selection_select_all:
 * @self: a selection
 *
 * Selects all text of the conversation.
 */
void
rnl_transcript_selection_select_all (RnlTranscriptSelection *self)
{
  guint n = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
  RnlChatPoint start = message_start (0);
  RnlChatPoint end = message_end (n > 0 ? n - 1 : 0);

  rnl_transcript_selection_set (self, &start, &end);
  rnl_selection_claim_primary (self);
}

/**
 * rnl_transcript_selection_show:
 * @self: a selection
 * @text: a text that came into the list
 *
 * Has it show what of it is selected.
 */
void
rnl_transcript_selection_show (RnlTranscriptSelection *self, RnlSelectable *text)
{
  RnlChatRange range;

  g_return_if_fail (RNL_IS_TRANSCRIPT_SELECTION (self));

  if (rnl_transcript_selection_get_range (self, &range))
    show_text (self, text, &range);
}

/**
 * rnl_transcript_selection_find_point:
 * @self: a selection
 * @text: a text of its list
 * @place: a place in that
 * @point: (out caller-allocates): the same place in the conversation
 *
 * Returns: whether @text belongs to the conversation
 */
gboolean
rnl_transcript_selection_find_point (RnlTranscriptSelection *self,
                                     RnlSelectable *text,
                                     const RnlBlockPoint *place,
                                     RnlChatPoint *point)
{
  GObject *part = rnl_selectable_get_part (text);
  g_autoptr (RnlMessage) message = NULL;

  if (part == NULL || !rnl_selection_get_message (self, GTK_WIDGET (text), &point->message))
    return FALSE;
  message = get_message (self, point->message);
  point->place = *place;

  return rnl_chat_texts_find (message, RNL_PART (part),
                              (RnlChatField) rnl_selectable_get_field (text), &point->part,
                              &point->text);
}

/* {{{ Copying */

static void
add_part (RnlClipboardText *content,
          RnlMessage *message,
          guint position,
          guint part,
          const RnlChatRange *range)
{
  g_autoptr (GArray) texts = rnl_chat_texts_list (message, part);

  for (guint i = 0; i < texts->len; i++)
    {
      const RnlChatText *text = &g_array_index (texts, RnlChatText, i);
      RnlChatPoint start = { position, part, text->number, { 0, 0 } };
      RnlBlockRange clipped;

      if (rnl_chat_range_clip (range, message, &start, &clipped))
        rnl_clipboard_text_add (content, rnl_chat_text_dup_source (text, message), text->markdown,
                                rnl_part_get_complete (text->part), &clipped);
    }
}

static RnlClipboardText *
dup_range (RnlTranscriptSelection *self, const RnlChatRange *range)
{
  RnlClipboardText *content = rnl_clipboard_text_new ();
  guint n = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;

  for (guint i = range->from.message; i <= range->to.message && i < n; i++)
    {
      g_autoptr (RnlMessage) message = get_message (self, i);

      for (guint part = 0; part < rnl_message_get_n_parts (message); part++)
        add_part (content, message, i, part, range);
    }

  return content;
}

/* All text of one message. */
GdkContentProvider *
rnl_selection_dup_message (RnlTranscriptSelection *self, guint message)
{
  RnlChatRange range = { message_start (message), message_end (message) };

  return GDK_CONTENT_PROVIDER (dup_range (self, &range));
}

/**
 * rnl_transcript_selection_dup_content:
 * @self: a selection
 *
 * Returns: (transfer full): what is selected, in every form
 */
RnlClipboardText *
rnl_transcript_selection_dup_content (RnlTranscriptSelection *self)
{
  RnlChatRange range;

  g_return_val_if_fail (RNL_IS_TRANSCRIPT_SELECTION (self), NULL);

  if (!rnl_transcript_selection_get_range (self, &range))
    return rnl_clipboard_text_new ();

  return dup_range (self, &range);
}

static void
copy_now (RnlTranscriptSelection *self, RnlSelectionCopy how)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self->list));
  g_autoptr (RnlClipboardText) content = rnl_transcript_selection_dup_content (self);

  if (rnl_clipboard_text_is_empty (content))
    return;
  if (how == RNL_SELECTION_COPY_PLAIN)
    {
      g_autofree char *text = rnl_clipboard_text_dup_plain (content);

      gdk_clipboard_set_text (clipboard, text);
    }
  else
    gdk_clipboard_set_content (clipboard, GDK_CONTENT_PROVIDER (content));
}

/* The messages that are selected and whose content is not there. */
static GPtrArray *
list_outlines (RnlTranscriptSelection *self)
{
  GPtrArray *outlines = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
  RnlChatRange range;

  if (!rnl_transcript_selection_get_range (self, &range))
    return outlines;
  for (guint i = range.from.message; i <= range.to.message && i < n; i++)
    {
      g_autoptr (RnlMessage) message = get_message (self, i);

      if (rnl_message_is_outline (message))
        g_ptr_array_add (outlines, g_steal_pointer (&message));
    }

  return outlines;
}

static void
copy (RnlTranscriptSelection *self, RnlSelectionCopy how)
{
  g_autoptr (GPtrArray) outlines = list_outlines (self);

  if (outlines->len == 0)
    {
      copy_now (self, how);
      return;
    }
  self->copying = how;
  g_signal_emit (self, signals[WANTED], 0, outlines);
}

/**
 * rnl_transcript_selection_copy:
 * @self: a selection
 *
 * Puts what is selected on the clipboard, if anything is. If content of it is not in memory, it is
 * asked for first.
 */
void
rnl_transcript_selection_copy (RnlTranscriptSelection *self)
{
  g_return_if_fail (RNL_IS_TRANSCRIPT_SELECTION (self));

  copy (self, RNL_SELECTION_COPY_ALL_FORMS);
}

/**
 * rnl_transcript_selection_copy_plain:
 * @self: a selection
 *
 * Puts the words alone on the clipboard, if anything is selected.
 */
void
rnl_transcript_selection_copy_plain (RnlTranscriptSelection *self)
{
  g_return_if_fail (RNL_IS_TRANSCRIPT_SELECTION (self));

  copy (self, RNL_SELECTION_COPY_PLAIN);
}

/**
 * rnl_transcript_selection_filled:
 * @self: a selection
 *
 * The content that was asked for has come, as far as it could be had.
 */
void
rnl_transcript_selection_filled (RnlTranscriptSelection *self)
{
  RnlSelectionCopy how;

  g_return_if_fail (RNL_IS_TRANSCRIPT_SELECTION (self));

  how = self->copying;
  self->copying = RNL_SELECTION_COPY_NOTHING;
  if (how != RNL_SELECTION_COPY_NOTHING)
    copy_now (self, how);
}

/* What is selected can be pasted with the middle button, unless it has to be read first. */
void
rnl_selection_claim_primary (RnlTranscriptSelection *self)
{
  g_autoptr (GPtrArray) outlines = list_outlines (self);
  GdkClipboard *primary = gtk_widget_get_primary_clipboard (GTK_WIDGET (self->list));
  RnlClipboardText *content = rnl_transcript_selection_dup_content (self);
  gboolean ours = self->primary != NULL && gdk_clipboard_get_content (primary) == self->primary;

  if (!rnl_clipboard_text_is_empty (content) && outlines->len == 0)
    gdk_clipboard_set_content (primary, GDK_CONTENT_PROVIDER (content));
  else if (ours)
    gdk_clipboard_set_content (primary, NULL);
  g_clear_object (&self->primary);
  self->primary = GDK_CONTENT_PROVIDER (content);
}

/* }}} */

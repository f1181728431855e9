/* rnl-plain-text.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-plain-text.h"

#include "rnl-chat-style.h"
#include "rnl-frame-task.h"
#include "rnl-text-realize.h"

/* In pixels: more than grows in a frame. */
#define LOOK_AHEAD 2000

/**
 * RnlPlainText:
 *
 * A text view without an editor: wraps, selects, copies, and takes what is appended to it once a
 * frame. The cost of a frame is that of the new bytes.
 */
struct _RnlPlainText
{
  GtkTextView parent_instance;

  /* owned */
  GtkTextBuffer *buffer;
  GString *waiting;

  RnlFrameTask flush;
  RnlFrameTask grow;
};

G_DEFINE_FINAL_TYPE (RnlPlainText, rnl_plain_text, GTK_TYPE_TEXT_VIEW)

static void
flush_cb (GtkWidget *widget)
{
  RnlPlainText *self = RNL_PLAIN_TEXT (widget);
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_insert (self->buffer, &end, self->waiting->str, (int) self->waiting->len);
  g_string_truncate (self->waiting, 0);
}

/* A text view lays out only what is on screen and leaves the rest to an idle, so that a text that
 * is not scrolled by itself would be too short for a frame whenever it grew. A moment of being
 * taller makes it lay out more at once; lines that are laid out already cost nothing (GTK 4.8).
 *
 * One that had no width until now learns here how high it is: that it asks for more is forgotten
 * when its parents are laid out in the same breath, so it asks again in the next frame. */
static void
rnl_plain_text_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidgetClass *parent_class = GTK_WIDGET_CLASS (rnl_plain_text_parent_class);
  int needed = 0;

  rnl_text_attach (GTK_TEXT_VIEW (widget), RNL_PLAIN_TEXT (widget)->buffer);
  parent_class->size_allocate (widget, width, height + LOOK_AHEAD, baseline);
  parent_class->size_allocate (widget, width, height, baseline);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &needed, NULL, NULL, NULL);
  if (needed > height)
    rnl_frame_task_queue (&RNL_PLAIN_TEXT (widget)->grow);
}

static void
rnl_plain_text_dispose (GObject *object)
{
  RnlPlainText *self = RNL_PLAIN_TEXT (object);

  rnl_frame_task_clear (&self->flush);
  rnl_frame_task_clear (&self->grow);

  G_OBJECT_CLASS (rnl_plain_text_parent_class)->dispose (object);
}

static void
rnl_plain_text_finalize (GObject *object)
{
  RnlPlainText *self = RNL_PLAIN_TEXT (object);

  g_object_unref (self->buffer);
  g_string_free (self->waiting, TRUE);

  G_OBJECT_CLASS (rnl_plain_text_parent_class)->finalize (object);
}

static void
rnl_plain_text_realize (GtkWidget *widget)
{
  rnl_text_realize (GTK_TEXT_VIEW (widget), GTK_WIDGET_CLASS (rnl_plain_text_parent_class));
}

static void
rnl_plain_text_class_init (RnlPlainTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_plain_text_dispose;
  object_class->finalize = rnl_plain_text_finalize;
  GTK_WIDGET_CLASS (klass)->realize = rnl_plain_text_realize;
  GTK_WIDGET_CLASS (klass)->size_allocate = rnl_plain_text_size_allocate;
}

static void
rnl_plain_text_init (RnlPlainText *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);

  self->buffer = gtk_text_buffer_new (NULL);
  gtk_text_buffer_set_enable_undo (self->buffer, FALSE);
  self->waiting = g_string_new (NULL);
  rnl_frame_task_init (&self->flush, GTK_WIDGET (self), flush_cb);
  rnl_frame_task_init (&self->grow, GTK_WIDGET (self), gtk_widget_queue_resize);
  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_cursor_visible (view, FALSE);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  rnl_text_wait_for_width (view);
  gtk_widget_add_css_class (GTK_WIDGET (self), "plain-text");
}

/**
 * rnl_plain_text_new:
 * @label: its name for assistive technology
 *
 * Returns: (transfer floating): an empty text
 */
GtkWidget *
rnl_plain_text_new (const char *label)
{
  GtkWidget *self = g_object_new (RNL_TYPE_PLAIN_TEXT, NULL);

  rnl_chat_set_label (self, label);

  return self;
}

/**
 * rnl_plain_text_append:
 * @self: a text
 * @text: UTF-8, cut between code points
 * @length: in bytes
 *
 * Appends before the next frame; a selection stays.
 */
void
rnl_plain_text_append (RnlPlainText *self, const char *text, gsize length)
{
  g_return_if_fail (RNL_IS_PLAIN_TEXT (self));

  g_string_append_len (self->waiting, text, (gssize) length);
  rnl_frame_task_queue (&self->flush);
}

/**
 * rnl_plain_text_set_text:
 * @self: a text
 * @text: UTF-8
 * @length: in bytes, or -1
 *
 * Replaces everything.
 */
void
rnl_plain_text_set_text (RnlPlainText *self, const char *text, gssize length)
{
  g_return_if_fail (RNL_IS_PLAIN_TEXT (self));

  g_string_truncate (self->waiting, 0);
  gtk_text_buffer_set_text (self->buffer, text, (int) length);
}

/**
 * rnl_plain_text_update:
 * @self: a text of a few lines
 * @text: UTF-8
 *
 * Makes it @text, touching only what is different from the first difference on: a selection before
 * that stays.
 */
void
rnl_plain_text_update (RnlPlainText *self, const char *text)
{
  GtkTextIter start, end;
  g_autofree char *shown = NULL;
  gsize same = 0;

  g_return_if_fail (RNL_IS_PLAIN_TEXT (self));

  shown = rnl_plain_text_dup_text (self);
  g_string_truncate (self->waiting, 0);
  while (shown[same] != '\0' && shown[same] == text[same])
    same++;
  if (shown[same] == text[same])
    return;

  while (same > 0 && (text[same] & 0xc0) == 0x80)
    same--;
  gtk_text_buffer_get_iter_at_offset (self->buffer, &start,
                                      (int) g_utf8_pointer_to_offset (shown, shown + same));
  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_buffer_insert (self->buffer, &start, text + same, -1);
}

/**
 * rnl_plain_text_dup_text:
 * @self: a text
 *
 * Returns: (transfer full): everything, also what has not been drawn yet
 */
char *
rnl_plain_text_dup_text (RnlPlainText *self)
{
  GtkTextIter start, end;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (RNL_IS_PLAIN_TEXT (self), NULL);

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  shown = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);

  return g_strconcat (shown, self->waiting->str, NULL);
}

/**
 * rnl_plain_text_get_buffer:
 * @self: a text
 *
 * Returns: (transfer none): what it shows; the view has it from its first allocation on
 */
GtkTextBuffer *
rnl_plain_text_get_buffer (RnlPlainText *self)
{
  g_return_val_if_fail (RNL_IS_PLAIN_TEXT (self), NULL);

  return self->buffer;
}

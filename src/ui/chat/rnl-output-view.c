/* rnl-output-view.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-output-view.h"

#include <glib/gi18n.h>

#include "rnl-chat-style.h"
#include "rnl-frame-task.h"
#include "rnl-line-index.h"
#include "rnl-plain-text.h"
#include "rnl-text-viewer.h"

/* Of a long line that is cut: what stands after the gap. */
#define LINE_END 100

/**
 * RnlOutputView:
 *
 * What a tool printed: the first and the last lines, each cut to a bounded length, and a button in
 * between that opens the whole. A frame costs the new bytes and the lines that are shown, however
 * long the text and its lines are.
 */
struct _RnlOutputView
{
  GtkWidget parent_instance;

  /* owned */
  char *title;
  GString *text;

  /* children */
  GtkWidget *head;
  GtkWidget *more;
  GtkWidget *tail;       /* made when there is something for it */
  RnlTextViewer *viewer; /* borrowed, while the window of "Show all" is open */

  RnlFrameTask update;
  RnlLineIndex lines;
  gsize hidden;
  gboolean long_line;
  gboolean monospace;
};

G_DEFINE_FINAL_TYPE (RnlOutputView, rnl_output_view, GTK_TYPE_WIDGET)

/* Back to where a character begins. */
static gsize
to_border (RnlOutputView *self, gsize at)
{
  while (at > 0 && (self->text->str[at] & 0xc0) == 0x80)
    at--;

  return at;
}

/* A line that is too long keeps both ends: what counts is often at the second one. */
static void
add_line (RnlOutputView *self, GString *shown, gsize line)
{
  gsize start, end;

  rnl_line_index_get_line (&self->lines, line, &start, &end);
  if (shown->len > 0)
    g_string_append_c (shown, '\n');
  if (end - start <= RNL_OUTPUT_VIEW_MAX_LINE)
    {
      g_string_append_len (shown, self->text->str + start, (gssize) (end - start));
      return;
    }

  self->long_line = TRUE;
  g_string_append_len (
    shown, self->text->str + start,
    (gssize) (to_border (self, start + RNL_OUTPUT_VIEW_MAX_LINE - LINE_END) - start));
  g_string_append (shown, " … ");
  start = to_border (self, end - LINE_END);
  g_string_append_len (shown, self->text->str + start, (gssize) (end - start));
}

static void
update_more (RnlOutputView *self)
{
  g_autofree char *label = NULL;

  gtk_widget_set_visible (self->more, self->hidden > 0 || self->long_line);
  if (self->hidden > 0)
    label = g_strdup_printf (
      ngettext ("Show all: %d more line", "Show all: %d more lines", self->hidden),
      (int) self->hidden);
  gtk_button_set_label (GTK_BUTTON (self->more), label != NULL ? label : _ ("Show all"));
}

static void
show_tail (RnlOutputView *self, const char *text)
{
  if (self->tail == NULL && *text == '\0')
    return;

  if (self->tail == NULL)
    {
      self->tail = rnl_plain_text_new (_ ("Last lines"));
      gtk_text_view_set_monospace (GTK_TEXT_VIEW (self->tail), self->monospace);
      gtk_widget_set_parent (self->tail, GTK_WIDGET (self));
    }
  rnl_plain_text_update (RNL_PLAIN_TEXT (self->tail), text);
  gtk_widget_set_visible (self->tail, *text != '\0');
}

static void
update_cb (GtkWidget *widget)
{
  RnlOutputView *self = RNL_OUTPUT_VIEW (widget);
  g_autoptr (GString) head = g_string_new (NULL);
  g_autoptr (GString) tail = g_string_new (NULL);
  gsize lines, first;

  rnl_line_index_feed (&self->lines, self->text->str + self->lines.length,
                       self->text->len - self->lines.length);
  lines = rnl_line_index_get_lines (&self->lines);
  first = MAX (lines, 2 * RNL_OUTPUT_VIEW_LINES) - RNL_OUTPUT_VIEW_LINES;
  self->hidden = first - RNL_OUTPUT_VIEW_LINES;
  self->long_line = FALSE;
  for (gsize i = 0; i < MIN (lines, RNL_OUTPUT_VIEW_LINES); i++)
    add_line (self, head, i);
  for (gsize i = first; i < lines; i++)
    add_line (self, tail, i);

  rnl_plain_text_update (RNL_PLAIN_TEXT (self->head), head->str);
  show_tail (self, tail->str);
  update_more (self);
}

static void
show_all_cb (GtkButton *button, RnlOutputView *self)
{
  if (self->viewer == NULL)
    {
      g_set_weak_pointer (&self->viewer, rnl_text_viewer_new (self->title, self->monospace));
      rnl_text_viewer_append (self->viewer, self->text->str, self->text->len);
      gtk_window_set_modal (GTK_WINDOW (self->viewer), TRUE);
      gtk_window_set_transient_for (GTK_WINDOW (self->viewer),
                                    GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
    }
  gtk_window_present (GTK_WINDOW (self->viewer));
}

static void
rnl_output_view_dispose (GObject *object)
{
  RnlOutputView *self = RNL_OUTPUT_VIEW (object);

  rnl_frame_task_clear (&self->update);
  g_clear_weak_pointer (&self->viewer);
  g_clear_pointer (&self->head, gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  g_clear_pointer (&self->tail, gtk_widget_unparent);

  G_OBJECT_CLASS (rnl_output_view_parent_class)->dispose (object);
}

static void
rnl_output_view_finalize (GObject *object)
{
  RnlOutputView *self = RNL_OUTPUT_VIEW (object);

  g_free (self->title);
  g_string_free (self->text, TRUE);

  G_OBJECT_CLASS (rnl_output_view_parent_class)->finalize (object);
}

static void
rnl_output_view_class_init (RnlOutputViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rnl_output_view_dispose;
  object_class->finalize = rnl_output_view_finalize;

  gtk_widget_class_set_css_name (widget_class, "output");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rnl_output_view_init (RnlOutputView *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->text = g_string_new (NULL);
  rnl_frame_task_init (&self->update, GTK_WIDGET (self), update_cb);

  self->head = rnl_plain_text_new (_ ("First lines"));
  gtk_widget_set_parent (self->head, GTK_WIDGET (self));

  self->more = gtk_button_new ();
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_add_css_class (self->more, "small-button");
  gtk_widget_add_css_class (self->more, "caption");
  gtk_widget_set_halign (self->more, GTK_ALIGN_START);
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect (self->more, "clicked", G_CALLBACK (show_all_cb), self);
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));
  rnl_output_view_set_monospace (self, TRUE);
}

/**
 * rnl_output_view_new:
 * @title: what it is, for its accessible name and the window of "Show all"
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
rnl_output_view_new (const char *title)
{
  RnlOutputView *self = g_object_new (RNL_TYPE_OUTPUT_VIEW, NULL);

  self->title = g_strdup (title);
  rnl_chat_set_label (GTK_WIDGET (self), title);

  return GTK_WIDGET (self);
}

/**
 * rnl_output_view_append:
 * @self: a view
 * @text: UTF-8, cut between code points
 * @length: in bytes
 *
 * Appends before the next frame.
 */
void
rnl_output_view_append (RnlOutputView *self, const char *text, gsize length)
{
  g_return_if_fail (RNL_IS_OUTPUT_VIEW (self));

  g_string_append_len (self->text, text, (gssize) length);
  if (self->viewer != NULL)
    rnl_text_viewer_append (self->viewer, text, length);
  rnl_frame_task_queue (&self->update);
}

/**
 * rnl_output_view_set_text:
 * @self: a view
 * @text: UTF-8
 *
 * Replaces everything, at once.
 */
void
rnl_output_view_set_text (RnlOutputView *self, const char *text)
{
  g_return_if_fail (RNL_IS_OUTPUT_VIEW (self));

  g_string_assign (self->text, text);
  self->lines = (RnlLineIndex){ 0 };
  rnl_frame_task_queue (&self->update);
  rnl_frame_task_flush (&self->update);
}

/**
 * rnl_output_view_set_monospace:
 * @self: a view
 * @monospace: whether columns matter
 */
void
rnl_output_view_set_monospace (RnlOutputView *self, gboolean monospace)
{
  g_return_if_fail (RNL_IS_OUTPUT_VIEW (self));

  self->monospace = monospace;
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self->head), monospace);
  if (self->tail != NULL)
    gtk_text_view_set_monospace (GTK_TEXT_VIEW (self->tail), monospace);
}

/**
 * rnl_output_view_get_text:
 * @self: a view
 *
 * Returns: (transfer none): the whole text
 */
const char *
rnl_output_view_get_text (RnlOutputView *self)
{
  g_return_val_if_fail (RNL_IS_OUTPUT_VIEW (self), NULL);

  return self->text->str;
}

/**
 * rnl_output_view_get_length:
 * @self: a view
 *
 * Returns: the length of the whole text, in bytes
 */
gsize
rnl_output_view_get_length (RnlOutputView *self)
{
  g_return_val_if_fail (RNL_IS_OUTPUT_VIEW (self), 0);

  return self->text->len;
}

/**
 * rnl_output_view_get_hidden_lines:
 * @self: a view
 *
 * Returns: how many lines lie between the first and the last ones, as of the last frame
 */
gsize
rnl_output_view_get_hidden_lines (RnlOutputView *self)
{
  g_return_val_if_fail (RNL_IS_OUTPUT_VIEW (self), 0);

  return self->hidden;
}

/**
 * rnl_output_view_get_viewer:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the window of "Show all", while it is open
 */
GtkWidget *
rnl_output_view_get_viewer (RnlOutputView *self)
{
  g_return_val_if_fail (RNL_IS_OUTPUT_VIEW (self), NULL);

  return (GtkWidget *) self->viewer;
}

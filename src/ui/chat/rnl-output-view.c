/* rnl-output-view.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-output-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "rnl-chat-style.h"
#include "rnl-frame-task.h"
#include "rnl-plain-text.h"

/**
 * RnlOutputView:
 *
 * What a tool printed: the first and the last lines, each cut to a bounded length, and a button in
 * between that opens the whole. A frame costs the new bytes and the lines that are shown, however
 * long the text is.
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
  GtkWidget *tail;

  RnlFrameTask update;
  gsize counted;
  gsize lines;
  gsize head_end;
  gsize hidden;
  gboolean long_line;
  gboolean monospace;
};

G_DEFINE_FINAL_TYPE (RnlOutputView, rnl_output_view, GTK_TYPE_WIDGET)

/* Appends the lines of [from, to), each bounded. */
static void
append_lines (RnlOutputView *self, GString *shown, gsize from, gsize to)
{
  const char *p = self->text->str + from;
  const char *end = self->text->str + to;

  while (p < end)
    {
      const char *newline = memchr (p, '\n', (gsize) (end - p));
      const char *stop = newline != NULL ? newline : end;
      const char *cut = stop;

      if (stop - p > RNL_OUTPUT_VIEW_MAX_LINE)
        {
          cut = g_utf8_find_prev_char (p, p + RNL_OUTPUT_VIEW_MAX_LINE);
          self->long_line = TRUE;
        }
      g_string_append_len (shown, p, cut - p);
      if (cut != stop)
        g_string_append (shown, "…");
      if (newline != NULL && newline + 1 < end)
        g_string_append_c (shown, '\n');
      p = newline != NULL ? newline + 1 : end;
    }
}

static void
count_new_lines (RnlOutputView *self)
{
  const char *p = self->text->str + self->counted;
  const char *end = self->text->str + self->text->len;

  while ((p = memchr (p, '\n', (gsize) (end - p))) != NULL)
    {
      p++;
      self->lines++;
      if (self->lines == RNL_OUTPUT_VIEW_LINES)
        self->head_end = (gsize) (p - self->text->str);
    }
  self->counted = self->text->len;
}

static gsize
find_tail (RnlOutputView *self)
{
  gsize at = self->text->len;

  if (at > 0 && self->text->str[at - 1] == '\n')
    at--;
  for (guint n = 0; at > self->head_end; at--)
    if (self->text->str[at - 1] == '\n' && ++n == RNL_OUTPUT_VIEW_LINES)
      break;

  return MAX (at, self->head_end);
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
update_cb (GtkWidget *widget)
{
  RnlOutputView *self = RNL_OUTPUT_VIEW (widget);
  g_autoptr (GString) head = g_string_new (NULL);
  g_autoptr (GString) tail = g_string_new (NULL);
  gsize total, tail_start, tail_lines = 0;
  gboolean cut;

  count_new_lines (self);
  cut = self->head_end > 0 && self->head_end < self->text->len;
  self->long_line = FALSE;
  append_lines (self, head, 0, cut ? self->head_end : self->text->len);
  tail_start = cut ? find_tail (self) : self->text->len;
  append_lines (self, tail, tail_start, self->text->len);
  for (const char *p = tail->str; *p != '\0'; p++)
    tail_lines += *p == '\n';
  if (tail->len > 0)
    tail_lines++;
  total = self->lines + (self->text->len > 0 && self->text->str[self->text->len - 1] != '\n');
  self->hidden = cut ? total - RNL_OUTPUT_VIEW_LINES - tail_lines : 0;

  rnl_plain_text_set_text (RNL_PLAIN_TEXT (self->head), head->str, (gssize) head->len);
  rnl_plain_text_set_text (RNL_PLAIN_TEXT (self->tail), tail->str, (gssize) tail->len);
  gtk_widget_set_visible (self->tail, tail->len > 0);
  update_more (self);
}

static void
viewer_copy_cb (GtkButton *button, gpointer text)
{
  g_autofree char *all = rnl_plain_text_dup_text (text);

  rnl_chat_copy (GTK_WIDGET (button), all);
}

static void
add_close_shortcut (GtkWidget *window)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (shortcuts),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                      gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, shortcuts);
}

static void
show_all_cb (GtkButton *button, RnlOutputView *self)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *text = rnl_plain_text_new (self->title);
  GtkWidget *copy = rnl_chat_icon_button_new ("edit-copy-symbolic", _ ("Copy All"));

  rnl_plain_text_set_text (RNL_PLAIN_TEXT (text), self->text->str, (gssize) self->text->len);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (text), self->monospace);
  gtk_widget_add_css_class (text, "viewer-text");
  g_signal_connect_object (copy, "clicked", G_CALLBACK (viewer_copy_cb), text, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), text);
  gtk_widget_set_vexpand (scrolled, TRUE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), copy);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scrolled);

  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), self->title);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 480);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  add_close_shortcut (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
rnl_output_view_dispose (GObject *object)
{
  RnlOutputView *self = RNL_OUTPUT_VIEW (object);

  rnl_frame_task_clear (&self->update);
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

  self->tail = rnl_plain_text_new (_ ("Last lines"));
  gtk_widget_set_visible (self->tail, FALSE);
  gtk_widget_set_parent (self->tail, GTK_WIDGET (self));
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
  self->counted = self->lines = self->head_end = 0;
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

/* rnl-text-viewer.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-text-viewer.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-chat-style.h"
#include "rnl-plain-text.h"

/* What is put into the text view at once, and how long that may take in one turn of the loop, in
 * microseconds. */
#define CHUNK  8192
#define BUDGET 3000

/* A text view lays out a line as a whole; a longer one is shown as several. */
#define MAX_LINE 2000

/**
 * RnlTextViewer:
 *
 * Shows all of a text that a card shows only the ends of. A long text comes in over many turns of
 * the main loop, from its beginning; it may grow while the window is open.
 */
struct _RnlTextViewer
{
  AdwWindow parent_instance;

  /* owned */
  GString *text;

  /* children */
  GtkWidget *view;

  /* sources */
  guint load;

  gsize shown;
  gsize column;
};

G_DEFINE_FINAL_TYPE (RnlTextViewer, rnl_text_viewer, ADW_TYPE_WINDOW)

static void
insert (RnlTextViewer *self, const char *text, gsize length)
{
  GtkTextBuffer *buffer = rnl_plain_text_get_buffer (RNL_PLAIN_TEXT (self->view));
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, text, (int) length);
}

/* Puts in the next piece: whole lines, or a piece of one that is too long. */
static void
show_more (RnlTextViewer *self)
{
  g_autoptr (GString) piece = g_string_sized_new (CHUNK + 64);
  const char *p = self->text->str + self->shown;
  const char *end = p + MIN (self->text->len - self->shown, CHUNK);

  while (end < self->text->str + self->text->len && (*end & 0xc0) == 0x80)
    end--;
  while (p < end)
    {
      const char *newline = memchr (p, '\n', (gsize) (end - p));
      const char *stop = newline != NULL ? newline + 1 : end;

      if ((gsize) (stop - p) > MAX_LINE - self->column)
        {
          stop = p + (MAX_LINE - self->column);
          while (stop > p && (*stop & 0xc0) == 0x80)
            stop--;
          g_string_append_len (piece, p, stop - p);
          g_string_append_c (piece, '\n');
          self->column = 0;
        }
      else
        {
          g_string_append_len (piece, p, stop - p);
          self->column = newline != NULL ? 0 : self->column + (gsize) (stop - p);
        }
      p = stop;
    }
  self->shown = (gsize) (p - self->text->str);
  insert (self, piece->str, piece->len);
}

static gboolean
load_cb (gpointer user_data)
{
  RnlTextViewer *self = user_data;
  gint64 start = g_get_monotonic_time ();

  while (self->shown < self->text->len && g_get_monotonic_time () - start < BUDGET)
    show_more (self);
  if (self->shown < self->text->len)
    return G_SOURCE_CONTINUE;

  self->load = 0;

  return G_SOURCE_REMOVE;
}

static void
copy_cb (RnlTextViewer *self)
{
  rnl_chat_copy (GTK_WIDGET (self), self->text->str);
}

static void
rnl_text_viewer_dispose (GObject *object)
{
  RnlTextViewer *self = RNL_TEXT_VIEWER (object);

  g_clear_handle_id (&self->load, g_source_remove);

  G_OBJECT_CLASS (rnl_text_viewer_parent_class)->dispose (object);
}

static void
rnl_text_viewer_finalize (GObject *object)
{
  g_string_free (RNL_TEXT_VIEWER (object)->text, TRUE);

  G_OBJECT_CLASS (rnl_text_viewer_parent_class)->finalize (object);
}

static void
rnl_text_viewer_class_init (RnlTextViewerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_text_viewer_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_text_viewer_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
rnl_text_viewer_init (RnlTextViewer *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *copy = rnl_chat_icon_button_new ("edit-copy-symbolic", _ ("Copy All"));

  self->text = g_string_new (NULL);
  self->view = rnl_plain_text_new (_ ("Text"));
  gtk_widget_add_css_class (self->view, "viewer-text");
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (copy_cb), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), copy);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 640, 480);
}

/**
 * rnl_text_viewer_new:
 * @title: what the text is
 * @monospace: whether columns matter
 *
 * Returns: (transfer none): a window without text, not shown yet
 */
RnlTextViewer *
rnl_text_viewer_new (const char *title, gboolean monospace)
{
  RnlTextViewer *self = g_object_new (RNL_TYPE_TEXT_VIEWER, NULL);

  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self->view), monospace);
  rnl_chat_set_label (self->view, title);

  return self;
}

/**
 * rnl_text_viewer_append:
 * @self: a viewer
 * @text: UTF-8, cut between code points
 * @length: in bytes
 */
void
rnl_text_viewer_append (RnlTextViewer *self, const char *text, gsize length)
{
  g_return_if_fail (RNL_IS_TEXT_VIEWER (self));

  g_string_append_len (self->text, text, (gssize) length);
  if (self->load == 0)
    self->load = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, load_cb, self, NULL);
}

/**
 * rnl_text_viewer_get_text:
 * @self: a viewer
 *
 * Returns: (transfer none): all of the text
 */
const char *
rnl_text_viewer_get_text (RnlTextViewer *self)
{
  g_return_val_if_fail (RNL_IS_TEXT_VIEWER (self), NULL);

  return self->text->str;
}

/**
 * rnl_text_viewer_is_settled:
 * @self: a viewer
 *
 * Returns: whether all of the text has been put in
 */
gboolean
rnl_text_viewer_is_settled (RnlTextViewer *self)
{
  g_return_val_if_fail (RNL_IS_TEXT_VIEWER (self), TRUE);

  return self->shown == self->text->len;
}

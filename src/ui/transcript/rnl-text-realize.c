/* rnl-text-realize.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-text-realize.h"

/**
 * rnl_text_realize:
 * @view: a text view that is being realized
 * @parent_class: whose `realize` is left to do
 *
 * For the `realize` of a class of text views. When a text view is realized it tells the input
 * method where its cursor is, and for that lays out the line with the cursor: before it has a
 * width, so that each character becomes a line of its own. A paragraph of 8 KiB takes 50 ms and has
 * to be laid out again. Without its text there is nothing to lay out.
 */
void
rnl_text_realize (GtkTextView *view, GtkWidgetClass *parent_class)
{
  static GtkTextBuffer *empty;
  g_autoptr (GtkTextBuffer) buffer = g_object_ref (gtk_text_view_get_buffer (view));

  if (empty == NULL)
    empty = gtk_text_buffer_new (NULL);
  gtk_text_view_set_buffer (view, empty);
  parent_class->realize (GTK_WIDGET (view));
  gtk_text_view_set_buffer (view, buffer);
}

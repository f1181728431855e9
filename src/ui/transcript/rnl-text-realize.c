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

/**
 * rnl_text_wait_for_width:
 * @view: a text view without parent, and without its text
 *
 * For the `init` of a class of text views. A view that comes into a window between two frames is
 * mapped at once, and laid out in an idle source before it is given a width: 100 ms for a paragraph
 * of 8 KiB. So it is mapped, and gets its buffer, when [func@Runnel.text_attach] is called.
 */
void
rnl_text_wait_for_width (GtkTextView *view)
{
  gtk_widget_set_child_visible (GTK_WIDGET (view), FALSE);
}

/**
 * rnl_text_attach:
 * @view: a text view that is given its size
 * @buffer: its text
 *
 * For the beginning of the `size_allocate` of such a class.
 */
void
rnl_text_attach (GtkTextView *view, GtkTextBuffer *buffer)
{
  if (rnl_text_is_attached (view, buffer))
    return;
  gtk_text_view_set_buffer (view, buffer);
  gtk_widget_set_child_visible (GTK_WIDGET (view), TRUE);
}

/**
 * rnl_text_is_attached:
 * @view: a text view
 * @buffer: its text
 *
 * Returns: whether the view shows its text: where something of it stands can be asked
 */
gboolean
rnl_text_is_attached (GtkTextView *view, GtkTextBuffer *buffer)
{
  return gtk_text_view_get_buffer (view) == buffer;
}

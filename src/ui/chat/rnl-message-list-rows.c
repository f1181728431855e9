/* rnl-message-list-rows.c: which rows there are, and which one the reader holds on to
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-message-list-private.h"

/* Rows made in one turn of the main loop. */
#define ROWS_PER_TURN 4

void
rnl_message_list_entry_free (gpointer data)
{
  RnlMessageEntry *entry = data;

  if (entry->row != NULL)
    gtk_widget_unparent (entry->row);
  g_object_unref (entry->message);
  g_free (entry);
}

RnlMessageEntry *
rnl_message_list_entry_at (RnlMessageList *self, guint position)
{
  return g_ptr_array_index (self->entries, position);
}

RnlMessageEntry *
rnl_message_list_find_entry (RnlMessageList *self, RnlMessage *message)
{
  for (guint i = self->entries->len; message != NULL && i > 0; i--)
    if (rnl_message_list_entry_at (self, i - 1)->message == message)
      return rnl_message_list_entry_at (self, i - 1);

  return NULL;
}

void
rnl_message_list_set_anchor (RnlMessageList *self,
                             RnlMessage *message,
                             GtkWidget *part,
                             double offset)
{
  self->anchor = message;
  g_set_weak_pointer (&self->anchor_part, part);
  self->anchor_offset = offset;
}

double
rnl_message_list_part_y (RnlMessageEntry *entry, GtkWidget *part)
{
  graphene_point_t point;

  if (part == NULL || entry->row == NULL
      || !gtk_widget_compute_point (part, entry->row, graphene_point_zero (), &point))
    return 0;

  return point.y;
}

/* Remembers what stands at the top of the viewport. */
void
rnl_message_list_take_anchor (RnlMessageList *self)
{
  double value = gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_VERTICAL]);

  for (guint i = 0; i < self->entries->len; i++)
    {
      RnlMessageEntry *entry = rnl_message_list_entry_at (self, i);

      if (entry->y + entry->height <= value && i + 1 < self->entries->len)
        continue;

      GtkWidget *part
        = entry->row != NULL
            ? rnl_message_row_find_part (RNL_MESSAGE_ROW (entry->row), value - entry->y)
            : NULL;

      rnl_message_list_set_anchor (self, entry->message, part,
                                   entry->y + rnl_message_list_part_y (entry, part) - value);
      return;
    }
  rnl_message_list_set_anchor (self, NULL, NULL, 0);
}

void
rnl_message_list_make_row (RnlMessageList *self, guint position)
{
  RnlMessageEntry *entry = rnl_message_list_entry_at (self, position);
  GtkWidget *after = NULL;

  if (entry->row != NULL)
    return;

  for (guint i = position; i > 0 && after == NULL; i--)
    after = rnl_message_list_entry_at (self, i - 1)->row;
  entry->row = rnl_message_row_new (entry->message);
  rnl_message_row_set_last (RNL_MESSAGE_ROW (entry->row), position + 1 == self->entries->len);
  gtk_widget_insert_after (entry->row, GTK_WIDGET (self), after);
}

/* What stands at the end must be there in the very next frame. */
void
rnl_message_list_make_last_rows (RnlMessageList *self, guint n)
{
  for (guint i = 0; i < MIN (n, RNL_MESSAGE_LIST_FIRST_ROWS) && i < self->entries->len; i++)
    rnl_message_list_make_row (self, self->entries->len - 1 - i);
}

/* The nearest missing row to the viewport within a page of it, or -1. */
static int
find_missing_row (RnlMessageList *self)
{
  GtkAdjustment *vadjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double value = gtk_adjustment_get_value (vadjustment);
  double page = gtk_adjustment_get_page_size (vadjustment);

  for (guint i = self->entries->len; i > 0; i--)
    {
      RnlMessageEntry *entry = rnl_message_list_entry_at (self, i - 1);

      if (entry->row == NULL && entry->y < value + 2 * page
          && entry->y + entry->height > value - page)
        return (int) i - 1;
    }

  return -1;
}

/* Returns whether none is missing any more. */
gboolean
rnl_message_list_make_missing_rows (RnlMessageList *self, guint limit)
{
  int missing = -1;

  for (guint i = 0; i < limit && (missing = find_missing_row (self)) >= 0; i++)
    rnl_message_list_make_row (self, (guint) missing);

  return missing < 0;
}

static gboolean
make_rows_cb (gpointer user_data)
{
  RnlMessageList *self = user_data;

  if (!rnl_message_list_make_missing_rows (self, ROWS_PER_TURN))
    return G_SOURCE_CONTINUE;

  self->make_rows = 0;

  return G_SOURCE_REMOVE;
}

void
rnl_message_list_queue_missing_rows (RnlMessageList *self)
{
  if (self->make_rows == 0 && find_missing_row (self) >= 0)
    self->make_rows = g_idle_add_full (GDK_PRIORITY_REDRAW - 1, make_rows_cb, self, NULL);
}

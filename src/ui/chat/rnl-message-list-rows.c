/* rnl-message-list-rows.c: which rows there are, and which one the reader holds on to
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-message-list-private.h"

#include "rnl-message-outline.h"

/* Rows are made this far above and below the viewport and dropped that far from it; content is
 * asked for a little before it is needed. In pages. */
#define MAKE_PAGES 1.0
#define DROP_PAGES 2.0
#define FILL_PAGES 3.0

/* How much content is asked for at once, and how long making rows may take in one turn of the main
 * loop. */
#define MAX_FILL  64
#define BUDGET_US 5000

RnlMessageEntry *
rnl_message_list_entry_at (RnlMessageList *self, guint position)
{
  return &g_array_index (self->entries, RnlMessageEntry, position);
}

/* The position of the Ith row. */
guint
rnl_message_list_row_at (RnlMessageList *self, guint i)
{
  return g_array_index (self->rows, guint, i);
}

/* The entry at Y or below it, the last one when there is none; NOWHERE in an empty list. */
guint
rnl_message_list_find (RnlMessageList *self, double y)
{
  guint low = 0, high = self->entries->len;

  rnl_message_list_place (self);
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      RnlMessageEntry *entry = rnl_message_list_entry_at (self, middle);

      if (entry->y + entry->height <= y)
        low = middle + 1;
      else
        high = middle;
    }

  return self->entries->len > 0 ? MIN (low, self->entries->len - 1) : RNL_MESSAGE_LIST_NOWHERE;
}

/* The anchor. */

void
rnl_message_list_set_anchor (RnlMessageList *self, guint position, GtkWidget *part, double offset)
{
  self->anchor = position;
  g_set_weak_pointer (&self->anchor_part, part);
  self->anchor_in_part = part != NULL;
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

/* The first that is read: where a row is yet to come, its height will be another. */
static guint
find_shown (RnlMessageList *self, double value)
{
  double page = gtk_adjustment_get_page_size (self->adjustments[GTK_ORIENTATION_VERTICAL]);
  guint first = rnl_message_list_find (self, value);

  for (guint i = first; i < self->entries->len; i++)
    {
      RnlMessageEntry *entry = rnl_message_list_entry_at (self, i);

      if (entry->y >= value + page)
        break;
      if (entry->row != NULL)
        return i;
    }

  return first;
}

/* Remembers what stands at the top of the viewport, which is at VALUE. */
void
rnl_message_list_take_anchor (RnlMessageList *self, double value)
{
  guint position = find_shown (self, value);
  RnlMessageEntry *entry;
  GtkWidget *part = NULL;

  if (position == RNL_MESSAGE_LIST_NOWHERE)
    {
      rnl_message_list_set_anchor (self, RNL_MESSAGE_LIST_NOWHERE, NULL, 0);
      return;
    }

  entry = rnl_message_list_entry_at (self, position);
  if (entry->row != NULL)
    part = rnl_message_row_find_part (RNL_MESSAGE_ROW (entry->row), value - entry->y);
  rnl_message_list_set_anchor (self, position, part,
                               entry->y + rnl_message_list_part_y (entry, part) - value);
}

/* Goes on from what is read, with the viewport at VALUE. While that stays in view it is what stands
 * still: what comes in above it may not be as high yet as it will be. */
void
rnl_message_list_move_anchor (RnlMessageList *self, double value)
{
  double page = gtk_adjustment_get_page_size (self->adjustments[GTK_ORIENTATION_VERTICAL]);
  double offset = rnl_message_list_get_anchor_y (self) - value;

  if (offset >= 0 && offset < page)
    self->anchor_offset = offset;
  else
    rnl_message_list_take_anchor (self, value);
}

/* Making and dropping. */

/* The first of the rows at POSITION or below. */
static guint
find_row (RnlMessageList *self, guint position)
{
  guint low = 0, high = self->rows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (rnl_message_list_row_at (self, middle) < position)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* Returns: whether the row is there; the content of its message may not have come */
gboolean
rnl_message_list_make_row (RnlMessageList *self, guint position)
{
  RnlMessageEntry *entry = rnl_message_list_entry_at (self, position);
  g_autoptr (RnlMessage) message = NULL;
  GtkWidget *after = NULL;
  guint i;

  if (entry->row != NULL)
    return TRUE;
  message = g_list_model_get_item (self->model, position);
  if (rnl_message_is_outline (message))
    return FALSE;

  i = find_row (self, position);
  if (i > 0)
    after = rnl_message_list_entry_at (self, rnl_message_list_row_at (self, i - 1))->row;
  entry->row = rnl_message_row_new (message);
  g_array_insert_val (self->rows, i, position);
  rnl_message_row_set_last (RNL_MESSAGE_ROW (entry->row), position + 1 == self->entries->len);
  gtk_widget_insert_after (entry->row, GTK_WIDGET (self), after);
  rnl_message_list_settle_row (self, position);
  if (position == self->wanted)
    {
      self->wanted = RNL_MESSAGE_LIST_NOWHERE;
      gtk_widget_grab_focus (entry->row);
    }

  return TRUE;
}

/* Drops the Ith row; its height stays. */
void
rnl_message_list_drop_row (RnlMessageList *self, guint i)
{
  RnlMessageEntry *entry = rnl_message_list_entry_at (self, rnl_message_list_row_at (self, i));

  g_array_remove_index (self->rows, i);
  gtk_widget_unparent (g_steal_pointer (&entry->row));
}

static void
drop_far_row (RnlMessageList *self, guint i)
{
  RnlMessageEntry *entry = rnl_message_list_entry_at (self, rnl_message_list_row_at (self, i));
  g_autoptr (RnlMessage) message
    = g_object_ref (rnl_message_row_get_message (RNL_MESSAGE_ROW (entry->row)));

  rnl_message_list_drop_row (self, i);
  rnl_message_list_tell_dropped (self, message);
}

static void
drop_far_rows (RnlMessageList *self, double value, double page)
{
  for (guint i = self->rows->len; i > 0; i--)
    {
      RnlMessageEntry *entry
        = rnl_message_list_entry_at (self, rnl_message_list_row_at (self, i - 1));

      if ((entry->y + entry->height < value - DROP_PAGES * page
           || entry->y > value + page + DROP_PAGES * page)
          && !rnl_message_row_is_in_use (RNL_MESSAGE_ROW (entry->row)))
        drop_far_row (self, i - 1);
    }
}

/* What is missing in the viewport: from its top down, or from its end up. */
static guint
find_missing_in_view (RnlMessageList *self, double value, double page)
{
  gboolean up = rnl_scroll_follower_get_following (self->follower);
  guint first = rnl_message_list_find (self, value);
  guint last = rnl_message_list_find (self, value + page);

  for (guint i = 0; first != RNL_MESSAGE_LIST_NOWHERE && i <= last - first; i++)
    if (rnl_message_list_entry_at (self, up ? last - i : first + i)->row == NULL)
      return up ? last - i : first + i;

  return RNL_MESSAGE_LIST_NOWHERE;
}

/* What is missing near it, the nearest first. */
static guint
find_missing_near (RnlMessageList *self, double value, double page)
{
  guint first = rnl_message_list_find (self, value);
  guint last = rnl_message_list_find (self, value + page);
  guint above = rnl_message_list_find (self, value - MAKE_PAGES * page);
  guint below = rnl_message_list_find (self, value + page + MAKE_PAGES * page);

  if (first == RNL_MESSAGE_LIST_NOWHERE)
    return RNL_MESSAGE_LIST_NOWHERE;
  for (guint i = 1; i <= MAX (below - last, first - above); i++)
    {
      if (last + i <= below && rnl_message_list_entry_at (self, last + i)->row == NULL)
        return last + i;
      if (first >= above + i && rnl_message_list_entry_at (self, first - i)->row == NULL)
        return first - i;
    }

  return RNL_MESSAGE_LIST_NOWHERE;
}

/* Asks for the content around the viewport, one piece at a time: who drags the scrollbar through
 * all of it waits only for what is seen in the end. */
static void
ask_for_content (RnlMessageList *self, double value, double page)
{
  guint first = rnl_message_list_find (self, value - FILL_PAGES * page);
  guint last = rnl_message_list_find (self, value + page + FILL_PAGES * page);
  g_autoptr (GPtrArray) messages = NULL;

  if (self->filling || first == RNL_MESSAGE_LIST_NOWHERE)
    return;

  messages = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = first; i <= last && messages->len < MAX_FILL; i++)
    {
      g_autoptr (RnlMessage) message = NULL;

      if (rnl_message_list_entry_at (self, i)->row != NULL)
        continue;
      message = g_list_model_get_item (self->model, i);
      if (rnl_message_is_outline (message))
        g_ptr_array_add (messages, g_steal_pointer (&message));
    }
  if (messages->len > 0)
    rnl_message_list_ask_for (self, messages);
}

typedef guint (*FindMissing) (RnlMessageList *self, double value, double page);

static void
make_missing (RnlMessageList *self, FindMissing find)
{
  gint64 deadline = g_get_monotonic_time () + BUDGET_US;
  double page = gtk_adjustment_get_page_size (self->adjustments[GTK_ORIENTATION_VERTICAL]);
  double value = rnl_message_list_get_wanted_value (self);
  guint missing;

  while ((missing = find (self, value, page)) != RNL_MESSAGE_LIST_NOWHERE
         && rnl_message_list_make_row (self, missing) && g_get_monotonic_time () < deadline)
    value = rnl_message_list_get_wanted_value (self);
}

/* Makes what is missing in the viewport for a bounded time. */
void
rnl_message_list_make_rows (RnlMessageList *self)
{
  double page = gtk_adjustment_get_page_size (self->adjustments[GTK_ORIENTATION_VERTICAL]);

  if (page <= 0 || self->column <= 0 || self->entries->len == 0)
    return;

  make_missing (self, find_missing_in_view);
  drop_far_rows (self, rnl_message_list_get_wanted_value (self), page);
  ask_for_content (self, rnl_message_list_get_wanted_value (self), page);
}

static gboolean
make_rows_cb (gpointer user_data)
{
  RnlMessageList *self = user_data;

  self->make_rows = 0;
  rnl_message_list_make_rows (self);
  rnl_message_list_queue_rows (self);

  return G_SOURCE_REMOVE;
}

static gboolean
make_near_rows_cb (gpointer user_data)
{
  RnlMessageList *self = user_data;

  self->make_rows = 0;
  make_missing (self, find_missing_near);
  ask_for_content (self, rnl_message_list_get_wanted_value (self),
                   gtk_adjustment_get_page_size (self->adjustments[GTK_ORIENTATION_VERTICAL]));
  rnl_message_list_queue_rows (self);

  return G_SOURCE_REMOVE;
}

/* What has no content yet is made when that comes. */
static gboolean
can_make (RnlMessageList *self, guint position)
{
  g_autoptr (RnlMessage) message = NULL;

  if (position == RNL_MESSAGE_LIST_NOWHERE)
    return FALSE;

  message = g_list_model_get_item (self->model, position);

  return !rnl_message_is_outline (message) || !self->filling;
}

/* What is in view is made before the next frame, what is near it after that. */
void
rnl_message_list_queue_rows (RnlMessageList *self)
{
  double page = gtk_adjustment_get_page_size (self->adjustments[GTK_ORIENTATION_VERTICAL]);
  double value;

  if (page <= 0 || self->column <= 0)
    return;

  g_clear_handle_id (&self->make_rows, g_source_remove);
  value = rnl_message_list_get_wanted_value (self);
  if (can_make (self, find_missing_in_view (self, value, page)))
    self->make_rows = g_idle_add_full (GDK_PRIORITY_REDRAW - 1, make_rows_cb, self, NULL);
  else if (can_make (self, find_missing_near (self, value, page)))
    self->make_rows = g_idle_add_full (GDK_PRIORITY_REDRAW + 1, make_near_rows_cb, self, NULL);
}

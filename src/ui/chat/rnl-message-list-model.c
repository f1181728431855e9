/* rnl-message-list-model.c: the list follows its model
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-message-list-private.h"

/* Rows made before there is a first layout: without a width they cannot be laid out one at a time,
 * but all in that frame, which has the page around them as well. */
#define FIRST_ROWS 1

/* Before there is a first layout nobody can say what is seen; it will be the end. */
void
rnl_message_list_make_first_rows (RnlMessageList *self)
{
  guint n = self->entries->len;

  for (guint i = n; i > 0 && n - i < FIRST_ROWS; i--)
    if (!rnl_message_list_make_row (self, i - 1))
      return;
}

/* Another version takes the place of the rows from POSITION on: its first row stands where theirs
 * stood, unless what is above them holds the view or it is the end alone that changes. */
static gboolean
get_replaced_offset (RnlMessageList *self, guint position, guint removed, double *offset)
{
  RnlMessageEntry *first = rnl_message_list_entry_at (self, position);
  gboolean following = rnl_scroll_follower_get_following (self->follower);
  double value = gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_VERTICAL]);

  if (following ? removed == 1 : self->anchor >= self->entries->len || self->anchor < position)
    return FALSE;

  rnl_message_list_place (self);
  *offset = first->y - value;

  return TRUE;
}

/* Positions behind a change of the model. */
static guint
move_position (guint at, guint position, guint removed, guint added)
{
  if (at == RNL_MESSAGE_LIST_NOWHERE || at < position)
    return at;

  return at < position + removed ? RNL_MESSAGE_LIST_NOWHERE : at - removed + added;
}

void
rnl_message_list_drop_rows (RnlMessageList *self, guint position, guint removed)
{
  for (guint i = self->rows->len; i > 0; i--)
    {
      guint at = rnl_message_list_row_at (self, i - 1);

      if (at >= position && at < position + removed)
        rnl_message_list_drop_row (self, i - 1);
    }
}

static void
change_entries (RnlMessageList *self, guint position, guint removed, guint added)
{
  g_autofree RnlMessageEntry *fresh = g_new0 (RnlMessageEntry, added);

  for (guint i = 0; i < added; i++)
    {
      g_autoptr (RnlMessage) message = g_list_model_get_item (self->model, position + i);

      fresh[i].height = rnl_message_list_estimate_height (message);
    }
  rnl_message_list_drop_rows (self, position, removed);
  if (removed > 0)
    g_array_remove_range (self->entries, position, removed);
  g_array_insert_vals (self->entries, position, fresh, added);
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint *at = &g_array_index (self->rows, guint, i);

      *at = move_position (*at, position, removed, added);
    }
  self->placed = MIN (self->placed, position);
  self->anchor = move_position (self->anchor, position, removed, added);
  self->wanted = move_position (self->wanted, position, removed, added);
}

/* What the person just sent has to be seen whatever they were reading. */
static void
follow_question (RnlMessageList *self, guint position)
{
  for (guint i = position; i < self->entries->len; i++)
    {
      g_autoptr (RnlMessage) message = g_list_model_get_item (self->model, i);

      if (rnl_message_get_role (message) == RNL_ROLE_USER)
        rnl_scroll_follower_jump (self->follower);
    }
}

static void
update_last (RnlMessageList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint at = rnl_message_list_row_at (self, i);

      rnl_message_row_set_last (RNL_MESSAGE_ROW (rnl_message_list_entry_at (self, at)->row),
                                at + 1 == self->entries->len);
    }
}

void
rnl_message_list_items_changed (
  GListModel *model, guint position, guint removed, guint added, RnlMessageList *self)
{
  guint old_len = self->entries->len;
  double offset = 0;
  gboolean replaced
    = removed > 0 && added > 0 && get_replaced_offset (self, position, removed, &offset);

  change_entries (self, position, removed, added);
  if (old_len > 0 && position == old_len)
    follow_question (self, position);
  if (replaced)
    {
      rnl_scroll_follower_stop (self->follower);
      rnl_message_list_set_anchor (self, position, NULL, offset);
    }

  if (self->column > 0)
    rnl_message_list_make_rows (self);
  else if (gtk_widget_get_realized (GTK_WIDGET (self)))
    rnl_message_list_make_first_rows (self);
  update_last (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

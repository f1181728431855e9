/* rnl-message-list-focus.c: the keyboard focus among messages
 *
 * The list is one stop for Tab: it comes to the message that is in view, goes on inside of it, and
 * leaves. Up and Down go from message to message, and through one that is higher than the view.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-message-list-private.h"

#include <math.h>

#include "rnl-compat-accessible.h"
#include "rnl-tool-approval.h"

static GtkWidgetClass *parent_class;

/* Brings what got the focus into view, as a viewport does. */
static void
reveal (RnlMessageList *self, GtkWidget *descendant)
{
  GtkAdjustment *vadjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double value = gtk_adjustment_get_value (vadjustment);
  double page = gtk_adjustment_get_page_size (vadjustment);
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (descendant, GTK_WIDGET (self), &bounds))
    return;
  if (bounds.origin.y < page && bounds.origin.y + bounds.size.height > 0
      && (bounds.size.height > page
          || (bounds.origin.y >= 0 && bounds.origin.y + bounds.size.height <= page)))
    return;

  if (bounds.origin.y < 0 || bounds.size.height > page)
    value += bounds.origin.y - RNL_MESSAGE_LIST_ROW_SPACING;
  else
    value += bounds.origin.y + bounds.size.height - page + RNL_MESSAGE_LIST_ROW_SPACING;
  gtk_adjustment_set_value (vadjustment, round (value));
}

static GtkWidget *
get_focus (RnlMessageList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

/* A window that comes back gives the focus again to what had it: that is no reason to move what is
 * read meanwhile. */
static void
set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  RnlMessageList *self = RNL_MESSAGE_LIST (widget);
  GtkWidget *focus = get_focus (self);

  parent_class->set_focus_child (widget, child);
  if (child == NULL)
    {
      if (focus != self->revealed)
        g_clear_weak_pointer (&self->revealed);
      return;
    }
  if (focus == NULL || !gtk_widget_is_ancestor (focus, child))
    focus = child;
  if (focus == self->revealed)
    return;
  g_set_weak_pointer (&self->revealed, focus);
  /* Before it has had a place, nobody can say where it will be. */
  if (gtk_widget_get_height (child) > 0)
    reveal (self, focus);
}

/* {{{ Where the keys go */

static guint
find_focus (RnlMessageList *self)
{
  GtkWidget *focus = get_focus (self);

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return RNL_MESSAGE_LIST_NOWHERE;
  focus = gtk_widget_get_focus_child (GTK_WIDGET (self));
  for (guint i = 0; focus != NULL && i < self->rows->len; i++)
    if (rnl_message_list_entry_at (self, rnl_message_list_row_at (self, i))->row == focus)
      return rnl_message_list_row_at (self, i);

  return RNL_MESSAGE_LIST_NOWHERE;
}

/* How well a row can be seen: all of it, some of it, or nothing. */
static guint
rate_row (RnlMessageList *self, guint position)
{
  const RnlMessageEntry *entry = rnl_message_list_entry_at (self, position);
  double value = gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_VERTICAL]);
  double page = gtk_adjustment_get_page_size (self->adjustments[GTK_ORIENTATION_VERTICAL]);

  if (entry->row == NULL || entry->y + entry->height <= value || entry->y >= value + page)
    return 0;

  return entry->y >= value && entry->y + entry->height <= value + page ? 2 : 1;
}

/* The row that the focus comes to: the first or the last one that is best seen. */
static GtkWidget *
find_entrance (RnlMessageList *self, gboolean last)
{
  GtkWidget *best = NULL;
  guint rating = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      guint at = rnl_message_list_row_at (self, last ? self->rows->len - 1 - i : i);
      guint rated = rate_row (self, at);

      if (rated <= rating)
        continue;
      rating = rated;
      best = rnl_message_list_entry_at (self, at)->row;
    }

  return best;
}

static gboolean
enter (RnlMessageList *self, GtkDirectionType direction)
{
  gboolean back = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP;
  GtkWidget *row = find_entrance (self, back);

  if (row == NULL)
    return FALSE;
  if (direction == GTK_DIR_TAB_BACKWARD)
    return gtk_widget_child_focus (row, direction);
  /* What is in view stays where it is. */
  g_set_weak_pointer (&self->revealed, row);

  return gtk_widget_grab_focus (row);
}

/* Through a message that goes on beyond the view. Returns whether there was more of it. */
static gboolean
scroll_through (RnlMessageList *self, GtkWidget *row, gboolean down)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double step = gtk_adjustment_get_step_increment (adjustment);
  graphene_rect_t bounds;
  double beyond;

  if (!gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds))
    return FALSE;
  beyond = down ? bounds.origin.y + bounds.size.height - gtk_adjustment_get_page_size (adjustment)
                : -bounds.origin.y;
  if (beyond <= 0)
    return FALSE;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment)
                                          + (down ? MIN (step, beyond) : -MIN (step, beyond)));

  return TRUE;
}

static gboolean
focus (GtkWidget *widget, GtkDirectionType direction)
{
  RnlMessageList *self = RNL_MESSAGE_LIST (widget);
  gboolean down = direction == GTK_DIR_DOWN;
  guint position = find_focus (self);
  GtkWidget *row;

  if (position == RNL_MESSAGE_LIST_NOWHERE)
    return enter (self, direction);
  row = rnl_message_list_entry_at (self, position)->row;
  if (direction != GTK_DIR_UP && !down)
    return gtk_widget_child_focus (row, direction);
  if (!gtk_widget_is_focus (row))
    {
      if (gtk_widget_child_focus (row, direction))
        return TRUE;
    }
  else if (scroll_through (self, row, down))
    return TRUE;
  rnl_message_list_move_focus (self, down ? 1 : -1);

  return TRUE;
}

/* }}} */

/* Called by the class's own initializer. */
void
rnl_message_list_class_init_focus (GtkWidgetClass *widget_class)
{
  parent_class = g_type_class_peek_parent (widget_class);
  widget_class->set_focus_child = set_focus_child;
  widget_class->focus = focus;
}

/**
 * rnl_message_list_move_focus:
 * @self: a list
 * @by: -1 for the message above, 1 for the one below
 *
 * Moves the keyboard focus from message to message; from elsewhere, to one that is in view.
 */
void
rnl_message_list_move_focus (RnlMessageList *self, int by)
{
  guint from, to;
  double value;

  g_return_if_fail (RNL_IS_MESSAGE_LIST (self));

  if (self->entries->len == 0)
    return;

  value = gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_VERTICAL]);
  from = find_focus (self);
  if (from != RNL_MESSAGE_LIST_NOWHERE)
    to = by < 0 && from == 0 ? 0 : from + (guint) by;
  else
    to = by < 0 ? self->entries->len - 1 : rnl_message_list_find (self, value);
  to = MIN (to, self->entries->len - 1);

  if (by < 0 || to + 1 < self->entries->len)
    rnl_scroll_follower_stop (self->follower);
  if (rnl_message_list_get_row (self, to) != NULL)
    gtk_widget_grab_focus (rnl_message_list_entry_at (self, to)->row);
  else
    rnl_message_list_show_message (self, to);
}

/**
 * rnl_message_list_focus_end:
 * @self: a list
 *
 * Moves the keyboard focus to what waits for a decision in the last message, else to that message.
 */
void
rnl_message_list_focus_end (RnlMessageList *self)
{
  GtkWidget *row, *approval;

  g_return_if_fail (RNL_IS_MESSAGE_LIST (self));

  if (self->entries->len == 0)
    return;

  row = GTK_WIDGET (rnl_message_list_get_row (self, self->entries->len - 1));
  if (row == NULL)
    return;

  approval = rnl_compat_find_inside (row, RNL_TYPE_TOOL_APPROVAL);
  gtk_widget_grab_focus (
    approval != NULL ? rnl_tool_approval_get_first_button (RNL_TOOL_APPROVAL (approval)) : row);
}

/* rnl-message-list.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-message-list-private.h"

#include "rnl-tool-approval.h"

/**
 * RnlMessageList:
 *
 * A scrollable column of messages. Rows are made when they come near the viewport and keep their
 * height afterwards. The list keeps an anchor, the part of a message at the top of the viewport:
 * whatever changes its height above it, the anchor stays where it is. While its
 * [class@ScrollFollower] follows, the end takes the anchor's place.
 *
 * Rows are found by position only; nothing outside depends on a row being there, so that rows far
 * away can be dropped.
 */

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY
};

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlMessageList,
                               rnl_message_list,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static void
value_changed_cb (GtkAdjustment *adjustment, RnlMessageList *self)
{
  if (self->in_layout)
    return;

  rnl_scroll_follower_moved (self->follower, gtk_adjustment_get_value (adjustment),
                             gtk_adjustment_get_page_size (adjustment),
                             gtk_adjustment_get_upper (adjustment));
  rnl_message_list_take_anchor (self);
  rnl_message_list_make_missing_rows (self, RNL_MESSAGE_LIST_FIRST_ROWS);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
set_adjustment (RnlMessageList *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  if (adjustment != NULL && adjustment == self->adjustments[orientation])
    return;

  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_func (self->adjustments[orientation], value_changed_cb, self);
  g_clear_object (&self->adjustments[orientation]);
  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  self->adjustments[orientation] = g_object_ref_sink (adjustment);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    g_signal_connect (adjustment, "value-changed", G_CALLBACK (value_changed_cb), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
rnl_message_list_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rnl_message_list_parent_class)->realize (widget);
  rnl_message_list_make_last_rows (RNL_MESSAGE_LIST (widget), RNL_MESSAGE_LIST_FIRST_ROWS);
}

/* Whether it has had a place yet; before, nobody can say where it will be. */
static gboolean
is_placed (RnlMessageList *self, GtkWidget *row)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (rnl_message_list_entry_at (self, i)->row == row)
      return rnl_message_list_entry_at (self, i)->height > 0;

  return FALSE;
}

static void
rnl_message_list_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  RnlMessageList *self = RNL_MESSAGE_LIST (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  GTK_WIDGET_CLASS (rnl_message_list_parent_class)->set_focus_child (widget, child);
  if (child != NULL && is_placed (self, child))
    rnl_message_list_reveal (self, focus != NULL && gtk_widget_is_ancestor (focus, child) ? focus
                                                                                          : child);
}

/* Another version takes the place of the rows from POSITION on: its first row stands where theirs
 * stood, unless what is above them holds the view or it is the end alone that changes. */
static gboolean
get_replaced_offset (RnlMessageList *self, guint position, guint removed, double *offset)
{
  RnlMessageEntry *anchor = rnl_message_list_find_entry (self, self->anchor);
  RnlMessageEntry *first = rnl_message_list_entry_at (self, position);
  gboolean following = rnl_scroll_follower_get_following (self->follower);
  double value = gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_VERTICAL]);

  if (following ? removed == 1 : anchor == NULL || anchor->y < first->y)
    return FALSE;

  *offset = first->y - value;

  return TRUE;
}

static void
items_changed_cb (
  GListModel *model, guint position, guint removed, guint added, RnlMessageList *self)
{
  guint old_last = self->entries->len;
  double offset = 0;
  gboolean replaced
    = removed > 0 && added > 0 && get_replaced_offset (self, position, removed, &offset);

  for (guint i = position; i < position + removed; i++)
    if (rnl_message_list_entry_at (self, i)->message == self->anchor)
      rnl_message_list_set_anchor (self, NULL, NULL, 0);
  if (removed > 0)
    g_ptr_array_remove_range (self->entries, position, removed);
  for (guint i = 0; i < added; i++)
    {
      RnlMessageEntry *entry = g_new0 (RnlMessageEntry, 1);

      entry->message = g_list_model_get_item (model, position + i);
      g_ptr_array_insert (self->entries, (int) (position + i), entry);
      /* What the person just sent has to be seen whatever they were reading. */
      if (old_last > 0 && position == old_last
          && rnl_message_get_role (entry->message) == RNL_ROLE_USER)
        rnl_scroll_follower_jump (self->follower);
    }

  if (replaced)
    {
      rnl_scroll_follower_stop (self->follower);
      rnl_message_list_set_anchor (self, rnl_message_list_entry_at (self, position)->message, NULL,
                                   offset);
    }
  if (added > 0 && position + added == self->entries->len
      && gtk_widget_get_realized (GTK_WIDGET (self)))
    rnl_message_list_make_last_rows (self, added);
  for (guint i = self->entries->len; i > 0 && self->entries->len - i < added + 2; i--)
    if (rnl_message_list_entry_at (self, i - 1)->row != NULL)
      rnl_message_row_set_last (RNL_MESSAGE_ROW (rnl_message_list_entry_at (self, i - 1)->row),
                                i == self->entries->len);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
rnl_message_list_dispose (GObject *object)
{
  RnlMessageList *self = RNL_MESSAGE_LIST (object);

  rnl_message_list_set_model (self, NULL);
  g_clear_handle_id (&self->make_rows, g_source_remove);
  for (guint i = 0; i < G_N_ELEMENTS (self->adjustments); i++)
    {
      if (self->adjustments[i] != NULL)
        g_signal_handlers_disconnect_by_func (self->adjustments[i], value_changed_cb, self);
      g_clear_object (&self->adjustments[i]);
    }

  G_OBJECT_CLASS (rnl_message_list_parent_class)->dispose (object);
}

static void
rnl_message_list_finalize (GObject *object)
{
  RnlMessageList *self = RNL_MESSAGE_LIST (object);

  g_ptr_array_unref (self->entries);
  g_clear_weak_pointer (&self->anchor_part);
  g_object_unref (self->follower);

  G_OBJECT_CLASS (rnl_message_list_parent_class)->finalize (object);
}

static void
rnl_message_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RnlMessageList *self = RNL_MESSAGE_LIST (object);

  switch (prop_id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, GTK_SCROLL_MINIMUM);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_message_list_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  RnlMessageList *self = RNL_MESSAGE_LIST (object);

  switch (prop_id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_message_list_class_init (RnlMessageListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rnl_message_list_dispose;
  object_class->finalize = rnl_message_list_finalize;
  object_class->get_property = rnl_message_list_get_property;
  object_class->set_property = rnl_message_list_set_property;
  widget_class->realize = rnl_message_list_realize;
  widget_class->measure = rnl_message_list_measure;
  widget_class->size_allocate = rnl_message_list_size_allocate;
  widget_class->snapshot = rnl_message_list_snapshot;
  widget_class->set_focus_child = rnl_message_list_set_focus_child;

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  gtk_widget_class_set_css_name (widget_class, "messages");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LOG);
}

static void
rnl_message_list_init (RnlMessageList *self)
{
  self->entries = g_ptr_array_new_with_free_func (rnl_message_list_entry_free);
  self->follower = rnl_scroll_follower_new ();
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
}

/**
 * rnl_message_list_new:
 *
 * Returns: (transfer floating): an empty list, to be put into a scrolled window
 */
GtkWidget *
rnl_message_list_new (void)
{
  return g_object_new (RNL_TYPE_MESSAGE_LIST, NULL);
}

/**
 * rnl_message_list_set_model:
 * @self: a list
 * @messages: (nullable): the [class@Runnel.Message]s, oldest first
 *
 * Shows other messages, from their end.
 */
void
rnl_message_list_set_model (RnlMessageList *self, GListModel *messages)
{
  g_return_if_fail (RNL_IS_MESSAGE_LIST (self));

  if (self->model == messages)
    return;

  if (self->model != NULL)
    g_clear_signal_handler (&self->items_changed, self->model);
  rnl_message_list_set_anchor (self, NULL, NULL, 0);
  g_ptr_array_set_size (self->entries, 0);
  rnl_scroll_follower_jump (self->follower);
  g_set_object (&self->model, messages);
  if (messages != NULL)
    {
      self->items_changed
        = g_signal_connect (messages, "items-changed", G_CALLBACK (items_changed_cb), self);
      items_changed_cb (messages, 0, 0, g_list_model_get_n_items (messages), self);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * rnl_message_list_get_follower:
 * @self: a list
 *
 * Returns: (transfer none): what decides whether the list stays at its end
 */
RnlScrollFollower *
rnl_message_list_get_follower (RnlMessageList *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE_LIST (self), NULL);

  return self->follower;
}

/**
 * rnl_message_list_get_row:
 * @self: a list
 * @position: of a message in the model
 *
 * Returns: (transfer none) (nullable): its row, made if it was not there
 */
RnlMessageRow *
rnl_message_list_get_row (RnlMessageList *self, guint position)
{
  g_return_val_if_fail (RNL_IS_MESSAGE_LIST (self), NULL);

  if (position >= self->entries->len)
    return NULL;

  rnl_message_list_make_row (self, position);

  return RNL_MESSAGE_ROW (rnl_message_list_entry_at (self, position)->row);
}

/**
 * rnl_message_list_scroll_to_end:
 * @self: a list
 *
 * Goes to the end and follows it.
 */
void
rnl_message_list_scroll_to_end (RnlMessageList *self)
{
  g_return_if_fail (RNL_IS_MESSAGE_LIST (self));

  rnl_scroll_follower_jump (self->follower);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * rnl_message_list_show_message:
 * @self: a list
 * @position: of a message in the model
 *
 * Goes to a message and gives it the keyboard focus.
 */
void
rnl_message_list_show_message (RnlMessageList *self, guint position)
{
  RnlMessageRow *row;

  g_return_if_fail (RNL_IS_MESSAGE_LIST (self));

  row = rnl_message_list_get_row (self, position);
  if (row == NULL)
    return;

  rnl_scroll_follower_stop (self->follower);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  rnl_message_list_set_anchor (self, rnl_message_list_entry_at (self, position)->message, NULL,
                               RNL_MESSAGE_LIST_MARGIN);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static int
find_focus (RnlMessageList *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));

  for (guint i = 0; i < self->entries->len; i++)
    if (focus != NULL && rnl_message_list_entry_at (self, i)->row == focus)
      return (int) i;

  return -1;
}

/* The first message of which something can be seen. */
static int
find_first_visible (RnlMessageList *self)
{
  double value = gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_VERTICAL]);

  for (guint i = 0; i < self->entries->len; i++)
    if (rnl_message_list_entry_at (self, i)->y + rnl_message_list_entry_at (self, i)->height
        > value)
      return (int) i;

  return -1;
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
  int from, to;

  g_return_if_fail (RNL_IS_MESSAGE_LIST (self));

  if (self->entries->len == 0)
    return;

  from = find_focus (self);
  if (from >= 0)
    to = from + by;
  else
    to = by < 0 ? (int) self->entries->len - 1 : find_first_visible (self);
  to = CLAMP (to, 0, (int) self->entries->len - 1);

  if (by < 0 || to + 1 < (int) self->entries->len)
    rnl_scroll_follower_stop (self->follower);
  gtk_widget_grab_focus (GTK_WIDGET (rnl_message_list_get_row (self, (guint) to)));
}

static RnlToolApproval *
find_approval (GtkWidget *widget)
{
  RnlToolApproval *found = NULL;

  if (RNL_IS_TOOL_APPROVAL (widget))
    return RNL_TOOL_APPROVAL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_approval (child);

  return found;
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
  GtkWidget *row;
  RnlToolApproval *approval;

  g_return_if_fail (RNL_IS_MESSAGE_LIST (self));

  if (self->entries->len == 0)
    return;

  row = GTK_WIDGET (rnl_message_list_get_row (self, self->entries->len - 1));
  approval = find_approval (row);
  gtk_widget_grab_focus (approval != NULL ? rnl_tool_approval_get_first_button (approval) : row);
}

/* rnl-message-list.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-message-list-private.h"

/**
 * RnlMessageList:
 *
 * A scrollable column of messages. Rows are made when they come near the viewport and dropped when
 * they are far from it; their heights are remembered, those of messages that were never seen are
 * estimates. The list keeps an anchor, the part of a message at the top of the viewport: whatever
 * changes its height above it, the anchor stays where it is. While its [class@ScrollFollower]
 * follows, the end takes the anchor's place.
 *
 * Nothing depends on the number of messages but one integer addition for each of them when a height
 * above them changes. Messages may be outlines: their content is asked for before they are seen.
 */

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY
};

enum
{
  WANTED,
  DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlMessageList,
                               rnl_message_list,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static void
value_changed_cb (GtkAdjustment *adjustment, RnlMessageList *self)
{
  double value = gtk_adjustment_get_value (adjustment);

  if (self->in_layout)
    return;

  rnl_scroll_follower_moved (self->follower, value, gtk_adjustment_get_page_size (adjustment),
                             gtk_adjustment_get_upper (adjustment));
  /* Who scrolls does so from what is seen. */
  rnl_message_list_move_anchor (self, value + rnl_message_list_get_shift (self));
  self->value = value;
  rnl_message_list_make_rows (self);
  rnl_message_list_queue_rows (self);
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
  rnl_message_list_make_first_rows (RNL_MESSAGE_LIST (widget));
}

/* Content. */

/* Asks whoever shows the list for the content of MESSAGES. */
void
rnl_message_list_ask_for (RnlMessageList *self, GPtrArray *messages)
{
  self->filling = TRUE;
  g_signal_emit (self, signals[WANTED], 0, messages);
}

void
rnl_message_list_tell_dropped (RnlMessageList *self, RnlMessage *message)
{
  g_signal_emit (self, signals[DROPPED], 0, message);
}

static void
rnl_message_list_dispose (GObject *object)
{
  RnlMessageList *self = RNL_MESSAGE_LIST (object);

  rnl_message_list_set_model (self, NULL);
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

  g_array_unref (self->entries);
  g_array_unref (self->rows);
  g_clear_weak_pointer (&self->anchor_part);
  g_clear_weak_pointer (&self->revealed);
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
  rnl_message_list_class_init_focus (widget_class);

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  /**
   * RnlMessageList::wanted:
   * @self: a list
   * @messages: (element-type RnlMessage): outlines that will soon be seen
   *
   * Somebody has to fill them and say so by [method@MessageList.filled]; nothing more is asked for
   * before that.
   */
  signals[WANTED] = g_signal_new ("wanted", RNL_TYPE_MESSAGE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  /**
   * RnlMessageList::dropped:
   * @self: a list
   * @message: a message that is far from what is seen, and has no row any more
   */
  signals[DROPPED] = g_signal_new ("dropped", RNL_TYPE_MESSAGE_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, RNL_TYPE_MESSAGE);

  gtk_widget_class_set_css_name (widget_class, "messages");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LOG);
}

static void
rnl_message_list_init (RnlMessageList *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (RnlMessageEntry));
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  self->anchor = self->wanted = RNL_MESSAGE_LIST_NOWHERE;
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
    {
      g_clear_signal_handler (&self->items_changed, self->model);
      rnl_message_list_drop_rows (self, 0, self->entries->len);
    }
  g_clear_handle_id (&self->make_rows, g_source_remove);
  rnl_message_list_set_anchor (self, RNL_MESSAGE_LIST_NOWHERE, NULL, 0);
  g_array_set_size (self->entries, 0);
  self->placed = 0;
  self->wanted = RNL_MESSAGE_LIST_NOWHERE;
  self->filling = FALSE;
  rnl_scroll_follower_jump (self->follower);
  g_set_object (&self->model, messages);
  if (messages != NULL)
    {
      self->items_changed = g_signal_connect (messages, "items-changed",
                                              G_CALLBACK (rnl_message_list_items_changed), self);
      rnl_message_list_items_changed (messages, 0, 0, g_list_model_get_n_items (messages), self);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * rnl_message_list_get_model:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): the messages
 */
GListModel *
rnl_message_list_get_model (RnlMessageList *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE_LIST (self), NULL);

  return self->model;
}

/**
 * rnl_message_list_filled:
 * @self: a list
 *
 * What it wanted has its content now.
 */
void
rnl_message_list_filled (RnlMessageList *self)
{
  g_return_if_fail (RNL_IS_MESSAGE_LIST (self));

  self->filling = FALSE;
  rnl_message_list_make_rows (self);
  rnl_message_list_queue_rows (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
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
 * Returns: (transfer none) (nullable): its row, made if it was not there; `NULL` as long as only
 * its outline is known
 */
RnlMessageRow *
rnl_message_list_get_row (RnlMessageList *self, guint position)
{
  g_return_val_if_fail (RNL_IS_MESSAGE_LIST (self), NULL);

  if (position >= self->entries->len || !rnl_message_list_make_row (self, position))
    return NULL;

  return RNL_MESSAGE_ROW (rnl_message_list_entry_at (self, position)->row);
}

/**
 * rnl_message_list_count_rows:
 * @self: a list
 *
 * Returns: how many messages have a widget now: those near the viewport
 */
guint
rnl_message_list_count_rows (RnlMessageList *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE_LIST (self), 0);

  return self->rows->len;
}

/**
 * rnl_message_list_is_whole:
 * @self: a list
 *
 * Returns: whether everything that is in view has its row
 */
gboolean
rnl_message_list_is_whole (RnlMessageList *self)
{
  GtkAdjustment *vadjustment;
  double value;
  guint first, last;

  g_return_val_if_fail (RNL_IS_MESSAGE_LIST (self), FALSE);

  vadjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  value = gtk_adjustment_get_value (vadjustment);
  first = rnl_message_list_find (self, value);
  last = rnl_message_list_find (self, value + gtk_adjustment_get_page_size (vadjustment));
  for (guint i = first; i <= last && i < self->entries->len; i++)
    if (rnl_message_list_entry_at (self, i)->row == NULL)
      return FALSE;

  return TRUE;
}

/**
 * rnl_message_list_hold:
 * @self: a list
 *
 * What is in view now stays: something in it is about to open or to close by hand, and what is
 * below that makes room.
 */
void
rnl_message_list_hold (RnlMessageList *self)
{
  g_return_if_fail (RNL_IS_MESSAGE_LIST (self));

  rnl_scroll_follower_hold (self->follower, g_get_monotonic_time ());
  rnl_message_list_take_anchor (self, self->value + rnl_message_list_get_shift (self));
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
 * rnl_message_list_go_to:
 * @self: a list
 * @position: of a message in the model
 *
 * Goes to a message, whether its content is there or not; the keyboard focus stays where it is.
 */
void
rnl_message_list_go_to (RnlMessageList *self, guint position)
{
  rnl_message_list_set_place (self, position, RNL_MESSAGE_LIST_MARGIN);
}

/**
 * rnl_message_list_get_place:
 * @self: a list
 * @position: (out): a message in the model: the first that is in view
 * @y: (out): where its top stands, from the top of the viewport, in pixels
 *
 * Returns: whether the list stands somewhere; `FALSE` at its end, and while it has no size
 */
gboolean
rnl_message_list_get_place (RnlMessageList *self, guint *position, int *y)
{
  double value;

  g_return_val_if_fail (RNL_IS_MESSAGE_LIST (self), FALSE);

  if (self->column <= 0 || self->entries->len == 0
      || rnl_scroll_follower_get_following (self->follower)
      || rnl_scroll_follower_get_at_end (self->follower))
    return FALSE;

  value = rnl_message_list_get_wanted_value (self);
  *position = rnl_message_list_find (self, value);
  *y = rnl_message_list_entry_at (self, *position)->y - (int) value;

  return TRUE;
}

/**
 * rnl_message_list_set_place:
 * @self: a list
 * @position: of a message in the model
 * @y: where its top shall stand, from the top of the viewport, in pixels
 *
 * Goes to a place in a message. Where its content is not there yet, and its height a guess, that
 * may be another one.
 */
void
rnl_message_list_set_place (RnlMessageList *self, guint position, int y)
{
  g_return_if_fail (RNL_IS_MESSAGE_LIST (self));

  if (position >= self->entries->len)
    return;

  rnl_scroll_follower_stop (self->follower);
  rnl_message_list_set_anchor (self, position, NULL, y);
  if (self->column > 0)
    rnl_message_list_make_row (self, position);
  rnl_message_list_make_rows (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * rnl_message_list_show_message:
 * @self: a list
 * @position: of a message in the model
 *
 * Goes to a message and gives it the keyboard focus, as soon as its content is there.
 */
void
rnl_message_list_show_message (RnlMessageList *self, guint position)
{
  RnlMessageRow *row;

  g_return_if_fail (RNL_IS_MESSAGE_LIST (self));

  if (position >= self->entries->len)
    return;

  row = rnl_message_list_get_row (self, position);
  rnl_scroll_follower_stop (self->follower);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else
    self->wanted = position;
  rnl_message_list_set_anchor (self, position, NULL, RNL_MESSAGE_LIST_MARGIN);
  rnl_message_list_make_rows (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

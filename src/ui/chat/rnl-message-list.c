/* rnl-message-list.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-message-list.h"

#include <math.h>
#include <string.h>

/* The column is as wide as a line of text reads well. */
#define COLUMN_EM       46
#define COLUMN_MARGIN   18
#define NARROW_MARGIN   12
#define NARROW_WIDTH    480
#define END_PADDING     24
#define ROW_SPACING     6
#define ESTIMATED_LINE  22
#define ESTIMATED_CHARS 80
/* Rows made in one turn of the main loop. */
#define ROWS_PER_TURN 4
/* Rows made at once, enough to fill most windows. */
#define FIRST_ROWS 6
/* Layouts in a row until heights have settled. */
#define MAX_PASSES 3

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
typedef struct
{
  RnlMessage *message;
  GtkWidget *row;
  int height;
  int y;
} Entry;

struct _RnlMessageList
{
  GtkWidget parent_instance;

  /* owned */
  GListModel *model;
  GPtrArray *entries;
  GtkAdjustment *adjustments[2];
  RnlScrollFollower *follower;

  /* the anchor */
  RnlMessage *anchor; /* borrowed, always one of the entries' */
  GtkWidget *anchor_part;
  double anchor_offset;

  /* sources and handlers */
  gulong items_changed;
  guint make_rows;

  int column;
  int total;
  gboolean in_layout;
};

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
entry_free (gpointer data)
{
  Entry *entry = data;

  if (entry->row != NULL)
    gtk_widget_unparent (entry->row);
  g_object_unref (entry->message);
  g_free (entry);
}

static Entry *
entry_at (RnlMessageList *self, guint position)
{
  return g_ptr_array_index (self->entries, position);
}

static Entry *
find_entry (RnlMessageList *self, RnlMessage *message)
{
  for (guint i = self->entries->len; message != NULL && i > 0; i--)
    if (entry_at (self, i - 1)->message == message)
      return entry_at (self, i - 1);

  return NULL;
}

static void
set_anchor (RnlMessageList *self, RnlMessage *message, GtkWidget *part, double offset)
{
  self->anchor = message;
  g_set_weak_pointer (&self->anchor_part, part);
  self->anchor_offset = offset;
}

static double
part_y (Entry *entry, GtkWidget *part)
{
  graphene_point_t point;

  if (part == NULL || entry->row == NULL
      || !gtk_widget_compute_point (part, entry->row, graphene_point_zero (), &point))
    return 0;

  return point.y;
}

/* Remembers what stands at the top of the viewport. */
static void
take_anchor (RnlMessageList *self)
{
  double value = gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_VERTICAL]);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = entry_at (self, i);

      if (entry->y + entry->height <= value && i + 1 < self->entries->len)
        continue;

      GtkWidget *part
        = entry->row != NULL
            ? rnl_message_row_find_part (RNL_MESSAGE_ROW (entry->row), value - entry->y)
            : NULL;

      set_anchor (self, entry->message, part, entry->y + part_y (entry, part) - value);
      return;
    }
  set_anchor (self, NULL, NULL, 0);
}

static int
estimate_height (RnlMessage *message)
{
  gsize chars = 0;

  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);

      chars += rnl_part_get_part_type (part) == RNL_PART_TEXT ? rnl_part_get_length (part) : 80;
    }

  return 48 + (int) MIN (chars / ESTIMATED_CHARS, 5000) * ESTIMATED_LINE;
}

static void
make_row (RnlMessageList *self, guint position)
{
  Entry *entry = entry_at (self, position);
  GtkWidget *after = NULL;

  if (entry->row != NULL)
    return;

  for (guint i = position; i > 0 && after == NULL; i--)
    after = entry_at (self, i - 1)->row;
  entry->row = rnl_message_row_new (entry->message);
  rnl_message_row_set_last (RNL_MESSAGE_ROW (entry->row), position + 1 == self->entries->len);
  gtk_widget_insert_after (entry->row, GTK_WIDGET (self), after);
}

/* What stands at the end must be there in the very next frame. */
static void
make_last_rows (RnlMessageList *self, guint n)
{
  for (guint i = 0; i < MIN (n, FIRST_ROWS) && i < self->entries->len; i++)
    make_row (self, self->entries->len - 1 - i);
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
      Entry *entry = entry_at (self, i - 1);

      if (entry->row == NULL && entry->y < value + 2 * page
          && entry->y + entry->height > value - page)
        return (int) i - 1;
    }

  return -1;
}

/* Returns whether none is missing any more. */
static gboolean
make_missing_rows (RnlMessageList *self, guint limit)
{
  int missing = -1;

  for (guint i = 0; i < limit && (missing = find_missing_row (self)) >= 0; i++)
    make_row (self, (guint) missing);

  return missing < 0;
}

static gboolean
make_rows_cb (gpointer user_data)
{
  RnlMessageList *self = user_data;

  if (!make_missing_rows (self, ROWS_PER_TURN))
    return G_SOURCE_CONTINUE;

  self->make_rows = 0;

  return G_SOURCE_REMOVE;
}

static void
queue_missing_rows (RnlMessageList *self)
{
  if (self->make_rows == 0 && find_missing_row (self) >= 0)
    self->make_rows = g_idle_add_full (GDK_PRIORITY_REDRAW - 1, make_rows_cb, self, NULL);
}

static void
value_changed_cb (GtkAdjustment *adjustment, RnlMessageList *self)
{
  if (self->in_layout)
    return;

  rnl_scroll_follower_moved (self->follower, gtk_adjustment_get_value (adjustment),
                             gtk_adjustment_get_page_size (adjustment),
                             gtk_adjustment_get_upper (adjustment));
  take_anchor (self);
  make_missing_rows (self, FIRST_ROWS);
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

static int
line_height (RnlMessageList *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int height = PANGO_PIXELS (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);

  return MAX (height, 1);
}

static int
column_width (RnlMessageList *self, int width)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double em = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  int margin = width < NARROW_WIDTH ? NARROW_MARGIN : COLUMN_MARGIN;

  if (!pango_font_description_get_size_is_absolute (font))
    em *= MAX (pango_cairo_context_get_resolution (context), 96) / 72.0;

  return MAX (MIN (width - 2 * margin, (int) (em * COLUMN_EM)), 0);
}

/* Returns whether anything is in another place than before. */
static gboolean
place_entries (RnlMessageList *self, int column)
{
  gboolean moved = column != self->column;
  int y = END_PADDING;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = entry_at (self, i);
      int height = entry->height;

      if (entry->row != NULL)
        gtk_widget_measure (entry->row, GTK_ORIENTATION_VERTICAL, column, NULL, &height, NULL,
                            NULL);
      else if (height == 0)
        height = estimate_height (entry->message);
      moved |= height != entry->height || y != entry->y;
      entry->height = height;
      entry->y = y;
      y += height + ROW_SPACING;
    }
  self->column = column;
  self->total = self->entries->len > 0 ? y - ROW_SPACING + END_PADDING : 0;

  return moved;
}

static void
allocate_row (RnlMessageList *self, Entry *entry, int width, double value)
{
  graphene_point_t origin = { (float) ((width - self->column) / 2), (float) (entry->y - value) };

  if (entry->row == NULL)
    return;

  gtk_widget_allocate (entry->row, self->column, entry->height, -1,
                       gsk_transform_translate (NULL, &origin));
}

/* Where the view has to stand so that the end, or the anchor, is where it was. */
static double
wanted_value (RnlMessageList *self, int width, int height, gboolean following)
{
  GtkAdjustment *vadjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  Entry *entry = find_entry (self, self->anchor);
  double value;

  if (following)
    return MAX (0, self->total - height);
  if (entry == NULL)
    return gtk_adjustment_get_value (vadjustment);

  /* A part's place inside its row is known only once the row has its new size. */
  if (self->anchor_part != NULL)
    allocate_row (self, entry, width, gtk_adjustment_get_value (vadjustment));
  value = entry->y + part_y (entry, self->anchor_part) - self->anchor_offset;

  return CLAMP (round (value), 0, MAX (0, self->total - height));
}

static void
configure_adjustments (RnlMessageList *self, int width, int height, double value)
{
  GtkAdjustment *hadjustment = self->adjustments[GTK_ORIENTATION_HORIZONTAL];
  GtkAdjustment *vadjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  gtk_adjustment_configure (hadjustment, 0, 0, width, width * 0.1, width * 0.9, width);
  gtk_adjustment_configure (vadjustment, value, 0, MAX (self->total, height),
                            line_height (self) * 3, height * 0.9, height);
}

static gboolean
is_live (RnlMessageList *self)
{
  guint n = self->entries->len;

  return n > 0 && rnl_message_get_state (entry_at (self, n - 1)->message) == RNL_MESSAGE_STREAMING;
}

static void
rnl_message_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RnlMessageList *self = RNL_MESSAGE_LIST (widget);
  gboolean following;
  double value;

  self->in_layout = TRUE;
  following = rnl_scroll_follower_begin_layout (self->follower, g_get_monotonic_time ());

  /* A text view knows its height only once it has its width. */
  for (guint pass = 0; pass < MAX_PASSES && place_entries (self, column_width (self, width));
       pass++)
    {
      value = wanted_value (self, width, height, following);
      for (guint i = 0; i < self->entries->len; i++)
        allocate_row (self, entry_at (self, i), width, value);
    }
  value = wanted_value (self, width, height, following);
  for (guint i = 0; i < self->entries->len; i++)
    allocate_row (self, entry_at (self, i), width, value);

  configure_adjustments (self, width, height, value);
  if (following || find_entry (self, self->anchor) == NULL)
    take_anchor (self);
  rnl_scroll_follower_end_layout (self->follower, value, height, MAX (self->total, height),
                                  is_live (self));
  self->in_layout = FALSE;
  queue_missing_rows (self);
}

static void
rnl_message_list_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rnl_message_list_parent_class)->realize (widget);
  make_last_rows (RNL_MESSAGE_LIST (widget), FIRST_ROWS);
}

static void
rnl_message_list_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  RnlMessageList *self = RNL_MESSAGE_LIST (widget);
  int row_minimum;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;

  for (guint i = 0; i < self->entries->len; i++)
    if (entry_at (self, i)->row != NULL)
      {
        gtk_widget_measure (entry_at (self, i)->row, orientation, -1, &row_minimum, NULL, NULL,
                            NULL);
        *minimum = MAX (*minimum, row_minimum + 2 * NARROW_MARGIN);
      }
  *natural = MAX (*minimum, *natural);
}

/* Only what can be seen is drawn. */
static void
rnl_message_list_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RnlMessageList *self = RNL_MESSAGE_LIST (widget);
  GtkAdjustment *vadjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double value = gtk_adjustment_get_value (vadjustment);
  double page = gtk_adjustment_get_page_size (vadjustment);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = entry_at (self, i);

      if (entry->row != NULL && entry->y < value + page && entry->y + entry->height > value)
        gtk_widget_snapshot_child (widget, entry->row, snapshot);
    }
}

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
    value += bounds.origin.y - ROW_SPACING;
  else
    value += bounds.origin.y + bounds.size.height - page + ROW_SPACING;
  gtk_adjustment_set_value (vadjustment, round (value));
}

static void
rnl_message_list_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  RnlMessageList *self = RNL_MESSAGE_LIST (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  GTK_WIDGET_CLASS (rnl_message_list_parent_class)->set_focus_child (widget, child);
  if (child != NULL)
    reveal (self, focus != NULL && gtk_widget_is_ancestor (focus, child) ? focus : child);
}

static void
items_changed_cb (
  GListModel *model, guint position, guint removed, guint added, RnlMessageList *self)
{
  guint old_last = self->entries->len;

  for (guint i = position; i < position + removed; i++)
    if (entry_at (self, i)->message == self->anchor)
      set_anchor (self, NULL, NULL, 0);
  if (removed > 0)
    g_ptr_array_remove_range (self->entries, position, removed);
  for (guint i = 0; i < added; i++)
    {
      Entry *entry = g_new0 (Entry, 1);

      entry->message = g_list_model_get_item (model, position + i);
      g_ptr_array_insert (self->entries, (int) (position + i), entry);
      /* What the person just sent has to be seen whatever they were reading. */
      if (old_last > 0 && position == old_last
          && rnl_message_get_role (entry->message) == RNL_ROLE_USER)
        rnl_scroll_follower_jump (self->follower);
    }

  if (added > 0 && position + added == self->entries->len
      && gtk_widget_get_realized (GTK_WIDGET (self)))
    make_last_rows (self, added);
  for (guint i = self->entries->len; i > 0 && self->entries->len - i < added + 2; i--)
    if (entry_at (self, i - 1)->row != NULL)
      rnl_message_row_set_last (RNL_MESSAGE_ROW (entry_at (self, i - 1)->row),
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
  self->entries = g_ptr_array_new_with_free_func (entry_free);
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
  set_anchor (self, NULL, NULL, 0);
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

  make_row (self, position);

  return RNL_MESSAGE_ROW (entry_at (self, position)->row);
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

static int
find_focus (RnlMessageList *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));

  for (guint i = 0; i < self->entries->len; i++)
    if (focus != NULL && entry_at (self, i)->row == focus)
      return (int) i;

  return -1;
}

/* The first message of which something can be seen. */
static int
find_first_visible (RnlMessageList *self)
{
  double value = gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_VERTICAL]);

  for (guint i = 0; i < self->entries->len; i++)
    if (entry_at (self, i)->y + entry_at (self, i)->height > value)
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

/* rnl-message-list-layout.c: where rows stand, so that the anchor stays where it is
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-message-list-private.h"

#include <math.h>

/* The column is as wide as a line of text reads well. */
#define COLUMN_EM       46
#define NARROW_WIDTH    480
#define END_PADDING     24
#define ESTIMATED_LINE  22
#define ESTIMATED_CHARS 80
/* Layouts in a row until heights have settled. */
#define MAX_PASSES 3

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
  int margin = width < NARROW_WIDTH ? RNL_MESSAGE_LIST_NARROW : RNL_MESSAGE_LIST_MARGIN;

  if (!pango_font_description_get_size_is_absolute (font))
    em *= MAX (pango_cairo_context_get_resolution (context), 96) / 72.0;

  return MAX (MIN (width - 2 * margin, (int) (em * COLUMN_EM)), 0);
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

/* Returns whether anything is in another place than before. */
static gboolean
place_entries (RnlMessageList *self, int column)
{
  gboolean moved = column != self->column;
  int y = END_PADDING;

  for (guint i = 0; i < self->entries->len; i++)
    {
      RnlMessageEntry *entry = rnl_message_list_entry_at (self, i);
      int height = entry->height;

      if (entry->row != NULL)
        gtk_widget_measure (entry->row, GTK_ORIENTATION_VERTICAL, column, NULL, &height, NULL,
                            NULL);
      else if (height == 0)
        height = estimate_height (entry->message);
      moved |= height != entry->height || y != entry->y;
      entry->height = height;
      entry->y = y;
      y += height + RNL_MESSAGE_LIST_ROW_SPACING;
    }
  self->column = column;
  self->total = self->entries->len > 0 ? y - RNL_MESSAGE_LIST_ROW_SPACING + END_PADDING : 0;

  return moved;
}

static void
allocate_row (RnlMessageList *self, RnlMessageEntry *entry, int width, double value)
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
  RnlMessageEntry *entry = rnl_message_list_find_entry (self, self->anchor);
  double value;

  if (following)
    return MAX (0, self->total - height);
  if (entry == NULL)
    return gtk_adjustment_get_value (vadjustment);

  /* A part's place inside its row is known only once the row has its new size. */
  if (self->anchor_part != NULL)
    allocate_row (self, entry, width, gtk_adjustment_get_value (vadjustment));
  value = entry->y + rnl_message_list_part_y (entry, self->anchor_part) - self->anchor_offset;

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

  return n > 0
         && rnl_message_get_state (rnl_message_list_entry_at (self, n - 1)->message)
              == RNL_MESSAGE_STREAMING;
}

void
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
        allocate_row (self, rnl_message_list_entry_at (self, i), width, value);
    }
  value = wanted_value (self, width, height, following);
  for (guint i = 0; i < self->entries->len; i++)
    allocate_row (self, rnl_message_list_entry_at (self, i), width, value);

  configure_adjustments (self, width, height, value);
  if (following || rnl_message_list_find_entry (self, self->anchor) == NULL)
    rnl_message_list_take_anchor (self);
  rnl_scroll_follower_end_layout (self->follower, value, height, MAX (self->total, height),
                                  is_live (self));
  self->in_layout = FALSE;
  rnl_message_list_queue_missing_rows (self);
}

void
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
    if (rnl_message_list_entry_at (self, i)->row != NULL)
      {
        gtk_widget_measure (rnl_message_list_entry_at (self, i)->row, orientation, -1, &row_minimum,
                            NULL, NULL, NULL);
        *minimum = MAX (*minimum, row_minimum + 2 * RNL_MESSAGE_LIST_NARROW);
      }
  *natural = MAX (*minimum, *natural);
}

/* Only what can be seen is drawn. */
void
rnl_message_list_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RnlMessageList *self = RNL_MESSAGE_LIST (widget);
  GtkAdjustment *vadjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double value = gtk_adjustment_get_value (vadjustment);
  double page = gtk_adjustment_get_page_size (vadjustment);

  for (guint i = 0; i < self->entries->len; i++)
    {
      RnlMessageEntry *entry = rnl_message_list_entry_at (self, i);

      if (entry->row != NULL && entry->y < value + page && entry->y + entry->height > value)
        gtk_widget_snapshot_child (widget, entry->row, snapshot);
    }
}

/* Brings what got the focus into view, as a viewport does. */
void
rnl_message_list_reveal (RnlMessageList *self, GtkWidget *descendant)
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

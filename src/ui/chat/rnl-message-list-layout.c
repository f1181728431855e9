/* rnl-message-list-layout.c: where rows stand, so that the anchor stays where it is
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-message-list-private.h"

#include <math.h>

#include "rnl-message-outline.h"

/* The column is as wide as a line of text reads well. */
#define COLUMN_EM     46
#define NARROW_WIDTH  480
#define BEGIN_PADDING 14
#define END_PADDING   24

/* Of messages that have not been laid out: what stands around their text, in pixels, how high its
 * lines are and how many bytes are in one, spaces between paragraphs included. */
#define QUESTION_HEIGHT  40
#define QUESTION_LINE    18
#define QUESTION_CHARS   66
#define ANSWER_HEIGHT    50
#define ANSWER_LINE      24
#define ANSWER_CHARS     76
#define OTHER_PART_CHARS 80
#define MAX_LINES        5000

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

/* How high a message may be of which only the size of its text is known. Right in the mean, for
 * what people and models write; where it is wrong the scrollbar moves a little, the text does not.
 */
int
rnl_message_list_estimate_height (RnlMessage *message)
{
  gboolean question = rnl_message_get_role (message) == RNL_ROLE_USER;
  gsize chars = rnl_message_is_outline (message) ? rnl_message_get_outline_length (message) : 0;
  gsize lines;

  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);

      chars += rnl_part_get_part_type (part) == RNL_PART_TEXT ? rnl_part_get_length (part)
                                                              : OTHER_PART_CHARS;
    }
  lines = 1 + MIN (chars / (question ? QUESTION_CHARS : ANSWER_CHARS), MAX_LINES);

  return question ? QUESTION_HEIGHT + (int) lines * QUESTION_LINE
                  : ANSWER_HEIGHT + (int) lines * ANSWER_LINE;
}

static double
page_size (RnlMessageList *self)
{
  return gtk_adjustment_get_page_size (self->adjustments[GTK_ORIENTATION_VERTICAL]);
}

static void
set_height (RnlMessageList *self, guint position, int height)
{
  RnlMessageEntry *entry = rnl_message_list_entry_at (self, position);

  if (entry->height == height)
    return;

  entry->height = height;
  self->placed = MIN (self->placed, position + 1);
}

/* Says of each entry where it stands, from the first one that changed on. */
void
rnl_message_list_place (RnlMessageList *self)
{
  guint n = self->entries->len;
  RnlMessageEntry *last = n > 0 ? rnl_message_list_entry_at (self, n - 1) : NULL;

  for (guint i = self->placed; i < n; i++)
    {
      RnlMessageEntry *entry = rnl_message_list_entry_at (self, i);

      entry->y
        = i > 0 ? entry[-1].y + entry[-1].height + RNL_MESSAGE_LIST_ROW_SPACING : BEGIN_PADDING;
    }
  self->placed = n;
  self->total = last != NULL ? last->y + last->height + END_PADDING : 0;
}

/* What is not laid out again becomes higher as it becomes narrower. */
static void
set_column (RnlMessageList *self, int column)
{
  if (self->column == column)
    return;

  for (guint i = 0; self->column > 0 && column > 0 && i < self->entries->len; i++)
    {
      RnlMessageEntry *entry = rnl_message_list_entry_at (self, i);

      if (entry->row == NULL)
        set_height (self, i, (int) ((gint64) entry->height * self->column / column));
    }
  self->column = column;
}

/* Returns whether it is as high as before. */
static gboolean
measure_row (RnlMessageList *self, guint position)
{
  RnlMessageEntry *entry = rnl_message_list_entry_at (self, position);
  int before = entry->height;
  int height;

  gtk_widget_measure (entry->row, GTK_ORIENTATION_VERTICAL, self->column, NULL, &height, NULL,
                      NULL);
  set_height (self, position, height);

  return height == before;
}

static gboolean
measure_rows (RnlMessageList *self)
{
  gboolean same = TRUE;

  for (guint i = 0; i < self->rows->len; i++)
    same &= measure_row (self, rnl_message_list_row_at (self, i));

  return same;
}

static void
allocate_row (RnlMessageList *self, RnlMessageEntry *entry, double value)
{
  graphene_point_t origin
    = { (float) ((self->width - self->column) / 2), (float) (entry->y - value) };

  gtk_widget_allocate (entry->row, self->column, entry->height, -1,
                       gsk_transform_translate (NULL, &origin));
}

static void
allocate_rows (RnlMessageList *self, double value)
{
  for (guint i = 0; i < self->rows->len; i++)
    allocate_row (self, rnl_message_list_entry_at (self, rnl_message_list_row_at (self, i)), value);
}

/* Lays a new row out now, not all of them in the next frame. A text view knows its height only once
 * it has its width. */
void
rnl_message_list_settle_row (RnlMessageList *self, guint position)
{
  if (self->column <= 0)
    return;

  for (guint pass = 0; pass < MAX_PASSES; pass++)
    {
      gboolean same = measure_row (self, position);

      rnl_message_list_place (self);
      if (same && pass > 0)
        return;
      allocate_row (self, rnl_message_list_entry_at (self, position),
                    rnl_message_list_get_wanted_value (self));
    }
}

/* Whether what was read is not there any more: the end of a text has become another, say. */
static gboolean
is_anchor_lost (RnlMessageList *self, RnlMessageEntry *entry)
{
  return self->anchor_in_part && entry->row != NULL
         && (self->anchor_part == NULL || !gtk_widget_is_ancestor (self->anchor_part, entry->row));
}

/* Returns: where the anchor is in the list, -1: there is none */
double
rnl_message_list_get_anchor_y (RnlMessageList *self)
{
  RnlMessageEntry *entry;

  rnl_message_list_place (self);
  if (self->anchor >= self->entries->len)
    return -1;

  entry = rnl_message_list_entry_at (self, self->anchor);

  return is_anchor_lost (self, entry)
           ? -1
           : entry->y + rnl_message_list_part_y (entry, self->anchor_part);
}

/* Where the view has to stand so that the anchor is where it was: VALUE, where there is none. */
static double
anchored_value (RnlMessageList *self, double value, double page)
{
  double y = rnl_message_list_get_anchor_y (self);

  return CLAMP (y >= 0 ? y - self->anchor_offset : value, 0, MAX (0, self->total - page));
}

/* The same for the end, when that is followed. */
static double
wanted_value (RnlMessageList *self, double page)
{
  double value = gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_VERTICAL]);

  rnl_message_list_place (self);
  if (rnl_scroll_follower_get_following (self->follower))
    return MAX (0, self->total - page);

  return round (anchored_value (self, value, page));
}

double
rnl_message_list_get_wanted_value (RnlMessageList *self)
{
  return wanted_value (self, page_size (self));
}

/* How far what is read has moved since it was laid out: rows that came in above it may be of other
 * heights than was thought. */
double
rnl_message_list_get_shift (RnlMessageList *self)
{
  double shift = anchored_value (self, self->value, page_size (self)) - self->value;

  return fabs (shift) < 1 ? 0 : shift;
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
  g_autoptr (RnlMessage) last = n > 0 ? g_list_model_get_item (self->model, n - 1) : NULL;

  return last != NULL && rnl_message_get_state (last) == RNL_MESSAGE_STREAMING;
}

/* A message that was taken for higher than it is may have gone from the viewport. And what is read
 * is in it: where nothing was yet something may have come. */
static gboolean
is_anchor_seen (RnlMessageList *self, double value, double page)
{
  RnlMessageEntry *entry;

  if (self->anchor >= self->entries->len)
    return FALSE;

  entry = rnl_message_list_entry_at (self, self->anchor);

  return entry->y + entry->height > value && self->anchor_offset < page
         && !is_anchor_lost (self, entry);
}

void
rnl_message_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RnlMessageList *self = RNL_MESSAGE_LIST (widget);
  gboolean following;
  double value;

  self->in_layout = TRUE;
  following = rnl_scroll_follower_begin_layout (self->follower, g_get_monotonic_time ());
  self->width = width;
  set_column (self, column_width (self, width));

  /* A part's place inside its row is known only once the row has its new size. */
  for (guint pass = 0; pass < MAX_PASSES; pass++)
    {
      gboolean same = measure_rows (self);

      allocate_rows (self, wanted_value (self, height));
      if (same)
        break;
    }
  value = wanted_value (self, height);
  allocate_rows (self, value);

  configure_adjustments (self, width, height, value);
  self->value = value;
  if (following || !is_anchor_seen (self, value, height))
    rnl_message_list_take_anchor (self, value);
  rnl_scroll_follower_end_layout (self->follower, value, height, MAX (self->total, height),
                                  is_live (self));
  self->in_layout = FALSE;
  rnl_message_list_queue_rows (self);
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

  for (guint i = 0; i < self->rows->len; i++)
    {
      RnlMessageEntry *entry = rnl_message_list_entry_at (self, rnl_message_list_row_at (self, i));

      gtk_widget_measure (entry->row, orientation, -1, &row_minimum, NULL, NULL, NULL);
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

  for (guint i = 0; i < self->rows->len; i++)
    {
      RnlMessageEntry *entry = rnl_message_list_entry_at (self, rnl_message_list_row_at (self, i));

      if (entry->y < value + page && entry->y + entry->height > value)
        gtk_widget_snapshot_child (widget, entry->row, snapshot);
    }
}

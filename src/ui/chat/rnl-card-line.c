/* rnl-card-line.c
 *
 * Five children: icon, title, summary, state and chevron, in one line. The summary has what the
 * others leave. Where title and state do not fit side by side, the state stands below the title, so
 * that its words are never cut for want of room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-card-line.h"

#define SPACING 9

/* Below this there is no room for a summary. */
#define MIN_SUMMARY 24

typedef enum
{
  ICON,
  TITLE,
  SUMMARY,
  STATE,
  CHEVRON,
  N_CHILDREN
} Child;

typedef struct
{
  GtkWidget *widgets[N_CHILDREN];
  int minimum[N_CHILDREN];
  int natural[N_CHILDREN];
} Line;

static void
line_init (Line *line, GtkWidget *widget, GtkOrientation orientation)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (guint i = 0; i < N_CHILDREN; i++, child = gtk_widget_get_next_sibling (child))
    {
      line->widgets[i] = child;
      gtk_widget_measure (child, orientation, -1, &line->minimum[i], &line->natural[i], NULL, NULL);
    }
}

static int
get_needed (const Line *line)
{
  return line->natural[ICON] + line->natural[TITLE] + line->natural[STATE] + line->natural[CHEVRON]
         + 3 * SPACING;
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  Line line;

  line_init (&line, widget, GTK_ORIENTATION_HORIZONTAL);
  *minimum = line.natural[ICON] + line.natural[CHEVRON] + 2 * SPACING
             + MAX (line.minimum[TITLE], line.minimum[STATE] - line.natural[CHEVRON] - SPACING);
  *natural = MAX (*minimum, get_needed (&line) + SPACING + line.natural[SUMMARY]);
}

static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  Line widths, heights;
  int first = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (widget, minimum, natural);
      return;
    }

  line_init (&widths, widget, GTK_ORIENTATION_HORIZONTAL);
  line_init (&heights, widget, GTK_ORIENTATION_VERTICAL);
  for (guint i = 0; i < N_CHILDREN; i++)
    first = MAX (first, heights.natural[i]);
  if (for_size >= 0 && for_size < get_needed (&widths))
    first += heights.natural[STATE];
  *minimum = *natural = first;
}

/* Gives CHILD the place from X on, seen from where lines begin. */
static void
place (GtkWidget *widget, GtkWidget *child, int x, int y, int width, int height)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int total = gtk_widget_get_width (widget);

  gtk_widget_size_allocate (
    child, &(GtkAllocation){ rtl ? total - x - width : x, y, MAX (width, 0), height }, -1);
}

static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  Line line, heights;
  gboolean two;
  int first, x, end, rest;

  line_init (&line, widget, GTK_ORIENTATION_HORIZONTAL);
  line_init (&heights, widget, GTK_ORIENTATION_VERTICAL);
  two = width < get_needed (&line);
  first = two ? height - heights.natural[STATE] : height;
  x = line.natural[ICON] + SPACING;
  end = width - line.natural[CHEVRON];

  place (widget, line.widgets[ICON], 0, 0, line.natural[ICON], first);
  place (widget, line.widgets[CHEVRON], end, 0, line.natural[CHEVRON], first);
  end -= SPACING;
  if (two)
    place (widget, line.widgets[STATE], x, first, MIN (line.natural[STATE], width - x),
           height - first);
  else
    {
      end -= line.natural[STATE];
      place (widget, line.widgets[STATE], end, 0, line.natural[STATE], first);
      end -= SPACING;
    }
  place (widget, line.widgets[TITLE], x, 0, MIN (line.natural[TITLE], end - x), first);
  x += MIN (line.natural[TITLE], end - x) + SPACING;
  rest = end - x;
  gtk_widget_set_child_visible (line.widgets[SUMMARY], rest >= MIN_SUMMARY);
  place (widget, line.widgets[SUMMARY], x, 0, MAX (rest, line.minimum[SUMMARY]), first);
}

static GtkSizeRequestMode
get_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/**
 * rnl_card_line_new:
 *
 * Returns: (transfer full): a layout for icon, title, summary, state and chevron
 */
GtkLayoutManager *
rnl_card_line_new (void)
{
  return gtk_custom_layout_new (get_mode, measure, allocate);
}

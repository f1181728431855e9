/* rnl-button-flow.c
 *
 * The first child stands at the start of the line, all others at its end. Where there is no room
 * for that, the others come first, as many in a line as fit, the last ones on top, and the first
 * child below them; each line is filled.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-button-flow.h"

typedef struct
{
  GtkWidget *last; /* in reading order; the line goes back from it */
  guint n;
  int width;
} Line;

static GtkWidget *
find_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_prev_sibling (child);

  return child;
}

static GtkWidget *
get_last (GtkWidget *widget)
{
  return find_shown (gtk_widget_get_last_child (widget));
}

static GtkWidget *
get_previous (GtkWidget *child)
{
  return find_shown (gtk_widget_get_prev_sibling (child));
}

static void
get_width (GtkWidget *child, int *minimum, int *natural)
{
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, minimum, natural, NULL, NULL);
}

/* The line that ends with LAST; the first child gets a line of its own unless all fit. */
static Line
get_line (GtkWidget *widget, GtkWidget *last, int width)
{
  Line line = { last, 0, -RNL_BUTTON_FLOW_SPACING };
  GtkWidget *first = gtk_widget_get_first_child (widget);

  for (GtkWidget *child = last; child != NULL; child = get_previous (child))
    {
      int natural;

      get_width (child, NULL, &natural);
      if (line.n > 0
          && (line.width + RNL_BUTTON_FLOW_SPACING + natural > width
              || (child == first && last != get_last (widget))))
        break;
      line.width += RNL_BUTTON_FLOW_SPACING + natural;
      line.n++;
    }

  return line;
}

static GtkWidget *
get_next_line (const Line *line)
{
  GtkWidget *child = line->last;

  for (guint i = 0; i < line->n; i++)
    child = get_previous (child);

  return child;
}

static int
get_line_height (GtkWidget *widget)
{
  int height = 0;

  for (GtkWidget *child = get_last (widget); child != NULL; child = get_previous (child))
    {
      int natural;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
      height = MAX (height, natural);
    }

  return height;
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
  int lines = 0;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      GtkWidget *last = get_last (widget);

      while (last != NULL)
        {
          Line line = get_line (widget, last, for_size < 0 ? G_MAXINT : for_size);

          last = get_next_line (&line);
          lines++;
        }
      *minimum = *natural = MAX (0, lines * (get_line_height (widget) + RNL_BUTTON_FLOW_SPACING)
                                      - RNL_BUTTON_FLOW_SPACING);
      return;
    }

  for (GtkWidget *child = get_last (widget); child != NULL; child = get_previous (child))
    {
      int child_minimum, child_natural;

      get_width (child, &child_minimum, &child_natural);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? RNL_BUTTON_FLOW_SPACING : 0);
    }
}

/* From the end of the line to its start; what is left over goes to the first gap of the only line,
 * and into the buttons where there are more lines. */
static void
allocate_line (GtkWidget *widget, const Line *line, gboolean only, int width, int y, int height)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int left = width - line->width;
  int end = width;
  GtkWidget *child = line->last;

  for (guint i = line->n; i > 0; i--, child = get_previous (child))
    {
      int share = only ? 0 : left / (int) i;
      int natural, x;

      get_width (child, NULL, &natural);
      natural = MAX (natural + share, 0);
      left -= share;
      x = only && i == 1 ? 0 : end - natural;
      gtk_widget_size_allocate (
        child, &(GtkAllocation){ rtl ? width - x - natural : x, y, natural, height }, -1);
      end -= natural + RNL_BUTTON_FLOW_SPACING;
    }
}

static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  int line_height = get_line_height (widget);
  GtkWidget *last = get_last (widget);

  for (int y = 0; last != NULL; y += line_height + RNL_BUTTON_FLOW_SPACING)
    {
      Line line = get_line (widget, last, width);
      gboolean only = y == 0 && get_next_line (&line) == NULL && line.width <= width;

      allocate_line (widget, &line, only, width, y, line_height);
      last = get_next_line (&line);
    }
}

static GtkSizeRequestMode
get_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/**
 * rnl_button_flow_new:
 *
 * Returns: (transfer full): a layout for a row of buttons
 */
GtkLayoutManager *
rnl_button_flow_new (void)
{
  return gtk_custom_layout_new (get_mode, measure, allocate);
}

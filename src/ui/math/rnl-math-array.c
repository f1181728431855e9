/* rnl-math-array.c: matrices, cases and aligned equations
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-math-layout-private.h"

#include <string.h>

/* What is beyond is left out. */
#define MAX_COLUMNS 64
#define MAX_LINES   256

typedef struct
{
  double widths[MAX_COLUMNS];
  guint n_columns;
  GPtrArray *cells; /* of RnlMathBox, by line; `NULL` for a cell that is not there */
  guint n_lines;
  double *ascents; /* of the lines */
  double *descents;
} Grid;

static gboolean
is_aligned (const RnlTexNode *array)
{
  return (array->flags & RNL_TEX_ALIGNED) != 0;
}

static guint
count_columns (const RnlTexNode *array)
{
  guint n = 1;

  for (guint i = 0; i < rnl_tex_node_get_n_children (array); i++)
    n = MAX (n, rnl_tex_node_get_n_children (rnl_tex_node_get_child (array, i)));

  return MIN (n, MAX_COLUMNS);
}

/* `l`, `c` or `r`. */
static char
get_align (const RnlTexNode *array, guint column, guint n_columns)
{
  const char *columns = array->text != NULL ? array->text : "";

  if (is_aligned (array))
    return n_columns == 1 ? 'c' : column % 2 == 0 ? 'r' : 'l';
  if (strlen (columns) == 1)
    return columns[0] == '|' ? 'c' : columns[0];
  for (guint seen = 0; *columns != '\0'; columns++)
    if (*columns != '|' && seen++ == column)
      return *columns;

  return 'c';
}

/* Whether the column list has a line before that column, or after the last one. */
static gboolean
has_line (const RnlTexNode *array, guint column)
{
  const char *columns = array->text != NULL ? array->text : "";
  guint seen = 0;

  for (; *columns != '\0'; columns++)
    if (*columns != '|')
      seen++;
    else if (seen == column)
      return TRUE;

  return FALSE;
}

/* What is between a column and the one before. */
static double
get_room (RnlMathStyle style, const RnlTexNode *array, guint column)
{
  double em = rnl_math_em (style);

  if (column == 0)
    return 0;
  if (is_aligned (array))
    return column % 2 == 1 ? 0 : 2 * em;

  return has_line (array, column) ? 1.1 * em : 0.9 * em;
}

static void
measure_lines (RnlMathStyle style, const RnlTexNode *array, Grid *grid)
{
  RnlMathStyle inner = rnl_math_in_size (style, array->size);
  double em = rnl_math_em (inner);

  for (guint i = 0; i < grid->n_lines; i++)
    {
      const RnlTexNode *line = rnl_tex_node_get_child (array, i);

      grid->ascents[i] = 0.72 * em;
      grid->descents[i] = 0.24 * em;
      for (guint column = 0; column < grid->n_columns; column++)
        {
          const RnlTexNode *content = rnl_tex_node_get_child (line, column);
          gboolean right = is_aligned (array) && column % 2 == 1;
          RnlMathBox *cell;

          if (content == NULL)
            {
              g_ptr_array_add (grid->cells, NULL);
              continue;
            }
          cell = rnl_math_set_after (inner, content, right);
          grid->widths[column] = MAX (grid->widths[column], cell->width);
          grid->ascents[i] = MAX (grid->ascents[i], cell->ascent);
          grid->descents[i] = MAX (grid->descents[i], cell->descent);
          g_ptr_array_add (grid->cells, cell);
        }
    }
}

static double
get_shift (char align, double room)
{
  return align == 'l' ? 0 : align == 'r' ? room : room / 2;
}

static void
place_lines (RnlMathStyle style, const RnlTexNode *array, Grid *grid, RnlMathBox *box, double top)
{
  double gap = rnl_math_em (style) * (array->size == RNL_TEX_SIZE_DISPLAY ? 0.42 : 0.26);
  double rule = rnl_math_rule (style), y = top;

  for (guint i = 0; i < grid->n_lines; i++)
    {
      double x = 0;

      if (rnl_tex_node_get_child (array, i)->flags & RNL_TEX_RULE_ABOVE)
        rnl_math_box_add (
          box, rnl_math_box_new_shape (RNL_MATH_RULE, rule, box->width, rule / 2, rule / 2), 0,
          i == 0 ? y - gap / 3 : y - gap / 2);
      y += grid->ascents[i];
      for (guint column = 0; column < grid->n_columns; column++)
        {
          RnlMathBox *cell = g_ptr_array_index (grid->cells, i * grid->n_columns + column);

          x += get_room (style, array, column);
          if (cell != NULL)
            rnl_math_box_add (box, cell,
                              x
                                + get_shift (get_align (array, column, grid->n_columns),
                                             grid->widths[column] - cell->width),
                              y);
          x += grid->widths[column];
        }
      y += grid->descents[i] + gap;
    }
}

static void
add_lines (RnlMathStyle style, const RnlTexNode *array, const Grid *grid, RnlMathBox *box)
{
  double rule = rnl_math_rule (style), x = 0;
  double ascent = box->ascent, descent = box->descent;

  for (guint column = 0; column <= grid->n_columns; column++)
    {
      double room = column < grid->n_columns ? get_room (style, array, column) : 0;

      if (has_line (array, column))
        rnl_math_box_add (box, rnl_math_box_new_shape (RNL_MATH_RULE, rule, rule, ascent, descent),
                          x + room / 2, 0);
      if (column < grid->n_columns)
        x += room + grid->widths[column];
    }
}

RnlMathBox *
rnl_math_set_array (RnlMathStyle style, const RnlTexNode *node)
{
  guint n = MIN (rnl_tex_node_get_n_children (node), MAX_LINES);
  g_autofree double *ascents = g_new0 (double, n);
  g_autofree double *descents = g_new0 (double, n);
  Grid grid
    = { .n_columns = count_columns (node), .n_lines = n, .ascents = ascents, .descents = descents };
  double gap = rnl_math_em (style) * (node->size == RNL_TEX_SIZE_DISPLAY ? 0.42 : 0.26);
  double height = 0, half;
  RnlMathBox *box = rnl_math_box_new (0, 0, 0);

  grid.cells = g_ptr_array_new ();
  measure_lines (style, node, &grid);
  for (guint i = 0; i < n; i++)
    height += ascents[i] + descents[i] + (i > 0 ? gap : 0);
  for (guint column = 0; column < grid.n_columns; column++)
    box->width += get_room (style, node, column) + grid.widths[column];

  half = height / 2;
  box->ascent = half + rnl_math_axis (style);
  box->descent = half - rnl_math_axis (style);
  place_lines (style, node, &grid, box, -half - rnl_math_axis (style));
  add_lines (style, node, &grid, box);
  g_ptr_array_unref (grid.cells);

  return box;
}

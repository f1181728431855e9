/* rnl-cell-text.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cell-text.h"

#include "rnl-label-select.h"
#include "rnl-output-view.h"
#include "rnl-selectable.h"

/**
 * RnlCellText:
 *
 * A grid of labels, and of output views for what is too long for a label. As a selectable its
 * blocks are the lines of its cells, in the order in which those were appended; a label is one.
 */
struct _RnlCellText
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *grid;
  GPtrArray *cells; /* borrowed */

  RnlTextMarks marks;
  gboolean marked; /* they show any */
};

/* {{{ Selecting */

static guint
count_lines (GtkWidget *cell)
{
  return GTK_IS_LABEL (cell) ? 1 : rnl_selectable_get_n_blocks (RNL_SELECTABLE (cell));
}

/* The cell of a line; FIRST is the first of its lines. */
static GtkWidget *
find_cell (RnlCellText *self, guint line, guint *first)
{
  *first = 0;
  for (guint i = 0; i < self->cells->len; i++)
    {
      GtkWidget *cell = g_ptr_array_index (self->cells, i);
      guint n = count_lines (cell);

      if (line < *first + n)
        return cell;
      *first += n;
    }

  return NULL;
}

static guint
get_n_blocks (RnlSelectable *selectable)
{
  RnlCellText *self = RNL_CELL_TEXT (selectable);
  guint n = 0;

  for (guint i = 0; i < self->cells->len; i++)
    n += count_lines (g_ptr_array_index (self->cells, i));

  return n;
}

static char *
dup_text (RnlSelectable *selectable, guint block)
{
  guint first;
  GtkWidget *cell = find_cell (RNL_CELL_TEXT (selectable), block, &first);

  return GTK_IS_LABEL (cell) ? g_strdup (gtk_label_get_text (GTK_LABEL (cell)))
                             : rnl_selectable_dup_text (RNL_SELECTABLE (cell), block - first);
}

static double
distance_to (double at, double start, double length)
{
  return at < start ? start - at : at > start + length ? at - start - length : 0;
}

/* Rows before columns: what is beside a row belongs to it. */
static double
measure_distance (RnlCellText *self, GtkWidget *cell, double x, double y, graphene_rect_t *bounds)
{
  if (!gtk_widget_compute_bounds (cell, GTK_WIDGET (self), bounds))
    return G_MAXDOUBLE;

  return distance_to (y, bounds->origin.y, bounds->size.height) * 4096
         + distance_to (x, bounds->origin.x, bounds->size.width);
}

static gboolean
hit (RnlSelectable *selectable, double x, double y, RnlBlockPoint *place)
{
  RnlCellText *self = RNL_CELL_TEXT (selectable);
  double best = G_MAXDOUBLE;
  guint first = 0;

  for (guint i = 0; i < self->cells->len; i++)
    {
      GtkWidget *cell = g_ptr_array_index (self->cells, i);
      graphene_rect_t bounds;
      double distance = measure_distance (self, cell, x, y, &bounds);
      RnlBlockPoint inside = { 0, 0 };

      if (distance < best)
        {
          best = distance;
          if (GTK_IS_LABEL (cell))
            inside.offset = rnl_label_select_offset_at (GTK_LABEL (cell), x - bounds.origin.x,
                                                        y - bounds.origin.y);
          else
            rnl_selectable_hit (RNL_SELECTABLE (cell), x - bounds.origin.x, y - bounds.origin.y,
                                &inside);
          *place = (RnlBlockPoint){ first + inside.block, inside.offset };
        }
      first += count_lines (cell);
    }

  return best < G_MAXDOUBLE;
}

static gboolean
locate (RnlSelectable *selectable, const RnlBlockPoint *place, graphene_rect_t *area)
{
  guint first;
  GtkWidget *cell = find_cell (RNL_CELL_TEXT (selectable), place->block, &first);
  RnlBlockPoint inside = { place->block - first, place->offset };
  graphene_point_t origin;

  if (cell == NULL)
    return FALSE;
  if (GTK_IS_LABEL (cell))
    rnl_label_select_locate (GTK_LABEL (cell), place->offset, area);
  else if (!rnl_selectable_locate (RNL_SELECTABLE (cell), &inside, area))
    return FALSE;
  if (!gtk_widget_compute_point (cell, GTK_WIDGET (selectable), &area->origin, &origin))
    return FALSE;
  area->origin = origin;

  return TRUE;
}

static guint
to_label (const RnlBlockPoint *place, guint line)
{
  return place->block < line ? 0 : place->block > line ? RNL_BLOCK_END : place->offset;
}

static void
show_label (RnlCellText *self, GtkLabel *label, guint line)
{
  guint length = (guint) g_utf8_strlen (gtk_label_get_text (label), -1);
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (guint));
  int current;
  g_autoptr (GArray) found = rnl_text_marks_clip (&self->marks, line, 1, &current);

  for (guint i = 0; i < found->len; i++)
    {
      const RnlBlockRange *range = &g_array_index (found, RnlBlockRange, i);
      guint ends[] = { MIN (range->from.offset, length), MIN (range->to.offset, length) };

      g_array_append_vals (offsets, ends, 2);
    }
  rnl_label_select_show (label, MIN (to_label (&self->marks.selected.from, line), length),
                         MIN (to_label (&self->marks.selected.to, line), length), offsets, current);
}

static void
show_output (RnlCellText *self, RnlSelectable *output, guint first)
{
  RnlBlockRange selected;
  int current;
  guint n = rnl_selectable_get_n_blocks (output);
  g_autoptr (GArray) found = rnl_text_marks_clip (&self->marks, first, n, &current);
  gboolean any = rnl_block_range_clip (&self->marks.selected, first, n, &selected);

  rnl_selectable_select (output, any ? &selected : NULL);
  rnl_selectable_mark (output, (const RnlBlockRange *) found->data, found->len, current);
}

/**
 * rnl_cell_text_show_marks:
 * @self: cells of which some have other text
 *
 * Shows again what is selected and found.
 */
void
rnl_cell_text_show_marks (RnlCellText *self)
{
  guint first = 0;

  g_return_if_fail (RNL_IS_CELL_TEXT (self));

  if (!self->marked && !rnl_text_marks_any (&self->marks))
    return;
  self->marked = rnl_text_marks_any (&self->marks);
  for (guint i = 0; i < self->cells->len; i++)
    {
      GtkWidget *cell = g_ptr_array_index (self->cells, i);

      if (GTK_IS_LABEL (cell))
        show_label (self, GTK_LABEL (cell), first);
      else
        show_output (self, RNL_SELECTABLE (cell), first);
      first += count_lines (cell);
    }
}

static void
select_range (RnlSelectable *selectable, const RnlBlockRange *range)
{
  RnlCellText *self = RNL_CELL_TEXT (selectable);

  if (rnl_text_marks_select (&self->marks, range))
    rnl_cell_text_show_marks (self);
}

static void
mark (RnlSelectable *selectable, const RnlBlockRange *ranges, guint n_ranges, int current)
{
  RnlCellText *self = RNL_CELL_TEXT (selectable);

  if (rnl_text_marks_find (&self->marks, ranges, n_ranges, current))
    rnl_cell_text_show_marks (self);
}

/* What is cut is shown as a whole. */
static void
reveal (RnlSelectable *selectable, const RnlBlockPoint *place)
{
  guint first;
  GtkWidget *cell = find_cell (RNL_CELL_TEXT (selectable), place->block, &first);

  if (!GTK_IS_LABEL (cell) || gtk_label_get_ellipsize (GTK_LABEL (cell)) == PANGO_ELLIPSIZE_NONE)
    return;
  gtk_label_set_ellipsize (GTK_LABEL (cell), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (GTK_LABEL (cell), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (cell), PANGO_WRAP_WORD_CHAR);
}

/* The address under the pointer. */
static gboolean
activate (RnlSelectable *selectable, double x, double y)
{
  RnlCellText *self = RNL_CELL_TEXT (selectable);

  for (guint i = 0; i < self->cells->len; i++)
    {
      GtkWidget *cell = g_ptr_array_index (self->cells, i);
      graphene_rect_t bounds;

      if (!GTK_IS_LABEL (cell) || measure_distance (self, cell, x, y, &bounds) > 0
          || gtk_label_get_current_uri (GTK_LABEL (cell)) == NULL)
        continue;
      g_signal_emit_by_name (cell, "activate-current-link");
      return TRUE;
    }

  return FALSE;
}

static void
init_selectable (RnlSelectableInterface *iface)
{
  iface->hit = hit;
  iface->locate = locate;
  iface->get_n_blocks = get_n_blocks;
  iface->dup_text = dup_text;
  iface->select = select_range;
  iface->mark = mark;
  iface->reveal = reveal;
  iface->activate = activate;
}

/* }}} */

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlCellText,
                               rnl_cell_text,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_SELECTABLE, init_selectable))

static void
rnl_cell_text_dispose (GObject *object)
{
  RnlCellText *self = RNL_CELL_TEXT (object);

  g_ptr_array_set_size (self->cells, 0);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  rnl_text_marks_clear (&self->marks);

  G_OBJECT_CLASS (rnl_cell_text_parent_class)->dispose (object);
}

static void
rnl_cell_text_finalize (GObject *object)
{
  g_ptr_array_unref (RNL_CELL_TEXT (object)->cells);

  G_OBJECT_CLASS (rnl_cell_text_parent_class)->finalize (object);
}

static void
rnl_cell_text_class_init (RnlCellTextClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_cell_text_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_cell_text_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rnl_cell_text_init (RnlCellText *self)
{
  self->cells = g_ptr_array_new ();
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 4);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}

GtkWidget *
rnl_cell_text_new (void)
{
  return g_object_new (RNL_TYPE_CELL_TEXT, NULL);
}

/* Who selects over all of it needs no focus in each cell. */
static void
join (RnlCellText *self, GtkWidget *cell)
{
  if (rnl_selectable_get_part (RNL_SELECTABLE (self)) == NULL)
    return;
  if (GTK_IS_LABEL (cell))
    gtk_widget_set_focusable (cell, FALSE);
  else
    rnl_output_view_give_selection (RNL_OUTPUT_VIEW (cell));
}

/**
 * rnl_cell_text_set_part:
 * @self: cells that are in no window yet
 * @part: the part of a message whose text they show
 * @field: which of its texts
 *
 * Makes them take part in the selection of their conversation.
 */
void
rnl_cell_text_set_part (RnlCellText *self, GObject *part, guint field)
{
  g_return_if_fail (RNL_IS_CELL_TEXT (self));

  rnl_selectable_set_part (RNL_SELECTABLE (self), part, field);
  for (guint i = 0; i < self->cells->len; i++)
    join (self, g_ptr_array_index (self->cells, i));
}

/**
 * rnl_cell_text_append:
 * @self: cells
 * @cell: a label, or an output view
 * @column: where it stands
 * @row: likewise
 *
 * Adds a cell behind the others.
 */
void
rnl_cell_text_append (RnlCellText *self, GtkWidget *cell, int column, int row)
{
  g_return_if_fail (RNL_IS_CELL_TEXT (self));

  join (self, cell);
  g_ptr_array_add (self->cells, cell);
  gtk_grid_attach (GTK_GRID (self->grid), cell, column, row, 1, 1);
}

/**
 * rnl_cell_text_replace:
 * @self: cells
 * @position: of one of them
 * @cell: what takes its place
 */
void
rnl_cell_text_replace (RnlCellText *self, guint position, GtkWidget *cell)
{
  GtkWidget *before;
  int column, row, width, height;

  g_return_if_fail (RNL_IS_CELL_TEXT (self));
  g_return_if_fail (position < self->cells->len);

  before = g_ptr_array_index (self->cells, position);
  gtk_grid_query_child (GTK_GRID (self->grid), before, &column, &row, &width, &height);
  gtk_grid_remove (GTK_GRID (self->grid), before);
  join (self, cell);
  g_ptr_array_index (self->cells, position) = cell;
  gtk_grid_attach (GTK_GRID (self->grid), cell, column, row, 1, 1);
}

void
rnl_cell_text_remove_all (RnlCellText *self)
{
  g_return_if_fail (RNL_IS_CELL_TEXT (self));

  for (guint i = 0; i < self->cells->len; i++)
    gtk_grid_remove (GTK_GRID (self->grid), g_ptr_array_index (self->cells, i));
  g_ptr_array_set_size (self->cells, 0);
}

/**
 * rnl_cell_text_get:
 * @self: cells
 * @position: less than their number
 *
 * Returns: (transfer none): a cell
 */
GtkWidget *
rnl_cell_text_get (RnlCellText *self, guint position)
{
  g_return_val_if_fail (RNL_IS_CELL_TEXT (self), NULL);
  g_return_val_if_fail (position < self->cells->len, NULL);

  return g_ptr_array_index (self->cells, position);
}

guint
rnl_cell_text_get_size (RnlCellText *self)
{
  g_return_val_if_fail (RNL_IS_CELL_TEXT (self), 0);

  return self->cells->len;
}

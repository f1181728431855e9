/* rnl-table-view-select.c: the cells of a table as part of a larger selection
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-table-view-private.h"
#include "rnl-label-select.h"

typedef struct
{
  GtkLabel *label; /* borrowed */
  guint start;     /* of its text in that of the table, in characters */
  guint length;
} Cell;

typedef gboolean (*CellFunc) (RnlTableView *self, const Cell *cell, gpointer data);

/* Calls FUNC for the cells that are there, until it returns FALSE. */
static void
each_cell (RnlTableView *self, CellFunc func, gpointer data)
{
  RnlBlock *block = rnl_table_view_get_block (self);
  guint columns = rnl_block_get_n_columns (block);
  guint n_cells = columns * rnl_block_get_n_rows (block);
  RnlTableRows *rows = rnl_table_view_get_rows (self);
  GtkWidget *label;
  Cell cell = { 0 };

  for (guint i = 0; i < n_cells && (label = rnl_table_rows_get_label (rows, i)) != NULL; i++)
    {
      RnlBlock *content = rnl_block_get_cell (block, i / columns, i % columns);

      cell.length = (guint) g_utf8_strlen (rnl_block_get_text (content),
                                           (gssize) rnl_block_get_length (content));
      cell.label = GTK_LABEL (label);
      if (!func (self, &cell, data))
        return;
      cell.start += cell.length + 1;
    }
}

typedef struct
{
  double x;
  double y;
  double distance;
  guint offset;
} Hit;

static double
distance_to (double at, double start, double length)
{
  return at < start ? start - at : at > start + length ? at - start - length : 0;
}

/* Rows before columns: what is beside a row belongs to it. */
static gboolean
hit_cell (RnlTableView *self, const Cell *cell, gpointer data)
{
  Hit *hit = data;
  graphene_rect_t bounds;
  double distance;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (cell->label), GTK_WIDGET (self), &bounds))
    return TRUE;
  distance = distance_to (hit->y, bounds.origin.y, bounds.size.height) * 4096
             + distance_to (hit->x, bounds.origin.x, bounds.size.width);
  if (distance >= hit->distance)
    return TRUE;
  hit->distance = distance;
  hit->offset
    = cell->start
      + MIN (cell->length, rnl_label_select_offset_at (cell->label, hit->x - bounds.origin.x,
                                                       hit->y - bounds.origin.y));

  return TRUE;
}

static gboolean
hit (RnlSelectable *selectable, double x, double y, RnlBlockPoint *place)
{
  Hit hit = { x, y, G_MAXDOUBLE, 0 };

  each_cell (RNL_TABLE_VIEW (selectable), hit_cell, &hit);
  *place = (RnlBlockPoint){ 0, hit.offset };

  return hit.distance < G_MAXDOUBLE;
}

typedef struct
{
  guint offset;
  graphene_rect_t *area;
  gboolean found;
} Location;

static gboolean
locate_cell (RnlTableView *self, const Cell *cell, gpointer data)
{
  Location *location = data;
  graphene_point_t origin;

  if (location->offset > cell->start + cell->length)
    return TRUE;
  rnl_label_select_locate (cell->label, location->offset - cell->start, location->area);
  if (gtk_widget_compute_point (GTK_WIDGET (cell->label), GTK_WIDGET (self),
                                &location->area->origin, &origin))
    {
      location->area->origin = origin;
      location->found = TRUE;
    }

  return FALSE;
}

static gboolean
locate (RnlSelectable *selectable, const RnlBlockPoint *place, graphene_rect_t *area)
{
  Location location = { place->offset, area, FALSE };

  each_cell (RNL_TABLE_VIEW (selectable), locate_cell, &location);

  return location.found;
}

static guint
get_n_blocks (RnlSelectable *selectable)
{
  return 1;
}

static char *
dup_text (RnlSelectable *selectable, guint block)
{
  return rnl_block_dup_flat_text (rnl_table_view_get_block (RNL_TABLE_VIEW (selectable)));
}

/* What of a range of the table lies in a cell. */
static gboolean
clip (const Cell *cell, const RnlBlockRange *range, guint *start, guint *end)
{
  guint from = range->from.block > 0 ? RNL_BLOCK_END : range->from.offset;
  guint to = range->to.block > 0 ? RNL_BLOCK_END : range->to.offset;

  *start = MAX (from, cell->start) - cell->start;
  *end = MIN (to, cell->start + cell->length);
  *end = *end > cell->start ? *end - cell->start : 0;

  return *start < *end;
}

static gboolean
show_cell (RnlTableView *self, const Cell *cell, gpointer data)
{
  const RnlTextMarks *marks = rnl_table_view_get_marks (self);
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (guint));
  guint start, end;
  int current = -1;

  for (guint i = 0; marks->found != NULL && i < marks->found->len; i++)
    {
      guint ends[2];

      if (!clip (cell, &g_array_index (marks->found, RnlBlockRange, i), &ends[0], &ends[1]))
        continue;
      if (marks->current == (int) i)
        current = (int) offsets->len / 2;
      g_array_append_vals (offsets, ends, 2);
    }
  if (!clip (cell, &marks->selected, &start, &end))
    start = end = 0;
  rnl_label_select_show (cell->label, start, end, offsets, current);

  return TRUE;
}

static void
select_range (RnlSelectable *selectable, const RnlBlockRange *range)
{
  RnlTableView *self = RNL_TABLE_VIEW (selectable);

  if (rnl_text_marks_select (rnl_table_view_get_marks (self), range))
    each_cell (self, show_cell, NULL);
}

static void
mark (RnlSelectable *selectable, const RnlBlockRange *ranges, guint n_ranges, int current)
{
  RnlTableView *self = RNL_TABLE_VIEW (selectable);

  if (rnl_text_marks_find (rnl_table_view_get_marks (self), ranges, n_ranges, current))
    each_cell (self, show_cell, NULL);
}

/* The rows scroll sideways. */
static void
reveal (RnlSelectable *selectable, const RnlBlockPoint *place)
{
  RnlTableView *self = RNL_TABLE_VIEW (selectable);
  GtkAdjustment *adjustment = rnl_table_view_get_hadjustment (self);
  double value = gtk_adjustment_get_value (adjustment);
  graphene_rect_t area;
  Location location = { place->offset, &area, FALSE };

  each_cell (self, locate_cell, &location);
  if (location.found)
    gtk_adjustment_clamp_page (adjustment, value + area.origin.x,
                               value + area.origin.x + area.size.width);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "table.show-all", NULL);
}

typedef struct
{
  double x;
  double y;
  char *address;
} LinkAt;

static gboolean
link_cell (RnlTableView *self, const Cell *cell, gpointer data)
{
  LinkAt *link = data;
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (cell->label), GTK_WIDGET (self), &bounds)
      || !graphene_rect_contains_point (&bounds,
                                        &GRAPHENE_POINT_INIT ((float) link->x, (float) link->y)))
    return TRUE;
  /* The one under the pointer. */
  link->address = g_strdup (gtk_label_get_current_uri (cell->label));

  return FALSE;
}

static char *
dup_link (RnlSelectable *selectable, double x, double y)
{
  LinkAt link = { x, y, NULL };

  each_cell (RNL_TABLE_VIEW (selectable), link_cell, &link);

  return link.address;
}

static gboolean
activate (RnlSelectable *selectable, double x, double y)
{
  g_autofree char *address = dup_link (selectable, x, y);

  if (address == NULL)
    return FALSE;
  g_signal_emit_by_name (selectable, "link-activated", address);

  return TRUE;
}

/**
 * rnl_table_view_show_marks:
 * @self: a table whose cells have changed
 *
 * Shows again what is selected and found in it.
 */
void
rnl_table_view_show_marks (RnlTableView *self)
{
  if (rnl_text_marks_any (rnl_table_view_get_marks (self)))
    each_cell (self, show_cell, NULL);
}

/* Called by the class's own definition. */
void
rnl_table_view_init_selectable (RnlSelectableInterface *iface)
{
  iface->hit = hit;
  iface->locate = locate;
  iface->get_n_blocks = get_n_blocks;
  iface->dup_text = dup_text;
  iface->select = select_range;
  iface->mark = mark;
  iface->activate = activate;
  iface->dup_link = dup_link;
  iface->reveal = reveal;
}

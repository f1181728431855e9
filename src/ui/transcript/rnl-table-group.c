/* rnl-table-group.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-table-group.h"
#include "rnl-table-cell.h"

/**
 * RnlTableGroup:
 *
 * Some rows of a table, each as high as its highest label. Its children are the labels of the
 * cells, row by row; the last row may still lack some.
 *
 * The columns are as wide as those of all groups of the table. How wide this one needs them is
 * known once it is measured, which GTK has done again only when a label in it has changed.
 */
struct _RnlTableGroup
{
  GtkWidget parent_instance;

  /* owned, of int, by column */
  GArray *widths;  /* shared by the groups of a table */
  GArray *natural; /* what the labels here need */
};

G_DEFINE_FINAL_TYPE (RnlTableGroup, rnl_table_group, GTK_TYPE_WIDGET)

/* As a grid has it: high enough for labels that stand on one line, though they begin at the top.
 * Returns the label that begins the next row, or `NULL`. */
static GtkWidget *
measure_row (RnlTableGroup *self, GtkWidget *label, int *height)
{
  int above = 0, below = 0;

  for (guint column = 0; column < self->widths->len && label != NULL;
       column++, label = gtk_widget_get_next_sibling (label))
    {
      int natural, baseline;

      gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, &baseline);
      baseline = MAX (baseline, 0);
      above = MAX (above, baseline);
      below = MAX (below, natural - baseline);
    }
  *height = above + below;

  return label;
}

static int
measure_height (RnlTableGroup *self)
{
  GtkWidget *label = gtk_widget_get_first_child (GTK_WIDGET (self));
  int sum = 0, height;

  while (label != NULL)
    {
      label = measure_row (self, label, &height);
      sum += height;
    }

  return sum;
}

static int
measure_width (RnlTableGroup *self)
{
  int *natural = (int *) self->natural->data;
  guint column = 0;
  int sum = 0;

  for (guint i = 0; i < self->natural->len; i++)
    natural[i] = 0;
  for (GtkWidget *label = gtk_widget_get_first_child (GTK_WIDGET (self)); label != NULL;
       label = gtk_widget_get_next_sibling (label))
    {
      int width;

      gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
      natural[column] = MAX (natural[column], width);
      column = (column + 1) % self->natural->len;
    }
  for (guint i = 0; i < self->natural->len; i++)
    sum += natural[i];

  return sum;
}

/* Labels of cells do not wrap: they need as much as they would like to have. */
static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  RnlTableGroup *self = RNL_TABLE_GROUP (widget);

  *minimum = *natural
    = orientation == GTK_ORIENTATION_HORIZONTAL ? measure_width (self) : measure_height (self);
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RnlTableGroup *self = RNL_TABLE_GROUP (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *label = gtk_widget_get_first_child (widget);
  GtkAllocation area = { 0 };

  for (; label != NULL; area.y += area.height)
    {
      int start = 0;

      measure_row (self, label, &area.height);
      for (guint column = 0; column < self->widths->len && label != NULL;
           column++, label = gtk_widget_get_next_sibling (label))
        {
          area.width = g_array_index (self->widths, int, column);
          area.x = rtl ? width - start - area.width : start;
          gtk_widget_size_allocate (label, &area, -1);
          start += area.width;
        }
    }
}

/* Labels leave room for formulas, which are drawn over them. */
static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GTK_WIDGET_CLASS (rnl_table_group_parent_class)->snapshot (widget, snapshot);
  for (GtkWidget *label = gtk_widget_get_first_child (widget); label != NULL;
       label = gtk_widget_get_next_sibling (label))
    {
      graphene_point_t origin;

      if (!rnl_table_cell_has_formulas (GTK_LABEL (label))
          || !gtk_widget_compute_point (label, widget, graphene_point_zero (), &origin))
        continue;
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &origin);
      rnl_table_cell_snapshot (GTK_LABEL (label), snapshot);
      gtk_snapshot_restore (snapshot);
    }
}

static void
dispose (GObject *object)
{
  GtkWidget *label;

  while ((label = gtk_widget_get_last_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (label);

  G_OBJECT_CLASS (rnl_table_group_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  RnlTableGroup *self = RNL_TABLE_GROUP (object);

  g_array_unref (self->widths);
  g_array_unref (self->natural);

  G_OBJECT_CLASS (rnl_table_group_parent_class)->finalize (object);
}

static void
rnl_table_group_class_init (RnlTableGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  widget_class->snapshot = snapshot;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rnl_table_group_init (RnlTableGroup *self)
{
}

/**
 * rnl_table_group_new:
 * @widths: (element-type int): how wide each column is, in pixels; shared by the groups of a table
 *
 * Returns: (transfer floating): a group without labels
 */
GtkWidget *
rnl_table_group_new (GArray *widths)
{
  RnlTableGroup *self = g_object_new (RNL_TYPE_TABLE_GROUP, NULL);

  self->widths = g_array_ref (widths);
  self->natural = g_array_sized_new (FALSE, TRUE, sizeof (int), widths->len);
  g_array_set_size (self->natural, widths->len);

  return GTK_WIDGET (self);
}

/**
 * rnl_table_group_widen:
 * @self: a group that has been measured
 * @widths: (element-type int): widths of columns, in pixels
 *
 * Raises @widths to what the labels of @self need.
 */
void
rnl_table_group_widen (RnlTableGroup *self, GArray *widths)
{
  g_return_if_fail (RNL_IS_TABLE_GROUP (self));

  for (guint i = 0; i < widths->len; i++)
    g_array_index (widths, int, i)
      = MAX (g_array_index (widths, int, i), g_array_index (self->natural, int, i));
}

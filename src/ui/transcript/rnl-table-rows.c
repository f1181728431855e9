/* rnl-table-rows.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-table-rows.h"
#include "rnl-table-group.h"

#include <string.h>

/* A group that gets another label is laid out anew. It has so many cells, or one row of more. */
#define MAX_CELLS 64

/* A group that comes has GTK look at the style of all that stand beside it. So many stand in a
 * part. */
#define MAX_GROUPS 16

/**
 * RnlTableRows:
 *
 * The labels of a table, in groups of some rows below each other that share the widths of their
 * columns.
 *
 * A grid measures and allocates all of its cells when one comes. Here only the group is looked at
 * that it comes into, and the others if a column becomes wider by it: GTK remembers what they
 * measure.
 */
struct _RnlTableRows
{
  RnlAnswerColumn parent_instance;

  /* owned */
  GPtrArray *labels; /* borrowed, in the order of their cells */
  GPtrArray *parts;  /* borrowed, RnlAnswerColumns of groups */
  GArray *widths;    /* of int, by column, as all groups have them */
};

G_DEFINE_FINAL_TYPE (RnlTableRows, rnl_table_rows, RNL_TYPE_ANSWER_COLUMN)

typedef void (*GroupFunc) (GtkWidget *group, gpointer data);

static void
each_group (RnlTableRows *self, GroupFunc func, gpointer data)
{
  RnlAnswerColumn *column = RNL_ANSWER_COLUMN (self);

  for (GtkWidget *group = rnl_answer_column_get_first (column); group != NULL;
       group = rnl_answer_column_get_next (column, group))
    func (group, data);
}

static int
measure_part (GtkWidget *part, GtkOrientation orientation)
{
  int natural;

  gtk_widget_measure (part, orientation, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static void
widen (GtkWidget *group, gpointer widths)
{
  rnl_table_group_widen (RNL_TABLE_GROUP (group), widths);
}

/* Returns: (transfer full) (element-type int): how wide the columns have to be */
static GArray *
measure_widths (RnlTableRows *self)
{
  GArray *widths = g_array_sized_new (FALSE, TRUE, sizeof (int), self->widths->len);

  g_array_set_size (widths, self->widths->len);
  for (guint i = 0; i < self->parts->len; i++)
    measure_part (g_ptr_array_index (self->parts, i), GTK_ORIENTATION_HORIZONTAL);
  each_group (self, widen, widths);

  return widths;
}

static int
measure_width (RnlTableRows *self)
{
  g_autoptr (GArray) widths = measure_widths (self);
  int sum = 0;

  for (guint i = 0; i < widths->len; i++)
    sum += g_array_index (widths, int, i);

  return sum;
}

static int
measure_height (RnlTableRows *self)
{
  int sum = 0;

  for (guint i = 0; i < self->parts->len; i++)
    sum += measure_part (g_ptr_array_index (self->parts, i), GTK_ORIENTATION_VERTICAL);

  return sum;
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
  RnlTableRows *self = RNL_TABLE_ROWS (widget);

  *minimum = *natural
    = orientation == GTK_ORIENTATION_HORIZONTAL ? measure_width (self) : measure_height (self);
}

static void
allocate_again (GtkWidget *group, gpointer data)
{
  gtk_widget_queue_allocate (group);
}

/* Widths may change while the table stays as wide as it was. */
static void
share_widths (RnlTableRows *self)
{
  g_autoptr (GArray) widths = measure_widths (self);
  gsize size = widths->len * sizeof (int);

  if (size == 0 || memcmp (widths->data, self->widths->data, size) == 0)
    return;
  memcpy (self->widths->data, widths->data, size);
  each_group (self, allocate_again, NULL);
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RnlTableRows *self = RNL_TABLE_ROWS (widget);
  GtkAllocation area = { 0, 0, width, 0 };

  share_widths (self);
  for (guint i = 0; i < self->parts->len; i++)
    {
      GtkWidget *part = g_ptr_array_index (self->parts, i);

      area.height = measure_part (part, GTK_ORIENTATION_VERTICAL);
      gtk_widget_size_allocate (part, &area, -1);
      area.y += area.height;
    }
}

static void
turn (GtkWidget *group, gpointer direction)
{
  gtk_widget_set_direction (group, GPOINTER_TO_INT (direction));
}

static void
direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  each_group (RNL_TABLE_ROWS (widget), turn, GINT_TO_POINTER (gtk_widget_get_direction (widget)));

  GTK_WIDGET_CLASS (rnl_table_rows_parent_class)->direction_changed (widget, previous);
}

static void
finalize (GObject *object)
{
  RnlTableRows *self = RNL_TABLE_ROWS (object);

  g_ptr_array_unref (self->labels);
  g_ptr_array_unref (self->parts);
  g_array_unref (self->widths);

  G_OBJECT_CLASS (rnl_table_rows_parent_class)->finalize (object);
}

static void
rnl_table_rows_class_init (RnlTableRowsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  widget_class->direction_changed = direction_changed;
}

static void
rnl_table_rows_init (RnlTableRows *self)
{
  /* That of a column knows nothing of widths that are shared. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "answer-table");
  self->labels = g_ptr_array_new ();
  self->parts = g_ptr_array_new ();
  self->widths = g_array_new (FALSE, TRUE, sizeof (int));
}

/**
 * rnl_table_rows_new:
 *
 * Returns: (transfer floating): a table without columns
 */
GtkWidget *
rnl_table_rows_new (void)
{
  return g_object_new (RNL_TYPE_TABLE_ROWS, NULL);
}

/**
 * rnl_table_rows_reset:
 * @self: a table
 * @n_columns: of how many labels its rows are from now on
 *
 * Takes all labels away.
 */
void
rnl_table_rows_reset (RnlTableRows *self, guint n_columns)
{
  g_return_if_fail (RNL_IS_TABLE_ROWS (self));

  rnl_table_rows_truncate (self, 0);
  g_array_unref (self->widths);
  self->widths = g_array_sized_new (FALSE, TRUE, sizeof (int), n_columns);
  g_array_set_size (self->widths, n_columns);
}

static guint
get_group_size (RnlTableRows *self)
{
  return self->widths->len * MAX (1, MAX_CELLS / self->widths->len);
}

/**
 * rnl_table_rows_reserve:
 * @self: a table with columns
 * @n_labels: how many there may be
 *
 * Does now what has to be done for each few hundred rows of them, and takes longer the more labels
 * there are.
 */
void
rnl_table_rows_reserve (RnlTableRows *self, guint n_labels)
{
  g_return_if_fail (RNL_IS_TABLE_ROWS (self) && self->widths->len > 0);

  while (self->parts->len * MAX_GROUPS * get_group_size (self) < n_labels)
    {
      GtkWidget *part = rnl_answer_column_new ();

      gtk_widget_set_parent (part, GTK_WIDGET (self));
      g_ptr_array_add (self->parts, part);
    }
}

/* Returns: (transfer none): the group that is not full */
static GtkWidget *
get_last_group (RnlTableRows *self)
{
  guint n_groups = self->labels->len / get_group_size (self);
  GtkWidget *part, *group;

  rnl_table_rows_reserve (self, self->labels->len + 1);
  part = g_ptr_array_index (self->parts, n_groups / MAX_GROUPS);
  if (self->labels->len % get_group_size (self) > 0)
    return gtk_widget_get_last_child (part);

  group = rnl_table_group_new (self->widths);
  gtk_widget_set_direction (group, gtk_widget_get_direction (GTK_WIDGET (self)));
  gtk_widget_set_parent (group, part);

  return group;
}

/**
 * rnl_table_rows_append:
 * @self: a table with columns
 * @label: (transfer floating): the label of the cell behind the last one
 */
void
rnl_table_rows_append (RnlTableRows *self, GtkWidget *label)
{
  g_return_if_fail (RNL_IS_TABLE_ROWS (self) && self->widths->len > 0);

  gtk_widget_set_parent (label, get_last_group (self));
  g_ptr_array_add (self->labels, label);
}

/**
 * rnl_table_rows_truncate:
 * @self: a table
 * @n_labels: how many are left
 *
 * Takes the other labels away, from the end.
 */
void
rnl_table_rows_truncate (RnlTableRows *self, guint n_labels)
{
  g_return_if_fail (RNL_IS_TABLE_ROWS (self));

  while (self->labels->len > n_labels)
    {
      GtkWidget *label = g_ptr_array_steal_index (self->labels, self->labels->len - 1);
      GtkWidget *group = gtk_widget_get_parent (label);

      gtk_widget_unparent (label);
      if (gtk_widget_get_first_child (group) == NULL)
        gtk_widget_unparent (group);
    }
}

/**
 * rnl_table_rows_get_label:
 * @self: a table
 * @position: a cell
 *
 * Returns: (transfer none) (nullable): its label
 */
GtkWidget *
rnl_table_rows_get_label (RnlTableRows *self, guint position)
{
  g_return_val_if_fail (RNL_IS_TABLE_ROWS (self), NULL);

  return position < self->labels->len ? g_ptr_array_index (self->labels, position) : NULL;
}

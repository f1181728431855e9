/* rnl-table-view.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-table-view-private.h"
#include "rnl-answer-style.h"
#include "rnl-table-cell.h"

#include <glib/gi18n.h>
#include <string.h>

/* A single update makes at most so many cells; the owner comes back for the rest. */
#define MAX_CELLS 24

/* So many rows are laid out; the rest waits behind a button. */
#define MAX_ROWS 40

/**
 * RnlTableView:
 *
 * Shows a table that scrolls sideways when it is wider than the answer. Only cells that differ are
 * touched when the table grows.
 */
struct _RnlTableView
{
  GtkWidget parent_instance;

  /* owned */
  RnlBlock *block;
  GPtrArray *shown; /* the cell in each label, of RnlBlock */

  /* children */
  GtkWidget *row;
  GtkWidget *scroller;
  RnlTableRows *rows;
  GtkWidget *more; /* `NULL` while all rows are shown */

  gboolean whole; /* all rows are wanted */
  guint fill;     /* a tick, while they come */

  RnlTextMarks marks;
};

enum
{
  LINK_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlTableView,
                               rnl_table_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_SELECTABLE,
                                                      rnl_table_view_init_selectable))

static void
rnl_table_view_dispose (GObject *object)
{
  RnlTableView *self = RNL_TABLE_VIEW (object);

  if (self->fill > 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->fill);
  self->fill = 0;
  g_clear_pointer (&self->row, gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  g_clear_object (&self->block);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  rnl_text_marks_clear (&self->marks);

  G_OBJECT_CLASS (rnl_table_view_parent_class)->dispose (object);
}

/* How many cells there are to show. */
static guint
get_limit (RnlTableView *self)
{
  guint n_rows = rnl_block_get_n_rows (self->block);

  return rnl_block_get_n_columns (self->block) * (self->whole ? n_rows : MIN (n_rows, MAX_ROWS));
}

static void
update_more (RnlTableView *self)
{
  guint n_rows = rnl_block_get_n_rows (self->block);
  g_autofree char *label = NULL;

  if (self->whole || n_rows <= MAX_ROWS)
    {
      g_clear_pointer (&self->more, gtk_widget_unparent);
      return;
    }
  if (self->more == NULL)
    {
      self->more = rnl_answer_style_new_more ("table.show-all");
      gtk_widget_insert_before (self->more, GTK_WIDGET (self), NULL);
    }
  /* The header is a row of the block. */
  label = g_strdup_printf (
    g_dngettext (NULL, "Show All (%u Row)", "Show All (%u Rows)", n_rows - 1), n_rows - 1);
  gtk_button_set_label (GTK_BUTTON (self->more), label);
}

static gboolean
fill_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RnlTableView *self = RNL_TABLE_VIEW (widget);
  gboolean more = rnl_table_view_catch_up (self);

  rnl_table_view_show_marks (self);
  if (more)
    return G_SOURCE_CONTINUE;
  self->fill = 0;

  return G_SOURCE_REMOVE;
}

static void
show_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlTableView *self = RNL_TABLE_VIEW (widget);

  if (self->whole)
    return;
  self->whole = TRUE;
  update_more (self);
  self->fill = gtk_widget_add_tick_callback (widget, fill_cb, NULL, NULL);
}

static void
rnl_table_view_class_init (RnlTableViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_table_view_dispose;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "table.show-all", NULL,
                                   show_all_action);
  rnl_table_view_class_init_copy (GTK_WIDGET_CLASS (klass));
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);

  /**
   * RnlTableView::link-activated:
   * @self: the table
   * @address: an http, https or mailto address
   */
  signals[LINK_ACTIVATED] = g_signal_new ("link-activated", RNL_TYPE_TABLE_VIEW, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rnl_table_view_init (RnlTableView *self)
{
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_orientable_set_orientation (
    GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  self->rows = RNL_TABLE_ROWS (rnl_table_rows_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->rows), GTK_ALIGN_START);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->rows));
  gtk_widget_set_hexpand (self->scroller, TRUE);
  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (self->row), self->scroller);
  gtk_box_append (GTK_BOX (self->row), rnl_table_view_make_copy_button ());
  gtk_widget_set_parent (self->row, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Table"),
                                  -1);
}

static gboolean
activate_link_cb (RnlTableView *self, const char *address)
{
  g_signal_emit (self, signals[LINK_ACTIVATED], 0, address);

  return TRUE;
}

/* A table runs the way its first cell is written, whatever the way of the window. */
static void
update_direction (RnlTableView *self)
{
  GtkWidget *first = rnl_table_rows_get_label (self->rows, 0);
  gboolean rtl = pango_layout_get_direction (gtk_label_get_layout (GTK_LABEL (first)), 0)
                 == PANGO_DIRECTION_RTL;
  GtkTextDirection direction = rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR;

  gtk_widget_set_direction (GTK_WIDGET (self->rows), direction);
  gtk_widget_set_direction (first, direction);
}

static GtkWidget *
make_label (RnlTableView *self, guint row, guint column)
{
  GtkWidget *label = gtk_label_new (NULL);
  RnlAlign align = rnl_block_get_column_align (self->block, column);
  float xalign = align == RNL_ALIGN_END ? 1 : align == RNL_ALIGN_CENTER ? 0.5f : 0;

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_justify (GTK_LABEL (label), align == RNL_ALIGN_END      ? GTK_JUSTIFY_RIGHT
                                            : align == RNL_ALIGN_CENTER ? GTK_JUSTIFY_CENTER
                                                                        : GTK_JUSTIFY_LEFT);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  gtk_widget_set_direction (label, gtk_widget_get_direction (GTK_WIDGET (self->rows)));
  if (row == 0)
    gtk_widget_add_css_class (label, "head");
  g_signal_connect_swapped (label, "activate-link", G_CALLBACK (activate_link_cb), self);
  rnl_table_rows_append (self->rows, label);

  return label;
}

/**
 * rnl_table_view_catch_up:
 * @self: a table
 *
 * Shows more of its block, a bounded number of cells.
 *
 * Returns: whether there is still more to show
 */
gboolean
rnl_table_view_catch_up (RnlTableView *self)
{
  guint columns = rnl_block_get_n_columns (self->block);
  guint n_cells = get_limit (self);
  guint budget = MAX_CELLS;

  g_return_val_if_fail (RNL_IS_TABLE_VIEW (self), FALSE);

  rnl_table_rows_reserve (self->rows, n_cells);
  while (self->shown->len < n_cells && budget-- > 0)
    {
      guint i = self->shown->len;
      RnlBlock *cell = rnl_block_get_cell (self->block, i / columns, i % columns);

      rnl_table_cell_set (GTK_LABEL (make_label (self, i / columns, i % columns)), cell);
      if (i == 0)
        update_direction (self);
      g_ptr_array_add (self->shown, g_object_ref (cell));
    }

  if (self->shown->len == n_cells)
    update_more (self);

  return self->shown->len < n_cells;
}

/**
 * rnl_table_view_new:
 * @block: a table
 *
 * Returns: (transfer floating): a widget for @block, without cells until it catches up
 */
GtkWidget *
rnl_table_view_new (RnlBlock *block)
{
  RnlTableView *self = g_object_new (RNL_TYPE_TABLE_VIEW, NULL);

  self->block = g_object_ref (block);
  rnl_table_rows_reset (self->rows, rnl_block_get_n_columns (block));

  return GTK_WIDGET (self);
}

/**
 * rnl_table_view_update:
 * @self: a table
 * @block: what its block has become
 *
 * Shows @block instead; cells that are the same are not touched, new ones come as it catches up.
 */
void
rnl_table_view_update (RnlTableView *self, RnlBlock *block)
{
  guint columns = rnl_block_get_n_columns (block);
  guint n_cells = columns * rnl_block_get_n_rows (block);

  g_return_if_fail (RNL_IS_TABLE_VIEW (self));

  if (columns != rnl_block_get_n_columns (self->block))
    {
      g_ptr_array_set_size (self->shown, 0);
      rnl_table_rows_reset (self->rows, columns);
    }
  g_set_object (&self->block, block);
  if (self->shown->len > n_cells)
    {
      g_ptr_array_set_size (self->shown, (gint) n_cells);
      rnl_table_rows_truncate (self->rows, n_cells);
    }
  for (guint i = 0; i < self->shown->len; i++)
    {
      RnlBlock *cell = rnl_block_get_cell (block, i / columns, i % columns);

      if (rnl_block_equal (cell, g_ptr_array_index (self->shown, i)))
        continue;
      rnl_table_cell_set (GTK_LABEL (rnl_table_rows_get_label (self->rows, i)), cell);
      g_object_unref (g_ptr_array_index (self->shown, i));
      g_ptr_array_index (self->shown, i) = g_object_ref (cell);
    }
}

RnlBlock *
rnl_table_view_get_block (RnlTableView *self)
{
  return self->block;
}

RnlTableRows *
rnl_table_view_get_rows (RnlTableView *self)
{
  return self->rows;
}

RnlTextMarks *
rnl_table_view_get_marks (RnlTableView *self)
{
  return &self->marks;
}

GtkAdjustment *
rnl_table_view_get_hadjustment (RnlTableView *self)
{
  return gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));
}

/**
 * rnl_table_view_dup_text:
 * @self: a table
 *
 * Returns: (transfer full): the cells that are shown, with tabs and line ends between them
 */
char *
rnl_table_view_dup_text (RnlTableView *self)
{
  GString *text = g_string_new (NULL);
  guint columns = rnl_block_get_n_columns (self->block);

  g_return_val_if_fail (RNL_IS_TABLE_VIEW (self), NULL);

  for (guint i = 0; i < self->shown->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, i % columns == 0 ? '\n' : '\t');
      g_string_append (text, rnl_block_get_text (g_ptr_array_index (self->shown, i)));
    }

  return g_string_free (text, FALSE);
}

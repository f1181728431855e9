/* test-table.c: the rows of a table share their columns, and none costs more for those before it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-markdown-stream.h"
#include "rnl-table-group.h"
#include "rnl-table-view-private.h"
#include "rnl-test-loop.h"
#include "rnl-test.h"

#include <adwaita.h>
#include <string.h>

#define N_COLUMNS 3

typedef struct
{
  GtkWidget *window;
  GtkWidget *scroller;
  RnlTableView *table;
  guint n_frames;
} Fixture;

static RnlBlock *
parse (const char *markdown)
{
  g_autoptr (RnlMarkdownStream) stream = rnl_markdown_stream_new ();

  rnl_markdown_stream_feed (stream, markdown, -1);
  rnl_markdown_stream_end (stream);

  return g_object_ref (rnl_markdown_stream_get_block (stream, 0));
}

static char *
dup_table (guint n_rows)
{
  GString *text = g_string_new ("| a | b | c |\n|---|--:|---|\n");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "| row %u | %u | **c** |\n", i % 10, i % 7);

  return g_string_free (text, FALSE);
}

static void
after_paint_cb (GdkFrameClock *clock, Fixture *fixture)
{
  fixture->n_frames++;
}

static void
wait_frames (Fixture *fixture)
{
  guint before = fixture->n_frames;

  while (fixture->n_frames < before + 3)
    {
      gdk_frame_clock_request_phase (gtk_widget_get_frame_clock (fixture->window),
                                     GDK_FRAME_CLOCK_PHASE_PAINT);
      g_main_context_iteration (NULL, TRUE);
    }
}

/* All that comes without a click. */
static void
catch_up (Fixture *fixture)
{
  while (rnl_table_view_catch_up (fixture->table))
    ;
  wait_frames (fixture);
}

static void
open_table (Fixture *fixture, const char *markdown)
{
  g_autoptr (RnlBlock) block = parse (markdown);

  fixture->window = gtk_window_new ();
  fixture->scroller = gtk_scrolled_window_new ();
  fixture->table = RNL_TABLE_VIEW (rnl_table_view_new (block));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (fixture->scroller),
                                 GTK_WIDGET (fixture->table));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 300);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->scroller);
  gtk_window_present (GTK_WINDOW (fixture->window));
  rnl_test_wait_for (gtk_widget_get_mapped, fixture->table);
  g_signal_connect (gtk_widget_get_frame_clock (fixture->window), "after-paint",
                    G_CALLBACK (after_paint_cb), fixture);
  catch_up (fixture);
}

static void
close_table (Fixture *fixture)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (fixture->window), fixture);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static void
update (Fixture *fixture, const char *markdown)
{
  g_autoptr (RnlBlock) block = parse (markdown);

  rnl_table_view_update (fixture->table, block);
  catch_up (fixture);
}

static GtkWidget *
get_label (Fixture *fixture, guint position)
{
  return rnl_table_rows_get_label (rnl_table_view_get_rows (fixture->table), position);
}

static gboolean
has_rows (Fixture *fixture, guint n_rows)
{
  return get_label (fixture, N_COLUMNS * n_rows - 1) != NULL;
}

static void
unfold (Fixture *fixture, guint n_rows)
{
  while (!has_rows (fixture, n_rows))
    g_main_context_iteration (NULL, TRUE);
}

/* {{{ Columns */

static graphene_rect_t
get_bounds (Fixture *fixture, guint position)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (
    get_label (fixture, position), GTK_WIDGET (rnl_table_view_get_rows (fixture->table)), &bounds));

  return bounds;
}

/* Columns are as wide as their widest label and stand beside each other, rows are as high as their
 * highest label and stand below each other. */
static void
check_grid (Fixture *fixture, guint n_columns)
{
  g_autofree float *widths = g_new0 (float, n_columns);
  graphene_rect_t above = { 0 };
  int natural;
  guint n;

  for (n = 0; get_label (fixture, n) != NULL; n++)
    {
      gtk_widget_measure (get_label (fixture, n), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural,
                          NULL, NULL);
      widths[n % n_columns] = MAX (widths[n % n_columns], (float) natural);
    }
  g_assert_cmpuint (n % n_columns, ==, 0);
  for (guint i = 0; i < n; i++)
    {
      graphene_rect_t bounds = get_bounds (fixture, i);
      guint column = i % n_columns;
      float x = 0;

      for (guint k = 0; k < column; k++)
        x += widths[k];
      g_assert_cmpfloat (bounds.size.width, ==, widths[column]);
      g_assert_cmpfloat (bounds.origin.x, ==, x);
      gtk_widget_measure (get_label (fixture, i), GTK_ORIENTATION_VERTICAL, -1, NULL, &natural,
                          NULL, NULL);
      g_assert_cmpfloat (bounds.size.height, >=, (float) natural);
      if (column > 0)
        {
          g_assert_cmpfloat (bounds.origin.y, ==, above.origin.y);
          g_assert_cmpfloat (bounds.size.height, ==, above.size.height);
        }
      else
        g_assert_cmpfloat (bounds.origin.y, ==, above.origin.y + above.size.height);
      above = bounds;
    }
}

/* Wherever a cell becomes wider or narrower, comes or goes. */
static void
test_columns (void)
{
  g_autofree char *text = dup_table (35), *longer = NULL, *shorter = NULL, *wide = NULL;
  Fixture fixture = { 0 };
  float before;

  open_table (&fixture, text);
  g_assert_nonnull (get_label (&fixture, 36 * N_COLUMNS - 1));
  check_grid (&fixture, N_COLUMNS);
  before = get_bounds (&fixture, 1).origin.x;

  longer = g_strconcat (text, "| a cell that is wider than the others | 1 | x |\n", NULL);
  update (&fixture, longer);
  check_grid (&fixture, N_COLUMNS);
  g_assert_cmpfloat (get_bounds (&fixture, 1).origin.x, >, before);

  shorter = g_strconcat (text, "| a | 1 | more than one line of text, broken up in two of them |\n",
                         NULL);
  update (&fixture, shorter);
  check_grid (&fixture, N_COLUMNS);
  g_assert_cmpfloat (get_bounds (&fixture, 1).origin.x, ==, before);

  update (&fixture, longer);
  update (&fixture, text);
  check_grid (&fixture, N_COLUMNS);
  g_assert_cmpfloat (get_bounds (&fixture, 1).origin.x, ==, before);
  g_assert_null (get_label (&fixture, 36 * N_COLUMNS));

  wide = g_strconcat ("| a | b | c | d |\n|---|---|---|---|\n", strstr (text, "| row"), NULL);
  update (&fixture, wide);
  check_grid (&fixture, 4);
  update (&fixture, text);
  check_grid (&fixture, N_COLUMNS);
  close_table (&fixture);
}

/* One column may become wider by what another one loses. */
static void
test_same_width (void)
{
  g_autoptr (GString) rows = g_string_new ("| x | b | x |\n|---|---|---|\n");
  g_autofree char *left = NULL, *right = NULL;
  Fixture fixture = { 0 };
  int width;

  for (guint i = 0; i < 30; i++)
    g_string_append (rows, "| x | 1 | x |\n");
  left = g_strconcat (rows->str, "| the wide one | 1 | x |\n", NULL);
  right = g_strconcat (rows->str, "| x | 1 | the wide one |\n", NULL);
  open_table (&fixture, left);
  check_grid (&fixture, N_COLUMNS);
  width = gtk_widget_get_width (GTK_WIDGET (rnl_table_view_get_rows (fixture.table)));
  update (&fixture, right);
  check_grid (&fixture, N_COLUMNS);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (rnl_table_view_get_rows (fixture.table))), ==,
                   width);
  close_table (&fixture);
}

/* }}} */

/* {{{ What it costs */

static guint n_measured; /* labels, in groups that were measured anew */
static void (*measure_group) (GtkWidget *, GtkOrientation, int, int *, int *, int *, int *);

static guint
count_children (GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;

  return n;
}

static void
measure_cb (GtkWidget *group,
            GtkOrientation orientation,
            int for_size,
            int *minimum,
            int *natural,
            int *minimum_baseline,
            int *natural_baseline)
{
  n_measured += count_children (group);
  measure_group (group, orientation, for_size, minimum, natural, minimum_baseline,
                 natural_baseline);
}

/* Rows at the end of a long table measure as many labels as those at the end of a short one. */
static void
test_growth (void)
{
  g_autoptr (GTypeClass) group_class = g_type_class_ref (RNL_TYPE_TABLE_GROUP);
  guint n_rows = rnl_test_get_slowdown () > 1 ? 400 : 800;
  g_autofree char *text = dup_table (n_rows);
  Fixture fixture = { 0 };
  guint first, last, n_columns;
  GtkWidget *rows;

  open_table (&fixture, text);
  g_assert_false (has_rows (&fixture, 41));
  rows = GTK_WIDGET (rnl_table_view_get_rows (fixture.table));
  measure_group = GTK_WIDGET_CLASS (group_class)->measure;
  GTK_WIDGET_CLASS (group_class)->measure = measure_cb;
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.table), "table.show-all", NULL));
  unfold (&fixture, 80);
  n_columns = count_children (rows);
  n_measured = 0;
  unfold (&fixture, 180);
  first = n_measured;
  unfold (&fixture, n_rows - 120);
  n_measured = 0;
  unfold (&fixture, n_rows - 20);
  last = n_measured;
  unfold (&fixture, n_rows + 1);
  GTK_WIDGET_CLASS (group_class)->measure = measure_group;
  g_test_message ("100 rows measure %u labels at first and %u at the end", first, last);
  g_assert_cmpuint (first, >=, 100 * N_COLUMNS);
  g_assert_cmpuint (last, <=, first * 3 / 2);

  /* Whatever comes beside all of the rows has GTK look at the style of each. */
  g_assert_cmpuint (count_children (rows), ==, n_columns);
  close_table (&fixture);
}

/* }}} */

/* {{{ What is painted */

static guint
count_texts (GskRenderNode *node)
{
  GskRenderNodeType type = gsk_render_node_get_node_type (node);
  guint n = type == GSK_TEXT_NODE ? 1 : 0;

  if (type == GSK_TRANSFORM_NODE)
    return count_texts (gsk_transform_node_get_child (node));
  if (type == GSK_CLIP_NODE)
    return count_texts (gsk_clip_node_get_child (node));
  for (guint i = 0; type == GSK_CONTAINER_NODE && i < gsk_container_node_get_n_children (node); i++)
    n += count_texts (gsk_container_node_get_child (node, i));

  return n;
}

static guint
count_painted (Fixture *fixture)
{
  GtkWidget *rows = GTK_WIDGET (rnl_table_view_get_rows (fixture->table));
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  wait_frames (fixture);
  paintable = gtk_widget_paintable_new (rows);
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (rows),
                          gtk_widget_get_height (rows));
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);

  return count_texts (node);
}

/* Only the rows in the visible part, wherever that is; all of their cells, for they may be scrolled
 * to the side without being painted anew. */
static void
test_painted (void)
{
  g_autofree char *tall = dup_table (35);
  Fixture fixture = { 0 };
  GtkAdjustment *adjustment;
  guint at_top, at_end;

  open_table (&fixture, tall);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (fixture.scroller));
  at_top = count_painted (&fixture);
  g_assert_cmpuint (at_top, >, 5 * N_COLUMNS);
  g_assert_cmpuint (at_top, <, 24 * N_COLUMNS);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  at_end = count_painted (&fixture);
  g_assert_cmpuint (at_end, >, 5 * N_COLUMNS);
  g_assert_cmpuint (at_end, <, 24 * N_COLUMNS);
  close_table (&fixture);

  open_table (&fixture,
              "| one column that is wide | and another one | and a third that is seen not "
              "at all | and more |\n|---|---|---|---|\n| 1 | 2 | 3 | 4 |\n");
  g_assert_cmpfloat (get_bounds (&fixture, 3).origin.x, >, 400);
  g_assert_cmpuint (count_painted (&fixture), ==, 8);
  close_table (&fixture);
}

/* }}} */

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();

  g_test_add_func ("/table/columns", test_columns);
  g_test_add_func ("/table/growth", test_growth);
  g_test_add_func ("/table/painted", test_painted);
  g_test_add_func ("/table/same-width", test_same_width);

  return g_test_run ();
}

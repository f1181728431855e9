/* test-answer-formulas.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "answer-fixture.h"
#include "rnl-math-inline.h"
#include "rnl-math-layout.h"
#include "rnl-selectable.h"
#include "rnl-table-cell.h"
#include "rnl-table-view-private.h"
#include "rnl-text-segment.h"

#include <adwaita.h>
#include <string.h>

/* {{{ In an answer */

static gboolean
is_allocated (gpointer widget)
{
  return gtk_widget_get_width (widget) > 100;
}

/* What is simple in a formula is text; the text of the block is its source all the same. */
static void
test_inline (AnswerFixture *fixture, gconstpointer data)
{
  RnlSelectable *segment;
  g_autofree char *text = NULL;
  RnlBlockPoint place = { 0, 9 };
  graphene_rect_t before, behind;

  rnl_answer_view_set_text (fixture->view, "a $x^2 + 1$ b $\\frac{1}{2}$ c\n\n$$\n\\alpha\n$$\n");
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  answer_fixture_assert_text (fixture->view, "a x²\u00a0+ 1 b  c\nα");
  segment = RNL_SELECTABLE (gtk_widget_get_first_child (GTK_WIDGET (fixture->view)));
  text = rnl_selectable_dup_text (segment, 0);
  g_assert_cmpstr (text, ==, "a x^2 + 1 b \\frac{1}{2} c");

  rnl_test_wait_for (is_allocated, segment);
  /* On both sides of the space behind the first formula. */
  g_assert_true (rnl_selectable_locate (segment, &place, &before));
  place.offset = 10;
  g_assert_true (rnl_selectable_locate (segment, &place, &behind));
  g_assert_cmpfloat (before.origin.x, <, behind.origin.x);
  g_assert_true (rnl_selectable_hit (segment, behind.origin.x + 1,
                                     behind.origin.y + behind.size.height / 2, &place));
  g_assert_cmpuint (place.offset, ==, 10);

  /* A place in the source is not a place on the screen: it is that of the formula. */
  place.offset = 14;
  g_assert_true (rnl_selectable_locate (segment, &place, &before));
  place.offset = 12;
  g_assert_true (rnl_selectable_locate (segment, &place, &behind));
  g_assert_cmpfloat (before.origin.x, ==, behind.origin.x);
}

/* Formulas that come letter by letter end up the same, and none is seen half. */
static void
test_streamed (AnswerFixture *fixture, gconstpointer data)
{
  static const char markdown[]
    = "Let $a_1$ be $\\sqrt{x}$ and $b = 2$ too.\n\n$$\n\\frac{a}{b}\n$$\n\nEnd $x$.\n";

  for (gsize i = 0; i < strlen (markdown); i++)
    {
      g_autofree char *text = NULL;

      rnl_answer_view_append (fixture->view, markdown + i, 1);
      rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
      text = rnl_answer_view_dup_text (fixture->view);
      g_assert_null (strchr (text, '$'));
    }
  rnl_answer_view_set_complete (fixture->view, TRUE);
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  answer_fixture_assert_text (fixture->view, "Let a₁ be  and b\u00a0= 2 too.\na/b\nEnd x.");
}

static void
test_footnotes (AnswerFixture *fixture, gconstpointer data)
{
  RnlTextSegment *segment;

  rnl_answer_view_set_text (fixture->view, "Text[^a].\n\n[^a]: Note\n");
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  answer_fixture_assert_text (fixture->view, "Text1.\n1↩\tNote");
  segment = RNL_TEXT_SEGMENT (gtk_widget_get_first_child (GTK_WIDGET (fixture->view)));
  g_assert_cmpuint (rnl_text_segment_get_n_links (segment), ==, 2);
  g_assert_cmpstr (rnl_text_segment_get_link_address (segment, 0), ==, "#note-1");
  g_assert_cmpstr (rnl_text_segment_get_link_address (segment, 1), ==, "#note-reference-1");

  /* Followed inside, never by another program: that would be a warning, and fatal here. */
  g_signal_emit_by_name (segment, "link-activated", "#note-1");
  g_assert_true (gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (segment)))
                 == GTK_WIDGET (segment));
}

/* A cell has the source of a formula, and room for what is drawn in its place. */
static void
test_table_cells (AnswerFixture *fixture, gconstpointer data)
{
  GtkWidget *table, *second, *third;
  RnlTableRows *rows;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  RnlBlockRange found = { { 0, 0 }, { 0, 1 } };
  graphene_rect_t drawn, before, behind;
  RnlBlockPoint place = { 0, 4 };

  rnl_answer_view_set_text (fixture->view, "| a | b |\n|---|---|\n| x $\\frac{abc}{abc + 1}$ y | "
                                           "note[^n] |\n\nText[^m].\n\n[^n]: One.\n[^m]: Two.\n");
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  table = gtk_widget_get_first_child (GTK_WIDGET (fixture->view));
  rnl_test_wait_for (is_allocated, table);
  rows = rnl_table_view_get_rows (RNL_TABLE_VIEW (table));
  second = rnl_table_rows_get_label (rows, 2);
  third = rnl_table_rows_get_label (rows, 3);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (second)), ==, "x \\frac{abc}{abc + 1} y");
  rnl_table_cell_snapshot (GTK_LABEL (second), snapshot);
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);
  gsk_render_node_get_bounds (node, &drawn);

  /* The words on both sides of it stand on both sides of what is drawn. */
  place.offset = 4 + 1;
  g_assert_true (rnl_selectable_locate (RNL_SELECTABLE (table), &place, &before));
  place.offset = 4 + 22;
  g_assert_true (rnl_selectable_locate (RNL_SELECTABLE (table), &place, &behind));
  g_assert_cmpfloat (behind.origin.x - before.origin.x, >, drawn.size.width);
  g_assert_cmpfloat (behind.origin.x - before.origin.x, <, drawn.size.width + 24);
  g_assert_cmpint (gtk_widget_get_height (second), >=, (int) drawn.size.height);

  /* What is found comes and goes, and leaves the room. */
  found.from.offset = 4;
  found.to.offset = 5;
  rnl_selectable_mark (RNL_SELECTABLE (table), &found, 1, 0);
  rnl_selectable_mark (RNL_SELECTABLE (table), NULL, 0, -1);
  g_assert_nonnull (gtk_label_get_attributes (GTK_LABEL (second)));
  g_assert_null (gtk_label_get_attributes (GTK_LABEL (third)));

  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (third)), "<a href=\"#note-1\"><sup>1"));
  g_signal_emit_by_name (table, "link-activated", "#note-reference-1");
}

/* All of a table is copied, also where a cell has formatting. */
static void
test_table_copy (AnswerFixture *fixture, gconstpointer data)
{
  GtkWidget *table;
  g_autofree char *tsv = NULL;

  rnl_answer_view_set_text (fixture->view, "| a | b |\n|---|--:|\n| **1** | `2` |\n| 3 | |\n");
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  table = gtk_widget_get_first_child (GTK_WIDGET (fixture->view));
  tsv = rnl_table_view_dup_tsv (RNL_TABLE_VIEW (table));
  g_assert_cmpstr (tsv, ==, "a\tb\n1\t2\n3\t\n");
  g_assert_true (gtk_widget_activate_action (table, "table.copy-tsv", NULL));
  g_assert_true (gtk_widget_activate_action (table, "table.copy-markdown", NULL));
}

/* }}} */

/* {{{ Boxes */

static RnlMathBox *
lay_out (const char *source)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (RnlTexNode) formula = rnl_tex_parse (source, -1);
  RnlMathBox *box = rnl_math_layout (formula, context, 20, TRUE);

  g_object_unref (context);

  return box;
}

static void
check_box (const RnlMathBox *box)
{
  g_assert_cmpfloat (box->width, >=, 0);
  g_assert_cmpfloat (box->width, <, 1e5);
  g_assert_cmpfloat (box->ascent + box->descent, >=, 0);
  g_assert_cmpfloat (box->ascent + box->descent, <, 1e5);
}

static void
assert_higher (const char *a, const char *b)
{
  g_autoptr (RnlMathBox) box_a = lay_out (a);
  g_autoptr (RnlMathBox) box_b = lay_out (b);

  check_box (box_a);
  check_box (box_b);
  g_assert_cmpfloat (box_a->ascent + box_a->descent, >, box_b->ascent + box_b->descent);
}

static void
assert_wider (const char *a, const char *b)
{
  g_autoptr (RnlMathBox) box_a = lay_out (a);
  g_autoptr (RnlMathBox) box_b = lay_out (b);

  g_assert_cmpfloat (box_a->width, >, box_b->width);
}

static void
test_boxes (void)
{
  assert_higher ("\\frac{a}{b}", "a");
  assert_higher ("x^2", "x");
  assert_higher ("x_i^2", "x^2");
  assert_higher ("\\sum_{i=1}^n", "\\sum");
  assert_higher ("\\sqrt{\\frac ab}", "\\frac ab");
  assert_higher ("\\hat x", "x");
  assert_higher ("\\begin{matrix}a\\\\b\\\\c\\end{matrix}", "\\begin{matrix}a\\\\b\\end{matrix}");
  assert_higher ("\\Bigg(", "(");
  assert_higher ("\\left(\\frac ab\\right)", "(");
  assert_higher ("\\underbrace{x}_{n}", "x");
  assert_wider ("a+b", "ab");
  assert_wider ("a=b", "a+b");
  assert_wider ("a\\quad b", "a\\;b");
  assert_wider ("\\sqrt x", "x");
  assert_wider ("\\begin{pmatrix}a&b\\end{pmatrix}", "\\begin{matrix}a&b\\end{matrix}");
  assert_wider ("\\overset{longer}{=}", "=");
}

/* What is below the axis is as high as what is above. */
static void
test_axis (void)
{
  g_autoptr (RnlMathBox) minus = lay_out ("-");
  g_autoptr (RnlMathBox) matrix = lay_out ("\\begin{matrix}1\\\\1\\\\1\\\\1\\\\1\\end{matrix}");
  double axis = (minus->ascent - minus->descent) / 2;

  g_assert_cmpfloat_with_epsilon ((matrix->ascent - matrix->descent) / 2, axis, 3);
}

static void
test_hostile (void)
{
  static const char *const parts[] = {
    "{", "\\sqrt{", "\\frac{",        "\\left(",       "x^{",     "\\hat{",    "\\begin{matrix}a&",
    "&", "\\\\",    "\\hspace{-3em}", "\\underbrace{", "\\Bigg(", "\\overset{"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GString) source = g_string_new (NULL);
      g_autoptr (RnlMathBox) box = NULL;

      while (source->len < 4000)
        g_string_append (source, parts[i]);
      box = lay_out (source->str);
      check_box (box);
    }
}

/* }}} */

static char *
describe_pieces (const char *source)
{
  g_autoptr (GArray) pieces = rnl_math_split (rnl_tex_parse (source, -1));
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const RnlMathPiece *piece = &g_array_index (pieces, RnlMathPiece, i);

      g_string_append_printf (out, "[%s]", piece->text != NULL ? piece->text : "*");
    }

  return g_string_free (out, FALSE);
}

static void
test_pieces (void)
{
  static const char *const pairs[][2] = {
    { "x", "[x]" },
    { "x^2", "[x][²]" },
    { "a=b", "[a\u00a0][= ][b]" },
    { "-1", "[−1]" },
    { "f(x)", "[f][(][x][)]" },
    { "x_{ij}", "[*]" },
    { "a + \\frac12 + b", "[a\u00a0][+ ][*][\u00a0+ ][b]" },
    { "\\sum_i a", "[*][a]" },
    { "\\left(a\\right)", "[(][a][)]" },
    { "\\left(\\frac12\\right)", "[*]" },
    { "a \\\\ b", "[*]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *pieces = describe_pieces (pairs[i][0]);

      g_assert_cmpstr (pieces, ==, pairs[i][1]);
    }
}

#define ADD(name, test)                                                                            \
  g_test_add (name, AnswerFixture, NULL, answer_fixture_set_up, test, answer_fixture_tear_down)

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

  g_test_add_func ("/formulas/axis", test_axis);
  g_test_add_func ("/formulas/boxes", test_boxes);
  ADD ("/formulas/footnotes", test_footnotes);
  g_test_add_func ("/formulas/hostile", test_hostile);
  ADD ("/formulas/inline", test_inline);
  g_test_add_func ("/formulas/pieces", test_pieces);
  ADD ("/formulas/streamed", test_streamed);
  ADD ("/formulas/table-cells", test_table_cells);
  ADD ("/formulas/table-copy", test_table_copy);

  return g_test_run ();
}

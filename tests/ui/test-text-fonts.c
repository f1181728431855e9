/* test-text-fonts.c: what a text with characters of many fonts, or of none, costs
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-answer-view.h"
#include "rnl-box-glyphs.h"
#include "rnl-test.h"
#include "rnl-text-fonts.h"

#include <adwaita.h>
#include <string.h>

#define SCALE 1

/* {{{ Fonts */

static guint
load_all (GtkWidget *widget, const char *text)
{
  guint n = 0;

  while (rnl_text_fonts_load (widget, text, strlen (text)))
    {
      n++;
      g_assert_cmpuint (n, <, 100);
    }

  return n;
}

/* One font a call, and each of them once. */
static void
test_one_each (void)
{
  static const struct
  {
    const char *text;
    guint n; /* that the texts before it had not */
  } cases[] = {
    { "nothing but words, `code` and **more**", 3 },
    { "the same `again`\n\n# But for a heading\n\nand *one*", 2 },
    { "привет", 1 },
    { "шалом, окно and привет", 0 },
    { "שלום παράδειγμα привет", 2 },
    { "**окно** окно", 1 },
    { "`окно` **окно** # окно", 1 },
    { "# окно\n", 1 },
    { "🙂 👍 🙂", 2 },
    { "👍 🙂 שלום", 0 },
    { "→ ⇒ ←", 1 },
    { "", 0 },
  };
  GtkWidget *widget = g_object_ref_sink (rnl_answer_view_new ());

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (load_all (widget, cases[i].text), ==, cases[i].n);
    }
  g_assert_finalize_object (widget);
}

/* Wherever a text is cut. */
static void
test_any_piece (void)
{
  static const char text[] = "a «流» and 👩‍💻\xff\xc3 नमस्ते";
  GtkWidget *widget = g_object_ref_sink (rnl_answer_view_new ());

  for (gsize start = 0; start < strlen (text); start++)
    for (gsize end = start; end <= strlen (text); end++)
      {
        g_autofree char *piece = g_memdup2 (text + start, MAX (end - start, 1));
        guint n = 0;

        while (rnl_text_fonts_load (widget, piece, end - start))
          g_assert_cmpuint (n++, <, 100);
      }
  g_assert_finalize_object (widget);
}

/* }}} */

/* {{{ Boxes */

typedef struct
{
  guint n_boxes;  /* that Pango would draw */
  guint n_glyphs; /* of a font */
  guint n_pictures;
  GHashTable *textures; /* owned; of GdkTexture, borrowed */
} Count;

static void
count_glyphs (GskRenderNode *node, Count *count)
{
  const PangoGlyphInfo *glyphs = gsk_text_node_get_glyphs (node, NULL);

  for (guint i = 0; i < gsk_text_node_get_num_glyphs (node); i++)
    if (glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG)
      count->n_boxes++;
    else
      count->n_glyphs++;
}

static void
count_node (GskRenderNode *node, Count *count)
{
  switch ((guint) gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        count_node (gsk_container_node_get_child (node, i), count);
      break;
    case GSK_TRANSFORM_NODE:
      count_node (gsk_transform_node_get_child (node), count);
      break;
    case GSK_CLIP_NODE:
      count_node (gsk_clip_node_get_child (node), count);
      break;
    case GSK_TEXT_NODE:
      count_glyphs (node, count);
      break;
    case GSK_TEXTURE_NODE:
      count->n_pictures++;
      g_hash_table_add (count->textures, gsk_texture_node_get_texture (node));
      break;
    default:
      break;
    }
}

static GskRenderNode *
make_text (const char *text)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  pango_layout_set_text (layout, text, -1);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, 400, 100));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (10, 20));
  gtk_snapshot_append_layout (snapshot, layout, &(GdkRGBA){ 0, 0, 0, 1 });
  gtk_snapshot_pop (snapshot);
  g_object_unref (context);

  return gtk_snapshot_free_to_node (snapshot);
}

/* Without it nothing is replaced. */
static gboolean
skips_without_colour (GskRenderNode *node)
{
  GskRenderNode *inside = node;

  for (GskRenderNodeType type; (type = gsk_render_node_get_node_type (inside)) != GSK_TEXT_NODE;)
    if (type == GSK_CONTAINER_NODE)
      inside = gsk_container_node_get_child (inside, 0);
    else if (type == GSK_TRANSFORM_NODE)
      inside = gsk_transform_node_get_child (inside);
    else
      inside = gsk_clip_node_get_child (inside);
  if (gdk_rgba_equal (gsk_text_node_get_color (inside), &(GdkRGBA){ 0, 0, 0, 1 }))
    return FALSE;

  g_test_skip ("this GTK does not tell the colour of text");

  return TRUE;
}

static GskRenderNode *
replace_boxes (GskRenderNode *node)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  rnl_box_glyphs_append (snapshot, node, SCALE);

  return gtk_snapshot_free_to_node (snapshot);
}

/* U+10FFFF is in no font. */
static void
test_boxes (void)
{
  g_autoptr (GskRenderNode) before = make_text ("a\U0010ffff\U0010fffeb\U0010ffff");
  g_autoptr (GskRenderNode) after = replace_boxes (before);
  g_autoptr (GHashTable) textures = g_hash_table_new (NULL, NULL);
  Count had = { .textures = textures }, has = { .textures = textures };

  if (skips_without_colour (before))
    return;
  count_node (before, &had);
  g_assert_cmpuint (had.n_boxes, ==, 3);
  g_assert_cmpuint (had.n_pictures, ==, 0);
  count_node (after, &has);
  g_assert_cmpuint (has.n_boxes, ==, 0);
  g_assert_cmpuint (has.n_glyphs, ==, had.n_glyphs);
  g_assert_cmpuint (has.n_pictures, ==, 3);
  g_assert_cmpuint (g_hash_table_size (textures), ==, 2);
}

static void
test_no_boxes (void)
{
  g_autoptr (GskRenderNode) before = make_text ("as it is");
  g_autoptr (GskRenderNode) after = replace_boxes (before);
  g_autoptr (GHashTable) textures = g_hash_table_new (NULL, NULL);
  Count has = { .textures = textures };

  count_node (after, &has);
  g_assert_cmpuint (has.n_glyphs, ==, strlen ("as it is"));
  g_assert_cmpuint (has.n_pictures, ==, 0);
}

/* How dark each pixel is. */
static guchar *
draw (GskRenderNode *node, gsize *length)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 200, 60);
  cairo_t *cr = cairo_create (surface);
  guchar *pixels;

  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  *length = (gsize) cairo_image_surface_get_stride (surface) * 60;
  pixels = g_memdup2 (cairo_image_surface_get_data (surface), *length);
  cairo_surface_destroy (surface);

  return pixels;
}

/* They look as Pango has them. */
static void
test_look (void)
{
  g_autoptr (GskRenderNode) before = make_text ("a\U0010ffff\U0010fffe b \U000f1234");
  g_autoptr (GskRenderNode) after = replace_boxes (before);
  g_autofree guchar *had = NULL;
  g_autofree guchar *has = NULL;
  guint64 ink = 0, difference = 0;
  gsize length;

  had = draw (before, &length);
  has = draw (after, &length);
  for (gsize i = 0; i < length; i++)
    {
      ink += had[i];
      difference += (guint) ABS ((int) had[i] - (int) has[i]);
    }
  g_assert_cmpuint (ink, >, 0);
  g_assert_cmpuint (difference, <=, ink / 4);
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

  g_test_add_func ("/text-fonts/one-each", test_one_each);
  g_test_add_func ("/text-fonts/any-piece", test_any_piece);
  g_test_add_func ("/text-fonts/boxes/pictures", test_boxes);
  g_test_add_func ("/text-fonts/boxes/none", test_no_boxes);
  g_test_add_func ("/text-fonts/boxes/look", test_look);

  return g_test_run ();
}

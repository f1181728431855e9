/* rnl-box-glyphs.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-box-glyphs.h"

#include <math.h>
#include <string.h>

/* So many pictures are kept; then they are drawn anew. A page has some 500 boxes. */
#define MAX_PICTURES 1024

/* The picture of one box. */
typedef struct
{
  PangoFont *font; /* owned */
  PangoGlyph glyph;
  PangoGlyphUnit width;
  GdkRGBA colour;
  int scale; /* device pixels in a pixel */

  GdkTexture *texture;   /* owned */
  graphene_rect_t place; /* around the origin of the glyph, in pixels */
} Picture;

static GHashTable *pictures; /* of Picture, which is its own key */

static guint
picture_hash (gconstpointer data)
{
  const Picture *picture = data;

  return g_direct_hash (picture->font) ^ picture->glyph;
}

static gboolean
picture_equal (gconstpointer a, gconstpointer b)
{
  const Picture *one = a, *other = b;

  return one->font == other->font && one->glyph == other->glyph && one->width == other->width
         && one->scale == other->scale && gdk_rgba_equal (&one->colour, &other->colour);
}

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  g_object_unref (picture->font);
  g_clear_object (&picture->texture);
  g_free (picture);
}

/* {{{ Drawing one */

/* Where the picture is, in whole pixels. */
static void
measure (Picture *picture)
{
  PangoRectangle ink;

  pango_font_get_glyph_extents (picture->font, picture->glyph, &ink, NULL);
  pango_extents_to_pixels (&ink, NULL);
  graphene_rect_init (&picture->place, -1, (float) ink.y - 1,
                      (float) PANGO_PIXELS_CEIL (picture->width) + 2, (float) ink.height + 2);
}

static void
draw (const Picture *picture, cairo_surface_t *surface)
{
  PangoGlyphString *glyphs = pango_glyph_string_new ();
  cairo_t *cr = cairo_create (surface);

  pango_glyph_string_set_size (glyphs, 1);
  glyphs->glyphs[0] = (PangoGlyphInfo){ picture->glyph, { .width = picture->width } };
  gdk_cairo_set_source_rgba (cr, &picture->colour);
  cairo_move_to (cr, -picture->place.origin.x, -picture->place.origin.y);
  pango_cairo_show_glyph_string (cr, picture->font, glyphs);
  cairo_destroy (cr);
  pango_glyph_string_free (glyphs);
}

static void
draw_texture (Picture *picture)
{
  int width = (int) picture->place.size.width * picture->scale;
  int height = (int) picture->place.size.height * picture->scale;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_set_device_scale (surface, picture->scale, picture->scale);
  draw (picture, surface);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       (gsize) cairo_image_surface_get_stride (surface) * (gsize) height);
  picture->texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes,
                                             (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_destroy (surface);
}

/* }}} */

/* Returns: (transfer none) */
static const Picture *
get_picture (GskRenderNode *node, const PangoGlyphInfo *glyph, int scale)
{
  Picture key = { .font = gsk_text_node_get_font (node),
                  .glyph = glyph->glyph,
                  .width = glyph->geometry.width,
                  .colour = *gsk_text_node_get_color (node),
                  .scale = scale };
  Picture *picture;

  if (pictures == NULL)
    pictures = g_hash_table_new_full (picture_hash, picture_equal, picture_free, NULL);
  picture = g_hash_table_lookup (pictures, &key);
  if (picture != NULL)
    return picture;

  if (g_hash_table_size (pictures) >= MAX_PICTURES)
    g_hash_table_remove_all (pictures);
  picture = g_memdup2 (&key, sizeof key);
  g_object_ref (picture->font);
  measure (picture);
  draw_texture (picture);
  g_hash_table_add (pictures, picture);

  return picture;
}

static gboolean
is_box (const PangoGlyphInfo *glyph)
{
  return (glyph->glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0 && glyph->glyph != PANGO_GLYPH_EMPTY;
}

static gboolean
has_boxes (GskRenderNode *node)
{
  const PangoGlyphInfo *glyphs = gsk_text_node_get_glyphs (node, NULL);

  for (guint i = 0; i < gsk_text_node_get_num_glyphs (node); i++)
    if (is_box (&glyphs[i]))
      return TRUE;

  return FALSE;
}

/* GTK 4.18 says the address of something else for the colour of a node. */
static gboolean
tells_colour (GskRenderNode *node)
{
  static int tells = -1;
  const GdkRGBA colour = { 1, 0.5, 0.25, 1 };
  PangoGlyphString *string;
  g_autoptr (GskRenderNode) part = NULL;

  if (tells >= 0)
    return tells;

  string = pango_glyph_string_new ();
  pango_glyph_string_set_size (string, (int) gsk_text_node_get_num_glyphs (node));
  memcpy (string->glyphs, gsk_text_node_get_glyphs (node, NULL),
          gsk_text_node_get_num_glyphs (node) * sizeof *string->glyphs);
  part = gsk_text_node_new (gsk_text_node_get_font (node), string, &colour,
                            gsk_text_node_get_offset (node));
  tells = part != NULL && gdk_rgba_equal (gsk_text_node_get_color (part), &colour);
  pango_glyph_string_free (string);

  return tells;
}

static float
round_to_device (float length, int scale)
{
  return roundf (length * (float) scale) / (float) scale;
}

/* @x: where the glyph begins in its run, in Pango units. A picture that is not moved by whole
 * device pixels would be a blurred one. */
static void
append_box (
  GtkSnapshot *snapshot, GskRenderNode *node, const PangoGlyphInfo *glyph, int x, int scale)
{
  const Picture *picture = get_picture (node, glyph, scale);
  const graphene_point_t *origin = gsk_text_node_get_offset (node);
  float dx = origin->x + (float) (x + glyph->geometry.x_offset) / PANGO_SCALE;
  float dy = origin->y + (float) glyph->geometry.y_offset / PANGO_SCALE;
  graphene_rect_t place = picture->place;

  graphene_rect_offset (&place, round_to_device (dx, scale), round_to_device (dy, scale));
  gtk_snapshot_append_texture (snapshot, picture->texture, &place);
}

/* The glyphs of a run that a font has. */
static void
append_glyphs (
  GtkSnapshot *snapshot, GskRenderNode *node, const PangoGlyphInfo *glyphs, guint n, int x)
{
  graphene_point_t origin = *gsk_text_node_get_offset (node);
  PangoGlyphString *string = pango_glyph_string_new ();
  g_autoptr (GskRenderNode) part = NULL;

  origin.x += (float) x / PANGO_SCALE;
  pango_glyph_string_set_size (string, (int) n);
  memcpy (string->glyphs, glyphs, n * sizeof *glyphs);
  part = gsk_text_node_new (gsk_text_node_get_font (node), string, gsk_text_node_get_color (node),
                            &origin);
  if (part != NULL)
    gtk_snapshot_append_node (snapshot, part);
  pango_glyph_string_free (string);
}

static void
append_text (GtkSnapshot *snapshot, GskRenderNode *node, int scale)
{
  const PangoGlyphInfo *glyphs = gsk_text_node_get_glyphs (node, NULL);
  guint n = gsk_text_node_get_num_glyphs (node);
  int x = 0;

  for (guint i = 0, end; i < n; i = end)
    {
      int width = glyphs[i].geometry.width;

      end = i + 1;
      if (is_box (&glyphs[i]))
        append_box (snapshot, node, &glyphs[i], x, scale);
      else
        {
          for (; end < n && !is_box (&glyphs[end]); end++)
            width += glyphs[end].geometry.width;
          append_glyphs (snapshot, node, &glyphs[i], end - i, x);
        }
      x += width;
    }
}

static void
append_children (GtkSnapshot *snapshot, GskRenderNode *node, int scale)
{
  for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
    rnl_box_glyphs_append (snapshot, gsk_container_node_get_child (node, i), scale);
}

static void
append_moved (GtkSnapshot *snapshot, GskRenderNode *node, int scale)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_transform (snapshot, gsk_transform_node_get_transform (node));
  rnl_box_glyphs_append (snapshot, gsk_transform_node_get_child (node), scale);
  gtk_snapshot_restore (snapshot);
}

static void
append_clipped (GtkSnapshot *snapshot, GskRenderNode *node, int scale)
{
  gtk_snapshot_push_clip (snapshot, gsk_clip_node_get_clip (node));
  rnl_box_glyphs_append (snapshot, gsk_clip_node_get_child (node), scale);
  gtk_snapshot_pop (snapshot);
}

/**
 * rnl_box_glyphs_append:
 * @snapshot: what is painted
 * @node: of it, what shows text
 * @scale: how many device pixels a pixel has
 *
 * Appends a node. Where no font has a character, Pango paints a box with its number, with the
 * strokes and digits anew for each box and each frame: 20 microseconds and more, and a page has
 * hundreds. Here each of them is drawn once. Where GTK does not tell the colour of text, it stays
 * as it is.
 */
void
rnl_box_glyphs_append (GtkSnapshot *snapshot, GskRenderNode *node, int scale)
{
  GskRenderNodeType type = gsk_render_node_get_node_type (node);

  if (type == GSK_CONTAINER_NODE)
    append_children (snapshot, node, scale);
  else if (type == GSK_TRANSFORM_NODE)
    append_moved (snapshot, node, scale);
  else if (type == GSK_CLIP_NODE)
    append_clipped (snapshot, node, scale);
  else if (type == GSK_TEXT_NODE && has_boxes (node) && tells_colour (node))
    append_text (snapshot, node, scale);
  else
    gtk_snapshot_append_node (snapshot, node);
}

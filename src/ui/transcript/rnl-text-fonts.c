/* rnl-text-fonts.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-text-fonts.h"
#include "rnl-answer-tags.h"

#include <string.h>

/* So much of a run of characters is drawn to load its font, in bytes. */
#define MAX_SAMPLE 48

/* The pictures of a colour font are drawn one by one, for a millisecond each. */
#define FIRST_PICTURE 0x1f000

/* What most text is written with, drawn for each weight, slant and size: twenty microseconds a
 * glyph, and a page of prose and code has four alphabets of them. */
#define ALPHABET                                                                                   \
  "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789.,:;()[]{}\"'=-_/<>"

/* Fonts known at a time: as many as a text of many pictures has, and no more memory than a page. */
#define MAX_KNOWN 4096

/* A place to draw to, in pixels. */
#define SCRATCH_SIZE 64

/* What has a font of its own. */
typedef struct
{
  guint font;  /* hash of what the widget writes with */
  guint group; /* of characters */
  guint style; /* the flag of a span, the level of a heading, or 0 */
} Key;

static GHashTable *known; /* of Key: like the fonts, for all texts of the process */

static guint
key_hash (gconstpointer data)
{
  const Key *key = data;

  return key->font ^ (key->group * 32 + key->style);
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Key)) == 0;
}

/* Characters with the same number are likely to be in the same font: those of a script, or near to
 * each other where they belong to none. */
static guint
get_group (gunichar c)
{
  GUnicodeScript script = g_unichar_get_script (c);

  if (c >= FIRST_PICTURE && script == G_UNICODE_SCRIPT_COMMON)
    return c;
  if (script == G_UNICODE_SCRIPT_COMMON || script == G_UNICODE_SCRIPT_UNKNOWN)
    return 0x400 + (c >> 8);

  return (guint) script;
}

/* {{{ What Markdown makes of it */

static guint
count_back (const char *text, const char *at, char c)
{
  guint n = 0;

  while (at - n > text && *(at - n - 1) == c)
    n++;

  return n;
}

/* The level of the heading that a line is, or 0. */
static guint
get_level (const char *text, const char *at)
{
  guint level = 0;

  while (at > text && *(at - 1) != '\n')
    at--;
  while (*at == '#' && level < 6)
    {
      level++;
      at++;
    }

  return *at == ' ' ? level : 0;
}

/* How a run of characters will look, as far as what stands right before it says. */
static guint
get_style (const char *text, const char *run)
{
  guint level = get_level (text, run);
  guint n_stars = count_back (text, run, '*');

  if (level > 0)
    return level;
  if (n_stars > 0)
    return n_stars > 1 ? RNL_SPAN_STRONG << 3 : RNL_SPAN_EMPH << 3;

  return count_back (text, run, '`') > 0 ? RNL_SPAN_CODE << 3 : 0;
}

static GtkTextTag *
get_tag (guint style)
{
  if (style == 0)
    return NULL;
  rnl_answer_tags_get_table (); /* makes them */

  return style < 8 ? rnl_answer_tags_get_heading (style)
                   : rnl_answer_tags_get_span ((RnlSpanFlags) (style >> 3));
}

/* Returns: (transfer full): the font of a widget, and what a tag makes of it */
static PangoAttrList *
make_attributes (PangoFontDescription *font, guint style)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  g_autoptr (PangoFontDescription) changed = NULL;
  double scale = 1;

  if (style != 0)
    g_object_get (get_tag (style), "font-desc", &changed, "scale", &scale, NULL);
  if (changed != NULL)
    pango_attr_list_insert (attributes, pango_attr_font_desc_new (changed));
  if (scale != 1)
    pango_attr_list_insert (attributes, pango_attr_scale_new (scale));

  return attributes;
}

/* }}} */

/* Has the text laid out and drawn where nobody sees it, which loads what there is to load: which
 * font has the characters, how it shapes them, how high its lines are, how its glyphs look. */
static void
load (GtkWidget *widget, const char *run, gsize length, guint style)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  PangoContext *context = pango_layout_get_context (layout);
  PangoAttrList *attributes = make_attributes (pango_context_get_font_description (context), style);
  cairo_surface_t *scratch
    = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SCRATCH_SIZE, SCRATCH_SIZE);
  cairo_t *cr = cairo_create (scratch);

  pango_layout_set_text (layout, run, (int) length);
  pango_layout_set_attributes (layout, attributes);
  pango_cairo_show_layout (cr, layout);
  pango_layout_get_extents (layout, NULL, NULL);

  cairo_destroy (cr);
  cairo_surface_destroy (scratch);
  pango_attr_list_unref (attributes);
}

/* Returns: whether it was not known */
static gboolean
add (const Key *key)
{
  if (known == NULL)
    known = g_hash_table_new_full (key_hash, key_equal, g_free, NULL);
  if (g_hash_table_contains (known, key))
    return FALSE;
  if (g_hash_table_size (known) >= MAX_KNOWN)
    g_hash_table_remove_all (known);

  return g_hash_table_add (known, g_memdup2 (key, sizeof *key));
}

/* The end of the characters from @run on that are like the first. */
static const char *
find_end (const char *run, const char *end)
{
  guint group = get_group (g_utf8_get_char (run));
  const char *at = run;

  while (at < end && at - run < MAX_SAMPLE && ((guchar) *at & 0x80)
         && g_utf8_get_char_validated (at, end - at) < 0x110000
         && (get_group (g_utf8_get_char (at)) == group || group >= FIRST_PICTURE))
    at = g_utf8_next_char (at);

  return at;
}

/* Whether an ASCII letter is the first with the looks it has: of a line, behind a mark. */
static gboolean
begins_style (const char *text, const char *at)
{
  if (!g_ascii_isalpha (*at))
    return FALSE;
  if (at == text || strchr ("*`\n", at[-1]) != NULL)
    return TRUE;

  return at - text > 1 && at[-1] == ' ' && at[-2] == '#';
}

/* @key: with the font of @widget */
static gboolean
load_alphabet (GtkWidget *widget, const char *text, const char *at, Key *key)
{
  key->group = 0;
  key->style = get_style (text, at);
  if (!add (key))
    return FALSE;
  load (widget, ALPHABET, strlen (ALPHABET), key->style);

  return TRUE;
}

/**
 * rnl_text_fonts_load:
 * @widget: who will show the text
 * @text: Markdown; may begin and end inside a character
 * @length: its length in bytes
 *
 * Loads a font that was not needed before. A script that is shown for the first time takes 3 to 15
 * ms: to find its font, to read it, to measure its lines, to draw its first glyphs. A paragraph
 * with ten of them would have all that in one frame.
 *
 * Returns: whether one was loaded; call it again then, for the next
 */
gboolean
rnl_text_fonts_load (GtkWidget *widget, const char *text, gsize length)
{
  const char *end = text + length;
  Key key = { 0 };

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  key.font = pango_font_description_hash (
    pango_context_get_font_description (gtk_widget_get_pango_context (widget)));
  for (const char *at = text; at < end;)
    {
      const char *run = at;
      gunichar c = (guchar) *at < 0x80 ? (guchar) *at : g_utf8_get_char_validated (at, end - at);

      if (c < 0x80 || c > 0x10ffff)
        {
          if (begins_style (text, at) && load_alphabet (widget, text, at, &key))
            return TRUE;
          at++;
          continue;
        }
      at = find_end (run, end);
      key.group = get_group (c);
      key.style = get_style (text, run);
      if (key.group != G_UNICODE_SCRIPT_INHERITED && add (&key))
        {
          load (widget, run, (gsize) (at - run), key.style);
          return TRUE;
        }
    }

  return FALSE;
}

/* rnl-print-pages.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-print-pages.h"

#include <glib/gi18n.h>

/* In points. */
#define INDENT      16.0
#define FOOT_HEIGHT 22.0
#define FOOT_SIZE   8.0
#define RULE_HEIGHT 8.0
#define CODE_INSET  5.0 /* of the letters from the edges of what is behind them */

#define MAX_DEPTH 10

/**
 * RnlPrintPages:
 *
 * Where each line of a chat stands. Only where the pages begin is remembered: the text of a page is
 * laid out once to find that, and again when it is drawn, so that a long chat takes no more memory
 * than a short one.
 */
struct _RnlPrintPages
{
  /* owned */
  GPtrArray *items; /* of RnlPrintItem */
  char *title;
  PangoContext *context;
  GArray *starts; /* of Place: where each page begins */

  double width;
  double height;
  guint next; /* the first item that has no place yet */
  double y;   /* below the one before it */
};

/* The first line of a page: of an item, which of its lines. */
typedef struct
{
  guint item;
  guint line;
} Place;

/* What a style is in points: the size of its letters, the space above it. */
typedef struct
{
  const char *font;
  double size;
  double gap;
} Look;

static Look
get_look (const RnlPrintItem *item)
{
  static const Look looks[] = {
    [RNL_PRINT_TITLE] = { "Sans Bold", 16, 0 }, [RNL_PRINT_SPEAKER] = { "Sans Bold", 8.5, 18 },
    [RNL_PRINT_TEXT] = { "Sans", 10, 6 },       [RNL_PRINT_HEADING] = { "Sans Bold", 10, 12 },
    [RNL_PRINT_CODE] = { "Monospace", 8.5, 8 }, [RNL_PRINT_NOTE] = { "Sans Italic", 9, 6 },
    [RNL_PRINT_RULE] = { "Sans", 10, 6 },
  };
  static const double headings[] = { 14, 12.5, 11.5, 11, 10.5, 10 };
  Look look = looks[item->style];

  if (item->style == RNL_PRINT_HEADING)
    look.size = headings[CLAMP (item->level, 1, G_N_ELEMENTS (headings)) - 1];
  if (item->close)
    look.gap = 2;

  return look;
}

/**
 * rnl_print_pages_new:
 * @items: (element-type RnlPrintItem): what is printed
 * @title: what stands at the foot of each page
 *
 * Returns: (transfer full): pages, none yet
 */
RnlPrintPages *
rnl_print_pages_new (GPtrArray *items, const char *title)
{
  RnlPrintPages *self = g_new0 (RnlPrintPages, 1);

  self->items = g_ptr_array_ref (items);
  self->title = g_strdup (title);
  self->starts = g_array_new (FALSE, FALSE, sizeof (Place));

  return self;
}

void
rnl_print_pages_free (RnlPrintPages *self)
{
  g_ptr_array_unref (self->items);
  g_free (self->title);
  g_clear_object (&self->context);
  g_array_unref (self->starts);
  g_free (self);
}

static PangoLayout *
make_layout (RnlPrintPages *self, const char *font, double size, double width, const char *markup)
{
  PangoLayout *layout = pango_layout_new (self->context);
  /* A hyphen in code would be read as code. */
  g_autofree char *whole = g_strdup_printf ("<span insert_hyphens=\"false\">%s</span>", markup);
  PangoFontDescription *description = pango_font_description_from_string (font);

  pango_font_description_set_size (description, (int) (size * PANGO_SCALE));
  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_markup (layout, whole, -1);

  return layout;
}

static double
get_indent (const RnlPrintItem *item)
{
  return MIN (item->depth, MAX_DEPTH) * INDENT;
}

static double
get_inset (const RnlPrintItem *item)
{
  return item->style == RNL_PRINT_CODE ? CODE_INSET : 0;
}

static PangoLayout *
lay_out_item (RnlPrintPages *self, const RnlPrintItem *item)
{
  Look look = get_look (item);
  double width = self->width - get_indent (item) - 2 * get_inset (item);

  return make_layout (self, look.font, look.size, width, item->markup);
}

/* {{{ Pages */

static double
get_room (RnlPrintPages *self)
{
  return self->height - FOOT_HEIGHT;
}

static void
begin_page (RnlPrintPages *self, guint item, guint line)
{
  Place place = { item, line };

  g_array_append_val (self->starts, place);
  self->y = 0;
}

static double
get_line_height (PangoLayoutIter *iter)
{
  PangoRectangle rectangle;

  pango_layout_iter_get_line_extents (iter, NULL, &rectangle);

  return rectangle.height / (double) PANGO_SCALE;
}

/* What is about to follow stays with it: a heading and who speaks are not the last on a page. */
static double
get_company (const RnlPrintItem *item)
{
  Look look = get_look (item);

  return item->style == RNL_PRINT_SPEAKER || item->style == RNL_PRINT_HEADING ? 4 * look.size : 0;
}

/* Puts the next item below what is there; a line that does not fit begins a page. */
static void
place_item (RnlPrintPages *self)
{
  const RnlPrintItem *item = g_ptr_array_index (self->items, self->next);
  PangoLayout *layout = lay_out_item (self, item);
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double company = get_company (item);
  guint line = 0;

  if (self->y > 0)
    self->y += get_look (item).gap;
  do
    {
      double height = item->style == RNL_PRINT_RULE ? RULE_HEIGHT : get_line_height (iter);

      if (self->y > 0 && self->y + height + company > get_room (self))
        begin_page (self, self->next, line);
      self->y += height;
      line++;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  g_object_unref (layout);
  self->next++;
}

/**
 * rnl_print_pages_begin:
 * @self: pages
 * @context: of the printer
 * @width: of a page, in points
 * @height: of a page
 *
 * Begins to lay out.
 */
void
rnl_print_pages_begin (RnlPrintPages *self, PangoContext *context, double width, double height)
{
  g_set_object (&self->context, context);
  self->width = width;
  self->height = height;
  self->next = 0;
  g_array_set_size (self->starts, 0);
  begin_page (self, 0, 0);
}

/**
 * rnl_print_pages_lay_out:
 * @self: pages that have been begun
 * @n_items: how many stretches of text at most
 *
 * Goes on laying out.
 *
 * Returns: whether all is laid out
 */
gboolean
rnl_print_pages_lay_out (RnlPrintPages *self, guint n_items)
{
  for (; n_items > 0 && self->next < self->items->len; n_items--)
    place_item (self);

  return self->next == self->items->len;
}

guint
rnl_print_pages_get_n_pages (RnlPrintPages *self)
{
  return self->starts->len;
}

/* }}} */
/* {{{ Drawing */

static void
draw_behind (const RnlPrintItem *item, cairo_t *cr, double x, double y, double width, double height)
{
  if (item->style == RNL_PRINT_CODE)
    {
      cairo_set_source_rgb (cr, 0.95, 0.95, 0.95);
      cairo_rectangle (cr, x, y, width, height);
      cairo_fill (cr);
    }
  else if (item->style == RNL_PRINT_RULE)
    {
      cairo_set_source_rgb (cr, 0.6, 0.6, 0.6);
      cairo_set_line_width (cr, 0.5);
      cairo_move_to (cr, x, y + height / 2);
      cairo_line_to (cr, x + width, y + height / 2);
      cairo_stroke (cr);
    }
}

static void
draw_line (RnlPrintPages *self,
           const RnlPrintItem *item,
           PangoLayoutIter *iter,
           cairo_t *cr,
           double y,
           double height)
{
  double indent = get_indent (item);
  PangoRectangle rectangle;
  int top;

  draw_behind (item, cr, indent, y, self->width - indent, height);
  pango_layout_iter_get_line_extents (iter, NULL, &rectangle);
  top = pango_layout_iter_get_baseline (iter) - rectangle.y;
  if (item->style == RNL_PRINT_NOTE || item->style == RNL_PRINT_SPEAKER)
    cairo_set_source_rgb (cr, 0.3, 0.3, 0.3);
  else
    cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_move_to (cr, indent + get_inset (item) + rectangle.x / (double) PANGO_SCALE,
                 y + top / (double) PANGO_SCALE);
  pango_cairo_show_layout_line (cr, pango_layout_iter_get_line_readonly (iter));
}

/* Right before the text, however deep that stands. */
static void
draw_marker (RnlPrintPages *self, const RnlPrintItem *item, cairo_t *cr, double y)
{
  Look look = get_look (item);
  PangoLayout *layout = make_layout (self, "Sans", 10, INDENT, item->marker);
  double indent = get_indent (item);
  int width, height;

  /* A number may be wider than its place. */
  pango_layout_set_width (layout, -1);
  pango_layout_get_size (layout, &width, &height);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_move_to (cr, MAX (0, indent - 4 - width / (double) PANGO_SCALE),
                 y + MAX (0, look.size - 10));
  pango_cairo_show_layout (cr, layout);
  g_object_unref (layout);
}

static void
draw_foot (RnlPrintPages *self, guint page, cairo_t *cr)
{
  g_autofree char *number = NULL;
  g_autofree char *title = g_markup_escape_text (self->title, -1);
  PangoLayout *left, *right;
  double y = self->height - FOOT_HEIGHT / 2;

  /* Translators: the number of a printed page, and how many there are */
  number = g_strdup_printf (_ ("%u / %u"), page + 1, self->starts->len);
  left = make_layout (self, "Sans", FOOT_SIZE, self->width - 80, title);
  right = make_layout (self, "Sans", FOOT_SIZE, 72, number);
  pango_layout_set_ellipsize (left, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (right, PANGO_ALIGN_RIGHT);
  cairo_set_source_rgb (cr, 0.4, 0.4, 0.4);
  cairo_move_to (cr, 0, y);
  pango_cairo_show_layout (cr, left);
  cairo_move_to (cr, self->width - 72, y);
  pango_cairo_show_layout (cr, right);
  g_object_unref (left);
  g_object_unref (right);
}

/* Draws ITEM from line FIRST on, up to line END. Returns: below it */
static double
draw_item (RnlPrintPages *self, guint position, guint first, guint end, cairo_t *cr, double y)
{
  const RnlPrintItem *item = g_ptr_array_index (self->items, position);
  PangoLayout *layout = lay_out_item (self, item);
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  guint line = 0;

  if (y > 0)
    y += get_look (item).gap;
  do
    {
      double height = item->style == RNL_PRINT_RULE ? RULE_HEIGHT : get_line_height (iter);

      if (line < first)
        continue;
      if (line >= end)
        break;
      if (line == 0 && item->marker != NULL)
        draw_marker (self, item, cr, y);
      draw_line (self, item, iter, cr, y, height);
      y += height;
    }
  while (++line, pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  g_object_unref (layout);

  return y;
}

/**
 * rnl_print_pages_draw:
 * @self: pages that are laid out
 * @page: which of them, from 0
 * @cr: what to draw on, in points from the left upper corner of what can be printed
 */
void
rnl_print_pages_draw (RnlPrintPages *self, guint page, cairo_t *cr)
{
  Place from, to = { self->items->len, 0 };
  double y = 0;

  g_return_if_fail (page < self->starts->len);

  from = g_array_index (self->starts, Place, page);
  if (page + 1 < self->starts->len)
    to = g_array_index (self->starts, Place, page + 1);
  for (guint i = from.item; i < to.item || (i == to.item && to.line > 0); i++)
    y = draw_item (self, i, i == from.item ? from.line : 0, i == to.item ? to.line : G_MAXUINT, cr,
                   y);
  draw_foot (self, page, cr);
}

/* }}} */

/* rnl-block.h: one displayed block of a Markdown text
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RnlBlockKind:
 * @RNL_BLOCK_PARAGRAPH: running text
 * @RNL_BLOCK_HEADING: a heading of level 1 to 6
 * @RNL_BLOCK_ITEM: the first paragraph of a list item or a footnote; may be empty
 * @RNL_BLOCK_CODE: a code block; its text has no final line end
 * @RNL_BLOCK_RULE: a thematic break, without text
 * @RNL_BLOCK_TABLE: a table, see [method@Runnel.Block.get_cell]
 * @RNL_BLOCK_MATH: displayed maths; its text is the TeX source without the marks around it
 *
 * Raw HTML, and a link definition, is a paragraph whose text has %RNL_SPAN_HTML or
 * %RNL_SPAN_DEFINITION all over.
 *
 * Displayed maths stands between `$$` and `$$` or `\[` and `\]`, each pair on lines of its own
 * or together on one, or in a fence named `math`, `latex-math` or `tex-math`. It ends with a blank
 * line at the latest.
 */
typedef enum
{
  RNL_BLOCK_PARAGRAPH,
  RNL_BLOCK_HEADING,
  RNL_BLOCK_ITEM,
  RNL_BLOCK_CODE,
  RNL_BLOCK_RULE,
  RNL_BLOCK_TABLE,
  RNL_BLOCK_MATH,
} RnlBlockKind;

/**
 * RnlMarker:
 * @RNL_MARKER_NONE: no marker
 * @RNL_MARKER_BULLET: a bullet
 * @RNL_MARKER_NUMBER: a number, see [method@Runnel.Block.get_number]
 * @RNL_MARKER_OPEN_TASK: an empty check box
 * @RNL_MARKER_DONE_TASK: a ticked check box
 * @RNL_MARKER_FOOTNOTE: a footnote begins, see [method@Runnel.Block.get_label] and
 *   [method@Runnel.Block.get_number]; what belongs to it stands one list deeper, as in an item
 *
 * What stands before a block that begins a list item. Mostly on %RNL_BLOCK_ITEM, but a heading or
 * code may begin an item too.
 */
typedef enum
{
  RNL_MARKER_NONE,
  RNL_MARKER_BULLET,
  RNL_MARKER_NUMBER,
  RNL_MARKER_OPEN_TASK,
  RNL_MARKER_DONE_TASK,
  RNL_MARKER_FOOTNOTE,
} RnlMarker;

/**
 * RnlAlign:
 * @RNL_ALIGN_START: the default
 * @RNL_ALIGN_CENTER: centred
 * @RNL_ALIGN_END: at the end of the line
 */
typedef enum
{
  RNL_ALIGN_START,
  RNL_ALIGN_CENTER,
  RNL_ALIGN_END,
} RnlAlign;

/**
 * RnlSpanFlags:
 * @RNL_SPAN_STRONG: strong emphasis
 * @RNL_SPAN_EMPH: emphasis
 * @RNL_SPAN_CODE: inline code
 * @RNL_SPAN_STRIKE: struck through
 * @RNL_SPAN_LINK: a link; `href` is an http, https or mailto address
 * @RNL_SPAN_IMAGE: the alternative text of an image, U+FFFC if it has none; `href` is its http or
 *   https address or `NULL`
 * @RNL_SPAN_MATH: maths in running text: the TeX source without the marks around it
 * @RNL_SPAN_DISPLAY: with %RNL_SPAN_MATH: it was written as displayed maths (`$$`)
 * @RNL_SPAN_FOOTNOTE: a reference to a footnote: its number; `label` is what was written
 * @RNL_SPAN_HTML: raw HTML, as it is written; a `<br>` is a line end
 * @RNL_SPAN_ADDRESS: the address behind the text of a link that is not followed, with a space and
 *   brackets
 * @RNL_SPAN_DEFINITION: a link definition, as it is written
 *
 * Maths in running text is `$...$`, `\(...\)`, `\[...\]` or `$$...$$` that does not stand alone. As
 * in pandoc, the first `$` of `$...$` has something other than a space behind it, and the next `$`
 * in the paragraph closes it, if that has no space before it and no digit behind it: "$5 and $10"
 * is not maths.
 */
typedef enum
{
  RNL_SPAN_STRONG = 1 << 0,
  RNL_SPAN_EMPH = 1 << 1,
  RNL_SPAN_CODE = 1 << 2,
  RNL_SPAN_STRIKE = 1 << 3,
  RNL_SPAN_LINK = 1 << 4,
  RNL_SPAN_IMAGE = 1 << 5,
  RNL_SPAN_MATH = 1 << 6,
  RNL_SPAN_DISPLAY = 1 << 7,
  RNL_SPAN_FOOTNOTE = 1 << 8,
  RNL_SPAN_HTML = 1 << 9,
  RNL_SPAN_ADDRESS = 1 << 10,
  RNL_SPAN_DEFINITION = 1 << 11,
} RnlSpanFlags;

/**
 * RnlSpan:
 * @start: first byte in the block's text
 * @end: first byte after
 * @flags: what the text is
 * @number: the number of a footnote, from 1 in the order of their first mention; 0 otherwise
 * @href: (nullable): the address of a link or an image that may be followed
 * @address: (nullable): the address of a link or an image as it is written, whatever it is; only
 *   to be shown
 * @title: (nullable): the title of a link or an image
 * @label: (nullable): the label of a footnote
 * @link: (nullable): of an image inside a link, the address of the link, checked like @href
 *
 * A run of text with one set of attributes. The spans of a block are ordered, never empty and
 * never overlap. An image, a formula and a reference to a footnote are one span each, also when
 * two follow each other.
 */
typedef struct
{
  guint start;
  guint end;
  RnlSpanFlags flags;
  guint number;
  const char *href;
  const char *address;
  const char *title;
  const char *label;
  const char *link;
} RnlSpan;

/**
 * RnlContainerKind:
 * @RNL_CONTAINER_QUOTE: a quote
 * @RNL_CONTAINER_BULLETS: a list without numbers
 * @RNL_CONTAINER_NUMBERS: a list with numbers
 * @RNL_CONTAINER_FOOTNOTE: a footnote
 */
typedef enum
{
  RNL_CONTAINER_QUOTE,
  RNL_CONTAINER_BULLETS,
  RNL_CONTAINER_NUMBERS,
  RNL_CONTAINER_FOOTNOTE,
} RnlContainerKind;

/**
 * RnlContainer:
 * @kind: what it is
 * @serial: tells it from every other quote, list or footnote of the text
 * @item: for a list, which of its items, from 1
 *
 * Something a block stands in.
 */
typedef struct
{
  RnlContainerKind kind;
  guint serial;
  guint item;
} RnlContainer;

#define RNL_TYPE_BLOCK (rnl_block_get_type ())
G_DECLARE_FINAL_TYPE (RnlBlock, rnl_block, RNL, BLOCK, GObject)

RnlBlockKind rnl_block_get_kind (RnlBlock *self);
const char *rnl_block_get_text (RnlBlock *self);
gsize rnl_block_get_length (RnlBlock *self);
const RnlSpan *rnl_block_get_spans (RnlBlock *self, guint *n_spans);
guint rnl_block_get_level (RnlBlock *self);
const char *rnl_block_get_language (RnlBlock *self);
guint rnl_block_get_quote_depth (RnlBlock *self);
guint rnl_block_get_list_depth (RnlBlock *self);
RnlMarker rnl_block_get_marker (RnlBlock *self);
guint rnl_block_get_number (RnlBlock *self);
const char *rnl_block_get_label (RnlBlock *self);
const RnlContainer *rnl_block_get_containers (RnlBlock *self, guint *n_containers);
void rnl_block_get_source (RnlBlock *self, guint64 *start, guint64 *end);
guint rnl_block_get_n_columns (RnlBlock *self);
guint rnl_block_get_n_rows (RnlBlock *self);
RnlBlock *rnl_block_get_cell (RnlBlock *self, guint row, guint column);
RnlAlign rnl_block_get_column_align (RnlBlock *self, guint column);
gboolean rnl_block_equal (RnlBlock *a, RnlBlock *b);

G_END_DECLS

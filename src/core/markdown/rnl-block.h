/* rnl-block.h: one displayed block of a Markdown text
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RnlBlockKind:
 * @RNL_BLOCK_PARAGRAPH: running text
 * @RNL_BLOCK_HEADING: a heading of level 1 to 6
 * @RNL_BLOCK_ITEM: the first paragraph of a list item
 * @RNL_BLOCK_CODE: a code block; its text has no final line end
 * @RNL_BLOCK_RULE: a thematic break, without text
 * @RNL_BLOCK_TABLE: a table, see [method@Runnel.Block.get_cell]
 */
typedef enum
{
  RNL_BLOCK_PARAGRAPH,
  RNL_BLOCK_HEADING,
  RNL_BLOCK_ITEM,
  RNL_BLOCK_CODE,
  RNL_BLOCK_RULE,
  RNL_BLOCK_TABLE,
} RnlBlockKind;

/**
 * RnlMarker:
 * @RNL_MARKER_NONE: no marker
 * @RNL_MARKER_BULLET: a bullet
 * @RNL_MARKER_NUMBER: a number, see [method@Runnel.Block.get_number]
 * @RNL_MARKER_OPEN_TASK: an empty check box
 * @RNL_MARKER_DONE_TASK: a ticked check box
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
 * @RNL_SPAN_IMAGE: the alternative text of an image; `href` is its http or https address or `NULL`
 */
typedef enum
{
  RNL_SPAN_STRONG = 1 << 0,
  RNL_SPAN_EMPH = 1 << 1,
  RNL_SPAN_CODE = 1 << 2,
  RNL_SPAN_STRIKE = 1 << 3,
  RNL_SPAN_LINK = 1 << 4,
  RNL_SPAN_IMAGE = 1 << 5,
} RnlSpanFlags;

/**
 * RnlSpan:
 * @start: first byte in the block's text
 * @end: first byte after
 * @flags: what the text is
 * @href: (nullable): the address of a link or an image
 *
 * A run of text with one set of attributes. The spans of a block are ordered, never empty and
 * never overlap.
 */
typedef struct
{
  guint start;
  guint end;
  RnlSpanFlags flags;
  const char *href;
} RnlSpan;

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
guint rnl_block_get_n_columns (RnlBlock *self);
guint rnl_block_get_n_rows (RnlBlock *self);
RnlBlock *rnl_block_get_cell (RnlBlock *self, guint row, guint column);
RnlAlign rnl_block_get_column_align (RnlBlock *self, guint column);
gboolean rnl_block_equal (RnlBlock *a, RnlBlock *b);

G_END_DECLS

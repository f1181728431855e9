/* rnl-tex-node.h: a formula as a tree
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RnlTexKind:
 * @RNL_TEX_ROW: its children, one after the other
 * @RNL_TEX_SYMBOL: one sign, number or operator name, in `text`
 * @RNL_TEX_TEXT: running text, in `text`
 * @RNL_TEX_SPACE: `amount` em of nothing
 * @RNL_TEX_SCRIPT: base, below, above; the last two may be `NULL`
 * @RNL_TEX_FRACTION: numerator, denominator
 * @RNL_TEX_ROOT: what is under it, its index or `NULL`
 * @RNL_TEX_FENCE: the body, between `text` and `right`, as high as it is
 * @RNL_TEX_DELIMITER: `text`, `amount` em high; 0 for as high as the fence around it
 * @RNL_TEX_ACCENT: what is below or above the mark `text`
 * @RNL_TEX_ARRAY: its lines
 * @RNL_TEX_LINE: its cells
 * @RNL_TEX_STYLE: its child, in `style`
 * @RNL_TEX_BOX: its child in a frame
 * @RNL_TEX_PHANTOM: the room that its child takes
 * @RNL_TEX_SOURCE: `text` as it was written: something that is not known here
 *
 * What a node of a formula is.
 */
typedef enum
{
  RNL_TEX_ROW,
  RNL_TEX_SYMBOL,
  RNL_TEX_TEXT,
  RNL_TEX_SPACE,
  RNL_TEX_SCRIPT,
  RNL_TEX_FRACTION,
  RNL_TEX_ROOT,
  RNL_TEX_FENCE,
  RNL_TEX_DELIMITER,
  RNL_TEX_ACCENT,
  RNL_TEX_ARRAY,
  RNL_TEX_LINE,
  RNL_TEX_STYLE,
  RNL_TEX_BOX,
  RNL_TEX_PHANTOM,
  RNL_TEX_SOURCE,
} RnlTexKind;

/**
 * RnlTexClass:
 *
 * What a symbol does in a formula, which decides the room around it.
 */
typedef enum
{
  RNL_TEX_ORDINARY,
  RNL_TEX_OPERATOR,
  RNL_TEX_BINARY,
  RNL_TEX_RELATION,
  RNL_TEX_OPEN,
  RNL_TEX_CLOSE,
  RNL_TEX_PUNCTUATION,
  RNL_TEX_INNER,
} RnlTexClass;

/**
 * RnlTexVariant:
 *
 * How letters are drawn.
 */
typedef enum
{
  RNL_TEX_ITALIC,
  RNL_TEX_UPRIGHT,
  RNL_TEX_BOLD,
  RNL_TEX_BOLD_ITALIC,
  RNL_TEX_SANS,
  RNL_TEX_MONOSPACE,
} RnlTexVariant;

/**
 * RnlTexSize:
 * @RNL_TEX_SIZE_INHERIT: as what is around it
 *
 * The four sizes a formula is set in.
 */
typedef enum
{
  RNL_TEX_SIZE_INHERIT,
  RNL_TEX_SIZE_DISPLAY,
  RNL_TEX_SIZE_TEXT,
  RNL_TEX_SIZE_SCRIPT,
  RNL_TEX_SIZE_SMALL_SCRIPT,
} RnlTexSize;

/**
 * RnlTexFlags:
 * @RNL_TEX_LIMITS: scripts stand below and above, in display size
 * @RNL_TEX_STACKED: scripts stand below and above in any size
 * @RNL_TEX_LARGE: an operator that is larger in display size
 * @RNL_TEX_NAME: the name of a function
 * @RNL_TEX_NO_RULE: a fraction without a line
 * @RNL_TEX_STRETCH: an accent as wide as what it belongs to
 * @RNL_TEX_UNDER: an accent below
 * @RNL_TEX_ALIGNED: columns in pairs that meet, the equations of a proof
 * @RNL_TEX_RULE_ABOVE: a line of an array with a rule above
 */
typedef enum
{
  RNL_TEX_LIMITS = 1 << 0,
  RNL_TEX_STACKED = 1 << 1,
  RNL_TEX_LARGE = 1 << 2,
  RNL_TEX_NAME = 1 << 3,
  RNL_TEX_NO_RULE = 1 << 4,
  RNL_TEX_STRETCH = 1 << 5,
  RNL_TEX_UNDER = 1 << 6,
  RNL_TEX_ALIGNED = 1 << 7,
  RNL_TEX_RULE_ABOVE = 1 << 8,
} RnlTexFlags;

typedef struct _RnlTexNode RnlTexNode;

/**
 * RnlTexNode:
 * @kind: what it is
 * @klass: what it does in a row
 * @variant: how its letters are drawn
 * @size: of a style, or of the parts of a fraction or an array
 * @flags: more about it
 * @amount: of a space or delimiter, in em
 * @text: (nullable): a symbol, text, accent, source, left delimiter, or the columns of an array:
 *   `l`, `c`, `r` and `|`
 * @right: (nullable): the right delimiter
 * @children: (nullable) (element-type RnlTexNode): owned; may contain `NULL`
 *
 * A part of a formula. Read only outside of the parser.
 */
struct _RnlTexNode
{
  RnlTexKind kind;
  RnlTexClass klass;
  RnlTexVariant variant;
  RnlTexSize size;
  RnlTexFlags flags;
  double amount;
  char *text;
  char *right;
  GPtrArray *children;
};

RnlTexNode *rnl_tex_parse (const char *source, gssize length);
RnlTexNode *rnl_tex_node_new (RnlTexKind kind, const char *text);
void rnl_tex_node_free (RnlTexNode *self);
void rnl_tex_node_add (RnlTexNode *self, RnlTexNode *child);
guint rnl_tex_node_get_n_children (const RnlTexNode *self);
const RnlTexNode *rnl_tex_node_get_child (const RnlTexNode *self, guint position);
char *rnl_tex_node_to_text (const RnlTexNode *self);
char *rnl_tex_node_dup_raised (const RnlTexNode *self, gboolean above);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlTexNode, rnl_tex_node_free)

G_END_DECLS

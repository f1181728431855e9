/* rnl-math-inline.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-math-inline.h"

#include <string.h>

#define NO_BREAK "\u00a0"

typedef struct
{
  GArray *pieces;
  GString *text; /* that is not in a piece yet */
  RnlTexVariant variant;
  gboolean begun;     /* something is there */
  RnlTexClass before; /* the class of it */
} Splitter;

static void split_row (Splitter *self, RnlTexNode *row);

static void
clear_piece (gpointer data)
{
  RnlMathPiece *piece = data;

  g_free (piece->text);
  rnl_tex_node_free (piece->node);
}

static void
end_text (Splitter *self)
{
  RnlMathPiece piece = { .variant = self->variant };

  if (self->text->len == 0)
    return;
  piece.text = g_strdup (self->text->str);
  g_array_append_val (self->pieces, piece);
  g_string_truncate (self->text, 0);
}

static void
add_text (Splitter *self, const char *text, RnlTexVariant variant)
{
  if (variant != self->variant)
    end_text (self);
  self->variant = variant;
  g_string_append (self->text, text);
}

/* Signs belong to what is before them: a line may break behind, as in print. */
static void
add_symbol (Splitter *self, const RnlTexNode *node)
{
  gboolean sign = node->klass == RNL_TEX_RELATION
                  || (node->klass == RNL_TEX_BINARY && self->begun
                      && (self->before == RNL_TEX_ORDINARY || self->before == RNL_TEX_CLOSE
                          || self->before == RNL_TEX_INNER));

  if (sign && self->begun)
    g_string_append (self->text, NO_BREAK);
  if (node->flags & RNL_TEX_NAME && self->begun && self->before != RNL_TEX_OPEN)
    g_string_append (self->text, "\u2009");
  add_text (self, node->text, node->variant);
  if (sign || node->klass == RNL_TEX_PUNCTUATION)
    g_string_append (self->text, " ");
  else if (node->flags & RNL_TEX_NAME)
    g_string_append (self->text, "\u2009");
  self->before = sign                            ? RNL_TEX_RELATION
                 : node->klass == RNL_TEX_BINARY ? RNL_TEX_OPEN
                                                 : node->klass;
  self->begun = TRUE;
}

static gboolean
add_space (Splitter *self, const RnlTexNode *node)
{
  if (node->amount > 0)
    g_string_append (self->text, node->amount >= 0.9   ? "\u2003"
                                 : node->amount > 0.22 ? " "
                                                       : "\u2009");

  return TRUE;
}

/* x², a₁: scripts that Unicode has and every font draws. */
static gboolean
add_scripts (Splitter *self, const RnlTexNode *node)
{
  const RnlTexNode *base = rnl_tex_node_get_child (node, 0);
  const RnlTexNode *below = rnl_tex_node_get_child (node, 1);
  const RnlTexNode *above = rnl_tex_node_get_child (node, 2);
  g_autofree char *below_text = NULL, *above_text = NULL;

  if (base == NULL || base->kind != RNL_TEX_SYMBOL || base->flags & RNL_TEX_LARGE
      || (below != NULL && above != NULL))
    return FALSE;
  if (below != NULL && (below_text = rnl_tex_node_dup_raised (below, FALSE)) == NULL)
    return FALSE;
  if (above != NULL && (above_text = rnl_tex_node_dup_raised (above, TRUE)) == NULL)
    return FALSE;
  add_symbol (self, base);
  if (base->flags & RNL_TEX_NAME)
    g_string_truncate (self->text, self->text->len - strlen ("\u2009"));
  add_text (self, below != NULL ? below_text : above_text, RNL_TEX_UPRIGHT);
  if (base->flags & RNL_TEX_NAME)
    g_string_append (self->text, "\u2009");

  return TRUE;
}

static gboolean
is_line (const RnlTexNode *node)
{
  if (node->kind == RNL_TEX_SYMBOL)
    return (node->flags & RNL_TEX_LARGE) == 0;
  if (node->kind == RNL_TEX_SPACE || node->kind == RNL_TEX_TEXT)
    return TRUE;
  if (node->kind != RNL_TEX_ROW && node->kind != RNL_TEX_FENCE)
    return FALSE;
  for (guint i = 0; i < rnl_tex_node_get_n_children (node); i++)
    if (rnl_tex_node_get_child (node, i) == NULL || !is_line (rnl_tex_node_get_child (node, i)))
      return FALSE;

  return TRUE;
}

/* Brackets that need not grow. */
static gboolean
add_fence (Splitter *self, RnlTexNode *node)
{
  if (!is_line (node))
    return FALSE;
  add_text (self, node->text, RNL_TEX_UPRIGHT);
  self->before = RNL_TEX_OPEN;
  self->begun = TRUE;
  split_row (self, node);
  add_text (self, node->right, RNL_TEX_UPRIGHT);
  self->before = RNL_TEX_CLOSE;

  return TRUE;
}

/* Returns whether the node became text. */
static gboolean
split_node (Splitter *self, RnlTexNode *node)
{
  switch (node->kind)
    {
    case RNL_TEX_SYMBOL:
      if (node->flags & RNL_TEX_LARGE)
        return FALSE;
      add_symbol (self, node);
      return TRUE;
    case RNL_TEX_TEXT:
      add_text (self, node->text, node->variant);
      self->before = RNL_TEX_ORDINARY;
      self->begun = TRUE;
      return TRUE;
    case RNL_TEX_SPACE:
      return add_space (self, node);
    case RNL_TEX_SCRIPT:
      return add_scripts (self, node);
    case RNL_TEX_FENCE:
      return add_fence (self, node);
    case RNL_TEX_ROW:
      split_row (self, node);
      return TRUE;
    case RNL_TEX_STYLE:
    case RNL_TEX_SOURCE:
    case RNL_TEX_DELIMITER:
    case RNL_TEX_FRACTION:
    case RNL_TEX_ROOT:
    case RNL_TEX_ACCENT:
    case RNL_TEX_ARRAY:
    case RNL_TEX_LINE:
    case RNL_TEX_BOX:
    case RNL_TEX_PHANTOM:
    default:
      return FALSE;
    }
}

static void
split_row (Splitter *self, RnlTexNode *row)
{
  for (guint i = 0; row->children != NULL && i < row->children->len; i++)
    {
      RnlTexNode *node = g_ptr_array_index (row->children, i);
      RnlMathPiece piece = { .node = node };

      if (node == NULL || split_node (self, node))
        continue;
      /* The tree gives it away. */
      g_ptr_array_index (row->children, i) = NULL;
      if (self->begun && node->klass == RNL_TEX_RELATION)
        g_string_append (self->text, NO_BREAK);
      end_text (self);
      g_array_append_val (self->pieces, piece);
      if (node->klass == RNL_TEX_RELATION)
        g_string_append (self->text, " ");
      self->before = node->klass;
      self->begun = TRUE;
    }
}

/**
 * rnl_math_split:
 * @formula: (transfer full): a formula
 *
 * Cuts a formula into stretches that are text, which can be selected and wrapped, and parts that
 * have to be drawn.
 *
 * Returns: (transfer full) (element-type RnlMathPiece): the pieces, in order
 */
GArray *
rnl_math_split (RnlTexNode *formula)
{
  Splitter self
    = { .pieces = g_array_new (FALSE, FALSE, sizeof (RnlMathPiece)), .text = g_string_new (NULL) };

  g_array_set_clear_func (self.pieces, clear_piece);
  if (formula->kind == RNL_TEX_ROW)
    {
      split_row (&self, formula);
      rnl_tex_node_free (formula);
    }
  else
    {
      RnlMathPiece piece = { .node = formula };

      g_array_append_val (self.pieces, piece);
    }
  end_text (&self);
  g_string_free (self.text, TRUE);

  return self.pieces;
}

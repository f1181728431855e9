/* rnl-tex-node.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-tex-node.h"

/**
 * rnl_tex_node_new:
 * @kind: what it is
 * @text: (nullable): its text
 *
 * Returns: (transfer full): a node without children
 */
RnlTexNode *
rnl_tex_node_new (RnlTexKind kind, const char *text)
{
  RnlTexNode *self = g_new0 (RnlTexNode, 1);

  self->kind = kind;
  self->text = g_strdup (text);

  return self;
}

/**
 * rnl_tex_node_free:
 * @self: (nullable) (transfer full): a node
 *
 * Frees a node with all that is in it.
 */
void
rnl_tex_node_free (RnlTexNode *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self->text);
  g_free (self->right);
  g_free (self);
}

/**
 * rnl_tex_node_add:
 * @self: a node
 * @child: (transfer full) (nullable): its next child
 */
void
rnl_tex_node_add (RnlTexNode *self, RnlTexNode *child)
{
  if (self->children == NULL)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_tex_node_free);
  g_ptr_array_add (self->children, child);
}

/**
 * rnl_tex_node_get_n_children:
 * @self: a node
 *
 * Returns: how many children it has
 */
guint
rnl_tex_node_get_n_children (const RnlTexNode *self)
{
  return self->children != NULL ? self->children->len : 0;
}

/**
 * rnl_tex_node_get_child:
 * @self: a node
 * @position: any number
 *
 * Returns: (transfer none) (nullable): the child there
 */
const RnlTexNode *
rnl_tex_node_get_child (const RnlTexNode *self, guint position)
{
  return position < rnl_tex_node_get_n_children (self)
           ? g_ptr_array_index (self->children, position)
           : NULL;
}

/* rnl-json-changes.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-changes-private.h"

#include "rnl-json-patch.h"
#include "rnl-json-value.h"

/* A value that is new, or that changed, where it is. */
typedef struct
{
  const char *op;
  char *path;
  JsonNode *node;
} Change;

/* Values only come and grow at the right edge of a tree, so that what changed is known when it
 * happens. What is in a value that is new itself is not told. */
struct _RnlJsonChanges
{
  GArray *changes;  /* of Change, in order */
  GHashTable *told; /* the nodes in it, and those inside of them */
};

static void
change_clear (gpointer data)
{
  Change *change = data;

  g_free (change->path);
  json_node_unref (change->node);
}

static void
tell (RnlJsonChanges *self, const char *op, char *path, JsonNode *node)
{
  Change change = { op, path, json_node_ref (node) };

  g_array_append_val (self->changes, change);
}

/**
 * rnl_json_changes_new: (skip)
 * @tree: a tree
 *
 * Returns: (transfer full): changes, of which all that is in @tree already is the first
 */
RnlJsonChanges *
rnl_json_changes_new (RnlJsonTree *tree)
{
  RnlJsonChanges *self = g_new0 (RnlJsonChanges, 1);

  self->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_array_set_clear_func (self->changes, change_clear);
  self->told = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) json_node_unref, NULL);
  if (tree->root == NULL)
    return self;
  tell (self, "replace", g_strdup (""), tree->root);
  for (guint i = 0; i < tree->levels->len; i++)
    g_hash_table_add (self->told,
                      json_node_ref (g_array_index (tree->levels, RnlJsonLevel, i).node));
  if (tree->open != NULL)
    g_hash_table_add (self->told, json_node_ref (tree->open));

  return self;
}

void
rnl_json_changes_free (RnlJsonChanges *self)
{
  g_array_unref (self->changes);
  g_hash_table_unref (self->told);
  g_free (self);
}

void
rnl_json_changes_clear (RnlJsonChanges *self)
{
  g_array_set_size (self->changes, 0);
  g_hash_table_remove_all (self->told);
}

/* Where the newest value is: the last of each that is open. */
static char *
newest_path (RnlJsonTree *tree)
{
  GString *path = g_string_new (NULL);

  for (guint i = 0; i < tree->levels->len; i++)
    {
      RnlJsonLevel *level = &g_array_index (tree->levels, RnlJsonLevel, i);

      if (JSON_NODE_HOLDS_OBJECT (level->node))
        rnl_json_patch_append_name (path, level->key);
      else
        g_string_append_printf (path, "/%u",
                                json_array_get_length (json_node_get_array (level->node)) - 1);
    }

  return g_string_free (path, FALSE);
}

static gboolean
is_told (RnlJsonChanges *self, RnlJsonTree *tree)
{
  RnlJsonLevel *top;

  if (tree->levels->len == 0)
    return FALSE;
  top = &g_array_index (tree->levels, RnlJsonLevel, tree->levels->len - 1);

  return g_hash_table_contains (self->told, top->node);
}

/**
 * rnl_json_changes_add_placed: (skip)
 * @self: changes
 * @tree: the tree, after @node was put in its place
 * @node: the newest value
 * @again: whether there was another in its place
 */
void
rnl_json_changes_add_placed (RnlJsonChanges *self,
                             RnlJsonTree *tree,
                             JsonNode *node,
                             gboolean again)
{
  if (!is_told (self, tree))
    tell (self, again || tree->levels->len == 0 ? "replace" : "add", newest_path (tree), node);
  g_hash_table_add (self->told, json_node_ref (node));
}

/**
 * rnl_json_changes_add_grown: (skip)
 * @self: changes
 * @tree: a tree whose open string or number is not what it was
 */
void
rnl_json_changes_add_grown (RnlJsonChanges *self, RnlJsonTree *tree)
{
  if (g_hash_table_contains (self->told, tree->open))
    return;
  tell (self, "replace", newest_path (tree), tree->open);
  g_hash_table_add (self->told, json_node_ref (tree->open));
}

/**
 * rnl_json_changes_take: (skip)
 * @self: changes
 *
 * Returns: (transfer full) (nullable): operations that lead from what was taken last to what is
 *   now, `NULL` when there are none
 */
JsonNode *
rnl_json_changes_take (RnlJsonChanges *self)
{
  JsonArray *patch;
  JsonNode *node;

  if (self->changes->len == 0)
    return NULL;
  patch = json_array_sized_new (self->changes->len);
  for (guint i = 0; i < self->changes->len; i++)
    {
      Change *change = &g_array_index (self->changes, Change, i);
      JsonObject *operation = json_object_new ();

      json_object_set_string_member (operation, "op", change->op);
      json_object_set_string_member (operation, "path", change->path);
      json_object_set_member (operation, "value", rnl_json_value_copy (change->node));
      json_array_add_object_element (patch, operation);
    }
  rnl_json_changes_clear (self);
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, patch);

  return node;
}

/* rnl-json-tree.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-tree-private.h"

#include "rnl-json-changes-private.h"

static void
level_clear (gpointer data)
{
  g_free (((RnlJsonLevel *) data)->key);
}

void
rnl_json_tree_init (RnlJsonTree *tree)
{
  tree->root = NULL;
  tree->key = g_string_new (NULL);
  tree->text = g_string_new (NULL);
  tree->levels = g_array_new (FALSE, FALSE, sizeof (RnlJsonLevel));
  g_array_set_clear_func (tree->levels, level_clear);
  tree->open = NULL;
  tree->in_string = FALSE;
  tree->stale = FALSE;
  tree->changes = NULL;
}

/* Forgets everything. */
void
rnl_json_tree_reset (RnlJsonTree *tree)
{
  g_clear_pointer (&tree->root, json_node_unref);
  g_string_truncate (tree->key, 0);
  g_string_truncate (tree->text, 0);
  g_array_set_size (tree->levels, 0);
  tree->open = NULL;
  tree->in_string = FALSE;
  tree->stale = FALSE;
  if (tree->changes != NULL)
    rnl_json_changes_clear (tree->changes);
}

void
rnl_json_tree_clear (RnlJsonTree *tree)
{
  g_clear_pointer (&tree->root, json_node_unref);
  if (tree->key != NULL)
    g_string_free (tree->key, TRUE);
  if (tree->text != NULL)
    g_string_free (tree->text, TRUE);
  g_clear_pointer (&tree->levels, g_array_unref);
  g_clear_pointer (&tree->changes, rnl_json_changes_free);
  tree->key = tree->text = NULL;
}

static RnlJsonLevel *
top_level (RnlJsonTree *tree)
{
  return tree->levels->len > 0 ? &g_array_index (tree->levels, RnlJsonLevel, tree->levels->len - 1)
                               : NULL;
}

/* Puts @node (taken) where the next value belongs. */
static void
place (RnlJsonTree *tree, JsonNode *node)
{
  gboolean again = FALSE;
  RnlJsonLevel *level = top_level (tree);

  if (level == NULL)
    {
      g_clear_pointer (&tree->root, json_node_unref);
      tree->root = node;
    }
  else if (JSON_NODE_HOLDS_ARRAY (level->node))
    {
      json_node_set_parent (node, level->node);
      json_array_add_element (json_node_get_array (level->node), node);
    }
  else
    {
      JsonObject *object = json_node_get_object (level->node);

      g_free (level->key);
      level->key = g_strdup (tree->key->str);
      again = tree->changes != NULL && json_object_has_member (object, level->key);
      json_node_set_parent (node, level->node);
      json_object_set_member (object, level->key, node);
    }
  if (tree->changes != NULL)
    rnl_json_changes_add_placed (tree->changes, tree, node, again);
}

static void
open_container (RnlJsonTree *tree, gboolean is_object)
{
  JsonNode *node = json_node_alloc ();
  RnlJsonLevel level = { node, NULL };

  if (is_object)
    json_node_take_object (json_node_init (node, JSON_NODE_OBJECT), json_object_new ());
  else
    json_node_take_array (json_node_init (node, JSON_NODE_ARRAY), json_array_new ());
  place (tree, node);
  g_array_append_val (tree->levels, level);
}

/* Brings the string that is being read into the tree. */
static void
refresh (RnlJsonTree *tree)
{
  if (!tree->stale)
    return;
  json_node_set_string (tree->open, tree->text->str);
  tree->stale = FALSE;
}

static gboolean
push_string (RnlJsonTree *tree, const RnlJsonToken *token)
{
  gboolean begins = !tree->in_string;

  if (begins)
    {
      tree->open = json_node_init_string (json_node_alloc (), "");
      tree->in_string = TRUE;
      g_string_truncate (tree->text, 0);
      place (tree, tree->open);
    }
  g_string_append_len (tree->text, token->text, (gssize) token->len);
  tree->stale = tree->stale || token->len > 0;
  if (tree->changes != NULL && !begins && token->len > 0)
    rnl_json_changes_add_grown (tree->changes, tree);
  if (token->final)
    {
      refresh (tree);
      tree->in_string = FALSE;
      tree->open = NULL;
    }

  return begins || token->len > 0;
}

static gboolean
same_number (JsonNode *node, gboolean is_int, gint64 integer, double number)
{
  if (is_int && json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node) == integer;

  return !(json_node_get_double (node) < number) && !(json_node_get_double (node) > number);
}

/* The number read so far, or its end. Returns whether its value changed. */
gboolean
rnl_json_tree_set_number (RnlJsonTree *tree, const char *text, gsize len)
{
  gsize prefix = rnl_json_number_prefix (text, len, NULL);
  gint64 integer = 0;
  gboolean is_int = rnl_json_number_to_int (text, prefix, &integer);
  double number;

  if (prefix == 0)
    return FALSE;
  number = is_int ? (double) integer : rnl_json_number_to_double (text, prefix);
  if (tree->open == NULL)
    {
      tree->open = json_node_init_double (json_node_alloc (), number);
      place (tree, tree->open);
    }
  else if (same_number (tree->open, is_int, integer, number))
    {
      return FALSE;
    }
  else if (tree->changes != NULL)
    {
      rnl_json_changes_add_grown (tree->changes, tree);
    }
  if (is_int)
    json_node_set_int (tree->open, integer);
  else
    json_node_set_double (tree->open, number);

  return TRUE;
}

/**
 * rnl_json_tree_push: (skip)
 * @tree: a tree
 * @token: the next token, in the reader's order
 *
 * Returns: whether the value changed
 */
gboolean
rnl_json_tree_push (RnlJsonTree *tree, const RnlJsonToken *token)
{
  gboolean changed;

  switch (token->type)
    {
    case RNL_JSON_OBJECT_START:
    case RNL_JSON_ARRAY_START:
      open_container (tree, token->type == RNL_JSON_OBJECT_START);
      return TRUE;
    case RNL_JSON_OBJECT_END:
    case RNL_JSON_ARRAY_END:
      g_array_set_size (tree->levels, tree->levels->len - 1);
      return FALSE;
    case RNL_JSON_KEY:
      g_string_truncate (tree->key, 0);
      g_string_append_len (tree->key, token->text, (gssize) token->len);
      return FALSE;
    case RNL_JSON_STRING:
      return push_string (tree, token);
    case RNL_JSON_NUMBER:
      changed = rnl_json_tree_set_number (tree, token->text, token->len);
      tree->open = NULL;
      return changed;
    case RNL_JSON_TRUE:
    case RNL_JSON_FALSE:
      place (tree, json_node_init_boolean (json_node_alloc (), token->type == RNL_JSON_TRUE));
      return TRUE;
    case RNL_JSON_NULL:
      place (tree, json_node_init_null (json_node_alloc ()));
      return tree->levels->len > 0;
    case RNL_JSON_NEED_MORE:
    case RNL_JSON_DONE:
    case RNL_JSON_ERROR_TOKEN:
    default:
      return FALSE;
    }
}

/* (transfer none) (nullable) */
JsonNode *
rnl_json_tree_peek (RnlJsonTree *tree)
{
  refresh (tree);

  return tree->root;
}

/* (transfer full) (nullable) */
JsonNode *
rnl_json_tree_steal (RnlJsonTree *tree)
{
  JsonNode *root;

  refresh (tree);
  root = g_steal_pointer (&tree->root);
  rnl_json_tree_reset (tree);

  return root;
}

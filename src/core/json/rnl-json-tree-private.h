/* rnl-json-tree-private.h: tokens in, a tree out, at any time
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-json-reader.h"

G_BEGIN_DECLS

/* An open object or array, and the name its last member has. */
typedef struct
{
  JsonNode *node;
  char *key;
} RnlJsonLevel;

/* The tree of what was read so far. The string that is being read is put into it on demand. */
typedef struct
{
  /* owned */
  JsonNode *root;
  GString *key;
  GString *text;
  GArray *levels;                  /* of RnlJsonLevel */
  struct _RnlJsonChanges *changes; /* (nullable): for those who ask for differences */

  /* borrowed: the value that may still change */
  JsonNode *open;
  gboolean in_string;
  gboolean stale;
} RnlJsonTree;

void rnl_json_tree_init (RnlJsonTree *tree);
void rnl_json_tree_reset (RnlJsonTree *tree);
void rnl_json_tree_clear (RnlJsonTree *tree);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RnlJsonTree, rnl_json_tree_clear)

gboolean rnl_json_tree_push (RnlJsonTree *tree, const RnlJsonToken *token);
gboolean rnl_json_tree_set_number (RnlJsonTree *tree, const char *text, gsize len);
JsonNode *rnl_json_tree_peek (RnlJsonTree *tree);
JsonNode *rnl_json_tree_steal (RnlJsonTree *tree);

G_END_DECLS

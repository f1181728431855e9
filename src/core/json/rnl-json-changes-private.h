/* rnl-json-changes-private.h: what changed in a tree, without looking at it again
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-json-tree-private.h"

G_BEGIN_DECLS

typedef struct _RnlJsonChanges RnlJsonChanges;

RnlJsonChanges *rnl_json_changes_new (RnlJsonTree *tree);
void rnl_json_changes_free (RnlJsonChanges *self);
void rnl_json_changes_clear (RnlJsonChanges *self);
void rnl_json_changes_add_placed (RnlJsonChanges *self,
                                  RnlJsonTree *tree,
                                  JsonNode *node,
                                  gboolean again);
void rnl_json_changes_add_grown (RnlJsonChanges *self, RnlJsonTree *tree);
JsonNode *rnl_json_changes_take (RnlJsonChanges *self);

G_END_DECLS

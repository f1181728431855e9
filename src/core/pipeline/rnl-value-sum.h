/* rnl-value-sum.h: pieces of output become the whole
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RnlValueSum:
 *
 * Adds up what a step gave piece by piece: text is joined, lists too, the members of objects are
 * added one by one; where two cannot be added the newer stands. Costs what the pieces cost.
 */
typedef struct _RnlValueSum RnlValueSum;

RnlValueSum *rnl_value_sum_new (void);
void rnl_value_sum_free (RnlValueSum *self);
void rnl_value_sum_add (RnlValueSum *self, JsonNode *piece);
JsonNode *rnl_value_sum_end (RnlValueSum *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlValueSum, rnl_value_sum_free)

G_END_DECLS

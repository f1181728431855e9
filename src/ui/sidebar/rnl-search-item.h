/* rnl-search-item.h: one place where a search matched
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-library.h"

G_BEGIN_DECLS

#define RNL_TYPE_SEARCH_ITEM (rnl_search_item_get_type ())
G_DECLARE_FINAL_TYPE (RnlSearchItem, rnl_search_item, RNL, SEARCH_ITEM, GObject)

RnlSearchItem *rnl_search_item_new (const RnlSearchHit *hit);
void rnl_search_item_set_hit (RnlSearchItem *self, const RnlSearchHit *hit);
const char *rnl_search_item_get_chat_id (RnlSearchItem *self);
const char *rnl_search_item_get_message_id (RnlSearchItem *self);
const char *rnl_search_item_get_title (RnlSearchItem *self);
const char *rnl_search_item_get_markup (RnlSearchItem *self);

G_END_DECLS

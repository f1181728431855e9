/* rnl-search-row.h: a row of the search results
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-search-item.h"

G_BEGIN_DECLS

#define RNL_TYPE_SEARCH_ROW (rnl_search_row_get_type ())
G_DECLARE_FINAL_TYPE (RnlSearchRow, rnl_search_row, RNL, SEARCH_ROW, GtkWidget)

GtkWidget *rnl_search_row_new (void);
void rnl_search_row_set_item (RnlSearchRow *self, RnlSearchItem *item);

G_END_DECLS

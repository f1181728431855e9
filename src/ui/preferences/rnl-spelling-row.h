/* rnl-spelling-row.h: whether spelling is checked, and in which languages
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-workspace.h"

G_BEGIN_DECLS

#define RNL_TYPE_SPELLING_ROW (rnl_spelling_row_get_type ())
G_DECLARE_FINAL_TYPE (RnlSpellingRow, rnl_spelling_row, RNL, SPELLING_ROW, AdwExpanderRow)

void rnl_spelling_row_set_workspace (RnlSpellingRow *self, RnlWorkspace *workspace);

G_END_DECLS

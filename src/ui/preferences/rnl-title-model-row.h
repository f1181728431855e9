/* rnl-title-model-row.h: the choice of the model that names chats
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-workspace.h"

G_BEGIN_DECLS

#define RNL_TYPE_TITLE_MODEL_ROW (rnl_title_model_row_get_type ())
G_DECLARE_FINAL_TYPE (RnlTitleModelRow, rnl_title_model_row, RNL, TITLE_MODEL_ROW, AdwActionRow)

void rnl_title_model_row_set_workspace (RnlTitleModelRow *self, RnlWorkspace *workspace);

G_END_DECLS

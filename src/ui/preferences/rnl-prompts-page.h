/* rnl-prompts-page.h: the prompts a person keeps, to be changed
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-workspace.h"

G_BEGIN_DECLS

#define RNL_TYPE_PROMPTS_PAGE (rnl_prompts_page_get_type ())
G_DECLARE_FINAL_TYPE (RnlPromptsPage, rnl_prompts_page, RNL, PROMPTS_PAGE, AdwPreferencesPage)

void rnl_prompts_page_set_workspace (RnlPromptsPage *self, RnlWorkspace *workspace);

G_END_DECLS

/* rnl-tools-page.h: what a model may use, and what that may touch
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-workspace.h"

G_BEGIN_DECLS

#define RNL_TYPE_TOOLS_PAGE (rnl_tools_page_get_type ())
G_DECLARE_FINAL_TYPE (RnlToolsPage, rnl_tools_page, RNL, TOOLS_PAGE, AdwPreferencesPage)

void rnl_tools_page_set_workspace (RnlToolsPage *self, RnlWorkspace *workspace);

G_END_DECLS

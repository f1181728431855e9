/* rnl-programs-page.h: which other programs may ask
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-workspace.h"

G_BEGIN_DECLS

#define RNL_TYPE_PROGRAMS_PAGE (rnl_programs_page_get_type ())
G_DECLARE_FINAL_TYPE (RnlProgramsPage, rnl_programs_page, RNL, PROGRAMS_PAGE, AdwPreferencesPage)

void rnl_programs_page_set_workspace (RnlProgramsPage *self, RnlWorkspace *workspace);

G_END_DECLS

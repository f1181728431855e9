/* rnl-accounts-page.h: the models a person has
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-workspace.h"

G_BEGIN_DECLS

#define RNL_TYPE_ACCOUNTS_PAGE (rnl_accounts_page_get_type ())
G_DECLARE_FINAL_TYPE (RnlAccountsPage, rnl_accounts_page, RNL, ACCOUNTS_PAGE, AdwPreferencesPage)

void rnl_accounts_page_set_workspace (RnlAccountsPage *self, RnlWorkspace *workspace);

G_END_DECLS

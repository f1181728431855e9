/* rnl-account-advanced.h: what most accounts do not need
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-account.h"

G_BEGIN_DECLS

#define RNL_TYPE_ACCOUNT_ADVANCED (rnl_account_advanced_get_type ())
G_DECLARE_FINAL_TYPE (
  RnlAccountAdvanced, rnl_account_advanced, RNL, ACCOUNT_ADVANCED, AdwExpanderRow)

void rnl_account_advanced_show (RnlAccountAdvanced *self, RnlAccount *account);
void rnl_account_advanced_fill (RnlAccountAdvanced *self, RnlAccount *account);
void rnl_account_advanced_save (RnlAccountAdvanced *self, RnlAccount *account);

G_END_DECLS

/* rnl-account-window.h: the form of one account
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-workspace.h"

G_BEGIN_DECLS

#define RNL_TYPE_ACCOUNT_WINDOW (rnl_account_window_get_type ())
G_DECLARE_FINAL_TYPE (RnlAccountWindow, rnl_account_window, RNL, ACCOUNT_WINDOW, AdwWindow)

GtkWidget *rnl_account_window_new (RnlWorkspace *workspace, RnlAccount *account);

G_END_DECLS

/* rnl-account-header-row.h: one header of an account in its form
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RNL_TYPE_ACCOUNT_HEADER_ROW (rnl_account_header_row_get_type ())
G_DECLARE_FINAL_TYPE (
  RnlAccountHeaderRow, rnl_account_header_row, RNL, ACCOUNT_HEADER_ROW, AdwPreferencesRow)

GtkWidget *rnl_account_header_row_new (const char *line);
char *rnl_account_header_row_dup_line (RnlAccountHeaderRow *self);

G_END_DECLS

/* rnl-start-page.h: what an empty chat shows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-accounts.h"
#include "rnl-chat-model.h"

G_BEGIN_DECLS

#define RNL_TYPE_START_PAGE (rnl_start_page_get_type ())
G_DECLARE_FINAL_TYPE (RnlStartPage, rnl_start_page, RNL, START_PAGE, GtkWidget)

void rnl_start_page_set_model (RnlStartPage *self, RnlChatModel *model);

void rnl_start_page_set_accounts (RnlStartPage *self, RnlAccounts *accounts);

G_END_DECLS

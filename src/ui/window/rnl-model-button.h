/* rnl-model-button.h: who answers, and the choice of another
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-accounts.h"
#include "rnl-chat-model.h"

G_BEGIN_DECLS

#define RNL_TYPE_MODEL_BUTTON (rnl_model_button_get_type ())
G_DECLARE_FINAL_TYPE (RnlModelButton, rnl_model_button, RNL, MODEL_BUTTON, GtkWidget)

void
rnl_model_button_set_accounts (RnlModelButton *self, RnlAccounts *accounts, GSettings *settings);
void rnl_model_button_set_model (RnlModelButton *self, RnlChatModel *model, gboolean tuned);
void rnl_model_button_popup (RnlModelButton *self);

G_END_DECLS

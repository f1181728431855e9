/* rnl-accounts.h: the servers that a person uses, and how a model's name leads to one
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-account.h"
#include "rnl-chat-model.h"

G_BEGIN_DECLS

#define RNL_TYPE_ACCOUNTS (rnl_accounts_get_type ())
G_DECLARE_FINAL_TYPE (RnlAccounts, rnl_accounts, RNL, ACCOUNTS, GObject)

RnlAccounts *rnl_accounts_get_default (void);
RnlAccounts *rnl_accounts_new (GSettings *settings);
RnlAccounts *rnl_accounts_new_with_secrets (GSettings *settings, RnlSecretStore *secrets);

RnlSecretStore *rnl_accounts_get_secrets (RnlAccounts *self);
RnlAccount *rnl_accounts_find (RnlAccounts *self, const char *id);
RnlAccount *rnl_accounts_add (
  RnlAccounts *self, const char *title, const char *protocol, const char *base_url, GError **error);
gboolean rnl_accounts_remove (RnlAccounts *self, const char *id);
void rnl_accounts_restore (RnlAccounts *self, RnlAccount *account);

RnlChatModel *rnl_accounts_create_model (RnlAccounts *self, const char *id, GError **error);
RnlChatModel *rnl_chat_model_new_for_id (const char *id, GError **error);

G_END_DECLS

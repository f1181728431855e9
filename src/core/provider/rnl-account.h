/* rnl-account.h: one server that a person uses
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-model-info.h"
#include "rnl-secret-store.h"

G_BEGIN_DECLS

#define RNL_TYPE_ACCOUNT (rnl_account_get_type ())
G_DECLARE_FINAL_TYPE (RnlAccount, rnl_account, RNL, ACCOUNT, GObject)

RnlAccount *rnl_account_new (const char *id,
                             const char *title,
                             const char *protocol,
                             const char *base_url,
                             RnlSecretStore *secrets);

const char *rnl_account_get_id (RnlAccount *self);
const char *rnl_account_get_title (RnlAccount *self);
void rnl_account_set_title (RnlAccount *self, const char *title);
const char *rnl_account_get_protocol (RnlAccount *self);
void rnl_account_set_protocol (RnlAccount *self, const char *protocol);
const char *rnl_account_get_base_url (RnlAccount *self);
void rnl_account_set_base_url (RnlAccount *self, const char *base_url);
const char *const *rnl_account_get_addresses (RnlAccount *self);
void rnl_account_set_addresses (RnlAccount *self, const char *const *addresses);
const char *const *rnl_account_get_headers (RnlAccount *self);
void rnl_account_set_headers (RnlAccount *self, const char *const *headers);
const char *rnl_account_get_ca_file (RnlAccount *self);
void rnl_account_set_ca_file (RnlAccount *self, const char *ca_file);
const char *rnl_account_get_proxy (RnlAccount *self);
void rnl_account_set_proxy (RnlAccount *self, const char *proxy);
gboolean rnl_account_check (RnlAccount *self, GError **error);

void rnl_account_lookup_key_async (RnlAccount *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean
rnl_account_lookup_key_finish (RnlAccount *self, GAsyncResult *result, char **key, GError **error);
void rnl_account_set_key (RnlAccount *self, const char *key);
void rnl_account_store_key_async (RnlAccount *self,
                                  const char *key,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean rnl_account_store_key_finish (RnlAccount *self, GAsyncResult *result, GError **error);

void rnl_account_store_private_async (RnlAccount *self,
                                      const char *const *headers,
                                      const char *proxy,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean rnl_account_store_private_finish (RnlAccount *self, GAsyncResult *result, GError **error);
void rnl_account_forget_async (RnlAccount *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean rnl_account_forget_finish (RnlAccount *self, GAsyncResult *result, GError **error);

void rnl_account_fetch_models_async (RnlAccount *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *rnl_account_fetch_models_finish (RnlAccount *self, GAsyncResult *result, GError **error);
RnlModelInfo *rnl_account_peek_model (RnlAccount *self, const char *model);

G_END_DECLS

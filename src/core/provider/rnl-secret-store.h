/* rnl-secret-store.h: where API keys are kept
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RNL_TYPE_SECRET_STORE (rnl_secret_store_get_type ())
G_DECLARE_FINAL_TYPE (RnlSecretStore, rnl_secret_store, RNL, SECRET_STORE, GObject)

/**
 * RnlSecretName:
 * @provider: the protocol of the account
 * @base_url: the account's address: a key is never given to another one
 * @account: the account's id
 *
 * What a key is filed under. All borrowed.
 */
typedef struct
{
  const char *provider;
  const char *base_url;
  const char *account;
} RnlSecretName;

RnlSecretStore *rnl_secret_store_get_default (void);
RnlSecretStore *rnl_secret_store_new_volatile (void);

gboolean rnl_secret_store_get_keys_are_volatile (RnlSecretStore *self);

void rnl_secret_store_lookup_async (RnlSecretStore *self,
                                    const RnlSecretName *name,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean rnl_secret_store_lookup_finish (RnlSecretStore *self,
                                         GAsyncResult *result,
                                         char **key,
                                         GError **error);

void rnl_secret_store_store_async (RnlSecretStore *self,
                                   const RnlSecretName *name,
                                   const char *title,
                                   const char *key,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean rnl_secret_store_store_finish (RnlSecretStore *self, GAsyncResult *result, GError **error);

G_END_DECLS

/* rnl-account-private.h: between the files of an account
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-account.h"
#include "rnl-endpoint.h"
#include "rnl-protocol.h"
#include "rnl-route.h"

G_BEGIN_DECLS

struct _RnlAccount
{
  GObject parent_instance;

  /* owned */
  char *id;
  char *title;
  char *protocol;
  char *base_url;
  char *key; /* given for this session, never written */
  char **addresses;
  char **headers;
  char *ca_file;
  char *proxy;
  RnlSecretStore *secrets;

  /* owned: how it was reached last */
  SoupSession *session;
  char *session_for;
  char *good; /* the base of the address that answered when the first one did not */

  gint64 good_until; /* monotonic, in microseconds */
};

/* Where its server is and how it talks, as the account says at this moment. */
RnlEndpoint *
rnl_account_make_endpoint (RnlAccount *self, const RnlProtocol **protocol, GError **error);
GPtrArray *
rnl_account_make_endpoints (RnlAccount *self, const RnlProtocol **protocol, GError **error);

/* What the settings keep of it besides its address: `a{sv}`, `NULL` for nothing. */
GVariant *rnl_account_options_to_variant (RnlAccount *self);
void rnl_account_options_from_variant (RnlAccount *self, GVariant *options);
gboolean rnl_account_options_check (RnlAccount *self, GError **error);
void rnl_account_options_clear (RnlAccount *self);

/* What the secret store keeps of it besides its key: values of headers by their names, and by the
 * address of a proxy the name and password for it. */
gboolean rnl_account_has_private (RnlAccount *self);
void rnl_account_lookup_private_async (RnlAccount *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GHashTable *
rnl_account_lookup_private_finish (RnlAccount *self, GAsyncResult *result, GError **error);
char *rnl_account_join_proxy (const char *proxy, const char *userinfo);
char *rnl_account_split_proxy (const char *proxy, char **userinfo);

G_END_DECLS

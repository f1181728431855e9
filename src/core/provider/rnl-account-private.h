/* rnl-account-private.h: between the files of an account
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-account.h"
#include "rnl-endpoint.h"
#include "rnl-protocol.h"

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
  RnlSecretStore *secrets;
};

/* Where its server is and how it talks, as the account says at this moment. */
RnlEndpoint *
rnl_account_make_endpoint (RnlAccount *self, const RnlProtocol **protocol, GError **error);

G_END_DECLS

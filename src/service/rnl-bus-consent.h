/* rnl-bus-consent.h: the person is asked whether a program may ask, one program at a time
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-bus-host.h"

G_BEGIN_DECLS

#define RNL_TYPE_BUS_CONSENT (rnl_bus_consent_get_type ())
G_DECLARE_FINAL_TYPE (RnlBusConsent, rnl_bus_consent, RNL, BUS_CONSENT, GObject)

RnlBusConsent *rnl_bus_consent_new (RnlBusHost *host);
gboolean rnl_bus_consent_was_refused (RnlBusConsent *self, const char *sender);
void rnl_bus_consent_ask_async (RnlBusConsent *self,
                                const char *sender,
                                const RnlConsentQuestion *question,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
RnlConsent rnl_bus_consent_ask_finish (RnlBusConsent *self, GAsyncResult *result, GError **error);

G_END_DECLS

/* rnl-consent-dialog.h: may this program ask?
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-bus-host.h"

G_BEGIN_DECLS

GtkWidget *rnl_consent_dialog_new (const RnlConsentQuestion *question, const char *payer);
void rnl_consent_dialog_choose_async (AdwMessageDialog *dialog,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
RnlConsent
rnl_consent_dialog_choose_finish (AdwMessageDialog *dialog, GAsyncResult *result, GError **error);

G_END_DECLS

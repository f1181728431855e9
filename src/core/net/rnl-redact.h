/* rnl-redact.h: keeping keys out of logs and errors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RNL_REDACTED "[redacted]"

/* Shorter ones would take ordinary words out of a text. */
#define RNL_REDACT_MIN_SECRET 6

char *rnl_redact (const char *text, const char *secret);
char *rnl_redact_all (const char *text, const char *const *secrets);

G_END_DECLS

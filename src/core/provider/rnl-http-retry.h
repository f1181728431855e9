/* rnl-http-retry.h: which failures go away by themselves, and how long that takes
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

gboolean rnl_http_retry_is_worth (SoupMessage *message, gboolean is_refusal, const GError *error);
guint rnl_http_retry_get_delay (const GError *error, guint first_ms, guint n_retries);

G_END_DECLS

/* rnl-http-retry.h: which failures go away by themselves, and how long that takes
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What official SDKs do: twice more, half a second to eight between, as the server asks up to a
 * minute. */
#define RNL_HTTP_RETRY_MAX 2

/* The notice (RNL_CHUNK_NOTICE) of a wait before the next try: `{"attempt": 1, "of": 2, "delay_ms":
 * int, "code": "rate-limit", "error": text}`. */
#define RNL_HTTP_RETRY_NOTICE "retry"

gboolean rnl_http_retry_is_worth (SoupMessage *message, gboolean is_refusal, const GError *error);
guint rnl_http_retry_get_delay (const GError *error, guint first_ms, guint n_retries);
char *rnl_http_retry_dup_notice (guint attempt, guint delay_ms, const GError *error);

G_END_DECLS

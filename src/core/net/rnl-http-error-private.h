/* rnl-http-error-private.h: errors of the connection in words for people
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

GError *
rnl_http_error_describe (GError *error, SoupMessage *message, gboolean has_head, guint64 n_bytes);
GError *rnl_http_error_proxy (SoupMessage *message);
GError *rnl_http_error_timeout (SoupMessage *message, gboolean connected, guint timeout_ms);

G_END_DECLS

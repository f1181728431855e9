/* rnl-http-body-private.h: whether a body came to its end
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

gboolean rnl_http_body_is_truncated (SoupMessage *message, GInputStream *body);

G_END_DECLS

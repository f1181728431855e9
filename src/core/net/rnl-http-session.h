/* rnl-http-session.h: the HTTP sessions our requests share
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

SoupSession *rnl_http_session_new (void);
SoupSession *rnl_http_session_new_through (GProxyResolver *proxies, GTlsDatabase *trusted);
char *rnl_http_session_dup_proxy (SoupSession *session, GUri *uri);
void rnl_http_session_ensure_trust (SoupSession *session);

G_END_DECLS

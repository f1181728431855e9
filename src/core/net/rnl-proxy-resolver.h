/* rnl-proxy-resolver.h: which proxy a request goes through
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The proxy that is none. */
#define RNL_PROXY_DIRECT "direct"

#define RNL_TYPE_PROXY_RESOLVER (rnl_proxy_resolver_get_type ())
G_DECLARE_FINAL_TYPE (RnlProxyResolver, rnl_proxy_resolver, RNL, PROXY_RESOLVER, GObject)

RnlProxyResolver *rnl_proxy_resolver_new (const char *proxy, GError **error);
char *rnl_proxy_resolver_find (RnlProxyResolver *self, const char *uri);

G_END_DECLS

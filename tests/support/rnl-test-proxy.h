/* rnl-test-proxy.h: a proxy that makes tunnels
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RnlTestProxy:
 *
 * A proxy on 127.0.0.1 at a free port. Whatever name it is asked for, it connects to one port of
 * this machine.
 */
typedef struct _RnlTestProxy RnlTestProxy;

RnlTestProxy *rnl_test_proxy_new (guint16 target_port, const char *credentials);
void rnl_test_proxy_free (RnlTestProxy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlTestProxy, rnl_test_proxy_free)

guint16 rnl_test_proxy_get_port (RnlTestProxy *self);
char *rnl_test_proxy_dup_log (RnlTestProxy *self);
guint rnl_test_proxy_get_n_tunnels (RnlTestProxy *self);

G_END_DECLS

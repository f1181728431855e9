/* rnl-bus-peer.h: what can be known of the program behind a name on the bus
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void rnl_bus_peer_find_program_async (GDBusConnection *connection,
                                      const char *sender,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
char *rnl_bus_peer_find_program_finish (GDBusConnection *connection, GAsyncResult *result);

G_END_DECLS

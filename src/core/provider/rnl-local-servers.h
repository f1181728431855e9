/* rnl-local-servers.h: model servers that run on this machine
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A server on this machine answers at once or is not there. */
#define RNL_LOCAL_SERVERS_TIMEOUT_MS 300

/**
 * RnlLocalServer:
 * @title: what it is ("Ollama")
 * @base_url: the address for an account
 * @protocol: the protocol for an account
 *
 * A server that answered.
 */
typedef struct
{
  char *title;
  char *base_url;
  char *protocol;
} RnlLocalServer;

#define RNL_TYPE_LOCAL_SERVER (rnl_local_server_get_type ())
GType rnl_local_server_get_type (void);

RnlLocalServer *rnl_local_server_copy (const RnlLocalServer *self);
void rnl_local_server_free (RnlLocalServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlLocalServer, rnl_local_server_free)

char **rnl_local_servers_dup_addresses (const char *ollama_host);
void rnl_local_servers_find_async (const char *const *addresses,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *rnl_local_servers_find_finish (GAsyncResult *result, GError **error);

G_END_DECLS

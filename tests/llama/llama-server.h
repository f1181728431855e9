/* llama-server.h: a real llama.cpp server with a small random model
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _LlamaServer LlamaServer;

LlamaServer *llama_server_start (const char *const *options);
void llama_server_stop (LlamaServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LlamaServer, llama_server_stop)

gboolean llama_server_is_there (void);
char *llama_server_dup_url (LlamaServer *server, const char *path);
gboolean llama_server_is_busy (LlamaServer *server);

G_END_DECLS

/* bench-server.h: a server of long answers, in a process of its own
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The argument with which a benchmark is its own server. */
#define BENCH_SERVE "--serve"

int bench_server_serve (void);
GSubprocess *bench_server_start (const char *program);
char *bench_server_dup_url (GSubprocess *server, const char *protocol, guint n_tokens);

G_END_DECLS

/* bench-streams.h: long answers as servers of each protocol send them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GString *bench_stream_new (const char *protocol, const char *text, gsize length, gboolean chunked);

G_END_DECLS

/* rnl-http-header.h: header lines that a person gives
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longer ones than servers take. */
#define RNL_HTTP_HEADER_MAX_BYTES 8192

gboolean rnl_http_header_split (const char *line, char **name, char **value, GError **error);

G_END_DECLS

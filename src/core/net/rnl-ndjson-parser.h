/* rnl-ndjson-parser.h: one JSON document a line, bytes in, lines out
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include "rnl-net-error.h"

G_BEGIN_DECLS

#define RNL_NDJSON_PARSER_MAX_LINE (16 * 1024 * 1024)

/**
 * RnlNdjsonFunc:
 * @line: a line without its end, not blank, not NUL-terminated, borrowed for the call
 * @length: its length in bytes
 * @user_data: closure
 * @error: return location for an error
 *
 * Returns: `FALSE` with @error set to stop
 */
typedef gboolean (*RnlNdjsonFunc) (const char *line,
                                   gsize length,
                                   gpointer user_data,
                                   GError **error);

typedef struct _RnlNdjsonParser RnlNdjsonParser;

RnlNdjsonParser *rnl_ndjson_parser_new (void);
void rnl_ndjson_parser_free (RnlNdjsonParser *parser);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlNdjsonParser, rnl_ndjson_parser_free)

void rnl_ndjson_parser_set_max_line (RnlNdjsonParser *parser, gsize bytes);
gboolean rnl_ndjson_parser_feed (RnlNdjsonParser *parser,
                                 const char *bytes,
                                 gsize len,
                                 RnlNdjsonFunc func,
                                 gpointer user_data,
                                 GError **error);
gboolean rnl_ndjson_parser_end (RnlNdjsonParser *parser,
                                RnlNdjsonFunc func,
                                gpointer user_data,
                                GError **error);

G_END_DECLS

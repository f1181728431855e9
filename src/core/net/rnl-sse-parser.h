/* rnl-sse-parser.h: server-sent events, bytes in, events out
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include "rnl-net-error.h"

G_BEGIN_DECLS

/* The longest event (all its lines together) and how much is kept of what is no event at all. */
#define RNL_SSE_PARSER_MAX_FRAME (16 * 1024 * 1024)
#define RNL_SSE_PARSER_MAX_STRAY 4096

/**
 * RnlSseEvent:
 * @event: (nullable): the event's name, or `NULL` when it has none ("message")
 * @data: the data, lines joined by line feeds; not NUL-terminated, never `NULL`
 * @length: the length of @data in bytes
 * @id: (nullable): the last id seen in the stream
 * @unterminated: the stream ended inside the event's last line, which may have been cut
 *
 * Everything is borrowed for the time of the call.
 */
typedef struct
{
  const char *event;
  const char *data;
  gsize length;
  const char *id;
  gboolean unterminated;
} RnlSseEvent;

/**
 * RnlSseFunc:
 * @event: an event
 * @user_data: closure
 * @error: return location for an error
 *
 * Must not call back into the parser.
 *
 * Returns: `FALSE` with @error set to stop: [method@SseParser.feed] returns it
 */
typedef gboolean (*RnlSseFunc) (const RnlSseEvent *event, gpointer user_data, GError **error);

typedef struct _RnlSseParser RnlSseParser;

RnlSseParser *rnl_sse_parser_new (void);
void rnl_sse_parser_free (RnlSseParser *parser);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlSseParser, rnl_sse_parser_free)

void rnl_sse_parser_set_max_frame (RnlSseParser *parser, gsize bytes);
gboolean rnl_sse_parser_feed (RnlSseParser *parser,
                              const char *bytes,
                              gsize len,
                              RnlSseFunc func,
                              gpointer user_data,
                              GError **error);
gboolean
rnl_sse_parser_end (RnlSseParser *parser, RnlSseFunc func, gpointer user_data, GError **error);
gint64 rnl_sse_parser_get_retry_ms (RnlSseParser *parser);
guint64 rnl_sse_parser_get_n_events (RnlSseParser *parser);
const char *rnl_sse_parser_peek_stray (RnlSseParser *parser, gsize *len);

G_END_DECLS

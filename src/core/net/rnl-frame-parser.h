/* rnl-frame-parser.h: frames of a stream, however they are set apart
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-sse-parser.h"

G_BEGIN_DECLS

/**
 * RnlFraming:
 * @RNL_FRAMING_SSE: server-sent events
 * @RNL_FRAMING_NDJSON: one JSON document a line
 */
typedef enum
{
  RNL_FRAMING_SSE,
  RNL_FRAMING_NDJSON,
} RnlFraming;

typedef struct _RnlFrameParser RnlFrameParser;

RnlFrameParser *rnl_frame_parser_new (RnlFraming framing);
void rnl_frame_parser_free (RnlFrameParser *parser);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlFrameParser, rnl_frame_parser_free)

gboolean rnl_frame_parser_feed (RnlFrameParser *parser,
                                const char *bytes,
                                gsize len,
                                RnlSseFunc func,
                                gpointer user_data,
                                GError **error);
gboolean
rnl_frame_parser_end (RnlFrameParser *parser, RnlSseFunc func, gpointer user_data, GError **error);
guint64 rnl_frame_parser_get_n_frames (RnlFrameParser *parser);
const char *rnl_frame_parser_peek_stray (RnlFrameParser *parser, gsize *len);

G_END_DECLS

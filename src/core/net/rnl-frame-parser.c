/* rnl-frame-parser.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-frame-parser.h"

#include "rnl-ndjson-parser.h"

struct _RnlFrameParser
{
  /* owned: one of them */
  RnlSseParser *events;
  RnlNdjsonParser *lines;

  /* of the call that is being made */
  RnlSseFunc func;
  gpointer user_data;
  gboolean ending;

  guint64 n_lines;
};

/**
 * rnl_frame_parser_new:
 * @framing: how the frames are set apart
 *
 * Returns: (transfer full): a parser for one stream
 */
RnlFrameParser *
rnl_frame_parser_new (RnlFraming framing)
{
  RnlFrameParser *self = g_new0 (RnlFrameParser, 1);

  if (framing == RNL_FRAMING_NDJSON)
    self->lines = rnl_ndjson_parser_new ();
  else
    self->events = rnl_sse_parser_new ();

  return self;
}

/**
 * rnl_frame_parser_free:
 * @self: (transfer full) (nullable): a parser
 */
void
rnl_frame_parser_free (RnlFrameParser *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->events, rnl_sse_parser_free);
  rnl_ndjson_parser_free (self->lines);
  g_free (self);
}

static gboolean
line_cb (const char *line, gsize length, gpointer user_data, GError **error)
{
  RnlFrameParser *self = user_data;
  RnlSseEvent event = { .data = line, .length = length, .unterminated = self->ending };

  self->n_lines++;

  return self->func (&event, self->user_data, error);
}

/**
 * rnl_frame_parser_feed:
 * @self: a parser
 * @bytes: what came, cut anywhere
 * @len: its length
 * @func: (scope call): called for each complete frame; a line has neither name nor id
 * @user_data: closure for @func
 * @error: return location for an error
 *
 * Errors: `RNL_NET_ERROR_TOO_LARGE`, and whatever @func gives; the stream cannot go on then.
 *
 * Returns: whether the stream can go on
 */
gboolean
rnl_frame_parser_feed (RnlFrameParser *self,
                       const char *bytes,
                       gsize len,
                       RnlSseFunc func,
                       gpointer user_data,
                       GError **error)
{
  if (self->events != NULL)
    return rnl_sse_parser_feed (self->events, bytes, len, func, user_data, error);

  self->func = func;
  self->user_data = user_data;

  return rnl_ndjson_parser_feed (self->lines, bytes, len, line_cb, self, error);
}

static gboolean
give_stray (RnlFrameParser *self, RnlSseFunc func, gpointer user_data, GError **error)
{
  RnlSseEvent event = { .unterminated = TRUE };

  event.data = rnl_sse_parser_peek_stray (self->events, &event.length);

  return rnl_sse_parser_get_n_events (self->events) == 0 || event.length == 0
         || event.data[0] != '{' || func (&event, user_data, error);
}

/**
 * rnl_frame_parser_end:
 * @self: a parser
 * @func: (scope call): called for a last frame without an end, or for an object that was put behind
 *   the last event as it is: so does a server whose error comes late
 * @user_data: closure for @func
 * @error: return location for an error
 *
 * Returns: whether @func was content
 */
gboolean
rnl_frame_parser_end (RnlFrameParser *self, RnlSseFunc func, gpointer user_data, GError **error)
{
  if (self->events != NULL)
    return rnl_sse_parser_end (self->events, func, user_data, error)
           && give_stray (self, func, user_data, error);

  self->func = func;
  self->user_data = user_data;
  self->ending = TRUE;

  return rnl_ndjson_parser_end (self->lines, line_cb, self, error);
}

guint64
rnl_frame_parser_get_n_frames (RnlFrameParser *self)
{
  return self->events != NULL ? rnl_sse_parser_get_n_events (self->events) : self->n_lines;
}

/**
 * rnl_frame_parser_peek_stray:
 * @self: a parser
 * @len: (out): its length
 *
 * Returns: (transfer none): the beginning of what came and was no frame
 */
const char *
rnl_frame_parser_peek_stray (RnlFrameParser *self, gsize *len)
{
  if (self->events != NULL)
    return rnl_sse_parser_peek_stray (self->events, len);

  *len = 0;

  return "";
}

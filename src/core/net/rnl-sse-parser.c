/* rnl-sse-parser.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-sse-parser.h"

#include <string.h>

struct _RnlSseParser
{
  gsize max_frame;

  /* A line whose end has not come. */
  GString *line;
  gboolean after_cr;
  gboolean begun;

  /* The event so far. The data is in place, in the buffer being fed, while it is one line. */
  const char *place;
  gsize place_len;
  GString *data;
  gboolean has_data;
  GString *event;
  GString *id;
  gboolean has_id;

  GString *stray;
  gint64 retry_ms;
  guint64 n_events;

  /* For the time of a call. */
  RnlSseFunc func;
  gpointer user_data;
};

/**
 * rnl_sse_parser_new:
 *
 * Makes a parser of `text/event-stream` as the HTML standard has it: lines end in CR, LF or both,
 * a byte order mark is passed over, comments and unknown fields are ignored.
 *
 * An event that lies whole in one buffer and has one data line is given in place.
 *
 * Returns: (transfer full): a parser for one stream
 */
RnlSseParser *
rnl_sse_parser_new (void)
{
  RnlSseParser *self = g_new0 (RnlSseParser, 1);

  self->max_frame = RNL_SSE_PARSER_MAX_FRAME;
  self->line = g_string_new (NULL);
  self->data = g_string_new (NULL);
  self->event = g_string_new (NULL);
  self->id = g_string_new (NULL);
  self->stray = g_string_new (NULL);
  self->retry_ms = -1;

  return self;
}

/**
 * rnl_sse_parser_free:
 * @self: (transfer full) (nullable): a parser
 */
void
rnl_sse_parser_free (RnlSseParser *self)
{
  if (self == NULL)
    return;
  g_string_free (self->line, TRUE);
  g_string_free (self->data, TRUE);
  g_string_free (self->event, TRUE);
  g_string_free (self->id, TRUE);
  g_string_free (self->stray, TRUE);
  g_free (self);
}

/**
 * rnl_sse_parser_set_max_frame:
 * @self: a parser
 * @bytes: the longest event, instead of `RNL_SSE_PARSER_MAX_FRAME`
 */
void
rnl_sse_parser_set_max_frame (RnlSseParser *self, gsize bytes)
{
  self->max_frame = bytes;
}

static void
forget_event (RnlSseParser *self)
{
  self->place = NULL;
  self->place_len = 0;
  self->has_data = FALSE;
  g_string_truncate (self->data, 0);
  g_string_truncate (self->event, 0);
}

static gboolean
too_large (RnlSseParser *self, GError **error)
{
  forget_event (self);
  g_string_truncate (self->line, 0);
  g_set_error (error, RNL_NET_ERROR, RNL_NET_ERROR_TOO_LARGE,
               "the server sent an event of more than %" G_GSIZE_FORMAT " bytes", self->max_frame);

  return FALSE;
}

/* Takes what lies in a buffer that goes away, or that is not the only line. */
static void
keep_data (RnlSseParser *self)
{
  if (self->place == NULL)
    return;
  g_string_append_len (self->data, self->place, (gssize) self->place_len);
  self->place = NULL;
  self->place_len = 0;
}

static gboolean
add_data (RnlSseParser *self, const char *value, gsize len, GError **error)
{
  if (self->data->len + self->place_len + len + 1 > self->max_frame)
    return too_large (self, error);
  if (!self->has_data)
    {
      self->has_data = TRUE;
      self->place = value;
      self->place_len = len;
      return TRUE;
    }
  keep_data (self);
  g_string_append_c (self->data, '\n');
  g_string_append_len (self->data, value, (gssize) len);

  return TRUE;
}

static gboolean
dispatch (RnlSseParser *self, gboolean unterminated, GError **error)
{
  RnlSseEvent event = { 0 };
  gboolean go_on;

  if (!self->has_data)
    {
      g_string_truncate (self->event, 0);
      return TRUE;
    }
  event.event = self->event->len > 0 ? self->event->str : NULL;
  event.data = self->place != NULL ? self->place : self->data->str;
  event.length = self->place != NULL ? self->place_len : self->data->len;
  event.id = self->has_id ? self->id->str : NULL;
  event.unterminated = unterminated;
  self->n_events++;
  go_on = self->func (&event, self->user_data, error);
  forget_event (self);

  return go_on;
}

static void
set_retry (RnlSseParser *self, const char *value, gsize len)
{
  gint64 ms = 0;

  if (len == 0 || len > 9)
    return;
  for (gsize i = 0; i < len; i++)
    {
      if (!g_ascii_isdigit (value[i]))
        return;
      ms = ms * 10 + (value[i] - '0');
    }
  self->retry_ms = ms;
}

/* A field that no server of events sends: a page, or a bare JSON error. */
static void
add_stray (RnlSseParser *self, const char *line, gsize len)
{
  gsize room = RNL_SSE_PARSER_MAX_STRAY - self->stray->len;

  g_string_append_len (self->stray, line, (gssize) MIN (len, room));
  if (self->stray->len < RNL_SSE_PARSER_MAX_STRAY)
    g_string_append_c (self->stray, '\n');
}

#define NAME_IS(literal) (name_len == sizeof (literal) - 1 && memcmp (line, literal, name_len) == 0)

static gboolean
read_line (RnlSseParser *self, const char *line, gsize len, GError **error)
{
  const char *colon, *value;
  gsize name_len, value_len;

  if (!self->begun)
    {
      self->begun = TRUE;
      if (len >= 3 && memcmp (line, "\xef\xbb\xbf", 3) == 0)
        {
          line += 3;
          len -= 3;
        }
    }
  if (len == 0)
    return dispatch (self, FALSE, error);
  if (line[0] == ':')
    return TRUE;

  colon = memchr (line, ':', len);
  name_len = colon != NULL ? (gsize) (colon - line) : len;
  value = colon != NULL ? colon + 1 : line + len;
  value_len = (gsize) (line + len - value);
  if (value_len > 0 && value[0] == ' ')
    {
      value++;
      value_len--;
    }

  if (G_LIKELY (NAME_IS ("data")))
    return add_data (self, value, value_len, error);
  if (NAME_IS ("event"))
    {
      g_string_truncate (self->event, 0);
      g_string_append_len (self->event, value, (gssize) value_len);
    }
  else if (NAME_IS ("id"))
    {
      if (memchr (value, '\0', value_len) != NULL)
        return TRUE;
      self->has_id = TRUE;
      g_string_truncate (self->id, 0);
      g_string_append_len (self->id, value, (gssize) value_len);
    }
  else if (NAME_IS ("retry"))
    {
      set_retry (self, value, value_len);
    }
  else
    {
      add_stray (self, line, len);
    }

  return TRUE;
}

/* A line whose beginning came in an earlier buffer. */
static gboolean
read_kept_line (RnlSseParser *self, const char *rest, gsize len, GError **error)
{
  gboolean ok;

  if (self->line->len + len + self->data->len > self->max_frame)
    return too_large (self, error);
  g_string_append_len (self->line, rest, (gssize) len);
  ok = read_line (self, self->line->str, self->line->len, error);
  /* The data may lie in the line, which is used again. */
  keep_data (self);
  g_string_truncate (self->line, 0);

  return ok;
}

static gboolean
feed_lines (RnlSseParser *self, const char *p, const char *end, GError **error)
{
  const char *lf = NULL;

  while (p < end)
    {
      const char *stop;
      gboolean ok;

      if (self->after_cr)
        {
          self->after_cr = FALSE;
          if (*p == '\n')
            {
              p++;
              continue;
            }
        }
      /* The next line feed is looked for once, also when all lines end in CR. */
      if (lf == NULL || lf < p)
        lf = memchr (p, '\n', (gsize) (end - p));
      if (lf == NULL)
        lf = end;
      stop = memchr (p, '\r', (gsize) (lf - p));
      if (stop == NULL)
        stop = lf;
      if (stop == end)
        {
          if (self->line->len + (gsize) (end - p) + self->data->len > self->max_frame)
            return too_large (self, error);
          g_string_append_len (self->line, p, (gssize) (end - p));
          break;
        }
      ok = self->line->len > 0 ? read_kept_line (self, p, (gsize) (stop - p), error)
                               : read_line (self, p, (gsize) (stop - p), error);
      if (!ok)
        return FALSE;
      self->after_cr = *stop == '\r';
      p = stop + 1;
    }

  return TRUE;
}

/**
 * rnl_sse_parser_feed:
 * @self: a parser
 * @bytes: what came, cut anywhere
 * @len: its length
 * @func: (scope call): called for each event that is complete
 * @user_data: closure for @func
 * @error: return location for an error
 *
 * Errors: `RNL_NET_ERROR_TOO_LARGE`, and whatever @func gives; the stream cannot go on then.
 *
 * Returns: whether the stream can go on
 */
gboolean
rnl_sse_parser_feed (RnlSseParser *self,
                     const char *bytes,
                     gsize len,
                     RnlSseFunc func,
                     gpointer user_data,
                     GError **error)
{
  gboolean ok;

  g_return_val_if_fail (self != NULL && func != NULL, FALSE);

  self->func = func;
  self->user_data = user_data;
  ok = feed_lines (self, bytes, bytes + len, error);
  keep_data (self);

  return ok;
}

/**
 * rnl_sse_parser_end:
 * @self: a parser
 * @func: (scope call): called for an event that is pending
 * @user_data: closure for @func
 * @error: return location for an error
 *
 * Says that the stream has ended. By the standard an event without its blank line is dropped;
 * servers end streams so, therefore it is given. When even the line was not complete, the event is
 * marked as unterminated.
 *
 * Returns: whether @func was content
 */
gboolean
rnl_sse_parser_end (RnlSseParser *self, RnlSseFunc func, gpointer user_data, GError **error)
{
  gboolean cut = self->line->len > 0;

  g_return_val_if_fail (self != NULL && func != NULL, FALSE);

  self->func = func;
  self->user_data = user_data;
  self->after_cr = FALSE;
  if (cut && !read_kept_line (self, "", 0, error))
    return FALSE;

  return dispatch (self, cut, error);
}

/**
 * rnl_sse_parser_get_retry_ms:
 * @self: a parser
 *
 * Returns: the last `retry` in milliseconds, or -1
 */
gint64
rnl_sse_parser_get_retry_ms (RnlSseParser *self)
{
  return self->retry_ms;
}

/**
 * rnl_sse_parser_get_n_events:
 * @self: a parser
 *
 * Returns: how many events were given
 */
guint64
rnl_sse_parser_get_n_events (RnlSseParser *self)
{
  return self->n_events;
}

/**
 * rnl_sse_parser_peek_stray:
 * @self: a parser
 * @len: (out): its length in bytes
 *
 * What came that was no event: a proxy's page, a bare JSON error. At most
 * `RNL_SSE_PARSER_MAX_STRAY` bytes of it are kept; they may not be UTF-8.
 *
 * Returns: (transfer none): the first such lines, or an empty string
 */
const char *
rnl_sse_parser_peek_stray (RnlSseParser *self, gsize *len)
{
  *len = self->stray->len;

  return self->stray->str;
}

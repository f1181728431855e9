/* rnl-ndjson-parser.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-ndjson-parser.h"

#include <string.h>

struct _RnlNdjsonParser
{
  gsize max_line;
  GString *line;
};

/**
 * rnl_ndjson_parser_new:
 *
 * Returns: (transfer full): a parser for one stream of lines
 */
RnlNdjsonParser *
rnl_ndjson_parser_new (void)
{
  RnlNdjsonParser *self = g_new0 (RnlNdjsonParser, 1);

  self->max_line = RNL_NDJSON_PARSER_MAX_LINE;
  self->line = g_string_new (NULL);

  return self;
}

/**
 * rnl_ndjson_parser_free:
 * @self: (transfer full) (nullable): a parser
 */
void
rnl_ndjson_parser_free (RnlNdjsonParser *self)
{
  if (self == NULL)
    return;
  g_string_free (self->line, TRUE);
  g_free (self);
}

/**
 * rnl_ndjson_parser_set_max_line:
 * @self: a parser
 * @bytes: the longest line, instead of `RNL_NDJSON_PARSER_MAX_LINE`
 */
void
rnl_ndjson_parser_set_max_line (RnlNdjsonParser *self, gsize bytes)
{
  self->max_line = bytes;
}

static gboolean
give (const char *line, gsize len, RnlNdjsonFunc func, gpointer user_data, GError **error)
{
  while (len > 0 && (line[len - 1] == '\r' || line[len - 1] == ' ' || line[len - 1] == '\t'))
    len--;

  return len == 0 || func (line, len, user_data, error);
}

static gboolean
check_room (RnlNdjsonParser *self, gsize more, GError **error)
{
  if (self->line->len + more <= self->max_line)
    return TRUE;
  g_string_truncate (self->line, 0);
  g_set_error (error, RNL_NET_ERROR, RNL_NET_ERROR_TOO_LARGE,
               "the server sent a line of more than %" G_GSIZE_FORMAT " bytes", self->max_line);

  return FALSE;
}

/**
 * rnl_ndjson_parser_feed:
 * @self: a parser
 * @bytes: what came, cut anywhere
 * @len: its length
 * @func: (scope call): called for each complete line that is not blank
 * @user_data: closure for @func
 * @error: return location for an error
 *
 * Errors: `RNL_NET_ERROR_TOO_LARGE`, and whatever @func gives; the stream cannot go on then.
 *
 * Returns: whether the stream can go on
 */
gboolean
rnl_ndjson_parser_feed (RnlNdjsonParser *self,
                        const char *bytes,
                        gsize len,
                        RnlNdjsonFunc func,
                        gpointer user_data,
                        GError **error)
{
  const char *p = bytes, *end = bytes + len, *lf;

  while (p < end && (lf = memchr (p, '\n', (gsize) (end - p))) != NULL)
    {
      gboolean ok;

      if (!check_room (self, (gsize) (lf - p), error))
        return FALSE;
      if (self->line->len == 0)
        {
          ok = give (p, (gsize) (lf - p), func, user_data, error);
        }
      else
        {
          g_string_append_len (self->line, p, lf - p);
          ok = give (self->line->str, self->line->len, func, user_data, error);
          g_string_truncate (self->line, 0);
        }
      if (!ok)
        return FALSE;
      p = lf + 1;
    }
  if (p == end)
    return TRUE;
  if (!check_room (self, (gsize) (end - p), error))
    return FALSE;
  g_string_append_len (self->line, p, end - p);

  return TRUE;
}

/**
 * rnl_ndjson_parser_end:
 * @self: a parser
 * @func: (scope call): called for a last line without an end
 * @user_data: closure for @func
 * @error: return location for an error
 *
 * Returns: whether @func was content
 */
gboolean
rnl_ndjson_parser_end (RnlNdjsonParser *self,
                       RnlNdjsonFunc func,
                       gpointer user_data,
                       GError **error)
{
  gboolean ok = give (self->line->str, self->line->len, func, user_data, error);

  g_string_truncate (self->line, 0);

  return ok;
}

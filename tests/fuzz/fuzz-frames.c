/* fuzz-frames.c: any bytes, read at once and in pieces, give the same frames
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * FUZZ_FRAMING says how the frames are set apart. */
#include "config.h"

#include "fuzz.h"
#include "rnl-frame-parser.h"

static gboolean
frame_cb (const RnlSseEvent *event, gpointer user_data, GError **error)
{
  GString *out = user_data;

  g_string_append_printf (out, "\n%s|%s|%d|", event->event != NULL ? event->event : "-",
                          event->id != NULL ? event->id : "-", event->unterminated);
  g_string_append_len (out, event->data, (gssize) event->length);

  return TRUE;
}

static GString *
read_frames (const guint8 *bytes, gsize length, guint32 seed)
{
  RnlFrameParser *parser = rnl_frame_parser_new (FUZZ_FRAMING);
  GString *out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean ok = TRUE;
  gsize at = 0;

  while (ok && at < length)
    {
      gsize size = fuzz_next_piece (&seed, length - at);
      g_autofree char *piece = g_memdup2 (bytes + at, size);

      ok = rnl_frame_parser_feed (parser, piece, size, frame_cb, out, &error);
      at += size;
    }
  if (ok)
    ok = rnl_frame_parser_end (parser, frame_cb, out, &error);
  g_assert_true (ok == (error == NULL));
  g_string_append_printf (out, "\n%s", ok ? "whole" : error->message);
  rnl_frame_parser_free (parser);

  return out;
}

void
fuzz_one (const guint8 *bytes, gsize length, guint32 seed)
{
  GString *whole = read_frames (bytes, length, 0);
  GString *pieces = read_frames (bytes, length, seed);

  g_assert_true (g_string_equal (whole, pieces));
  g_string_free (whole, TRUE);
  g_string_free (pieces, TRUE);
}

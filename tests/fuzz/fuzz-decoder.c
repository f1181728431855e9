/* fuzz-decoder.c: any answer, read at once and in pieces, becomes the same message
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * FUZZ_PROTOCOL is the protocol. What was read is then asked again in every protocol: a broken
 * answer must not make a request that cannot be written. */
#include "config.h"

#include <string.h>

#include "fuzz.h"
#include "rnl-json-value.h"
#include "rnl-message-fold.h"
#include "rnl-part-extra.h"
#include "rnl-protocol.h"

/* The length of "call_" and a UUID. */
#define MADE_ID 41

typedef struct
{
  gpointer decoder;
  RnlMessage *message;
  RnlMessageFold *fold;
} Reading;

static void
chunk_cb (const RnlChunk *chunk, gpointer user_data)
{
  Reading *self = user_data;

  if (chunk->text != NULL)
    g_assert_true (g_utf8_validate_len (chunk->text, chunk->length, NULL));
  rnl_message_fold_chunk (self->fold, chunk);
}

static gboolean
frame_cb (const RnlSseEvent *event, gpointer user_data, GError **error)
{
  Reading *self = user_data;
  g_autoptr (GError) failure = NULL;

  if (FUZZ_PROTOCOL.decoder_feed (self->decoder, event->event, event->data, event->length, chunk_cb,
                                  self, &failure))
    return TRUE;
  g_assert_nonnull (failure);
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

static void
reading_init (Reading *self)
{
  self->decoder = FUZZ_PROTOCOL.decoder_new ();
  self->message = rnl_message_new (RNL_ROLE_ASSISTANT);
  self->fold = rnl_message_fold_new (self->message, 0);
}

static void
reading_clear (Reading *self)
{
  FUZZ_PROTOCOL.decoder_free (self->decoder);
  rnl_message_fold_free (self->fold);
  g_object_unref (self->message);
}

static void
note_text (GString *out, const char *text)
{
  if (text != NULL)
    g_assert_true (g_utf8_validate (text, -1, NULL));
  g_string_append_printf (out, "|%s", text != NULL ? text : "-");
}

/* An id that the server did not give is made, and new each time. */
static void
note_call_id (GString *out, const char *id)
{
  note_text (out,
             id != NULL && g_str_has_prefix (id, "call_") && strlen (id) == MADE_ID ? "made" : id);
}

static void
note_message (GString *out, RnlMessage *message)
{
  const RnlUsage *usage = rnl_message_get_usage (message);

  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);
      g_autofree char *extra = rnl_part_dup_extra_json (part);

      g_string_append_printf (out, "\n%d|%d", rnl_part_get_part_type (part),
                              rnl_part_get_state (part));
      note_call_id (out, rnl_part_get_call_id (part));
      note_text (out, rnl_part_get_name (part));
      note_text (out, rnl_part_get_title (part));
      note_text (out, rnl_part_get_text (part));
      note_text (out, rnl_part_get_result (part));
      note_text (out, extra);
    }
  g_string_append_printf (out, "\n%d", rnl_message_get_finish_reason (message));
  note_text (out, rnl_message_get_raw_finish_reason (message));
  g_string_append_printf (out, "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT, usage->input,
                          usage->output);
}

/* What goes back is JSON, whatever came. */
static void
ask_again (RnlMessage *message)
{
  const char *const *names = rnl_protocol_list_names ();
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new_prompt ("Again");
  g_autoptr (RnlMessage) next = rnl_message_new_text (RNL_ROLE_USER, "And then?");

  rnl_chat_request_add_message (request, message);
  rnl_chat_request_add_message (request, next);
  for (guint i = 0; names[i] != NULL; i++)
    {
      const RnlProtocol *protocol = rnl_protocol_find (names[i], NULL);
      g_autoptr (RnlEndpoint) endpoint = rnl_endpoint_new (
        "http://127.0.0.1/v1", protocol->default_path, protocol->method_paths, NULL);
      g_autoptr (RnlRequestBody) built = protocol->build_request (endpoint, "tiny", request);
      g_autoptr (GBytes) body = rnl_request_body_join (built);
      gsize length;
      const char *bytes = g_bytes_get_data (body, &length);
      g_autoptr (JsonNode) node = rnl_json_strict_parse (bytes, (gssize) length, NULL);

      g_assert_nonnull (node);
    }
}

static GString *
read_stream (const guint8 *bytes, gsize length, guint32 seed)
{
  Reading reading;
  RnlFrameParser *parser = rnl_frame_parser_new (FUZZ_PROTOCOL.framing);
  GString *out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean ok = TRUE, whole = FALSE;
  gsize at = 0;

  reading_init (&reading);
  while (ok && at < length)
    {
      gsize size = fuzz_next_piece (&seed, length - at);
      g_autofree char *piece = g_memdup2 (bytes + at, size);

      ok = rnl_frame_parser_feed (parser, piece, size, frame_cb, &reading, &error);
      at += size;
    }
  if (ok)
    ok = rnl_frame_parser_end (parser, frame_cb, &reading, &error);
  if (ok)
    whole = FUZZ_PROTOCOL.decoder_end (reading.decoder, chunk_cb, &reading);
  rnl_message_fold_end (reading.fold);

  note_message (out, reading.message);
  g_string_append_printf (out, "\n%d|%s", whole, error != NULL ? error->message : "-");
  if (seed == 0)
    ask_again (reading.message);
  rnl_frame_parser_free (parser);
  reading_clear (&reading);

  return out;
}

static void
read_document (const guint8 *bytes, gsize length)
{
  Reading reading;
  g_autoptr (GError) error = NULL;

  reading_init (&reading);
  if (FUZZ_PROTOCOL.decoder_feed_whole (reading.decoder, (const char *) bytes, length, chunk_cb,
                                        &reading, &error))
    (void) FUZZ_PROTOCOL.decoder_end (reading.decoder, chunk_cb, &reading);
  else
    g_assert_nonnull (error);
  rnl_message_fold_end (reading.fold);
  ask_again (reading.message);
  reading_clear (&reading);
}

void
fuzz_one (const guint8 *bytes, gsize length, guint32 seed)
{
  GString *whole = read_stream (bytes, length, 0);
  GString *pieces = read_stream (bytes, length, seed);

  if (!g_string_equal (whole, pieces))
    g_error ("at once:%s\nin pieces:%s", whole->str, pieces->str);
  g_string_free (whole, TRUE);
  g_string_free (pieces, TRUE);
  read_document (bytes, length);
}

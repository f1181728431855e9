/* test-decoders.c: small answers with one oddity each, of every protocol
 *
 * What the recordings do not have: what servers may send by the types their vendors publish, and
 * what servers of the same protocol are known to send instead.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-protocol.h"
#include "rnl-test.h"
#include "wire-answer.h"

/* One answer, in frames or whole, and what it says. */
typedef struct
{
  const RnlProtocol *protocol;
  JsonObject *object; /* borrowed from the parser */
} Case;

static gboolean
feed_frame (Case *item, gpointer decoder, JsonNode *frame, WireAnswer *answer, GError **error)
{
  g_autofree char *text = JSON_NODE_HOLDS_VALUE (frame) ? g_strdup (json_node_get_string (frame))
                                                        : json_to_string (frame, FALSE);
  /* Memory of its own size, so that a reader that looks further is found out. */
  g_autofree char *bytes = g_memdup2 (text, strlen (text));

  return item->protocol->decoder_feed (decoder, NULL, bytes, strlen (text), wire_answer_add, answer,
                                       error);
}

static void
feed (Case *item, gpointer decoder, WireAnswer *answer, GError **error)
{
  JsonNode *whole = json_object_get_member (item->object, "whole");
  JsonArray *frames;

  if (whole != NULL)
    {
      g_autofree char *text = json_to_string (whole, TRUE);

      item->protocol->decoder_feed_whole (decoder, text, strlen (text), wire_answer_add, answer,
                                          error);
      return;
    }

  frames = json_object_get_array_member (item->object, "frames");
  for (guint i = 0; i < json_array_get_length (frames); i++)
    if (!feed_frame (item, decoder, json_array_get_element (frames, i), answer, error))
      return;
}

/* What is said besides the members that recordings have, too. */
static void
check_more (JsonObject *expected, WireAnswer *answer)
{
  if (json_object_has_member (expected, "items"))
    wire_answer_assert_items (answer, json_object_get_array_member (expected, "items"));
  if (json_object_has_member (expected, "remote"))
    wire_answer_assert_remote (answer, json_object_get_array_member (expected, "remote"));
  if (json_object_has_member (expected, "files"))
    wire_answer_assert_files (answer, json_object_get_array_member (expected, "files"));
  if (json_object_has_member (expected, "means"))
    g_assert_cmpstr (rnl_enum_nick (RNL_TYPE_FINISH_REASON, (gint) answer->reason), ==,
                     json_object_get_string_member (expected, "means"));
}

static void
test_case (gconstpointer data)
{
  Case *item = (Case *) data;
  JsonObject *expected = json_object_get_object_member (item->object, "expected");
  g_autoptr (WireAnswer) answer = wire_answer_new ();
  g_autoptr (GError) error = NULL;
  gpointer decoder = item->protocol->decoder_new ();
  gboolean complete = FALSE;

  feed (item, decoder, answer, &error);
  if (error == NULL)
    complete = item->protocol->decoder_end (decoder, wire_answer_add, answer);

  if (json_object_has_member (expected, "error"))
    wire_answer_assert_error (error, json_object_get_object_member (expected, "error"));
  else
    g_assert_no_error (error);
  g_assert_cmpint (
    complete, ==,
    json_object_get_boolean_member_with_default (expected, "complete", error == NULL));
  check_more (expected, answer);
  wire_answer_assert_equal (answer, expected);

  item->protocol->decoder_free (decoder);
}

/* A frame of any shape where another one is meant is passed over or refused, never trusted. */
static void
test_shapes (gconstpointer data)
{
  static const char *const values[]
    = { "null", "1",    "-1e400", "\"x\"",          "true",         "[]",
        "{}",   "[[]]", "[{}]",   "[null,1,\"x\"]", "{\"type\":[]}" };
  Case *item = (Case *) data;
  JsonArray *frames = json_object_get_array_member (item->object, "frames");

  for (guint i = 0; i < json_array_get_length (frames); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (values); k++)
      {
        JsonNode *frame = json_array_get_element (frames, i);
        g_autoptr (GList) names = JSON_NODE_HOLDS_OBJECT (frame)
                                    ? json_object_get_members (json_node_get_object (frame))
                                    : NULL;

        for (GList *l = names; l != NULL; l = l->next)
          {
            g_autoptr (JsonNode) odd = json_from_string (values[k], NULL);
            g_autofree char *text = json_to_string (frame, FALSE);
            g_autoptr (JsonNode) changed = json_from_string (text, NULL);
            g_autoptr (WireAnswer) answer = wire_answer_new ();
            gpointer decoder = item->protocol->decoder_new ();

            json_object_set_member (json_node_get_object (changed), l->data,
                                    g_steal_pointer (&odd));
            for (guint j = 0; j < json_array_get_length (frames); j++)
              if (!feed_frame (item, decoder, j == i ? changed : json_array_get_element (frames, j),
                               answer, NULL))
                break;
            item->protocol->decoder_end (decoder, wire_answer_add, answer);
            item->protocol->decoder_free (decoder);
          }
      }
}

static void
add_cases (const char *name, JsonParser *parser, GPtrArray *kept)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "decoders", file, NULL);
  g_autoptr (GError) error = NULL;
  JsonArray *cases;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  cases = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      Case *item = g_new0 (Case, 1);
      g_autofree char *test = NULL, *shapes = NULL;

      item->protocol = rnl_protocol_find (name, NULL);
      item->object = json_array_get_object_element (cases, i);
      g_ptr_array_add (kept, item);
      test = g_strdup_printf ("/decoders/%s/%s", name,
                              json_object_get_string_member (item->object, "name"));
      g_test_add_data_func (test, item, test_case);
      shapes = g_strconcat (test, "/shapes", NULL);
      if (json_object_has_member (item->object, "frames"))
        g_test_add_data_func (shapes, item, test_shapes);
    }
}

int
main (int argc, char **argv)
{
  static const char *const protocols[]
    = { "openai-chat", "openai-responses", "anthropic", "gemini", "ollama" };
  g_autoptr (GPtrArray) parsers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

  rnl_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      JsonParser *parser = json_parser_new ();

      g_ptr_array_add (parsers, parser);
      add_cases (protocols[i], parser, kept);
    }

  return g_test_run ();
}

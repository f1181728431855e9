/* test-request-large.c: what a large file costs when it is sent
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-attachment.h"
#include "rnl-part-extra.h"
#include "rnl-protocol.h"
#include "rnl-test-loop.h"
#include "rnl-test.h"
#include "request-harness.h"

#define MEGABYTE (1024u * 1024)
#define N_TRIES  5

static RnlPart *
new_picture (gsize size)
{
  g_autofree char *data = g_malloc0 (size);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  RnlPart *part;

  for (gsize i = 0; i < size; i++)
    data[i] = (char) (i * 7);
  memcpy (data, "\x89PNG\r\n\x1a\n", 8);
  bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  part = rnl_attachment_new (bytes, "x.png", &error);
  g_assert_no_error (error);

  return part;
}

static RnlChatRequest *
new_request (RnlPart *part)
{
  RnlChatRequest *request = rnl_chat_request_new ();
  g_autoptr (RnlMessage) message = rnl_message_new (RNL_ROLE_USER);
  g_autoptr (RnlPart) text = rnl_part_new_text ("What is it?");

  rnl_message_add_part (message, part);
  rnl_message_add_part (message, text);
  rnl_chat_request_add_message (request, message);

  return request;
}

static RnlRequestBody *
build (const char *name, RnlChatRequest *request)
{
  const RnlProtocol *protocol = rnl_protocol_find (name, NULL);
  g_autoptr (RnlEndpoint) endpoint = rnl_endpoint_new (
    "https://example.org", protocol->default_path, protocol->method_paths, NULL);

  return protocol->build_request (endpoint, "tiny", request);
}

/* The least of many: when the machine is busy, its caches are, too. */
static double
measure (const char *name, gsize size)
{
  g_autoptr (RnlPart) part = new_picture (size);
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < 50; i++)
    {
      double begin = rnl_test_cpu_ms ();
      g_autoptr (RnlPart) copy = rnl_attachment_copy (part);
      g_autoptr (RnlChatRequest) request = new_request (copy);
      g_autoptr (RnlRequestBody) body = build (name, request);
      g_autoptr (GInputStream) stream = NULL;
      gsize length;

      stream = rnl_request_body_open (body, &length);
      g_assert_cmpuint (length, >, size / 3 * 4);
      least = MIN (least, rnl_test_cpu_ms () - begin);
    }

  return least;
}

/* Not a byte of the file is touched: neither copied, nor checked, nor escaped. */
static void
test_constant (gconstpointer name)
{
  gboolean fine = FALSE;

  for (guint i = 0; i < N_TRIES && !fine; i++)
    {
      double small = measure (name, MEGABYTE), large = measure (name, 16 * MEGABYTE);

      g_test_message ("%s: %.3f ms of CPU for 1 MiB, %.3f ms for 16 MiB", (const char *) name,
                      small, large);
      fine = large < 2 * small;
    }
  g_assert_true (fine);
}

/* The long text of a body, wherever the protocol has it. */
static const char *
find_longest (JsonNode *node)
{
  const char *longest = "";
  g_autoptr (GList) values = NULL;

  if (JSON_NODE_HOLDS_VALUE (node))
    return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";
  if (JSON_NODE_HOLDS_OBJECT (node))
    values = json_object_get_values (json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    values = json_array_get_elements (json_node_get_array (node));
  for (GList *l = values; l != NULL; l = l->next)
    {
      const char *found = find_longest (l->data);

      if (strlen (found) > strlen (longest))
        longest = found;
    }

  return longest;
}

/* What is sent is the whole of it, as often as it is asked for. */
static void
test_whole (gconstpointer name)
{
  g_autoptr (RnlPart) part = new_picture (100001);
  g_autoptr (RnlChatRequest) request = new_request (part);
  g_autoptr (RnlRequestBody) body = build (name, request);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) json = rnl_request_body_join (body);
      g_autofree char *text = g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json));
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = json_from_string (text, &error);

      g_assert_no_error (error);
      g_assert_true (g_str_has_suffix (find_longest (node), rnl_part_get_text (part)));
    }
}

/* A server of tools says that this is base 64. */
static void
test_hostile (gconstpointer name)
{
  const char *hostile = "iVBO\", \"model\": \"dear\\\n\xff";
  g_autoptr (RnlPart) part = rnl_part_new (RNL_PART_FILE, 0);
  g_autoptr (RnlChatRequest) request = NULL;
  g_autoptr (RnlRequestBody) body = NULL;
  g_autoptr (JsonObject) object = NULL;

  rnl_part_set_extra_string (part, RNL_PART_EXTRA_MIME_TYPE, "image/png");
  rnl_part_set_text (part, hostile);
  request = new_request (part);
  body = build (name, request);
  object = request_read_body (g_steal_pointer (&body));
  if (json_object_has_member (object, "model"))
    g_assert_cmpstr (json_object_get_string_member (object, "model"), ==, "tiny");
}

/* Who counts a request sends of it what has to do with its length, files included. */
static void
test_count (gconstpointer name)
{
  const RnlProtocol *protocol = rnl_protocol_find (name, NULL);
  g_autoptr (RnlPart) part = new_picture (100001);
  g_autoptr (RnlChatRequest) request = new_request (part);
  g_autoptr (RnlRequestBody) body = build (name, request);
  g_autoptr (RnlRequestBody) count = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GBytes) json = NULL;

  if (protocol->build_count == NULL)
    {
      g_test_skip ("the protocol has no endpoint for it");
      return;
    }
  root = protocol->build_count ("tiny", rnl_request_body_get_object (body));
  count = rnl_request_body_new_around (body, root);
  g_clear_pointer (&body, rnl_request_body_unref);
  json = rnl_request_body_join (count);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (json, NULL), (gssize) g_bytes_get_size (json),
                                  rnl_part_get_text (part)));
}

static void
add (const char *what, const char *name, GTestDataFunc func)
{
  g_autofree char *path = g_strdup_printf ("/request-large/%s/%s", what, name);

  g_test_add_data_func (path, name, func);
}

int
main (int argc, char **argv)
{
  static const char *const names[]
    = { "openai-chat", "openai-responses", "anthropic", "gemini", "ollama" };

  rnl_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      add ("whole", names[i], test_whole);
      add ("hostile", names[i], test_hostile);
      add ("count", names[i], test_count);
      add ("constant", names[i], test_constant);
    }

  return g_test_run ();
}

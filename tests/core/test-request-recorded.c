/* test-request-recorded.c: what real servers gave can be sent on, to them and to every other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "request-harness.h"
#include "request-schemas.h"
#include "rnl-frame-parser.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-message-fold.h"
#include "rnl-part-extra.h"
#include "rnl-protocol.h"
#include "rnl-test-loop.h"
#include "rnl-test.h"

typedef struct
{
  const RnlProtocol *protocol;
  char *body;
  gsize length;
} Case;

/* An answer on its way into a message. */
typedef struct
{
  const RnlProtocol *protocol;
  gpointer decoder;
  RnlMessageFold *fold;
} Reading;

/* Each target's schema, read once. */
static JsonNode *schemas[32];

static void
case_free (gpointer data)
{
  Case *item = data;

  g_free (item->body);
  g_free (item);
}

static void
chunk_cb (const RnlChunk *chunk, gpointer user_data)
{
  rnl_message_fold_chunk (((Reading *) user_data)->fold, chunk);
}

static gboolean
frame_cb (const RnlSseEvent *event, gpointer user_data, GError **error)
{
  Reading *reading = user_data;

  return reading->protocol->decoder_feed (reading->decoder, event->event, event->data,
                                          event->length, chunk_cb, reading, error);
}

/* What came before an error stays in a chat, too. Returns: (transfer full): the turn */
static RnlMessage *
read_turn (const Case *item)
{
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlFrameParser) parser = rnl_frame_parser_new (item->protocol->framing);
  g_autoptr (RnlMessageFold) fold = rnl_message_fold_new (turn, 0);
  Reading reading = { item->protocol, item->protocol->decoder_new (), fold };

  if (rnl_frame_parser_feed (parser, item->body, item->length, frame_cb, &reading, NULL)
      && rnl_frame_parser_end (parser, frame_cb, &reading, NULL))
    (void) item->protocol->decoder_end (reading.decoder, chunk_cb, &reading);
  rnl_message_fold_end (fold);
  item->protocol->decoder_free (reading.decoder);

  return g_steal_pointer (&turn);
}

/* The kinds of things a schema knows: the values of `type`. */
static void
add_kinds (JsonNode *schema, GHashTable *kinds)
{
  JsonObject *object = rnl_json_node_get_object (schema);
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (schema) ? json_node_get_array (schema) : NULL;
  JsonObject *properties = rnl_json_object_get_object (object, "properties");
  const char *kind
    = rnl_json_object_get_string (rnl_json_object_get_object (properties, "type"), "const");
  JsonObjectIter iter;
  JsonNode *member;

  if (kind != NULL)
    g_hash_table_add (kinds, (char *) kind);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    add_kinds (json_array_get_element (array, i), kinds);
  if (object == NULL)
    return;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, NULL, &member))
    add_kinds (member, kinds);
}

static gboolean
came_so (RnlMessage *turn, JsonNode *node)
{
  for (guint i = 0; i < rnl_message_get_n_parts (turn); i++)
    {
      JsonNode *raw = rnl_part_get_extra (rnl_message_get_part (turn, i), RNL_PART_EXTRA_RAW);
      JsonArray *several
        = raw != NULL && JSON_NODE_HOLDS_ARRAY (raw) ? json_node_get_array (raw) : NULL;

      if (raw != NULL && json_node_equal (raw, node))
        return TRUE;
      for (guint k = 0; several != NULL && k < json_array_get_length (several); k++)
        if (json_node_equal (json_array_get_element (several, k), node))
          return TRUE;
    }

  return FALSE;
}

/* Takes out the server's own items of a kind that the types do not have: those of a beta, or of a
 * later version. They go back as they came; there is nothing to check. */
static void
drop_unknown (JsonNode *node, GHashTable *kinds, RnlMessage *turn)
{
  JsonObject *object = rnl_json_node_get_object (node);
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonObjectIter iter;
  JsonNode *member;

  for (guint i = array != NULL ? json_array_get_length (array) : 0; i > 0; i--)
    {
      JsonNode *element = json_array_get_element (array, i - 1);
      const char *kind = rnl_json_object_get_string (rnl_json_node_get_object (element), "type");

      if (kind != NULL && !g_hash_table_contains (kinds, kind) && came_so (turn, element))
        json_array_remove_element (array, i - 1);
      else
        drop_unknown (element, kinds, turn);
    }
  if (object == NULL)
    return;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, NULL, &member))
    drop_unknown (member, kinds, turn);
}

static void
check_target (guint i, const RnlChatRequest *request, RnlMessage *turn)
{
  const RequestTarget *target = &request_targets[i];
  g_autoptr (JsonNode) body = request_target_build (target, request);
  g_autoptr (GHashTable) kinds = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (schemas[i] == NULL)
    schemas[i] = request_schema_load (target);
  add_kinds (schemas[i], kinds);
  drop_unknown (body, kinds, turn);
  if (request_schema_check (schemas[i], body, &error))
    return;
  text = rnl_json_to_string (body, FALSE);
  g_test_message ("%s, %s: %s in %s", target->protocol, target->host, error->message, text);
  g_test_fail ();
}

/* Who slows this down sees each recording on its way to fewer targets, and each target. */
static void
test_case (gconstpointer data)
{
  static guint first;
  guint n = rnl_test_fewer (request_n_targets);
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hello?");
  g_autoptr (RnlMessage) turn = read_turn (data);
  g_autoptr (RnlMessage) more = rnl_message_new_text (RNL_ROLE_USER, "Go on.");

  rnl_chat_request_add_message (request, turn);
  rnl_chat_request_add_message (request, more);
  for (guint i = 0; i < n; i++)
    check_target ((first + i) % request_n_targets, request, turn);
  first += n;
}

static void
add_case (const char *folder, JsonObject *object)
{
  g_autofree char *path
    = g_build_filename (folder, json_object_get_string_member (object, "body"), NULL);
  g_autofree char *name
    = g_strconcat ("/request-recorded/case/", json_object_get_string_member (object, "id"), NULL);
  g_autoptr (GError) error = NULL;
  Case *item;

  if (json_object_get_int_member (object, "status") != 200)
    return;

  item = g_new0 (Case, 1);
  item->protocol = rnl_protocol_find (json_object_get_string_member (object, "protocol"), &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &item->body, &item->length, &error);
  g_assert_no_error (error);
  g_test_add_data_func_full (name, item, test_case, case_free);
}

/* Skips by name when there is no index. */
static void
test_index (void)
{
  g_autofree char *folder = rnl_test_shared_path ("RUNNEL_TEST_WIRE", "wire");

  g_assert_true (folder == NULL || g_file_test (folder, G_FILE_TEST_IS_DIR));
  g_assert_cmpuint (request_n_targets, <=, G_N_ELEMENTS (schemas));
}

static void
add_cases (void)
{
  const char *named = g_getenv ("RUNNEL_TEST_WIRE");
  const char *shared = g_getenv ("RNL_TEST_SHARED");
  g_autofree char *folder
    = named != NULL ? g_strdup (named)
                    : g_build_filename (shared != NULL ? shared : "../shared", "wire", NULL);
  g_autofree char *path = g_build_filename (folder, "index.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *cases;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  cases
    = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "cases");
  for (guint i = 0; i < json_array_get_length (cases); i++)
    add_case (folder, json_array_get_object_element (cases, i));
}

int
main (int argc, char **argv)
{
  int status;

  rnl_test_init (&argc, &argv);
  g_test_add_func ("/request-recorded/index", test_index);
  add_cases ();
  status = g_test_run ();
  for (gsize i = 0; i < G_N_ELEMENTS (schemas); i++)
    g_clear_pointer (&schemas[i], json_node_unref);

  return status;
}

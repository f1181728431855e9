/* request-schemas.c: what requests are checked against
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "request-schemas.h"

#include <string.h>

#include "request-harness.h"
#include "rnl-json-members.h"
#include "rnl-json-schema.h"
#include "rnl-json-value.h"
#include "rnl-protocol.h"

#define SAMPLING "/temperature /top_p"

/* Each protocol as a server speaks it that is nobody's, and the dialects of its table. */
const RequestTarget request_targets[] = {
  { "openai-chat", "localhost:1", "tiny", "ChatCompletionAssistantMessageParam/reasoning_details",
    TRUE },
  { "openai-chat", "api.openai.com", "gpt-5.1", NULL, FALSE },
  { "openai-chat", "api.openai.com", "gpt-4.1", NULL, FALSE },
  { "openai-chat", "api.deepseek.com", "deepseek-chat",
    "ChatCompletionAssistantMessageParam/reasoning_content", FALSE },
  { "openai-chat", "api.mistral.ai", "mistral-large", NULL, FALSE },
  { "openai-responses", "localhost:1", "tiny", NULL, TRUE },
  { "openai-responses", "api.openai.com", "gpt-5.1", NULL, TRUE },
  { "openai-responses", "api.openai.com", "gpt-4.1", NULL, TRUE },
  { "anthropic", "localhost:1", "tiny", SAMPLING, TRUE },
  { "anthropic", "api.anthropic.com", "claude-5", NULL, TRUE },
  { "gemini", "localhost:1", "tiny", NULL, TRUE },
  { "gemini", "generativelanguage.googleapis.com", "gemini-2.5-flash", NULL, TRUE },
  { "ollama", "localhost:1", "tiny", NULL, TRUE },
};

const guint request_n_targets = G_N_ELEMENTS (request_targets);

/* Adds "DEFINITION/MEMBER", or "/MEMBER" of the whole, which may then be anything. */
static void
allow (JsonObject *root, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", 2);
  JsonObject *object = root;
  JsonNode *anything = json_node_new (JSON_NODE_OBJECT);

  if (*names[0] != '\0')
    object
      = json_object_get_object_member (json_object_get_object_member (root, "$defs"), names[0]);
  json_node_take_object (anything, json_object_new ());
  json_object_set_member (json_object_get_object_member (object, "properties"), names[1], anything);
}

/* Returns: (transfer full): the schema of @target's requests */
JsonNode *
request_schema_load (const RequestTarget *target)
{
  g_autofree char *file = g_strconcat (target->protocol, ".json", NULL);
  g_autofree char *path
    = g_test_build_filename (G_TEST_DIST, "data", "request-schemas", file, NULL);
  g_auto (GStrv) extra = g_strsplit (target->extra != NULL ? target->extra : "", " ", -1);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  JsonNode *node;

  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  node = rnl_json_strict_parse (text, (gssize) length, &error);
  g_assert_no_error (error);
  for (gsize i = 0; extra[i] != NULL; i++)
    allow (json_node_get_object (node), extra[i]);

  return node;
}

/* What types cannot say. */

typedef struct
{
  guint n_marks;
  GHashTable *open; /* ids of calls without a result yet */
  GError **error;
} Rules;

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (Rules *rules, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (rules->error, RNL_JSON_ERROR, RNL_JSON_ERROR_SCHEMA, what);

  return FALSE;
}

static gboolean
take_call (Rules *rules, const char *id)
{
  return g_hash_table_add (rules->open, (char *) id)
         || refuse (rules, "%s is the name of two calls", id);
}

/* A server takes no result that nothing was asked for, and no second one. */
static gboolean
take_result (Rules *rules, const char *id)
{
  return g_hash_table_remove (rules->open, id)
         || refuse (rules, "%s is no call that waits for a result", id);
}

static gboolean
check_item (Rules *rules, JsonObject *object)
{
  const char *type = rnl_json_object_get_string (object, "type");
  const char *role = rnl_json_object_get_string (object, "role");

  if (json_object_has_member (object, "cache_control") && ++rules->n_marks > 4)
    return refuse (rules, "there are more than four marks for the cache");
  if (g_strcmp0 (type, "tool_use") == 0)
    return take_call (rules, json_object_get_string_member (object, "id"));
  if (g_strcmp0 (type, "function_call") == 0)
    return take_call (rules, json_object_get_string_member (object, "call_id"));
  if (g_strcmp0 (type, "function") == 0 && json_object_has_member (object, "id"))
    return take_call (rules, json_object_get_string_member (object, "id"));
  if (g_strcmp0 (type, "tool_result") == 0)
    return take_result (rules, json_object_get_string_member (object, "tool_use_id"));
  if (g_strcmp0 (type, "function_call_output") == 0)
    return take_result (rules, json_object_get_string_member (object, "call_id"));
  /* A call may be called the same in each step: Ollama's are told apart by their order only. */
  if (g_strcmp0 (role, "tool") == 0 && !json_object_has_member (object, "tool_name"))
    return take_result (rules, json_object_get_string_member (object, "tool_call_id"));
  /* Before a model speaks again, every call has its result; but for items, which are told apart
   * by their ids only. */
  if (g_strcmp0 (role, "assistant") == 0 && type == NULL && g_hash_table_size (rules->open) > 0)
    return refuse (rules, "a call has no result");

  return TRUE;
}

static gboolean
check_rules (Rules *rules, JsonNode *node)
{
  JsonObject *object = rnl_json_node_get_object (node);
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (object != NULL && !check_item (rules, object))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (!check_rules (rules, json_array_get_element (array, i)))
      return FALSE;
  if (object == NULL)
    return TRUE;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    if (!check_rules (rules, member))
      return FALSE;

  return TRUE;
}

gboolean
request_schema_check (JsonNode *schema, JsonNode *body, GError **error)
{
  g_autoptr (GHashTable) open = g_hash_table_new (g_str_hash, g_str_equal);
  Rules rules = { 0, open, error };

  if (!rnl_json_schema_check (schema, body, error) || !check_rules (&rules, body))
    return FALSE;

  return g_hash_table_size (open) == 0 || refuse (&rules, "a call has no result");
}

/* Returns: (transfer full): the body @target is sent */
JsonNode *
request_target_build (const RequestTarget *target, const RnlChatRequest *request)
{
  g_autoptr (GError) error = NULL;
  const RnlProtocol *protocol = rnl_protocol_find (target->protocol, &error);
  RnlEndpoint endpoint = { .host = (char *) target->host };
  g_autoptr (RnlRequestBody) built = NULL;
  g_autoptr (GBytes) body = NULL;
  JsonNode *node;

  g_assert_no_error (error);
  built = protocol->build_request (&endpoint, target->model, request);
  body = rnl_request_body_join (built);
  node = rnl_json_strict_parse (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body),
                                &error);
  g_assert_no_error (error);

  return node;
}

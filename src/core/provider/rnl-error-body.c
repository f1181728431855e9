/* rnl-error-body.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-error-body.h"

#include "rnl-json-members.h"
#include "rnl-json-value.h"

#define MAX_DEPTH 4

void
rnl_error_body_clear (RnlErrorBody *said)
{
  g_clear_pointer (&said->message, g_free);
  g_clear_pointer (&said->type, g_free);
  g_clear_pointer (&said->code, g_free);
  g_clear_pointer (&said->reason, g_free);
}

static char *
dup_scalar (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return NULL;
}

static void
take_first (char **dest, char *value)
{
  if (*dest == NULL && value != NULL && *value != '\0')
    *dest = value;
  else
    g_free (value);
}

static void
read_code (JsonObject *object, RnlErrorBody *said)
{
  static const char *const names[] = { "code", "status_code", "status" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char *code = dup_scalar (object, names[i]);

      if (code != NULL && said->number == 0 && g_ascii_isdigit (*code))
        said->number = g_ascii_strtoll (code, NULL, 10);
      take_first (&said->code, code);
    }
}

/* What stands beside the error itself: Anthropic's `{"error_code"}`, Google's list of `{"@type",
 * "reason"}` and `{"@type", "retryDelay": "34s"}`. */
static void
read_detail (JsonObject *detail, RnlErrorBody *said)
{
  g_autofree char *delay = dup_scalar (detail, "retryDelay");

  if (delay != NULL)
    said->retry_ms = (gint64) (g_ascii_strtod (delay, NULL) * 1000);
  take_first (&said->reason, dup_scalar (detail, "error_code"));
  take_first (&said->reason, dup_scalar (detail, "reason"));
}

static void
read_details (JsonNode *node, RnlErrorBody *said)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    read_detail (json_node_get_object (node), said);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (list, i)))
      read_detail (json_array_get_object_element (list, i), said);
}

static void read_error (JsonNode *node, RnlErrorBody *said, guint depth);

static void
add_words (RnlErrorBody *said, const char *name, const char *words)
{
  g_autofree char *before = g_steal_pointer (&said->message);

  if (name != NULL)
    said->message = g_strdup_printf ("%s (%s): %s", before, name, words);
  else
    said->message = g_strdup_printf ("%s: %s", before, words);
}

/* `{"error": "Unauthorized", "message": "The key has expired"}`: the longer word says more. */
static void
add_message (JsonObject *object, RnlErrorBody *said)
{
  const char *word = rnl_json_object_get_string (object, "error");
  const char *message = rnl_json_object_get_string (object, "message");

  if (word != NULL && message != NULL && *message != '\0' && g_strcmp0 (said->message, word) == 0
      && !g_str_equal (word, message))
    add_words (said, NULL, message);
}

/* OpenRouter's own message says no more than that somebody behind it refused; the reason stands in
 * `{"metadata": {"provider_name", "raw"}}`, as text or as that one's own JSON. */
static void
add_metadata (JsonObject *object, RnlErrorBody *said)
{
  JsonObject *metadata = rnl_json_object_get_object (object, "metadata");
  const char *name = rnl_json_object_get_string (metadata, "provider_name");
  const char *raw = rnl_json_object_get_string (metadata, "raw");
  g_autoptr (JsonNode) node = raw != NULL ? rnl_json_strict_parse (raw, -1, NULL) : NULL;
  g_auto (RnlErrorBody) inner = { NULL };

  if (raw == NULL || *raw == '\0' || said->message == NULL)
    return;

  rnl_error_body_read (&inner, node);
  add_words (said, name, inner.message != NULL ? inner.message : raw);
}

/* Where a message may stand: `{"error": {"message"}}`, `{"error": "..."}`, `{"detail": "..."}`,
 * `{"detail": [{"msg"}]}`, `{"message"}`, `[{"error": ...}]`. */
static void
read_error_object (JsonObject *object, RnlErrorBody *said, guint depth)
{
  static const char *const inner[] = { "error", "errors", "detail" };
  static const char *const words[] = { "message", "msg", "error_description", "title" };

  for (gsize i = 0; i < G_N_ELEMENTS (inner); i++)
    if (json_object_has_member (object, inner[i]))
      read_error (json_object_get_member (object, inner[i]), said, depth + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    take_first (&said->message, dup_scalar (object, words[i]));
  add_message (object, said);
  add_metadata (object, said);

  take_first (&said->type, dup_scalar (object, "type"));
  if (json_object_has_member (object, "details"))
    read_details (json_object_get_member (object, "details"), said);
  read_code (object, said);
}

static void
read_error (JsonNode *node, RnlErrorBody *said, guint depth)
{
  if (node == NULL || depth > MAX_DEPTH)
    return;

  if (JSON_NODE_HOLDS_OBJECT (node))
    read_error_object (json_node_get_object (node), said, depth);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      if (json_array_get_length (array) > 0)
        read_error (json_array_get_element (array, 0), said, depth + 1);
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    take_first (&said->message, g_strdup (json_node_get_string (node)));
}

/**
 * rnl_error_body_read:
 * @self: zeroed
 * @node: (nullable): a body, or the error in it
 *
 * Finds what is said wherever it stands.
 */
void
rnl_error_body_read (RnlErrorBody *self, JsonNode *node)
{
  read_error (node, self, 0);
}

/**
 * rnl_error_body_parse:
 * @body: (nullable): a body
 * @length: of @body in bytes
 *
 * Returns: (transfer full) (nullable): the body as JSON, `NULL` when it is none
 */
JsonNode *
rnl_error_body_parse (const char *body, gsize length)
{
  if (body == NULL || length == 0)
    return NULL;

  /* Not JSON is an answer too: the raw body then speaks for itself. */
  return rnl_json_strict_parse (body, (gssize) length, NULL);
}

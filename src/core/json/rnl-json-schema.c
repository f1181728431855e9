/* rnl-json-schema.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-schema.h"

#include <math.h>
#include <string.h>

#include "rnl-json-members.h"
#include "rnl-json-value.h"

typedef struct
{
  JsonNode *root;
  GString *path;
  guint depth;
  guint n_steps;
  GError **error;
} Check;

static gboolean check_value (Check *check, JsonNode *schema, JsonNode *value);

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (Check *check, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (check->error, RNL_JSON_ERROR, RNL_JSON_ERROR_SCHEMA, "%s %s",
               check->path->len > 0 ? check->path->str : "the value", what);

  return FALSE;
}

/* Types */

static gboolean
is_number (JsonNode *value)
{
  GType type = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_INVALID;

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
}

static gboolean
is_string (JsonNode *value)
{
  return JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING;
}

/* A type that is not known holds for everything. */
static gboolean
is_of_type (JsonNode *value, const char *type)
{
  if (strcmp (type, "object") == 0)
    return JSON_NODE_HOLDS_OBJECT (value);
  if (strcmp (type, "array") == 0)
    return JSON_NODE_HOLDS_ARRAY (value);
  if (strcmp (type, "null") == 0)
    return JSON_NODE_HOLDS_NULL (value);
  if (strcmp (type, "string") == 0)
    return is_string (value);
  if (strcmp (type, "number") == 0)
    return is_number (value);
  if (strcmp (type, "integer") == 0)
    return is_number (value)
           && !(floor (json_node_get_double (value)) < json_node_get_double (value));
  if (strcmp (type, "boolean") == 0)
    return JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_BOOLEAN;

  return TRUE;
}

static const char *
with_article (const char *type)
{
  static const char *const words[][2]
    = { { "object", "an object" },     { "array", "an array" },  { "null", "null" },
        { "string", "a string" },      { "number", "a number" }, { "integer", "a whole number" },
        { "boolean", "true or false" } };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (type, words[i][0]) == 0)
      return words[i][1];

  return type;
}

static gboolean
check_type (Check *check, JsonObject *schema, JsonNode *value)
{
  const char *type = rnl_json_object_get_string (schema, "type");
  JsonArray *types = rnl_json_object_get_array (schema, "type");
  g_autoptr (GString) wanted = g_string_new (NULL);

  if (type != NULL)
    return is_of_type (value, type) || refuse (check, "must be %s", with_article (type));
  for (guint i = 0; types != NULL && i < json_array_get_length (types); i++)
    {
      JsonNode *element = json_array_get_element (types, i);

      if (!is_string (element) || is_of_type (value, json_node_get_string (element)))
        return TRUE;
      g_string_append_printf (wanted, "%s%s", i > 0 ? " or " : "",
                              with_article (json_node_get_string (element)));
    }

  return wanted->len == 0 || refuse (check, "must be %s", wanted->str);
}

static gboolean
check_choice (Check *check, JsonObject *schema, JsonNode *value)
{
  JsonArray *choices = rnl_json_object_get_array (schema, "enum");
  JsonNode *constant = json_object_get_member (schema, "const");
  g_autofree char *wanted = NULL;

  if (constant != NULL && !rnl_json_value_equal (constant, value))
    {
      wanted = rnl_json_to_string (constant, FALSE);
      return refuse (check, "must be %s", wanted);
    }
  if (choices == NULL)
    return TRUE;
  for (guint i = 0; i < json_array_get_length (choices); i++)
    if (rnl_json_value_equal (json_array_get_element (choices, i), value))
      return TRUE;
  wanted = rnl_json_to_string (rnl_json_object_get_value (schema, "enum"), FALSE);

  return refuse (check, "must be one of %s", wanted);
}

/* Bounds */

static gboolean
check_number (Check *check, JsonObject *schema, JsonNode *value)
{
  double number = json_node_get_double (value);
  double least = rnl_json_object_get_double (schema, "minimum", -INFINITY);
  double most = rnl_json_object_get_double (schema, "maximum", INFINITY);
  double above = rnl_json_object_get_double (schema, "exclusiveMinimum", -INFINITY);
  double below = rnl_json_object_get_double (schema, "exclusiveMaximum", INFINITY);
  double step = rnl_json_object_get_double (schema, "multipleOf", 0);

  if (number < least)
    return refuse (check, "must be at least %.17g", least);
  if (number > most)
    return refuse (check, "must be at most %.17g", most);
  if (number <= above)
    return refuse (check, "must be more than %.17g", above);
  if (number >= below)
    return refuse (check, "must be less than %.17g", below);
  if (step > 0 && fabs (number / step - round (number / step)) > 1e-9)
    return refuse (check, "must be a multiple of %.17g", step);

  return TRUE;
}

static gboolean
check_size (
  Check *check, JsonObject *schema, gint64 n, const char *min, const char *max, const char *unit)
{
  gint64 least = rnl_json_object_get_int (schema, min, 0);
  gint64 most = rnl_json_object_get_int (schema, max, G_MAXINT64);

  if (n < least)
    return refuse (check, "must have at least %" G_GINT64_FORMAT " %s", least, unit);
  if (n > most)
    return refuse (check, "must have at most %" G_GINT64_FORMAT " %s", most, unit);

  return TRUE;
}

static gboolean
check_string (Check *check, JsonObject *schema, JsonNode *value)
{
  const char *text = json_node_get_string (value);
  const char *pattern = rnl_json_object_get_string (schema, "pattern");
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GError) error = NULL;

  if (!check_size (check, schema, g_utf8_strlen (text, -1), "minLength", "maxLength", "characters"))
    return FALSE;
  if (pattern == NULL)
    return TRUE;
  regex = g_regex_new (pattern, G_REGEX_DEFAULT, 0, NULL);
  /* A pattern of a dialect that we do not know refuses nothing; one that takes too long, all. */
  if (regex == NULL || g_regex_match_full (regex, text, -1, 0, 0, NULL, &error))
    return TRUE;

  return refuse (check, "must match the pattern %s", pattern);
}

/* Parts */

static gboolean
check_part (Check *check, const char *name, JsonNode *schema, JsonNode *value)
{
  gsize before = check->path->len;
  gboolean ok;

  g_string_append_printf (check->path, "/%s", name);
  ok = check_value (check, schema, value);
  g_string_truncate (check->path, before);

  return ok;
}

static gboolean
check_array (Check *check, JsonObject *schema, JsonArray *array)
{
  guint n = json_array_get_length (array);
  JsonNode *items = rnl_json_object_get_value (schema, "items");
  JsonArray *first = rnl_json_object_get_array (schema, "prefixItems");
  guint n_first = first != NULL ? json_array_get_length (first) : 0;

  if (!check_size (check, schema, n, "minItems", "maxItems", "elements"))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *part = i < n_first ? json_array_get_element (first, i) : items;
      char name[16];

      g_snprintf (name, sizeof name, "%u", i);
      if (part != NULL && !check_part (check, name, part, json_array_get_element (array, i)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_required (Check *check, JsonObject *schema, JsonObject *object)
{
  JsonArray *required = rnl_json_object_get_array (schema, "required");

  for (guint i = 0; required != NULL && i < json_array_get_length (required); i++)
    {
      JsonNode *name = json_array_get_element (required, i);

      if (is_string (name) && !json_object_has_member (object, json_node_get_string (name)))
        {
          g_string_append_printf (check->path, "/%s", json_node_get_string (name));
          return refuse (check, "is missing");
        }
    }

  return TRUE;
}

static gboolean
check_object (Check *check, JsonObject *schema, JsonObject *object)
{
  JsonObject *properties = rnl_json_object_get_object (schema, "properties");
  JsonNode *others = rnl_json_object_get_value (schema, "additionalProperties");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!check_required (check, schema, object)
      || !check_size (check, schema, json_object_get_size (object), "minProperties",
                      "maxProperties", "members"))
    return FALSE;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      JsonNode *part = rnl_json_object_get_value (properties, name);

      if (part == NULL && others != NULL
          && !rnl_json_object_get_boolean (schema, "additionalProperties", TRUE))
        {
          g_string_append_printf (check->path, "/%s", name);
          return refuse (check, "is not known here");
        }
      if (part == NULL)
        part = others;
      if (part != NULL && !check_part (check, name, part, value))
        return FALSE;
    }

  return TRUE;
}

/* References */

/* A segment of a pointer: "~1" is a slash, "~0" a tilde; in a reference, percents are hidden, too.
 */
static JsonNode *
step_into (JsonNode *node, const char *segment)
{
  g_autofree char *plain = g_uri_unescape_string (segment, NULL);
  g_autoptr (GString) name = g_string_new (plain != NULL ? plain : segment);
  guint64 position;

  g_string_replace (name, "~1", "/", 0);
  g_string_replace (name, "~0", "~", 0);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), name->str);
  if (!JSON_NODE_HOLDS_ARRAY (node)
      || !g_ascii_string_to_unsigned (name->str, 10, 0, G_MAXUINT, &position, NULL)
      || position >= json_array_get_length (json_node_get_array (node)))
    return NULL;

  return json_array_get_element (json_node_get_array (node), (guint) position);
}

/* Nothing is fetched: only what is within the schema itself is found. */
static JsonNode *
find_referenced (JsonNode *root, const char *reference)
{
  g_auto (GStrv) segments = NULL;
  JsonNode *node = root;

  if (*reference != '#')
    return NULL;
  segments = g_strsplit (reference + 1, "/", -1);
  for (gsize i = 1; node != NULL && segments[0] != NULL && segments[i] != NULL; i++)
    node = step_into (node, segments[i]);

  return node;
}

static JsonNode *
resolve (Check *check, JsonNode *schema)
{
  const char *reference = rnl_json_object_get_string (rnl_json_node_get_object (schema), "$ref");
  JsonNode *found = reference != NULL ? find_referenced (check->root, reference) : NULL;

  return found != NULL ? found : schema;
}

static gboolean
check_reference (Check *check, JsonObject *schema, JsonNode *value)
{
  const char *reference = rnl_json_object_get_string (schema, "$ref");
  JsonNode *node = reference != NULL ? find_referenced (check->root, reference) : NULL;

  return node == NULL || check_value (check, node, value);
}

/* Combinations */

typedef gboolean (*CheckFunc) (Check *check, JsonObject *schema, JsonNode *value);

/* Whether @value would be refused by @func, for no matter what reason. */
static gboolean
fails (CheckFunc func, JsonObject *schema, JsonNode *value)
{
  g_autoptr (GString) path = g_string_new (NULL);
  Check check = { .path = path };

  return schema != NULL && !func (&check, schema, value);
}

static gboolean is_other_kind (Check *check, JsonNode *schema, JsonNode *value);

static gboolean
are_other_kinds (Check *check, JsonArray *schemas, JsonNode *value)
{
  for (guint i = 0; i < json_array_get_length (schemas); i++)
    if (!is_other_kind (check, json_array_get_element (schemas, i), value))
      return FALSE;

  return TRUE;
}

/* The kinds of a union are told apart by their types, and by a member that says which one it is. */
static gboolean
is_other_kind (Check *check, JsonNode *schema, JsonNode *value)
{
  JsonObject *object = rnl_json_node_get_object (resolve (check, schema));
  JsonArray *kinds = rnl_json_object_get_array (object, "anyOf");
  JsonObject *properties = rnl_json_object_get_object (object, "properties");
  JsonObjectIter iter;
  const char *name;
  JsonNode *part;

  if (object == NULL || JSON_NODE_HOLDS_VALUE (value) || fails (check_type, object, value))
    return TRUE;
  if (kinds != NULL && check->depth < RNL_JSON_SCHEMA_MAX_DEPTH)
    {
      gboolean others;

      check->depth++;
      others = are_other_kinds (check, kinds, value);
      check->depth--;
      return others;
    }
  if (properties == NULL || !JSON_NODE_HOLDS_OBJECT (value))
    return FALSE;
  json_object_iter_init_ordered (&iter, properties);
  while (json_object_iter_next_ordered (&iter, &name, &part))
    {
      JsonNode *member = json_object_get_member (json_node_get_object (value), name);
      JsonObject *described = rnl_json_node_get_object (part);

      if (member != NULL ? fails (check_choice, described, member)
                         : described != NULL && json_object_has_member (described, "const"))
        return TRUE;
    }

  return FALSE;
}

/* Of a union of which @value is one kind by what it says of itself, and is not as that kind is
 * described, the reason is better than that it is no kind at all. */
static gboolean
refuse_any (Check *check, JsonArray *schemas, JsonNode *value)
{
  JsonNode *kind = NULL;

  for (guint i = 0; i < json_array_get_length (schemas); i++)
    {
      JsonNode *schema = json_array_get_element (schemas, i);

      if (is_other_kind (check, schema, value))
        continue;
      if (kind != NULL)
        return refuse (check, "is none of the kinds of value that are allowed here");
      kind = schema;
    }
  if (kind == NULL)
    return refuse (check, "is none of the kinds of value that are allowed here");

  return check_value (check, kind, value);
}

static guint
count_matching (Check *check, JsonArray *schemas, JsonNode *value, GError **first)
{
  GError **error = check->error;
  gsize before = check->path->len;
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (schemas); i++)
    {
      g_autoptr (GError) refused = NULL;

      check->error = &refused;
      if (check_value (check, json_array_get_element (schemas, i), value))
        n++;
      else if (first != NULL && *first == NULL)
        *first = g_steal_pointer (&refused);
      g_string_truncate (check->path, before);
    }
  check->error = error;

  return n;
}

static gboolean
check_combinations (Check *check, JsonObject *schema, JsonNode *value)
{
  JsonArray *all = rnl_json_object_get_array (schema, "allOf");
  JsonArray *any = rnl_json_object_get_array (schema, "anyOf");
  JsonArray *one = rnl_json_object_get_array (schema, "oneOf");
  g_autoptr (GError) first = NULL;

  if (all != NULL && count_matching (check, all, value, &first) < json_array_get_length (all))
    {
      g_propagate_error (check->error, g_steal_pointer (&first));
      return FALSE;
    }
  if (any != NULL && json_array_get_length (any) > 0
      && count_matching (check, any, value, NULL) == 0)
    return refuse_any (check, any, value);
  if (one != NULL && json_array_get_length (one) > 0
      && count_matching (check, one, value, NULL) != 1)
    return refuse (check, "must be exactly one of the kinds of value that are allowed here");

  return TRUE;
}

static gboolean
check_against (Check *check, JsonObject *schema, JsonNode *value)
{
  if (!check_reference (check, schema, value) || !check_type (check, schema, value)
      || !check_choice (check, schema, value) || !check_combinations (check, schema, value))
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (value))
    return check_object (check, schema, json_node_get_object (value));
  if (JSON_NODE_HOLDS_ARRAY (value))
    return check_array (check, schema, json_node_get_array (value));
  if (is_string (value))
    return check_string (check, schema, value);
  if (is_number (value))
    return check_number (check, schema, value);

  return TRUE;
}

static gboolean
check_value (Check *check, JsonNode *schema, JsonNode *value)
{
  gboolean ok;

  if (JSON_NODE_HOLDS_VALUE (schema) && json_node_get_value_type (schema) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (schema) || refuse (check, "is not allowed");
  /* Not a schema: it asks for nothing. */
  if (!JSON_NODE_HOLDS_OBJECT (schema))
    return TRUE;
  if (check->depth == RNL_JSON_SCHEMA_MAX_DEPTH || check->n_steps == RNL_JSON_SCHEMA_MAX_STEPS)
    return refuse (check, "is too complex to be checked");
  check->depth++;
  check->n_steps++;
  ok = check_against (check, json_node_get_object (schema), value);
  check->depth--;

  return ok;
}

/**
 * rnl_json_schema_check:
 * @schema: a JSON Schema
 * @value: a value
 * @error: return location for an error
 *
 * Checks what the arguments of tools are described with: `type` (also several), `properties`,
 * `required`, `additionalProperties`, `enum`, `const`, `items`, `prefixItems`, `minimum`,
 * `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`, the `min` and `max` of
 * `Length`, `Items` and `Properties`, `pattern`, `anyOf`, `oneOf`, `allOf`, and `$ref` to what is
 * in @schema itself (`#/$defs/NAME`). Other keywords ask for nothing, and neither does a reference
 * to what is not there: nothing is fetched.
 *
 * Errors: `RNL_JSON_ERROR_SCHEMA`, saying which part must be what: "/x must be a number".
 *
 * Returns: whether @value is as @schema asks
 */
gboolean
rnl_json_schema_check (JsonNode *schema, JsonNode *value, GError **error)
{
  g_autoptr (GString) path = g_string_new (NULL);
  Check check = { schema, path, 0, 0, error };

  g_return_val_if_fail (schema != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  return check_value (&check, schema, value);
}

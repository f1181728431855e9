/* rnl-model-facts.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-model-facts.h"

#include "rnl-json-members.h"
#include "rnl-json-value.h"

#include <string.h>

#define ALL_ABILITIES                                                                              \
  (RNL_MODEL_ABILITY_TOOLS | RNL_MODEL_ABILITY_IMAGES | RNL_MODEL_ABILITY_PDF                      \
   | RNL_MODEL_ABILITY_REASONING | RNL_MODEL_ABILITY_SCHEMA | RNL_MODEL_ABILITY_SAMPLING)

/* A row is an info whose id is the beginning of the models' ids it is about. */

static const char *const number_names[]
  = { "context", "max_output", "input", "output", "cached_input" };

static gboolean
is_date (const char *text)
{
  return text != NULL
         && g_regex_match_simple ("^\\d{4}-\\d{2}-\\d{2}$", text, G_REGEX_DOLLAR_ENDONLY, 0);
}

/* Whether the member @name is one that a row can have, and of its kind. */
static gboolean
check_member (const char *name, JsonNode *node)
{
  g_autoptr (GFlagsClass) abilities = g_type_class_ref (RNL_TYPE_MODEL_ABILITIES);
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (g_flags_get_value_by_nick (abilities, name) != NULL)
    return type == G_TYPE_BOOLEAN;
  for (gsize i = 0; i < G_N_ELEMENTS (number_names); i++)
    if (g_str_equal (name, number_names[i]))
      return (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE) && json_node_get_double (node) >= 0;
  if (g_str_equal (name, "date"))
    return type == G_TYPE_STRING && is_date (json_node_get_string (node));

  return g_str_equal (name, "prefix") && type == G_TYPE_STRING
         && *json_node_get_string (node) != '\0';
}

static gboolean
check_row (JsonObject *object, guint number, GError **error)
{
  g_autoptr (GList) names = json_object_get_members (object);

  if (!json_object_has_member (object, "prefix"))
    {
      g_set_error (error, RNL_JSON_ERROR, RNL_JSON_ERROR_SCHEMA, "row %u has no “prefix”", number);
      return FALSE;
    }

  for (GList *l = names; l != NULL; l = l->next)
    if (!check_member (l->data, json_object_get_member (object, l->data)))
      {
        g_set_error (error, RNL_JSON_ERROR, RNL_JSON_ERROR_SCHEMA,
                     "row %u: “%s” is not known, or its value is not one for it", number,
                     (const char *) l->data);
        return FALSE;
      }

  return TRUE;
}

static RnlModelInfo *
read_row (JsonObject *object)
{
  g_autoptr (GFlagsClass) abilities = g_type_class_ref (RNL_TYPE_MODEL_ABILITIES);
  RnlModelInfo *row = rnl_model_info_new (rnl_json_object_get_string (object, "prefix"), NULL,
                                          rnl_json_object_get_int (object, "context", 0));
  double input = rnl_json_object_get_double (object, "input", -1);
  double output = rnl_json_object_get_double (object, "output", -1);

  rnl_model_info_set_max_output (row, rnl_json_object_get_int (object, "max_output", 0));
  for (guint i = 0; i < abilities->n_values; i++)
    {
      const GFlagsValue *value = &abilities->values[i];

      if (json_object_has_member (object, value->value_nick))
        rnl_model_info_set_ability (row, value->value,
                                    rnl_json_object_get_boolean (object, value->value_nick, FALSE));
    }
  if (input >= 0 || output >= 0)
    {
      g_autoptr (RnlModelPrice) price = rnl_model_price_new (
        input, output, rnl_json_object_get_double (object, "cached_input", -1),
        rnl_json_object_get_string (object, "date"));

      rnl_model_info_set_price (row, price);
    }

  return row;
}

/* The longest beginning says the most about a model. */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  gsize length_a = strlen (rnl_model_info_get_id (*(RnlModelInfo **) a));
  gsize length_b = strlen (rnl_model_info_get_id (*(RnlModelInfo **) b));

  return (length_a < length_b) - (length_a > length_b);
}

/**
 * rnl_model_facts_parse:
 * @text: `{"models": [{"prefix": …, "date": "YYYY-MM-DD", "context": tokens, "max_output": tokens,
 *   "input": dollars per million tokens, "output": …, "cached_input": …, "tools": bool, "images":
 * …, "pdf": …, "reasoning": …, "schema": …, "sampling": …}]}`; all but the prefix is optional
 * @length: its length in bytes, -1 when it is NUL-terminated
 * @error: return location for an error
 *
 * Reads a table of models. It is strict: a word that is written wrong is an error and not a fact
 * that is silently missing.
 *
 * Errors: `RNL_JSON_ERROR`, with the place in bytes or the number of the row.
 *
 * Returns: (transfer full) (nullable) (element-type RnlModelInfo): the rows, the longest prefix
 *   first
 */
GPtrArray *
rnl_model_facts_parse (const char *text, gssize length, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) root = rnl_json_strict_parse (text, length, error);
  JsonArray *list;

  if (root == NULL)
    return NULL;

  list = rnl_json_object_get_array (rnl_json_node_get_object (root), "models");
  if (list == NULL)
    {
      g_set_error (error, RNL_JSON_ERROR, RNL_JSON_ERROR_SCHEMA, "there is no list “models” in it");
      return NULL;
    }

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *object = rnl_json_node_get_object (json_array_get_element (list, i));

      if (object == NULL)
        {
          g_set_error (error, RNL_JSON_ERROR, RNL_JSON_ERROR_SCHEMA, "row %u is not an object",
                       i + 1);
          return NULL;
        }
      if (!check_row (object, i + 1, error))
        return NULL;
      g_ptr_array_add (rows, read_row (object));
    }
  g_ptr_array_sort (rows, compare_rows);

  return g_steal_pointer (&rows);
}

/* What a row says of a model: nothing, what it is, or what it costs as well. Gateways put the name
 * of the vendor before a model's ("anthropic/claude-…"): it is the same model, at their price. */
typedef enum
{
  MATCH_NONE,
  MATCH_MODEL,
  MATCH_PRICE,
} Match;

/* A prefix that ends in a letter or a digit is the name of a model: its dated versions and its
 * variants are the same model, its successors are not. Any other is that of a family. */
static gboolean
is_match (const char *prefix, const char *id)
{
  const char *rest;

  if (!g_str_has_prefix (id, prefix))
    return FALSE;
  rest = id + strlen (prefix);
  if (*rest == '\0' || !g_ascii_isalnum (prefix[strlen (prefix) - 1]))
    return TRUE;

  return *rest == ':' || *rest == '@'
         || g_regex_match_simple ("^-(latest|preview|\\d{4,8}|\\d{4}-\\d{2}-\\d{2})$", rest, 0, 0);
}

static Match
match_row (RnlModelInfo *row, const char *id)
{
  const char *prefix = rnl_model_info_get_id (row);
  const char *slash = strrchr (id, '/');

  if (is_match (prefix, id))
    return MATCH_PRICE;

  return slash != NULL && is_match (prefix, slash + 1) ? MATCH_MODEL : MATCH_NONE;
}

static void
take_abilities (RnlModelInfo *info, RnlModelInfo *row, RnlModelAbilities which)
{
  RnlModelAbilities told = rnl_model_info_get_known_abilities (row) & which;
  RnlModelAbilities can = rnl_model_info_get_abilities (row);

  rnl_model_info_set_ability (info, told & can, TRUE);
  rnl_model_info_set_ability (info, told & ~can, FALSE);
}

static void
fill_from (RnlModelInfo *info, RnlModelInfo *row, Match match)
{
  if (rnl_model_info_get_context_length (info) == 0)
    rnl_model_info_set_context_length (info, rnl_model_info_get_context_length (row));
  if (rnl_model_info_get_max_output (info) == 0)
    rnl_model_info_set_max_output (info, rnl_model_info_get_max_output (row));
  if (match == MATCH_PRICE && rnl_model_info_get_price (info) == NULL)
    rnl_model_info_set_price (info, rnl_model_info_get_price (row));
  take_abilities (info, row, ALL_ABILITIES & ~rnl_model_info_get_known_abilities (info));
}

/**
 * rnl_model_facts_fill:
 * @rows: (element-type RnlModelInfo): as [func@Runnel.model_facts_parse] gives them
 * @info: a model
 *
 * Adds to @info what the rows know and it does not. The longest prefix is asked first, the others
 * for what it does not say.
 */
void
rnl_model_facts_fill (GPtrArray *rows, RnlModelInfo *info)
{
  for (guint i = 0; i < rows->len; i++)
    {
      Match match = match_row (rows->pdata[i], rnl_model_info_get_id (info));

      if (match != MATCH_NONE)
        fill_from (info, rows->pdata[i], match);
    }
}

static void
override_from (RnlModelInfo *info, RnlModelInfo *row)
{
  if (rnl_model_info_get_context_length (row) > 0)
    rnl_model_info_set_context_length (info, rnl_model_info_get_context_length (row));
  if (rnl_model_info_get_max_output (row) > 0)
    rnl_model_info_set_max_output (info, rnl_model_info_get_max_output (row));
  if (rnl_model_info_get_price (row) != NULL)
    rnl_model_info_set_price (info, rnl_model_info_get_price (row));
  take_abilities (info, row, ALL_ABILITIES);
}

/**
 * rnl_model_facts_override:
 * @rows: (element-type RnlModelInfo): as [func@Runnel.model_facts_parse] gives them
 * @info: a model
 *
 * Puts what the rows say in the place of what @info says; the longest prefix has the last word.
 */
void
rnl_model_facts_override (GPtrArray *rows, RnlModelInfo *info)
{
  for (guint i = rows->len; i > 0; i--)
    if (match_row (rows->pdata[i - 1], rnl_model_info_get_id (info)) != MATCH_NONE)
      override_from (info, rows->pdata[i - 1]);
}

/* rnl-json-sum-add.c: the rules of adding
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-sum.h"

#include <string.h>

/* What begins so is an index or an id that was made up on the way, not by the provider. */
#define MADE_UP_PREFIX "lc_"

/* One addition, and where in the value it is. */
typedef struct
{
  RnlJsonSumRules rules;
  GString *path;
  GError *error;
} Addition;

static void
add_value (Addition *addition, RnlJsonSum *left, const RnlJsonSum *right, const char *name);

static const char *
kind_word (const RnlJsonSum *sum)
{
  static const char *const words[]
    = { "null", "a boolean", "an integer", "a number", "a string", "a list", "an object" };

  return words[sum->kind];
}

/* The left side stays, and the first of such places is told. */
static void
conflict (Addition *addition, const RnlJsonSum *left, const RnlJsonSum *right)
{
  if (addition->error == NULL)
    addition->error
      = g_error_new (RNL_JSON_ERROR, RNL_JSON_ERROR_CONFLICT, "%s cannot be added to %s at \"%s\"",
                     kind_word (right), kind_word (left), addition->path->str);
}

static gboolean
is_one_of (const char *name, const char *const *names)
{
  return name != NULL && g_strv_contains (names, name);
}

static gboolean
equal_strings (const RnlJsonSum *a, const RnlJsonSum *b)
{
  return a->kind == RNL_JSON_SUM_STRING && b->kind == RNL_JSON_SUM_STRING
         && g_string_equal (a->string, b->string);
}

/* Strings are pieces of one text, but for names of things. */
static void
add_string (Addition *addition, RnlJsonSum *left, const RnlJsonSum *right, const char *name)
{
  static const char *const identities[] = { "id", "output_version", "model_provider", NULL };

  if (equal_strings (left, right)
      && (addition->rules == RNL_JSON_SUM_FACTS || addition->rules == RNL_JSON_SUM_COUNTS
          || is_one_of (name, identities)
          || (addition->rules == RNL_JSON_SUM_CALLS && g_strcmp0 (name, "name") == 0)))
    return;
  if (g_strcmp0 (name, "index") == 0 && g_str_has_prefix (left->string->str, MADE_UP_PREFIX))
    return;
  g_string_append_len (left->string, right->string->str, (gssize) right->string->len);
}

/* Integers are counts, but for those that name a place or a moment. */
static void
add_integer (Addition *addition, RnlJsonSum *left, const RnlJsonSum *right, const char *name)
{
  static const char *const snapshots[] = { "index", "created", "timestamp", NULL };
  gint64 sum;

  if (addition->rules != RNL_JSON_SUM_COUNTS)
    {
      if (left->integer == right->integer)
        return;
      if (is_one_of (name, snapshots))
        {
          left->integer = right->integer;
          return;
        }
    }
  if (__builtin_add_overflow (left->integer, right->integer, &sum))
    conflict (addition, left, right);
  else
    left->integer = sum;
}

static void
add_dict (Addition *addition, RnlJsonSum *left, const RnlJsonSum *right, const char *but)
{
  gsize before = addition->path->len;

  for (guint i = 0; i < right->dict.names->len; i++)
    {
      const char *name = g_ptr_array_index (right->dict.names, i);
      const RnlJsonSum *value = g_ptr_array_index (right->dict.values, i);
      RnlJsonSum *present = rnl_json_sum_get (left, name);

      if (g_strcmp0 (name, but) == 0)
        continue;
      if (present == NULL)
        {
          rnl_json_sum_take (left, name, rnl_json_sum_copy (value));
          continue;
        }
      g_string_append_c (addition->path, '/');
      g_string_append (addition->path, name);
      add_value (addition, present, value, name);
      g_string_truncate (addition->path, before);
    }
}

/* Lists */

static gboolean
has_index (const RnlJsonSum *element)
{
  const RnlJsonSum *index = rnl_json_sum_get (element, "index");

  return index != NULL
         && (index->kind == RNL_JSON_SUM_INT
             || (index->kind == RNL_JSON_SUM_STRING
                 && g_str_has_prefix (index->string->str, MADE_UP_PREFIX)));
}

static gboolean
same_index (const RnlJsonSum *a, const RnlJsonSum *b)
{
  const RnlJsonSum *left = rnl_json_sum_get (a, "index"), *right = rnl_json_sum_get (b, "index");

  if (left == NULL || right == NULL)
    return FALSE;

  return equal_strings (left, right)
         || (left->kind == RNL_JSON_SUM_INT && right->kind == RNL_JSON_SUM_INT
             && left->integer == right->integer);
}

static gboolean
same_id (const RnlJsonSum *a, const RnlJsonSum *b)
{
  const RnlJsonSum *left = rnl_json_sum_get (a, "id"), *right = rnl_json_sum_get (b, "id");

  return left != NULL && right != NULL && !rnl_json_sum_is_empty (left)
         && equal_strings (left, right);
}

static gboolean
ids_agree (const RnlJsonSum *a, const RnlJsonSum *b)
{
  return rnl_json_sum_is_empty (rnl_json_sum_get (a, "id"))
         || rnl_json_sum_is_empty (rnl_json_sum_get (b, "id")) || same_id (a, b);
}

/* (nullable): the first element that @element is more of */
static RnlJsonSum *
find_counterpart (Addition *addition, RnlJsonSum *list, const RnlJsonSum *element)
{
  gboolean by_index = has_index (element);

  if (!by_index && addition->rules != RNL_JSON_SUM_CALLS)
    return NULL;
  for (guint i = 0; i < list->list->len; i++)
    {
      RnlJsonSum *candidate = g_ptr_array_index (list->list, i);

      if (by_index ? same_index (candidate, element) && ids_agree (candidate, element)
                   : same_id (candidate, element))
        return candidate;
    }

  return NULL;
}

/* A block of a provider's own kind adds to the part of a block that is kept for such things. */
static void
add_non_standard (Addition *addition, RnlJsonSum *block, const RnlJsonSum *value)
{
  gboolean standard = g_strcmp0 (rnl_json_sum_get_string (block, "type"), "non_standard") != 0;
  const char *name = standard ? "extras" : "value";
  RnlJsonSum *into = rnl_json_sum_get (block, name);

  if (into == NULL)
    into = rnl_json_sum_take (block, name, rnl_json_sum_new (RNL_JSON_SUM_DICT));
  if (into->kind == RNL_JSON_SUM_DICT && value->kind == RNL_JSON_SUM_DICT)
    add_dict (addition, into, value, "type");
  else
    conflict (addition, into, value);
}

static void
add_element (Addition *addition, RnlJsonSum *list, const RnlJsonSum *element)
{
  RnlJsonSum *counterpart = find_counterpart (addition, list, element);
  const RnlJsonSum *value = rnl_json_sum_get (element, "value");

  if (counterpart == NULL)
    g_ptr_array_add (list->list, rnl_json_sum_copy (element));
  else if (value != NULL && !rnl_json_sum_is_empty (rnl_json_sum_get (counterpart, "type"))
           && g_strcmp0 (rnl_json_sum_get_string (element, "type"), "non_standard") == 0)
    add_non_standard (addition, counterpart, value);
  else
    add_dict (addition, counterpart, element, "type");
}

static void
add_value (Addition *addition, RnlJsonSum *left, const RnlJsonSum *right, const char *name)
{
  if (right->kind == RNL_JSON_SUM_NULL)
    return;
  if (left->kind == RNL_JSON_SUM_NULL)
    {
      /* The node stays, what is in it goes over. */
      RnlJsonSum *copy = rnl_json_sum_copy (right);

      *left = *copy;
      g_free (copy);
      return;
    }
  if (left->kind != right->kind)
    {
      conflict (addition, left, right);
      return;
    }
  switch (left->kind)
    {
    case RNL_JSON_SUM_STRING:
      add_string (addition, left, right, name);
      break;
    case RNL_JSON_SUM_INT:
      add_integer (addition, left, right, name);
      break;
    case RNL_JSON_SUM_DOUBLE:
      left->number = (addition->rules == RNL_JSON_SUM_COUNTS ? left->number : 0) + right->number;
      break;
    case RNL_JSON_SUM_BOOLEAN:
      left->boolean = right->boolean;
      break;
    case RNL_JSON_SUM_LIST:
      for (guint i = 0; i < right->list->len; i++)
        add_element (addition, left, g_ptr_array_index (right->list, i));
      break;
    case RNL_JSON_SUM_DICT:
      add_dict (addition, left, right, NULL);
      break;
    case RNL_JSON_SUM_NULL:
    default:
      break;
    }
}

/**
 * rnl_json_sum_add: (skip)
 * @sum: (inout): a value
 * @next: what comes next; not @sum itself
 * @rules: what kind of value it is
 * @name: what to call it in an error
 * @error: return location for an error
 *
 * Adds as the chunks of a streamed message are added: strings are put together and integers added
 * up, lists and dicts are added member by member, null is nothing. What is equal stays: an `id`, an
 * `output_version`, a `model_provider`, an integer. Of an `index`, `created` or `timestamp`, and of
 * numbers and booleans, the last counts. An element of a list with an integer `index` (or a string
 * one that begins with "lc_") goes into the first element that has the same and no other `id`, all
 * but its `type`; every other is appended.
 *
 * Errors: `RNL_JSON_ERROR_CONFLICT` when two values have nothing in common; then the left one
 *   stays and everything else is added all the same.
 *
 * Returns: whether everything was added
 */
gboolean
rnl_json_sum_add (
  RnlJsonSum *sum, const RnlJsonSum *next, RnlJsonSumRules rules, const char *name, GError **error)
{
  g_autoptr (GString) path = g_string_new (name);
  Addition addition = { rules, path, NULL };

  g_return_val_if_fail (sum != next, FALSE);

  add_value (&addition, sum, next, NULL);
  if (addition.error == NULL)
    return TRUE;
  g_propagate_error (error, addition.error);

  return FALSE;
}

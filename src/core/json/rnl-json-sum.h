/* rnl-json-sum.h: a JSON value that grows by adding others to it
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-json-error.h"

G_BEGIN_DECLS

typedef enum
{
  RNL_JSON_SUM_NULL,
  RNL_JSON_SUM_BOOLEAN,
  RNL_JSON_SUM_INT,
  RNL_JSON_SUM_DOUBLE,
  RNL_JSON_SUM_STRING,
  RNL_JSON_SUM_LIST,
  RNL_JSON_SUM_DICT,
} RnlJsonSumKind;

/**
 * RnlJsonSumRules:
 * @RNL_JSON_SUM_PIECES: equal strings are two pieces of one text, as everywhere in what a model
 *   says
 * @RNL_JSON_SUM_FACTS: an equal string is the same fact told again and stays
 * @RNL_JSON_SUM_CALLS: elements of a list without an index are told apart by their id, and a name
 *   that is repeated stays
 * @RNL_JSON_SUM_COUNTS: numbers are counts and always add, null is none
 *
 * What is different from the general rules, see rnl_json_sum_add().
 */
typedef enum
{
  RNL_JSON_SUM_PIECES,
  RNL_JSON_SUM_FACTS,
  RNL_JSON_SUM_CALLS,
  RNL_JSON_SUM_COUNTS,
} RnlJsonSumRules;

typedef struct _RnlJsonSum RnlJsonSum;

/**
 * RnlJsonSum:
 * @kind: what it is
 *
 * A value made to be added to: a string grows at the cost of what comes, not of what is there.
 * Of the other members only the one of @kind counts; they are to be read, not to be written.
 */
struct _RnlJsonSum
{
  RnlJsonSumKind kind;

  union
  {
    gboolean boolean;
    gint64 integer;
    double number;
    GString *string;
    GPtrArray *list; /* of RnlJsonSum */
    struct
    {
      GPtrArray *names;   /* of char */
      GPtrArray *values;  /* of RnlJsonSum, in the same order */
      GHashTable *places; /* name -> place + 1 */
    } dict;
  };
};

RnlJsonSum *rnl_json_sum_new (RnlJsonSumKind kind);
RnlJsonSum *rnl_json_sum_new_from_node (JsonNode *node);
RnlJsonSum *rnl_json_sum_copy (const RnlJsonSum *sum);
void rnl_json_sum_free (RnlJsonSum *sum);
JsonNode *rnl_json_sum_to_node (const RnlJsonSum *sum);

gboolean rnl_json_sum_is_empty (const RnlJsonSum *sum);
RnlJsonSum *rnl_json_sum_get (const RnlJsonSum *dict, const char *name);
const char *rnl_json_sum_get_string (const RnlJsonSum *dict, const char *name);
RnlJsonSum *rnl_json_sum_take (RnlJsonSum *dict, const char *name, RnlJsonSum *value);

gboolean rnl_json_sum_add (
  RnlJsonSum *sum, const RnlJsonSum *next, RnlJsonSumRules rules, const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlJsonSum, rnl_json_sum_free)

G_END_DECLS

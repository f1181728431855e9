/* rnl-json-schema.h: whether a value is what a tool asked for
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-json-error.h"

G_BEGIN_DECLS

/* Schemas come from servers too. */

/**
 * RNL_JSON_SCHEMA_MAX_DEPTH:
 *
 * How deep schemas and values may nest before a check gives up.
 */
#define RNL_JSON_SCHEMA_MAX_DEPTH 64

/**
 * RNL_JSON_SCHEMA_MAX_STEPS:
 *
 * How many comparisons a check may take before it gives up.
 */
#define RNL_JSON_SCHEMA_MAX_STEPS 100000

gboolean rnl_json_schema_check (JsonNode *schema, JsonNode *value, GError **error);

G_END_DECLS

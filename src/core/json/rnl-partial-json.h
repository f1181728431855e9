/* rnl-partial-json.h: the value of a JSON text that is still being written
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RnlPartialJson:
 *
 * Reads JSON as it streams, and has a value for what came so far, at a cost that grows with the
 * text and not with its square.
 *
 * Open strings, arrays and objects count as they are; names without values, unfinished literals
 * and escapes wait. While the text is well-formed, members never vanish and strings only grow.
 * Once it is malformed the last good value stays.
 */
typedef struct _RnlPartialJson RnlPartialJson;

#define RNL_TYPE_PARTIAL_JSON (rnl_partial_json_get_type ())
GType rnl_partial_json_get_type (void);

RnlPartialJson *rnl_partial_json_new (void);
RnlPartialJson *rnl_partial_json_new_markdown (void);
RnlPartialJson *rnl_partial_json_ref (RnlPartialJson *self);
void rnl_partial_json_free (RnlPartialJson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlPartialJson, rnl_partial_json_free)

gboolean rnl_partial_json_feed (RnlPartialJson *self, const char *text, gssize len);
gboolean rnl_partial_json_end (RnlPartialJson *self);
JsonNode *rnl_partial_json_peek_value (RnlPartialJson *self);
JsonNode *rnl_partial_json_take_patch (RnlPartialJson *self);
const char *rnl_partial_json_peek_open_string (RnlPartialJson *self, gsize *len);
const char *
rnl_partial_json_take_string_delta (RnlPartialJson *self, const char *member, gsize *len);
gboolean rnl_partial_json_is_complete (RnlPartialJson *self);
gboolean rnl_partial_json_is_failed (RnlPartialJson *self);

JsonNode *rnl_partial_json_parse (const char *text, gssize len);
JsonNode *rnl_partial_json_parse_markdown (const char *text, gssize len);

G_END_DECLS

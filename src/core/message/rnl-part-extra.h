/* rnl-part-extra.h: what only some parts have
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-part.h"

G_BEGIN_DECLS

/**
 * RNL_PART_EXTRA_RAW:
 *
 * The provider's own item, verbatim: an object as it has to be sent back, with signatures and
 * encrypted state; an array of them where several items made one part.
 */
#define RNL_PART_EXTRA_RAW "raw"

/**
 * RNL_PART_EXTRA_PROTOCOL:
 *
 * A string: the wire protocol that understands `raw`.
 */
#define RNL_PART_EXTRA_PROTOCOL "protocol"

/**
 * RNL_PART_EXTRA_ANNOTATIONS:
 *
 * An array of citations of a text: `{type, url?, title?, start?, end?, cited_text?, ...}` with
 * positions in bytes where they are known.
 */
#define RNL_PART_EXTRA_ANNOTATIONS "annotations"

/**
 * RNL_PART_EXTRA_REMOTE:
 *
 * A boolean: the call ran at the provider; nothing is to be run or answered here.
 */
#define RNL_PART_EXTRA_REMOTE "remote"

/**
 * RNL_PART_EXTRA_REFUSAL:
 *
 * A boolean: the text says why the model does not answer.
 */
#define RNL_PART_EXTRA_REFUSAL "refusal"

/**
 * RNL_PART_EXTRA_MIME_TYPE:
 *
 * A string: what kind of file a file part is.
 */
#define RNL_PART_EXTRA_MIME_TYPE "mime_type"

/**
 * RNL_PART_EXTRA_EDITED:
 *
 * A string: the arguments a person put in place of the model's before the call ran, a JSON object.
 * The model's own stay in the text.
 */
#define RNL_PART_EXTRA_EDITED "edited"

/**
 * RNL_PART_EXTRA_FINAL:
 *
 * A boolean: the text came as the `answer` of the tool `final_answer`.
 */
#define RNL_PART_EXTRA_FINAL "final"

/**
 * RNL_PART_EXTRA_TOOLS_USED:
 *
 * An array of strings: what the model says a final answer was made with.
 */
#define RNL_PART_EXTRA_TOOLS_USED "tools_used"

/**
 * RNL_PART_EXTRA_CONTEXT:
 *
 * An object `{input, output, estimate}` at the last part of a model call: how many tokens the
 * server says the call read and wrote, and what its request had been estimated to have. What comes
 * later is estimated from there.
 */
#define RNL_PART_EXTRA_CONTEXT "context"

/**
 * RNL_PART_EXTRA_LEFT_OUT:
 *
 * An object `{messages, first}` of an opaque part, a note: this many of the oldest messages were
 * not sent from here on, because the model's window was full; `first` is the id of the oldest one
 * that was.
 */
#define RNL_PART_EXTRA_LEFT_OUT "left_out"

/**
 * RNL_PART_EXTRA_SUMMARY:
 *
 * An object `{messages}` of an opaque part, a note: its text is a summary of this many messages up
 * to and with its own, and is sent in place of them.
 */
#define RNL_PART_EXTRA_SUMMARY "summary"

JsonNode *rnl_part_get_extra (RnlPart *self, const char *key);
void rnl_part_set_extra (RnlPart *self, const char *key, JsonNode *value);
const char *rnl_part_get_extra_string (RnlPart *self, const char *key);
void rnl_part_set_extra_string (RnlPart *self, const char *key, const char *value);
gboolean rnl_part_is_remote (RnlPart *self);
gboolean rnl_part_is_refusal (RnlPart *self);
gboolean rnl_part_is_note (RnlPart *self);
void rnl_part_append_extra (RnlPart *self, const char *key, JsonNode *value);
void rnl_part_add_annotation (RnlPart *self, JsonNode *annotation);

char *rnl_part_dup_extra_json (RnlPart *self);
void rnl_part_set_extra_json (RnlPart *self, const char *json);

G_END_DECLS

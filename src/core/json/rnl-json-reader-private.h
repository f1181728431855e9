/* rnl-json-reader-private.h: the parts of the reader that work on characters
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-json-reader.h"

G_BEGIN_DECLS

/* What a step over one escape or one multi-byte character says instead of a length. */
#define RNL_JSON_STEP_INCOMPLETE 0
#define RNL_JSON_STEP_BAD        (-1)

const char *rnl_json_find_special (const char *p, const char *end, gboolean *has_high);
gssize rnl_json_escape_step (const char *s, gsize n, char out[4], gsize *out_len);
gssize rnl_json_utf8_step (const char *s, gsize n, gboolean *valid);

G_END_DECLS

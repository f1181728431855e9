/* rnl-json-reader-private.h: what the parts of the reader share
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-json-reader.h"

G_BEGIN_DECLS

/* What may come next. */
enum
{
  STATE_VALUE,
  STATE_VALUE_OR_END,
  STATE_KEY,
  STATE_KEY_OR_END,
  STATE_COLON,
  STATE_AFTER,
  STATE_DONE,
};

/* Which token the last buffer ended in. */
enum
{
  LEX_NONE,
  LEX_KEY,
  LEX_STRING,
  LEX_NUMBER,
  LEX_LITERAL,
};

/* `reader->error` is the code + 1, so that 0 is none. */
#define NO_ERROR 0

/* What a step over one escape or one multi-byte character says instead of a length. */
#define RNL_JSON_STEP_INCOMPLETE 0
#define RNL_JSON_STEP_BAD        (-1)

const char *rnl_json_find_special (const char *p, const char *end, gboolean *has_high);
gssize rnl_json_escape_step (const char *s, gsize n, char out[4], gsize *out_len);
gssize rnl_json_utf8_step (const char *s, gsize n, gboolean *valid);

static inline void
rnl_json_reader_value_read (RnlJsonReader *reader)
{
  reader->lex = LEX_NONE;
  reader->state = reader->depth == 0 ? STATE_DONE : STATE_AFTER;
}

RnlJsonTokenType
rnl_json_reader_fail (RnlJsonReader *reader, RnlJsonToken *token, RnlJsonError error);
void rnl_json_reader_append (RnlJsonReader *reader, const char *bytes, gsize len);
RnlJsonTokenType
rnl_json_reader_begin_string (RnlJsonReader *reader, RnlJsonToken *token, guint8 lex);
RnlJsonTokenType rnl_json_reader_decode_string (RnlJsonReader *reader, RnlJsonToken *token);

G_END_DECLS

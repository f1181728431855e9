/* rnl-json-reader.h: bytes of JSON in, tokens out, wherever the bytes are split
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include "rnl-json-error.h"

G_BEGIN_DECLS

/* Bounds on what comes from outside. */
#define RNL_JSON_READER_MAX_DEPTH  256
#define RNL_JSON_READER_MAX_BYTES  (64 * 1024 * 1024)
#define RNL_JSON_READER_MAX_KEY    (64 * 1024)
#define RNL_JSON_READER_MAX_NUMBER 1024

/**
 * RnlJsonTokenType:
 * @RNL_JSON_NEED_MORE: everything fed was read, and the document goes on
 * @RNL_JSON_OBJECT_START: `{`
 * @RNL_JSON_OBJECT_END: `}`
 * @RNL_JSON_ARRAY_START: `[`
 * @RNL_JSON_ARRAY_END: `]`
 * @RNL_JSON_KEY: a member's name, always whole
 * @RNL_JSON_STRING: a string value, or the next piece of one (see #RnlJsonToken)
 * @RNL_JSON_NUMBER: a number, as it was written, always whole
 * @RNL_JSON_TRUE: `true`
 * @RNL_JSON_FALSE: `false`
 * @RNL_JSON_NULL: `null`
 * @RNL_JSON_DONE: the document is complete
 * @RNL_JSON_ERROR_TOKEN: not JSON, or beyond a bound; it stays so until a reset
 */
typedef enum
{
  RNL_JSON_NEED_MORE,
  RNL_JSON_OBJECT_START,
  RNL_JSON_OBJECT_END,
  RNL_JSON_ARRAY_START,
  RNL_JSON_ARRAY_END,
  RNL_JSON_KEY,
  RNL_JSON_STRING,
  RNL_JSON_NUMBER,
  RNL_JSON_TRUE,
  RNL_JSON_FALSE,
  RNL_JSON_NULL,
  RNL_JSON_DONE,
  RNL_JSON_ERROR_TOKEN,
} RnlJsonTokenType;

/**
 * RnlJsonToken:
 * @type: what it is
 * @text: for keys, strings (without quotes and escapes) and numbers; not NUL-terminated. Valid
 *   until the next call on the reader
 * @len: the length of @text in bytes
 * @final: for strings, whether this is the last piece
 *
 * A string that ends in a later buffer arrives in pieces, one for each buffer at most, each of
 * whole characters. The first may be empty: it says that a string has begun.
 */
typedef struct
{
  RnlJsonTokenType type;
  const char *text;
  gsize len;
  gboolean final;
} RnlJsonToken;

/**
 * RnlJsonReader:
 *
 * A tokenizer that is fed buffers and asked for tokens, for use on the stack or inside another
 * struct. A buffer is borrowed until [method@Json.Reader.next] says `RNL_JSON_NEED_MORE`; strings
 * without escapes that lie whole in it are not copied.
 *
 * The grammar is RFC 8259's. Bytes that are not UTF-8, halves of surrogate pairs, and NUL become
 * U+FFFD, so text is always valid UTF-8 and never holds a NUL. Raw control characters inside
 * strings are an error unless @raw_controls is set. A stream is refused after
 * `RNL_JSON_READER_MAX_BYTES` unless @unbounded is set, by who bounds what is kept of it.
 */
typedef struct
{
  /*< public >*/
  gboolean raw_controls;
  gboolean unbounded;

  /*< private >*/
  const char *p;
  const char *end;
  gsize fed;
  char *scratch;
  gsize scratch_len;
  gsize scratch_size;
  const char *literal;
  gsize literal_at;
  guint8 state;
  guint8 lex;
  guint8 hold_len;
  guint8 error;
  gboolean begun;
  gboolean closed;
  gboolean skipping;
  guint skip_depth;
  guint depth;
  char hold[12];
  guint8 is_object[RNL_JSON_READER_MAX_DEPTH];
} RnlJsonReader;

void rnl_json_reader_init (RnlJsonReader *reader);
void rnl_json_reader_init_static (RnlJsonReader *reader, const char *text, gsize len);
void rnl_json_reader_reset (RnlJsonReader *reader);
void rnl_json_reader_reset_static (RnlJsonReader *reader, const char *text, gsize len);
void rnl_json_reader_clear (RnlJsonReader *reader);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RnlJsonReader, rnl_json_reader_clear)

/* A stream: feed, then next until NEED_MORE, and so on; end when no more comes. */
void rnl_json_reader_feed (RnlJsonReader *reader, const char *bytes, gsize len);
void rnl_json_reader_end (RnlJsonReader *reader);
RnlJsonTokenType rnl_json_reader_next (RnlJsonReader *reader, RnlJsonToken *token);
void rnl_json_reader_skip_value (RnlJsonReader *reader);
guint rnl_json_reader_get_depth (const RnlJsonReader *reader);
gboolean rnl_json_reader_is_in_string (const RnlJsonReader *reader);
gboolean rnl_json_reader_peek_number (const RnlJsonReader *reader, const char **text, gsize *len);
gsize rnl_json_reader_get_rest (const RnlJsonReader *reader, const char **rest);

RnlJsonError rnl_json_reader_get_error_code (const RnlJsonReader *reader);
gboolean rnl_json_reader_is_failed (const RnlJsonReader *reader);
gboolean rnl_json_reader_check (const RnlJsonReader *reader, GError **error);

/* A whole document in one buffer (a static reader): take what is wanted, skip the rest. Each of
 * these reads exactly one value, also when the value is of another type and the answer is FALSE. */
RnlJsonTokenType rnl_json_reader_peek_type (RnlJsonReader *reader);
gboolean rnl_json_reader_enter_object (RnlJsonReader *reader);
gboolean rnl_json_reader_next_member (RnlJsonReader *reader, const char **key, gsize *len);
gboolean rnl_json_reader_enter_array (RnlJsonReader *reader);
gboolean rnl_json_reader_next_element (RnlJsonReader *reader);
gboolean rnl_json_reader_read_string (RnlJsonReader *reader, const char **text, gsize *len);
char *rnl_json_reader_dup_string (RnlJsonReader *reader);
gboolean rnl_json_reader_read_int (RnlJsonReader *reader, gint64 *value);
gboolean rnl_json_reader_read_double (RnlJsonReader *reader, double *value);
gboolean rnl_json_reader_read_boolean (RnlJsonReader *reader, gboolean *value);
gboolean rnl_json_reader_read_raw (RnlJsonReader *reader, const char **json, gsize *len);
char *rnl_json_reader_dup_value_json (RnlJsonReader *reader);
void rnl_json_reader_skip (RnlJsonReader *reader);

/* What a number's text stands for. */
gsize rnl_json_number_prefix (const char *text, gsize len, gboolean *is_integer);
gboolean rnl_json_number_to_int (const char *text, gsize len, gint64 *value);
double rnl_json_number_to_double (const char *text, gsize len);

/**
 * rnl_json_key_is:
 * @key: a key as given by [method@Json.Reader.next_member]
 * @len: its length
 * @literal: a string literal
 *
 * Returns: whether they are the same
 */
#define rnl_json_key_is(key, len, literal)                                                         \
  ((len) == sizeof (literal) - 1 && memcmp ((key), (literal), sizeof (literal) - 1) == 0)

G_END_DECLS

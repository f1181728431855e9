/* rnl-code-language.h: what is to be known of a programming language to colour it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RnlCodeLanguageFlags:
 * @RNL_CODE_CASELESS: keywords are the same in upper and lower case
 * @RNL_CODE_PREPROCESSOR: a line that begins with `#` is for a preprocessor
 * @RNL_CODE_KEYS: a word before `:` or `=` is a name, as in YAML and INI files
 * @RNL_CODE_VARIABLES: a word after `$` is a name
 * @RNL_CODE_ANNOTATIONS: a word after `@` is an annotation
 * @RNL_CODE_LIFETIMES: an apostrophe may stand alone, as in Rust
 * @RNL_CODE_MARKUP: tags with attributes, as in HTML
 * @RNL_CODE_PATCH: the first character of a line says what it is
 */
typedef enum
{
  RNL_CODE_CASELESS = 1 << 0,
  RNL_CODE_PREPROCESSOR = 1 << 1,
  RNL_CODE_KEYS = 1 << 2,
  RNL_CODE_VARIABLES = 1 << 3,
  RNL_CODE_ANNOTATIONS = 1 << 4,
  RNL_CODE_LIFETIMES = 1 << 5,
  RNL_CODE_MARKUP = 1 << 6,
  RNL_CODE_PATCH = 1 << 7,
} RnlCodeLanguageFlags;

/**
 * RnlCodeLanguage:
 * @title: its name for people
 * @names: what is written after a fence, in lower case, with a space around each
 * @line_comments: (nullable): what begins a comment up to the end of the line; a space between
 * @block_open: (nullable): what begins a comment that may have many lines
 * @block_close: (nullable): what ends it
 * @quotes: characters that begin and end a string within a line
 * @long_quotes: (nullable): what begins and ends a string that may have many lines; a space between
 * @keywords: a space around each
 * @types: built-in types and constants, a space around each
 * @flags: what else there is
 */
typedef struct
{
  const char *title;
  const char *names;
  const char *line_comments;
  const char *block_open;
  const char *block_close;
  const char *quotes;
  const char *long_quotes;
  const char *keywords;
  const char *types;
  RnlCodeLanguageFlags flags;
} RnlCodeLanguage;

const RnlCodeLanguage *rnl_code_language_find (const char *name);
const char *rnl_code_language_get_title (const char *name);

G_END_DECLS

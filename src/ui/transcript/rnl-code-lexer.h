/* rnl-code-lexer.h: the words of a line of code
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-code-language.h"

G_BEGIN_DECLS

typedef enum
{
  RNL_CODE_KEYWORD,
  RNL_CODE_TYPE,
  RNL_CODE_STRING,
  RNL_CODE_NUMBER,
  RNL_CODE_COMMENT,
  RNL_CODE_META,
  RNL_CODE_NAME,
  RNL_CODE_ADDED,
  RNL_CODE_REMOVED,
  RNL_CODE_N_STYLES
} RnlCodeStyle;

/**
 * RnlCodeToken:
 * @start: first byte in the line
 * @end: first byte after
 * @style: what it is
 */
typedef struct
{
  guint start;
  guint end;
  RnlCodeStyle style;
} RnlCodeToken;

guint rnl_code_lexer_scan (
  const RnlCodeLanguage *language, guint state, const char *line, gsize length, GArray *tokens);

G_END_DECLS

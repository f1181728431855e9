/* rnl-offline-lexer.h: a sentence as numbers, operators and words
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RNL_OFFLINE_TOKEN_NUMBER,
  RNL_OFFLINE_TOKEN_OPERATOR,
  RNL_OFFLINE_TOKEN_OPEN,
  RNL_OFFLINE_TOKEN_CLOSE,
  RNL_OFFLINE_TOKEN_PERCENT,
  RNL_OFFLINE_TOKEN_ROOT,
  RNL_OFFLINE_TOKEN_WORD,
  RNL_OFFLINE_TOKEN_OTHER,
} RnlOfflineTokenType;

/**
 * RnlOfflineToken:
 * @op: for an operator: `+ - * / ^`
 * @text: (nullable): a number as JSON writes it, or a word in lower case
 */
typedef struct
{
  RnlOfflineTokenType type;
  char op;
  char *text;
} RnlOfflineToken;

GArray *rnl_offline_lex (const char *sentence);

G_END_DECLS

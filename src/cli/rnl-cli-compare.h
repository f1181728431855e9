/* rnl-cli-compare.h: two answers, side by side
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RnlAnswerFacts:
 * @label: what it is, for a person
 * @model: who answered
 * @text: what it answered
 * @duration: in microseconds, -1 when it is not known
 * @first_token: how long it took to begin, in microseconds, -1 when it is not known
 * @input_tokens: how many the model read, -1 when it did not say
 * @output_tokens: how many it wrote, -1 when it did not say
 *
 * An answer and what it cost.
 */
typedef struct
{
  const char *label;
  const char *model;
  const char *text;
  gint64 duration;
  gint64 first_token;
  gint64 input_tokens;
  gint64 output_tokens;
} RnlAnswerFacts;

void rnl_cli_compare_print (const RnlAnswerFacts *before, const RnlAnswerFacts *after, guint width);
JsonNode *rnl_cli_compare_to_json (const RnlAnswerFacts *before, const RnlAnswerFacts *after);

G_END_DECLS

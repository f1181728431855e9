/* rnl-recorded-call.h: one call of a model, out of a recording
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-trace-error.h"

G_BEGIN_DECLS

/* Metadata of a run that asks again: the run that was asked before, and the root it is in. */
#define RNL_RECORDED_CALL_METADATA_RUN  "again_of"
#define RNL_RECORDED_CALL_METADATA_ROOT "again_of_trace"

/**
 * RnlRecordedCall:
 * @id: of the run
 * @root_id: of the run it happened in, which a recording is named by
 * @name: of the run; unless somebody gave it another one, the model's id
 * @input: what the model was asked, see [method@Runnel.ChatRequest.to_json]
 * @values: (nullable): the values that the prompt template before it was filled with, an object
 * @answer: its text; tools that it called are told of in brackets
 * @duration: in microseconds, -1 when it is not known
 * @first_token: how long it took to begin, in microseconds, -1 when it is not known
 * @input_tokens: how many it read, -1 when it did not say
 * @output_tokens: how many it wrote, -1 when it did not say
 *
 * A model call as it was, and all it takes to make it again.
 */
typedef struct
{
  char *id;
  char *root_id;
  char *name;
  JsonNode *input;
  JsonNode *values;
  char *answer;
  gint64 duration;
  gint64 first_token;
  gint64 input_tokens;
  gint64 output_tokens;
} RnlRecordedCall;

RnlRecordedCall *rnl_recorded_call_find (JsonNode *state, const char *which, GError **error);
void rnl_recorded_call_free (RnlRecordedCall *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlRecordedCall, rnl_recorded_call_free)

G_END_DECLS

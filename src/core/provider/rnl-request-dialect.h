/* rnl-request-dialect.h: what a server or a model takes differently from others of its protocol
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RnlRequestQuirks:
 * @RNL_REQUEST_NO_SAMPLING: refuses `temperature` and `top_p`
 * @RNL_REQUEST_NO_STOP: refuses texts that end the answer
 * @RNL_REQUEST_NO_REASONING: refuses to be told how much to think
 * @RNL_REQUEST_NO_STREAM_OPTIONS: refuses the member; sends usage unasked
 * @RNL_REQUEST_NO_JSON_SCHEMA: can be asked for JSON, not for JSON of a shape
 * @RNL_REQUEST_COMPLETION_TOKENS: the limit has its newer name, `max_completion_tokens`
 * @RNL_REQUEST_REPLAY_REASONING: refuses tool calls that come back without their reasoning
 * @RNL_REQUEST_NO_DETAILS: refuses `reasoning_details`, which gateways gave
 * @RNL_REQUEST_THINKING_BUDGET: is told how many tokens to think for, not how hard
 * @RNL_REQUEST_CACHE_KEY: finds what it kept of a chat by a name
 * @RNL_REQUEST_CACHE_MARKS: keeps the beginning of a history up to a mark
 * @RNL_REQUEST_STORES: keeps what is asked unless it is told not to
 */
typedef enum
{
  RNL_REQUEST_NO_SAMPLING = 1 << 0,
  RNL_REQUEST_NO_STOP = 1 << 1,
  RNL_REQUEST_NO_REASONING = 1 << 2,
  RNL_REQUEST_NO_STREAM_OPTIONS = 1 << 3,
  RNL_REQUEST_NO_JSON_SCHEMA = 1 << 4,
  RNL_REQUEST_COMPLETION_TOKENS = 1 << 5,
  RNL_REQUEST_REPLAY_REASONING = 1 << 6,
  RNL_REQUEST_THINKING_BUDGET = 1 << 7,
  RNL_REQUEST_CACHE_KEY = 1 << 8,
  RNL_REQUEST_CACHE_MARKS = 1 << 9,
  RNL_REQUEST_STORES = 1 << 10,
  RNL_REQUEST_NO_DETAILS = 1 << 11,
} RnlRequestQuirks;

/**
 * RnlRequestDialect:
 * @domain: (nullable): of the server, with what is below it; any when `NULL`
 * @model: (nullable): a pattern with `*` and `?` for the model's name; any when `NULL`
 * @quirks: what is different
 *
 * A row of a protocol's table. The first that fits holds alone; a table ends with an empty row.
 */
typedef struct
{
  const char *domain;
  const char *model;
  RnlRequestQuirks quirks;
} RnlRequestDialect;

/**
 * RnlRequestEffort:
 * @effort: a request's `reasoning_effort`
 * @word: what the protocol calls it
 * @budget: tokens to think for
 *
 * A row of a protocol's table of efforts, which ends with an empty one.
 */
typedef struct
{
  const char *effort;
  const char *word;
  int budget;
} RnlRequestEffort;

RnlRequestQuirks
rnl_request_find_quirks (const RnlRequestDialect *table, const char *host, const char *model);
const RnlRequestEffort *rnl_request_find_effort (const RnlRequestEffort *table, const char *effort);

G_END_DECLS

/* rnl-run-enums.h: what runs are and what happens to them
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RnlRunType:
 * @RNL_RUN_AGENT: a turn of an agent
 * @RNL_RUN_CHAT_MODEL: a call of a model that takes messages
 * @RNL_RUN_LLM: a call of a model that takes a text
 * @RNL_RUN_CHAIN: a pipeline, or a step of one that is nothing else
 * @RNL_RUN_TOOL: a tool call
 * @RNL_RUN_RETRIEVER: a search for documents
 * @RNL_RUN_PROMPT: a prompt template that is filled
 * @RNL_RUN_PARSER: an answer that is read
 * @RNL_RUN_CUSTOM: anything else
 */
typedef enum
{
  RNL_RUN_AGENT,
  RNL_RUN_CHAT_MODEL,
  RNL_RUN_LLM,
  RNL_RUN_CHAIN,
  RNL_RUN_TOOL,
  RNL_RUN_RETRIEVER,
  RNL_RUN_PROMPT,
  RNL_RUN_PARSER,
  RNL_RUN_CUSTOM,
} RnlRunType;

/**
 * RnlRunState:
 * @RNL_RUN_PENDING: it did not start yet
 * @RNL_RUN_RUNNING: it started
 * @RNL_RUN_FINISHED: it gave its output
 * @RNL_RUN_FAILED: it ended with an error
 * @RNL_RUN_CANCELLED: it was stopped
 */
typedef enum
{
  RNL_RUN_PENDING,
  RNL_RUN_RUNNING,
  RNL_RUN_FINISHED,
  RNL_RUN_FAILED,
  RNL_RUN_CANCELLED,
} RnlRunState;

/**
 * RnlEventKind:
 * @RNL_EVENT_START: the run began; `data` is its input
 * @RNL_EVENT_STREAM: a chunk of a model, a piece of text in `text`, or a value in `data`
 * @RNL_EVENT_END: it finished; `data` is its output
 * @RNL_EVENT_ERROR: it failed; `error` says why
 * @RNL_EVENT_CANCEL: it was stopped
 * @RNL_EVENT_CUSTOM: something a component wanted to say: `name` and `data`
 *
 * Every run gives one START, any number of STREAM and CUSTOM, and exactly one of END, ERROR,
 * CANCEL.
 */
typedef enum
{
  RNL_EVENT_START,
  RNL_EVENT_STREAM,
  RNL_EVENT_END,
  RNL_EVENT_ERROR,
  RNL_EVENT_CANCEL,
  RNL_EVENT_CUSTOM,
} RnlEventKind;

#define RNL_TYPE_RUN_TYPE (rnl_run_type_get_type ())
GType rnl_run_type_get_type (void);
const char *rnl_run_type_to_string (RnlRunType type);

#define RNL_TYPE_RUN_STATE (rnl_run_state_get_type ())
GType rnl_run_state_get_type (void);

#define RNL_TYPE_EVENT_KIND (rnl_event_kind_get_type ())
GType rnl_event_kind_get_type (void);

G_END_DECLS

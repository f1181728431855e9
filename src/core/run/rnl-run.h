/* rnl-run.h: one execution of one component, observed
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-chunk.h"

G_BEGIN_DECLS

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
} RnlRunType;

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

#define RNL_TYPE_RUN (rnl_run_get_type ())
G_DECLARE_FINAL_TYPE (RnlRun, rnl_run, RNL, RUN, GObject)

/**
 * RnlEvent:
 * @kind: what happened
 * @seq: number of the event within the root run, from 0, without holes
 * @time: when, in microseconds since 1970
 * @run: the run it happened to
 * @chunk: (nullable): for STREAM of a model
 * @text: (nullable): for STREAM of a tool: new output, ended by a zero
 * @name: (nullable): for CUSTOM
 * @data: (nullable): input, streamed value, output or a custom event's data
 * @input: (nullable): for END: the input, when START came before it was known
 * @error: (nullable): for ERROR
 * @recorded: (nullable): for an event of a replay: an object, `data` of the event's JSON as it was
 *   when it was recorded
 *
 * Lent for the time of the signal.
 */
typedef struct
{
  RnlEventKind kind;
  guint64 seq;
  gint64 time;
  RnlRun *run;
  const RnlChunk *chunk;
  const char *text;
  const char *name;
  JsonNode *data;
  JsonNode *input;
  const GError *error;
  JsonNode *recorded;
} RnlEvent;

RnlRun *rnl_run_new (RnlRunType type, const char *name, RnlRun *parent, const char *const *tags);

const char *rnl_run_get_id (RnlRun *self);
RnlRunType rnl_run_get_run_type (RnlRun *self);
const char *rnl_run_get_name (RnlRun *self);
RnlRun *rnl_run_get_parent (RnlRun *self);
RnlRun *rnl_run_get_root (RnlRun *self);
const char *const *rnl_run_get_tags (RnlRun *self);
gboolean rnl_run_has_tag (RnlRun *self, const char *tag);
JsonObject *rnl_run_get_metadata (RnlRun *self);
void rnl_run_set_metadata (RnlRun *self, const char *key, const char *value);
const char *rnl_run_get_tool_call_id (RnlRun *self);
void rnl_run_set_tool_call_id (RnlRun *self, const char *tool_call_id);
gint64 rnl_run_get_started (RnlRun *self);
gint64 rnl_run_get_duration (RnlRun *self);
gboolean rnl_run_is_over (RnlRun *self);

void rnl_run_start (RnlRun *self, JsonNode *input);
void rnl_run_stream_chunk (RnlRun *self, const RnlChunk *chunk);
void rnl_run_set_input (RnlRun *self, JsonNode *input);
void rnl_run_stream_text (RnlRun *self, const char *text);
void rnl_run_stream_value (RnlRun *self, JsonNode *value);
void rnl_run_emit_custom (RnlRun *self, const char *name, JsonNode *data);
void rnl_run_end (RnlRun *self, JsonNode *output);
void rnl_run_fail (RnlRun *self, const GError *error);
void rnl_run_cancel (RnlRun *self);

JsonNode *rnl_event_to_json (const RnlEvent *event);
JsonNode *rnl_event_data_to_json (const RnlEvent *event);

G_END_DECLS

/* rnl-event.h: one thing that happened to a run
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-block-mark.h"
#include "rnl-chunk.h"
#include "rnl-run-enums.h"

G_BEGIN_DECLS

typedef struct _RnlRun RnlRun;

/**
 * RnlEvent:
 * @kind: what happened
 * @seq: number of the event within the root run, from 0, without holes
 * @time: when, in microseconds since 1970
 * @run: the run it happened to
 * @chunk: (nullable): for STREAM of a model
 * @text: (nullable): for STREAM of a tool or a parser: new output, ended by a zero
 * @name: (nullable): for CUSTOM
 * @data: (nullable): input, streamed value, output or a custom event's data
 * @input: (nullable): for END: the input, when START came before it was known
 * @error: (nullable): for ERROR
 * @blocks: (nullable) (array length=n_blocks): for a model: the blocks that begin or end with this
 *   event
 * @n_blocks: how many
 * @recorded: (nullable): for an event of a replay: an object, `data` of the event's JSON as it was
 *   when it was recorded
 *
 * A signal lends it for the time of the call; who keeps one copies it.
 */
typedef struct _RnlEvent RnlEvent;
struct _RnlEvent
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
  const RnlBlockMark *blocks;
  guint n_blocks;
  JsonNode *recorded;
};

#define RNL_TYPE_EVENT (rnl_event_get_type ())
GType rnl_event_get_type (void);

RnlEvent *rnl_event_copy (const RnlEvent *event);
void rnl_event_free (RnlEvent *event);

RnlEventKind rnl_event_get_kind (const RnlEvent *event);
gboolean rnl_event_is_terminal (const RnlEvent *event);
RnlRun *rnl_event_get_run (const RnlEvent *event);
guint64 rnl_event_get_seq (const RnlEvent *event);
gint64 rnl_event_get_time (const RnlEvent *event);
const RnlChunk *rnl_event_get_chunk (const RnlEvent *event);
char *rnl_event_dup_text (const RnlEvent *event);
const char *rnl_event_get_text (const RnlEvent *event);
const char *rnl_event_get_name (const RnlEvent *event);
JsonNode *rnl_event_get_data (const RnlEvent *event);
JsonNode *rnl_event_get_input (const RnlEvent *event);
const GError *rnl_event_get_error (const RnlEvent *event);

JsonNode *rnl_event_to_json (const RnlEvent *event);
JsonNode *rnl_event_data_to_json (const RnlEvent *event);
char *rnl_event_dup_json (const RnlEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlEvent, rnl_event_free)

G_END_DECLS

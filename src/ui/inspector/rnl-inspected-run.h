/* rnl-inspected-run.h: what is known of a run, alive or recorded
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-run.h"

G_BEGIN_DECLS

/**
 * RnlInspectedFacts:
 * @id: of the run
 * @parent_id: (nullable): of the run around it
 * @name: what it is called in events
 * @type: what executes
 * @tags: all of them, inherited ones too
 * @metadata: an object
 * @tool_call_id: (nullable): the call it answers
 * @internal: whether nothing of it stands in the transcript
 * @state: how far it is
 * @interrupted: whether its recording stops before its end
 * @started: in microseconds since 1970
 * @duration: in microseconds, -1 while it is not over
 * @first_token: how long its first output took, in microseconds, -1 while there is none
 * @usage: tokens of the models in it
 * @n_events: how many events it told, those of the runs inside it not counted
 * @n_pieces: how many of them were pieces of output
 * @input: (nullable): what went in
 * @output: (nullable): what came out
 * @error: (nullable): an object, why it failed
 * @streamed: what came out piece by piece, as text
 * @cut: whether @streamed is not all of it
 *
 * To be read and not changed.
 */
typedef struct
{
  char *id;
  char *parent_id;
  char *name;
  RnlRunType type;
  char **tags;
  JsonNode *metadata;
  char *tool_call_id;
  gboolean internal;
  RnlRunState state;
  gboolean interrupted;
  gint64 started;
  gint64 duration;
  gint64 first_token;
  RnlUsage usage;
  guint64 n_events;
  guint64 n_pieces;
  JsonNode *input;
  JsonNode *output;
  JsonNode *error;
  GString *streamed;
  gboolean cut;
} RnlInspectedFacts;

#define RNL_TYPE_INSPECTED_RUN (rnl_inspected_run_get_type ())
G_DECLARE_FINAL_TYPE (RnlInspectedRun, rnl_inspected_run, RNL, INSPECTED_RUN, GObject)

RnlInspectedRun *rnl_inspected_run_new (RnlRun *run, RnlInspectedRun *parent);
const RnlInspectedFacts *rnl_inspected_run_get_facts (RnlInspectedRun *self);
RnlInspectedRun *rnl_inspected_run_get_parent (RnlInspectedRun *self);
RnlInspectedRun *rnl_inspected_run_get_root (RnlInspectedRun *self);
GListModel *rnl_inspected_run_list_children (RnlInspectedRun *self);
gint64 rnl_inspected_run_get_elapsed (RnlInspectedRun *self);
gboolean rnl_inspected_run_is_alive (RnlInspectedRun *self);

void rnl_inspected_run_take_event (RnlInspectedRun *self, const RnlEvent *event);
void rnl_inspected_run_interrupt (RnlInspectedRun *self);
void rnl_inspected_run_tell (RnlInspectedRun *self);

JsonNode *rnl_inspected_run_to_json (RnlInspectedRun *self);

G_END_DECLS

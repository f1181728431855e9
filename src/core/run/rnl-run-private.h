/* rnl-run-private.h: what the sources of a run share
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-event-queue.h"
#include "rnl-run-blocks.h"

G_BEGIN_DECLS

struct _RnlRun
{
  GObject parent_instance;

  /* owned */
  RnlRun *parent;
  RnlRunScope *scope;
  RnlRunConfig *config;
  char *id;
  char *name;
  char *tool_call_id;
  char **tags;
  JsonObject *metadata;
  JsonNode *input; /* while it runs */
  JsonNode *late_input;
  GError *error;
  RnlEventQueue *reader;

  /* borrowed */
  RnlRun *root;
  GPtrArray *children; /* those that are alive; each holds a reference to us */
  GListStore *steps;   /* weak: it holds the children */
  RnlRunBlocksFunc close_blocks;
  gpointer close_data;

  RnlRunType type;
  RnlRunState state;
  guint64 start_seq;
  gint64 started;
  gint64 started_mono;
  gint64 duration;
  gint64 first_output;

  /* of the root */
  RnlGate *gate;
  GThread *home_thread;
  GMainContext *home;
  GQueue waiting; /* of RnlEvent: happened while another one was told */
  guint64 next_seq;
  gboolean emitting;
};

void rnl_run_settle (RnlRun *self, RnlRun *parent, RnlRunScope *scope);
void rnl_run_copy_metadata (JsonObject *from, JsonObject *to);
void rnl_run_join_parent (RnlRun *self);
void rnl_run_leave_parent (RnlRun *self);
void rnl_run_set_state (RnlRun *self, RnlRunState state, gint64 duration, const GError *error);
void rnl_run_set_first_output (RnlRun *self);
RnlRunState rnl_run_state_after (RnlEventKind kind);
void rnl_run_emit (RnlRun *self, RnlEvent *event);

guint rnl_event_signal_new (GType type);
RnlRunConfig *rnl_run_scope_dup_defaults (RnlRunScope *self);
gboolean rnl_run_scope_is_observed (RnlRunScope *self);
void rnl_run_scope_emit (RnlRunScope *self, RnlEvent *event);

G_END_DECLS

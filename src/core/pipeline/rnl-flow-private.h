/* rnl-flow-private.h: what only those who compose flows use
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-run-current-private.h"
#include "rnl-runnable.h"

G_BEGIN_DECLS

/**
 * RnlFlowSink:
 * @started: the child began
 * @output: it gave a piece of output
 * @ended: it is over: it has an output or an error
 *
 * Where a child flow's output goes. @outer is the flow it belongs to, @index which child it is.
 */
typedef struct
{
  void (*started) (RnlFlow *outer, guint index);
  void (*output) (RnlFlow *outer, guint index, JsonNode *value);
  void (*ended) (RnlFlow *outer, guint index);
} RnlFlowSink;

/**
 * RnlRunnableTraits:
 * @RNL_RUNNABLE_LENDS_RUN: what it calls starts, streams and ends its run (a model call)
 * @RNL_RUNNABLE_HANDS_ON: it hands its whole input to its children, who see to the rest
 * @RNL_RUNNABLE_PLAIN: none of its code is anybody else's, so it needs no loop of its own
 * @RNL_RUNNABLE_GIVES_WHOLE: it ends its flows with the whole output, so nobody adds the pieces up
 */
typedef enum
{
  RNL_RUNNABLE_LENDS_RUN = 1 << 0,
  RNL_RUNNABLE_GIVES_WHOLE = 1 << 1,
  RNL_RUNNABLE_HANDS_ON = 1 << 2,
  RNL_RUNNABLE_PLAIN = 1 << 3,
} RnlRunnableTraits;

void rnl_runnable_set_traits (RnlRunnable *self, RnlRunnableTraits traits);
RnlRunnableTraits rnl_runnable_get_traits (RnlRunnable *self);

RnlFlow *rnl_flow_new (RnlRunnable *runnable, const RnlRunConfig *config, RnlRunCaller *caller);
RnlFlow *
rnl_flow_add_child (RnlFlow *self, RnlRunnable *runnable, const char *tag, const RnlFlowSink *sink);
RnlFlow *rnl_flow_get_child (RnlFlow *self, guint index);
guint rnl_flow_get_n_children (RnlFlow *self);

void rnl_flow_begin (RnlFlow *self);
void rnl_flow_push (RnlFlow *self, JsonNode *piece);
void rnl_flow_close (RnlFlow *self, JsonNode *input);

void rnl_flow_set_state (RnlFlow *self, gpointer state, GDestroyNotify destroy);
gpointer rnl_flow_get_state (RnlFlow *self);

G_END_DECLS

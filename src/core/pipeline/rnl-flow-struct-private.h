/* rnl-flow-struct-private.h: what a flow is made of
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-flow-private.h"
#include "rnl-run-loop.h"
#include "rnl-value-sum.h"

G_BEGIN_DECLS

struct _RnlFlow
{
  GObject parent_instance;

  /* owned */
  RnlRunnable *runnable;
  RnlRunLoop *loop;   /* where foreign code of this flow runs */
  RnlRunLoop *around; /* where the whole execution was started, if inside a run */
  RnlRun *run;
  GCancellable *cancellable;
  GPtrArray *children;
  JsonNode *output;
  GError *error;
  RnlValueSum *sum;
  gpointer state;
  GDestroyNotify destroy_state;

  /* borrowed: who it is a child of */
  RnlFlow *outer;
  const RnlFlowSink *sink;
  guint index;

  guint64 n_pushed;
  guint64 n_emitted;
  gboolean begun;
  gboolean has_input;
  gboolean over;
};

void rnl_flow_enter (RnlFlow *self);
void rnl_flow_leave (RnlFlow *self);

/* Out of the code of the flow for a moment, to tell what it gave; out must be given back. */
GMainContext *rnl_flow_step_out (RnlFlow *self);
void rnl_flow_step_in (RnlFlow *self, GMainContext *out);

G_END_DECLS

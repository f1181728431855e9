/* rnl-agent-private.h: between the agent and its runs
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-agent.h"
#include "rnl-tool-call.h"

G_BEGIN_DECLS

struct _RnlAgentRun
{
  GObject parent_instance;

  /* owned */
  RnlAgent *agent;
  RnlRun *run;
  RnlMessage *message;
  GPtrArray *history;
  GCancellable *cancellable;
  GPtrArray *calls; /* of RnlToolCall: this step's calls that have no result yet */
  GQueue ready;     /* of RnlToolCall in calls: may run when there is room */

  /* sources */
  guint time_limit_id;

  guint step;
  guint running;
  gint64 started;
  guint64 text_length;
  RnlPart *text_part; /* borrowed: the part the last text went to */
  gboolean over;
};

RnlAgentRun *rnl_agent_run_new (RnlAgent *agent, GPtrArray *history, RnlRun *run);
void rnl_agent_run_begin (RnlAgentRun *self);
void rnl_agent_run_ask_model (RnlAgentRun *self);
void rnl_agent_run_end_turn (RnlAgentRun *self,
                             RnlMessageState state,
                             RnlFinishReason reason,
                             const GError *error);
gboolean rnl_agent_run_dispatch_calls (RnlAgentRun *self);
void rnl_agent_run_settle_calls (RnlAgentRun *self, RnlToolState state);

G_END_DECLS

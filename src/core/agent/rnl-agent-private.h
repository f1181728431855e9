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
  char *question; /* nullable: what is asked in place of the history */
  GCancellable *cancellable;
  GPtrArray *calls; /* of RnlToolCall: this step's calls that have no result yet */
  GQueue ready;     /* of RnlToolCall in calls: their turn comes when there is room */
  GListStore *steps;
  GPtrArray *group;       /* of RnlAgentStep: what this step asked for, until it was observed */
  GQueue iterations;      /* of RnlAgentIteration nobody has pulled yet */
  GTask *puller;          /* who waits for one */
  GSource *puller_source; /* ends the wait */

  /* sources */
  guint begin_id;
  guint time_limit_id;

  guint step;
  guint first_step;
  guint running;
  gboolean dispatching; /* calls are looked at, or started, further up the stack */
  gint64 started;
  guint64 text_length;
  RnlPart *text_part; /* borrowed: the part the last text went to */
  RnlPart *answer;    /* borrowed: the text of this step's final answer, while it can be one */
  gsize answer_told;  /* how much of it was told */
  gboolean over;
  gboolean told_end; /* who pulls iterations has been told how it ended */
};

RnlAgentRun *
rnl_agent_run_new (RnlAgent *agent, GPtrArray *history, RnlMessage *message, RnlRun *run);
void rnl_agent_run_schedule (RnlAgentRun *self);
void rnl_agent_run_ask_model (RnlAgentRun *self);
void rnl_agent_run_end_step (RnlAgentRun *self);
void rnl_agent_run_end_turn (RnlAgentRun *self,
                             RnlMessageState state,
                             RnlFinishReason reason,
                             const GError *error);

void rnl_agent_run_end_with_error (RnlAgentRun *self, const GError *error);
gboolean rnl_agent_run_needs_condensing (RnlAgentRun *self);
void rnl_agent_run_condense (RnlAgentRun *self);

RnlChatRequest *rnl_agent_run_build_request (RnlAgentRun *self);

gboolean rnl_agent_run_dispatch_calls (RnlAgentRun *self);
void rnl_agent_run_settle_calls (RnlAgentRun *self, RnlToolState state);
void rnl_agent_run_reject_call (RnlAgentRun *self, RnlToolCall *call);
void rnl_agent_run_go_on (RnlAgentRun *self);

void rnl_agent_run_open_group (RnlAgentRun *self);
void rnl_agent_run_close_group (RnlAgentRun *self);
void rnl_agent_run_output (RnlAgentRun *self);
void rnl_agent_run_end_iterations (RnlAgentRun *self);

G_END_DECLS

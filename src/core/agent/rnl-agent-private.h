/* rnl-agent-private.h: between the agent and its runs
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-agent.h"
#include "rnl-context-size.h"
#include "rnl-context-trim.h"
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
  RnlPart *note;  /* nullable, borrowed: says in the answer what is not sent */
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
  RnlContextTrim trim;  /* what of the history is sent */
  RnlContextSize size;  /* what is known of the size of requests */
  RnlUsage used;        /* by the turn, before this model call */
  gint64 sent;          /* what the last request was estimated to have */
  gint64 window;        /* tokens that fit, 0 when nobody knows */
  gint64 max_output;    /* tokens the model writes at most, 0 when nobody knows */
  gboolean described;   /* the model has been asked what it is */
  gboolean counted;     /* the server was asked to count, in this turn */
  gboolean retried;     /* the server refused, in this step, and was asked for less */
  gboolean dispatching; /* calls are looked at, or started, further up the stack */
  gint64 started;
  guint64 text_length;
  RnlPart *text_part;  /* borrowed: the part the last text went to */
  RnlPart *before;     /* (nullable), borrowed: a text that broke off in an earlier turn */
  gsize before_length; /* how much of it was told */
  guint n_before;      /* parts of earlier turns */
  gboolean resumed;    /* BEFORE goes on */
  RnlPart *answer;     /* borrowed: the text of this step's final answer, while it can be one */
  gsize answer_told;   /* how much of it was told */
  gboolean held;       /* begins when what it sends is there */
  gboolean over;
  gboolean told_end; /* who pulls iterations has been told how it ended */
};

RnlAgentRun *
rnl_agent_run_new (RnlAgent *agent, GPtrArray *history, RnlMessage *message, RnlRun *run);
void rnl_agent_run_schedule (RnlAgentRun *self);
void rnl_agent_run_hold (RnlAgentRun *self);
void rnl_agent_run_release (RnlAgentRun *self);
void rnl_agent_run_ask_model (RnlAgentRun *self);
void rnl_agent_run_end_step (RnlAgentRun *self);
void rnl_agent_run_end_turn (RnlAgentRun *self,
                             RnlMessageState state,
                             RnlFinishReason reason,
                             const GError *error);

void rnl_agent_run_end_with_error (RnlAgentRun *self, const GError *error);
GError *rnl_agent_run_find_failure (RnlAgentRun *self);
gboolean rnl_agent_run_needs_condensing (RnlAgentRun *self);
void rnl_agent_run_condense (RnlAgentRun *self);

RnlChatRequest *rnl_agent_run_build_request (RnlAgentRun *self);
void rnl_agent_run_call_model (RnlAgentRun *self, RnlChatRequest *request);
void rnl_agent_run_note_usage (RnlAgentRun *self);
gboolean rnl_agent_run_ask_for_less (RnlAgentRun *self, const GError *error);
void rnl_agent_fill_request (RnlAgent *self, RnlChatRequest *request);
gint64 rnl_context_get_limit (gint64 window, gint64 max_output, RnlChatRequest *request);

RnlPermission rnl_agent_run_get_permission (RnlAgentRun *self, RnlTool *tool);
void rnl_agent_run_set_changed_error (RnlToolCall *call);
gboolean rnl_agent_run_dispatch_calls (RnlAgentRun *self);
void rnl_agent_run_settle_calls (RnlAgentRun *self, RnlToolState state);
void rnl_agent_run_reject_call (RnlAgentRun *self, RnlToolCall *call);
void rnl_agent_run_go_on (RnlAgentRun *self);

void rnl_agent_run_open_group (RnlAgentRun *self);
void rnl_agent_run_close_group (RnlAgentRun *self);
void rnl_agent_run_output (RnlAgentRun *self);
void rnl_agent_run_end_iterations (RnlAgentRun *self);

G_END_DECLS

/* rnl-agent-run.h: one turn of an agent, alive
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-agent-iteration.h"
#include "rnl-run.h"

G_BEGIN_DECLS

/**
 * RnlDecision:
 * @RNL_DECISION_ALLOW_ONCE: run this call
 * @RNL_DECISION_ALLOW_CHAT: run it, and every later call of this tool in this chat
 * @RNL_DECISION_REFUSE: do not run it; the model is told
 * @RNL_DECISION_EDIT: run it with other arguments; the model is told which
 * @RNL_DECISION_ALLOW_ALWAYS: run it, and every later call of this tool in any chat; not for a tool
 *   that may destroy something
 *
 * What a person says about a tool call that waits.
 */
typedef enum
{
  RNL_DECISION_ALLOW_ONCE,
  RNL_DECISION_ALLOW_CHAT,
  RNL_DECISION_REFUSE,
  RNL_DECISION_EDIT,
  RNL_DECISION_ALLOW_ALWAYS,
} RnlDecision;

#define RNL_TYPE_DECISION (rnl_decision_get_type ())
GType rnl_decision_get_type (void);

#define RNL_TYPE_AGENT_RUN (rnl_agent_run_get_type ())
G_DECLARE_FINAL_TYPE (RnlAgentRun, rnl_agent_run, RNL, AGENT_RUN, GObject)

RnlMessage *rnl_agent_run_get_message (RnlAgentRun *self);
RnlRun *rnl_agent_run_get_run (RnlAgentRun *self);
gboolean rnl_agent_run_is_over (RnlAgentRun *self);
guint rnl_agent_run_get_steps (RnlAgentRun *self);
GListModel *rnl_agent_run_list_steps (RnlAgentRun *self);
char *rnl_agent_run_dup_answer (RnlAgentRun *self);
void rnl_agent_run_cancel (RnlAgentRun *self);
RnlAgentRun *rnl_agent_run_continue (RnlAgentRun *self);

void
rnl_agent_run_decide (RnlAgentRun *self, RnlPart *call, RnlDecision decision, const char *reason);
gboolean rnl_agent_run_decide_full (RnlAgentRun *self,
                                    RnlPart *call,
                                    RnlDecision decision,
                                    JsonObject *edited_arguments,
                                    const char *reason,
                                    GError **error);
gboolean rnl_agent_run_decide_shown (RnlAgentRun *self,
                                     RnlPart *call,
                                     RnlDecision decision,
                                     const char *digest,
                                     JsonObject *edited_arguments,
                                     const char *reason,
                                     GError **error);
char *rnl_agent_run_dup_digest (RnlPart *call);
gboolean rnl_agent_run_check_arguments (RnlAgentRun *self,
                                        RnlPart *call,
                                        JsonObject *arguments,
                                        GError **error);

void rnl_agent_run_next_iteration_async (RnlAgentRun *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
RnlAgentIteration *
rnl_agent_run_next_iteration_finish (RnlAgentRun *self, GAsyncResult *result, GError **error);

G_END_DECLS

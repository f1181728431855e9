/* pipeline-harness.h: a pipeline run to its end, with all that was seen on the way
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-chat-model.h"
#include "rnl-runnable.h"

G_BEGIN_DECLS

/**
 * PipeRun:
 * @flow: the execution
 * @outputs: (element-type utf8): every piece of output as JSON, in order
 * @events: (element-type utf8): "chat_model_stream", "chain_start", ... in order
 * @json: (element-type JsonNode): the same events as objects
 * @n_alive: runs that have started and not ended
 */
typedef struct
{
  RnlFlow *flow;
  GPtrArray *outputs;
  GPtrArray *events;
  GPtrArray *json;
  GHashTable *alive;
  gboolean ended;
} PipeRun;

PipeRun *pipe_start (RnlRunnable *runnable, const char *input);
PipeRun *pipe_run (RnlRunnable *runnable, const char *input);
void pipe_wait (PipeRun *run);
void pipe_free (PipeRun *run);
char *pipe_join_outputs (PipeRun *run);
char *pipe_join_events (PipeRun *run);
JsonObject *pipe_find_event (PipeRun *run, const char *event);
guint pipe_count_events (PipeRun *run, const char *event);
void pipe_assert_error (PipeRun *run, GQuark domain, gint code, const char *word);

RnlChatModel *pipe_script_new (const char *chunks);
RnlChatModel *pipe_tokens_new (const char *const *tokens);
RnlChatModel *pipe_helper_new (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PipeRun, pipe_free)

G_END_DECLS

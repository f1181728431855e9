/* rnl-run.h: one execution of one component, observed
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-event.h"
#include "rnl-gate.h"
#include "rnl-run-config.h"
#include "rnl-run-scope.h"

G_BEGIN_DECLS

#define RNL_TYPE_RUN (rnl_run_get_type ())
G_DECLARE_FINAL_TYPE (RnlRun, rnl_run, RNL, RUN, GObject)

RnlRun *rnl_run_new (RnlRunType type, const char *name, RnlRun *parent, const char *const *tags);
RnlRun *rnl_run_new_configured (RnlRunType type,
                                RnlRun *parent,
                                const RnlRunConfig *config,
                                const char *default_name);

const char *rnl_run_get_id (RnlRun *self);
RnlRunType rnl_run_get_run_type (RnlRun *self);
const char *rnl_run_get_name (RnlRun *self);
RnlRun *rnl_run_get_parent (RnlRun *self);
RnlRun *rnl_run_get_root (RnlRun *self);
RnlRunScope *rnl_run_get_scope (RnlRun *self);
void rnl_run_set_scope (RnlRun *self, RnlRunScope *scope);
const RnlRunConfig *rnl_run_get_config (RnlRun *self);
void rnl_run_set_default_params (RnlRun *self, JsonObject *params);
const char *const *rnl_run_get_tags (RnlRun *self);
gboolean rnl_run_has_tag (RnlRun *self, const char *tag);
gboolean rnl_run_is_internal (RnlRun *self);
JsonObject *rnl_run_get_metadata (RnlRun *self);
void rnl_run_set_metadata (RnlRun *self, const char *key, const char *value);
const char *rnl_run_get_tool_call_id (RnlRun *self);
void rnl_run_set_tool_call_id (RnlRun *self, const char *tool_call_id);
RnlRunState rnl_run_get_state (RnlRun *self);
const GError *rnl_run_get_error (RnlRun *self);
gint64 rnl_run_get_started (RnlRun *self);
gint64 rnl_run_get_duration (RnlRun *self);
gint64 rnl_run_get_time_to_first_token (RnlRun *self);
gboolean rnl_run_is_over (RnlRun *self);
gboolean rnl_run_is_observed (RnlRun *self);
GListModel *rnl_run_list_steps (RnlRun *self);

void rnl_run_start (RnlRun *self, JsonNode *input);
void rnl_run_stream_chunk (RnlRun *self, const RnlChunk *chunk);
void rnl_run_set_input (RnlRun *self, JsonNode *input);
void rnl_run_stream_text (RnlRun *self, const char *text);
void rnl_run_stream_value (RnlRun *self, JsonNode *value);
void rnl_run_emit_custom (RnlRun *self, const char *name, JsonNode *data);
void rnl_run_end (RnlRun *self, JsonNode *output);
void rnl_run_fail (RnlRun *self, const GError *error);
void rnl_run_cancel (RnlRun *self);

RnlGate *rnl_run_get_gate (RnlRun *self);
void rnl_run_hold (RnlRun *self);
void rnl_run_release (RnlRun *self);

void rnl_run_next_event_async (RnlRun *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
RnlEvent *rnl_run_next_event_finish (RnlRun *self, GAsyncResult *result, GError **error);
void rnl_run_close_events (RnlRun *self);

G_END_DECLS

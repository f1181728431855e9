/* rnl-flow.h: one execution of a runnable
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-run.h"

G_BEGIN_DECLS

#define RNL_TYPE_FLOW (rnl_flow_get_type ())
G_DECLARE_FINAL_TYPE (RnlFlow, rnl_flow, RNL, FLOW, GObject)

RnlRun *rnl_flow_get_run (RnlFlow *self);
GCancellable *rnl_flow_get_cancellable (RnlFlow *self);

void rnl_flow_emit (RnlFlow *self, JsonNode *value);
void rnl_flow_emit_text (RnlFlow *self, const char *text);
void rnl_flow_end (RnlFlow *self, JsonNode *output);
void rnl_flow_fail (RnlFlow *self, const GError *error);
void rnl_flow_cancel (RnlFlow *self);

gboolean rnl_flow_is_over (RnlFlow *self);
JsonNode *rnl_flow_get_output (RnlFlow *self);
const GError *rnl_flow_get_error (RnlFlow *self);

G_END_DECLS

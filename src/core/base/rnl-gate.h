/* rnl-gate.h: what a reader shuts when it cannot keep up
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define RNL_TYPE_GATE (rnl_gate_get_type ())
G_DECLARE_FINAL_TYPE (RnlGate, rnl_gate, RNL, GATE, GObject)

RnlGate *rnl_gate_new (void);

void rnl_gate_hold (RnlGate *self);
void rnl_gate_release (RnlGate *self);
gboolean rnl_gate_is_open (RnlGate *self);

G_END_DECLS

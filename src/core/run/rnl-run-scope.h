/* rnl-run-scope.h: where runs happen: the application, a conversation
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-event.h"
#include "rnl-run-config.h"

G_BEGIN_DECLS

#define RNL_TYPE_RUN_SCOPE (rnl_run_scope_get_type ())
G_DECLARE_FINAL_TYPE (RnlRunScope, rnl_run_scope, RNL, RUN_SCOPE, GObject)

RnlRunScope *rnl_run_scope_get_default (void);
RnlRunScope *rnl_run_scope_new (const char *name, RnlRunScope *parent);

const char *rnl_run_scope_get_name (RnlRunScope *self);
RnlRunScope *rnl_run_scope_get_parent (RnlRunScope *self);
RnlRunConfig *rnl_run_scope_get_config (RnlRunScope *self);
void rnl_run_scope_set_config (RnlRunScope *self, RnlRunConfig *config);

G_END_DECLS

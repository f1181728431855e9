/* rnl-nested-run.h: a model or a chain at work inside a tool
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-part.h"

G_BEGIN_DECLS

#define RNL_TYPE_NESTED_RUN (rnl_nested_run_get_type ())
G_DECLARE_FINAL_TYPE (RnlNestedRun, rnl_nested_run, RNL, NESTED_RUN, GtkWidget)

GtkWidget *rnl_nested_run_new (RnlPart *part, guint depth);
GtkWidget *rnl_nested_run_get_runs (RnlNestedRun *self);

G_END_DECLS

/* rnl-tool-details.h: what an open tool card shows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-call-arguments.h"
#include "rnl-part.h"

G_BEGIN_DECLS

#define RNL_TYPE_TOOL_DETAILS (rnl_tool_details_get_type ())
G_DECLARE_FINAL_TYPE (RnlToolDetails, rnl_tool_details, RNL, TOOL_DETAILS, GtkWidget)

GtkWidget *rnl_tool_details_new (RnlPart *call, guint depth);
GtkWidget *rnl_tool_details_get_runs (RnlToolDetails *self);
void rnl_tool_details_update_arguments (RnlToolDetails *self, RnlCallArguments *arguments);
const char *rnl_tool_details_get_argument (RnlToolDetails *self, const char *key);
const char *rnl_tool_details_get_output (RnlToolDetails *self);

G_END_DECLS

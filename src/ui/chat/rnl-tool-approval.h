/* rnl-tool-approval.h: the question whether a tool may run
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-part.h"

G_BEGIN_DECLS

#define RNL_TYPE_TOOL_APPROVAL (rnl_tool_approval_get_type ())
G_DECLARE_FINAL_TYPE (RnlToolApproval, rnl_tool_approval, RNL, TOOL_APPROVAL, GtkWidget)

GtkWidget *rnl_tool_approval_new (RnlPart *call);
GtkWidget *rnl_tool_approval_get_first_button (RnlToolApproval *self);
GtkWidget *rnl_tool_approval_get_edit_button (RnlToolApproval *self);
GtkWidget *rnl_tool_approval_get_editor (RnlToolApproval *self);

G_END_DECLS

/* rnl-step-group.h: several finished tool calls in one line
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-tool-card.h"

G_BEGIN_DECLS

#define RNL_TYPE_STEP_GROUP (rnl_step_group_get_type ())
G_DECLARE_FINAL_TYPE (RnlStepGroup, rnl_step_group, RNL, STEP_GROUP, GtkWidget)

GtkWidget *rnl_step_group_new (void);
void rnl_step_group_add (RnlStepGroup *self, RnlPart *call);
void rnl_step_group_add_range (RnlStepGroup *self, GListModel *parts, guint position, guint n);
gboolean rnl_step_group_contains (RnlStepGroup *self, RnlPart *call);
GtkWidget *rnl_step_group_reveal (RnlStepGroup *self, RnlPart *call);
guint rnl_step_group_get_size (RnlStepGroup *self);
const char *rnl_step_group_get_title (RnlStepGroup *self);
GtkWidget *rnl_step_group_get_header (RnlStepGroup *self);

G_END_DECLS

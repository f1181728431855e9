/* rnl-run-details.h: everything that is known of one run
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-inspected-run.h"

G_BEGIN_DECLS

#define RNL_TYPE_RUN_DETAILS (rnl_run_details_get_type ())
G_DECLARE_FINAL_TYPE (RnlRunDetails, rnl_run_details, RNL, RUN_DETAILS, GtkWidget)

void rnl_run_details_set_run (RnlRunDetails *self, RnlInspectedRun *run);
RnlInspectedRun *rnl_run_details_get_run (RnlRunDetails *self);
void rnl_run_details_copy (RnlRunDetails *self);

G_END_DECLS

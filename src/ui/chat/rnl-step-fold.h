/* rnl-step-fold.h: finished steps take less room
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-message.h"

G_BEGIN_DECLS

/* Finished cards in a row of which the first ones fold although no answer has come yet, and how
 * many of them stay. */
#define RNL_STEP_FOLD_LOOSE 12
#define RNL_STEP_FOLD_KEPT  4

guint rnl_step_fold_count (RnlMessage *message, guint position);
void rnl_step_fold (GtkWidget *box);
gboolean rnl_step_fold_above (GtkWidget *box, GtkWidget *last);

G_END_DECLS

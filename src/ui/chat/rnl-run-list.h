/* rnl-run-list.h: what ran, one below the other, however much it was
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-part.h"

G_BEGIN_DECLS

/* Entries that are there without being asked for. */
#define RNL_RUN_LIST_SHOWN 16

/* From here on entries stand flush with what they are in, and open only by hand. */
#define RNL_RUN_LIST_MAX_DEPTH 4

#define RNL_TYPE_RUN_LIST (rnl_run_list_get_type ())
G_DECLARE_FINAL_TYPE (RnlRunList, rnl_run_list, RNL, RUN_LIST, GtkWidget)

GtkWidget *rnl_run_list_new (GListModel *parts, guint depth);
GtkWidget *rnl_run_list_reveal (RnlRunList *self, RnlPart *part);
GtkWidget *rnl_run_list_find (RnlRunList *self, RnlPart *part);
gboolean rnl_run_list_is_inside (RnlPart *part, RnlPart *outer);
guint rnl_run_list_get_hidden (RnlRunList *self);

G_END_DECLS

/* rnl-error-row.h: why an answer ended early
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A server that asks for more patience than this gets a person's decision instead. */
#define RNL_ERROR_ROW_MAX_WAIT_MS (10 * 60 * 1000)

#define RNL_TYPE_ERROR_ROW (rnl_error_row_get_type ())
G_DECLARE_FINAL_TYPE (RnlErrorRow, rnl_error_row, RNL, ERROR_ROW, GtkWidget)

GtkWidget *rnl_error_row_new (const GError *error);
void rnl_error_row_set_can_retry (RnlErrorRow *self, gboolean can_retry);
void rnl_error_row_set_can_continue (RnlErrorRow *self, gboolean can_continue);
void rnl_error_row_start_countdown (RnlErrorRow *self);
gboolean rnl_error_row_is_counting (RnlErrorRow *self);
const char *rnl_error_row_get_heading (RnlErrorRow *self);
const char *rnl_error_row_get_advice (RnlErrorRow *self);
GtkWidget *rnl_error_row_get_retry_button (RnlErrorRow *self);
GtkWidget *rnl_error_row_get_wait_button (RnlErrorRow *self);

G_END_DECLS

/* rnl-fold-header.h: a quiet line that folds what is below it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RNL_TYPE_FOLD_HEADER (rnl_fold_header_get_type ())
G_DECLARE_FINAL_TYPE (RnlFoldHeader, rnl_fold_header, RNL, FOLD_HEADER, GtkButton)

GtkWidget *rnl_fold_header_new (const char *icon_name, GtkRevealer *revealer);
void rnl_fold_header_set_title (RnlFoldHeader *self, const char *title);
const char *rnl_fold_header_get_title (RnlFoldHeader *self);
void rnl_fold_header_set_detail (RnlFoldHeader *self, const char *detail);
void rnl_fold_header_set_busy (RnlFoldHeader *self, gboolean busy);
void rnl_fold_header_set_key (RnlFoldHeader *self, const char *key);
void rnl_fold_header_set_open (RnlFoldHeader *self, gboolean open);
gboolean rnl_fold_header_get_open (RnlFoldHeader *self);

G_END_DECLS

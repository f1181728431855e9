/* rnl-compat.h: widgets that changed their names between GTK and libadwaita versions
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RnlCompatTextFunc:
 * @text: (nullable): what was written, `NULL` when the person changed their mind
 * @user_data: the closure
 */
typedef void (*RnlCompatTextFunc) (const char *text, gpointer user_data);

/**
 * RnlCompatFileFunc:
 * @file: (nullable): what was chosen, `NULL` for nothing
 * @user_data: the closure
 */
typedef void (*RnlCompatFileFunc) (GFile *file, gpointer user_data);

/**
 * RnlCompatFilesFunc:
 * @files: (nullable): a list of [iface@Gio.File], `NULL` for none
 * @user_data: the closure
 */
typedef void (*RnlCompatFilesFunc) (GListModel *files, gpointer user_data);

GtkWidget *rnl_compat_message_dialog_new (GtkWindow *parent, const char *heading, const char *body);
void rnl_compat_ask_text (GtkWindow *parent,
                          const char *heading,
                          const char *text,
                          const char *accept,
                          RnlCompatTextFunc callback,
                          gpointer user_data);
void rnl_compat_choose_folder (GtkWindow *parent,
                               const char *title,
                               RnlCompatFileFunc callback,
                               gpointer user_data);
void rnl_compat_choose_file (GtkWindow *parent,
                             const char *title,
                             RnlCompatFileFunc callback,
                             gpointer user_data);
void rnl_compat_save_file (GtkWindow *parent,
                           const char *title,
                           const char *name,
                           RnlCompatFileFunc callback,
                           gpointer user_data);

void rnl_compat_choose_files (GtkWindow *parent,
                              const char *title,
                              RnlCompatFilesFunc callback,
                              gpointer user_data);

void rnl_compat_set_foreign_parent (GtkWindow *window, const char *handle);

void rnl_compat_set_tooltip (GtkWidget *widget, const char *text);
void rnl_compat_skip_gtk_theme (void);
GIcon *rnl_compat_own_icon (const char *name, const char *path);
void rnl_compat_add_style (const char *path);

G_END_DECLS

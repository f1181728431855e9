/* rnl-folder-scope.h: the folders the person opened to the tools
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <sys/stat.h>

G_BEGIN_DECLS

#define RNL_TYPE_FOLDER_SCOPE (rnl_folder_scope_get_type ())
G_DECLARE_FINAL_TYPE (RnlFolderScope, rnl_folder_scope, RNL, FOLDER_SCOPE, GObject)

RnlFolderScope *rnl_folder_scope_new (void);
void rnl_folder_scope_set_folders (RnlFolderScope *self, const char *const *folders);
char **rnl_folder_scope_dup_names (RnlFolderScope *self, GError **error);
int
rnl_folder_scope_open (RnlFolderScope *self, const char *path, struct stat *info, GError **error);

G_END_DECLS

/* rnl-folder-tools.h: list_folder, read_file, search_files
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-folder-scope.h"
#include "rnl-tool-registry.h"

G_BEGIN_DECLS

/* No result is longer, but for a closing note. */
#define RNL_FOLDER_TOOLS_MAX_OUTPUT (64 * 1024)

void rnl_folder_tools_add (RnlToolRegistry *registry, RnlFolderScope *scope);

G_END_DECLS

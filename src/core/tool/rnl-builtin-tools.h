/* rnl-builtin-tools.h: every tool that comes with Runnel
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-library.h"
#include "rnl-tool-registry.h"

G_BEGIN_DECLS

/**
 * RnlToolScope:
 * @library: (nullable): the chats `search_chats` looks through
 * @folders: (nullable): the folders the person opened to `list_folder`, `read_file`,
 * `search_files`; absolute paths
 * @allow_private_network: whether `fetch_page` may reach loopback and private addresses
 *
 * What the tools may touch. Copied by [func@Runnel.builtin_tools_add].
 */
typedef struct
{
  RnlLibrary *library;
  const char *const *folders;
  gboolean allow_private_network;
} RnlToolScope;

void rnl_builtin_tools_add (RnlToolRegistry *registry, const RnlToolScope *scope);
void rnl_builtin_tools_set_scope (RnlToolRegistry *registry, const RnlToolScope *scope);

G_END_DECLS

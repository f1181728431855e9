/* rnl-builtin-tools.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-builtin-tools.h"

#include "rnl-arithmetic-tools.h"
#include "rnl-chat-search-tool.h"
#include "rnl-demo-tools.h"
#include "rnl-fetch-page-tool.h"
#include "rnl-folder-tools.h"
#include "rnl-time-tool.h"
#include "rnl-unit-tool.h"

#define SCOPE_KEY "rnl-builtin-scope"

/* What the scope's parts became. */
typedef struct
{
  RnlFolderScope *folders;
  RnlTool *search_chats;
  RnlTool *fetch_page;
} Scope;

static void
scope_free (gpointer data)
{
  Scope *self = data;

  g_clear_object (&self->folders);
  g_clear_object (&self->search_chats);
  g_clear_object (&self->fetch_page);
  g_free (self);
}

static void
add_tool (RnlToolRegistry *registry, RnlTool *tool)
{
  rnl_tool_registry_add (registry, tool);
  g_object_unref (tool);
}

/**
 * rnl_builtin_tools_add:
 * @registry: where to add them
 * @scope: what they may touch; copied
 *
 * Adds every tool that comes with Runnel.
 */
void
rnl_builtin_tools_add (RnlToolRegistry *registry, const RnlToolScope *scope)
{
  Scope *parts;

  g_return_if_fail (RNL_IS_TOOL_REGISTRY (registry));
  g_return_if_fail (scope != NULL);

  parts = g_new0 (Scope, 1);
  parts->folders = rnl_folder_scope_new ();
  parts->search_chats = rnl_chat_search_tool_new ();
  parts->fetch_page = rnl_fetch_page_tool_new ();
  g_object_set_data_full (G_OBJECT (registry), SCOPE_KEY, parts, scope_free);

  rnl_arithmetic_tools_add (registry);
  add_tool (registry, rnl_time_tool_new ());
  add_tool (registry, rnl_unit_tool_new ());
  rnl_tool_registry_add (registry, parts->search_chats);
  rnl_folder_tools_add (registry, parts->folders);
  rnl_tool_registry_add (registry, parts->fetch_page);
  rnl_demo_tools_add (registry);

  rnl_builtin_tools_set_scope (registry, scope);
}

/**
 * rnl_builtin_tools_set_scope:
 * @registry: a registry [func@Runnel.builtin_tools_add] has filled
 * @scope: what the tools may touch from now on; copied. A call that is already running keeps what
 *   it began with
 */
void
rnl_builtin_tools_set_scope (RnlToolRegistry *registry, const RnlToolScope *scope)
{
  Scope *parts;

  g_return_if_fail (RNL_IS_TOOL_REGISTRY (registry));
  g_return_if_fail (scope != NULL);

  parts = g_object_get_data (G_OBJECT (registry), SCOPE_KEY);
  g_return_if_fail (parts != NULL);

  rnl_folder_scope_set_folders (parts->folders, scope->folders);
  rnl_chat_search_tool_set_library (RNL_CHAT_SEARCH_TOOL (parts->search_chats), scope->library);
  rnl_fetch_page_tool_set_allow_private_network (RNL_FETCH_PAGE_TOOL (parts->fetch_page),
                                                 scope->allow_private_network);
}

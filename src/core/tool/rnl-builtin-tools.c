/* rnl-builtin-tools.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-builtin-tools.h"

#include "rnl-arithmetic-tools.h"
#include "rnl-demo-tools.h"
#include "rnl-time-tool.h"
#include "rnl-unit-tool.h"

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
  g_return_if_fail (RNL_IS_TOOL_REGISTRY (registry));
  g_return_if_fail (scope != NULL);

  rnl_arithmetic_tools_add (registry);
  add_tool (registry, rnl_time_tool_new ());
  add_tool (registry, rnl_unit_tool_new ());
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
  g_return_if_fail (RNL_IS_TOOL_REGISTRY (registry));
  g_return_if_fail (scope != NULL);
}

/* rnl-tool-registry.h: the tools there are
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-tool.h"

G_BEGIN_DECLS

#define RNL_TYPE_TOOL_REGISTRY (rnl_tool_registry_get_type ())
G_DECLARE_FINAL_TYPE (RnlToolRegistry, rnl_tool_registry, RNL, TOOL_REGISTRY, GObject)

/* A GListModel of RnlTool, in the order they were added; names are unique. */
RnlToolRegistry *rnl_tool_registry_new (void);
void rnl_tool_registry_add (RnlToolRegistry *self, RnlTool *tool);
RnlTool *rnl_tool_registry_find (RnlToolRegistry *self, const char *name);
gboolean rnl_tool_registry_get_enabled (RnlToolRegistry *self, const char *name);
void rnl_tool_registry_set_enabled (RnlToolRegistry *self, const char *name, gboolean enabled);
gboolean rnl_tool_registry_get_always_allowed (RnlToolRegistry *self, const char *name);
void
rnl_tool_registry_set_always_allowed (RnlToolRegistry *self, const char *name, gboolean allowed);
char *rnl_tool_registry_dup_names (RnlToolRegistry *self);

G_END_DECLS

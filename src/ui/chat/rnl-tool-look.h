/* rnl-tool-look.h: icons and words for tools and their states
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-part.h"
#include "rnl-tool.h"

G_BEGIN_DECLS

GIcon *rnl_tool_look_icon (const char *tool_name);
char *rnl_tool_look_title (RnlPart *call);
const char *rnl_tool_look_infix (const char *tool_name);
char *rnl_tool_look_effects (RnlToolEffects effects, RnlPart *call);
const char *rnl_tool_look_state (RnlToolState state);
const char *rnl_tool_look_state_icon (RnlToolState state);
const char *rnl_tool_look_state_class (RnlToolState state);

G_END_DECLS

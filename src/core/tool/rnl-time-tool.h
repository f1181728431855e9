/* rnl-time-tool.h: current_time
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-tool.h"

G_BEGIN_DECLS

RnlTool *rnl_time_tool_new (void);
char *rnl_time_describe (GDateTime *time);

G_END_DECLS

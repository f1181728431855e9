/* rnl-unit-tool.h: convert_units
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-tool.h"

G_BEGIN_DECLS

RnlTool *rnl_unit_tool_new (void);

G_END_DECLS

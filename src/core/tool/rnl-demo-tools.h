/* rnl-demo-tools.h: tools that show a model working inside a tool
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-tool-registry.h"

G_BEGIN_DECLS

void rnl_demo_tools_add (RnlToolRegistry *registry);

G_END_DECLS

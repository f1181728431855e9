/* rnl-arithmetic-tools.h: add, subtract, multiply, divide, power
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-tool-registry.h"

G_BEGIN_DECLS

void rnl_arithmetic_tools_add (RnlToolRegistry *registry);

G_END_DECLS

/* rnl-open-beneath.h: open a file inside a folder and nowhere else
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RnlBeneathMethod:
 * @RNL_BENEATH_BEST: openat2 where the kernel has it and lets us, walking otherwise
 * @RNL_BENEATH_WALK: component by component
 */
typedef enum
{
  RNL_BENEATH_BEST,
  RNL_BENEATH_WALK,
} RnlBeneathMethod;

int rnl_open_beneath (int folder, const char *path, RnlBeneathMethod method);

G_END_DECLS

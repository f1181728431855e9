/* rnl-text-joint.h: what stands between a text that broke off and what goes on
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *rnl_text_joint (const char *before, const char *after);

G_END_DECLS

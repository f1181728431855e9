/* rnl-error-text.h: errors in plain words
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *rnl_error_text_heading (const GError *error);
const char *rnl_error_text_advice (const GError *error);
char *rnl_error_text_details (const GError *error);

G_END_DECLS

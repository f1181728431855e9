/* rnl-number-text.h: numbers as a person writes them
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *rnl_number_to_text (double value, int digits);

G_END_DECLS

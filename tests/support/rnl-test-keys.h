/* rnl-test-keys.h: keys as a keyboard sends them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean rnl_test_keys_available (void);
void rnl_test_press_keys (guint first_keyval, ...);

G_END_DECLS

/* rnl-screenshot.h: the desktop takes a picture of the screen
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void rnl_screenshot_find_async (GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean rnl_screenshot_find_finish (GAsyncResult *result, GError **error);

void rnl_screenshot_take_async (GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GFile *rnl_screenshot_take_finish (GAsyncResult *result, GError **error);

G_END_DECLS

/* rnl-window-toasts.c: what is told in passing
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-toasts.h"
#include "rnl-window-private.h"

/* TOAST is taken. */
void
rnl_window_add_toast (RnlWindow *self, AdwToast *toast)
{
  rnl_toasts_add (GTK_WIDGET (self), toast);
}

/**
 * rnl_window_show_toast:
 * @self: a window
 * @text: what to tell, without markup
 */
void
rnl_window_show_toast (RnlWindow *self, const char *text)
{
  g_return_if_fail (RNL_IS_WINDOW (self));

  rnl_toasts_add_text (GTK_WIDGET (self), text);
}

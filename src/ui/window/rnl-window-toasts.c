/* rnl-window-toasts.c: what is told in passing, to the eye and to a screen reader
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-window-private.h"

/* Nothing tells assistive technology of a toast, and the focus does not go there. TOAST is taken;
 * in a window that was closed meanwhile nobody sees it. */
void
rnl_window_add_toast (RnlWindow *self, AdwToast *toast)
{
  const char *title = adw_toast_get_title (toast);
  g_autofree char *text = NULL;

  if (self->announcer == NULL)
    {
      g_object_unref (toast);
      return;
    }
  if (!pango_parse_markup (title, -1, 0, NULL, &text, NULL, NULL))
    text = g_strdup (title);
  rnl_announcer_say (self->announcer, text);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * rnl_window_show_toast:
 * @self: a window
 * @text: what to tell, without markup
 */
void
rnl_window_show_toast (RnlWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_return_if_fail (RNL_IS_WINDOW (self));

  rnl_window_add_toast (self, adw_toast_new (escaped));
}

/**
 * rnl_window_get_announcer:
 * @self: a window
 *
 * Returns: (transfer none): what tells a screen reader of the toasts
 */
RnlAnnouncer *
rnl_window_get_announcer (RnlWindow *self)
{
  g_return_val_if_fail (RNL_IS_WINDOW (self), NULL);

  return self->announcer;
}

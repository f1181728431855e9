/* rnl-toasts.h: what is told in passing, to the eye and to a screen reader
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-announcer.h"

G_BEGIN_DECLS

void rnl_toasts_make_heard (GtkWidget *window);
RnlAnnouncer *rnl_toasts_get_announcer (GtkWidget *widget);

void rnl_toasts_add (GtkWidget *widget, AdwToast *toast);
void rnl_toasts_add_text (GtkWidget *widget, const char *text);

G_END_DECLS

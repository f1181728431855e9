/* rnl-composer.h: where a person writes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RNL_TYPE_COMPOSER (rnl_composer_get_type ())
G_DECLARE_FINAL_TYPE (RnlComposer, rnl_composer, RNL, COMPOSER, GtkWidget)

char *rnl_composer_dup_text (RnlComposer *self);
void rnl_composer_set_text (RnlComposer *self, const char *text);
void rnl_composer_set_busy (RnlComposer *self, gboolean busy);
void rnl_composer_set_enter_sends (RnlComposer *self, gboolean enter_sends);
void rnl_composer_send (RnlComposer *self);

G_END_DECLS

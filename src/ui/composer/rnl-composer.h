/* rnl-composer.h: where a person writes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-message.h"
#include "rnl-workspace.h"

G_BEGIN_DECLS

#define RNL_TYPE_COMPOSER (rnl_composer_get_type ())
G_DECLARE_FINAL_TYPE (RnlComposer, rnl_composer, RNL, COMPOSER, GtkWidget)

char *rnl_composer_dup_text (RnlComposer *self);
void rnl_composer_set_text (RnlComposer *self, const char *text);
void rnl_composer_set_busy (RnlComposer *self, gboolean busy);
void rnl_composer_set_placeholder (RnlComposer *self, const char *text);
void rnl_composer_set_enter_sends (RnlComposer *self, gboolean enter_sends);
void rnl_composer_send (RnlComposer *self);
void rnl_composer_set_workspace (RnlComposer *self, RnlWorkspace *workspace);

/* What goes along. */
GListStore *rnl_composer_get_files (RnlComposer *self);
void rnl_composer_set_files (RnlComposer *self, GListStore *files);
void rnl_composer_set_parts (RnlComposer *self, RnlMessage *message);
void rnl_composer_attach_file (RnlComposer *self, GFile *file);
void rnl_composer_attach_texture (RnlComposer *self, GdkTexture *texture);
gboolean rnl_composer_attach_value (RnlComposer *self, const GValue *value);

G_END_DECLS

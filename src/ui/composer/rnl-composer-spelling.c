/* rnl-composer-spelling.c: what is misspelled
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-composer-private.h"

/* When the person writes for the first time: a window that was only opened has nothing of it. */
void
rnl_composer_init_spelling (RnlComposer *self)
{
  if (self->spelling != NULL || self->workspace == NULL || !rnl_speller_is_supported ())
    return;
  self->spelling
    = rnl_spelling_marks_new (self->text_view, rnl_workspace_get_speller (self->workspace));
  self->spelling_menu = rnl_spelling_menu_new (self->spelling);
  g_settings_bind (rnl_workspace_get_settings (self->workspace), "check-spelling", self->spelling,
                   "enabled", G_SETTINGS_BIND_GET);
}

void
rnl_composer_clear_spelling (RnlComposer *self)
{
  if (self->spelling == NULL)
    return;
  g_settings_unbind (self->spelling, "enabled");
  rnl_spelling_marks_set_enabled (self->spelling, FALSE);
  g_clear_object (&self->spelling_menu);
  g_clear_object (&self->spelling);
}

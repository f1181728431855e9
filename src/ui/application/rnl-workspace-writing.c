/* rnl-workspace-writing.c: what a person writes with
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-workspace-private.h"

/**
 * rnl_workspace_get_prompts:
 * @self: a workspace
 *
 * Returns: (transfer none): the prompts a person keeps; they begin to be read when somebody asks
 */
RnlPromptList *
rnl_workspace_get_prompts (RnlWorkspace *self)
{
  if (self->prompts == NULL)
    {
      g_autofree char *path
        = g_build_filename (g_get_user_data_dir (), "runnel", "prompts.json", NULL);

      self->prompts = rnl_prompt_list_new (path);
    }

  return self->prompts;
}

static void
languages_changed_cb (RnlWorkspace *self)
{
  g_auto (GStrv) languages = g_settings_get_strv (self->settings, "spelling-languages");

  rnl_speller_set_languages (self->speller, (const char *const *) languages);
}

/**
 * rnl_workspace_get_speller:
 * @self: a workspace
 *
 * Returns: (transfer none): who knows what is misspelled, in the languages of the settings
 */
RnlSpeller *
rnl_workspace_get_speller (RnlWorkspace *self)
{
  if (self->speller == NULL)
    {
      self->speller = rnl_speller_new ();
      g_signal_connect_object (self->settings, "changed::spelling-languages",
                               G_CALLBACK (languages_changed_cb), self, G_CONNECT_SWAPPED);
      languages_changed_cb (self);
    }

  return self->speller;
}

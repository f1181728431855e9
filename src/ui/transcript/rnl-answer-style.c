/* rnl-answer-style.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-style.h"
#include "rnl-transcript-resources.h"

/**
 * rnl_answer_style_ensure:
 *
 * Loads the style sheet of answers for the default display, once.
 */
void
rnl_answer_style_ensure (void)
{
  static gboolean loaded;
  g_autoptr (GtkCssProvider) provider = NULL;

  if (loaded)
    return;
  loaded = TRUE;

  g_resources_register (rnl_transcript_get_resource ());
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, RNL_RESOURCE_BASE "/transcript/answer.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* rnl-answer-style.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-style.h"

#include "rnl-compat.h"
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

  if (loaded)
    return;
  loaded = TRUE;

  g_resources_register (rnl_transcript_get_resource ());
  rnl_compat_add_style (RNL_RESOURCE_BASE "/transcript/answer.css");
}

/**
 * rnl_answer_style_new_more:
 * @action: what it does
 *
 * A button for what is left of something long. It makes nothing wider: all text of an answer is
 * laid out anew for another width.
 *
 * Returns: (transfer floating): the button, without words
 */
GtkWidget *
rnl_answer_style_new_more (const char *action)
{
  GtkWidget *button;
  GtkLabel *label;

  g_return_val_if_fail (action != NULL, NULL);

  button = gtk_button_new_with_label ("");
  label = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)));
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "answer-more");

  return button;
}

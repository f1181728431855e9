/* rnl-consent-dialog.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-consent-dialog.h"

#include <glib/gi18n.h>

#include "rnl-compat-accessible.h"
#include "rnl-compat.h"
#include "rnl-model-words.h"
#include "rnl-text.h"

#define MAX_SHOWN_PROMPT 2000

/* What the model may do besides answering. */
static const char *
tools_words (RnlBusTools tools)
{
  switch (tools)
    {
    case RNL_BUS_TOOLS_READ_ONLY:
      return _ ("It may use tools that need no permission.");
    case RNL_BUS_TOOLS_ASK:
      return _ ("It may use tools; you are asked before each one that needs your permission.");
    case RNL_BUS_TOOLS_NONE:
    default:
      return _ ("It uses no tools.");
    }
}

static char *
make_body (const RnlConsentQuestion *question, const char *payer)
{
  GString *body = g_string_new (NULL);

  if (question->client_name != NULL)
    g_string_append (body, _ ("The program gives itself this name; Runnel cannot check it."));
  else
    g_string_append (body, _ ("The program does not say its name."));
  if (question->program != NULL)
    {
      g_string_append_c (body, ' ');
      /* Translators: %s is the file of a program */
      g_string_append_printf (body, _ ("It seems to run from %s."), question->program);
    }
  g_string_append (body, "\n\n");
  if (payer != NULL)
    /* Translators: the first %s is a model, the second an account */
    g_string_append_printf (body, _ ("%s would answer; the account “%s” pays for it."),
                            rnl_model_words_title (question->model), payer);
  else
    /* Translators: %s is a model on this computer */
    g_string_append_printf (body, _ ("%s would answer, which costs nothing."),
                            rnl_model_words_title (question->model));
  g_string_append_c (body, ' ');
  g_string_append (body, tools_words (question->tools));

  return g_string_free (body, FALSE);
}

/* The question itself, to be read, not changed. */
static GtkWidget *
make_prompt (const char *prompt)
{
  g_autofree char *text = rnl_text_ellipsize (prompt, MAX_SHOWN_PROMPT);
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the program wants to ask"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 84);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 160);
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (scroller, "card");

  return scroller;
}

/**
 * rnl_consent_dialog_new:
 * @question: who wants to ask what; lent for the time of the call
 * @payer: (nullable): the account that pays, `NULL` when it costs nothing
 *
 * Returns: (transfer none): a window of its own: nobody's work in another one is held up
 */
GtkWidget *
rnl_consent_dialog_new (const RnlConsentQuestion *question, const char *payer)
{
  g_autofree char *heading = NULL;
  g_autofree char *body = make_body (question, payer);
  GtkWidget *dialog;

  if (question->client_name != NULL)
    /* Translators: %s is what a program calls itself */
    heading = g_strdup_printf (_ ("Let “%s” ask the agent?"), question->client_name);
  else
    heading = g_strdup (_ ("Let another program ask the agent?"));

  dialog = rnl_compat_message_dialog_new (NULL, heading, body);
  gtk_window_set_modal (GTK_WINDOW (dialog), FALSE);
  gtk_window_set_title (GTK_WINDOW (dialog), heading);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_prompt (question->prompt));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "deny", _ ("_Deny"), "once",
                                    _ ("Allow _once"), "always", _ ("_Always allow"), NULL);
  rnl_compat_name_buttons (GTK_WIDGET (dialog));
  /* A window that comes by itself must not be agreed to by a key that was meant for another. */
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "deny");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "deny");

  return dialog;
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, GTask *task)
{
  RnlConsent consent = RNL_CONSENT_DENY;

  g_cancellable_disconnect (g_task_get_cancellable (task),
                            GPOINTER_TO_SIZE (g_task_get_task_data (task)));
  if (g_str_equal (response, "always"))
    consent = RNL_CONSENT_ALWAYS;
  else if (g_str_equal (response, "once"))
    consent = RNL_CONSENT_ONCE;
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_int (task, consent);
  g_object_unref (task);
}

static gboolean
close_cb (gpointer dialog)
{
  gtk_window_close (GTK_WINDOW (dialog));

  return G_SOURCE_REMOVE;
}

/* Not from inside the cancellation: closing disconnects from it. */
static void
cancelled_cb (GCancellable *cancellable, GtkWidget *dialog)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, close_cb, g_object_ref (dialog), g_object_unref);
}

/**
 * rnl_consent_dialog_choose_async:
 * @dialog: a consent dialog
 * @cancellable: (nullable): takes it away
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Shows it. Closing it is a no.
 */
void
rnl_consent_dialog_choose_async (AdwMessageDialog *dialog,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = g_task_new (dialog, cancellable, callback, user_data);
  gulong handler = 0;

  g_task_set_source_tag (task, rnl_consent_dialog_choose_async);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), dialog, NULL);
  g_task_set_task_data (task, GSIZE_TO_POINTER (handler), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * rnl_consent_dialog_choose_finish:
 * @dialog: the dialog
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED`.
 *
 * Returns: what the person said; `RNL_CONSENT_DENY` with @error set
 */
RnlConsent
rnl_consent_dialog_choose_finish (AdwMessageDialog *dialog, GAsyncResult *result, GError **error)
{
  gssize consent;

  g_return_val_if_fail (g_task_is_valid (result, dialog), RNL_CONSENT_DENY);

  consent = g_task_propagate_int (G_TASK (result), error);

  return consent < 0 ? RNL_CONSENT_DENY : (RnlConsent) consent;
}

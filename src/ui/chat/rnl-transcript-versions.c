/* rnl-transcript-versions.c: edit, regenerate, branch, switch versions
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-transcript-versions.h"

#include <glib/gi18n.h>

enum
{
  EDIT,
  BRANCH,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Returns: (transfer full) (nullable): the shown message with that id */
static RnlMessage *
dup_message (RnlTranscriptView *view, const char *id, guint *position)
{
  RnlConversation *conversation = rnl_transcript_view_get_conversation (view);
  GListModel *messages
    = conversation != NULL ? rnl_conversation_list_messages (conversation) : NULL;

  for (guint i = messages != NULL ? g_list_model_get_n_items (messages) : 0; i > 0; i--)
    {
      g_autoptr (RnlMessage) message = g_list_model_get_item (messages, i - 1);

      if (!g_str_equal (rnl_message_get_id (message), id))
        continue;
      if (position != NULL)
        *position = i - 1;
      return g_steal_pointer (&message);
    }

  return NULL;
}

static void
emit_with_message (GtkWidget *widget, guint signal, GVariant *parameter)
{
  g_autoptr (RnlMessage) message
    = dup_message (RNL_TRANSCRIPT_VIEW (widget), g_variant_get_string (parameter, NULL), NULL);

  if (message != NULL)
    g_signal_emit (widget, signals[signal], 0, message);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  emit_with_message (widget, EDIT, parameter);
}

static void
branch_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  emit_with_message (widget, BRANCH, parameter);
}

static void
regenerate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlTranscriptView *view = RNL_TRANSCRIPT_VIEW (widget);
  g_autoptr (RnlMessage) message = dup_message (view, g_variant_get_string (parameter, NULL), NULL);

  if (message == NULL
      || rnl_conversation_regenerate (rnl_transcript_view_get_conversation (view), message) == NULL)
    return;

  /* The button goes away with the answer. */
  gtk_widget_activate_action (widget, "win.focus-composer", NULL);
  rnl_transcript_view_scroll_to_end (view);
}

typedef struct
{
  RnlTranscriptView *view;
  guint position;
  gboolean next;
} SwitchData;

static void
switch_data_free (SwitchData *self)
{
  g_object_unref (self->view);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwitchData, switch_data_free)

/* The row is another one now; who pressed its button can press it again. */
static void
show_switched (SwitchData *data)
{
  RnlMessageRow *row
    = rnl_message_list_get_row (rnl_transcript_view_get_list (data->view), data->position);
  RnlMessage *message = row != NULL ? rnl_message_row_get_message (row) : NULL;
  g_autofree char *text = NULL;

  if (row == NULL)
    return;

  rnl_message_row_focus_versions (row, data->next);
  text = g_strdup_printf (_ ("Version %u of %u"), rnl_message_get_version (message),
                          rnl_message_get_n_versions (message));
  gtk_widget_activate_action (GTK_WIDGET (data->view), "transcript.announce", "s", text);
}

static void
switched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwitchData) data = user_data;
  RnlConversation *conversation = RNL_CONVERSATION (source);
  g_autoptr (GError) error = NULL;

  if (!rnl_conversation_switch_version_finish (conversation, result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_signal_emit (data->view, signals[FAILED], 0, error);
      return;
    }
  if (rnl_transcript_view_get_conversation (data->view) == conversation)
    show_switched (data);
}

static void
switch_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlTranscriptView *view = RNL_TRANSCRIPT_VIEW (widget);
  g_autoptr (RnlMessage) message = NULL;
  const char *id;
  guint version, position;
  SwitchData *data;

  g_variant_get (parameter, "(&su)", &id, &version);
  message = dup_message (view, id, &position);
  if (message == NULL)
    return;

  data = g_new0 (SwitchData, 1);
  data->view = g_object_ref (view);
  data->position = position;
  data->next = version > rnl_message_get_version (message);
  rnl_conversation_switch_version_async (rnl_transcript_view_get_conversation (view), message,
                                         version, NULL, switched_cb, data);
}

/**
 * rnl_transcript_versions_install:
 * @widget_class: the class of [class@TranscriptView]
 *
 * Adds what its messages offer: the actions `transcript.edit`, `transcript.regenerate` and
 * `transcript.branch` (id of a message), `transcript.switch-version` (id, version); the signals
 * `edit-message (RnlMessage)`, `branch (RnlMessage)`, `failed (GError)`.
 */
void
rnl_transcript_versions_install (GtkWidgetClass *widget_class)
{
  GType type = G_TYPE_FROM_CLASS (widget_class);

  signals[EDIT] = g_signal_new ("edit-message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, RNL_TYPE_MESSAGE);
  signals[BRANCH] = g_signal_new ("branch", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, RNL_TYPE_MESSAGE);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);

  gtk_widget_class_install_action (widget_class, "transcript.edit", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "transcript.regenerate", "s", regenerate_action);
  gtk_widget_class_install_action (widget_class, "transcript.branch", "s", branch_action);
  gtk_widget_class_install_action (widget_class, "transcript.switch-version", "(su)",
                                   switch_action);
}

/**
 * rnl_transcript_versions_update:
 * @view: a view
 * @idle: whether it has a conversation in which nothing is being answered
 *
 * Editing and branching can begin while an answer is on its way; what would take it away cannot.
 */
void
rnl_transcript_versions_update (RnlTranscriptView *view, gboolean idle)
{
  GtkWidget *widget = GTK_WIDGET (view);
  gboolean open = rnl_transcript_view_get_conversation (view) != NULL;

  gtk_widget_action_set_enabled (widget, "transcript.edit", open);
  gtk_widget_action_set_enabled (widget, "transcript.branch", open);
  gtk_widget_action_set_enabled (widget, "transcript.regenerate", idle);
  gtk_widget_action_set_enabled (widget, "transcript.switch-version", idle);
}

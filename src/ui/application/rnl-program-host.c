/* rnl-program-host.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-program-host.h"

#include <string.h>

#include "rnl-bus-error.h"
#include "rnl-compat.h"
#include "rnl-consent-dialog.h"

/**
 * RnlProgramHost:
 *
 * What the service on the bus knows of this program: its windows through the actions of the
 * application, its chats through the workspace. What comes before the workspace is open waits.
 */
struct _RnlProgramHost
{
  GObject parent_instance;

  /* owned */
  RnlWorkspace *workspace; /* nullable: before the start */
  GQueue waiting;          /* of GTask: what needs the chats */

  gboolean open; /* the workspace has its chats */

  /* borrowed */
  GtkApplication *application;
};

static void bus_host_iface_init (RnlBusHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlProgramHost,
                               rnl_program_host,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_BUS_HOST, bus_host_iface_init))

/* Returns TASK as soon as there are chats. */
static void
when_open (RnlProgramHost *self, GTask *task)
{
  if (self->open)
    g_task_return_boolean (task, TRUE);
  else
    g_queue_push_tail (&self->waiting, g_object_ref (task));
}

/* Windows. */

/* Runs an action as if it had come from the program that has the token, so that its window may come
 * to the front. */
static void
activate (RnlProgramHost *self, const char *action, const char *text, const char *token)
{
  GApplication *application = G_APPLICATION (self->application);
  GApplicationClass *klass = G_APPLICATION_GET_CLASS (application);
  g_autoptr (GVariant) platform = NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  if (token != NULL)
    {
      g_variant_dict_insert (&dict, "activation-token", "s", token);
      g_variant_dict_insert (&dict, "desktop-startup-id", "s", token);
    }
  platform = g_variant_ref_sink (g_variant_dict_end (&dict));
  klass->before_emit (application, platform);
  g_action_group_activate_action (G_ACTION_GROUP (application), action,
                                  g_variant_new_string (text));
  klass->after_emit (application, platform);
}

typedef struct
{
  char *text;
  char *token;
} ComposeData;

static void
compose_data_free (ComposeData *data)
{
  g_free (data->text);
  g_free (data->token);
  g_free (data);
}

static void
composable_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ComposeData *data = g_task_get_task_data (G_TASK (result));

  activate (RNL_PROGRAM_HOST (source), "ask", data->text, data->token);
  g_application_release (G_APPLICATION (RNL_PROGRAM_HOST (source)->application));
}

static void
compose (RnlBusHost *host, const char *prompt, const char *activation_token)
{
  RnlProgramHost *self = RNL_PROGRAM_HOST (host);
  g_autoptr (GTask) task = g_task_new (self, NULL, composable_cb, NULL);
  ComposeData *data = g_new0 (ComposeData, 1);

  data->text = g_strdup (prompt);
  data->token = g_strdup (activation_token);
  g_task_set_source_tag (task, compose);
  g_task_set_task_data (task, data, (GDestroyNotify) compose_data_free);
  g_application_hold (G_APPLICATION (self->application));
  when_open (self, task);
}

static void
show_conversation (RnlBusHost *host, RnlConversation *conversation, const char *activation_token)
{
  activate (RNL_PROGRAM_HOST (host), "open-chat",
            rnl_chat_get_id (rnl_conversation_get_chat (conversation)), activation_token);
}

static void
hold (RnlBusHost *host)
{
  g_application_hold (G_APPLICATION (RNL_PROGRAM_HOST (host)->application));
}

static void
release (RnlBusHost *host)
{
  g_application_release (G_APPLICATION (RNL_PROGRAM_HOST (host)->application));
}

/* Who answers. A window falls back to the offline helper where it can say so; a program is told
 * that the model it counts on is not there. */
static RnlChatModel *
dup_model (RnlBusHost *host, GError **error)
{
  RnlProgramHost *self = RNL_PROGRAM_HOST (host);
  g_autofree char *configured
    = g_settings_get_string (rnl_workspace_get_settings (self->workspace), "model");
  g_autoptr (GError) local = NULL;
  RnlChatModel *model;

  if (*configured == '\0')
    return rnl_workspace_dup_model (self->workspace, NULL);

  model
    = rnl_accounts_create_model (rnl_workspace_get_accounts (self->workspace), configured, &local);
  if (model == NULL)
    g_set_error (error, RNL_BUS_ERROR, RNL_BUS_ERROR_NO_PROVIDER, "%s cannot be used: %s",
                 configured, local->message);

  return model;
}

/* Consent. */

static char *
dup_payer (RnlProgramHost *self, RnlChatModel *model)
{
  const char *id = rnl_chat_model_get_id (model);
  const char *slash = strchr (id, '/');
  g_autofree char *account_id = slash != NULL ? g_strndup (id, (gsize) (slash - id)) : NULL;
  RnlAccount *account
    = account_id != NULL
        ? rnl_accounts_find (rnl_workspace_get_accounts (self->workspace), account_id)
        : NULL;

  return account != NULL ? g_strdup (rnl_account_get_title (account)) : NULL;
}

static void
consent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  RnlConsent consent
    = rnl_consent_dialog_choose_finish (ADW_MESSAGE_DIALOG (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_int (task, consent);
}

static void
ask_consent_async (RnlBusHost *host,
                   const RnlConsentQuestion *question,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  RnlProgramHost *self = RNL_PROGRAM_HOST (host);
  g_autofree char *payer = dup_payer (self, question->model);
  GtkWidget *dialog = rnl_consent_dialog_new (question, payer);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, ask_consent_async);
  gtk_window_set_transient_for (GTK_WINDOW (dialog),
                                gtk_application_get_active_window (self->application));
  gtk_window_set_application (GTK_WINDOW (dialog), self->application);
  if (question->activation_token != NULL)
    gtk_window_set_startup_id (GTK_WINDOW (dialog), question->activation_token);
  if (question->parent_window != NULL)
    rnl_compat_set_foreign_parent (GTK_WINDOW (dialog), question->parent_window);
  rnl_consent_dialog_choose_async (ADW_MESSAGE_DIALOG (dialog), cancellable, consent_cb, task);
}

static RnlConsent
ask_consent_finish (RnlBusHost *host, GAsyncResult *result, GError **error)
{
  gssize consent = g_task_propagate_int (G_TASK (result), error);

  return consent < 0 ? RNL_CONSENT_DENY : (RnlConsent) consent;
}

/* Conversations. */

#define TURN_KEY "rnl-turn-of-program"

/* The next turn of the conversation is a program's. */
static void
return_conversation (GTask *task, RnlConversation *conversation)
{
  g_object_set_data (G_OBJECT (conversation), TURN_KEY, GINT_TO_POINTER (TRUE));
  g_task_return_pointer (task, g_object_ref (conversation), g_object_unref);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!rnl_conversation_load_finish (RNL_CONVERSATION (source), result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    return_conversation (task, RNL_CONVERSATION (source));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RnlProgramHost *self = RNL_PROGRAM_HOST (source);
  g_autoptr (GTask) task = user_data;
  const char *chat_id = g_task_get_task_data (task);
  RnlChat *chat;
  g_autoptr (RnlConversation) conversation = NULL;

  if (chat_id == NULL)
    {
      conversation = rnl_workspace_new_conversation (self->workspace);
      return_conversation (task, conversation);
      return;
    }
  chat = rnl_library_find_chat (rnl_workspace_get_library (self->workspace), chat_id);
  if (chat == NULL)
    {
      g_task_return_new_error (task, RNL_BUS_ERROR, RNL_BUS_ERROR_NOT_ALLOWED,
                               "The conversation was deleted");
      return;
    }
  conversation = rnl_workspace_dup_conversation (self->workspace, chat);
  /* All of it is read; how much of it is shown is up to the windows. */
  rnl_conversation_load_async (conversation, 0, g_task_get_cancellable (task), loaded_cb,
                               g_object_ref (task));
}

static void
open_conversation_async (RnlBusHost *host,
                         const char *chat_id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  RnlProgramHost *self = RNL_PROGRAM_HOST (host);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GTask) opened = g_task_new (self, NULL, opened_cb, task);

  g_task_set_source_tag (task, open_conversation_async);
  g_task_set_task_data (task, g_strdup (chat_id), g_free);
  g_task_set_source_tag (opened, open_conversation_async);
  when_open (self, opened);
}

static RnlConversation *
open_conversation_finish (RnlBusHost *host, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
bus_host_iface_init (RnlBusHostInterface *iface)
{
  iface->compose = compose;
  iface->dup_model = dup_model;
  iface->ask_consent_async = ask_consent_async;
  iface->ask_consent_finish = ask_consent_finish;
  iface->open_conversation_async = open_conversation_async;
  iface->open_conversation_finish = open_conversation_finish;
  iface->show_conversation = show_conversation;
  iface->hold = hold;
  iface->release = release;
}

static void
rnl_program_host_dispose (GObject *object)
{
  RnlProgramHost *self = RNL_PROGRAM_HOST (object);

  g_queue_clear_full (&self->waiting, g_object_unref);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (rnl_program_host_parent_class)->dispose (object);
}

static void
rnl_program_host_class_init (RnlProgramHostClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_program_host_dispose;
}

static void
rnl_program_host_init (RnlProgramHost *self)
{
  g_queue_init (&self->waiting);
}

/**
 * rnl_program_host_new:
 * @application: the program, which owns the host
 *
 * Returns: (transfer full): a host that waits for its workspace
 */
RnlProgramHost *
rnl_program_host_new (GtkApplication *application)
{
  RnlProgramHost *self = g_object_new (RNL_TYPE_PROGRAM_HOST, NULL);

  self->application = application;

  return self;
}

/**
 * rnl_program_host_set_workspace:
 * @self: a host
 * @workspace: what every window shares
 */
void
rnl_program_host_set_workspace (RnlProgramHost *self, RnlWorkspace *workspace)
{
  g_return_if_fail (RNL_IS_PROGRAM_HOST (self));

  g_set_object (&self->workspace, workspace);
}

/**
 * rnl_program_host_open:
 * @self: a host whose workspace is open now
 *
 * Goes on with what has waited for it.
 */
void
rnl_program_host_open (RnlProgramHost *self)
{
  GTask *task;

  g_return_if_fail (RNL_IS_PROGRAM_HOST (self));

  self->open = TRUE;
  while ((task = g_queue_pop_head (&self->waiting)) != NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

/**
 * rnl_program_host_take_turn:
 * @conversation: a conversation whose turn has ended
 *
 * Returns: whether a program asked, and is told; once
 */
gboolean
rnl_program_host_take_turn (RnlConversation *conversation)
{
  return g_object_steal_data (G_OBJECT (conversation), TURN_KEY) != NULL;
}

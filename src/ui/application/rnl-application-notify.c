/* rnl-application-notify.c: what a person is told when no window is in front
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-application-private.h"

#include <glib/gi18n.h>

#include "rnl-application.h"
#include "rnl-preferences-window.h"
#include "rnl-program-host.h"
#include "rnl-toasts.h"
#include "rnl-window.h"

static gboolean
is_watched (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  return window != NULL && gtk_window_is_active (window);
}

static void
notify (GApplication *application,
        RnlConversation *conversation,
        const char *title,
        GNotificationPriority priority)
{
  RnlChat *chat = rnl_conversation_get_chat (conversation);
  g_autoptr (GNotification) notification = NULL;

  /* Without a bus there is nobody to tell it to. */
  if (is_watched (application) || g_application_get_dbus_connection (application) == NULL)
    return;

  notification = g_notification_new (title);
  g_notification_set_priority (notification, priority);
  /* What is said in a temporary chat does not get onto the desktop. */
  if (rnl_chat_get_temporary (chat))
    g_notification_set_body (notification, _ ("Temporary chat"));
  else
    {
      g_notification_set_body (notification, rnl_chat_get_title (chat));
      g_notification_set_default_action_and_target (notification, "app.open-chat", "s",
                                                    rnl_chat_get_id (chat));
    }
  g_application_send_notification (application, rnl_chat_get_id (chat), notification);
}

static void
update_hold (GApplication *application, RnlWorkspace *workspace)
{
  gboolean busy = rnl_workspace_get_n_busy (workspace) > 0
                  || rnl_model_downloads_get_n_active (rnl_workspace_get_downloads (workspace)) > 0;
  gboolean held = g_object_get_data (G_OBJECT (application), "rnl-held") != NULL;

  /* An answer and a download go on when the last window closes. */
  if (busy && !held)
    g_application_hold (application);
  else if (!busy && held)
    g_application_release (application);
  g_object_set_data (G_OBJECT (application), "rnl-held", GINT_TO_POINTER (busy));
}

static void
started_cb (RnlWorkspace *workspace, RnlConversation *conversation, GApplication *application)
{
  update_hold (application, workspace);
}

static void
ended_cb (RnlWorkspace *workspace, RnlConversation *conversation, GApplication *application)
{
  RnlChat *chat = rnl_conversation_get_chat (conversation);

  if (!rnl_program_host_take_turn (conversation))
    {
      rnl_workspace_name_chat (workspace, conversation);
      notify (application, conversation,
              rnl_chat_get_attention (chat) ? _ ("The answer failed")
                                            : _ ("The answer is complete"),
              G_NOTIFICATION_PRIORITY_NORMAL);
    }
  update_hold (application, workspace);
}

static void
approval_needed_cb (RnlWorkspace *workspace,
                    RnlConversation *conversation,
                    GApplication *application)
{
  notify (application, conversation, _ ("A tool asks for your permission"),
          G_NOTIFICATION_PRIORITY_HIGH);
}

static void
active_downloads_cb (RnlModelDownloads *downloads, GParamSpec *pspec, GApplication *application)
{
  update_hold (application, rnl_application_get_workspace (RNL_APPLICATION (application)));
}

/* In the window that is in front, or by the desktop. */
static void
tell (GApplication *application, const char *id, const char *text)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  g_autoptr (GNotification) notification = NULL;

  if (is_watched (application) && (RNL_IS_PREFERENCES_WINDOW (window) || RNL_IS_WINDOW (window)))
    rnl_toasts_add_text (GTK_WIDGET (window), text);
  else if (g_application_get_dbus_connection (application) != NULL)
    {
      notification = g_notification_new (text);
      g_application_send_notification (application, id, notification);
    }
}

static void
download_ended_cb (RnlModelDownloads *downloads,
                   RnlModelDownload *download,
                   GApplication *application)
{
  const char *name = rnl_model_download_get_name (download);
  gboolean complete = rnl_model_download_get_state (download) == RNL_MODEL_DOWNLOAD_COMPLETE;
  g_autofree char *id = g_strconcat ("download-", name, NULL);
  g_autofree char *text = NULL;

  /* Translators: %s is the name of a model */
  text = g_strdup_printf (complete ? _ ("“%s” is downloaded") : _ ("The download of “%s” stopped"),
                          name);
  tell (application, id, text);
}

void
rnl_application_watch_workspace (GApplication *application, RnlWorkspace *workspace)
{
  g_signal_connect_object (workspace, "conversation-started", G_CALLBACK (started_cb), application,
                           0);
  g_signal_connect_object (workspace, "conversation-ended", G_CALLBACK (ended_cb), application, 0);
  g_signal_connect_object (workspace, "approval-needed", G_CALLBACK (approval_needed_cb),
                           application, 0);
  g_signal_connect_object (rnl_workspace_get_downloads (workspace), "notify::n-active",
                           G_CALLBACK (active_downloads_cb), application, 0);
  g_signal_connect_object (rnl_workspace_get_downloads (workspace), "ended",
                           G_CALLBACK (download_ended_cb), application, 0);
}

/* rnl-window-summary.c: earlier messages are summed up, with Undo
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-window-private.h"

#include <glib/gi18n.h>

#include "rnl-context-trim.h"
#include "rnl-conversation-context.h"

#define UNDO_SECONDS 10

/* While it is made. */
typedef struct
{
  RnlWindow *window;
  AdwToast *toast;
  GCancellable *cancellable;
} Summarising;

static void
summarising_free (Summarising *data)
{
  g_object_unref (data->window);
  g_object_unref (data->toast);
  g_object_unref (data->cancellable);
  g_free (data);
}

/* What can be taken back. */
typedef struct
{
  RnlConversation *conversation;
  RnlPart *note;
} Undo;

static void
undo_free (gpointer data, GClosure *closure)
{
  Undo *undo = data;

  g_object_unref (undo->conversation);
  g_object_unref (undo->note);
  g_free (undo);
}

static void
undo_cb (AdwToast *toast, Undo *undo)
{
  rnl_conversation_drop_summary (undo->conversation, undo->note);
}

static void
offer_undo (RnlWindow *self, RnlConversation *conversation, RnlPart *note)
{
  guint n = rnl_context_count_summarised (note);
  g_autofree char *text
    = g_strdup_printf (ngettext ("%u earlier message is now sent as a summary",
                                 "%u earlier messages are now sent as a summary", n),
                       n);
  AdwToast *toast = adw_toast_new (text);
  Undo *undo = g_new0 (Undo, 1);

  undo->conversation = g_object_ref (conversation);
  undo->note = g_object_ref (note);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), undo, undo_free, 0);
  rnl_window_add_toast (self, toast);
}

static void
summarised_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Summarising *data = user_data;
  RnlConversation *conversation = RNL_CONVERSATION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlPart) note = rnl_conversation_summarise_finish (conversation, result, &error);

  adw_toast_dismiss (data->toast);
  /* Closed while it was made. */
  if (data->window->workspace == NULL)
    ;
  else if (note != NULL)
    offer_undo (data->window, conversation, note);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *text
        = g_strdup_printf (_ ("The earlier messages could not be summarised: %s"), error->message);

      rnl_window_show_toast (data->window, text);
    }
  summarising_free (data);
}

static void
cancel_cb (AdwToast *toast, GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

/* It may take as long as an answer: until it is there, a toast says so and can stop it. */
void
rnl_window_summarise (RnlWindow *self)
{
  Summarising *data;

  if (rnl_conversation_count_old (self->conversation) == 0)
    {
      rnl_window_show_toast (self, _ ("There is nothing older to summarise yet"));
      return;
    }

  data = g_new0 (Summarising, 1);
  data->window = g_object_ref (self);
  data->cancellable = g_cancellable_new ();
  data->toast = adw_toast_new (_ ("Summarising earlier messages…"));
  adw_toast_set_timeout (data->toast, 0);
  adw_toast_set_button_label (data->toast, _ ("_Cancel"));
  g_signal_connect_object (data->toast, "button-clicked", G_CALLBACK (cancel_cb), data->cancellable,
                           0);
  rnl_window_add_toast (self, g_object_ref (data->toast));
  rnl_conversation_summarise_async (self->conversation, data->cancellable, summarised_cb, data);
}

/* rnl-window-archive.c: chats into files, and from files
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "rnl-archive-export.h"
#include "rnl-compat.h"
#include "rnl-message-enums.h"
#include "rnl-window-private.h"

#define MAX_NAME 60

/* What goes on while a toast tells how far it is; closing the toast ends it. */
typedef struct
{
  RnlWindow *window;
  RnlLibrary *library;
  AdwToast *toast;
  GCancellable *cancellable;
  const char *words; /* before how far it is */

  /* exports */
  GStrv chat_ids;
  RnlArchiveFormat format;
} Transfer;

static Transfer *
transfer_new (RnlWindow *window)
{
  Transfer *self = g_new0 (Transfer, 1);

  self->window = g_object_ref (window);
  self->library = g_object_ref (rnl_workspace_get_library (window->workspace));
  self->cancellable = g_cancellable_new ();

  return self;
}

static void
transfer_free (Transfer *self)
{
  if (self->toast != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->toast, self->cancellable);
      adw_toast_dismiss (self->toast);
      g_object_unref (self->toast);
    }
  g_object_unref (self->window);
  g_object_unref (self->library);
  g_object_unref (self->cancellable);
  g_strfreev (self->chat_ids);
  g_free (self);
}

static void
say (RnlWindow *window, const char *text)
{
  rnl_window_add_toast (window, adw_toast_new (text));
}

static void
say_failure (RnlWindow *window, const char *what, const GError *error)
{
  g_autofree char *text = NULL;
  g_autofree char *escaped = g_markup_escape_text (error->message, -1);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  text = g_strdup_printf ("%s: %s", what, escaped);
  say (window, text);
}

/* Short work is over before anybody is told of it. */
static void
progress_cb (guint64 done, guint64 total, gpointer user_data)
{
  Transfer *self = user_data;
  g_autofree char *title = NULL;

  if (total == 0)
    return;
  title = g_strdup_printf ("%s %u %%", self->words, (guint) (MIN (done, total) * 100 / total));
  if (self->toast != NULL)
    {
      adw_toast_set_title (self->toast, title);
      return;
    }
  self->toast = g_object_ref (adw_toast_new (title));
  adw_toast_set_timeout (self->toast, 0);
  g_signal_connect_swapped (self->toast, "dismissed", G_CALLBACK (g_cancellable_cancel),
                            self->cancellable);
  rnl_window_add_toast (self->window, g_object_ref (self->toast));
}

/* Out. */

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Transfer *self = user_data;
  g_autoptr (GError) error = NULL;

  if (rnl_archive_export_finish (RNL_LIBRARY (source), result, &error))
    say (self->window, _ ("Exported"));
  else
    say_failure (self->window, _ ("The export failed"), error);
  transfer_free (self);
}

static void
replaced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Transfer *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileOutputStream) stream = g_file_replace_finish (G_FILE (source), result, &error);

  if (stream == NULL)
    {
      say_failure (self->window, _ ("The export failed"), error);
      transfer_free (self);
      return;
    }
  rnl_archive_export_async (self->library, (const char *const *) self->chat_ids, self->format,
                            G_OUTPUT_STREAM (stream), progress_cb, self, self->cancellable,
                            exported_cb, self);
}

static void
save_chosen_cb (GFile *file, gpointer user_data)
{
  Transfer *self = user_data;

  if (file == NULL)
    transfer_free (self);
  else
    g_file_replace_async (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, G_PRIORITY_DEFAULT,
                          self->cancellable, replaced_cb, self);
}

/* Returns: (transfer full): a file name that says what is in it */
static char *
dup_file_name (const char *title, RnlArchiveFormat format)
{
  g_autofree char *start = g_utf8_substring (title, 0, MIN (g_utf8_strlen (title, -1), MAX_NAME));

  g_strdelimit (start, "/\\:*?\"<>|\n\r\t", ' ');
  g_strstrip (start);

  return g_strdup_printf ("%s.%s", *start != '\0' ? start : "Runnel",
                          rnl_archive_format_get_suffix (format));
}

/* IDS: nullable: all; TITLE: nullable, the chat's when it is one. */
static void
begin_export (RnlWindow *window, const char *const *ids, const char *title, const char *format)
{
  Transfer *self = transfer_new (window);
  g_autofree char *name = NULL;
  int value = RNL_ARCHIVE_MARKDOWN;

  rnl_enum_from_nick (RNL_TYPE_ARCHIVE_FORMAT, format, &value);
  self->format = (RnlArchiveFormat) value;
  self->words = _ ("Exporting…");
  self->chat_ids = g_strdupv ((char **) ids);
  name = dup_file_name (title != NULL ? title : _ ("Chats"), self->format);
  rnl_compat_save_file (GTK_WINDOW (window), _ ("Export chats"), name, save_chosen_cb, self);
}

static void
export_one (RnlWindow *self, RnlChat *chat, const char *format)
{
  const char *const ids[] = { rnl_chat_get_id (chat), NULL };

  begin_export (self, ids, rnl_chat_get_title (chat), format);
}

static void
export_chat_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlWindow *self = RNL_WINDOW (widget);
  const char *id, *format;
  RnlChat *chat;

  g_variant_get (parameter, "(&s&s)", &id, &format);
  chat = rnl_library_find_chat (rnl_workspace_get_library (self->workspace), id);
  if (chat != NULL)
    export_one (self, chat, format);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlWindow *self = RNL_WINDOW (widget);

  export_one (self, rnl_conversation_get_chat (self->conversation),
              g_variant_get_string (parameter, NULL));
}

static void
export_chats_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree const char **ids = NULL;
  const char *format;

  g_variant_get (parameter, "(^a&s&s)", &ids, &format);
  if (ids[0] != NULL)
    begin_export (RNL_WINDOW (widget), ids, NULL, format);
}

static void
export_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  begin_export (RNL_WINDOW (widget), NULL, NULL, g_variant_get_string (parameter, NULL));
}

/* In. */

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Transfer *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint n_added = 0, n_known = 0;

  if (!rnl_archive_import_finish (RNL_LIBRARY (source), result, &n_added, &n_known, &error))
    {
      say_failure (self->window, _ ("Nothing was imported"), error);
    }
  else
    {
      text = g_strdup_printf (g_dngettext (NULL, "%u chat imported", "%u chats imported", n_added),
                              n_added);
      say (self->window, text);
    }
  transfer_free (self);
}

static void
open_chosen_cb (GFile *file, gpointer user_data)
{
  Transfer *self = user_data;

  if (file == NULL)
    transfer_free (self);
  else
    rnl_archive_import_async (self->library, file, progress_cb, self, self->cancellable,
                              imported_cb, self);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  Transfer *self = transfer_new (RNL_WINDOW (widget));

  self->words = _ ("Importing…");
  rnl_compat_choose_file (GTK_WINDOW (widget), _ ("Import chats of Runnel, ChatGPT or Claude"),
                          open_chosen_cb, self);
}

void
rnl_window_install_archive_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "win.export-chat", "(ss)", export_chat_action);
  gtk_widget_class_install_action (widget_class, "win.export-chats", "(ass)", export_chats_action);
  gtk_widget_class_install_action (widget_class, "win.export", "s", export_action);
  gtk_widget_class_install_action (widget_class, "win.export-all", "s", export_all_action);
}

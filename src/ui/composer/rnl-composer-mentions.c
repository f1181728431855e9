/* rnl-composer-mentions.c: what an at sign offers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-composer-private.h"

#include <glib/gi18n.h>

#include "rnl-draft-file.h"

#define MAX_CHATS  500
#define MAX_FILES  2000
#define MAX_DEPTH  4
#define DRAFT_DATA "rnl-draft"

/* Files of the folders that are open to tools. */

static void
scan (GFile *folder, guint depth, GPtrArray *files, GCancellable *cancellable)
{
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
    folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
    G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, NULL);
  GFileInfo *info;
  GFile *child;

  while (children != NULL && files->len < MAX_FILES
         && g_file_enumerator_iterate (children, &info, &child, cancellable, NULL) && info != NULL)
    {
      GFileType type = g_file_info_get_file_type (info);

      if (g_file_info_get_name (info)[0] == '.')
        continue;
      if (type == G_FILE_TYPE_REGULAR)
        g_ptr_array_add (files, g_object_ref (child));
      else if (type == G_FILE_TYPE_DIRECTORY && depth > 0)
        scan (child, depth - 1, files, cancellable);
    }
}

static void
scan_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GStrv folders = task_data;
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; folders[i] != NULL; i++)
    {
      g_autoptr (GFile) folder = g_file_new_for_path (folders[i]);

      scan (folder, MAX_DEPTH, files, cancellable);
    }
  g_task_return_pointer (task, files, (GDestroyNotify) g_ptr_array_unref);
}

static void
scanned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GListStore) suggestions = user_data;
  g_autoptr (GPtrArray) files = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      g_autofree char *path = g_file_get_path (files->pdata[i]);
      g_autofree char *name = g_filename_display_basename (path);
      g_autofree char *folder = g_path_get_dirname (path);
      g_autofree char *shown = g_filename_display_name (folder);

      g_ptr_array_add (
        found, rnl_suggestion_new_object (name, shown, "text-x-generic-symbolic", files->pdata[i]));
    }
  if (found->len > 0)
    g_list_store_splice (suggestions, g_list_model_get_n_items (G_LIST_MODEL (suggestions)), 0,
                         found->pdata, found->len);
}

static void
scan_folders (RnlComposer *self, GListStore *suggestions)
{
  GSettings *settings = rnl_workspace_get_settings (self->workspace);
  g_autoptr (GTask) task = NULL;

  self->suggesting_files = g_cancellable_new ();
  task = g_task_new (NULL, self->suggesting_files, scanned_cb, g_object_ref (suggestions));
  g_task_set_source_tag (task, scan_folders);
  g_task_set_task_data (task, g_settings_get_strv (settings, "folders"),
                        (GDestroyNotify) g_strfreev);
  g_task_run_in_thread (task, scan_thread);
}

/* A file from anywhere, the chats, the files that tools may read. */
void
rnl_composer_add_mentions (RnlComposer *self, GListStore *suggestions)
{
  GListModel *chats = rnl_library_list_chats (rnl_workspace_get_library (self->workspace));
  g_autoptr (RnlSuggestion) choose = rnl_suggestion_new_action (
    _ ("Attach files"), "mail-attachment-symbolic", "composer.attach", NULL);

  g_list_store_append (suggestions, choose);
  for (guint i = 0; i < MIN (g_list_model_get_n_items (chats), MAX_CHATS); i++)
    {
      g_autoptr (RnlChat) chat = g_list_model_get_item (chats, i);
      const char *title = rnl_chat_get_title (chat);
      g_autoptr (RnlSuggestion) suggestion = NULL;

      if (title == NULL || *title == '\0')
        continue;
      suggestion = rnl_suggestion_new_object (title, _ ("Chat"), "user-available-symbolic", chat);
      g_list_store_append (suggestions, suggestion);
    }
  scan_folders (self, suggestions);
}

/* In the text. */

/* Writes NAME as one piece that stands for DRAFT. */
static void
insert_reference (RnlComposer *self, const char *name, RnlDraftFile *draft)
{
  g_autofree char *text = g_strconcat ("@", name, NULL);
  GtkTextTag *tag
    = gtk_text_buffer_create_tag (self->buffer, NULL, "underline", PANGO_UNDERLINE_SINGLE, NULL);
  GtkTextIter iter;

  g_object_set_data_full (G_OBJECT (tag), DRAFT_DATA, g_object_ref (draft), g_object_unref);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, gtk_text_buffer_get_insert (self->buffer));
  gtk_text_buffer_insert_with_tags (self->buffer, &iter, text, -1, tag, NULL);
  gtk_text_buffer_insert (self->buffer, &iter, " ", 1);
}

/* Refers to a file or a chat, which goes along. */
void
rnl_composer_mention (RnlComposer *self, gpointer object)
{
  RnlLibrary *library = rnl_workspace_get_library (self->workspace);
  g_autoptr (RnlDraftFile) draft = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  if (RNL_IS_CHAT (object))
    {
      draft = rnl_draft_file_new_for_chat (library, object);
      name = g_strdup (rnl_chat_get_title (object));
    }
  else
    {
      draft = rnl_draft_file_new_for_file (object);
      base = g_file_get_basename (object);
      name = g_filename_display_name (base);
    }
  if (rnl_composer_add_draft (self, draft))
    insert_reference (self, name, draft);
}

static GtkTextTag *
find_reference (GSList *tags)
{
  for (GSList *link = tags; link != NULL; link = link->next)
    if (g_object_get_data (link->data, DRAFT_DATA) != NULL)
      return link->data;

  return NULL;
}

/* Whether it stands in a reference; what is marked in other ways does not matter. */
gboolean
rnl_composer_is_mention (const GtkTextIter *iter)
{
  g_autoptr (GSList) tags = gtk_text_iter_get_tags (iter);

  return find_reference (tags) != NULL;
}

static void
remove_draft (RnlComposer *self, RnlDraftFile *draft)
{
  guint position;

  if (g_list_store_find (self->files, draft, &position))
    g_list_store_remove (self->files, position);
}

/* Backspace takes a reference away whole, with what went along; where there is no text before it,
 * the last file.
 *
 * Returns: whether there was one */
gboolean
rnl_composer_remove_mention (RnlComposer *self)
{
  guint n_files = g_list_model_get_n_items (G_LIST_MODEL (self->files));
  g_autoptr (GSList) ended = NULL;
  GtkTextIter start, end;
  GtkTextTag *tag;

  if (gtk_text_buffer_get_has_selection (self->buffer))
    return FALSE;
  gtk_text_buffer_get_iter_at_mark (self->buffer, &end, gtk_text_buffer_get_insert (self->buffer));
  if (gtk_text_iter_is_start (&end) && n_files > 0)
    {
      g_list_store_remove (self->files, n_files - 1);
      return TRUE;
    }
  ended = gtk_text_iter_get_toggled_tags (&end, FALSE);
  tag = find_reference (ended);
  if (tag == NULL)
    return FALSE;

  start = end;
  gtk_text_iter_backward_to_tag_toggle (&start, tag);
  remove_draft (self, g_object_get_data (G_OBJECT (tag), DRAFT_DATA));
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_tag_table_remove (gtk_text_buffer_get_tag_table (self->buffer), tag);

  return TRUE;
}

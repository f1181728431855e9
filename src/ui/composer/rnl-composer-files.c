/* rnl-composer-files.c: what goes along with the text of a message
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-composer-private.h"

#include <glib/gi18n.h>

#include "rnl-attachment.h"
#include "rnl-compat.h"

static RnlDraftFile *
get_draft (RnlComposer *self, guint position)
{
  g_autoptr (RnlDraftFile) draft = g_list_model_get_item (G_LIST_MODEL (self->files), position);

  return draft;
}

static guint
get_n_drafts (RnlComposer *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->files));
}

gboolean
rnl_composer_has_parts (RnlComposer *self)
{
  for (guint i = 0; i < get_n_drafts (self); i++)
    if (rnl_draft_file_get_part (get_draft (self, i)) != NULL)
      return TRUE;

  return FALSE;
}

gboolean
rnl_composer_is_loading (RnlComposer *self)
{
  for (guint i = 0; i < get_n_drafts (self); i++)
    if (rnl_draft_file_get_loading (get_draft (self, i)))
      return TRUE;

  return FALSE;
}

/* What could not be read stays and says so: it was not sent. */
void
rnl_composer_move_parts (RnlComposer *self, RnlMessage *message)
{
  for (guint i = 0; i < get_n_drafts (self);)
    {
      RnlPart *part = rnl_draft_file_get_part (get_draft (self, i));

      if (part == NULL)
        {
          i++;
          continue;
        }
      rnl_message_add_part (message, part);
      g_list_store_remove (self->files, i);
    }
}

static void
add_draft (RnlComposer *self, RnlDraftFile *draft)
{
  g_signal_connect_object (draft, "notify::loading", G_CALLBACK (rnl_composer_update_actions), self,
                           G_CONNECT_SWAPPED);
  g_list_store_append (self->files, draft);
  rnl_composer_update_actions (self);
}

static gboolean
may_add (RnlComposer *self)
{
  g_autofree char *text = NULL;

  if (get_n_drafts (self) < RNL_ATTACHMENT_MAX_NUMBER)
    return TRUE;

  text = g_strdup_printf (ngettext ("A message can have %d file", "A message can have %d files",
                                    RNL_ATTACHMENT_MAX_NUMBER),
                          RNL_ATTACHMENT_MAX_NUMBER);
  g_signal_emit_by_name (self, "problem", text);

  return FALSE;
}

/* Returns: whether there was room for it */
gboolean
rnl_composer_add_draft (RnlComposer *self, RnlDraftFile *draft)
{
  if (!may_add (self))
    return FALSE;
  add_draft (self, draft);

  return TRUE;
}

/**
 * rnl_composer_attach_texture:
 * @self: a composer
 * @texture: pixels in memory
 *
 * Adds a picture to the next message.
 */
void
rnl_composer_attach_texture (RnlComposer *self, GdkTexture *texture)
{
  g_autoptr (RnlDraftFile) draft = NULL;

  g_return_if_fail (RNL_IS_COMPOSER (self));

  draft = rnl_draft_file_new_for_texture (texture);
  rnl_composer_add_draft (self, draft);
}

/**
 * rnl_composer_attach_file:
 * @self: a composer
 * @file: a file; the address of a page is written into the text instead
 *
 * Adds a file to the next message.
 */
void
rnl_composer_attach_file (RnlComposer *self, GFile *file)
{
  g_autoptr (RnlDraftFile) draft = NULL;

  g_return_if_fail (RNL_IS_COMPOSER (self));

  if (g_file_has_uri_scheme (file, "http") || g_file_has_uri_scheme (file, "https"))
    {
      g_autofree char *uri = g_file_get_uri (file);

      gtk_text_buffer_insert_at_cursor (self->buffer, uri, -1);
      return;
    }
  draft = rnl_draft_file_new_for_file (file);
  rnl_composer_add_draft (self, draft);
}

/**
 * rnl_composer_attach_value:
 * @self: a composer
 * @value: what was pasted or dropped: a `GdkFileList`, a `GdkTexture`
 *
 * Returns: whether it is something that can be attached
 */
gboolean
rnl_composer_attach_value (RnlComposer *self, const GValue *value)
{
  g_return_val_if_fail (RNL_IS_COMPOSER (self), FALSE);

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

      for (GSList *link = files; link != NULL; link = link->next)
        rnl_composer_attach_file (self, link->data);
      return files != NULL;
    }
  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    {
      rnl_composer_attach_texture (self, g_value_get_object (value));
      return TRUE;
    }

  return FALSE;
}

/**
 * rnl_composer_set_parts:
 * @self: a composer
 * @message: (nullable): a message whose files shall be those of the next one, `NULL` for none
 */
void
rnl_composer_set_parts (RnlComposer *self, RnlMessage *message)
{
  g_return_if_fail (RNL_IS_COMPOSER (self));

  g_list_store_remove_all (self->files);
  for (guint i = 0; message != NULL && i < rnl_message_get_n_parts (message); i++)
    if (rnl_part_get_part_type (rnl_message_get_part (message, i)) == RNL_PART_FILE)
      {
        g_autoptr (RnlDraftFile) draft
          = rnl_draft_file_new_for_part (rnl_message_get_part (message, i));

        add_draft (self, draft);
      }
}

/**
 * rnl_composer_get_files:
 * @self: a composer
 *
 * Returns: (transfer none): the [class@DraftFile]s of the next message
 */
GListStore *
rnl_composer_get_files (RnlComposer *self)
{
  g_return_val_if_fail (RNL_IS_COMPOSER (self), NULL);

  return self->files;
}

/**
 * rnl_composer_set_files:
 * @self: a composer
 * @files: (nullable): drafts of another message, kept elsewhere; `NULL` for a new list. They may
 *   still be being read
 */
void
rnl_composer_set_files (RnlComposer *self, GListStore *files)
{
  g_autoptr (GListStore) fresh = NULL;

  g_return_if_fail (RNL_IS_COMPOSER (self));

  if (files == NULL)
    files = fresh = g_list_store_new (RNL_TYPE_DRAFT_FILE);
  if (self->files != NULL)
    g_signal_handlers_disconnect_by_data (self->files, self);
  g_set_object (&self->files, files);
  g_signal_connect_swapped (files, "items-changed", G_CALLBACK (rnl_composer_update_actions), self);
  rnl_attachment_tray_set_files (self->tray, files);
  rnl_composer_update_actions (self);
}

/* Choosing. */

static void
chosen_cb (GListModel *files, gpointer user_data)
{
  g_autoptr (RnlComposer) self = user_data;

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      rnl_composer_attach_file (self, file);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
rnl_composer_choose_files (RnlComposer *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  rnl_compat_choose_files (GTK_WINDOW (root), _ ("Attach Files"), chosen_cb, g_object_ref (self));
}

/* Pasting. */

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlComposer) self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);

  if (value != NULL)
    rnl_composer_attach_value (self, value);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit_by_name (self, "problem", _ ("This cannot be pasted"));
}

/* Files come with their names as text, tables with a picture of themselves. */
static GType
choose_type (GdkClipboard *clipboard)
{
  g_autoptr (GdkContentFormats) formats = gdk_content_formats_union_deserialize_gtypes (
    gdk_content_formats_ref (gdk_clipboard_get_formats (clipboard)));

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    return GDK_TYPE_FILE_LIST;
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE)
      && !gdk_content_formats_contain_gtype (formats, G_TYPE_STRING))
    return GDK_TYPE_TEXTURE;

  return G_TYPE_INVALID;
}

/* Before the text view pastes. */
void
rnl_composer_paste_cb (RnlComposer *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GType type = choose_type (clipboard);

  if (type == G_TYPE_INVALID)
    return;

  g_signal_stop_emission_by_name (self->text_view, "paste-clipboard");
  gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, self->pasting, pasted_cb,
                                  g_object_ref (self));
}

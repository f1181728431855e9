/* rnl-prompts-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-prompts-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-compat-accessible.h"
#include "rnl-compat.h"
#include "rnl-prompt-window.h"
#include "rnl-text.h"
#include "rnl-toasts.h"

#define LINE_CHARS  120
#define PROMPT_DATA "rnl-prompt"

/**
 * RnlPromptsPage:
 *
 * Every prompt with buttons to edit and delete it, the latter with Undo; adding, exporting and
 * importing.
 */
struct _RnlPromptsPage
{
  AdwPreferencesPage parent_instance;

  /* owned */
  RnlWorkspace *workspace;
  RnlPromptList *prompts; /* of the workspace */

  /* children */
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RnlPromptsPage, rnl_prompts_page, ADW_TYPE_PREFERENCES_PAGE)

static void
open_form (RnlPromptsPage *self, RnlPrompt *prompt)
{
  GtkWidget *window = rnl_prompt_window_new (self->workspace, prompt);

  gtk_window_set_transient_for (GTK_WINDOW (window),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (GTK_WINDOW (window));
}

static void
add_cb (RnlPromptsPage *self)
{
  open_form (self, NULL);
}

static void
edit_cb (GtkWidget *button, RnlPromptsPage *self)
{
  open_form (self, g_object_get_data (G_OBJECT (button), PROMPT_DATA));
}

/* Deleting, with Undo instead of a question. */

typedef struct
{
  RnlPromptList *prompts;
  RnlPrompt *prompt;
  guint position;
} Deleted;

static void
deleted_free (gpointer data, GClosure *closure)
{
  Deleted *deleted = data;

  g_object_unref (deleted->prompts);
  g_object_unref (deleted->prompt);
  g_free (deleted);
}

static void
undo_cb (AdwToast *toast, Deleted *deleted)
{
  rnl_prompt_list_insert (deleted->prompts, deleted->position, deleted->prompt);
}

static void
delete_cb (GtkWidget *button, RnlPromptsPage *self)
{
  g_autoptr (RnlPrompt) prompt = g_object_ref (g_object_get_data (G_OBJECT (button), PROMPT_DATA));
  g_autofree char *title = g_markup_escape_text (rnl_prompt_get_name (prompt), -1);
  g_autofree char *text = g_strdup_printf (_ ("“%s” deleted"), title);
  AdwToast *toast = adw_toast_new (text);
  Deleted *deleted = g_new0 (Deleted, 1);

  deleted->prompts = g_object_ref (self->prompts);
  deleted->prompt = g_object_ref (prompt);
  rnl_prompt_list_remove (self->prompts, prompt, &deleted->position);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), deleted, deleted_free, 0);
  rnl_toasts_add (GTK_WIDGET (self), toast);
}

/* The list. */

/* LABEL says of which prompt the button is, which is seen otherwise. */
static GtkWidget *
new_button (RnlPromptsPage *self,
            RnlPrompt *prompt,
            const char *icon,
            const char *name,
            const char *label,
            GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  rnl_compat_set_name (button, label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), PROMPT_DATA, g_object_ref (prompt), g_object_unref);
  g_signal_connect_object (button, "clicked", callback, self, 0);

  return button;
}

static void
update (RnlPromptsPage *self)
{
  GtkListBoxRow *old;

  while ((old = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (old));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->prompts)); i++)
    {
      g_autoptr (RnlPrompt) prompt = g_list_model_get_item (G_LIST_MODEL (self->prompts), i);
      g_autofree char *line = rnl_text_first_line (rnl_prompt_get_text (prompt), LINE_CHARS);
      /* Translators: %s is the name of a prompt */
      g_autofree char *edit = g_strdup_printf (_ ("Edit “%s”"), rnl_prompt_get_name (prompt));
      /* Translators: %s is the name of a prompt */
      g_autofree char *remove = g_strdup_printf (_ ("Delete “%s”"), rnl_prompt_get_name (prompt));
      AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rnl_prompt_get_name (prompt));
      adw_action_row_set_subtitle (row, line);
      adw_action_row_set_subtitle_lines (row, 1);
      adw_action_row_add_suffix (row, new_button (self, prompt, "document-edit-symbolic",
                                                  _ ("Edit"), edit, G_CALLBACK (edit_cb)));
      adw_action_row_add_suffix (row, new_button (self, prompt, "user-trash-symbolic", _ ("Delete"),
                                                  remove, G_CALLBACK (delete_cb)));
      gtk_list_box_append (self->list, GTK_WIDGET (row));
    }
}

static void
write_failed_cb (RnlPromptsPage *self, const GError *error)
{
  g_autofree char *text = g_strdup_printf (_ ("The prompts are not saved: %s"), error->message);

  rnl_toasts_add_text (GTK_WIDGET (self), text);
}

/* Files. */

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlPromptsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  g_autofree char *text = NULL;
  guint n = 0;

  if (bytes == NULL || !rnl_prompt_list_add_json (self->prompts, bytes, &n, &error))
    text = g_strdup_printf ("%s: %s", _ ("Nothing was imported"), error->message);
  else
    text = g_strdup_printf (ngettext ("%u prompt imported", "%u prompts imported", n), n);
  rnl_toasts_add_text (GTK_WIDGET (self), text);
}

static void
import_chosen_cb (GFile *file, gpointer user_data)
{
  g_autoptr (RnlPromptsPage) self = user_data;

  if (file != NULL)
    g_file_load_bytes_async (file, NULL, imported_cb, g_object_ref (self));
}

static void
import_cb (RnlPromptsPage *self)
{
  rnl_compat_choose_file (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                          _ ("Import prompts"), import_chosen_cb, g_object_ref (self));
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlPromptsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    text = g_strdup_printf ("%s: %s", _ ("The export failed"), error->message);
  rnl_toasts_add_text (GTK_WIDGET (self), text != NULL ? text : _ ("Exported"));
}

static void
export_chosen_cb (GFile *file, gpointer user_data)
{
  g_autoptr (RnlPromptsPage) self = user_data;
  g_autoptr (GBytes) bytes = NULL;
  char *json;

  if (file == NULL)
    return;
  json = rnl_prompt_list_to_json (self->prompts);
  bytes = g_bytes_new_take (json, strlen (json));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                       exported_cb, g_object_ref (self));
}

static void
export_cb (RnlPromptsPage *self)
{
  rnl_compat_save_file (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Export prompts"),
                        "prompts.json", export_chosen_cb, g_object_ref (self));
}

static void
rnl_prompts_page_dispose (GObject *object)
{
  RnlPromptsPage *self = RNL_PROMPTS_PAGE (object);

  g_clear_object (&self->prompts);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (rnl_prompts_page_parent_class)->dispose (object);
}

static void
rnl_prompts_page_class_init (RnlPromptsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_prompts_page_dispose;
}

static void
append_button (RnlPromptsPage *self, GtkWidget *box, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  rnl_compat_name_buttons (button);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
}

static void
rnl_prompts_page_init (RnlPromptsPage *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  AdwPreferencesGroup *files = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (self), _ ("Prompts"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (self), "user-bookmarks-symbolic");
  adw_preferences_group_set_title (group, _ ("Prompts"));
  adw_preferences_group_set_description (
    group, _ ("Type / in an empty composer to use one. Tab goes from slot to slot."));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Prompts"), -1);
  adw_preferences_group_add (group, GTK_WIDGET (self->list));
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  append_button (self, buttons, _ ("_Add…"), G_CALLBACK (add_cb));
  append_button (self, buttons, _ ("_Import…"), G_CALLBACK (import_cb));
  append_button (self, buttons, _ ("_Export…"), G_CALLBACK (export_cb));
  adw_preferences_group_add (files, buttons);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), group);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), files);
}

/**
 * rnl_prompts_page_set_workspace:
 * @self: a page
 * @workspace: whose prompts are changed here
 */
void
rnl_prompts_page_set_workspace (RnlPromptsPage *self, RnlWorkspace *workspace)
{
  g_return_if_fail (RNL_IS_PROMPTS_PAGE (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  self->prompts = g_object_ref (rnl_workspace_get_prompts (workspace));
  g_signal_connect_object (self->prompts, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->prompts, "write-failed", G_CALLBACK (write_failed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

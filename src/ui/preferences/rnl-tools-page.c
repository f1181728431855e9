/* rnl-tools-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-tools-page.h"

#include <glib/gi18n.h>

#include "rnl-compat-accessible.h"
#include "rnl-compat.h"

/**
 * RnlToolsPage:
 *
 * The folders that tools may read, and every tool with a switch.
 */
struct _RnlToolsPage
{
  AdwPreferencesPage parent_instance;

  /* owned */
  RnlWorkspace *workspace;

  /* borrowed */
  GtkListBox *folders;
  AdwPreferencesGroup *tools;
  AdwPreferencesGroup *network;
};

G_DEFINE_FINAL_TYPE (RnlToolsPage, rnl_tools_page, ADW_TYPE_PREFERENCES_PAGE)

static GSettings *
get_settings (RnlToolsPage *self)
{
  return rnl_workspace_get_settings (self->workspace);
}

/* Adds or removes one string of a list in the settings. */
static void
change_list (RnlToolsPage *self, const char *key, const char *value, gboolean present)
{
  g_auto (GStrv) old = g_settings_get_strv (get_settings (self), key);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (gsize i = 0; old[i] != NULL; i++)
    if (!g_str_equal (old[i], value))
      g_strv_builder_add (builder, old[i]);
  if (present)
    g_strv_builder_add (builder, value);
  list = g_strv_builder_end (builder);
  g_settings_set_strv (get_settings (self), key, (const char *const *) list);
}

/* Folders. */

static void
remove_folder_cb (GtkButton *button, RnlToolsPage *self)
{
  change_list (self, "folders", g_object_get_data (G_OBJECT (button), "rnl-folder"), FALSE);
}

static void
add_folder_row (RnlToolsPage *self, const char *path)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *shown = g_filename_display_name (path);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), shown);
  gtk_widget_set_tooltip_text (remove, _ ("Close this folder to tools"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Close this folder to tools"), -1);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  g_object_set_data_full (G_OBJECT (remove), "rnl-folder", g_strdup (path), g_free);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_folder_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  gtk_list_box_append (self->folders, row);
}

static void
update_folders (RnlToolsPage *self)
{
  g_auto (GStrv) folders = g_settings_get_strv (get_settings (self), "folders");
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->folders, 0)) != NULL)
    gtk_list_box_remove (self->folders, GTK_WIDGET (row));
  for (gsize i = 0; folders[i] != NULL; i++)
    add_folder_row (self, folders[i]);
}

static void
folder_chosen_cb (GFile *file, gpointer user_data)
{
  g_autoptr (RnlToolsPage) self = user_data;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    change_list (self, "folders", path, TRUE);
}

static void
add_folder_cb (RnlToolsPage *self)
{
  rnl_compat_choose_folder (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                            _ ("Open a folder to tools"), folder_chosen_cb, g_object_ref (self));
}

/* Tools. */

static void
tool_switched_cb (GtkSwitch *toggle, GParamSpec *pspec, RnlToolsPage *self)
{
  const char *name = g_object_get_data (G_OBJECT (toggle), "rnl-tool");

  change_list (self, "tools-disabled", name, !gtk_switch_get_active (toggle));
}

/* An everlasting yes, and the way to take it back. */
static void
ask_again_cb (GtkButton *button, RnlToolsPage *self)
{
  const char *name = g_object_get_data (G_OBJECT (button), "rnl-tool");

  rnl_tool_registry_set_always_allowed (rnl_workspace_get_tools (self->workspace), name, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (button), FALSE);
}

static void
add_ask_again (RnlToolsPage *self, GtkWidget *row, const char *name)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Ask Again"));

  gtk_widget_set_tooltip_text (button, _ ("This tool is always allowed"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "rnl-tool", g_strdup (name), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (ask_again_cb), self, 0);
  gtk_widget_set_visible (
    button, rnl_tool_registry_get_always_allowed (rnl_workspace_get_tools (self->workspace), name));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_tool_row (RnlToolsPage *self, RnlTool *tool)
{
  RnlToolSpec *spec = rnl_tool_get_spec (tool);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();
  const char *description = g_dpgettext2 (NULL, "tool", spec->description);
  g_autofree char *asks = g_strdup_printf (_ ("%s Asks before it runs."), description);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 g_dpgettext2 (NULL, "tool", spec->title));
  adw_action_row_set_subtitle (
    ADW_ACTION_ROW (row), rnl_tool_get_permission (tool) == RNL_TOOL_ASKS ? asks : description);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), rnl_tool_get_icon_name (tool));
  gtk_switch_set_active (
    GTK_SWITCH (toggle),
    rnl_tool_registry_get_enabled (rnl_workspace_get_tools (self->workspace), spec->name));
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (toggle), "rnl-tool", g_strdup (spec->name), g_free);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (tool_switched_cb), self, 0);
  add_ask_again (self, row, spec->name);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  adw_preferences_group_add (self->tools, row);
}

static void
rnl_tools_page_dispose (GObject *object)
{
  g_clear_object (&RNL_TOOLS_PAGE (object)->workspace);

  G_OBJECT_CLASS (rnl_tools_page_parent_class)->dispose (object);
}

static void
rnl_tools_page_class_init (RnlToolsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_tools_page_dispose;
}

static AdwPreferencesGroup *
add_group (RnlToolsPage *self, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (group));

  return ADW_PREFERENCES_GROUP (group);
}

static void
rnl_tools_page_init (RnlToolsPage *self)
{
  AdwPreferencesGroup *folders;
  GtkWidget *add = gtk_button_new_with_mnemonic (_ ("_Open a folder…"));
  GtkWidget *placeholder = gtk_label_new (_ ("No folder is open to tools"));

  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (self), _ ("Tools"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (self),
                                      "applications-engineering-symbolic");

  folders = add_group (self, _ ("Folders"),
                       _ ("Tools can list, read and search these folders, and nothing else."));
  gtk_widget_add_css_class (add, "flat");
  rnl_compat_name_buttons (add);
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_folder_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (folders, add);
  self->folders = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->folders, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->folders), "boxed-list");
  gtk_widget_set_margin_top (placeholder, 12);
  gtk_widget_set_margin_bottom (placeholder, 12);
  gtk_widget_add_css_class (placeholder, "dim-label");
  gtk_list_box_set_placeholder (self->folders, placeholder);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->folders), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Folders"), -1);
  adw_preferences_group_add (folders, GTK_WIDGET (self->folders));

  self->network = add_group (self, _ ("Network"), NULL);
  self->tools = add_group (self, _ ("Tools"), _ ("What a model may use in a chat."));
}

static void
add_network_row (RnlToolsPage *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Allow private addresses"));
  adw_action_row_set_subtitle (
    ADW_ACTION_ROW (row), _ ("Lets tools fetch pages from this computer and the local network"));
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_settings_bind (get_settings (self), "allow-private-network", toggle, "active",
                   G_SETTINGS_BIND_DEFAULT);
  adw_preferences_group_add (self->network, row);
}

/**
 * rnl_tools_page_set_workspace:
 * @self: a page
 * @workspace: whose tools
 */
void
rnl_tools_page_set_workspace (RnlToolsPage *self, RnlWorkspace *workspace)
{
  GListModel *tools;

  g_return_if_fail (RNL_IS_TOOLS_PAGE (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (get_settings (self), "changed::folders", G_CALLBACK (update_folders),
                           self, G_CONNECT_SWAPPED);
  update_folders (self);
  add_network_row (self);
  tools = G_LIST_MODEL (rnl_workspace_get_tools (workspace));
  for (guint i = 0; i < g_list_model_get_n_items (tools); i++)
    {
      g_autoptr (RnlTool) tool = g_list_model_get_item (tools, i);

      add_tool_row (self, tool);
    }
}

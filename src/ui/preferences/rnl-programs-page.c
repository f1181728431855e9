/* rnl-programs-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-programs-page.h"

#include <glib/gi18n.h>

#include "rnl-compat-accessible.h"
#include "rnl-grant-list.h"

/**
 * RnlProgramsPage:
 *
 * Whether other programs may ask the agent, and those that may without the person being asked.
 */
struct _RnlProgramsPage
{
  AdwPreferencesPage parent_instance;

  /* owned */
  RnlGrantList *grants;

  /* borrowed */
  GtkWidget *allowed_switch;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RnlProgramsPage, rnl_programs_page, ADW_TYPE_PREFERENCES_PAGE)

static void
rnl_programs_page_dispose (GObject *object)
{
  RnlProgramsPage *self = RNL_PROGRAMS_PAGE (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->grants);

  G_OBJECT_CLASS (rnl_programs_page_parent_class)->dispose (object);
}

static void
rnl_programs_page_class_init (RnlProgramsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_programs_page_dispose;
}

/* Grants. */

static void
revoke_clicked_cb (GtkButton *button, RnlProgramsPage *self)
{
  rnl_grant_list_revoke (self->grants, g_object_get_data (G_OBJECT (button), "rnl-grant"));
}

static char *
make_subtitle (RnlGrant *grant)
{
  const char *program = rnl_grant_get_program (grant);
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_local (rnl_grant_get_created (grant));
  g_autofree char *day = created != NULL ? g_date_time_format (created, "%x") : g_strdup ("");

  /* Translators: %s is a date */
  g_autofree char *since = g_strdup_printf (_ ("Since %s"), day);

  return *program != '\0' ? g_strconcat (since, " · ", program, NULL) : g_steal_pointer (&since);
}

static GtkWidget *
create_row_cb (gpointer item, gpointer user_data)
{
  RnlGrant *grant = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *revoke = gtk_button_new_with_mnemonic (_ ("_Revoke"));
  const char *name = rnl_grant_get_client_name (grant);
  const char *title = *name != '\0' ? name : _ ("A program without a name");
  g_autofree char *subtitle = make_subtitle (grant);
  /* Translators: %s is the name of a program */
  g_autofree char *label = g_strdup_printf (_ ("Revoke the grant of %s"), title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  rnl_compat_set_name (revoke, label);
  gtk_widget_set_valign (revoke, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (revoke), "rnl-grant", g_object_ref (grant), g_object_unref);
  g_signal_connect_object (revoke, "clicked", G_CALLBACK (revoke_clicked_cb), user_data, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), revoke);

  return row;
}

/* The page. */

static GtkWidget *
make_switch_group (RnlProgramsPage *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();

  rnl_compat_name_inside (group, GTK_TYPE_LIST_BOX, _ ("Programs"));
  self->allowed_switch = gtk_switch_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Let other programs ask the agent"));
  adw_action_row_set_subtitle (
    ADW_ACTION_ROW (row),
    _ ("You are asked before a program may. Off: none may, whatever it was granted"));
  gtk_widget_set_valign (self->allowed_switch, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->allowed_switch);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->allowed_switch);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);

  return group;
}

static GtkWidget *
make_grants_group (RnlProgramsPage *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *placeholder = gtk_label_new (_ ("No program may ask without asking you"));

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Always allowed"));
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (group),
    _ ("These programs may ask at any time. Their names are what they call themselves."));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_label_set_wrap (GTK_LABEL (placeholder), TRUE);
  gtk_label_set_justify (GTK_LABEL (placeholder), GTK_JUSTIFY_CENTER);
  gtk_widget_set_margin_top (placeholder, 12);
  gtk_widget_set_margin_bottom (placeholder, 12);
  gtk_widget_add_css_class (placeholder, "dim-label");
  gtk_list_box_set_placeholder (self->list, placeholder);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Always allowed"), -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->list));

  return group;
}

static void
rnl_programs_page_init (RnlProgramsPage *self)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (self);

  adw_preferences_page_set_title (page, _ ("Programs"));
  adw_preferences_page_set_icon_name (page, "application-x-executable-symbolic");
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (make_switch_group (self)));
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (make_grants_group (self)));
}

/**
 * rnl_programs_page_set_workspace:
 * @self: a page
 * @workspace: whose agent
 */
void
rnl_programs_page_set_workspace (RnlProgramsPage *self, RnlWorkspace *workspace)
{
  GSettings *settings = rnl_workspace_get_settings (workspace);

  g_return_if_fail (RNL_IS_PROGRAMS_PAGE (self));
  g_return_if_fail (self->grants == NULL);

  self->grants = rnl_grant_list_new (settings);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->grants), create_row_cb, self, NULL);
  g_settings_bind (settings, "programs-may-ask", self->allowed_switch, "active",
                   G_SETTINGS_BIND_DEFAULT);
}

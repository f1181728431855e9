/* rnl-preferences-window.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-preferences-window.h"

#include "rnl-accounts-page.h"
#include "rnl-compat-accessible.h"
#include "rnl-programs-page.h"
#include "rnl-prompts-page.h"
#include "rnl-spelling-row.h"
#include "rnl-title-model-row.h"
#include "rnl-toasts.h"
#include "rnl-tools-page.h"

struct _RnlPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  /* template children */
  RnlAccountsPage *accounts_page;
  RnlToolsPage *tools_page;
  RnlProgramsPage *programs_page;
  RnlPromptsPage *prompts_page;
  GtkWidget *enter_switch;
  RnlSpellingRow *spelling_row;
  GtkWidget *title_switch;
  RnlTitleModelRow *title_model_row;
  AdwComboRow *announce_row;
  GtkWidget *steps_spin;
  GtkWidget *time_spin;
};

G_DEFINE_FINAL_TYPE (RnlPreferencesWindow, rnl_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
rnl_preferences_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RNL_TYPE_PREFERENCES_WINDOW);

  G_OBJECT_CLASS (rnl_preferences_window_parent_class)->dispose (object);
}

static void
rnl_preferences_window_class_init (RnlPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_preferences_window_dispose;

  g_type_ensure (RNL_TYPE_ACCOUNTS_PAGE);
  g_type_ensure (RNL_TYPE_PROGRAMS_PAGE);
  g_type_ensure (RNL_TYPE_PROMPTS_PAGE);
  g_type_ensure (RNL_TYPE_SPELLING_ROW);
  g_type_ensure (RNL_TYPE_TITLE_MODEL_ROW);
  g_type_ensure (RNL_TYPE_TOOLS_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/ui/rnl-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlPreferencesWindow, accounts_page);
  gtk_widget_class_bind_template_child (widget_class, RnlPreferencesWindow, tools_page);
  gtk_widget_class_bind_template_child (widget_class, RnlPreferencesWindow, programs_page);
  gtk_widget_class_bind_template_child (widget_class, RnlPreferencesWindow, prompts_page);
  gtk_widget_class_bind_template_child (widget_class, RnlPreferencesWindow, enter_switch);
  gtk_widget_class_bind_template_child (widget_class, RnlPreferencesWindow, spelling_row);
  gtk_widget_class_bind_template_child (widget_class, RnlPreferencesWindow, title_switch);
  gtk_widget_class_bind_template_child (widget_class, RnlPreferencesWindow, title_model_row);
  gtk_widget_class_bind_template_child (widget_class, RnlPreferencesWindow, announce_row);
  gtk_widget_class_bind_template_child (widget_class, RnlPreferencesWindow, steps_spin);
  gtk_widget_class_bind_template_child (widget_class, RnlPreferencesWindow, time_spin);
}

/* In the order of the row. */
static const char *const announce_nicks[] = { "sentences", "end", "never", NULL };

static gboolean
nick_to_position (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *nick = g_variant_get_string (variant, NULL);

  for (guint i = 0; announce_nicks[i] != NULL; i++)
    if (g_str_equal (announce_nicks[i], nick))
      g_value_set_uint (value, i);

  return TRUE;
}

static GVariant *
position_to_nick (const GValue *value, const GVariantType *type, gpointer user_data)
{
  return g_variant_new_string (announce_nicks[g_value_get_uint (value)]);
}

static void
rnl_preferences_window_init (RnlPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rnl_toasts_make_heard (GTK_WIDGET (self));
  rnl_compat_name_combo_rows (GTK_WIDGET (self));
}

/**
 * rnl_preferences_window_new:
 * @workspace: what is preferred about
 *
 * Returns: (transfer none): a window; every change applies at once
 */
GtkWidget *
rnl_preferences_window_new (RnlWorkspace *workspace)
{
  RnlPreferencesWindow *self = g_object_new (RNL_TYPE_PREFERENCES_WINDOW, NULL);
  GSettings *settings = rnl_workspace_get_settings (workspace);

  rnl_accounts_page_set_workspace (self->accounts_page, workspace);
  rnl_tools_page_set_workspace (self->tools_page, workspace);
  rnl_programs_page_set_workspace (self->programs_page, workspace);
  rnl_spelling_row_set_workspace (self->spelling_row, workspace);
  rnl_title_model_row_set_workspace (self->title_model_row, workspace);
  rnl_prompts_page_set_workspace (self->prompts_page, workspace);
  g_settings_bind (settings, "enter-sends", self->enter_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "name-chats", self->title_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, "announce-answers", self->announce_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, nick_to_position, position_to_nick, NULL,
                                NULL);
  g_settings_bind (settings, "max-steps",
                   gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (self->steps_spin)), "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "time-limit",
                   gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (self->time_spin)), "value",
                   G_SETTINGS_BIND_DEFAULT);

  return GTK_WIDGET (self);
}

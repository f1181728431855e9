/* rnl-title-model-row.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-title-model-row.h"

#include <glib/gi18n.h>

#include "rnl-model-button.h"

#define KEY "title-model"

/**
 * RnlTitleModelRow:
 *
 * Who names chats: the model that answers in them, or one that is chosen here.
 */
struct _RnlTitleModelRow
{
  AdwActionRow parent_instance;

  /* children */
  RnlModelButton *button;
  GtkWidget *reset;

  /* owned */
  RnlAccounts *accounts;
  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (RnlTitleModelRow, rnl_title_model_row, ADW_TYPE_ACTION_ROW)

/* A model whose account is gone is shown by its id: nobody else names chats then. */
static void
update (RnlTitleModelRow *self)
{
  g_autofree char *id = g_settings_get_string (self->settings, KEY);
  g_autoptr (RnlChatModel) model
    = *id != '\0' ? rnl_accounts_create_model (self->accounts, id, NULL) : NULL;
  gboolean lost = *id != '\0' && model == NULL;

  rnl_model_button_set_model (self->button, model, FALSE);
  gtk_widget_set_visible (self->reset, *id != '\0');
  adw_action_row_set_subtitle (
    ADW_ACTION_ROW (self),
    lost ? id : _ ("The beginning of the first question and answer is sent to it"));
}

static void
model_chosen_cb (RnlTitleModelRow *self, const char *id)
{
  g_settings_set_string (self->settings, KEY, id);
}

static void
reset_clicked_cb (RnlTitleModelRow *self)
{
  g_settings_reset (self->settings, KEY);
}

static void
rnl_title_model_row_dispose (GObject *object)
{
  RnlTitleModelRow *self = RNL_TITLE_MODEL_ROW (object);

  g_clear_object (&self->accounts);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rnl_title_model_row_parent_class)->dispose (object);
}

static void
rnl_title_model_row_class_init (RnlTitleModelRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_title_model_row_dispose;
}

static void
rnl_title_model_row_init (RnlTitleModelRow *self)
{
  self->reset = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_add_css_class (self->reset, "flat");
  gtk_widget_set_valign (self->reset, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->reset, _ ("Use the model that answers"));
  g_signal_connect_object (self->reset, "clicked", G_CALLBACK (reset_clicked_cb), self,
                           G_CONNECT_SWAPPED);

  self->button = g_object_new (RNL_TYPE_MODEL_BUTTON, "valign", GTK_ALIGN_CENTER, NULL);
  g_signal_connect_object (self->button, "model-chosen", G_CALLBACK (model_chosen_cb), self,
                           G_CONNECT_SWAPPED);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->reset);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
}

/**
 * rnl_title_model_row_set_workspace:
 * @self: a row
 * @workspace: whose chats are named
 *
 * Shows what is chosen. Has to come once, before the row is shown.
 */
void
rnl_title_model_row_set_workspace (RnlTitleModelRow *self, RnlWorkspace *workspace)
{
  g_return_if_fail (RNL_IS_TITLE_MODEL_ROW (self));
  g_return_if_fail (self->accounts == NULL);

  self->accounts = g_object_ref (rnl_workspace_get_accounts (workspace));
  self->settings = g_object_ref (rnl_workspace_get_settings (workspace));
  rnl_model_button_set_accounts (self->button, self->accounts, self->settings);
  g_signal_connect_object (self->settings, "changed::" KEY, G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_settings_bind (self->settings, "name-chats", self, "sensitive", G_SETTINGS_BIND_GET);
  update (self);
}

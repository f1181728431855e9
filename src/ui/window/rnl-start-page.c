/* rnl-start-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-start-page.h"

#include <glib/gi18n.h>

#include "rnl-offline-helper.h"

/**
 * RnlStartPage:
 *
 * What this is in one sentence, which model answers now, prompts that really work with it, and one
 * button to connect another. Signal: `example (text)`.
 */
struct _RnlStartPage
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *scroller;
  GtkImage *icon;
  GtkLabel *model_label;
  GtkListBox *examples;
  GtkBox *servers;
  GtkWidget *connect_button;
};

enum
{
  EXAMPLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlStartPage, rnl_start_page, GTK_TYPE_WIDGET)

static void
example_activated_cb (RnlStartPage *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[EXAMPLE], 0,
                 adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

static void
add_examples (RnlStartPage *self)
{
  const char *const *examples = rnl_offline_helper_get_examples ();

  for (gsize i = 0; examples[i] != NULL; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), examples[i]);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_widget_add_css_class (arrow, "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
      gtk_list_box_append (self->examples, row);
    }
}

static void
rnl_start_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RNL_TYPE_START_PAGE);

  G_OBJECT_CLASS (rnl_start_page_parent_class)->dispose (object);
}

static void
rnl_start_page_class_init (RnlStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_start_page_dispose;

  signals[EXAMPLE] = g_signal_new ("example", RNL_TYPE_START_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/ui/rnl-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlStartPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, RnlStartPage, icon);
  gtk_widget_class_bind_template_child (widget_class, RnlStartPage, model_label);
  gtk_widget_class_bind_template_child (widget_class, RnlStartPage, examples);
  gtk_widget_class_bind_template_child (widget_class, RnlStartPage, servers);
  gtk_widget_class_bind_template_child (widget_class, RnlStartPage, connect_button);
  gtk_widget_class_bind_template_callback (widget_class, example_activated_cb);
}

static void
rnl_start_page_init (RnlStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_image_set_from_icon_name (self->icon, RNL_APP_ID);
  add_examples (self);
}

/**
 * rnl_start_page_set_model:
 * @self: a start page
 * @model: who will answer
 */
void
rnl_start_page_set_model (RnlStartPage *self, RnlChatModel *model)
{
  const char *note = rnl_chat_model_get_note (model);
  g_autofree char *text = NULL;

  g_return_if_fail (RNL_IS_START_PAGE (self));

  if (note != NULL)
    /* Translators: %1$s is a model's name, %2$s a note such as "rules, not AI" */
    text = g_strdup_printf (_ ("%1$s answers now: %2$s"), rnl_chat_model_get_title (model), note);
  else
    text = g_strdup_printf (_ ("%s answers now"), rnl_chat_model_get_title (model));
  gtk_label_set_label (self->model_label, text);
}

/* rnl-composer-commands.c: what a slash offers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-composer-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-text.h"

#define DETAIL_CHARS 80

/* Whether a widget above, the window or the application has it. */
static gboolean
has_action (RnlComposer *self, const char *action)
{
  for (GtkWidget *widget = GTK_WIDGET (self); widget != NULL;
       widget = gtk_widget_get_parent (widget))
    {
      GtkWidgetClass *widget_class = GTK_WIDGET_GET_CLASS (widget);
      const GVariantType *parameter_type;
      const char *name, *property;
      GType owner;

      for (guint i = 0; gtk_widget_class_query_action (widget_class, i, &owner, &name,
                                                       &parameter_type, &property);
           i++)
        if (g_str_equal (name, action))
          return TRUE;
    }
  if (g_str_has_prefix (action, "app.") && g_application_get_default () != NULL)
    return g_action_group_has_action (G_ACTION_GROUP (g_application_get_default ()),
                                      action + strlen ("app."));

  return FALSE;
}

static void
add_actions (RnlComposer *self, GListStore *suggestions)
{
  static const struct
  {
    const char *title;
    const char *icon;
    const char *action;
    const char *target;
  } commands[] = {
    { N_ ("New chat"), "list-add-symbolic", "win.new-chat", NULL },
    { N_ ("New temporary chat"), "view-conceal-symbolic", "win.new-temporary-chat", NULL },
    { N_ ("Regenerate the answer"), "view-refresh-symbolic", "page.regenerate", NULL },
    { N_ ("Summarise earlier messages"), "view-list-bullet-symbolic", "win.summarise", NULL },
    { N_ ("Choose a model"), "computer-symbolic", "win.choose-model", NULL },
    { N_ ("Parameters of this chat"), "emblem-system-symbolic", "win.parameters", NULL },
    { N_ ("Attach files"), "mail-attachment-symbolic", "composer.attach", NULL },
    { N_ ("Rename this chat"), "document-edit-symbolic", "win.rename", NULL },
    { N_ ("Export as Markdown"), "document-save-symbolic", "page.export", "markdown" },
    { N_ ("Export as HTML"), "document-save-symbolic", "page.export", "html" },
    { N_ ("Export as JSON"), "document-save-symbolic", "page.export", "json" },
    { N_ ("Export as plain text"), "document-save-symbolic", "page.export", "text" },
    { N_ ("Print this chat"), "printer-symbolic", "win.print", NULL },
    { N_ ("Search chats"), "system-search-symbolic", "win.search", NULL },
    { N_ ("Preferences"), "preferences-system-symbolic", "app.preferences", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (RnlSuggestion) suggestion = NULL;

      if (!has_action (self, commands[i].action))
        continue;
      suggestion = rnl_suggestion_new_action (_ (commands[i].title), commands[i].icon,
                                              commands[i].action, commands[i].target);
      g_list_store_append (suggestions, suggestion);
    }
}

static void
add_prompts (RnlComposer *self, GListStore *suggestions)
{
  GListModel *prompts = G_LIST_MODEL (rnl_workspace_get_prompts (self->workspace));

  for (guint i = 0; i < g_list_model_get_n_items (prompts); i++)
    {
      g_autoptr (RnlPrompt) prompt = g_list_model_get_item (prompts, i);
      g_autofree char *line = rnl_text_first_line (rnl_prompt_get_text (prompt), DETAIL_CHARS);
      g_autoptr (RnlSuggestion) suggestion = rnl_suggestion_new_object (
        rnl_prompt_get_name (prompt), line, "user-bookmarks-symbolic", prompt);

      g_list_store_append (suggestions, suggestion);
    }
}

/* The prompts a person keeps, then what can be done here. */
void
rnl_composer_add_commands (RnlComposer *self, GListStore *suggestions)
{
  add_prompts (self, suggestions);
  add_actions (self, suggestions);
}

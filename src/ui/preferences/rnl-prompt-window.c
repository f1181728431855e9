/* rnl-prompt-window.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-prompt-window.h"

#include <glib/gi18n.h>

#include "rnl-compat-accessible.h"
#include "rnl-spelling-check.h"

/**
 * RnlPromptWindow:
 *
 * Name and text of a prompt, with Save and Cancel. Spelling is checked as in the composer.
 */
struct _RnlPromptWindow
{
  AdwWindow parent_instance;

  /* owned */
  RnlPromptList *prompts;
  RnlPrompt *prompt; /* NULL for a new one */
  RnlSpellingCheck *spelling;

  /* children */
  GtkEditable *name;
  GtkTextView *view;
  GtkTextBuffer *text;
};

G_DEFINE_FINAL_TYPE (RnlPromptWindow, rnl_prompt_window, ADW_TYPE_WINDOW)

static char *
dup_text (RnlPromptWindow *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->text, &start, &end);

  return gtk_text_buffer_get_text (self->text, &start, &end, FALSE);
}

static void
update (RnlPromptWindow *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autofree char *text = g_strstrip (dup_text (self));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "prompt.save", *name != '\0' && *text != '\0');
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlPromptWindow *self = RNL_PROMPT_WINDOW (widget);
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autofree char *text = dup_text (self);
  g_autoptr (RnlPrompt) prompt = rnl_prompt_new (title, text);

  if (self->prompt != NULL)
    rnl_prompt_list_replace (self->prompts, self->prompt, prompt);
  else
    rnl_prompt_list_insert (self->prompts, G_MAXUINT, prompt);
  gtk_window_close (GTK_WINDOW (self));
}

static void
rnl_prompt_window_dispose (GObject *object)
{
  RnlPromptWindow *self = RNL_PROMPT_WINDOW (object);

  g_clear_object (&self->spelling);
  g_clear_object (&self->prompts);
  g_clear_object (&self->prompt);

  G_OBJECT_CLASS (rnl_prompt_window_parent_class)->dispose (object);
}

static void
rnl_prompt_window_class_init (RnlPromptWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_prompt_window_dispose;
  gtk_widget_class_install_action (widget_class, "prompt.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "prompt.save", NULL);
}

static GtkWidget *
new_header (void)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  GtkWidget *save = gtk_button_new_with_mnemonic (_ ("_Save"));

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "prompt.save");
  gtk_widget_add_css_class (save, "suggested-action");
  rnl_compat_name_buttons (cancel);
  rnl_compat_name_buttons (save);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), save);

  return header;
}

static GtkWidget *
new_text (RnlPromptWindow *self)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->view = GTK_TEXT_VIEW (view);
  self->text = gtk_text_view_get_buffer (self->view);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 10);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 10);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Text"),
                                  -1);
  g_signal_connect_object (self->text, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_add_css_class (scroller, "card");

  return scroller;
}

static void
rnl_prompt_window_init (RnlPromptWindow *self)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *name = adw_entry_row_new ();
  GtkWidget *hint = gtk_label_new (
    _ ("A word in braces, such as {language}, is a slot that is filled in each time."));

  self->name = GTK_EDITABLE (name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (name), _ ("Name"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (name), FALSE);
  g_signal_connect_object (name, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), name);
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_add_css_class (hint, "caption");
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_vexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), new_text (self));
  gtk_box_append (GTK_BOX (box), hint);
  gtk_box_append (GTK_BOX (all), new_header ());
  gtk_box_append (GTK_BOX (all), box);
  adw_window_set_content (ADW_WINDOW (self), all);
  gtk_window_set_default_size (GTK_WINDOW (self), 440, 400);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

/**
 * rnl_prompt_window_new:
 * @workspace: where it is kept
 * @prompt: (nullable): what to edit, `NULL` for a new one
 *
 * Returns: (transfer none): a window
 */
GtkWidget *
rnl_prompt_window_new (RnlWorkspace *workspace, RnlPrompt *prompt)
{
  RnlPromptWindow *self = g_object_new (RNL_TYPE_PROMPT_WINDOW, NULL);

  self->prompts = g_object_ref (rnl_workspace_get_prompts (workspace));
  if (rnl_speller_is_supported ())
    self->spelling = rnl_spelling_check_new (self->view, rnl_workspace_get_speller (workspace),
                                             rnl_workspace_get_settings (workspace));
  gtk_window_set_title (GTK_WINDOW (self), prompt != NULL ? _ ("Edit prompt") : _ ("New prompt"));
  if (prompt != NULL)
    {
      self->prompt = g_object_ref (prompt);
      gtk_editable_set_text (self->name, rnl_prompt_get_name (prompt));
      gtk_text_buffer_set_text (self->text, rnl_prompt_get_text (prompt), -1);
    }
  update (self);

  return GTK_WIDGET (self);
}

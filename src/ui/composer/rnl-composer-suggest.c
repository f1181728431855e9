/* rnl-composer-suggest.c: what is offered while something is being written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-composer-private.h"

#define MAX_QUERY 60

static gboolean
is_empty_before (const GtkTextIter *start)
{
  GtkTextIter before = *start;

  return !gtk_text_iter_backward_char (&before)
         || g_unichar_isspace (gtk_text_iter_get_char (&before));
}

/* What begins with a slash and is all there is, or with an at sign as a word does, and ends at the
 * cursor. */
static gunichar
find_trigger (RnlComposer *self, GtkTextIter *start, GtkTextIter *end)
{
  if (gtk_text_buffer_get_has_selection (self->buffer))
    return 0;

  gtk_text_buffer_get_iter_at_mark (self->buffer, end, gtk_text_buffer_get_insert (self->buffer));
  *start = *end;
  for (guint i = 0; i < MAX_QUERY && gtk_text_iter_backward_char (start); i++)
    {
      gunichar c = gtk_text_iter_get_char (start);

      if (c == '\n')
        return 0;
      if (c == '/' && gtk_text_iter_is_start (start) && gtk_text_iter_is_end (end))
        return c;
      if (c == '@' && is_empty_before (start) && !rnl_composer_is_mention (start))
        return c;
    }

  return 0;
}

static void
point_at (RnlComposer *self, const GtkTextIter *start)
{
  GdkRectangle caret;
  double x, y;
  int left, top;

  gtk_text_view_get_iter_location (self->text_view, start, &caret);
  gtk_text_view_buffer_to_window_coords (self->text_view, GTK_TEXT_WINDOW_WIDGET, caret.x, caret.y,
                                         &left, &top);
  if (!gtk_widget_translate_coordinates (GTK_WIDGET (self->text_view), GTK_WIDGET (self), left, top,
                                         &x, &y))
    return;
  caret.x = (int) x;
  caret.y = MAX (0, (int) y);
  caret.width = MAX (1, caret.width);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &caret);
}

static void
offer (RnlComposer *self, const GtkTextIter *start, const GtkTextIter *end)
{
  GtkTextIter word = *start;
  g_autofree char *query = NULL;

  gtk_text_iter_forward_char (&word);
  query = gtk_text_buffer_get_text (self->buffer, &word, end, FALSE);
  point_at (self, start);
  rnl_suggestion_popover_show (self->popover, G_LIST_MODEL (self->suggestions), query);
}

static void
forget (RnlComposer *self)
{
  self->suggesting = 0;
  g_cancellable_cancel (self->suggesting_files);
  g_clear_object (&self->suggesting_files);
  g_clear_object (&self->suggestions);
  rnl_suggestion_popover_hide (self->popover);
}

/* More has been found. */
static void
suggestions_changed_cb (RnlComposer *self)
{
  GtkTextIter start, end;

  if (!self->dismissed && find_trigger (self, &start, &end) == self->suggesting)
    offer (self, &start, &end);
}

/* After the text or the cursor has changed. What was waved away stays away until it is begun
 * anew. */
void
rnl_composer_update_suggestions (RnlComposer *self)
{
  GtkTextIter start, end;
  gunichar trigger = 0;

  if (self->workspace == NULL || self->popover == NULL)
    return;
  if (!self->setting_text && gtk_widget_has_focus (GTK_WIDGET (self->text_view)))
    trigger = find_trigger (self, &start, &end);
  if (trigger != self->suggesting)
    {
      forget (self);
      self->dismissed = FALSE;
      self->suggesting = trigger;
      if (trigger != 0)
        {
          self->suggestions = g_list_store_new (RNL_TYPE_SUGGESTION);
          if (trigger == '/')
            rnl_composer_add_commands (self, self->suggestions);
          else
            rnl_composer_add_mentions (self, self->suggestions);
          g_signal_connect_object (self->suggestions, "items-changed",
                                   G_CALLBACK (suggestions_changed_cb), self, G_CONNECT_SWAPPED);
        }
    }
  if (trigger != 0 && !self->dismissed)
    offer (self, &start, &end);
}

/* Takes away what was written of it first. */
static void
chosen_cb (RnlComposer *self, RnlSuggestion *suggestion)
{
  GtkTextIter start, end;
  const char *target = rnl_suggestion_get_target (suggestion);
  gunichar trigger = find_trigger (self, &start, &end);

  if (trigger == 0)
    return;
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  if (RNL_IS_PROMPT (rnl_suggestion_get_object (suggestion)))
    rnl_prompt_slots_insert (self->slots,
                             rnl_prompt_get_text (rnl_suggestion_get_object (suggestion)));
  else if (rnl_suggestion_get_object (suggestion) != NULL)
    rnl_composer_mention (self, rnl_suggestion_get_object (suggestion));
  gtk_text_buffer_end_user_action (self->buffer);
  forget (self);
  gtk_text_view_scroll_mark_onscreen (self->text_view, gtk_text_buffer_get_insert (self->buffer));
  if (rnl_suggestion_get_action (suggestion) != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (self), rnl_suggestion_get_action (suggestion),
                                        target != NULL ? g_variant_new_string (target) : NULL);
}

/* Waves away what is offered.
 *
 * Returns: whether something was */
static gboolean
dismiss (RnlComposer *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    return FALSE;
  rnl_suggestion_popover_hide (self->popover);
  self->dismissed = TRUE;

  return TRUE;
}

/* Returns: whether the key was for what is offered, or for the slots of a prompt */
gboolean
rnl_composer_suggestion_key (RnlComposer *self, guint keyval, GdkModifierType state)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (modifiers == 0 && keyval == GDK_KEY_Escape)
    return dismiss (self);
  if (modifiers == 0 && rnl_suggestion_popover_press (self->popover, keyval))
    return TRUE;
  if (modifiers == 0 && keyval == GDK_KEY_Tab)
    return rnl_prompt_slots_next (self->slots, FALSE);
  if (modifiers == GDK_SHIFT_MASK && (keyval == GDK_KEY_ISO_Left_Tab || keyval == GDK_KEY_Tab))
    return rnl_prompt_slots_next (self->slots, TRUE);
  if (modifiers == 0 && keyval == GDK_KEY_BackSpace)
    return rnl_composer_remove_mention (self);

  return FALSE;
}

static void
focus_left_cb (RnlComposer *self)
{
  dismiss (self);
}

void
rnl_composer_init_suggestions (RnlComposer *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->slots = rnl_prompt_slots_new (self->buffer);
  self->popover
    = RNL_SUGGESTION_POPOVER (rnl_suggestion_popover_new (GTK_WIDGET (self->text_view)));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
  g_signal_connect_object (self->popover, "chosen", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::cursor-position",
                           G_CALLBACK (rnl_composer_update_suggestions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->text_view), focus);
}

void
rnl_composer_clear_suggestions (RnlComposer *self)
{
  g_cancellable_cancel (self->suggesting_files);
  g_clear_object (&self->suggesting_files);
  g_clear_object (&self->suggestions);
  g_clear_object (&self->slots);
  g_clear_object (&self->workspace);
  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
}

/**
 * rnl_composer_set_workspace:
 * @self: a composer
 * @workspace: whose prompts, chats and folders it offers
 */
void
rnl_composer_set_workspace (RnlComposer *self, RnlWorkspace *workspace)
{
  g_return_if_fail (RNL_IS_COMPOSER (self));

  g_set_object (&self->workspace, workspace);
}

/* rnl-spelling-menu.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-spelling-menu.h"

#include <glib/gi18n.h>

/**
 * RnlSpellingMenu:
 *
 * The words that may have been meant, in the context menu of a text view, when it is opened on a
 * word that is marked: by the pointer, the menu key, or Shift+F10. The menu waits for them, so that
 * nothing in it moves.
 */
struct _RnlSpellingMenu
{
  GObject parent_instance;

  /* owned */
  RnlSpellingMarks *marks;
  GSimpleActionGroup *actions;
  GCancellable *asking;
  GMenuModel *usual; /* what the menu of the view has anyway; NULL until it is there */
  char *word;

  /* of the buffer: around the word */
  GtkTextMark *start;
  GtkTextMark *end;
};

G_DEFINE_FINAL_TYPE (RnlSpellingMenu, rnl_spelling_menu, G_TYPE_OBJECT)

static GtkTextBuffer *
get_buffer (RnlSpellingMenu *self)
{
  return gtk_text_mark_get_buffer (self->start);
}

static void
forget_question (RnlSpellingMenu *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static void
rnl_spelling_menu_dispose (GObject *object)
{
  RnlSpellingMenu *self = RNL_SPELLING_MENU (object);
  GtkTextView *view = self->marks != NULL ? rnl_spelling_marks_get_view (self->marks) : NULL;

  forget_question (self);
  if (view != NULL)
    gtk_widget_insert_action_group (GTK_WIDGET (view), "spelling", NULL);
  g_clear_object (&self->actions);
  g_clear_object (&self->usual);
  g_clear_object (&self->start);
  g_clear_object (&self->end);
  g_clear_object (&self->marks);
  g_clear_pointer (&self->word, g_free);

  G_OBJECT_CLASS (rnl_spelling_menu_parent_class)->dispose (object);
}

static void
rnl_spelling_menu_class_init (RnlSpellingMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_spelling_menu_dispose;
}

/* What is chosen. */

static void
correct_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RnlSpellingMenu *self = user_data;
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_mark (get_buffer (self), &start, self->start);
  gtk_text_buffer_get_iter_at_mark (get_buffer (self), &end, self->end);
  text = gtk_text_iter_get_text (&start, &end);
  if (g_strcmp0 (text, self->word) == 0)
    rnl_spelling_marks_replace (self->marks, &start, &end, g_variant_get_string (parameter, NULL));
}

static void
add_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RnlSpellingMenu *self = user_data;

  rnl_speller_add (rnl_spelling_marks_get_speller (self->marks), self->word);
}

static void
ignore_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RnlSpellingMenu *self = user_data;

  rnl_speller_ignore (rnl_spelling_marks_get_speller (self->marks), self->word);
}

/* What is offered. */

/* The view makes it when it is wanted for the first time. */
static GtkPopoverMenu *
find_popover (RnlSpellingMenu *self)
{
  GtkWidget *view = GTK_WIDGET (rnl_spelling_marks_get_view (self->marks));

  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER_MENU (child))
      return GTK_POPOVER_MENU (child);

  return NULL;
}

/* The extra menu of a text view comes last; what was meant has to come first. Of the usual one only
 * the beginning follows, the clipboard: in large text all of it is higher than a small screen. */
static GMenuModel *
create_model (RnlSpellingMenu *self, const char *const *suggestions)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) words = g_menu_new ();
  g_autoptr (GMenu) verbs = g_menu_new ();

  for (gsize i = 0; suggestions[i] != NULL; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (suggestions[i], NULL);

      g_menu_item_set_action_and_target (item, "spelling.correct", "s", suggestions[i]);
      g_menu_append_item (words, item);
    }
  if (suggestions[0] == NULL)
    g_menu_append (words, _ ("No Suggestions"), "spelling.nothing");
  g_menu_append (verbs, _ ("A_dd to Dictionary"), "spelling.add");
  g_menu_append (verbs, _ ("_Ignore"), "spelling.ignore");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (words));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (verbs));
  if (g_menu_model_get_n_items (self->usual) > 0)
    {
      g_autoptr (GMenuItem) clipboard = g_menu_item_new_from_model (self->usual, 0);

      g_menu_append_item (menu, clipboard);
    }

  return G_MENU_MODEL (menu);
}

static void
show_usual (RnlSpellingMenu *self)
{
  if (self->usual != NULL)
    gtk_popover_menu_set_menu_model (find_popover (self), self->usual);
}

static void
suggested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlSpellingMenu) self = user_data;
  g_auto (GStrv) found = rnl_speller_suggest_finish (RNL_SPELLER (source), result, NULL);
  g_autoptr (GMenuModel) model = NULL;
  GtkPopoverMenu *popover;
  GtkTextView *view;

  if (found == NULL)
    return;
  g_clear_object (&self->asking);
  view = rnl_spelling_marks_get_view (self->marks);
  if (view == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (view), "menu.popup", NULL);
  popover = find_popover (self);
  if (popover == NULL)
    return;
  if (self->usual == NULL)
    self->usual = g_object_ref (gtk_popover_menu_get_menu_model (popover));
  model = create_model (self, (const char *const *) found);
  gtk_popover_menu_set_menu_model (popover, model);
  gtk_widget_child_focus (GTK_WIDGET (popover), GTK_DIR_TAB_FORWARD);
}

/**
 * rnl_spelling_menu_open:
 * @self: a menu
 * @at: a place in the text
 *
 * Opens the context menu with what may have been meant by the word at @at, as soon as that is
 * known.
 *
 * Returns: whether there is a word that is marked. If not, the menu will have nothing to say of it
 */
gboolean
rnl_spelling_menu_open (RnlSpellingMenu *self, const GtkTextIter *at)
{
  GtkTextIter start, end;

  g_return_val_if_fail (RNL_IS_SPELLING_MENU (self), FALSE);

  forget_question (self);
  if (!rnl_spelling_marks_find (self->marks, at, &start, &end))
    {
      show_usual (self);
      return FALSE;
    }
  gtk_text_buffer_move_mark (get_buffer (self), self->start, &start);
  gtk_text_buffer_move_mark (get_buffer (self), self->end, &end);
  g_free (self->word);
  self->word = gtk_text_iter_get_text (&start, &end);
  self->asking = g_cancellable_new ();
  rnl_speller_suggest_async (rnl_spelling_marks_get_speller (self->marks), self->word, self->asking,
                             suggested_cb, g_object_ref (self));

  return TRUE;
}

static gboolean
is_selected (GtkTextBuffer *buffer, const GtkTextIter *at)
{
  GtkTextIter start, end;

  return gtk_text_buffer_get_selection_bounds (buffer, &start, &end)
         && gtk_text_iter_in_range (at, &start, &end);
}

/* The cursor goes to the word, where the menu appears; a selection that was clicked on stays, with
 * the menu it always has. */
static void
pressed_cb (RnlSpellingMenu *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GtkTextView *view = rnl_spelling_marks_get_view (self->marks);
  GtkTextIter at;
  int left, top;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, x, y, &left, &top);
  if (!gtk_text_view_get_iter_at_location (view, &at, left, top)
      || is_selected (get_buffer (self), &at))
    {
      show_usual (self);
      return;
    }
  if (!rnl_spelling_menu_open (self, &at))
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (view));
  gtk_text_buffer_place_cursor (get_buffer (self), &at);
}

static gboolean
key_pressed_cb (RnlSpellingMenu *self, guint keyval, guint keycode, GdkModifierType state)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  GtkTextIter cursor;

  if (!(keyval == GDK_KEY_Menu && modifiers == 0)
      && !(keyval == GDK_KEY_F10 && modifiers == GDK_SHIFT_MASK))
    return GDK_EVENT_PROPAGATE;
  gtk_text_buffer_get_iter_at_mark (get_buffer (self), &cursor,
                                    gtk_text_buffer_get_insert (get_buffer (self)));

  return rnl_spelling_menu_open (self, &cursor);
}

static void
add_controllers (RnlSpellingMenu *self, GtkWidget *view)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (view, keys);
}

static void
rnl_spelling_menu_init (RnlSpellingMenu *self)
{
  static const GActionEntry entries[] = {
    { "correct", correct_action, "s" },
    { "add", add_action },
    { "ignore", ignore_action },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
}

/**
 * rnl_spelling_menu_new:
 * @marks: the marks of a text view
 *
 * Returns: (transfer full): the menu of that view; to be given up before @marks are
 */
RnlSpellingMenu *
rnl_spelling_menu_new (RnlSpellingMarks *marks)
{
  RnlSpellingMenu *self = g_object_new (RNL_TYPE_SPELLING_MENU, NULL);
  GtkTextView *view = rnl_spelling_marks_get_view (marks);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start;

  self->marks = g_object_ref (marks);
  gtk_text_buffer_get_start_iter (buffer, &start);
  self->start = g_object_ref (gtk_text_buffer_create_mark (buffer, NULL, &start, TRUE));
  self->end = g_object_ref (gtk_text_buffer_create_mark (buffer, NULL, &start, FALSE));
  add_controllers (self, GTK_WIDGET (view));
  gtk_widget_insert_action_group (GTK_WIDGET (view), "spelling", G_ACTION_GROUP (self->actions));

  return self;
}

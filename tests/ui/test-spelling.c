/* test-spelling.c: what is misspelled is marked while it is written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-composer.h"
#include "rnl-preferences-window.h"
#include "rnl-prompt-window.h"
#include "rnl-spelling-menu.h"
#include "rnl-spelling-row.h"
#include "spelling-fixture.h"
#include "window-fixture.h"

typedef struct
{
  GtkWidget *window;
  GtkTextView *view;
  GtkTextBuffer *buffer;
  RnlSpeller *speller;
  RnlSpellingMarks *marks;
  RnlSpellingMenu *menu;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const languages[] = { SPELLING_FIRST, SPELLING_SECOND, NULL };
  GtkWidget *scroller = gtk_scrolled_window_new ();

  fixture->window = gtk_window_new ();
  fixture->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  fixture->buffer = gtk_text_view_get_buffer (fixture->view);
  fixture->speller = rnl_speller_new ();
  rnl_speller_set_languages (fixture->speller, languages);
  fixture->marks = rnl_spelling_marks_new (fixture->view, fixture->speller);
  fixture->menu = rnl_spelling_menu_new (fixture->marks);
  rnl_spelling_marks_set_enabled (fixture->marks, TRUE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 300);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (fixture->view));
  gtk_window_set_child (GTK_WINDOW (fixture->window), scroller);
  gtk_window_present (GTK_WINDOW (fixture->window));
  rnl_test_wait_for (gtk_widget_get_mapped, fixture->view);
}

static gboolean
is_settled (gpointer marks)
{
  return !rnl_spelling_marks_get_pending (marks);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rnl_test_wait_for (is_settled, fixture->marks);
  g_assert_finalize_object (fixture->menu);
  g_assert_finalize_object (fixture->marks);
  g_assert_finalize_object (fixture->speller);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

/* As a key does it. */
static void
type (GtkTextView *view, const char *text)
{
  g_signal_emit_by_name (view, "insert-at-cursor", text);
}

static void
put_cursor (GtkTextBuffer *buffer, int offset)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, offset);
  gtk_text_buffer_place_cursor (buffer, &iter);
}

static gboolean
is_wavy (GtkTextTag *tag)
{
  PangoUnderline underline;
  gboolean set;

  g_object_get (tag, "underline", &underline, "underline-set", &set, NULL);

  return set && underline == PANGO_UNDERLINE_ERROR;
}

static gboolean
is_marked (const GtkTextIter *iter)
{
  g_autoptr (GSList) tags = gtk_text_iter_get_tags (iter);

  for (GSList *link = tags; link != NULL; link = link->next)
    if (is_wavy (link->data))
      return TRUE;

  return FALSE;
}

/* What is marked, as "teh wrod". */
static char *
dup_marked (GtkTextBuffer *buffer)
{
  GString *marked = g_string_new (NULL);
  gboolean before = FALSE;
  GtkTextIter iter;

  gtk_text_buffer_get_start_iter (buffer, &iter);
  for (; !gtk_text_iter_is_end (&iter); gtk_text_iter_forward_char (&iter))
    {
      gboolean now = is_marked (&iter);

      if (now && !before && marked->len > 0)
        g_string_append_c (marked, ' ');
      if (now)
        g_string_append_unichar (marked, gtk_text_iter_get_char (&iter));
      before = now;
    }

  return g_string_free (marked, FALSE);
}

static void
assert_marked (Fixture *fixture, const char *words)
{
  g_autofree char *marked = NULL;

  rnl_test_wait_for (is_settled, fixture->marks);
  marked = dup_marked (fixture->buffer);
  g_assert_cmpstr (marked, ==, words);
}

static void
assert_text (Fixture *fixture, const char *text)
{
  g_autofree char *present = NULL;

  g_object_get (fixture->buffer, "text", &present, NULL);
  g_assert_cmpstr (present, ==, text);
}

/* Both languages count; the word at the cursor is not finished before the cursor leaves it. */
static void
test_marks (Fixture *fixture, gconstpointer data)
{
  if (!spelling_fixture_write ())
    return;
  type (fixture->view, "hello teh bonjour my freind");
  assert_marked (fixture, "teh");
  type (fixture->view, " ");
  assert_marked (fixture, "teh freind");
  type (fixture->view, "wrld");
  assert_marked (fixture, "teh freind");
  put_cursor (fixture->buffer, 30);
  assert_marked (fixture, "teh freind");
  put_cursor (fixture->buffer, 0);
  assert_marked (fixture, "teh freind wrld");
  put_cursor (fixture->buffer, 8);
  assert_marked (fixture, "teh freind wrld");
  g_signal_emit_by_name (fixture->view, "delete-from-cursor", GTK_DELETE_CHARS, 1);
  put_cursor (fixture->buffer, 7);
  type (fixture->view, "h");
  put_cursor (fixture->buffer, 0);
  assert_marked (fixture, "freind wrld");
}

/* What the program writes wakes nobody up; later it is looked at, too. */
static void
test_asleep (Fixture *fixture, gconstpointer data)
{
  if (!spelling_fixture_write ())
    return;
  gtk_text_buffer_set_text (fixture->buffer, "a teh draft", -1);
  g_assert_false (rnl_spelling_marks_get_pending (fixture->marks));
  g_assert_cmpuint (rnl_spelling_marks_get_n_words (fixture->marks), ==, 0);
  type (fixture->view, " ");
  assert_marked (fixture, "teh draft");
  gtk_text_buffer_set_text (fixture->buffer, "my frend", -1);
  assert_marked (fixture, "frend");
}

/* A fence changes what is below it, however far down, and so does taking it away. */
static void
test_fences (Fixture *fixture, gconstpointer data)
{
  if (!spelling_fixture_write ())
    return;
  type (fixture->view, "teh one\n\nint teh;\n\nnot teh\n");
  assert_marked (fixture, "teh one int teh teh");
  put_cursor (fixture->buffer, 8);
  type (fixture->view, "```");
  assert_marked (fixture, "teh one");
  put_cursor (fixture->buffer, (int) strlen ("teh one\n```\nint teh;\n"));
  type (fixture->view, "```");
  assert_marked (fixture, "teh one teh");
  put_cursor (fixture->buffer, 11);
  g_signal_emit_by_name (fixture->view, "backspace");
  assert_marked (fixture, "teh one int teh");
}

/* What a tag stands on is somebody else's: a reference, a slot of a prompt. */
static void
test_tags (Fixture *fixture, gconstpointer data)
{
  GtkTextTag *tag;
  GtkTextIter start, end;

  if (!spelling_fixture_write ())
    return;
  type (fixture->view, "my frend wrld is here");
  assert_marked (fixture, "frend wrld");
  tag = gtk_text_buffer_create_tag (fixture->buffer, NULL, "weight", PANGO_WEIGHT_BOLD, NULL);
  gtk_text_buffer_get_iter_at_offset (fixture->buffer, &start, 3);
  gtk_text_buffer_get_iter_at_offset (fixture->buffer, &end, 8);
  gtk_text_buffer_apply_tag (fixture->buffer, tag, &start, &end);
  assert_marked (fixture, "wrld");
  gtk_text_buffer_remove_tag (fixture->buffer, tag, &start, &end);
  assert_marked (fixture, "frend wrld");
}

/* One step back, and what else stood on the word stays. */
static void
test_replace (Fixture *fixture, gconstpointer data)
{
  GtkTextTag *tag;
  GtkTextIter at, start, end;

  if (!spelling_fixture_write ())
    return;
  type (fixture->view, "my freind is here");
  put_cursor (fixture->buffer, 0);
  assert_marked (fixture, "freind");
  tag = gtk_text_buffer_create_tag (fixture->buffer, NULL, "weight", PANGO_WEIGHT_BOLD, NULL);
  gtk_text_buffer_get_iter_at_offset (fixture->buffer, &at, 9);
  g_assert_true (rnl_spelling_marks_find (fixture->marks, &at, &start, &end));
  g_assert_cmpint (gtk_text_iter_get_offset (&start), ==, 3);
  g_assert_cmpint (gtk_text_iter_get_offset (&end), ==, 9);
  gtk_text_buffer_apply_tag (fixture->buffer, tag, &start, &end);
  rnl_spelling_marks_replace (fixture->marks, &start, &end, "friend");
  assert_text (fixture, "my friend is here");
  gtk_text_buffer_get_iter_at_offset (fixture->buffer, &at, 5);
  g_assert_true (gtk_text_iter_has_tag (&at, tag));
  assert_marked (fixture, "");
  gtk_text_buffer_undo (fixture->buffer);
  assert_text (fixture, "my freind is here");
  put_cursor (fixture->buffer, 0);
  assert_marked (fixture, "freind");
  gtk_text_buffer_redo (fixture->buffer);
  assert_text (fixture, "my friend is here");
  assert_marked (fixture, "");
}

static GtkWidget *
find_menu (GtkTextView *view)
{
  return window_fixture_find (GTK_WIDGET (view), GTK_TYPE_POPOVER_MENU, 0);
}

static GtkWidget *
get_popover (Fixture *fixture)
{
  return find_menu (fixture->view);
}

static gboolean
has_menu (gpointer view)
{
  GtkWidget *popover = find_menu (view);

  return popover != NULL && gtk_widget_get_mapped (popover);
}

static gboolean
press_menu_key (GtkTextView *view)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_F10, 0, GDK_SHIFT_MASK, &handled);
    }

  return handled;
}

static void
open_menu (Fixture *fixture, int offset)
{
  rnl_test_wait_for (is_settled, fixture->marks);
  put_cursor (fixture->buffer, offset);
  g_assert_true (press_menu_key (fixture->view));
  rnl_test_wait_for (has_menu, fixture->view);
}

static void
activate (Fixture *fixture, const char *action, const char *target)
{
  g_assert_true (gtk_widget_activate_action_variant (
    GTK_WIDGET (fixture->view), action, target != NULL ? g_variant_new_string (target) : NULL));
  gtk_popover_popdown (GTK_POPOVER (get_popover (fixture)));
}

/* On top of the menu stand the words; elsewhere it is as it always is. */
static void
test_menu (Fixture *fixture, gconstpointer data)
{
  g_autofree char *texts = NULL;

  if (!spelling_fixture_write ())
    return;
  type (fixture->view, "my freind is here ");
  rnl_test_wait_for (is_settled, fixture->marks);
  put_cursor (fixture->buffer, 1);
  g_assert_false (press_menu_key (fixture->view));
  open_menu (fixture, 5);
  texts = window_fixture_dup_text (get_popover (fixture));
  g_assert_true (g_str_has_prefix (texts, "friend"));
  g_assert_nonnull (strstr (texts, "Add to Dictionary"));
  g_assert_nonnull (strstr (texts, "Ignore"));
  window_fixture_assert_named (get_popover (fixture));
  activate (fixture, "spelling.correct", "friend");
  assert_text (fixture, "my friend is here ");
  gtk_text_buffer_undo (fixture->buffer);
  assert_text (fixture, "my freind is here ");
}

static void
test_verbs (Fixture *fixture, gconstpointer data)
{
  if (!spelling_fixture_write ())
    return;
  type (fixture->view, "my xyzzy is here, not xyzzy or frobnic ");
  assert_marked (fixture, "xyzzy xyzzy or frobnic");
  open_menu (fixture, 5);
  activate (fixture, "spelling.ignore", NULL);
  assert_marked (fixture, "or frobnic");
  open_menu (fixture, 34);
  activate (fixture, "spelling.add", NULL);
  assert_marked (fixture, "or");
}

/* A word of which nothing can be said, and a text that changed under the menu. */
static void
test_no_suggestion (Fixture *fixture, gconstpointer data)
{
  g_autofree char *texts = NULL;

  if (!spelling_fixture_write ())
    return;
  type (fixture->view, "qqqqqqqqqqqqqq is here ");
  open_menu (fixture, 3);
  texts = window_fixture_dup_text (get_popover (fixture));
  g_assert_true (g_str_has_prefix (texts, "No Suggestions"));
  gtk_text_buffer_set_text (fixture->buffer, "my word", -1);
  activate (fixture, "spelling.correct", "friend");
  assert_text (fixture, "my word");
}

/* Off and on again, as the setting does it. */
static void
test_off (Fixture *fixture, gconstpointer data)
{
  guint64 n_words;

  if (!spelling_fixture_write ())
    return;
  type (fixture->view, "my freind ");
  assert_marked (fixture, "freind");
  rnl_spelling_marks_set_enabled (fixture->marks, FALSE);
  assert_marked (fixture, "");
  n_words = rnl_spelling_marks_get_n_words (fixture->marks);
  type (fixture->view, "teh ");
  assert_marked (fixture, "");
  g_assert_cmpuint (rnl_spelling_marks_get_n_words (fixture->marks), ==, n_words);
  rnl_spelling_marks_set_enabled (fixture->marks, TRUE);
  assert_marked (fixture, "freind teh");
}

/* A paragraph in a language that is not one of the person's is not painted red all over. */
static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  if (!spelling_fixture_write ())
    return;
  type (fixture->view, "wir schreiben heute einen kurzen Satz\nmy freind is here\n");
  assert_marked (fixture, "freind");
}

/* 200 KB at once are read in many short turns; after that a key costs a line, not the text. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint64 before;

  if (!spelling_fixture_write ())
    return;
  while (text->len < 200000)
    g_string_append (text, "hello my friend the word is not here but wrld is\n");
  type (fixture->view, text->str);
  rnl_test_wait_for (is_settled, fixture->marks);
  g_assert_cmpuint (rnl_spelling_marks_get_n_words (fixture->marks), >=, 200000 / 49 * 11);
  /* What a turn asked about is read twice, and no more. */
  g_assert_cmpuint (rnl_spelling_marks_get_n_words (fixture->marks), <=, 200000 / 49 * 11 * 3);

  put_cursor (fixture->buffer, 100000);
  rnl_test_wait_for (is_settled, fixture->marks);
  before = rnl_spelling_marks_get_n_words (fixture->marks);
  for (guint i = 0; i < 10; i++)
    {
      type (fixture->view, "x");
      rnl_test_wait_for (is_settled, fixture->marks);
    }
  g_assert_cmpuint (rnl_spelling_marks_get_n_words (fixture->marks) - before, <=, 10 * 2 * 12);
}

static gboolean
has_text (gpointer buffer)
{
  return gtk_text_buffer_get_char_count (buffer) > 0;
}

/* Nothing of it goes along with what is copied; where it came from, it is looked at anew. */
static void
test_copy (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->view));
  g_autoptr (GtkTextBuffer) other = gtk_text_buffer_new (NULL);
  g_autofree char *elsewhere = NULL;
  GtkTextIter start, end;

  if (!spelling_fixture_write ())
    return;
  type (fixture->view, "my freind ");
  assert_marked (fixture, "freind");
  gtk_text_buffer_get_bounds (fixture->buffer, &start, &end);
  gtk_text_buffer_insert_range (fixture->buffer, &end, &start, &end);
  assert_marked (fixture, "freind freind");

  gtk_text_buffer_get_bounds (fixture->buffer, &start, &end);
  gtk_text_buffer_select_range (fixture->buffer, &start, &end);
  gtk_text_buffer_copy_clipboard (fixture->buffer, clipboard);
  gtk_text_buffer_paste_clipboard (other, clipboard, NULL, TRUE);
  rnl_test_wait_for (has_text, other);
  elsewhere = dup_marked (other);
  g_assert_cmpstr (elsewhere, ==, "");
}

/* The window. */

static GtkTextView *
find_view (WindowFixture *fixture)
{
  GtkWidget *composer = window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_COMPOSER, 0);

  return GTK_TEXT_VIEW (window_fixture_find (composer, GTK_TYPE_TEXT_VIEW, 0));
}

typedef struct
{
  GtkTextBuffer *buffer;
  const char *marked;
} Expectation;

static gboolean
is_met (gpointer user_data)
{
  Expectation *expectation = user_data;
  g_autofree char *marked = dup_marked (expectation->buffer);

  return g_str_equal (marked, expectation->marked);
}

static void
wait_marked (GtkTextBuffer *buffer, const char *marked)
{
  rnl_test_wait_for (is_met, (&(Expectation){ buffer, marked }));
}

static gboolean
is_loaded (gpointer prompts)
{
  return !rnl_prompt_list_get_loading (prompts);
}

static GSettings *
get_settings (WindowFixture *fixture)
{
  return rnl_workspace_get_settings (rnl_application_get_workspace (fixture->application));
}

/* What is sent has the words and nothing else. */
static void
test_composer (void)
{
  static const char *const languages[] = { SPELLING_FIRST, NULL };
  WindowFixture fixture = { 0 };
  GtkTextBuffer *buffer;
  g_autofree char *composed = NULL;

  if (!spelling_fixture_write ())
    return;
  window_fixture_open (&fixture);
  g_settings_set_strv (get_settings (&fixture), "spelling-languages", languages);
  buffer = gtk_text_view_get_buffer (find_view (&fixture));
  type (find_view (&fixture), "hello my freind bonjour ");
  wait_marked (buffer, "freind bonjour");
  composed = rnl_window_dup_composed (fixture.window);
  g_assert_cmpstr (composed, ==, "hello my freind bonjour ");

  g_settings_set_boolean (get_settings (&fixture), "check-spelling", FALSE);
  wait_marked (buffer, "");
  g_settings_set_boolean (get_settings (&fixture), "check-spelling", TRUE);
  wait_marked (buffer, "freind bonjour");
  g_settings_reset (get_settings (&fixture), "spelling-languages");
  g_settings_set_strv (get_settings (&fixture), "spelling-languages",
                       (const char *const[]){ SPELLING_FIRST, SPELLING_SECOND, NULL });
  wait_marked (buffer, "freind");
  window_fixture_done (&fixture);
}

static GtkWidget *
open_prompt (WindowFixture *fixture, GtkWidget **preferences)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "preferences", NULL);
  *preferences = window_fixture_wait_toplevel (RNL_TYPE_PREFERENCES_WINDOW);
  g_signal_emit_by_name (window_fixture_find_button (*preferences, "Edit"), "clicked");

  return window_fixture_wait_toplevel (RNL_TYPE_PROMPT_WINDOW);
}

/* Of a prompt, its prose is looked at as that of a question is: not before somebody writes, and
 * neither code nor what is to be filled in. */
static void
test_prompt (void)
{
  g_autoptr (RnlPrompt) prompt
    = rnl_prompt_new ("Mine", "my freind {teh wrnog slto} `teh` @teh is here\n/teh\n");
  WindowFixture fixture = { 0 };
  GtkWidget *preferences, *form;
  RnlPromptList *prompts;
  GtkTextView *view;
  GtkTextBuffer *buffer;
  g_autoptr (RnlPrompt) saved = NULL;

  if (!spelling_fixture_write ())
    return;
  window_fixture_open (&fixture);
  g_settings_set_strv (get_settings (&fixture), "spelling-languages",
                       (const char *const[]){ SPELLING_FIRST, NULL });
  prompts = rnl_workspace_get_prompts (rnl_application_get_workspace (fixture.application));
  rnl_test_wait_for (is_loaded, prompts);
  rnl_prompt_list_insert (prompts, 0, prompt);
  form = open_prompt (&fixture, &preferences);
  view = GTK_TEXT_VIEW (window_fixture_find (form, GTK_TYPE_TEXT_VIEW, 0));
  buffer = gtk_text_view_get_buffer (view);
  window_fixture_wait_frames (form, 3);
  wait_marked (buffer, "");
  put_cursor (buffer, gtk_text_buffer_get_char_count (buffer));
  type (view, "not teh ");
  wait_marked (buffer, "freind teh");
  g_settings_set_boolean (get_settings (&fixture), "check-spelling", FALSE);
  wait_marked (buffer, "");
  g_settings_set_boolean (get_settings (&fixture), "check-spelling", TRUE);
  wait_marked (buffer, "freind teh");

  put_cursor (buffer, 5);
  g_assert_true (press_menu_key (view));
  rnl_test_wait_for (has_menu, view);
  gtk_widget_activate_action (GTK_WIDGET (view), "spelling.correct", "s", "friend");
  gtk_popover_popdown (GTK_POPOVER (find_menu (view)));
  wait_marked (buffer, "teh");
  g_signal_emit_by_name (window_fixture_find_button (form, "_Save"), "clicked");
  saved = g_list_model_get_item (G_LIST_MODEL (prompts), 0);
  g_assert_cmpstr (rnl_prompt_get_text (saved), ==,
                   "my friend {teh wrnog slto} `teh` @teh is here\n/teh\nnot teh ");
  gtk_window_destroy (GTK_WINDOW (preferences));
  window_fixture_done (&fixture);
}

static GtkWidget *
find_box (GtkWidget *row, const char *tag)
{
  GtkWidget *box;

  for (guint i = 0; (box = window_fixture_find (row, GTK_TYPE_CHECK_BUTTON, i)) != NULL; i++)
    if (g_str_equal (gtk_widget_get_name (box), tag))
      return box;

  return NULL;
}

static GtkWidget *
open_row (WindowFixture *fixture, GtkWidget **preferences)
{
  GtkWidget *row, *page;

  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "preferences", NULL);
  *preferences = window_fixture_wait_toplevel (RNL_TYPE_PREFERENCES_WINDOW);
  row = window_fixture_find (*preferences, RNL_TYPE_SPELLING_ROW, 0);
  page = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_PAGE);
  adw_preferences_window_set_visible_page (ADW_PREFERENCES_WINDOW (*preferences),
                                           ADW_PREFERENCES_PAGE (page));

  return row;
}

/* Every dictionary there is can be chosen. */
static void
test_row (void)
{
  WindowFixture fixture = { 0 };
  GtkWidget *preferences, *row;
  g_auto (GStrv) chosen = NULL;

  if (!spelling_fixture_write ())
    return;
  window_fixture_open (&fixture);
  g_settings_set_strv (get_settings (&fixture), "spelling-languages",
                       (const char *const[]){ SPELLING_FIRST, NULL });
  row = open_row (&fixture, &preferences);
  window_fixture_wait_text (row, SPELLING_FIRST);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (find_box (row, SPELLING_FIRST))));
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (find_box (row, SPELLING_SECOND))));
  window_fixture_assert_named (row);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_box (row, SPELLING_SECOND)), TRUE);
  chosen = g_settings_get_strv (get_settings (&fixture), "spelling-languages");
  g_assert_true (g_strv_contains ((const char *const *) chosen, SPELLING_SECOND));
  window_fixture_wait_text (row, SPELLING_FIRST ", " SPELLING_SECOND);

  g_assert_true (adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (row)));
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row), FALSE);
  g_assert_false (g_settings_get_boolean (get_settings (&fixture), "check-spelling"));
  gtk_window_destroy (GTK_WINDOW (preferences));
  window_fixture_done (&fixture);
}

static void
test_row_without (void)
{
  WindowFixture fixture = { 0 };
  GtkWidget *preferences, *row;

  if (!spelling_fixture_write ())
    return;
  window_fixture_open (&fixture);
  g_settings_set_strv (get_settings (&fixture), "spelling-languages",
                       (const char *const[]){ "zz_ZZ", NULL });
  row = open_row (&fixture, &preferences);
  window_fixture_wait_text (row, "None of the dictionaries is for your language");
  gtk_window_destroy (GTK_WINDOW (preferences));
  window_fixture_done (&fixture);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/spelling/marks", test_marks },     { "/spelling/asleep", test_asleep },
    { "/spelling/fences", test_fences },   { "/spelling/tags", test_tags },
    { "/spelling/replace", test_replace }, { "/spelling/menu", test_menu },
    { "/spelling/verbs", test_verbs },     { "/spelling/no-suggestion", test_no_suggestion },
    { "/spelling/off", test_off },         { "/spelling/foreign", test_foreign },
    { "/spelling/long", test_long },       { "/spelling/copy", test_copy },
  };

  if (!window_fixture_init (&argc, &argv))
    return 0;
  adw_init ();

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/spelling/composer", test_composer);
  g_test_add_func ("/spelling/prompt", test_prompt);
  g_test_add_func ("/spelling/row", test_row);
  g_test_add_func ("/spelling/row-without", test_row_without);

  return g_test_run ();
}

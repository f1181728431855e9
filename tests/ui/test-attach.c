/* test-attach.c: files on their way into a message, out of it, and to a model
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-attachment-button.h"
#include "rnl-attachment-chip.h"
#include "rnl-composer.h"
#include "rnl-draft-file.h"
#include "rnl-drop-area.h"
#include "rnl-message-row.h"
#include "rnl-test-server.h"
#include "window-fixture.h"

#define NOTES "Buy milk.\n"

static RnlComposer *
get_composer (WindowFixture *fixture)
{
  return RNL_COMPOSER (window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_COMPOSER, 0));
}

static GtkWidget *
get_chip (WindowFixture *fixture, guint nth)
{
  return window_fixture_find (GTK_WIDGET (get_composer (fixture)), RNL_TYPE_ATTACHMENT_CHIP, nth);
}

static guint
count_files (WindowFixture *fixture)
{
  GListStore *files = rnl_composer_get_files (get_composer (fixture));

  return g_list_model_get_n_items (G_LIST_MODEL (files));
}

static RnlDraftFile *
get_draft (WindowFixture *fixture, guint nth)
{
  GListStore *files = rnl_composer_get_files (get_composer (fixture));
  g_autoptr (RnlDraftFile) draft = g_list_model_get_item (G_LIST_MODEL (files), nth);

  return draft;
}

static gboolean
all_read (WindowFixture *fixture)
{
  for (guint i = 0; i < count_files (fixture); i++)
    if (rnl_draft_file_get_loading (get_draft (fixture, i)))
      return FALSE;

  return count_files (fixture) > 0;
}

static GFile *
make_file (const char *name, const char *content)
{
  g_autofree char *path = g_build_filename (rnl_test_tmp_dir (), name, NULL);

  g_assert_true (g_file_set_contents (path, content, -1, NULL));

  return g_file_new_for_path (path);
}

/* Four red pixels. */
static GdkTexture *
make_texture (void)
{
  static const guchar pixels[] = { 255, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (pixels, sizeof pixels);

  return gdk_memory_texture_new (2, 2, GDK_MEMORY_R8G8B8A8, bytes, 8);
}

static gboolean
can_send (WindowFixture *fixture)
{
  GtkWidget *button = window_fixture_find_button (GTK_WIDGET (get_composer (fixture)), "Send");

  return gtk_widget_is_sensitive (button);
}

static void
attach_notes (WindowFixture *fixture)
{
  g_autoptr (GFile) file = make_file ("notes.txt", NOTES);

  rnl_window_attach (fixture->window, file);
}

/* While it is read nothing can be sent; then a file alone is enough. */
static void
test_reading (void)
{
  WindowFixture fixture = { 0 };

  window_fixture_open (&fixture);
  g_assert_false (can_send (&fixture));
  attach_notes (&fixture);
  g_assert_cmpuint (count_files (&fixture), ==, 1);
  rnl_composer_set_text (get_composer (&fixture), "What is it?");
  g_assert_false (can_send (&fixture));
  window_fixture_wait_text (get_chip (&fixture, 0), "Reading…");
  rnl_test_wait_for (all_read, &fixture);
  g_assert_true (can_send (&fixture));
  rnl_composer_set_text (get_composer (&fixture), NULL);
  g_assert_true (can_send (&fixture));
  window_fixture_wait_text (get_chip (&fixture, 0), "notes.txt");
  window_fixture_wait_text (get_chip (&fixture, 0), "10 bytes");
  window_fixture_assert_named (GTK_WIDGET (fixture.window));
  window_fixture_done (&fixture);
}

/* Each has a button named after it; the next one has the focus then, in the end the text. */
static void
test_remove (void)
{
  WindowFixture fixture = { 0 };
  g_autoptr (GFile) second = make_file ("list.csv", "a,b\n");
  GtkWidget *root;

  window_fixture_open (&fixture);
  root = GTK_WIDGET (get_composer (&fixture));
  attach_notes (&fixture);
  rnl_window_attach (fixture.window, second);
  rnl_test_wait_for (all_read, &fixture);
  window_fixture_wait_frames (root, 3);
  g_signal_emit_by_name (window_fixture_find_button (root, "Remove notes.txt"), "clicked");
  g_assert_cmpuint (count_files (&fixture), ==, 1);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture.window))
                 == window_fixture_find_button (root, "Remove list.csv"));
  g_signal_emit_by_name (window_fixture_find_button (root, "Remove list.csv"), "clicked");
  g_assert_cmpuint (count_files (&fixture), ==, 0);
  g_assert_false (can_send (&fixture));
  g_assert_true (GTK_IS_TEXT_VIEW (gtk_root_get_focus (GTK_ROOT (fixture.window))));
  window_fixture_done (&fixture);
}

/* It says why, and does not go along. */
static void
test_problem (void)
{
  WindowFixture fixture = { 0 };
  g_autoptr (GFile) folder = g_file_new_for_path (rnl_test_tmp_dir ());
  g_autoptr (GFile) empty = make_file ("empty.txt", "");

  window_fixture_open (&fixture);
  rnl_window_attach (fixture.window, folder);
  rnl_window_attach (fixture.window, empty);
  rnl_test_wait_for (all_read, &fixture);
  window_fixture_wait_text (get_chip (&fixture, 0), "Not a file");
  window_fixture_wait_text (get_chip (&fixture, 1), "The file is empty");
  g_assert_true (gtk_widget_has_css_class (get_chip (&fixture, 0), "error"));
  g_assert_false (can_send (&fixture));
  attach_notes (&fixture);
  rnl_test_wait_for (all_read, &fixture);
  rnl_composer_send (get_composer (&fixture));
  window_fixture_wait_idle (&fixture);
  g_assert_cmpuint (count_files (&fixture), ==, 2);
  window_fixture_done (&fixture);
}

/* Pasting. */

static void
paste (WindowFixture *fixture)
{
  GtkWidget *view
    = window_fixture_find (GTK_WIDGET (get_composer (fixture)), GTK_TYPE_TEXT_VIEW, 0);

  g_signal_emit_by_name (view, "paste-clipboard");
}

static void
test_paste (void)
{
  WindowFixture fixture = { 0 };
  g_autoptr (GdkTexture) texture = make_texture ();
  g_autoptr (GFile) file = make_file ("notes.txt", NOTES);
  g_auto (GValue) value = G_VALUE_INIT;
  GdkClipboard *clipboard;
  g_autofree char *text = NULL;

  window_fixture_open (&fixture);
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture.window));
  gdk_clipboard_set_texture (clipboard, texture);
  paste (&fixture);
  rnl_test_wait_for (all_read, &fixture);
  g_assert_cmpstr (rnl_draft_file_get_name (get_draft (&fixture, 0)), ==, "Picture.png");
  g_assert_nonnull (rnl_draft_file_get_part (get_draft (&fixture, 0)));

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (&file, 1));
  gdk_clipboard_set_value (clipboard, &value);
  paste (&fixture);
  while (count_files (&fixture) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (rnl_draft_file_get_name (get_draft (&fixture, 1)), ==, "notes.txt");

  gdk_clipboard_set_text (clipboard, "words");
  paste (&fixture);
  while (text == NULL || *text == '\0')
    {
      g_free (text);
      g_main_context_iteration (NULL, TRUE);
      text = rnl_composer_dup_text (get_composer (&fixture));
    }
  g_assert_cmpstr (text, ==, "words");
  g_assert_cmpuint (count_files (&fixture), ==, 2);
  window_fixture_done (&fixture);
}

/* Dropping. */

static GtkDropTarget *
find_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }

  return NULL;
}

static void
test_drop (void)
{
  WindowFixture fixture = { 0 };
  g_autoptr (GFile) file = make_file ("notes.txt", NOTES);
  g_autoptr (GFile) page = g_file_new_for_uri ("https://example.org/page");
  GFile *both[] = { file, page };
  g_auto (GValue) value = G_VALUE_INIT;
  GtkWidget *area;
  GtkDropTarget *target;
  GdkDragAction action = 0;
  gboolean taken = FALSE;
  g_autofree char *text = NULL;

  window_fixture_open (&fixture);
  area = window_fixture_find (GTK_WIDGET (fixture.window), RNL_TYPE_DROP_AREA, 0);
  target = find_drop_target (gtk_widget_get_parent (area));
  g_assert_nonnull (target);
  g_assert_cmpint (gtk_event_controller_get_propagation_phase (GTK_EVENT_CONTROLLER (target)), ==,
                   GTK_PHASE_CAPTURE);
  g_assert_false (gtk_widget_get_visible (area));
  g_signal_emit_by_name (target, "enter", 10.0, 10.0, &action);
  g_assert_cmpint (action, ==, GDK_ACTION_COPY);
  g_assert_true (gtk_widget_get_visible (area));
  g_assert_true (window_fixture_shows (area, "Drop to attach"));
  g_signal_emit_by_name (target, "leave");
  g_assert_false (gtk_widget_get_visible (area));

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (both, 2));
  g_signal_emit_by_name (target, "drop", &value, 10.0, 10.0, &taken);
  g_assert_true (taken);
  g_assert_cmpuint (count_files (&fixture), ==, 1);
  /* The address of a page is a word. */
  text = rnl_composer_dup_text (get_composer (&fixture));
  g_assert_cmpstr (text, ==, "https://example.org/page");
  window_fixture_done (&fixture);
}

/* Sending. */

static gboolean
shows_picture (GtkWidget *button)
{
  return gtk_widget_has_css_class (button, "picture");
}

/* The first request with it: others may follow, for a title. */
static const char *
find_question (RnlTestServer *server, const char *question)
{
  for (guint i = 0; i < rnl_test_server_get_n_requests (server); i++)
    {
      const char *body = rnl_test_server_get_request (server, i)->body;

      if (body != NULL && strstr (body, question) != NULL)
        return body;
    }

  return NULL;
}

static void
test_sent (void)
{
  static const char answer[]
    = "data: {\"choices\":[{\"delta\":{\"content\":\"Four red dots.\"}}]}\n\n"
      "data: [DONE]\n\n";
  WindowFixture fixture = { 0 };
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  g_autoptr (GdkTexture) texture = make_texture ();
  GtkWidget *row;
  const char *body;

  rnl_test_server_push (server, &(RnlTestReply){ .body = answer });
  window_fixture_open (&fixture);
  window_fixture_use_server (&fixture, url);
  attach_notes (&fixture);
  rnl_composer_attach_texture (get_composer (&fixture), texture);
  rnl_test_wait_for (all_read, &fixture);
  window_fixture_ask (&fixture, "What are these?");
  window_fixture_wait_idle (&fixture);

  body = find_question (server, "What are these?");
  g_assert_nonnull (body);
  g_assert_nonnull (strstr (body, "data:image/png;base64,iVBORw0KGgo"));
  g_assert_nonnull (strstr (body, "notes.txt:\\n```txt\\nBuy milk.\\n```"));
  g_assert_cmpuint (count_files (&fixture), ==, 0);

  row = window_fixture_find (GTK_WIDGET (fixture.window), RNL_TYPE_MESSAGE_ROW, 0);
  g_assert_nonnull (window_fixture_find_button (row, "Open notes.txt"));
  rnl_test_wait_for (shows_picture, window_fixture_find (row, RNL_TYPE_ATTACHMENT_BUTTON, 1));
  window_fixture_assert_named (GTK_WIDGET (fixture.window));
  window_fixture_done (&fixture);
}

/* Another chat has other files; who comes back finds them again. */
static void
test_kept (void)
{
  WindowFixture fixture = { 0 };
  RnlConversation *first;
  g_autofree char *id = NULL;

  window_fixture_open (&fixture);
  window_fixture_ask (&fixture, "hello");
  window_fixture_wait_idle (&fixture);
  first = rnl_window_get_conversation (fixture.window);
  id = g_strdup (rnl_chat_get_id (rnl_conversation_get_chat (first)));
  attach_notes (&fixture);
  rnl_test_wait_for (all_read, &fixture);
  g_action_group_activate_action (G_ACTION_GROUP (fixture.application), "new-chat", NULL);
  g_assert_cmpuint (count_files (&fixture), ==, 0);
  g_action_group_activate_action (G_ACTION_GROUP (fixture.application), "open-chat",
                                  g_variant_new_string (id));
  g_assert_cmpuint (count_files (&fixture), ==, 1);
  g_assert_cmpstr (rnl_draft_file_get_name (get_draft (&fixture, 0)), ==, "notes.txt");
  window_fixture_done (&fixture);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/attach/reading", test_reading);
  g_test_add_func ("/attach/remove", test_remove);
  g_test_add_func ("/attach/problem", test_problem);
  g_test_add_func ("/attach/paste", test_paste);
  g_test_add_func ("/attach/drop", test_drop);
  g_test_add_func ("/attach/sent", test_sent);
  g_test_add_func ("/attach/kept", test_kept);

  return g_test_run ();
}

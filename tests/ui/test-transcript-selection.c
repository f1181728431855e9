/* test-transcript-selection.c: one selection over the texts of a conversation
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "chat-fixture.h"
#include "rnl-answer-view.h"
#include "rnl-fold-memory.h"
#include "rnl-output-view.h"
#include "rnl-question-text.h"
#include "rnl-text-segment.h"
#include "rnl-transcript-view.h"

static const char answer[]
  = "# Streams\n\nA stream **grows** from [rain](https://example.org/rain).\n\n"
    "- rain in *spring*\n- melting snow\n\n```c\nint flow;\nint ebb;\n```\n\n"
    "| river | length |\n|---|--:|\n| Weser | 451 |\n\n> The source.\n\nEnd of it.\n";

typedef struct
{
  ChatFixture chat;
  GListStore *messages;
  RnlTranscriptView *view;
  GtkWidget *list;
  RnlTranscriptSelection *selection;
} Fixture;

static RnlMessage *
add (Fixture *fixture, RnlRole role, const char *text)
{
  g_autoptr (RnlMessage) message = rnl_message_new_text (role, text);

  rnl_message_set_state (message, RNL_MESSAGE_COMPLETE);
  g_list_store_append (fixture->messages, message);

  return message;
}

static gboolean
settled (gpointer data)
{
  Fixture *fixture = data;
  RnlMessageList *list = rnl_transcript_view_get_list (fixture->view);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (fixture->messages));

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = GTK_WIDGET (rnl_message_list_get_row (list, i));
      GtkWidget *view = row != NULL ? chat_fixture_find (row, RNL_TYPE_ANSWER_VIEW, 0) : NULL;

      if (view != NULL && !rnl_answer_view_is_settled (RNL_ANSWER_VIEW (view)))
        return FALSE;
    }

  return TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->messages = g_list_store_new (RNL_TYPE_MESSAGE);
  add (fixture, RNL_ROLE_USER, "What is a *stream*?");
  add (fixture, RNL_ROLE_ASSISTANT, answer);
  add (fixture, RNL_ROLE_USER, "And again");
  add (fixture, RNL_ROLE_ASSISTANT, answer);
  fixture->view = RNL_TRANSCRIPT_VIEW (rnl_transcript_view_new ());
  rnl_transcript_view_set_messages (fixture->view, G_LIST_MODEL (fixture->messages));
  chat_fixture_show (&fixture->chat, GTK_WIDGET (fixture->view));
  gtk_window_set_default_size (GTK_WINDOW (fixture->chat.window), 640, 900);
  fixture->list = GTK_WIDGET (rnl_transcript_view_get_list (fixture->view));
  fixture->selection
    = rnl_transcript_texts_get_selection (rnl_transcript_view_get_texts (fixture->view));
  rnl_test_wait_for (settled, fixture);
  chat_fixture_wait_frames (&fixture->chat, 5);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  chat_fixture_done (&fixture->chat);
  g_object_unref (fixture->messages);
}

static char *
dup_markdown (Fixture *fixture)
{
  g_autoptr (RnlClipboardText) content = rnl_transcript_selection_dup_content (fixture->selection);

  return rnl_clipboard_text_dup_markdown (content);
}

static void
assert_markdown (Fixture *fixture, const char *expected)
{
  g_autofree char *markdown = dup_markdown (fixture);

  g_assert_cmpstr (markdown, ==, expected);
}

/* {{{ Gestures: the selection's own controllers, as GTK calls them */

static gpointer
find_controller (Fixture *fixture, GType type, guint button)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (fixture->list);
  gpointer found = NULL;

  /* The last ones added are those of the selection. */
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type)
          && (button == 0
              || gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) == button)
          && g_signal_handler_find (controller, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL,
                                    fixture->view)
               == 0)
        found = controller;
    }
  g_assert_nonnull (found);

  return found;
}

static RnlSelectable *
find_text (Fixture *fixture, guint message)
{
  RnlChatPoint start = { message, 0, 0, { 0, 0 } };

  return rnl_transcript_selection_find_text (fixture->selection, &start);
}

/* Where a place of a part is, in the list's coordinates. */
static graphene_point_t
find_place (Fixture *fixture, guint message, guint block, guint offset)
{
  RnlSelectable *text = find_text (fixture, message);
  RnlBlockPoint place = { block, offset };
  graphene_rect_t area;
  graphene_point_t point;

  g_assert_nonnull (text);
  g_assert_true (rnl_selectable_locate (text, &place, &area));
  g_assert_true (gtk_widget_compute_point (
    GTK_WIDGET (text), fixture->list,
    &GRAPHENE_POINT_INIT (area.origin.x + 1, area.origin.y + area.size.height / 2), &point));

  return point;
}

static void
press (Fixture *fixture, graphene_point_t at, int n_press)
{
  GtkGesture *click = find_controller (fixture, GTK_TYPE_GESTURE_CLICK, GDK_BUTTON_PRIMARY);

  g_signal_emit_by_name (click, "pressed", n_press, (double) at.x, (double) at.y);
}

static void
assert_selected (Fixture *fixture,
                 guint from_message,
                 guint from_block,
                 guint from_offset,
                 guint to_message,
                 guint to_block,
                 guint to_offset)
{
  RnlChatRange range;

  g_assert_true (rnl_transcript_selection_get_range (fixture->selection, &range));
  g_assert_cmpuint (range.from.message, ==, from_message);
  g_assert_cmpuint (range.from.place.block, ==, from_block);
  g_assert_cmpuint (range.from.place.offset, ==, from_offset);
  g_assert_cmpuint (range.to.message, ==, to_message);
  g_assert_cmpuint (range.to.place.block, ==, to_block);
  g_assert_cmpuint (range.to.place.offset, ==, to_offset);
}

/* }}} */

static void
select_range (Fixture *fixture, RnlChatPoint from, RnlChatPoint to)
{
  rnl_transcript_selection_set (fixture->selection, &from, &to);
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  press (fixture, find_place (fixture, 1, 1, 11), 2);
  assert_selected (fixture, 1, 1, 9, 1, 1, 14);
  assert_markdown (fixture, "**grows**");
  press (fixture, find_place (fixture, 1, 2, 6), 3);
  assert_selected (fixture, 1, 2, 0, 1, 2, 14);
  assert_markdown (fixture, "- rain in *spring*");
  press (fixture, find_place (fixture, 0, 0, 1), 2);
  assert_markdown (fixture, "What");
}

static void
test_across (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RnlClipboardText) content = NULL;
  g_autofree char *markdown = NULL, *plain = NULL, *html = NULL;

  select_range (fixture, (RnlChatPoint){ 0, 0, 0, { 0, 10 } }, (RnlChatPoint){ 1, 0, 0, { 4, 3 } });
  assert_markdown (fixture,
                   "*stream*?\n\n# Streams\n\nA stream **grows** from "
                   "[rain](https://example.org/rain).\n\n- rain in *spring*\n- melting snow\n\n"
                   "```c\nint\n```");
  /* Upwards it is the same. */
  markdown = dup_markdown (fixture);
  select_range (fixture, (RnlChatPoint){ 1, 0, 0, { 4, 3 } }, (RnlChatPoint){ 0, 0, 0, { 0, 10 } });
  assert_markdown (fixture, markdown);

  content = rnl_transcript_selection_dup_content (fixture->selection);
  plain = rnl_clipboard_text_dup_plain (content);
  html = rnl_clipboard_text_dup_html (content);
  g_assert_nonnull (strstr (plain, "A stream grows from rain.\n\n• rain in spring\n• melting"));
  g_assert_nonnull (strstr (html, "<a href=\"https://example.org/rain\">rain</a>"));
}

/* What the widgets show is what is selected. */
static void
test_shown (Fixture *fixture, gconstpointer data)
{
  RnlSelectable *text = find_text (fixture, 1);
  GtkTextView *segment
    = GTK_TEXT_VIEW (chat_fixture_find (GTK_WIDGET (text), RNL_TYPE_TEXT_SEGMENT, 0));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (segment);
  GtkTextIter start, end;
  g_autofree char *shown = NULL;

  select_range (fixture, (RnlChatPoint){ 1, 0, 0, { 1, 2 } }, (RnlChatPoint){ 1, 0, 0, { 2, 4 } });
  g_assert_true (gtk_text_buffer_get_selection_bounds (buffer, &start, &end));
  shown = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  g_assert_cmpstr (shown, ==, "stream grows from rain.\n•\train");
  rnl_transcript_selection_clear (fixture->selection);
  g_assert_false (gtk_text_buffer_get_has_selection (buffer));
}

static void
test_message (Fixture *fixture, gconstpointer data)
{
  g_autofree char *all
    = g_strjoin ("\n\n", "What is a *stream*?", answer, "And again", answer, NULL);

  rnl_transcript_selection_select_message (fixture->selection, 1);
  assert_markdown (fixture, answer);
  rnl_transcript_selection_select_all (fixture->selection);
  assert_markdown (fixture, all);
  g_assert_false (rnl_scroll_follower_get_following (
    rnl_message_list_get_follower (RNL_MESSAGE_LIST (fixture->list))));
}

static gboolean
press_key (Fixture *fixture, guint key, GdkModifierType state)
{
  GtkEventController *keys = find_controller (fixture, GTK_TYPE_EVENT_CONTROLLER_KEY, 0);
  gboolean handled = FALSE;

  g_signal_emit_by_name (keys, "key-pressed", key, 0, state, &handled);

  return handled;
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  press (fixture, find_place (fixture, 1, 0, 5), 1);
  g_assert_true (press_key (fixture, GDK_KEY_Right, GDK_SHIFT_MASK));
  assert_selected (fixture, 1, 0, 5, 1, 0, 6);
  g_assert_true (press_key (fixture, GDK_KEY_Right, GDK_SHIFT_MASK | GDK_CONTROL_MASK));
  assert_selected (fixture, 1, 0, 5, 1, 0, 7);
  g_assert_true (press_key (fixture, GDK_KEY_Right, GDK_SHIFT_MASK));
  assert_selected (fixture, 1, 0, 5, 1, 1, 0);
  for (guint i = 0; i < 3; i++)
    g_assert_true (press_key (fixture, GDK_KEY_Left, GDK_SHIFT_MASK | GDK_CONTROL_MASK));
  g_assert_true (press_key (fixture, GDK_KEY_Down, GDK_SHIFT_MASK | GDK_CONTROL_MASK));
  g_assert_true (press_key (fixture, GDK_KEY_a, GDK_CONTROL_MASK));
  assert_markdown (fixture, answer);
  g_assert_true (press_key (fixture, GDK_KEY_Escape, 0));
  assert_markdown (fixture, "");
  g_assert_false (press_key (fixture, GDK_KEY_Escape, 0));
  g_assert_false (press_key (fixture, GDK_KEY_Right, 0));
}

/* Down and up again from line to line, over code, tables and messages. */
static void
test_lines (Fixture *fixture, gconstpointer data)
{
  RnlChatRange range;
  RnlChatPoint before = { 0, 0, 0, { 0, 0 } };

  press (fixture, find_place (fixture, 1, 0, 2), 1);
  for (guint i = 0; i < 14; i++)
    {
      g_assert_true (press_key (fixture, GDK_KEY_Down, GDK_SHIFT_MASK));
      g_assert_true (rnl_transcript_selection_get_range (fixture->selection, &range));
      g_assert_cmpint (rnl_chat_point_compare (&before, &range.to), <, 0);
      before = range.to;
    }
  g_assert_cmpuint (range.to.message, >=, 2);
}

static void
test_streaming (Fixture *fixture, gconstpointer data)
{
  RnlMessage *message = rnl_message_new (RNL_ROLE_ASSISTANT);
  RnlPart *part = rnl_part_new (RNL_PART_TEXT, 0);
  GString *source = g_string_new ("First **paragraph** here.\n\n- item");
  RnlSelectable *text;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  g_autofree char *shown = NULL;

  rnl_message_add_part (message, part);
  rnl_message_set_state (message, RNL_MESSAGE_STREAMING);
  g_list_store_append (fixture->messages, message);
  rnl_part_append (part, source->str, source->len);
  rnl_test_wait_for (settled, fixture);
  select_range (fixture, (RnlChatPoint){ 4, 0, 0, { 0, 6 } }, (RnlChatPoint){ 4, 0, 0, { 1, 2 } });
  assert_markdown (fixture, "**paragraph** here.\n\n- it");
  for (guint i = 0; i < 60; i++)
    {
      const char *more = i % 7 == 0   ? "\n\n```\ncode\n```\n\n"
                         : i % 5 == 0 ? "\n- *item*"
                                      : " word";

      g_string_append (source, more);
      rnl_part_append (part, more, strlen (more));
      if (i % 8 == 0)
        chat_fixture_wait_frames (&fixture->chat, 1);
      assert_markdown (fixture, "**paragraph** here.\n\n- it");
    }
  rnl_part_set_complete (part, TRUE);
  rnl_message_set_state (message, RNL_MESSAGE_COMPLETE);
  rnl_test_wait_for (settled, fixture);
  chat_fixture_wait_frames (&fixture->chat, 3);
  assert_markdown (fixture, "**paragraph** here.\n\n- it");
  text = find_text (fixture, 4);
  buffer = gtk_text_view_get_buffer (
    GTK_TEXT_VIEW (chat_fixture_find (GTK_WIDGET (text), RNL_TYPE_TEXT_SEGMENT, 0)));
  g_assert_true (gtk_text_buffer_get_selection_bounds (buffer, &start, &end));
  shown = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  g_assert_cmpstr (shown, ==, "paragraph here.\n•\tit");
  g_string_free (source, TRUE);
  g_object_unref (part);
  g_object_unref (message);
}

/* Messages that come above, and rows that are far away, change nothing. */
static void
test_far (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (30000, 'x');
  g_autofree char *before = NULL;

  select_range (fixture, (RnlChatPoint){ 1, 0, 0, { 0, 2 } }, (RnlChatPoint){ 3, 0, 0, { 1, 4 } });
  before = dup_markdown (fixture);
  for (guint i = 0; i < 40; i++)
    add (fixture, RNL_ROLE_ASSISTANT, answer);
  rnl_message_list_scroll_to_end (RNL_MESSAGE_LIST (fixture->list));
  chat_fixture_wait_frames (&fixture->chat, 20);
  assert_markdown (fixture, before);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, "Earlier");

      g_list_store_insert (fixture->messages, 0, message);
    }
  assert_markdown (fixture, before);
  assert_selected (fixture, 4, 0, 2, 6, 1, 4);
  /* When what is selected goes, so does the selection. */
  g_list_store_splice (fixture->messages, 4, 1, NULL, 0);
  assert_markdown (fixture, "");
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  if (*text == NULL)
    *text = g_strdup ("nothing");
}

static gboolean
has_text (gpointer data)
{
  return *(char **) data != NULL;
}

static void
test_clipboard (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (fixture->list);
  char *text = NULL;

  rnl_transcript_selection_select_message (fixture->selection, 1);
  rnl_transcript_selection_copy (fixture->selection);
  gdk_clipboard_read_text_async (clipboard, NULL, read_cb, &text);
  rnl_test_wait_for (has_text, &text);
  g_assert_cmpstr (text, ==, answer);
  g_clear_pointer (&text, g_free);
  gdk_clipboard_read_text_async (gtk_widget_get_primary_clipboard (fixture->list), NULL, read_cb,
                                 &text);
  rnl_test_wait_for (has_text, &text);
  g_assert_cmpstr (text, ==, answer);
  g_clear_pointer (&text, g_free);
  g_assert_true (
    gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard), "text/html"));
  g_assert_true (
    gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard), "text/markdown"));
}

/* The menu at a table offers all of it, by the pointer and by the keyboard. */
static void
test_table_menu (Fixture *fixture, gconstpointer data)
{
  GtkGesture *menu = find_controller (fixture, GTK_TYPE_GESTURE_CLICK, GDK_BUTTON_SECONDARY);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (fixture->list);
  graphene_point_t at = find_place (fixture, 1, 5, 2);

  for (guint i = 0; i < 2; i++)
    {
      char *text = NULL;
      GtkWidget *popover;

      if (i == 0)
        g_signal_emit_by_name (menu, "pressed", 1, (double) at.x, (double) at.y);
      else
        g_assert_true (press_key (fixture, GDK_KEY_F10, GDK_SHIFT_MASK));
      popover = chat_fixture_find (GTK_WIDGET (fixture->view), GTK_TYPE_POPOVER_MENU, 0);
      g_assert_nonnull (popover);
      g_assert_true (gtk_widget_activate_action (
        popover, i == 0 ? "selection.copy-table-tsv" : "selection.copy-table-markdown", NULL));
      gdk_clipboard_read_text_async (clipboard, NULL, read_cb, &text);
      rnl_test_wait_for (has_text, &text);
      g_assert_cmpstr (text, ==,
                       i == 0 ? "river\tlength\nWeser\t451\n"
                              : "| river | length |\n|---|--:|\n| Weser | 451 |");
      g_free (text);
      gtk_popover_popdown (GTK_POPOVER (popover));
      chat_fixture_wait_frames (&fixture->chat, 3);
      press (fixture, at, 1);
    }
}

/* Output of many lines, of which the first and the last ones are shown, and a card that is open. */
static RnlMessage *
add_card (Fixture *fixture)
{
  RnlMessage *message = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlPart) call = rnl_part_new_tool_call (0, "call-7", "search_files");
  g_autoptr (RnlPart) said = rnl_part_new (RNL_PART_TEXT, 0);
  g_autoptr (RnlPart) text = rnl_part_new (RNL_PART_TEXT, 0);

  rnl_fold_memory_set (rnl_part_get_id (call), TRUE);
  chat_fixture_append (call, "{\"folder\": \"Notes\", \"limit\": 20}");
  rnl_part_set_complete (call, TRUE);
  chat_fixture_append (said, "A **nested** word.");
  rnl_part_set_complete (said, TRUE);
  rnl_part_add_child (call, said);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *line = g_strdup_printf ("line %u\n", i);

      rnl_part_append_output (call, line, strlen (line));
    }
  rnl_part_set_result (call, "{\"found\": 7}");
  rnl_part_set_state (call, RNL_TOOL_DONE);
  rnl_message_add_part (message, call);
  chat_fixture_append (text, "After *it*.");
  rnl_part_set_complete (text, TRUE);
  rnl_message_add_part (message, text);
  rnl_message_set_state (message, RNL_MESSAGE_COMPLETE);
  g_list_store_append (fixture->messages, message);
  g_object_unref (message);
  chat_fixture_wait_frames (&fixture->chat, 20);

  return message;
}

#define OUTPUT_TEXT (G_MAXUINT - 2)

/* What a card shows is part of the selection where that begins or ends in the card. */
static void
test_cards (Fixture *fixture, gconstpointer data)
{
  RnlSelectable *output;
  RnlBlockPoint place = { 97, 6 };
  RnlChatPoint point = { 4, 0, OUTPUT_TEXT, { 97, 6 } };
  graphene_rect_t area;
  RnlChatRange range;

  add_card (fixture);
  select_range (fixture, (RnlChatPoint){ 4, 0, OUTPUT_TEXT, { 98, 5 } },
                (RnlChatPoint){ 4, 1, 0, { 0, 5 } });
  assert_markdown (fixture, "98\nline 99\n\n\nfound\n7\n\nAfter");
  select_range (fixture, (RnlChatPoint){ 4, 0, 1, { 1, 1 } },
                (RnlChatPoint){ 4, 0, OUTPUT_TEXT, { 0, 4 } });
  assert_markdown (fixture, "otes\nlimit\n20\n\nA **nested** word.\n\nline");
  select_range (fixture, (RnlChatPoint){ 3, 0, 0, { 7, 0 } }, (RnlChatPoint){ 4, 1, 0, { 0, 5 } });
  assert_markdown (fixture, "End of it.\n\nAfter");

  /* A press in the last lines knows which they are. */
  output = rnl_transcript_selection_find_text (fixture->selection, &point);
  g_assert_true (rnl_selectable_locate (output, &place, &area));
  g_assert_true (rnl_selectable_hit (output, area.origin.x + 1, area.origin.y + 2, &place));
  g_assert_cmpuint (place.block, ==, 97);
  g_assert_cmpuint (place.offset, ==, 6);
  place.block = 50;
  g_assert_false (rnl_selectable_locate (output, &place, &area));

  /* Keys go from text to text. */
  point = (RnlChatPoint){ 4, 0, 2, { 0, 14 } };
  rnl_transcript_selection_set (fixture->selection, &point, &point);
  gtk_widget_grab_focus (
    GTK_WIDGET (rnl_message_list_get_row (RNL_MESSAGE_LIST (fixture->list), 4)));
  for (guint i = 0; i < 3; i++)
    g_assert_true (press_key (fixture, GDK_KEY_Right, GDK_SHIFT_MASK));
  g_assert_true (rnl_transcript_selection_get_range (fixture->selection, &range));
  g_assert_cmpuint (range.to.text, ==, OUTPUT_TEXT);
  for (guint i = 0; i < 3; i++)
    g_assert_true (press_key (fixture, GDK_KEY_Left, GDK_SHIFT_MASK));
  g_assert_true (rnl_transcript_selection_get_range (fixture->selection, &range));
  g_assert_cmpuint (range.to.text, ==, 2);
}

/* A question too long for its bubble belongs to the selection, too. */
static void
test_long_question (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) question = g_string_new (NULL);
  GtkWidget *output;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (question, "%sQuestion %u?", i > 0 ? "\n" : "", i);
  add (fixture, RNL_ROLE_USER, question->str);
  chat_fixture_wait_frames (&fixture->chat, 20);
  output = chat_fixture_find (
    GTK_WIDGET (rnl_message_list_get_row (RNL_MESSAGE_LIST (fixture->list), 4)),
    RNL_TYPE_OUTPUT_VIEW, 0);
  g_assert_nonnull (output);
  press (fixture, find_place (fixture, 4, 998, 3), 3);
  assert_markdown (fixture, "Question 998?");
  select_range (fixture, (RnlChatPoint){ 3, 0, 0, { 7, 7 } }, (RnlChatPoint){ 4, 0, 0, { 1, 8 } });
  assert_markdown (fixture, "it.\n\nQuestion 0?\nQuestion");
  rnl_transcript_selection_select_message (fixture->selection, 4);
  assert_markdown (fixture, question->str);
}

static void
add_test (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  if (!chat_fixture_init (&argc, &argv))
    return 77;
  add_test ("/transcript-selection/words", test_words);
  add_test ("/transcript-selection/across", test_across);
  add_test ("/transcript-selection/shown", test_shown);
  add_test ("/transcript-selection/message", test_message);
  add_test ("/transcript-selection/keys", test_keys);
  add_test ("/transcript-selection/lines", test_lines);
  add_test ("/transcript-selection/streaming", test_streaming);
  add_test ("/transcript-selection/far", test_far);
  add_test ("/transcript-selection/clipboard", test_clipboard);
  add_test ("/transcript-selection/table-menu", test_table_menu);
  add_test ("/transcript-selection/cards", test_cards);
  add_test ("/transcript-selection/long-question", test_long_question);

  return g_test_run ();
}

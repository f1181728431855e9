/* test-context.c: how full the model's window is, what is left out, and summing up with Undo
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-context-meter.h"
#include "rnl-context-note.h"
#include "rnl-conversation-context.h"
#include "rnl-fold-header.h"
#include "rnl-part-extra.h"
#include "rnl-test-server.h"
#include "rnl-transcript-view.h"
#include "window-fixture.h"

static RnlContextMeter *
get_meter (WindowFixture *fixture)
{
  return RNL_CONTEXT_METER (
    window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_CONTEXT_METER, 0));
}

static RnlContextNote *
get_note (WindowFixture *fixture)
{
  GtkWidget *note;

  for (guint i = 0;
       (note = window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_CONTEXT_NOTE, i))
       != NULL;
       i++)
    if (gtk_widget_get_visible (note))
      return RNL_CONTEXT_NOTE (note);

  return NULL;
}

static void
test_counts (void)
{
  static const struct
  {
    gint64 tokens;
    const char *text;
  } cases[] = { { 0, "0" },         { 999, "999" },      { 1000, "1.0k" },     { 3249, "3.2k" },
                { 9949, "9.9k" },   { 9950, "10k" },     { 128000, "128k" },   { 999499, "999k" },
                { 999500, "1.0M" }, { 1048576, "1.0M" }, { 12500000, "12.5M" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = rnl_context_meter_dup_count (cases[i].tokens);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Nothing in an empty chat; an estimate is called one; a draft is part of it. */
static void
test_estimate (void)
{
  WindowFixture fixture;
  RnlContextMeter *meter;
  g_autofree char *before = NULL;
  GtkWidget *label;

  window_fixture_open (&fixture);
  meter = get_meter (&fixture);
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (meter)));
  window_fixture_ask (&fixture, "What is 1 + 1?");
  window_fixture_wait_idle (&fixture);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (meter)));
  g_assert_true (g_str_has_prefix (rnl_context_meter_get_text (meter), "about "));
  g_assert_true (g_str_has_suffix (rnl_context_meter_get_text (meter), " tokens"));
  label = gtk_widget_get_first_child (GTK_WIDGET (meter));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (label), "An estimate"));

  before = g_strdup (rnl_context_meter_get_text (meter));
  rnl_context_meter_set_draft (meter, "a draft of more than a hundred words would be longer, "
                                      "but this one is long enough to be seen in the number "
                                      "that the meter shows, I should say, even when it is told "
                                      "in thousands with one decimal, as it may well be when "
                                      "there are many tools whose descriptions are sent along, "
                                      "which is so in this program: so here are some more words, "
                                      "and a few more of them, and then it is enough of that.");
  g_assert_cmpstr (rnl_context_meter_get_text (meter), !=, before);
  rnl_context_meter_set_draft (meter, NULL);
  g_assert_cmpstr (rnl_context_meter_get_text (meter), ==, before);
  window_fixture_done (&fixture);
}

#define USAGE(prompt)                                                                              \
  "data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"Yes.\"}, "                       \
  "\"finish_reason\": \"stop\"}]}\n\n"                                                             \
  "data: {\"choices\": [], \"usage\": {\"prompt_tokens\": " prompt                                 \
  ", \"completion_tokens\": 7, \"total_tokens\": 3207}}\n\ndata: [DONE]\n\n"

/* What a server says is worth more. */
static void
test_reported (void)
{
  WindowFixture fixture;
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  RnlContextMeter *meter;
  RnlContextFacts facts;
  g_autofree char *reply = NULL;
  g_autofree char *tokens = NULL;

  window_fixture_open (&fixture);
  meter = get_meter (&fixture);
  rnl_conversation_measure (rnl_window_get_conversation (fixture.window), NULL, &facts);
  tokens = g_strdup_printf ("%d", (int) facts.tokens * 2);
  reply = g_strdup_printf (USAGE ("%s"), tokens);
  rnl_test_server_push (server, &(RnlTestReply){ .body = reply });
  window_fixture_use_server (&fixture, url);
  window_fixture_ask (&fixture, "Are you there?");
  window_fixture_wait_idle (&fixture);
  rnl_conversation_measure (rnl_window_get_conversation (fixture.window), NULL, &facts);
  g_assert_cmpint (facts.source, ==, RNL_TOKEN_SOURCE_REPORTED);
  g_assert_false (g_str_has_prefix (rnl_context_meter_get_text (meter), "about "));
  g_assert_nonnull (strstr (
    gtk_widget_get_tooltip_text (gtk_widget_get_first_child (GTK_WIDGET (meter))), "7 written"));
  window_fixture_done (&fixture);
}

static void
ask_some (WindowFixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *question = g_strdup_printf ("What is %u + 1?", i);

      window_fixture_ask (fixture, question);
      window_fixture_wait_idle (fixture);
    }
}

static void
summarise (WindowFixture *fixture)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.summarise", NULL));
}

/* A fold where the summary ends, which Undo takes away again. */
static void
test_summary (void)
{
  WindowFixture fixture;
  GtkWidget *window, *header;
  RnlContextFacts facts;

  window_fixture_open (&fixture);
  window = GTK_WIDGET (fixture.window);
  ask_some (&fixture, 1);
  summarise (&fixture);
  window_fixture_wait_text (window, "nothing older to summarise");
  g_assert_null (get_note (&fixture));

  ask_some (&fixture, 3);
  summarise (&fixture);
  window_fixture_wait_text (window, "4 earlier messages are now sent as a summary");
  window_fixture_wait_text (window, "Summary of 4 messages");
  header = window_fixture_find (GTK_WIDGET (get_note (&fixture)), RNL_TYPE_FOLD_HEADER, 0);
  g_assert_false (rnl_fold_header_get_open (RNL_FOLD_HEADER (header)));
  rnl_conversation_measure (rnl_window_get_conversation (fixture.window), NULL, &facts);
  g_assert_cmpuint (facts.summarised, ==, 4);

  g_signal_emit_by_name (window_fixture_find_button (window, "_Undo"), "clicked");
  window_fixture_wait_frames (window, 3);
  g_assert_null (get_note (&fixture));
  rnl_conversation_measure (rnl_window_get_conversation (fixture.window), NULL, &facts);
  g_assert_cmpuint (facts.summarised, ==, 0);
  window_fixture_done (&fixture);
}

/* It is there again after the next start. */
static void
test_summary_is_kept (void)
{
  WindowFixture fixture;
  g_autoptr (RnlChat) chat = NULL;

  window_fixture_open (&fixture);
  ask_some (&fixture, 4);
  summarise (&fixture);
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "Summary of 4 messages");
  window_fixture_close (&fixture);

  window_fixture_open (&fixture);
  chat = g_list_model_get_item (window_fixture_list_chats (&fixture), 0);
  rnl_window_open_chat (fixture.window, chat);
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "Summary of 4 messages");
  window_fixture_assert_named (GTK_WIDGET (fixture.window));
  g_clear_object (&chat);
  window_fixture_done (&fixture);
}

static void
test_left_out (void)
{
  g_autoptr (RnlPart) part = rnl_part_new (RNL_PART_OPAQUE, 0);
  g_autoptr (JsonNode) one = json_from_string ("{\"messages\": 1, \"first\": \"x\"}", NULL);
  g_autoptr (JsonNode) twelve = json_from_string ("{\"messages\": 12, \"first\": \"x\"}", NULL);
  GtkWidget *note = g_object_ref_sink (rnl_context_note_new (part));

  g_assert_false (gtk_widget_get_visible (note));
  rnl_part_set_extra (part, RNL_PART_EXTRA_LEFT_OUT, one);
  g_assert_true (gtk_widget_get_visible (note));
  g_assert_cmpstr (rnl_context_note_get_title (RNL_CONTEXT_NOTE (note)), ==,
                   "1 earlier message was left out: the model’s window is full");
  rnl_part_set_extra (part, RNL_PART_EXTRA_LEFT_OUT, twelve);
  g_assert_cmpstr (rnl_context_note_get_title (RNL_CONTEXT_NOTE (note)), ==,
                   "12 earlier messages were left out: the model’s window is full");
  g_assert_finalize_object (note);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 77;

  g_test_add_func ("/context/counts", test_counts);
  g_test_add_func ("/context/estimate", test_estimate);
  g_test_add_func ("/context/reported", test_reported);
  g_test_add_func ("/context/summary", test_summary);
  g_test_add_func ("/context/summary/kept", test_summary_is_kept);
  g_test_add_func ("/context/left-out", test_left_out);

  return g_test_run ();
}

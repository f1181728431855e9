/* test-context-trim.c: what a model's window does not hold is left out, told, and summed up
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-context-size.h"
#include "rnl-context-trim.h"
#include "rnl-conversation-context.h"
#include "rnl-offline-helper.h"
#include "rnl-part-extra.h"
#include "rnl-provider-error.h"
#include "rnl-test.h"
#include "window-model.h"

static RnlChatRequest *
get_request (WindowModel *self, guint position)
{
  g_assert_cmpuint (position, <, self->requests->len);

  return g_ptr_array_index (self->requests, position);
}

static RnlChatRequest *
last_request (WindowModel *self)
{
  return get_request (self, self->requests->len - 1);
}

static char *
dup_first (RnlChatRequest *request)
{
  return rnl_message_dup_text (g_ptr_array_index (request->messages, 0));
}

/* A chat of long questions. */

#define QUESTION_WORDS 250 /* a word and the blank before it are a token */

static char *
dup_question (guint number)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "Question %u:", number);
  for (guint i = 0; i < QUESTION_WORDS; i++)
    g_string_append (text, " word");

  return g_string_free (text, FALSE);
}

static RnlConversation *
new_conversation (WindowModel *model)
{
  g_autoptr (RnlChat) chat = rnl_chat_new ();
  RnlConversation *conversation = rnl_conversation_new (NULL, chat, RNL_CHAT_MODEL (model), NULL);

  rnl_conversation_set_system (conversation, "Be brief.");

  return conversation;
}

static gboolean
is_idle (gpointer user_data)
{
  return !rnl_conversation_get_busy (user_data);
}

static RnlMessage *
ask (RnlConversation *conversation, guint number)
{
  g_autofree char *text = dup_question (number);
  GListModel *messages = rnl_conversation_list_messages (conversation);
  g_autoptr (RnlMessage) answer = NULL;

  g_assert_nonnull (rnl_conversation_send (conversation, text));
  rnl_test_wait_for (is_idle, conversation);
  answer = g_list_model_get_item (messages, g_list_model_get_n_items (messages) - 1);

  return answer;
}

static RnlPart *
find_note (RnlMessage *message)
{
  return rnl_context_find_note (message, RNL_PART_EXTRA_LEFT_OUT);
}

/* Every request fits, begins with a question, and begins as the one before it as long as it can. */
static void
test_fits (void)
{
  WindowModel *model = window_model_new (5000);
  RnlConversation *conversation = new_conversation (model);
  guint changes = 0, notes = 0, most = 0;

  for (guint i = 0; i < 60; i++)
    {
      RnlMessage *answer = ask (conversation, i);
      g_autofree char *first = dup_first (last_request (model));
      g_autofree char *before = i > 0 ? dup_first (get_request (model, i - 1)) : g_strdup (first);
      RnlPart *note = find_note (answer);

      g_assert_cmpint (rnl_message_get_state (answer), ==, RNL_MESSAGE_COMPLETE);
      g_assert_cmpint (window_model_count (model, last_request (model)), <=, 5000);
      g_assert_true (g_str_has_prefix (first, "Question "));
      g_assert_cmpuint (last_request (model)->messages->len % 2, ==, 1);
      changes += !g_str_equal (first, before);
      notes += note != NULL;
      g_assert_true (g_str_equal (first, before) == (note == NULL));
      if (note != NULL)
        {
          g_assert_cmpuint (rnl_context_count_left_out (note), >, most);
          most = rnl_context_count_left_out (note);
          g_assert_cmpuint (most + last_request (model)->messages->len, ==, i * 2 + 1);
        }
    }
  g_assert_cmpuint (model->requests->len, ==, 60);
  g_assert_cmpuint (notes, >, 2);
  /* Of the 60 requests most begin like the one before. */
  g_assert_cmpuint (changes, <=, 20);
  g_assert_cmpuint (g_list_model_get_n_items (rnl_conversation_list_messages (conversation)), ==,
                    120);
  g_assert_finalize_object (conversation);
  g_assert_finalize_object (model);
}

/* The same chat is cut at the same place. */
static void
test_deterministic (void)
{
  g_autofree char *lines[2] = { NULL, NULL };

  for (guint run = 0; run < 2; run++)
    {
      g_autoptr (WindowModel) model = window_model_new (3500);
      g_autoptr (RnlConversation) conversation = new_conversation (model);
      g_autoptr (GString) line = g_string_new (NULL);

      for (guint i = 0; i < 20; i++)
        {
          ask (conversation, i);
          g_string_append_printf (line, "%u ", last_request (model)->messages->len);
        }
      lines[run] = g_string_free (g_steal_pointer (&line), FALSE);
    }
  g_assert_cmpstr (lines[0], ==, lines[1]);
  g_clear_pointer (&lines[1], g_free);
}

/* A call stays with its result, whatever is left out. */
static void
test_calls_stay_whole (void)
{
  g_autoptr (GPtrArray) history = g_ptr_array_new_with_free_func (g_object_unref);
  RnlContextTrim trim;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *text = dup_question (i);
      RnlMessage *answer = rnl_message_new (RNL_ROLE_ASSISTANT);

      g_ptr_array_add (history, rnl_message_new_text (RNL_ROLE_USER, text));
      for (guint step = 0; step < 2; step++)
        {
          g_autoptr (RnlPart) call = rnl_part_new_tool_call (step, "call", "add");

          rnl_part_set_state (call, RNL_TOOL_DONE);
          rnl_part_set_result (call, "a result of some words");
          rnl_message_add_part (answer, call);
        }
      g_ptr_array_add (history, answer);
    }
  g_ptr_array_add (history, rnl_message_new_text (RNL_ROLE_USER, "Last"));

  for (gint64 tokens = 1; tokens < 3000; tokens += 50)
    {
      g_autoptr (RnlChatRequest) request = rnl_chat_request_new ();

      rnl_context_trim_init (&trim, history);
      g_assert_true (rnl_context_trim_drop (&trim, history, tokens, 0));
      rnl_context_trim_fill (&trim, history, request);
      g_assert_cmpint (rnl_message_get_role (g_ptr_array_index (request->messages, 0)), ==,
                       RNL_ROLE_USER);
      g_assert_cmpuint (trim.left_out, ==, trim.start);
      g_assert_cmpuint (request->messages->len + trim.left_out, ==, history->len);
    }
  /* The last turn is never left out. */
  g_assert_cmpuint (trim.start, ==, history->len - 1);
  g_assert_false (rnl_context_trim_drop (&trim, history, 1, 0));
}

/* A server's own words about the size are worth more than the estimate. */
static void
test_reported_size (void)
{
  g_autoptr (WindowModel) model = window_model_new (10000);
  g_autoptr (RnlConversation) conversation = new_conversation (model);
  RnlContextFacts facts;

  model->tokens_per_estimate = 2;
  rnl_conversation_measure (conversation, NULL, &facts);
  g_assert_cmpint (facts.source, ==, RNL_TOKEN_SOURCE_ESTIMATE);
  g_assert_cmpint (facts.tokens, >, 0);

  for (guint i = 0; i < 30; i++)
    {
      RnlMessage *answer = ask (conversation, i);

      g_assert_cmpint (rnl_message_get_state (answer), ==, RNL_MESSAGE_COMPLETE);
      g_assert_cmpint (window_model_count (model, last_request (model)), <=, 10000);
      rnl_conversation_measure (conversation, NULL, &facts);
      g_assert_cmpint (facts.source, ==, RNL_TOKEN_SOURCE_REPORTED);
      g_assert_cmpint (facts.last_input, ==, window_model_count (model, last_request (model)));
      g_assert_cmpint (facts.tokens, >=, facts.last_input);
      g_assert_cmpint (facts.tokens, <, facts.last_input + QUESTION_WORDS);
    }
  g_assert_cmpuint (model->requests->len, ==, 30);
  g_assert_cmpuint (facts.left_out, >, 0);
}

/* Near the limit the server is asked to count, once a turn. */
static void
test_counted (void)
{
  g_autoptr (WindowModel) model = window_model_new (5000);
  g_autoptr (RnlConversation) conversation = new_conversation (model);
  g_autoptr (GPtrArray) history = g_ptr_array_new ();

  model->counts = TRUE;
  model->tokens_per_estimate = 1.5;
  for (guint i = 0; i < 30; i++)
    {
      ask (conversation, i);
      g_assert_cmpint (window_model_count (model, last_request (model)), <=, 5000);
      g_assert_cmpuint (model->n_counts, <=, i + 1);
    }
  g_assert_cmpuint (model->n_counts, >, 0);
  g_assert_cmpuint (model->n_counts, <, 30);
  g_assert_cmpuint (model->requests->len, ==, 30);
}

typedef struct
{
  guint n_events;
  gint64 left_out;
} Told;

static void
event_cb (GObject *source, const RnlEvent *event, Told *told)
{
  if (event->kind != RNL_EVENT_CUSTOM || !g_str_equal (event->name, RNL_CONTEXT_EVENT_TRIMMED))
    return;
  told->n_events++;
  told->left_out = json_object_get_int_member (json_node_get_object (event->data), "left_out");
}

/* A server that refuses what nobody could know is asked again once, with less. */
static void
test_refused (void)
{
  g_autoptr (WindowModel) model = window_model_new (3000);
  g_autoptr (RnlConversation) conversation = new_conversation (model);
  RnlMessage *answer;
  Told told = { 0, 0 };
  guint i = 0;

  model->describes = FALSE;
  g_signal_connect (rnl_conversation_get_scope (conversation), "event", G_CALLBACK (event_cb),
                    &told);
  do
    answer = ask (conversation, i++);
  while (find_note (answer) == NULL && i < 50);

  g_assert_cmpuint (i, <, 50);
  g_assert_cmpint (rnl_message_get_state (answer), ==, RNL_MESSAGE_COMPLETE);
  g_assert_null (rnl_message_get_error (answer));
  g_assert_cmpuint (model->requests->len, ==, i + 1);
  g_assert_cmpuint (told.n_events, ==, 1);
  g_assert_cmpint (told.left_out, ==, rnl_context_count_left_out (find_note (answer)));

  /* The next one begins there at once. */
  answer = ask (conversation, i);
  g_assert_null (find_note (answer));
  g_assert_cmpuint (model->requests->len, ==, i + 2);
}

/* One question that is too long by itself is the server's to refuse. */
static void
test_refused_for_good (void)
{
  g_autoptr (WindowModel) model = window_model_new (20);
  g_autoptr (RnlConversation) conversation = new_conversation (model);
  RnlMessage *answer = ask (conversation, 0);

  g_assert_cmpint (rnl_message_get_state (answer), ==, RNL_MESSAGE_FAILED);
  g_assert_error (rnl_message_get_error (answer), RNL_PROVIDER_ERROR,
                  RNL_PROVIDER_ERROR_CONTEXT_TOO_LONG);
  g_assert_cmpuint (model->requests->len, ==, 1);
}

/* A larger window takes again what was left out. */
static void
test_larger_window (void)
{
  g_autoptr (WindowModel) small = window_model_new (3000);
  g_autoptr (WindowModel) large = window_model_new (500000);
  g_autoptr (RnlConversation) conversation = new_conversation (small);

  for (guint i = 0; i < 12; i++)
    ask (conversation, i);
  g_assert_cmpuint (last_request (small)->messages->len, <, 23);
  rnl_conversation_set_model (conversation, RNL_CHAT_MODEL (large));
  ask (conversation, 12);
  g_assert_cmpuint (last_request (large)->messages->len, ==, 25);
}

/* Usage. */

static void
test_usage (void)
{
  static const struct
  {
    RnlUsage before;
    RnlUsage after;
    gint64 input;
    gint64 output;
  } cases[] = {
    { RNL_USAGE_INIT, { 100, 5, 105, -1, -1, -1 }, 100, 5 },
    /* The cache is part of the input where there is a total. */
    { RNL_USAGE_INIT, { 100, 5, 105, 80, -1, -1 }, 100, 5 },
    /* Anthropic counts apart what it had, and what it keeps. */
    { RNL_USAGE_INIT, { 10, 5, -1, 80, 20, -1 }, 110, 5 },
    /* The second call of a turn. */
    { { 100, 5, 105, -1, -1, -1 }, { 230, 15, 245, -1, -1, -1 }, 130, 10 },
    { RNL_USAGE_INIT, RNL_USAGE_INIT, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RnlContextSize size = { 0 };

      rnl_context_size_read (&size, &cases[i].before, &cases[i].after);
      g_assert_cmpint (size.input, ==, cases[i].input);
      g_assert_cmpint (size.output, ==, cases[i].output);
    }
}

static void
test_apply (void)
{
  const RnlContextSize none = { 0 };
  const RnlContextSize twice = { .input = 200, .estimate = 100 };
  const RnlContextSize cached = { .input = 3, .estimate = 100 };

  g_assert_cmpint (rnl_context_size_apply (&none, 70), ==, 70);
  g_assert_cmpint (rnl_context_size_apply (&twice, 150), ==, 250);
  g_assert_cmpint (rnl_context_size_apply (&twice, 50), ==, 100);
  /* A server that says only what it did not have is not believed. */
  g_assert_cmpint (rnl_context_size_apply (&cached, 150), ==, 150);
}

/* Summaries. */

static RnlPart *
summarise (RnlConversation *conversation, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_conversation_summarise_async (conversation, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);

  return rnl_conversation_summarise_finish (conversation, result, error);
}

static void
test_summary (void)
{
  WindowModel *model = window_model_new (0);
  RnlConversation *conversation = new_conversation (model);
  RnlPart *note;
  g_autoptr (RnlPart) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL, *asked = NULL, *whole = NULL;
  RnlContextFacts before, after;

  for (guint i = 0; i < 6; i++)
    ask (conversation, i);
  g_assert_cmpuint (rnl_conversation_count_old (conversation), ==, 8);
  rnl_conversation_measure (conversation, NULL, &before);

  model->answer = "It was about words.";
  note = summarise (conversation, &error);
  g_assert_no_error (error);
  asked = dup_first (last_request (model));
  g_assert_nonnull (strstr (asked, "Question 3:"));
  g_assert_null (strstr (asked, "Question 4:"));
  g_assert_cmpuint (rnl_context_count_summarised (note), ==, 8);
  g_assert_cmpstr (rnl_part_get_text (note), ==, "It was about words.");
  rnl_conversation_measure (conversation, NULL, &after);
  g_assert_cmpuint (after.summarised, ==, 8);
  g_assert_cmpint (after.tokens, <, before.tokens * 2 / 3);

  /* It stands in the first message that is sent, and nobody speaks twice in a row. */
  ask (conversation, 6);
  g_assert_cmpuint (last_request (model)->messages->len, ==, 5);
  first = dup_first (last_request (model));
  g_assert_nonnull (strstr (first, "It was about words."));
  g_assert_nonnull (strstr (first, "Question 4:"));
  g_assert_cmpuint (g_list_model_get_n_items (rnl_conversation_list_messages (conversation)), ==,
                    14);

  /* The next one reads the first one, and what came since. */
  g_clear_pointer (&asked, g_free);
  again = summarise (conversation, &error);
  g_assert_no_error (error);
  asked = dup_first (last_request (model));
  g_assert_nonnull (strstr (asked, "It was about words."));
  g_assert_null (strstr (asked, "Question 3:"));
  g_assert_nonnull (strstr (asked, "Question 4:"));
  g_assert_cmpuint (rnl_context_count_summarised (again), ==, 10);

  /* Taken back, one after the other. */
  rnl_conversation_drop_summary (conversation, again);
  rnl_conversation_measure (conversation, NULL, &after);
  g_assert_cmpuint (after.summarised, ==, 8);
  rnl_conversation_drop_summary (conversation, note);
  ask (conversation, 7);
  g_assert_cmpuint (last_request (model)->messages->len, ==, 15);
  whole = dup_first (last_request (model));
  g_assert_true (g_str_has_prefix (whole, "Question 0:"));

  g_object_unref (note);
  g_assert_finalize_object (conversation);
  g_assert_finalize_object (model);
}

/* A chat that does not fit the window is summed up in pieces that do. */
static void
test_summary_in_pieces (void)
{
  g_autoptr (WindowModel) model = window_model_new (0);
  g_autoptr (RnlConversation) conversation = new_conversation (model);
  g_autoptr (RnlPart) note = NULL;
  g_autoptr (GError) error = NULL;
  guint asked;

  for (guint i = 0; i < 20; i++)
    ask (conversation, i);
  asked = model->requests->len;
  model->window = 3000;
  model->describes = FALSE;
  note = summarise (conversation, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rnl_context_count_summarised (note), ==, 36);
  g_assert_cmpuint (model->requests->len - asked, >, 2);
  g_assert_cmpuint (model->requests->len - asked, <, 30);
}

static void
test_summary_of_nothing (void)
{
  g_autoptr (WindowModel) model = window_model_new (0);
  g_autoptr (RnlConversation) conversation = new_conversation (model);
  g_autoptr (GError) error = NULL;

  ask (conversation, 0);
  g_assert_cmpuint (rnl_conversation_count_old (conversation), ==, 0);
  g_assert_null (summarise (conversation, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpuint (model->requests->len, ==, 1);

  ask (conversation, 1);
  g_assert_cmpuint (rnl_conversation_count_old (conversation), ==, 2);
  g_clear_error (&error);
  model->answer = "  ";
  g_assert_null (summarise (conversation, &error));
  g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_FAILED);
  g_assert_cmpuint (rnl_conversation_count_old (conversation), ==, 2);
}

/* The offline helper knows the question. */
static void
test_summary_offline (void)
{
  g_autoptr (RnlChatModel) helper = rnl_offline_helper_new ();
  g_autoptr (WindowModel) model = window_model_new (0);
  g_autoptr (RnlConversation) conversation = new_conversation (model);
  g_autoptr (RnlPart) note = NULL;
  g_autoptr (GError) error = NULL;

  model->answer = "The harbour of Hamburg lies on the river Elbe, far from the sea.";
  for (guint i = 0; i < 4; i++)
    ask (conversation, i);
  rnl_offline_helper_set_pace (RNL_OFFLINE_HELPER (helper), 0);
  rnl_conversation_set_model (conversation, helper);
  note = summarise (conversation, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (rnl_part_get_text (note), "Elbe"));
  g_assert_nonnull (strstr (rnl_part_get_text (note), "Question 1"));
}

int
main (int argc, char *argv[])
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/context-trim/fits", test_fits);
  g_test_add_func ("/context-trim/deterministic", test_deterministic);
  g_test_add_func ("/context-trim/calls-stay-whole", test_calls_stay_whole);
  g_test_add_func ("/context-trim/reported-size", test_reported_size);
  g_test_add_func ("/context-trim/counted", test_counted);
  g_test_add_func ("/context-trim/refused", test_refused);
  g_test_add_func ("/context-trim/refused-for-good", test_refused_for_good);
  g_test_add_func ("/context-trim/larger-window", test_larger_window);
  g_test_add_func ("/context-trim/usage", test_usage);
  g_test_add_func ("/context-trim/apply", test_apply);
  g_test_add_func ("/context-trim/summary", test_summary);
  g_test_add_func ("/context-trim/summary/pieces", test_summary_in_pieces);
  g_test_add_func ("/context-trim/summary/nothing", test_summary_of_nothing);
  g_test_add_func ("/context-trim/summary/offline", test_summary_offline);

  return g_test_run ();
}

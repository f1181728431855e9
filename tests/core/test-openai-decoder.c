/* test-openai-decoder.c: small answers with one oddity each
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-openai-chat-decoder.h"
#include "rnl-protocol.h"
#include "rnl-provider-error.h"
#include "rnl-test.h"
#include "wire-answer.h"

static WireAnswer *
read_one (const char *frame, GError **error)
{
  WireAnswer *answer = wire_answer_new ();
  gpointer decoder = rnl_openai_chat_decoder_new ();

  if (rnl_openai_chat_decoder_feed (decoder, NULL, frame, strlen (frame), wire_answer_add, answer,
                                    error))
    (void) rnl_openai_chat_decoder_end (decoder, wire_answer_add, answer);
  rnl_openai_chat_decoder_free (decoder);

  return answer;
}

static void
test_info (void)
{
  g_autoptr (WireAnswer) answer = wire_answer_new ();
  gpointer decoder = rnl_openai_chat_decoder_new ();
  static const char *const frames[] = { "{\"id\":\"\",\"model\":\"\",\"choices\":[]}",
                                        "{\"id\":\"a\",\"model\":\"m\",\"choices\":[]}",
                                        "{\"id\":\"b\",\"model\":\"n\",\"choices\":[]}" };

  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++)
    g_assert_true (rnl_openai_chat_decoder_feed (decoder, NULL, frames[i], strlen (frames[i]),
                                                 wire_answer_add, answer, NULL));
  g_assert_cmpuint (answer->n_chunks, ==, 1);
  g_assert_cmpstr (answer->id, ==, "a");
  g_assert_cmpstr (answer->model, ==, "m");

  rnl_openai_chat_decoder_free (decoder);
}

static void
test_finish_words (void)
{
  static const struct
  {
    const char *word;
    RnlFinishReason reason;
  } words[] = {
    { "stop", RNL_FINISH_STOP },
    { "length", RNL_FINISH_LENGTH },
    { "tool_calls", RNL_FINISH_TOOL_CALLS },
    { "content_filter", RNL_FINISH_CONTENT_FILTER },
    { "MAX_TOKENS", RNL_FINISH_LENGTH },
    { "error", RNL_FINISH_ERROR },
    { "tired", RNL_FINISH_OTHER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *frame = g_strdup_printf (
        "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}]}", words[i].word);
      g_autoptr (WireAnswer) answer = read_one (frame, NULL);

      g_assert_cmpstr (answer->finish, ==, words[i].word);
      g_assert_cmpint (answer->reason, ==, words[i].reason);
    }
}

/* Results are joined to calls by an id, so there is one, and not the same twice. */
static void
test_missing_ids (void)
{
  const char *frame = "{\"choices\":[{\"delta\":{\"tool_calls\":["
                      "{\"function\":{\"name\":\"a\",\"arguments\":\"{}\"}},"
                      "{\"function\":{\"name\":\"b\",\"arguments\":\"{}\"}}]},"
                      "\"finish_reason\":\"tool_calls\"}]}";
  g_autoptr (WireAnswer) answer = read_one (frame, NULL);
  WireCall *first, *second;

  g_assert_cmpuint (answer->calls->len, ==, 2);
  first = g_ptr_array_index (answer->calls, 0);
  second = g_ptr_array_index (answer->calls, 1);
  g_assert_true (g_str_has_prefix (first->id, "call_"));
  g_assert_cmpstr (first->id, !=, second->id);
}

static void
test_malformed (void)
{
  static const char *const frames[]
    = { "{", "{\"choices\":[{]}", "nothing", "{\"choices\":[{\"delta\":{\"content\":\"a}]}",
        "{\"a\":1,}" };

  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WireAnswer) answer = read_one (frames[i], &error);

      g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_PROTOCOL);
      g_assert_cmpstr (answer->text->str, ==, "");
    }
}

/* JSON that is of another shape at every place is passed over, never trusted. */
static void
test_wrong_types (void)
{
  static const char *const values[]
    = { "null", "1",    "-1e400", "\"x\"",          "true",      "[]",
        "{}",   "[[]]", "[{}]",   "[null,1,\"x\"]", "{\"a\":[]}" };
  static const char *const shapes[] = {
    "{\"choices\":%s}",
    "{\"choices\":[{\"index\":%s,\"delta\":{}}]}",
    "{\"choices\":[{\"delta\":%s}]}",
    "{\"choices\":[{\"delta\":{\"reasoning\":%s}}]}",
    "{\"choices\":[{\"delta\":{\"tool_calls\":%s}}]}",
    "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":%s}]}}]}",
    "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":%s}]}}]}",
    "{\"choices\":[],\"usage\":%s}",
    "{\"choices\":[],\"x_groq\":%s}",
    "{\"choices\":[],\"usage\":{\"prompt_tokens\":%s}}",
    "{\"choices\":[],\"usage\":{\"prompt_tokens_details\":%s}}",
    "{\"id\":%s,\"model\":7,\"object\":[],\"choices\":[]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (values); k++)
      {
        g_auto (GStrv) halves = g_strsplit (shapes[i], "%s", 2);
        g_autofree char *frame = g_strconcat (halves[0], values[k], halves[1], NULL);
        g_autoptr (GError) error = NULL;
        g_autoptr (WireAnswer) answer = read_one (frame, &error);

        g_assert_no_error (error);
        g_assert_cmpstr (answer->text->str, ==, "");
      }
}

/* Responses as llama.cpp streams them: items have names and no index, and end after all have begun.
 */
static void
test_responses_without_index (void)
{
  static const char *const frames[] = {
    "{\"type\":\"response.output_item.added\",\"item\":{\"type\":\"message\",\"id\":\"m\","
    "\"role\":\"assistant\",\"content\":[]}}",
    "{\"type\":\"response.output_text.delta\",\"item_id\":\"m\",\"delta\":\"He\"}",
    "{\"type\":\"response.output_item.added\",\"item\":{\"type\":\"function_call\",\"id\":\"f\","
    "\"call_id\":\"k\",\"name\":\"add\",\"arguments\":\"\"}}",
    "{\"type\":\"response.function_call_arguments.delta\",\"item_id\":\"f\",\"delta\":\"{}\"}",
    "{\"type\":\"response.output_text.delta\",\"item_id\":\"m\",\"delta\":\"llo\"}",
    "{\"type\":\"response.output_item.done\",\"item\":{\"type\":\"message\",\"id\":\"m\","
    "\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hello\"}]}}",
    "{\"type\":\"response.output_item.done\",\"item\":{\"type\":\"function_call\",\"id\":\"f\","
    "\"call_id\":\"k\",\"name\":\"add\",\"arguments\":\"{}\"}}",
    "{\"type\":\"response.completed\",\"response\":{\"id\":\"r\",\"status\":\"completed\"}}",
  };
  static const char *const texts[] = { "", "He", "He", "He", "Hello", "Hello", "Hello", "Hello" };
  g_autoptr (WireAnswer) answer = wire_answer_new ();
  gpointer decoder = rnl_openai_responses_protocol.decoder_new ();
  WireCall *call;

  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (rnl_openai_responses_protocol.decoder_feed (
        decoder, NULL, frames[i], strlen (frames[i]), wire_answer_add, answer, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (answer->text->str, ==, texts[i]);
    }
  g_assert_true (rnl_openai_responses_protocol.decoder_end (decoder, wire_answer_add, answer));
  rnl_openai_responses_protocol.decoder_free (decoder);

  g_assert_cmpuint (answer->calls->len, ==, 1);
  call = g_ptr_array_index (answer->calls, 0);
  g_assert_cmpstr (call->id, ==, "k");
  g_assert_cmpstr (call->arguments->str, ==, "{}");
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/openai-decoder/info", test_info);
  g_test_add_func ("/openai-decoder/finish-words", test_finish_words);
  g_test_add_func ("/openai-decoder/missing-ids", test_missing_ids);
  g_test_add_func ("/openai-decoder/malformed", test_malformed);
  g_test_add_func ("/openai-decoder/wrong-types", test_wrong_types);
  g_test_add_func ("/openai-decoder/responses-without-index", test_responses_without_index);

  return g_test_run ();
}

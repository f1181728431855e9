/* test-pipeline.c: steps stream into each other, in order, and stop together
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "pipeline-harness.h"
#include "rnl-function-transform.h"
#include "rnl-json-members.h"
#include "rnl-json-parser.h"
#include "rnl-model-ask.h"
#include "rnl-model-step.h"
#include "rnl-parallel.h"
#include "rnl-passthrough.h"
#include "rnl-pipeline-error.h"
#include "rnl-pipeline.h"
#include "rnl-prompt-template.h"
#include "rnl-run-current.h"
#include "rnl-stream-transform.h"
#include "rnl-template-registry.h"
#include "rnl-test.h"
#include "rnl-text-parser.h"
#include "rnl-value.h"

#define COUNTRIES_PROMPT                                                                           \
  "output a list of the countries france, spain and japan and their populations in JSON format. "  \
  "Use a dict with an outer key of \"countries\" which contains a list of countries. Each "        \
  "country should have the key `name` and `population`"

static RnlRunnable *
joke_prompt (void)
{
  g_autoptr (GError) error = NULL;
  RnlPromptTemplate *prompt = rnl_prompt_template_new ("tell me a joke about {topic}", &error);

  g_assert_no_error (error);

  return RNL_RUNNABLE (prompt);
}

static RnlRunnable *
model_step (RnlChatModel *model)
{
  g_autoptr (RnlChatModel) owned = model;

  return rnl_model_step_new (owned);
}

static RnlRunnable *
three_tokens (void)
{
  static const char *const tokens[] = { "a", "b", "c", NULL };

  return model_step (pipe_tokens_new (tokens));
}

static void
assert_outputs (PipeRun *run, const char *expected)
{
  g_autofree char *outputs = pipe_join_outputs (run);

  g_assert_no_error (rnl_flow_get_error (run->flow));
  g_assert_cmpstr (outputs, ==, expected);
}

static char *
event_words (PipeRun *run, guint position)
{
  JsonObject *event = json_node_get_object (g_ptr_array_index (run->json, position));
  JsonObject *data = json_object_get_object_member (event, "data");
  JsonNode *chunk = json_object_get_member (data, "chunk");
  const char *text = chunk != NULL ? rnl_value_get_message_text (chunk) : NULL;

  return g_strdup_printf ("%s%s%s", (const char *) g_ptr_array_index (run->events, position),
                          text != NULL && *text != '\0' ? ":" : "", text != NULL ? text : "");
}

/* Section 8 (a2) of the reference, source first. What the model says besides its text (who it is,
 * why it finished) comes through as empty pieces. */
static void
test_order (void)
{
  g_autoptr (RnlPipeline) chain
    = rnl_pipeline_new_steps (joke_prompt (), three_tokens (), rnl_text_parser_new (), NULL);
  g_autoptr (PipeRun) run = pipe_run (RNL_RUNNABLE (chain), "{\"topic\": \"parrot\"}");
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;

  for (guint i = 0; i < run->events->len; i++)
    {
      g_autofree char *word = event_words (run, i);

      if (strstr (word, "_stream") == NULL || strchr (word, ':') != NULL)
        g_ptr_array_add (words, g_steal_pointer (&word));
    }
  g_ptr_array_add (words, NULL);
  all = g_strjoinv (" ", (char **) words->pdata);
  g_assert_cmpstr (all, ==,
                   "chain_start prompt_start prompt_end chat_model_start parser_start "
                   "chat_model_stream:a parser_stream:a chain_stream:a "
                   "chat_model_stream:b parser_stream:b chain_stream:b "
                   "chat_model_stream:c parser_stream:c chain_stream:c "
                   "chat_model_end parser_end chain_end");
  g_assert_cmpuint (pipe_count_events (run, "parser_stream"), ==,
                    pipe_count_events (run, "chat_model_stream"));
  g_assert_cmpstr (rnl_value_get_text (rnl_flow_get_output (run->flow)), ==, "abc");
}

static JsonObject *
data_of (PipeRun *run, const char *event)
{
  return json_object_get_object_member (pipe_find_event (run, event), "data");
}

static const char *
tag_of (PipeRun *run, const char *event)
{
  JsonArray *tags = json_object_get_array_member (pipe_find_event (run, event), "tags");

  return json_array_get_string_element (tags, json_array_get_length (tags) - 1);
}

static void
test_records (void)
{
  g_autoptr (RnlPipeline) chain
    = rnl_pipeline_new_steps (joke_prompt (), three_tokens (), rnl_text_parser_new (), NULL);
  g_autoptr (PipeRun) run = pipe_run (RNL_RUNNABLE (chain), "{\"topic\": \"parrot\"}");
  JsonObject *prompt = pipe_find_event (run, "prompt_end");
  JsonObject *input, *output, *message;

  g_assert_cmpstr (tag_of (run, "prompt_start"), ==, "seq:step:1");
  g_assert_cmpstr (tag_of (run, "chat_model_stream"), ==, "seq:step:2");
  g_assert_cmpstr (tag_of (run, "parser_end"), ==, "seq:step:3");

  g_assert_cmpstr (
    rnl_json_object_get_string (json_object_get_object_member (prompt, "metadata"), "template"), ==,
    "tell me a joke about {topic}");
  input = json_object_get_object_member (data_of (run, "prompt_start"), "input");
  g_assert_cmpstr (json_object_get_string_member (input, "topic"), ==, "parrot");
  output = json_object_get_object_member (data_of (run, "prompt_end"), "output");
  message = json_array_get_object_element (json_object_get_array_member (output, "messages"), 0);
  g_assert_cmpstr (json_object_get_string_member (message, "content"), ==,
                   "tell me a joke about parrot");

  /* What streams its input knows it at the end. */
  g_assert_false (json_object_has_member (data_of (run, "parser_start"), "input"));
  input = json_object_get_object_member (data_of (run, "parser_end"), "input");
  g_assert_cmpstr (json_object_get_string_member (input, "content"), ==, "abc");
  g_assert_cmpstr (json_object_get_string_member (data_of (run, "parser_end"), "output"), ==,
                   "abc");
  g_assert_true (json_object_has_member (data_of (run, "chain_start"), "input"));
  g_assert_false (json_object_has_member (data_of (run, "chain_end"), "input"));
}

/* What was sent can be made again: which template, in which version, with which values. */
static void
test_registered_template (void)
{
  g_autoptr (RnlTemplateRegistry) registry = rnl_template_registry_new (NULL);
  RnlRunnable *prompt = joke_prompt ();
  g_autoptr (GError) error = NULL;
  g_autofree char *version = rnl_template_registry_register (registry, "joke", "1.0",
                                                             RNL_PROMPT_TEMPLATE (prompt), &error);
  g_autoptr (RnlPipeline) chain = rnl_pipeline_new_steps (prompt, three_tokens (), NULL);
  g_autoptr (PipeRun) run = pipe_run (RNL_RUNNABLE (chain), "{\"topic\": \"parrot\"}");
  JsonObject *prompt_end = pipe_find_event (run, "prompt_end");
  JsonObject *metadata = json_object_get_object_member (prompt_end, "metadata");
  JsonObject *data = json_object_get_object_member (prompt_end, "data");
  JsonObject *input = json_object_get_object_member (data_of (run, "prompt_start"), "input");
  JsonArray *messages
    = json_object_get_array_member (json_object_get_object_member (data, "output"), "messages");

  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (metadata, "template_name"), ==, "joke");
  g_assert_cmpstr (json_object_get_string_member (metadata, "template_version"), ==, version);
  g_assert_cmpstr (version, ==, "1.0.0");
  g_assert_cmpstr (json_object_get_string_member (metadata, "template"), ==,
                   "tell me a joke about {topic}");
  g_assert_cmpstr (json_object_get_string_member (input, "topic"), ==, "parrot");
  g_assert_cmpstr (
    json_object_get_string_member (json_array_get_object_element (messages, 0), "content"), ==,
    "tell me a joke about parrot");
}

static void
test_joke (void)
{
  g_autoptr (RnlPipeline) chain = rnl_pipeline_new_steps (
    joke_prompt (), model_step (pipe_helper_new ()), rnl_text_parser_new (), NULL);
  g_autoptr (PipeRun) run = pipe_run (RNL_RUNNABLE (chain), "{\"topic\": \"parrot\"}");
  const char *joke = rnl_value_get_text (rnl_flow_get_output (run->flow));

  g_assert_nonnull (strstr (joke, "fowl language"));
  g_assert_cmpuint (run->outputs->len, >, 10);
}

/* The growth seed prints, from the tokens it had. */
static void
test_json_grows (void)
{
  static const char *const tokens[]
    = { "{",   "\n ",       " \"", "countries", "\":",    " [",       "\n   ", " {",
        "\"",  "name",      "\":", " \"",       "France", "\",",      " \"",   "population",
        "\":", " \"",       "67",  ".",         "06",     " million", "\"},",  "\n   ",
        " {",  "\"name\":", " \"", "Spain",     "\"}",    "]}",       NULL };
  g_autoptr (RnlPipeline) chain
    = rnl_pipeline_new_steps (model_step (pipe_tokens_new (tokens)), rnl_json_parser_new (), NULL);
  g_autoptr (PipeRun) run = pipe_run (RNL_RUNNABLE (chain), COUNTRIES_PROMPT);

  assert_outputs (
    run,
    "{}\n"
    "{\"countries\":[]}\n"
    "{\"countries\":[{}]}\n"
    "{\"countries\":[{\"name\":\"\"}]}\n"
    "{\"countries\":[{\"name\":\"France\"}]}\n"
    "{\"countries\":[{\"name\":\"France\",\"population\":\"\"}]}\n"
    "{\"countries\":[{\"name\":\"France\",\"population\":\"67\"}]}\n"
    "{\"countries\":[{\"name\":\"France\",\"population\":\"67.\"}]}\n"
    "{\"countries\":[{\"name\":\"France\",\"population\":\"67.06\"}]}\n"
    "{\"countries\":[{\"name\":\"France\",\"population\":\"67.06 million\"}]}\n"
    "{\"countries\":[{\"name\":\"France\",\"population\":\"67.06 million\"},{}]}\n"
    "{\"countries\":[{\"name\":\"France\",\"population\":\"67.06 million\"},{\"name\":\"\"}]}\n"
    "{\"countries\":[{\"name\":\"France\",\"population\":\"67.06 million\"},"
    "{\"name\":\"Spain\"}]}");
}

/* The helper's own words, as seed 004 prints them, value by value. */
static void
test_json_grows_helper (void)
{
  static const char *const seen[] = {
    "{}",
    "{\"countries\":[]}",
    "{\"countries\":[{}]}",
    "{\"countries\":[{\"name\":\"\"}]}",
    "{\"countries\":[{\"name\":\"France\"}]}",
    "{\"countries\":[{\"name\":\"France\",\"population\":\"\"}]}",
    "{\"countries\":[{\"name\":\"France\",\"population\":\"67\"}]}",
    "{\"countries\":[{\"name\":\"France\",\"population\":\"67.\"}]}",
    "{\"countries\":[{\"name\":\"France\",\"population\":\"67.06\"}]}",
    "{\"countries\":[{\"name\":\"France\",\"population\":\"67.06 million\"}]}",
    "{\"countries\":[{\"name\":\"France\",\"population\":\"67.06 million\"},{}]}",
    "{\"countries\":[{\"name\":\"France\",\"population\":\"67.06 million\"},{\"name\":\"\"}]}"
  };
  g_autoptr (RnlPipeline) chain
    = rnl_pipeline_new_steps (model_step (pipe_helper_new ()), rnl_json_parser_new (), NULL);
  g_autoptr (PipeRun) run = pipe_run (RNL_RUNNABLE (chain), COUNTRIES_PROMPT);

  g_assert_cmpuint (run->outputs->len, >, G_N_ELEMENTS (seen));
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    g_assert_cmpstr (g_ptr_array_index (run->outputs, i), ==, seen[i]);
  for (guint i = 1; i < run->outputs->len; i++)
    g_assert_cmpstr (g_ptr_array_index (run->outputs, i), !=,
                     g_ptr_array_index (run->outputs, i - 1));
}

static JsonArray *
countries_of (JsonNode *value)
{
  JsonObject *object = rnl_json_node_get_object (value);

  return object != NULL ? rnl_json_object_get_array (object, "countries") : NULL;
}

static const char *
name_of (JsonArray *countries, guint position)
{
  return rnl_json_object_get_string (json_array_get_object_element (countries, position), "name");
}

static JsonNode *
extract_names (JsonNode *input, gpointer user_data, GError **error)
{
  JsonArray *countries = countries_of (input);
  JsonArray *names = json_array_new ();

  (*(guint *) user_data)++;
  for (guint i = 0; i < json_array_get_length (countries); i++)
    json_array_add_string_element (names, name_of (countries, i));

  return rnl_value_take_array (names);
}

static void
test_function_breaks_streaming (void)
{
  guint calls = 0;
  g_autoptr (RnlPipeline) chain
    = rnl_pipeline_new_steps (model_step (pipe_helper_new ()), rnl_json_parser_new (),
                              rnl_function_transform_new (extract_names, &calls, NULL), NULL);
  g_autoptr (PipeRun) run = pipe_run (RNL_RUNNABLE (chain), COUNTRIES_PROMPT);

  assert_outputs (run, "[\"France\",\"Spain\",\"Japan\"]");
  g_assert_cmpuint (calls, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (run->events, run->events->len - 1), ==, "chain_end");
}

/* A name is whole when something comes after it; all are once the text is over. */
static gboolean
stream_names (JsonNode *input, RnlFlow *flow, gpointer user_data, GError **error)
{
  GHashTable *said = g_object_get_data (G_OBJECT (flow), "said");
  JsonArray *countries = input != NULL ? countries_of (input) : NULL;

  if (said == NULL)
    {
      said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_object_set_data_full (G_OBJECT (flow), "said", said, (GDestroyNotify) g_hash_table_unref);
    }
  for (guint i = 0; countries != NULL && i < json_array_get_length (countries); i++)
    {
      JsonObject *country = json_array_get_object_element (countries, i);

      if (json_object_has_member (country, "population")
          && g_hash_table_add (said, g_strdup (name_of (countries, i))))
        rnl_flow_emit_text (flow, name_of (countries, i));
    }

  return TRUE;
}

static void
test_stream_transform (void)
{
  g_autoptr (RnlPipeline) chain
    = rnl_pipeline_new_steps (model_step (pipe_helper_new ()), rnl_json_parser_new (),
                              rnl_stream_transform_new (stream_names, NULL, NULL), NULL);
  g_autoptr (PipeRun) run = pipe_run (RNL_RUNNABLE (chain), COUNTRIES_PROMPT);
  g_autofree char *events = pipe_join_events (run);

  assert_outputs (run, "\"France\"\n\"Spain\"\n\"Japan\"");
  /* The names come while the model still writes. */
  g_assert_nonnull (strstr (events, "chain_stream chain_stream chat_model_stream"));
}

static gboolean
three_times (JsonNode *input, RnlFlow *flow, gpointer user_data, GError **error)
{
  if (input == NULL)
    rnl_flow_emit_text (flow, ".");
  else if (!g_str_equal (rnl_value_get_text (input), ""))
    for (guint i = 0; i < 3; i++)
      rnl_flow_emit (flow, input);

  return TRUE;
}

static void
test_any_number_of_outputs (void)
{
  g_autoptr (RnlPipeline) chain
    = rnl_pipeline_new_steps (three_tokens (), rnl_text_parser_new (),
                              rnl_stream_transform_new (three_times, NULL, NULL), NULL);
  g_autoptr (PipeRun) run = pipe_run (RNL_RUNNABLE (chain), "hello");

  g_assert_cmpuint (run->outputs->len, ==, 10);
  g_assert_cmpstr (rnl_value_get_text (rnl_flow_get_output (run->flow)), ==, "aaabbbccc.");
}

static JsonNode *
shout (JsonNode *input, gpointer user_data, GError **error)
{
  g_autofree char *text = g_utf8_strup (rnl_value_get_text (input), -1);

  return rnl_value_new_text (text);
}

static void
test_parallel (void)
{
  g_autoptr (RnlParallel) map = rnl_parallel_new ();
  g_autoptr (RnlRunnable) same = rnl_passthrough_new ();
  g_autoptr (RnlRunnable) loud = rnl_function_transform_new (shout, NULL, NULL);
  g_autoptr (RnlPipeline) chain = rnl_pipeline_new_steps (three_tokens (), rnl_text_parser_new (),
                                                          RNL_RUNNABLE (g_object_ref (map)), NULL);
  g_autoptr (PipeRun) run = NULL;
  g_autofree char *all = NULL;

  rnl_parallel_add (map, "same", same);
  rnl_parallel_add (map, "loud", loud);
  run = pipe_run (RNL_RUNNABLE (chain), "hello");

  all = pipe_join_outputs (run);
  g_assert_nonnull (strstr (all, "{\"same\":\"a\"}\n{\"same\":\"b\"}\n{\"same\":\"c\"}\n"));
  g_assert_true (g_str_has_suffix (all, "\n{\"loud\":\"ABC\"}"));
  g_clear_pointer (&all, g_free);
  all = json_to_string (rnl_flow_get_output (run->flow), FALSE);
  g_assert_cmpstr (all, ==, "{\"same\":\"abc\",\"loud\":\"ABC\"}");
}

/* Both branches ask a model at once; a branch is tagged with its key. */
static void
test_parallel_models (void)
{
  g_autoptr (RnlParallel) map = rnl_parallel_new ();
  g_autoptr (RnlRunnable) one = three_tokens ();
  g_autoptr (RnlRunnable) two = three_tokens ();
  g_autoptr (PipeRun) run = NULL;
  g_autofree char *events = NULL;

  rnl_parallel_add (map, "one", one);
  rnl_parallel_add (map, "two", two);
  run = pipe_run (RNL_RUNNABLE (map), "hello");
  events = pipe_join_events (run);

  g_assert_true (g_str_has_prefix (events, "chain_start chat_model_start chat_model_start "));
  g_assert_cmpstr (tag_of (run, "chat_model_start"), ==, "map:key:one");
  g_assert_cmpuint (pipe_count_events (run, "chat_model_end"), ==, 2);
}

static void
test_wrong_input (void)
{
  static const struct
  {
    const char *input;
    const char *word;
  } cases[] = {
    { "{\"topic\": \"parrot\"}", "an object with “topic”" },
    { "17", "a number" },
    { "[[]]", "a list" },
    { "true", "a boolean" },
    { "{\"messages\": []}", "no message" },
    { "[{\"role\": \"robot\", \"content\": \"x\"}]", "robot" },
  };
  g_autoptr (RnlPipeline) chain
    = rnl_pipeline_new_steps (three_tokens (), rnl_text_parser_new (), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PipeRun) run = pipe_run (RNL_RUNNABLE (chain), cases[i].input);

      pipe_assert_error (run, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_INPUT_TYPE, cases[i].word);
      g_assert_cmpuint (pipe_count_events (run, "chat_model_start"), ==, 0);
      g_assert_cmpuint (pipe_count_events (run, "chain_error"), ==, 1);
    }
}

/* In the middle: the step that refuses is seen to fail, and nothing is asked. */
static void
test_wrong_input_inside (void)
{
  g_autoptr (RnlParallel) map = rnl_parallel_new ();
  g_autoptr (RnlRunnable) same = rnl_passthrough_new ();
  g_autoptr (RnlPipeline) chain = rnl_pipeline_new_steps (
    RNL_RUNNABLE (g_object_ref (map)), three_tokens (), rnl_text_parser_new (), NULL);
  g_autoptr (PipeRun) run = NULL;

  rnl_parallel_add (map, "topic", same);
  run = pipe_run (RNL_RUNNABLE (chain), "parrot");
  pipe_assert_error (run, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_INPUT_TYPE, "“topic”");
  g_assert_cmpuint (pipe_count_events (run, "chat_model_error"), ==, 1);
  g_assert_cmpuint (pipe_count_events (run, "chat_model_stream"), ==, 0);
}

static void
test_missing_variable (void)
{
  g_autoptr (RnlPipeline) chain
    = rnl_pipeline_new_steps (joke_prompt (), three_tokens (), rnl_text_parser_new (), NULL);
  g_autoptr (PipeRun) run = pipe_run (RNL_RUNNABLE (chain), "{\"subject\": \"parrot\"}");

  pipe_assert_error (run, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_MISSING_VARIABLE, "“topic”");
  g_assert_cmpuint (pipe_count_events (run, "prompt_error"), ==, 1);
  g_assert_cmpuint (pipe_count_events (run, "chat_model_start"), ==, 0);
}

static JsonNode *
fail_cb (JsonNode *input, gpointer user_data, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, "too much to do");

  return NULL;
}

static void
test_failing_function (void)
{
  g_autoptr (RnlPipeline) chain
    = rnl_pipeline_new_steps (three_tokens (), rnl_function_transform_new (fail_cb, NULL, NULL),
                              rnl_text_parser_new (), NULL);
  g_autoptr (PipeRun) run = pipe_run (RNL_RUNNABLE (chain), "hello");

  pipe_assert_error (run, G_IO_ERROR, G_IO_ERROR_BUSY, "too much");
  g_assert_cmpuint (pipe_count_events (run, "chain_error"), ==, 2);
  /* The parser had begun with its source, and goes with it. */
  g_assert_cmpuint (pipe_count_events (run, "parser_start"), ==,
                    pipe_count_events (run, "parser_cancel"));
}

static void
test_failing_model (void)
{
  g_autoptr (RnlPipeline) chain = rnl_pipeline_new_steps (
    model_step (pipe_script_new ("[{\"text\": \"a\"}, {\"reset\": true}]")), rnl_text_parser_new (),
    NULL);
  g_autoptr (PipeRun) run = pipe_run (RNL_RUNNABLE (chain), "hello");
  g_autofree char *events = pipe_join_events (run);

  g_assert_nonnull (rnl_flow_get_error (run->flow));
  g_assert_true (g_str_has_suffix (events, "chat_model_error parser_cancel chain_error"));
}

static gboolean
has_three_outputs (gpointer user_data)
{
  return ((PipeRun *) user_data)->outputs->len >= 3;
}

static void
test_cancel (void)
{
  g_autoptr (RnlPipeline) chain = rnl_pipeline_new_steps (
    model_step (pipe_script_new ("[{\"text\": \"a\"}, {\"text\": \"b\"}, {\"hang\": true}]")),
    rnl_text_parser_new (), NULL);
  g_autoptr (PipeRun) run = pipe_start (RNL_RUNNABLE (chain), "hello");
  g_autofree char *events = NULL;

  rnl_test_wait_for (has_three_outputs, run);
  rnl_flow_cancel (run->flow);
  pipe_wait (run);

  g_assert_error (rnl_flow_get_error (run->flow), G_IO_ERROR, G_IO_ERROR_CANCELLED);
  events = pipe_join_events (run);
  g_assert_true (g_str_has_suffix (events, "parser_cancel chat_model_cancel chain_cancel"));
}

static void
test_cancel_before_begin (void)
{
  g_autoptr (RnlRunnable) step = rnl_passthrough_new ();
  g_autoptr (PipeRun) run = pipe_start (step, "hello");

  rnl_flow_cancel (run->flow);
  pipe_wait (run);
  g_assert_cmpuint (run->events->len, ==, 0);
  g_assert_cmpuint (run->outputs->len, ==, 0);
}

static gboolean
has_held (gpointer user_data)
{
  return g_object_get_data (G_OBJECT (((PipeRun *) user_data)->flow), "held") != NULL;
}

static void
hold_cb (RnlFlow *flow, JsonNode *value, gpointer user_data)
{
  guint *n = user_data;

  if (++*n == 3)
    {
      rnl_run_hold (rnl_flow_get_run (flow));
      g_object_set_data (G_OBJECT (flow), "held", flow);
    }
}

/* A reader that stalls stops the model at the other end of the pipeline, and loses nothing. */
static void
test_back_pressure (void)
{
  g_autoptr (RnlPipeline) chain = rnl_pipeline_new_steps (
    model_step (pipe_script_new ("[{\"repeat\": 500, \"chunks\": [{\"text\": \"x\"}]}]")),
    rnl_text_parser_new (), rnl_passthrough_new (), NULL);
  g_autoptr (PipeRun) run = pipe_start (RNL_RUNNABLE (chain), "hello");
  guint n = 0, stalled;

  g_signal_connect (run->flow, "output", G_CALLBACK (hold_cb), &n);
  rnl_test_wait_for (has_held, run);
  stalled = run->outputs->len;
  for (guint i = 0; i < 1000; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (run->outputs->len, ==, stalled);
  g_assert_cmpuint (stalled, <, 10);

  rnl_run_release (rnl_flow_get_run (run->flow));
  pipe_wait (run);
  g_assert_cmpuint (strlen (rnl_value_get_text (rnl_flow_get_output (run->flow))), ==, 500);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlFlow) flow = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = rnl_chat_model_ask_finish (RNL_CHAT_MODEL (source), result, &error);
  g_autoptr (JsonNode) output = NULL;

  g_assert_no_error (error);
  output = rnl_value_new_text (text);
  rnl_flow_end (flow, output);
}

/* Its author passes nothing on. */
static void
ask_cb (JsonNode *input, RnlFlow *flow, gpointer user_data)
{
  rnl_chat_model_ask_async (user_data, "anything", NULL, NULL, asked_cb, g_object_ref (flow));
}

static void
test_transform_asks (void)
{
  static const char *const tokens[] = { "in", "ner", NULL };
  g_autoptr (RnlChatModel) inner = pipe_tokens_new (tokens);
  RnlRunnable *asks = rnl_function_transform_new_async (ask_cb, inner, NULL);
  g_autoptr (RnlPipeline) chain
    = rnl_pipeline_new_steps (asks, three_tokens (), rnl_text_parser_new (), NULL);
  g_autoptr (PipeRun) run = NULL;
  JsonArray *parents;

  rnl_runnable_add_tag (asks, "mine");
  run = pipe_run (RNL_RUNNABLE (chain), "hello");
  g_assert_cmpstr (rnl_value_get_text (rnl_flow_get_output (run->flow)), ==, "abc");
  g_assert_cmpuint (pipe_count_events (run, "chat_model_start"), ==, 2);
  /* The first is the transform's, two deep, with its tags; the second is the pipeline's own. */
  parents = json_object_get_array_member (pipe_find_event (run, "chat_model_start"), "parent_ids");
  g_assert_cmpuint (json_array_get_length (parents), ==, 2);
  g_assert_cmpstr (tag_of (run, "chat_model_start"), ==, "mine");
}

static void
test_config (void)
{
  g_autoptr (RnlRunnable) step = rnl_passthrough_new ();
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();
  g_autoptr (JsonNode) input = rnl_value_new_text ("hello");
  g_autoptr (RnlFlow) flow = NULL;
  RnlRun *run;

  rnl_runnable_add_tag (step, "own");
  rnl_run_config_set_name (config, "named");
  rnl_run_config_add_tag (config, "mine");
  flow = rnl_runnable_start_configured (step, input, config);
  run = rnl_flow_get_run (flow);
  g_assert_cmpstr (rnl_run_get_name (run), ==, "named");
  g_assert_true (rnl_run_has_tag (run, "own") && rnl_run_has_tag (run, "mine"));
  g_assert_cmpstr (rnl_runnable_get_name (step), ==, "Passthrough");
  rnl_flow_cancel (flow);
}

static JsonObject *
asked_params (JsonNode *event)
{
  JsonObject *data = json_object_get_object_member (json_node_get_object (event), "data");
  JsonObject *input = json_object_get_object_member (data, "input");

  return rnl_json_object_get_object (input, "params");
}

static void
model_started_cb (RnlRun *run, const RnlEvent *event, GPtrArray *asked)
{
  if (event->kind == RNL_EVENT_START && rnl_run_get_run_type (event->run) == RNL_RUN_CHAT_MODEL)
    g_ptr_array_add (asked, rnl_event_to_json (event));
}

static gboolean
has_ended (gpointer user_data)
{
  return rnl_run_is_over (rnl_flow_get_run (user_data));
}

/* What a pipeline is started with is meant for the models in it that answer. */
static void
test_params (void)
{
  g_autoptr (RnlRunnable) hidden = three_tokens ();
  g_autoptr (RnlPipeline) chain = NULL;
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();
  g_autoptr (JsonNode) input = rnl_value_new_text ("hello");
  g_autoptr (JsonNode) temperature = json_node_init_double (json_node_alloc (), 0.5);
  g_autoptr (GPtrArray) asked = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autoptr (RnlFlow) flow = NULL;

  rnl_runnable_add_tag (hidden, RNL_RUN_TAG_INTERNAL);
  chain = rnl_pipeline_new_steps (g_object_ref (hidden), three_tokens (), NULL);
  rnl_run_config_set_param (config, "temperature", temperature);
  flow = rnl_runnable_start_configured (RNL_RUNNABLE (chain), input, config);
  g_signal_connect (rnl_flow_get_run (flow), "event", G_CALLBACK (model_started_cb), asked);
  rnl_test_wait_for (has_ended, flow);
  g_assert_no_error (rnl_flow_get_error (flow));

  g_assert_cmpuint (asked->len, ==, 2);
  g_assert_null (asked_params (g_ptr_array_index (asked, 0)));
  g_assert_cmpfloat (
    json_object_get_double_member (asked_params (g_ptr_array_index (asked, 1)), "temperature"), ==,
    0.5);
}

static void
test_invoke (void)
{
  g_autoptr (RnlPipeline) chain
    = rnl_pipeline_new_steps (three_tokens (), rnl_text_parser_new (), NULL);
  g_autoptr (JsonNode) input = rnl_value_new_text ("hello");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonNode) output = NULL;
  g_autoptr (GError) error = NULL;

  rnl_runnable_invoke_async (RNL_RUNNABLE (chain), input, NULL, rnl_test_result_cb, &result);
  g_assert_null (result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  output = rnl_runnable_invoke_finish (RNL_RUNNABLE (chain), result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rnl_value_get_text (output), ==, "abc");
}

static void
test_invoke_cancelled (void)
{
  g_autoptr (RnlRunnable) step = model_step (pipe_script_new ("[{\"hang\": true}]"));
  g_autoptr (JsonNode) input = rnl_value_new_text ("hello");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rnl_runnable_invoke_async (step, input, cancellable, rnl_test_result_cb, &result);
  g_cancellable_cancel (cancellable);
  rnl_test_wait_for (rnl_test_has_result, &result);
  g_assert_null (rnl_runnable_invoke_finish (step, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static JsonNode *
same_cb (JsonNode *input, gpointer user_data, GError **error)
{
  return json_node_ref (input);
}

/* What comes after foreign code is not inside it. */
static void
test_model_after_function (void)
{
  g_autoptr (RnlPipeline) chain
    = rnl_pipeline_new_steps (rnl_function_transform_new (same_cb, NULL, NULL), three_tokens (),
                              rnl_text_parser_new (), NULL);
  g_autoptr (PipeRun) run = pipe_run (RNL_RUNNABLE (chain), "hello");

  g_assert_cmpstr (rnl_value_get_text (rnl_flow_get_output (run->flow)), ==, "abc");
}

static void
answer_later_cb (gpointer user_data)
{
  g_autoptr (RnlFlow) flow = user_data;
  g_autoptr (JsonNode) output = rnl_value_new_text ("later");

  g_assert_true (rnl_run_get_current () == rnl_flow_get_run (flow));
  rnl_flow_end (flow, output);
}

static gboolean
answer_idle_cb (gpointer user_data)
{
  answer_later_cb (user_data);

  return G_SOURCE_REMOVE;
}

static void
later_cb (JsonNode *input, RnlFlow *flow, gpointer user_data)
{
  g_autoptr (GSource) source = g_timeout_source_new (1);

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, answer_idle_cb, g_object_ref (flow), NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static void
test_model_after_async_function (void)
{
  g_autoptr (RnlPipeline) chain
    = rnl_pipeline_new_steps (rnl_function_transform_new_async (later_cb, NULL, NULL),
                              three_tokens (), rnl_text_parser_new (), NULL);
  g_autoptr (PipeRun) run = pipe_run (RNL_RUNNABLE (chain), "hello");

  g_assert_cmpstr (rnl_value_get_text (rnl_flow_get_output (run->flow)), ==, "abc");
}

/* The same pipeline several times at once, and as a step of another. */
static void
test_nested (void)
{
  g_autoptr (RnlPipeline) inner
    = rnl_pipeline_new_steps (three_tokens (), rnl_text_parser_new (), NULL);
  g_autoptr (RnlPipeline) outer
    = rnl_pipeline_new_steps (RNL_RUNNABLE (g_object_ref (inner)), rnl_passthrough_new (), NULL);
  g_autoptr (PipeRun) one = NULL;
  g_autoptr (PipeRun) two = NULL;

  rnl_runnable_set_name (RNL_RUNNABLE (inner), "inner");
  one = pipe_start (RNL_RUNNABLE (outer), "hello");
  two = pipe_start (RNL_RUNNABLE (outer), "hello");
  pipe_wait (one);
  pipe_wait (two);
  g_assert_cmpstr (rnl_value_get_text (rnl_flow_get_output (one->flow)), ==, "abc");
  g_assert_cmpuint (one->outputs->len, ==, two->outputs->len);
  g_assert_cmpuint (one->outputs->len, >=, 3);
}

static void
test_empty (void)
{
  g_autoptr (RnlPipeline) chain = rnl_pipeline_new ();
  g_autoptr (PipeRun) run = pipe_run (RNL_RUNNABLE (chain), "{\"a\": 1}");

  assert_outputs (run, "{\"a\":1}");
}

static void
test_finalize (void)
{
  RnlPipeline *chain
    = rnl_pipeline_new_steps (joke_prompt (), three_tokens (), rnl_text_parser_new (), NULL);
  PipeRun *run = pipe_start (RNL_RUNNABLE (chain), "{\"topic\": \"parrot\"}");
  RnlFlow *flow = g_object_ref (run->flow);

  pipe_wait (run);
  pipe_free (run);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (flow);
  g_assert_finalize_object (chain);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/pipeline/order", test_order);
  g_test_add_func ("/pipeline/records", test_records);
  g_test_add_func ("/pipeline/registered-template", test_registered_template);
  g_test_add_func ("/pipeline/joke", test_joke);
  g_test_add_func ("/pipeline/json-grows", test_json_grows);
  g_test_add_func ("/pipeline/json-grows-helper", test_json_grows_helper);
  g_test_add_func ("/pipeline/function-breaks-streaming", test_function_breaks_streaming);
  g_test_add_func ("/pipeline/stream-transform", test_stream_transform);
  g_test_add_func ("/pipeline/any-number-of-outputs", test_any_number_of_outputs);
  g_test_add_func ("/pipeline/parallel", test_parallel);
  g_test_add_func ("/pipeline/parallel-models", test_parallel_models);
  g_test_add_func ("/pipeline/wrong-input", test_wrong_input);
  g_test_add_func ("/pipeline/wrong-input-inside", test_wrong_input_inside);
  g_test_add_func ("/pipeline/missing-variable", test_missing_variable);
  g_test_add_func ("/pipeline/failing-function", test_failing_function);
  g_test_add_func ("/pipeline/failing-model", test_failing_model);
  g_test_add_func ("/pipeline/cancel", test_cancel);
  g_test_add_func ("/pipeline/cancel-before-begin", test_cancel_before_begin);
  g_test_add_func ("/pipeline/back-pressure", test_back_pressure);
  g_test_add_func ("/pipeline/transform-asks", test_transform_asks);
  g_test_add_func ("/pipeline/config", test_config);
  g_test_add_func ("/pipeline/params", test_params);
  g_test_add_func ("/pipeline/invoke", test_invoke);
  g_test_add_func ("/pipeline/invoke-cancelled", test_invoke_cancelled);
  g_test_add_func ("/pipeline/model-after-function", test_model_after_function);
  g_test_add_func ("/pipeline/model-after-async-function", test_model_after_async_function);
  g_test_add_func ("/pipeline/nested", test_nested);
  g_test_add_func ("/pipeline/empty", test_empty);
  g_test_add_func ("/pipeline/finalize", test_finalize);

  return g_test_run ();
}

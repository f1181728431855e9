/* test-chunk-merge.c: the sum of the chunks is the message
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-message-chunk.h"
#include "rnl-message-fold.h"
#include "rnl-test-loop.h"
#include "rnl-test.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = rnl_json_strict_parse (text, -1, &error);

  g_assert_no_error (error);

  return node;
}

static RnlMessageChunk *
read_chunk (JsonNode *json)
{
  g_autoptr (GError) error = NULL;
  RnlMessageChunk *chunk = rnl_message_chunk_new_from_json (json, &error);

  g_assert_no_error (error);

  return chunk;
}

/* Adds one after the other. Returns whether nothing was refused. */
static gboolean
add_all (JsonArray *input, RnlMessageChunk **sum)
{
  gboolean added = TRUE;

  g_assert_cmpuint (json_array_get_length (input), >, 0);
  *sum = read_chunk (json_array_get_element (input, 0));
  for (guint i = 1; i < json_array_get_length (input); i++)
    {
      g_autoptr (RnlMessageChunk) next = read_chunk (json_array_get_element (input, i));
      g_autoptr (GError) error = NULL;

      if (!rnl_message_chunk_add (*sum, next, &error))
        {
          g_assert_error (error, RNL_JSON_ERROR, RNL_JSON_ERROR_CONFLICT);
          added = FALSE;
        }
    }

  return added;
}

/* Every member that @expected names. */
static void
assert_members (const char *name, JsonNode *message, JsonObject *expected, JsonObject *but)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *value;

  json_object_iter_init (&iter, expected);
  while (json_object_iter_next (&iter, &member, &value))
    {
      JsonNode *got = json_object_get_member (json_node_get_object (message), member);

      if (but != NULL && json_object_has_member (but, member))
        continue;
      if (got == NULL || !rnl_json_value_equal (got, value))
        {
          g_autofree char *is = got != NULL ? rnl_json_to_string (got, FALSE) : g_strdup ("(none)");
          g_autofree char *should = rnl_json_to_string (value, FALSE);

          g_error ("%s: %s is %s, not %s", name, member, is, should);
        }
    }
}

/* Our own cases: the chunks, what the sum has, and where something does not fit, if anywhere. */
static const struct
{
  const char *name;
  const char *input;
  const char *expected;
  const char *conflict;
} cases[] = {
  { "text", "[{\"content\":\"a\"},{},{\"content\":null},{\"content\":\"b\"}]",
    "{\"content\":\"ab\",\"id\":null,\"chunk_position\":null,\"usage_metadata\":null}", NULL },
  { "text and blocks", "[{\"content\":\"a\"},{\"content\":[{\"index\":0,\"text\":\"b\"}]}]",
    "{\"content\":[\"a\",{\"index\":0,\"text\":\"b\"}]}", NULL },
  { "no text and blocks", "[{\"content\":\"\"},{\"content\":[{\"index\":0,\"text\":\"b\"}]}]",
    "{\"content\":[{\"index\":0,\"text\":\"b\"}]}", NULL },
  { "nothing and nothing", "[{\"content\":\"\"},{\"content\":[]}]", "{\"content\":[]}", NULL },
  { "blocks and texts",
    "[{\"content\":[{\"type\":\"text\",\"text\":\"x\"}]},{\"content\":\"a\"},{\"content\":\"\"},"
    "{\"content\":\"b\"},{\"content\":[{\"type\":\"image\"}]},{\"content\":\"c\"}]",
    "{\"content\":[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"text\",\"text\":\"ab\"},"
    "{\"type\":\"image\"},{\"type\":\"text\",\"text\":\"c\"}]}",
    NULL },
  { "a later block does not close the text before",
    "[{\"content\":[{\"index\":0,\"t\":\"x\"}]},{\"content\":\"a\"},"
    "{\"content\":[{\"index\":0,\"t\":\"y\"}]},{\"content\":\"b\"}]",
    "{\"content\":[{\"index\":0,\"t\":\"xy\"},{\"type\":\"text\",\"text\":\"ab\"}]}", NULL },
  { "bare texts in a list", "[{\"content\":[\"a\"]},{\"content\":[\"b\"]},{\"content\":\"c\"}]",
    "{\"content\":[\"a\",\"bc\"]}", NULL },
  { "ids of blocks",
    "[{\"content\":[{\"index\":0,\"id\":\"p\",\"t\":\"1\"},{\"index\":0,\"id\":\"q\",\"t\":\"2\"}]}"
    ","
    "{\"content\":[{\"index\":0,\"id\":\"q\",\"t\":\"3\"},{\"index\":0,\"id\":\"\",\"t\":\"4\"},"
    "{\"index\":0,\"id\":\"r\",\"t\":\"5\"}]}]",
    "{\"content\":[{\"index\":0,\"id\":\"p\",\"t\":\"14\"},{\"index\":0,\"id\":\"q\",\"t\":\"23\"},"
    "{\"index\":0,\"id\":\"r\",\"t\":\"5\"}]}",
    NULL },
  { "indexes that are none",
    "[{\"content\":[{\"index\":1.0,\"t\":\"a\"},{\"index\":null,\"t\":\"b\"},{\"index\":true}]},"
    "{\"content\":[{\"index\":1.0,\"t\":\"a\"},{\"index\":null,\"t\":\"b\"},{\"index\":true}]}]",
    "{\"content\":[{\"index\":1.0,\"t\":\"a\"},{\"index\":null,\"t\":\"b\"},{\"index\":true},"
    "{\"index\":1.0,\"t\":\"a\"},{\"index\":null,\"t\":\"b\"},{\"index\":true}]}",
    NULL },
  { "the left type stays",
    "[{\"content\":[{\"index\":0,\"type\":\"text\",\"text\":\"a\"}]},"
    "{\"content\":[{\"index\":0,\"type\":\"text_delta\",\"text\":\"b\"}]}]",
    "{\"content\":[{\"index\":0,\"type\":\"text\",\"text\":\"ab\"}]}", NULL },
  { "non-standard and non-standard",
    "[{\"content\":[{\"index\":0,\"type\":\"non_standard\",\"value\":{\"type\":\"t\",\"a\":\"1\"}}]"
    "},"
    "{\"content\":[{\"index\":0,\"type\":\"non_standard\",\"value\":{\"type\":\"t\",\"a\":\"2\","
    "\"b\":1}}]}]",
    "{\"content\":[{\"index\":0,\"type\":\"non_standard\",\"value\":{\"type\":\"t\",\"a\":\"12\","
    "\"b\":1}}]}",
    NULL },
  { "non-standard into standard",
    "[{\"content\":[{\"index\":0,\"type\":\"text\",\"text\":\"a\"}]},"
    "{\"content\":[{\"index\":0,\"type\":\"non_standard\",\"value\":{\"type\":\"t\",\"s\":\"1\"}}]}"
    ","
    "{\"content\":[{\"index\":0,\"type\":\"non_standard\",\"value\":{\"s\":\"2\"}}]}]",
    "{\"content\":[{\"index\":0,\"type\":\"text\",\"text\":\"a\",\"extras\":{\"s\":\"12\"}}]}",
    NULL },
  { "identities and pieces",
    "[{\"additional_kwargs\":{\"id\":\"i\",\"output_version\":\"v\",\"model_provider\":\"p\","
    "\"text\":\"ha\",\"index\":\"lc_0\"}},"
    "{\"additional_kwargs\":{\"id\":\"i\",\"output_version\":\"v\",\"model_provider\":\"p\","
    "\"text\":\"ha\",\"index\":\"lc_1\"}}]",
    "{\"additional_kwargs\":{\"id\":\"i\",\"output_version\":\"v\",\"model_provider\":\"p\","
    "\"text\":\"haha\",\"index\":\"lc_0\"}}",
    NULL },
  { "numbers and null",
    "[{\"additional_kwargs\":{\"n\":null,\"i\":2,\"j\":2,\"index\":1,\"created\":5,\"timestamp\":5,"
    "\"d\":0.5,\"done\":false,\"k\":{\"i\":1}}},"
    "{\"additional_kwargs\":{\"n\":{\"x\":1},\"i\":3,\"j\":2,\"index\":2,\"created\":4,"
    "\"timestamp\":6,\"d\":0.25,\"done\":true,\"k\":{\"i\":null,\"m\":null}}}]",
    "{\"additional_kwargs\":{\"n\":{\"x\":1},\"i\":5,\"j\":2,\"index\":2,\"created\":4,"
    "\"timestamp\":6,\"d\":0.25,\"done\":true,\"k\":{\"i\":1,\"m\":null}}}",
    NULL },
  { "facts told again, pieces of facts",
    "[{\"response_metadata\":{\"finish_reason\":\"\",\"a\":{\"b\":\"x\"}}},"
    "{\"response_metadata\":{\"finish_reason\":\"stop\",\"a\":{\"b\":\"x\"}}},"
    "{\"response_metadata\":{\"finish_reason\":\"stop\",\"a\":{\"b\":\"y\"}}}]",
    "{\"response_metadata\":{\"finish_reason\":\"stop\",\"a\":{\"b\":\"xy\"}}}", NULL },
  { "a conflict spoils nothing else",
    "[{\"content\":\"a\",\"response_metadata\":{\"x\":{\"y\":[1]},\"z\":\"1\"}},"
    "{\"content\":\"b\",\"response_metadata\":{\"x\":{\"y\":{}},\"z\":2,\"w\":3},\"id\":\"m\"}]",
    "{\"content\":\"ab\",\"response_metadata\":{\"x\":{\"y\":[1]},\"z\":\"1\",\"w\":3},\"id\":"
    "\"m\"}",
    "response_metadata/x/y" },
  { "an integer is not a number",
    "[{\"additional_kwargs\":{\"n\":1}},{\"additional_kwargs\":{\"n\":"
    "1.5}}]",
    "{\"additional_kwargs\":{\"n\":1}}", "additional_kwargs/n" },
  { "too many",
    "[{\"additional_kwargs\":{\"n\":9223372036854775807}},{\"additional_kwargs\":{\"n\":"
    "1}}]",
    "{\"additional_kwargs\":{\"n\":9223372036854775807}}", "additional_kwargs/n" },
  { "calls by index, and by id where there is none",
    "[{\"tool_call_chunks\":[{\"name\":\"a\",\"args\":\"{\",\"id\":\"1\",\"index\":0},"
    "{\"name\":\"b\",\"args\":null,\"id\":\"2\"}]},"
    "{\"tool_call_chunks\":[{\"args\":\"}\",\"id\":\"2\"},{\"args\":\"}\",\"index\":0}]},"
    "{\"tool_call_chunks\":[{\"name\":\"c\",\"id\":\"3\",\"index\":0},{\"name\":\"b\",\"id\":\"2\"}"
    "]}]",
    "{\"tool_call_chunks\":[{\"name\":\"a\",\"args\":\"{}\",\"id\":\"1\",\"index\":0},"
    "{\"name\":\"b\",\"args\":\"}\",\"id\":\"2\",\"index\":null},"
    "{\"name\":\"c\",\"args\":null,\"id\":\"3\",\"index\":0}],"
    "\"tool_calls\":[{\"name\":\"a\",\"args\":{},\"id\":\"1\"},{\"name\":\"c\",\"args\":{},\"id\":"
    "\"3\"}],"
    "\"invalid_tool_calls\":[{\"name\":\"b\",\"args\":\"}\",\"id\":\"2\"}]}",
    NULL },
  { "names in pieces, arguments that repeat",
    "[{\"tool_call_chunks\":[{\"name\":\"sea\",\"args\":\"[\",\"index\":0}]},"
    "{\"tool_call_chunks\":[{\"name\":\"rch\",\"args\":\"[\",\"index\":0}]}]",
    "{\"tool_call_chunks\":[{\"name\":\"search\",\"args\":\"[[\",\"id\":null,\"index\":0}]}",
    NULL },
  { "a call without a name",
    "[{\"tool_call_chunks\":[{\"args\":\"{\\\"a\\\":tr\",\"index\":0}]},{\"content\":\"\"}]",
    "{\"tool_calls\":[{\"name\":\"\",\"args\":{},\"id\":null}],\"invalid_tool_calls\":[]}", NULL },
  { "counts",
    "[{\"usage_metadata\":{\"input_tokens\":4,\"input_token_details\":{\"cache_read\":2}}},"
    "{\"usage_metadata\":null},"
    "{\"usage_metadata\":{\"input_tokens\":4,\"output_tokens\":null,\"input_token_details\":"
    "{\"cache_read\":2,\"audio\":1},\"output_token_details\":{\"reasoning\":3}}}]",
    "{\"usage_metadata\":{\"input_tokens\":8,\"output_tokens\":null,\"input_token_details\":"
    "{\"cache_read\":4,\"audio\":1},\"output_token_details\":{\"reasoning\":3}}}",
    NULL },
  { "made up ids", "[{\"id\":\"lc_9\"},{\"id\":\"\"},{\"id\":\"lc_run-1\"},{\"id\":\"lc_run-2\"}]",
    "{\"id\":\"lc_run-1\"}", NULL },
  { "the first id", "[{\"id\":\"lc_run-1\"},{\"id\":\"m\"},{\"id\":\"n\"}]", "{\"id\":\"m\"}",
    NULL },
  { "the last chunk", "[{\"chunk_position\":\"last\"},{\"chunk_position\":null}]",
    "{\"chunk_position\":\"last\"}", NULL },
};

static void
test_own (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) input = parse (cases[i].input);
      g_autoptr (JsonNode) expected = parse (cases[i].expected);
      g_autoptr (RnlMessageChunk) sum = NULL;
      g_autoptr (JsonNode) message = NULL;

      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (add_all (json_node_get_array (input), &sum), ==, cases[i].conflict == NULL);
      message = rnl_message_chunk_to_json (sum);
      assert_members (cases[i].name, message, json_node_get_object (expected), NULL);
    }
}

/* The error says where. */
static void
test_conflict_place (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) input = parse (cases[i].input);
      g_autoptr (RnlMessageChunk) left = NULL, right = NULL;
      g_autoptr (GError) error = NULL;

      if (cases[i].conflict == NULL)
        continue;
      left = read_chunk (json_array_get_element (json_node_get_array (input), 0));
      right = read_chunk (json_array_get_element (json_node_get_array (input), 1));
      g_assert_false (rnl_message_chunk_add (left, right, &error));
      g_assert_nonnull (strstr (error->message, cases[i].conflict));
      /* Nobody has to ask. */
      g_assert_false (rnl_message_chunk_add (left, right, NULL));
    }
}

static void
test_bad_json (void)
{
  static const char *const bad[] = {
    "[]",
    "{\"content\":1}",
    "{\"content\":{}}",
    "{\"additional_kwargs\":[]}",
    "{\"response_metadata\":\"\"}",
    "{\"tool_call_chunks\":{}}",
    "{\"tool_call_chunks\":[1]}",
    "{\"tool_call_chunks\":[{\"args\":{}}]}",
    "{\"usage_metadata\":3}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonNode) node = parse (bad[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (rnl_message_chunk_new_from_json (node, &error));
      g_assert_error (error, RNL_JSON_ERROR, RNL_JSON_ERROR_SCHEMA);
    }
}

/* A whole message has its calls read by the letter. */
static void
test_message (void)
{
  g_autoptr (JsonNode) json = parse (
    "{\"content\":[\"a\",{\"type\":\"text\",\"text\":\"b\"},{\"type\":\"image\",\"text\":\"-\"}],"
    "\"tool_call_chunks\":[{\"name\":\"t\",\"args\":\"{\\\"a\\\":1}\",\"id\":\"1\",\"index\":0},"
    "{\"name\":\"t\",\"args\":\"{\\\"a\\\":1\",\"id\":\"2\",\"index\":1},"
    "{\"name\":\"t\",\"args\":\"[]\",\"id\":\"3\",\"index\":2}]}");
  g_autoptr (JsonNode) expected
    = parse ("{\"tool_calls\":[{\"name\":\"t\",\"args\":{\"a\":1},\"id\":\"1\"}]}");
  g_autoptr (RnlMessageChunk) chunk = read_chunk (json);
  g_autoptr (RnlMessageChunk) copy = rnl_message_chunk_copy (chunk);
  g_autoptr (JsonNode) message = rnl_message_chunk_to_message_json (copy);
  g_autofree char *text = rnl_message_chunk_dup_text (chunk);
  JsonArray *invalid
    = json_object_get_array_member (json_node_get_object (message), "invalid_tool_calls");

  assert_members ("message", message, json_node_get_object (expected), NULL);
  g_assert_cmpuint (json_array_get_length (invalid), ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_nonnull (
      rnl_json_object_get_string (json_array_get_object_element (invalid, i), "error"));
  g_assert_cmpstr (text, ==, "ab");
}

/* What a model may say, at random: the fold of it, the sum of it one by one, and the sum of the
 * sums of its parts are the same. */

typedef struct
{
  RnlUsage usage;
  guint n_calls;
  guint n_remote;
  gboolean has_text;
} Speech;

static gsize
pick (GRand *rand, gsize n)
{
  return (gsize) g_rand_int_range (rand, 0, (gint32) n);
}

static void
say_call (GRand *rand, Speech *speech, RnlChunk *chunk)
{
  static const char *const names[] = { "add", "search", "add" };
  static const char *const ids[] = { "call_1", "call_2", "call_3" };
  static const char *const args[] = { "", "{", "\"a\":", "1", "}", "1" };
  guint call = (guint) pick (rand, MIN (speech->n_calls + 1, G_N_ELEMENTS (names)));

  chunk->type = RNL_CHUNK_TOOL_CALL;
  chunk->index = (gint) call;
  if (call == speech->n_calls || pick (rand, 4) == 0)
    {
      chunk->name = names[call];
      chunk->id = ids[call];
    }
  chunk->text = args[pick (rand, G_N_ELEMENTS (args))];
  speech->n_calls = MAX (speech->n_calls, call + 1);
}

static void
say_usage (GRand *rand, Speech *speech, RnlChunk *chunk)
{
  gint64 *counts[] = { &chunk->usage.input, &chunk->usage.output, &chunk->usage.total,
                       &chunk->usage.cached_input, &chunk->usage.reasoning };

  chunk->type = RNL_CHUNK_USAGE;
  chunk->usage = (RnlUsage) RNL_USAGE_INIT;
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    if (pick (rand, 2) == 0)
      *counts[i] = g_rand_int_range (rand, 0, 100);
  chunk->earlier = speech->usage;
  rnl_usage_update (&speech->usage, &chunk->usage);
}

static void
say_something (GRand *rand, Speech *speech, RnlChunk *chunk)
{
  static const char *const words[] = { "", "a", "é", "word ", "a", "\n" };

  chunk->text = words[pick (rand, G_N_ELEMENTS (words))];
  switch (pick (rand, 9))
    {
    case 0:
      chunk->type = RNL_CHUNK_REASONING;
      break;
    case 1:
      chunk->type = RNL_CHUNK_REFUSAL;
      speech->has_text = speech->has_text || *chunk->text != '\0';
      break;
    case 2:
    case 3:
      say_call (rand, speech, chunk);
      break;
    case 4:
      say_usage (rand, speech, chunk);
      chunk->text = NULL;
      break;
    case 5:
      chunk->type = RNL_CHUNK_INFO;
      chunk->id = "msg_1";
      chunk->name = "m-1";
      chunk->text = NULL;
      break;
    case 6:
      chunk->type = speech->has_text ? RNL_CHUNK_ANNOTATION : RNL_CHUNK_TEXT;
      chunk->text = speech->has_text ? "{\"index\":0,\"url\":\"u\"}" : "";
      break;
    default:
      chunk->type = RNL_CHUNK_TEXT;
      speech->has_text = speech->has_text || *chunk->text != '\0';
      break;
    }
  chunk->length = chunk->text != NULL ? strlen (chunk->text) : 0;
}

static void
add_one (RnlMessageChunk *sum, const RnlMessageChunk *next)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rnl_message_chunk_add (sum, next, &error));
  g_assert_no_error (error);
}

static void
assert_same (const char *what, const RnlMessageChunk *a, const RnlMessageChunk *b)
{
  g_autoptr (JsonNode) left = rnl_message_chunk_to_json (a), right = rnl_message_chunk_to_json (b);

  assert_members (what, left, json_node_get_object (right), NULL);
}

static void
check_speech (GRand *rand)
{
  rnl_test_last RnlMessage *message = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlMessageFold) fold = rnl_message_fold_new (message, 3);
  g_autoptr (RnlMessageChunk) sum = rnl_message_chunk_new ();
  g_autoptr (RnlMessageChunk) grouped = rnl_message_chunk_new ();
  g_autoptr (RnlMessageChunk) group = rnl_message_chunk_new ();
  Speech speech = { RNL_USAGE_INIT, 0, 0, FALSE };
  gsize n = pick (rand, 40);

  for (gsize i = 0; i <= n; i++)
    {
      RnlChunk chunk = { .type = RNL_CHUNK_FINISH, .finish = RNL_FINISH_STOP };
      g_autoptr (RnlMessageChunk) next = NULL, folded = NULL;

      if (i < n)
        say_something (rand, &speech, &chunk);
      next = rnl_message_chunk_new_from_chunk (&chunk);
      rnl_message_fold_chunk (fold, &chunk);
      add_one (sum, next);
      folded = rnl_message_fold_to_chunk (fold);
      assert_same ("fold", folded, sum);
      add_one (group, next);
      if (i == n || pick (rand, 4) == 0)
        {
          add_one (grouped, group);
          g_clear_pointer (&group, rnl_message_chunk_free);
          group = rnl_message_chunk_new ();
        }
    }
  assert_same ("groups", grouped, sum);
}

static void
test_fold (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint i = 0; i < 200; i++)
    check_speech (rand);
}

static void
test_shapes (void)
{
  static const struct
  {
    RnlChunk chunk;
    const char *json;
  } shapes[] = {
    { { .type = RNL_CHUNK_TEXT, .text = "tokX", .length = 3 }, "{\"content\":\"tok\"}" },
    { { .type = RNL_CHUNK_REASONING, .text = "hm", .length = 2 },
      "{\"content\":\"\",\"additional_kwargs\":{\"reasoning_content\":\"hm\"}}" },
    { { .type = RNL_CHUNK_REFUSAL, .text = "no", .length = 2 },
      "{\"content\":\"\",\"additional_kwargs\":{\"refusal\":\"no\"}}" },
    { { .type = RNL_CHUNK_TOOL_CALL, .index = 1, .id = "c", .name = "add" },
      "{\"content\":\"\",\"tool_call_chunks\":[{\"name\":\"add\",\"args\":\"\",\"id\":\"c\","
      "\"index\":"
      "1}]}" },
    { { .type = RNL_CHUNK_USAGE,
        .usage = { 10, 3, 13, 4, -1, 1 },
        .earlier = { 10, 1, -1, 0, 0, 0 } },
      "{\"content\":\"\",\"usage_metadata\":{\"input_tokens\":0,\"output_tokens\":2,\"total_"
      "tokens\":"
      "13,\"input_token_details\":{\"cache_read\":4},\"output_token_details\":{\"reasoning\":1}}"
      "}" },
    { { .type = RNL_CHUNK_FINISH, .finish = RNL_FINISH_TOOL_CALLS },
      "{\"content\":\"\",\"response_metadata\":{\"finish_reason\":\"tool_calls\"}}" },
    { { .type = RNL_CHUNK_INFO, .id = "msg_1", .name = "m-1" },
      "{\"content\":\"\",\"response_metadata\":{\"model_name\":\"m-1\"},\"id\":\"msg_1\"}" },
    { { .type = RNL_CHUNK_RAW, .text = "{}", .length = 2 }, "{\"content\":\"\"}" },
    { { .type = RNL_CHUNK_REMOTE_CALL, .name = "web", .text = "{}", .length = 2 },
      "{\"content\":\"\",\"additional_kwargs\":{\"server_tool_calls\":[{\"name\":\"web\",\"args\":"
      "\"{}\",\"index\":0}]}}" },
    { { .type = RNL_CHUNK_REMOTE_RESULT, .text = "r", .length = 1 },
      "{\"content\":\"\",\"additional_kwargs\":{\"server_tool_calls\":[{\"output\":\"r\",\"index\":"
      "0}]"
      "}}" },
    { { .type = RNL_CHUNK_ANNOTATION, .text = "{\"url\":\"u\"}", .length = 11 },
      "{\"content\":\"\",\"additional_kwargs\":{\"annotations\":[{\"citation\":{\"url\":\"u\"}}]}"
      "}" },
    { { .type = RNL_CHUNK_FILE, .name = "image/png", .text = "iV", .length = 2 },
      "{\"content\":\"\",\"additional_kwargs\":{\"files\":[{\"mime_type\":\"image/png\",\"data\":"
      "\"iV\"}]}}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (JsonNode) json = rnl_chunk_to_json (&shapes[i].chunk);
      g_autofree char *text = rnl_json_to_string (json, FALSE);

      g_assert_cmpstr (text, ==, shapes[i].json);
    }
}

/* Each piece costs what it is long: ten times the pieces, ten times the work. */
static double
sum_seconds (guint n_pieces)
{
  g_autoptr (JsonNode) json = parse (
    "{\"content\":\"some more \",\"additional_kwargs\":{\"reasoning_content\":\"some more \"},"
    "\"tool_call_chunks\":[{\"args\":\"some more \",\"index\":0}]}");
  g_autoptr (RnlMessageChunk) next = read_chunk (json), sum = rnl_message_chunk_new ();
  g_autoptr (GTimer) timer = g_timer_new ();

  for (guint i = 0; i < n_pieces; i++)
    add_one (sum, next);

  return g_timer_elapsed (timer, NULL);
}

static void
test_linear (void)
{
  double best = G_MAXDOUBLE;
  guint n = rnl_test_fewer (5000);

  for (guint i = 0; i < 3; i++)
    {
      double small = sum_seconds (n), large = sum_seconds (10 * n);

      best = MIN (best, large / small);
    }
  g_test_message ("ten times the chunks: %.1f times the work", best);
  g_assert_cmpfloat (best, <, 30);
}

/* The shared vectors */

/* Whether all that @left says is still in @sum. */
static gboolean
is_kept (JsonNode *left, JsonNode *sum)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (sum == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_NULL (left))
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (left) || !JSON_NODE_HOLDS_OBJECT (sum))
    return rnl_json_value_equal (left, sum);
  json_object_iter_init (&iter, json_node_get_object (left));
  while (json_object_iter_next (&iter, &name, &value))
    if (!is_kept (value, json_object_get_member (json_node_get_object (sum), name)))
      return FALSE;

  return TRUE;
}

static void
run_vector (JsonObject *vector)
{
  const char *name = rnl_json_object_get_string (vector, "name");
  JsonArray *input = rnl_json_object_get_array (vector, "input");
  JsonObject *expected = rnl_json_object_get_object (vector, "expected");
  JsonObject *recommended = rnl_json_object_get_object (vector, "recommended");
  g_autoptr (RnlMessageChunk) sum = NULL, first = NULL;
  g_autoptr (JsonNode) message = NULL, left = NULL;
  gboolean added = add_all (input, &sum);

  message = rnl_message_chunk_to_json (sum);
  if (recommended != NULL)
    assert_members (name, message, recommended, NULL);
  if (g_strcmp0 (rnl_json_object_get_string (vector, "outcome"), "value") == 0)
    {
      g_assert_true (added);
      assert_members (name, message, expected, recommended);
    }
  else if (recommended == NULL)
    {
      first = read_chunk (json_array_get_element (input, 0));
      left = rnl_message_chunk_to_json (first);
      g_assert_false (added);
      g_assert_true (is_kept (left, message));
    }
}

static void
test_vectors (void)
{
  g_autofree char *folder = rnl_test_shared_path ("RUNNEL_TEST_VECTORS", "vectors");
  g_autofree char *path = NULL, *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  if (folder == NULL)
    return;
  path = g_build_filename (folder, "chunk_merge.json", NULL);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  root = parse (text);
  n = json_array_get_length (json_node_get_array (root));
  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *vector = json_array_get_object_element (json_node_get_array (root), i);

      g_test_message ("%s", rnl_json_object_get_string (vector, "name"));
      run_vector (vector);
    }
  g_test_message ("%u vectors", n);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_test_add_func ("/chunk-merge/own", test_own);
  g_test_add_func ("/chunk-merge/conflict-place", test_conflict_place);
  g_test_add_func ("/chunk-merge/bad-json", test_bad_json);
  g_test_add_func ("/chunk-merge/message", test_message);
  g_test_add_func ("/chunk-merge/fold", test_fold);
  g_test_add_func ("/chunk-merge/shapes", test_shapes);
  g_test_add_func ("/chunk-merge/linear", test_linear);
  g_test_add_func ("/chunk-merge/vectors", test_vectors);

  return g_test_run ();
}

/* test-message-fold.c: what providers say besides text and calls finds its part
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-message-fold.h"
#include "rnl-part-extra.h"
#include "rnl-test.h"

typedef struct
{
  RnlMessage *message;
  RnlMessageFold *fold;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->message = rnl_message_new (RNL_ROLE_ASSISTANT);
  fixture->fold = rnl_message_fold_new (fixture->message, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rnl_message_fold_free (fixture->fold);
  g_assert_finalize_object (fixture->message);
}

static void
say (Fixture *fixture, RnlChunkType type, gint index, const char *name, const char *text)
{
  RnlChunk chunk = { .type = type, .index = index, .name = name, .text = text };

  chunk.length = text != NULL ? strlen (text) : 0;
  rnl_message_fold_chunk (fixture->fold, &chunk);
}

static RnlPart *
nth (Fixture *fixture, guint position, RnlPartType type)
{
  RnlPart *part = rnl_message_get_part (fixture->message, position);

  g_assert_nonnull (part);
  g_assert_cmpint (rnl_part_get_part_type (part), ==, type);

  return part;
}

static void
assert_raw (RnlPart *part, const char *kind)
{
  JsonNode *raw = rnl_part_get_extra (part, RNL_PART_EXTRA_RAW);

  g_assert_nonnull (raw);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (raw), "type"), ==, kind);
  g_assert_cmpstr (rnl_part_get_extra_string (part, RNL_PART_EXTRA_PROTOCOL), ==, "spoken");
}

/* An item belongs to what was said last; one without anything to show stands alone. */
static void
test_raw (Fixture *fixture, gconstpointer data)
{
  say (fixture, RNL_CHUNK_RAW, -1, "spoken", "{\"type\":\"hidden\"}");
  say (fixture, RNL_CHUNK_REASONING, 0, NULL, "hm");
  say (fixture, RNL_CHUNK_RAW, -1, "spoken", "{\"type\":\"thinking\"}");
  say (fixture, RNL_CHUNK_REASONING, 0, NULL, "again");
  say (fixture, RNL_CHUNK_TEXT, 0, NULL, "yes");
  say (fixture, RNL_CHUNK_RAW, -1, "spoken", "{\"type\":\"text\"}");
  say (fixture, RNL_CHUNK_TOOL_CALL, 0, "add", "{");
  say (fixture, RNL_CHUNK_TOOL_CALL, 1, "mul", "{}");
  say (fixture, RNL_CHUNK_TOOL_CALL, 0, NULL, "}");
  say (fixture, RNL_CHUNK_RAW, 1, "spoken", "{\"type\":\"second\"}");
  say (fixture, RNL_CHUNK_RAW, 0, "spoken", "{\"type\":\"first\"}");
  rnl_message_fold_end (fixture->fold);

  g_assert_cmpuint (rnl_message_get_n_parts (fixture->message), ==, 6);
  assert_raw (nth (fixture, 0, RNL_PART_OPAQUE), "hidden");
  assert_raw (nth (fixture, 1, RNL_PART_REASONING), "thinking");
  g_assert_cmpstr (rnl_part_get_text (nth (fixture, 1, RNL_PART_REASONING)), ==, "hm");
  g_assert_null (rnl_part_get_extra (nth (fixture, 2, RNL_PART_REASONING), RNL_PART_EXTRA_RAW));
  assert_raw (nth (fixture, 3, RNL_PART_TEXT), "text");
  assert_raw (nth (fixture, 4, RNL_PART_TOOL_CALL), "first");
  assert_raw (nth (fixture, 5, RNL_PART_TOOL_CALL), "second");
}

/* Thinking may be sealed when the answer is over. */
static void
test_raw_of_thought (Fixture *fixture, gconstpointer data)
{
  say (fixture, RNL_CHUNK_RAW, RNL_CHUNK_OF_THOUGHT, "spoken", "{\"type\":\"hidden\"}");
  say (fixture, RNL_CHUNK_REASONING, 0, NULL, "hm");
  say (fixture, RNL_CHUNK_TEXT, 0, NULL, "yes");
  say (fixture, RNL_CHUNK_RAW, RNL_CHUNK_OF_THOUGHT, "spoken", "{\"type\":\"thinking\"}");
  rnl_message_fold_end (fixture->fold);

  g_assert_cmpuint (rnl_message_get_n_parts (fixture->message), ==, 3);
  assert_raw (nth (fixture, 0, RNL_PART_OPAQUE), "hidden");
  assert_raw (nth (fixture, 1, RNL_PART_REASONING), "thinking");
  g_assert_null (rnl_part_get_extra (nth (fixture, 2, RNL_PART_TEXT), RNL_PART_EXTRA_RAW));
}

static void
test_remote (Fixture *fixture, gconstpointer data)
{
  RnlPart *part;

  say (fixture, RNL_CHUNK_REMOTE_CALL, 0, "web_search", "{\"query\":");
  part = nth (fixture, 0, RNL_PART_TOOL_CALL);
  g_assert_true (rnl_part_is_remote (part));
  g_assert_cmpint (rnl_part_get_state (part), ==, RNL_TOOL_RUNNING);
  say (fixture, RNL_CHUNK_REMOTE_CALL, 0, NULL, "\"cats\"}");
  say (fixture, RNL_CHUNK_REMOTE_RESULT, 0, NULL, "two ");
  say (fixture, RNL_CHUNK_REMOTE_RESULT, 0, NULL, "pages");
  say (fixture, RNL_CHUNK_REMOTE_RESULT, 7, NULL, "of nobody");

  g_assert_cmpstr (rnl_part_get_text (part), ==, "{\"query\":\"cats\"}");
  g_assert_cmpstr (rnl_part_get_result (part), ==, "two pages");
  g_assert_cmpint (rnl_part_get_state (part), ==, RNL_TOOL_DONE);
  g_assert_cmpuint (rnl_message_get_n_parts (fixture->message), ==, 1);
}

static void
test_annotations (Fixture *fixture, gconstpointer data)
{
  JsonNode *all;

  say (fixture, RNL_CHUNK_ANNOTATION, 0, NULL, "{\"url\":\"of nothing\"}");
  say (fixture, RNL_CHUNK_TEXT, 0, NULL, "so they say");
  say (fixture, RNL_CHUNK_ANNOTATION, 0, NULL, "{\"url\":\"a\"}");
  say (fixture, RNL_CHUNK_ANNOTATION, 0, NULL, "no object");
  say (fixture, RNL_CHUNK_TOOL_CALL, 0, "add", "{}");
  say (fixture, RNL_CHUNK_ANNOTATION, 0, NULL, "{\"url\":\"b\"}");

  all = rnl_part_get_extra (nth (fixture, 0, RNL_PART_TEXT), RNL_PART_EXTRA_ANNOTATIONS);
  g_assert_nonnull (all);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (all)), ==, 2);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  RnlPart *part;

  say (fixture, RNL_CHUNK_TEXT, 0, NULL, "here");
  say (fixture, RNL_CHUNK_FILE, 0, "image/png", "iVBORw0KGgo=");
  say (fixture, RNL_CHUNK_TEXT, 0, NULL, "you are");

  part = nth (fixture, 1, RNL_PART_FILE);
  g_assert_cmpstr (rnl_part_get_text (part), ==, "iVBORw0KGgo=");
  g_assert_cmpstr (rnl_part_get_extra_string (part, RNL_PART_EXTRA_MIME_TYPE), ==, "image/png");
  g_assert_true (rnl_part_get_complete (part));
  nth (fixture, 2, RNL_PART_TEXT);
}

/* What was put in comes out, whoever wrote it. */
static void
test_extra_json (void)
{
  RnlPart *part = rnl_part_new (RNL_PART_TEXT, 0);
  RnlPart *copy = rnl_part_new (RNL_PART_TEXT, 0);
  g_autofree char *json = NULL, *again = NULL;

  g_assert_null (rnl_part_dup_extra_json (part));
  rnl_part_set_extra_string (part, RNL_PART_EXTRA_PROTOCOL, "spoken");
  json = rnl_part_dup_extra_json (part);
  rnl_part_set_extra_json (copy, json);
  again = rnl_part_dup_extra_json (copy);
  g_assert_cmpstr (again, ==, "{\"protocol\":\"spoken\"}");
  rnl_part_set_extra_json (copy, "[not an object");
  g_assert_null (rnl_part_dup_extra_json (copy));

  g_assert_finalize_object (part);
  g_assert_finalize_object (copy);
}

/* Indexes with a gap: what did not come is no call, neither shown, nor told, nor summed. */
static void
test_gap (Fixture *fixture, gconstpointer data)
{
  const RnlBlockMark *marks;
  guint n_marks;

  say (fixture, RNL_CHUNK_TOOL_CALL, 2, "last", "{}");
  say (fixture, RNL_CHUNK_TOOL_CALL, 0, "first", "{}");
  say (fixture, RNL_CHUNK_REMOTE_RESULT, 1, NULL, "of nothing");
  rnl_message_fold_end (fixture->fold);
  marks = rnl_message_fold_get_marks (fixture->fold, &n_marks);

  g_assert_cmpuint (rnl_message_get_n_parts (fixture->message), ==, 2);
  g_assert_cmpstr (rnl_part_get_name (nth (fixture, 0, RNL_PART_TOOL_CALL)), ==, "last");
  g_assert_cmpstr (rnl_part_get_name (nth (fixture, 1, RNL_PART_TOOL_CALL)), ==, "first");
  g_assert_cmpuint (n_marks, ==, 2);
  g_assert_cmpstr (marks[0].name, ==, "first");
  g_assert_cmpstr (marks[1].name, ==, "last");
}

static void
say_call (Fixture *fixture, gint index, const char *id)
{
  RnlChunk chunk = { .type = RNL_CHUNK_TOOL_CALL, .index = index, .name = "add", .id = id };

  rnl_message_fold_chunk (fixture->fold, &chunk);
}

/* A result is joined to its call by the id, so no two calls have the same. */
static void
test_same_id (Fixture *fixture, gconstpointer data)
{
  static const char *const given[] = { "c", "c", "c_1", NULL, "call_0_3" };
  static const char *const ids[] = { "c", "c_1", "c_1_1", "call_0_3", "call_0_3_1" };

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    say_call (fixture, (gint) i, given[i]);
  rnl_message_fold_end (fixture->fold);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_cmpstr (rnl_part_get_call_id (nth (fixture, i, RNL_PART_TOOL_CALL)), ==, ids[i]);
}

static void
assert_finish (Fixture *fixture, guint index, const char *expected)
{
  guint n_marks;
  const RnlBlockMark *marks = rnl_message_fold_get_marks (fixture->fold, &n_marks);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  g_assert_cmpuint (n_marks, >, 0);
  g_assert_cmpuint (marks[0].index, ==, index);
  json_node_take_object (node, rnl_block_mark_to_json (&marks[0]));
  text = json_to_string (node, FALSE);
  g_assert_cmpstr (text, ==, expected);
}

/* Who waits for the end of a block gets all of it there. */
static void
test_finish_has_text (Fixture *fixture, gconstpointer data)
{
  say (fixture, RNL_CHUNK_REASONING, 0, NULL, "h");
  say (fixture, RNL_CHUNK_REASONING, 0, NULL, "m");
  say (fixture, RNL_CHUNK_TEXT, 0, NULL, "The ");
  assert_finish (fixture, 0,
                 "{\"event\":\"content-block-finish\",\"index\":0,"
                 "\"content\":{\"type\":\"reasoning\",\"reasoning\":\"hm\"}}");
  say (fixture, RNL_CHUNK_TEXT, 0, NULL, "end");
  rnl_message_fold_end (fixture->fold);
  assert_finish (fixture, 1,
                 "{\"event\":\"content-block-finish\",\"index\":1,"
                 "\"content\":{\"type\":\"text\",\"text\":\"The end\"}}");
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/fold/raw", test_raw);
  ADD ("/fold/raw/of-thought", test_raw_of_thought);
  ADD ("/fold/remote", test_remote);
  ADD ("/fold/annotations", test_annotations);
  ADD ("/fold/file", test_file);
  ADD ("/fold/gap", test_gap);
  ADD ("/fold/same-id", test_same_id);
  ADD ("/fold/finish-has-text", test_finish_has_text);
  g_test_add_func ("/part/extra-json", test_extra_json);

  return g_test_run ();
}

/* test-run.c: runs nest and end once; filters; the envelope of an event
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-event-filter.h"
#include "rnl-message-fold.h"
#include "rnl-provider-error.h"
#include "rnl-test.h"

static void
log_cb (RnlRun *root, const RnlEvent *event, GString *log)
{
  static const char *const kinds[] = { "start", "stream", "end", "error", "cancel", "custom" };

  g_string_append_printf (log, "%s %s;", kinds[event->kind],
                          event->name != NULL ? event->name : rnl_run_get_name (event->run));
}

static void
test_nesting (void)
{
  static const char *const tags[] = { "mine", NULL };
  static const char *const more[] = { "deep", "mine", NULL };
  RnlRun *root = rnl_run_new (RNL_RUN_AGENT, "root", NULL, tags);
  RnlRun *child = rnl_run_new (RNL_RUN_TOOL, "child", root, more);
  RnlRun *grandchild = NULL;
  g_autoptr (GString) log = g_string_new (NULL);

  rnl_run_set_metadata (child, "k", "v");
  grandchild = rnl_run_new (RNL_RUN_CHAT_MODEL, NULL, child, NULL);
  g_signal_connect (root, "event", G_CALLBACK (log_cb), log);
  rnl_run_stream_text (root, "before the start: dropped");
  rnl_run_start (root, NULL);
  rnl_run_start (child, NULL);
  rnl_run_start (grandchild, NULL);
  rnl_run_emit_custom (child, "progress", NULL);
  rnl_run_end (root, NULL); /* takes the others with it, the innermost first */
  rnl_run_end (child, NULL);
  rnl_run_cancel (root);
  rnl_run_stream_text (grandchild, "late: dropped");

  g_assert_cmpstr (log->str, ==,
                   "start root;start child;start Unnamed;custom progress;"
                   "cancel Unnamed;cancel child;end root;");
  g_assert_cmpuint (g_strv_length ((char **) rnl_run_get_tags (grandchild)), ==, 2);
  g_assert_true (rnl_run_has_tag (grandchild, "deep"));
  g_assert_cmpstr (json_object_get_string_member (rnl_run_get_metadata (grandchild), "k"), ==, "v");
  g_assert_false (json_object_has_member (rnl_run_get_metadata (root), "k"));
  g_assert_cmpint (rnl_run_get_duration (root), >=, 0);

  g_assert_finalize_object (grandchild);
  g_assert_finalize_object (child);
  g_assert_finalize_object (root);
}

/* A run that its owner forgot is told about as cancelled. */
static void
test_forgotten (void)
{
  RnlRun *root = rnl_run_new (RNL_RUN_AGENT, "root", NULL, NULL);
  RnlRun *child = rnl_run_new (RNL_RUN_TOOL, "child", root, NULL);
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (root, "event", G_CALLBACK (log_cb), log);
  rnl_run_start (root, NULL);
  rnl_run_start (child, NULL);
  g_assert_finalize_object (child);
  rnl_run_end (root, NULL);

  g_assert_cmpstr (log->str, ==, "start root;start child;cancel child;end root;");
  g_assert_finalize_object (root);
}

static gboolean
matches (RnlRun *run, RnlEventFilter filter, const char *custom)
{
  RnlEvent event
    = { .kind = custom != NULL ? RNL_EVENT_CUSTOM : RNL_EVENT_START, .run = run, .name = custom };

  return rnl_event_filter_matches (&filter, &event);
}

static void
test_filter (void)
{
  static const char *const tags[] = { "red", NULL };
  g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_TOOL, "add", NULL, tags);
  char *add[] = { (char *) "add", NULL }, *other[] = { (char *) "other", NULL };
  char *tool[] = { (char *) "tool", NULL }, *chain[] = { (char *) "chain", NULL };
  char *red[] = { (char *) "red", NULL }, *blue[] = { (char *) "blue", NULL };
  char *custom[] = { (char *) "custom", NULL }, *progress[] = { (char *) "progress", NULL };
  char *none[] = { NULL };

  g_assert_true (matches (run, (RnlEventFilter){ 0 }, NULL));
  g_assert_true (matches (run, (RnlEventFilter){ .include_names = none }, NULL));
  g_assert_true (matches (run, (RnlEventFilter){ .include_names = add }, NULL));
  g_assert_false (matches (run, (RnlEventFilter){ .include_names = other }, NULL));
  g_assert_true (matches (run, (RnlEventFilter){ .include_types = tool }, NULL));
  g_assert_false (matches (run, (RnlEventFilter){ .include_types = chain }, NULL));
  g_assert_true (matches (run, (RnlEventFilter){ .include_tags = red }, NULL));
  g_assert_false (matches (run, (RnlEventFilter){ .include_tags = blue }, NULL));
  g_assert_true (
    matches (run, (RnlEventFilter){ .include_names = other, .include_tags = red }, NULL));
  g_assert_false (matches (run, (RnlEventFilter){ .exclude_names = add }, NULL));
  g_assert_false (matches (run, (RnlEventFilter){ .exclude_types = tool }, NULL));
  g_assert_false (matches (run, (RnlEventFilter){ .exclude_tags = red }, NULL));
  g_assert_true (matches (run, (RnlEventFilter){ .exclude_tags = blue }, NULL));
  g_assert_false (
    matches (run, (RnlEventFilter){ .include_names = add, .exclude_tags = red }, NULL));
  g_assert_true (matches (run, (RnlEventFilter){ .include_types = custom }, "progress"));
  g_assert_true (matches (run, (RnlEventFilter){ .include_names = progress }, "progress"));
  g_assert_true (matches (run, (RnlEventFilter){ .include_tags = red }, "progress"));
  g_assert_false (matches (run, (RnlEventFilter){ .include_types = tool }, "progress"));
}

static void
test_envelope (void)
{
  g_autoptr (RnlRun) root = rnl_run_new (RNL_RUN_AGENT, "root", NULL, NULL);
  g_autoptr (RnlRun) child = rnl_run_new (RNL_RUN_TOOL, "add", root, NULL);
  g_autoptr (GError) error = rnl_provider_error_new (RNL_PROVIDER_ERROR_RATE_LIMIT, "slow down");
  RnlEvent event = { .kind = RNL_EVENT_ERROR, .seq = 7, .run = child, .error = error };
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object, *data;

  rnl_run_set_tool_call_id (child, "call_1");
  node = rnl_event_to_json (&event);
  object = json_node_get_object (node);
  data = json_object_get_object_member (json_object_get_object_member (object, "data"), "error");

  g_assert_cmpstr (json_object_get_string_member (object, "event"), ==, "on_tool_error");
  g_assert_cmpint (json_object_get_int_member (object, "seq"), ==, 7);
  g_assert_cmpstr (json_object_get_string_member (object, "tool_call_id"), ==, "call_1");
  g_assert_cmpstr (
    json_array_get_string_element (json_object_get_array_member (object, "parent_ids"), 0), ==,
    rnl_run_get_id (root));
  g_assert_cmpstr (json_object_get_string_member (data, "code"), ==, "rate-limit");
  g_assert_cmpstr (json_object_get_string_member (data, "message"), ==, "slow down");
}

/* Every type of run tells its beginning, its pieces and its end by its own words. */
static void
test_types (void)
{
  static const char *const types[]
    = { "agent", "chat_model", "llm", "chain", "tool", "retriever", "prompt", "parser", "custom" };
  static const char *const phases[] = { "start", "stream", "end" };
  g_autoptr (GEnumClass) class = g_type_class_ref (RNL_TYPE_RUN_TYPE);

  g_assert_cmpuint (class->n_values, ==, G_N_ELEMENTS (types));
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (RnlRun) run = rnl_run_new ((RnlRunType) i, NULL, NULL, NULL);

      for (guint kind = RNL_EVENT_START; kind <= RNL_EVENT_END; kind++)
        {
          RnlEvent event = { .kind = (RnlEventKind) kind, .run = run };
          g_autoptr (JsonNode) node = rnl_event_to_json (&event);
          g_autofree char *expected = g_strdup_printf ("on_%s_%s", types[i], phases[kind]);

          g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "event"), ==,
                           expected);
        }
    }
}

static void
fold (RnlMessageFold *self,
      RnlChunkType type,
      gint index,
      const char *id,
      const char *name,
      const char *text)
{
  RnlChunk chunk = { .type = type,
                     .index = index,
                     .id = id,
                     .name = name,
                     .text = text,
                     .length = text != NULL ? strlen (text) : 0 };

  rnl_message_fold_chunk (self, &chunk);
}

/* Interleaved pieces of two calls, an index that skips, a name that comes again. */
static void
test_fold (void)
{
  g_autoptr (RnlMessage) message = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlMessageFold) self = rnl_message_fold_new (message, 3);

  fold (self, RNL_CHUNK_REASONING, 0, NULL, NULL, "Hm");
  fold (self, RNL_CHUNK_TEXT, 0, NULL, NULL, "a");
  fold (self, RNL_CHUNK_TEXT, 0, NULL, NULL, "");
  fold (self, RNL_CHUNK_TEXT, 0, NULL, NULL, "b");
  fold (self, RNL_CHUNK_TOOL_CALL, 0, "c0", "add", NULL);
  fold (self, RNL_CHUNK_TOOL_CALL, 2, "c2", "sub", "{");
  fold (self, RNL_CHUNK_TOOL_CALL, 0, NULL, NULL, "{}");
  fold (self, RNL_CHUNK_TOOL_CALL, 2, "c2", "sub", "}");
  fold (self, RNL_CHUNK_TOOL_CALL, -1, "bad", "bad", "x");
  fold (self, RNL_CHUNK_TOOL_CALL, 100000, "bad", "bad", "x");
  fold (self, RNL_CHUNK_TOOL_CALL, 4, NULL, "mul", "{}");
  fold (self, RNL_CHUNK_TEXT, 0, NULL, NULL, "c");
  rnl_message_fold_end (self);

  g_assert_cmpuint (rnl_message_get_n_parts (message), ==, 6);
  g_assert_cmpstr (rnl_part_get_text (rnl_message_get_part (message, 1)), ==, "ab");
  g_assert_true (rnl_part_get_complete (rnl_message_get_part (message, 1)));
  g_assert_cmpint (rnl_part_get_duration (rnl_message_get_part (message, 0)), >=, 0);
  g_assert_cmpstr (rnl_part_get_text (rnl_message_get_part (message, 2)), ==, "{}");
  g_assert_cmpstr (rnl_part_get_name (rnl_message_get_part (message, 3)), ==, "sub");
  g_assert_cmpstr (rnl_part_get_text (rnl_message_get_part (message, 3)), ==, "{}");
  g_assert_cmpstr (rnl_part_get_call_id (rnl_message_get_part (message, 4)), ==, "call_3_4");
  g_assert_cmpuint (rnl_part_get_step (rnl_message_get_part (message, 5)), ==, 3);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/run/nesting", test_nesting);
  g_test_add_func ("/run/forgotten", test_forgotten);
  g_test_add_func ("/run/filter", test_filter);
  g_test_add_func ("/run/envelope", test_envelope);
  g_test_add_func ("/run/types", test_types);
  g_test_add_func ("/run/fold", test_fold);

  return g_test_run ();
}

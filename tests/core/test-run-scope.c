/* test-run-scope.c: observers of the application and of a conversation; what a run is asked to be
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-run.h"
#include "rnl-test.h"

static void
count_cb (RnlRunScope *scope, const RnlEvent *event, guint *n)
{
  (*n)++;
}

static void
run_in (RnlRunScope *scope)
{
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();
  g_autoptr (RnlRun) run = NULL;
  g_autoptr (RnlRun) child = NULL;

  rnl_run_config_set_scope (config, scope);
  run = rnl_run_new_configured (RNL_RUN_AGENT, NULL, config, "agent");
  child = rnl_run_new (RNL_RUN_TOOL, "tool", run, NULL);
  g_assert_true (rnl_run_get_scope (child)
                 == (scope != NULL ? scope : rnl_run_scope_get_default ()));
  rnl_run_start (run, NULL);
  rnl_run_start (child, NULL);
  rnl_run_end (child, NULL);
  rnl_run_end (run, NULL);
}

/* Removing an observer changes nothing for the others. */
static void
test_observers (void)
{
  RnlRunScope *application = rnl_run_scope_get_default ();
  RnlRunScope *one = rnl_run_scope_new ("one", NULL);
  RnlRunScope *two = rnl_run_scope_new ("two", NULL);
  guint n_all = 0, n_one = 0, n_two = 0;
  gulong all_id = g_signal_connect (application, "event", G_CALLBACK (count_cb), &n_all);
  gulong one_id = g_signal_connect (one, "event", G_CALLBACK (count_cb), &n_one);

  g_signal_connect (two, "event", G_CALLBACK (count_cb), &n_two);
  run_in (one);
  run_in (two);
  run_in (NULL);
  g_assert_cmpuint (n_one, ==, 4);
  g_assert_cmpuint (n_two, ==, 4);
  g_assert_cmpuint (n_all, ==, 12);

  g_signal_handler_disconnect (one, one_id);
  run_in (one);
  run_in (two);
  g_assert_cmpuint (n_one, ==, 4);
  g_assert_cmpuint (n_two, ==, 8);
  g_assert_cmpuint (n_all, ==, 20);

  g_signal_handler_disconnect (application, all_id);
  g_assert_finalize_object (one);
  g_assert_finalize_object (two);
}

static JsonNode *
number_node (gint64 value)
{
  return json_node_init_int (json_node_alloc (), value);
}

static void
test_merge (void)
{
  g_autoptr (RnlRunConfig) defaults = rnl_run_config_new ();
  g_autoptr (RnlRunConfig) over = rnl_run_config_new ();
  g_autoptr (RnlRunConfig) merged = NULL;
  g_autoptr (JsonNode) few = number_node (10);
  g_autoptr (JsonNode) many = number_node (1000);
  g_autofree char *tags = NULL;

  rnl_run_config_set_name (defaults, "component");
  rnl_run_config_add_tag (defaults, "a");
  rnl_run_config_add_tag (defaults, "b");
  rnl_run_config_set_metadata (defaults, "who", "component");
  rnl_run_config_set_metadata (defaults, "where", "here");
  rnl_run_config_set_stream (defaults, RNL_RUN_STREAM_NO);
  rnl_run_config_set_param (defaults, "max_tokens", few);
  rnl_run_config_set_param (defaults, "temperature", few);
  rnl_run_config_add_tag (over, "b");
  rnl_run_config_add_tag (over, "c");
  rnl_run_config_set_metadata (over, "who", "caller");
  rnl_run_config_set_param (over, "max_tokens", many);
  merged = rnl_run_config_merge (defaults, over);

  tags = g_strjoinv (" ", (char **) rnl_run_config_get_tags (merged));
  g_assert_cmpstr (tags, ==, "a b c");
  g_assert_cmpstr (rnl_run_config_get_name (merged), ==, "component");
  g_assert_cmpint (rnl_run_config_get_stream (merged), ==, RNL_RUN_STREAM_NO);
  g_assert_cmpstr (json_object_get_string_member (rnl_run_config_get_metadata (merged), "who"), ==,
                   "caller");
  g_assert_cmpstr (json_object_get_string_member (rnl_run_config_get_metadata (merged), "where"),
                   ==, "here");
  g_assert_cmpint (json_node_get_int (rnl_run_config_get_param (merged, "max_tokens")), ==, 1000);
  g_assert_cmpint (json_node_get_int (rnl_run_config_get_param (merged, "temperature")), ==, 10);

  /* Neither input was changed, and the result is its own. */
  rnl_run_config_add_tag (merged, "d");
  rnl_run_config_set_metadata (merged, "who", "nobody");
  g_assert_cmpuint (g_strv_length ((char **) rnl_run_config_get_tags (defaults)), ==, 2);
  g_assert_cmpuint (g_strv_length ((char **) rnl_run_config_get_tags (over)), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (rnl_run_config_get_metadata (defaults), "who"),
                   ==, "component");
  g_assert_cmpstr (json_object_get_string_member (rnl_run_config_get_metadata (over), "who"), ==,
                   "caller");
  g_assert_cmpint (json_node_get_int (rnl_run_config_get_param (defaults, "max_tokens")), ==, 10);
}

/* What a scope wants stands under what the caller wants; children inherit tags and metadata. */
static void
test_defaults (void)
{
  g_autoptr (RnlRunScope) scope = rnl_run_scope_new ("conversation", NULL);
  g_autoptr (RnlRunConfig) defaults = rnl_run_config_new ();
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();
  g_autoptr (RnlRun) run = NULL;
  g_autoptr (RnlRun) child = NULL;
  g_autofree char *tags = NULL;

  rnl_run_config_set_name (defaults, "ignored");
  rnl_run_config_add_tag (defaults, "chat");
  rnl_run_config_set_metadata (defaults, "chat", "42");
  rnl_run_config_set_stream (defaults, RNL_RUN_STREAM_NO);
  rnl_run_scope_set_config (scope, defaults);
  rnl_run_config_set_scope (config, scope);
  rnl_run_config_add_tag (config, RNL_RUN_TAG_INTERNAL);
  rnl_run_config_set_stream (config, RNL_RUN_STREAM_YES);
  run = rnl_run_new_configured (RNL_RUN_AGENT, NULL, config, "agent");
  child = rnl_run_new_configured (RNL_RUN_TOOL, run, NULL, NULL);

  g_assert_cmpstr (rnl_run_get_name (run), ==, "agent");
  g_assert_cmpstr (rnl_run_get_name (child), ==, "Unnamed");
  tags = g_strjoinv (" ", (char **) rnl_run_get_tags (child));
  g_assert_cmpstr (tags, ==, "chat internal");
  g_assert_true (rnl_run_is_internal (child));
  g_assert_cmpstr (json_object_get_string_member (rnl_run_get_metadata (child), "chat"), ==, "42");
  g_assert_cmpint (rnl_run_config_get_stream (rnl_run_get_config (run)), ==, RNL_RUN_STREAM_YES);
  g_assert_cmpint (rnl_run_config_get_stream (rnl_run_get_config (child)), ==,
                   RNL_RUN_STREAM_DEFAULT);
  g_assert_cmpuint (g_strv_length ((char **) rnl_run_config_get_tags (defaults)), ==, 1);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/run-scope/observers", test_observers);
  g_test_add_func ("/run-scope/merge", test_merge);
  g_test_add_func ("/run-scope/defaults", test_defaults);

  return g_test_run ();
}

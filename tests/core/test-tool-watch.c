/* test-tool-watch.c: what runs inside a tool, as the parts of its call
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-test.h"
#include "rnl-tool-watch.h"

static RnlRun *
start (RnlRunType type, const char *name, RnlRun *parent)
{
  RnlRun *run = rnl_run_new (type, name, parent, NULL);
  g_autoptr (JsonNode) input = json_from_string ("{\"a\": 1}", NULL);

  rnl_run_start (run, input);

  return run;
}

static RnlPart *
get_child (RnlPart *part, guint position)
{
  g_autoptr (RnlPart) child = g_list_model_get_item (rnl_part_list_children (part), position);

  g_assert_nonnull (child);

  return child;
}

/* A tool in a tool, a model in that, and another tool beside it that is cut off. */
static void
test_tree (void)
{
  g_autoptr (RnlPart) call = rnl_part_new_tool_call (0, "c", "outer");
  rnl_test_last RnlRun *outer = start (RNL_RUN_TOOL, "outer", NULL);
  RnlToolWatch *watch = rnl_tool_watch_new (outer, call);
  rnl_test_last RnlRun *inner = start (RNL_RUN_TOOL, "inner", outer);
  rnl_test_last RnlRun *chain = start (RNL_RUN_CHAIN, "chain", inner);
  rnl_test_last RnlRun *model = start (RNL_RUN_LLM, "model", chain);
  rnl_test_last RnlRun *beside = start (RNL_RUN_TOOL, "beside", outer);
  g_autoptr (JsonNode) output = json_from_string ("\"three\"", NULL);
  RnlPart *inner_part, *model_part;

  g_assert_cmpuint (g_list_model_get_n_items (rnl_part_list_children (call)), ==, 2);
  inner_part = get_child (call, 0);
  g_assert_cmpint (rnl_part_get_part_type (inner_part), ==, RNL_PART_TOOL_CALL);
  g_assert_cmpstr (rnl_part_get_name (inner_part), ==, "inner");
  g_assert_cmpstr (rnl_part_get_text (inner_part), ==, "{\"a\":1}");
  g_assert_cmpint (rnl_part_get_state (inner_part), ==, RNL_TOOL_RUNNING);
  model_part = get_child (inner_part, 0);
  g_assert_cmpint (rnl_part_get_part_type (model_part), ==, RNL_PART_TEXT);

  rnl_run_stream_text (inner, "printed");
  g_assert_cmpstr (rnl_part_get_output (inner_part), ==, "printed");
  rnl_run_end (model, output);
  rnl_run_end (chain, output);
  rnl_run_end (inner, output);
  g_assert_true (rnl_part_get_complete (model_part));
  g_assert_cmpint (rnl_part_get_state (inner_part), ==, RNL_TOOL_DONE);
  g_assert_cmpstr (rnl_part_get_result (inner_part), ==, "three");

  rnl_tool_watch_free (watch);
  g_assert_cmpint (rnl_part_get_state (get_child (call, 1)), ==, RNL_TOOL_CANCELLED);
  rnl_run_end (beside, output);
  rnl_run_end (outer, output);
}

static void
test_failure (void)
{
  g_autoptr (RnlPart) call = rnl_part_new_tool_call (0, "c", "outer");
  rnl_test_last RnlRun *outer = start (RNL_RUN_TOOL, "outer", NULL);
  RnlToolWatch *watch = rnl_tool_watch_new (outer, call);
  rnl_test_last RnlRun *inner = start (RNL_RUN_TOOL, "inner", outer);
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "No luck");

  rnl_run_fail (inner, error);
  g_assert_cmpint (rnl_part_get_state (get_child (call, 0)), ==, RNL_TOOL_FAILED);
  g_assert_cmpstr (rnl_part_get_result (get_child (call, 0)), ==, "No luck");
  rnl_tool_watch_free (watch);
  rnl_run_end (outer, NULL);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/tool-watch/tree", test_tree);
  g_test_add_func ("/tool-watch/failure", test_failure);

  return g_test_run ();
}

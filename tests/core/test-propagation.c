/* test-propagation.c: a model that is asked inside a tool appears under it, whoever asks
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "propagation-ways.h"
#include "rnl-run-loop.h"

static void
check_call (Call *call, const char *name, const char *a, const char *b)
{
  g_autofree char *log = scene_dup_log (call->scene, name);
  g_autofree char *expected = g_strdup_printf ("start %s in turn\n"
                                               "start test/parrot in %s\n"
                                               "stream test/parrot in %s: %s \n"
                                               "stream test/parrot in %s: %s \n"
                                               "end test/parrot in %s\n"
                                               "end %s in turn\n",
                                               name, name, name, a, name, b, name, name);
  g_autofree char *text = g_strdup_printf ("%s %s ", a, b);
  g_autoptr (RnlPart) child = g_list_model_get_item (rnl_part_list_children (call->part), 0);

  g_assert_no_error (call->error);
  g_assert_cmpstr (call->text, ==, text);
  g_assert_cmpstr (log, ==, expected);
  g_assert_cmpuint (g_list_model_get_n_items (rnl_part_list_children (call->part)), ==, 1);
  g_assert_cmpstr (rnl_part_get_text (child), ==, text);
  g_assert_cmpstr (rnl_part_get_title (child), ==, "test/parrot");
  g_assert_true (rnl_part_get_complete (child));
}

static void
test_way (gconstpointer data)
{
  gsize way = GPOINTER_TO_SIZE (data);
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (RnlTool) tool = way_tool (way);
  g_autoptr (Call) call = scene_call (scene, "only", tool, "hello world");

  call_wait (call);
  check_call (call, "only", "hello", "world");
}

/* Everything at once, several times over: nobody gets anybody else's words. */
static void
test_parallel (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) call_free);
  const guint n_calls = 3 * N_WAYS;

  for (guint i = 0; i < n_calls; i++)
    {
      g_autoptr (RnlTool) tool = way_tool (i % N_WAYS);
      g_autofree char *name = g_strdup_printf ("call-%02u", i);
      g_autofree char *prompt = g_strdup_printf ("%u-a %u-b", i, i);

      g_ptr_array_add (calls, scene_call (scene, name, tool, prompt));
    }
  for (guint i = 0; i < n_calls; i++)
    {
      g_autofree char *name = g_strdup_printf ("call-%02u", i);
      g_autofree char *a = g_strdup_printf ("%u-a", i);
      g_autofree char *b = g_strdup_printf ("%u-b", i);

      call_wait (g_ptr_array_index (calls, i));
      check_call (g_ptr_array_index (calls, i), name, a, b);
    }
}

/* Two tools whose sources take turns, each looking at who is current. */

typedef struct
{
  RnlToolContext *context;
  guint ticks;
} Ticking;

static guint n_switches;
static RnlRun *last_ticked;

static gboolean
tick_cb (gpointer user_data)
{
  Ticking *ticking = user_data;
  RnlRun *run = rnl_tool_context_get_run (ticking->context);

  g_assert_true (rnl_run_get_current () == run);
  if (last_ticked != NULL && last_ticked != run)
    n_switches++;
  last_ticked = run;
  if (++ticking->ticks < 20)
    return G_SOURCE_CONTINUE;

  rnl_tool_context_return_text (ticking->context, "ticked");
  g_object_unref (ticking->context);
  g_free (ticking);

  return G_SOURCE_REMOVE;
}

static char *
tick (JsonObject *arguments, RnlToolContext *context, gpointer user_data, GError **error)
{
  g_autoptr (GSource) source = g_timeout_source_new (1);
  Ticking *ticking = g_new0 (Ticking, 1);

  rnl_tool_context_defer (context);
  ticking->context = g_object_ref (context);
  g_source_set_callback (source, tick_cb, ticking, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());

  return NULL;
}

static void
test_interleaved (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (RnlTool) tool = tool_of (tick, NULL);
  g_autoptr (Call) a = scene_call (scene, "a", tool, "");
  g_autoptr (Call) b = scene_call (scene, "b", tool, "");

  n_switches = 0;
  last_ticked = NULL;
  call_wait (a);
  call_wait (b);
  g_assert_cmpstr (a->text, ==, "ticked");
  g_assert_cmpstr (b->text, ==, "ticked");
  g_assert_cmpuint (n_switches, >=, 5);
}

/* Deeper. */

static char *
ask_in_chain (JsonObject *arguments, RnlToolContext *context, gpointer user_data, GError **error)
{
  g_autoptr (RnlRun) chain = rnl_run_new (RNL_RUN_CHAIN, "chain", rnl_run_get_current (), NULL);
  RnlRunLoop *loop;
  Asking *asking = asking_new (context, arguments);

  rnl_run_start (chain, NULL);
  loop = rnl_run_loop_new (chain, rnl_run_get_current_cancellable ());
  g_object_set_data_full (G_OBJECT (context), "chain", loop, (GDestroyNotify) rnl_run_loop_unref);
  rnl_run_loop_enter (loop);
  g_assert_true (rnl_run_get_current () == chain);
  /* The tool's cancellable says less than the chain it is in. */
  rnl_chat_model_ask_async (rnl_tool_context_get_model (context), asking->prompt, NULL,
                            rnl_tool_context_get_cancellable (context), user_data, asking);
  rnl_run_loop_leave (loop);
  g_assert_true (rnl_run_get_current () == rnl_tool_context_get_run (context));

  return NULL;
}

static void
chain_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *asking = user_data;
  RnlRunLoop *loop = g_object_get_data (G_OBJECT (asking->context), "chain");
  g_autoptr (RnlRun) chain = g_object_ref (rnl_run_get_current ());
  g_autofree char *text = rnl_chat_model_ask_finish (RNL_CHAT_MODEL (source), result, NULL);

  g_assert_cmpstr (rnl_run_get_name (chain), ==, "chain");
  rnl_run_loop_close (loop);
  rnl_run_end (chain, NULL);
  rnl_tool_context_return_text (asking->context, text);
  asking_free (asking);
}

static void
test_nested (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (RnlTool) tool = tool_of (ask_in_chain, chain_cb);
  g_autoptr (Call) call = scene_call (scene, "outer", tool, "deep");
  g_autofree char *log = NULL;
  g_autoptr (RnlPart) child = NULL;

  call_wait (call);
  log = scene_dup_log (scene, NULL);
  g_assert_cmpstr (
    log, ==,
    "start turn in nothing\nstart outer in turn\nstart chain in outer\n"
    "start test/parrot in chain\nstream test/parrot in chain: deep \nend test/parrot in chain\n"
    "end chain in outer\nend outer in turn\n");
  child = g_list_model_get_item (rnl_part_list_children (call->part), 0);
  g_assert_cmpstr (rnl_part_get_text (child), ==, "deep ");
}

/* Who has no context is told so. */

static gpointer
lost_thread (gpointer data)
{
  GError *error = NULL;

  g_assert_null (rnl_chat_model_ask (data, "hello", NULL, NULL, &error));

  return error;
}

static void
test_no_context (void)
{
  g_autoptr (RnlChatModel) model = test_parrot_new ();
  g_autoptr (GError) error = g_thread_join (g_thread_new ("lost", lost_thread, model));

  g_assert_error (error, RNL_RUN_ERROR, RNL_RUN_ERROR_NO_CONTEXT);
  g_assert_nonnull (strstr (error->message, "rnl_run_task_in_thread"));
  g_assert_nonnull (strstr (error->message, "cancellable"));
}

/* A call from nowhere is the call of the only tool at work, and refused among several. */

static char *
wait_open (JsonObject *arguments, RnlToolContext *context, gpointer user_data, GError **error)
{
  rnl_tool_context_defer (context);
  *(RnlToolContext **) user_data = g_object_ref (context);

  return NULL;
}

static gboolean
is_set (gpointer user_data)
{
  return *(gpointer *) user_data != NULL;
}

static gpointer
plain_thread (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = rnl_chat_model_ask (data, "from thread", NULL, NULL, &error);

  return g_strdup (error != NULL ? error->message : text);
}

static void
keep_text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  char *text = rnl_chat_model_ask_finish (RNL_CHAT_MODEL (source), result, &error);

  *(char **) user_data = text != NULL ? text : g_strdup (error->message);
}

static gpointer
thread_to (gpointer data)
{
  gpointer *pair = data;

  g_atomic_pointer_set (&pair[1], plain_thread (pair[0]));

  return NULL;
}

static void
test_by_elimination (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (RnlToolContext) first = NULL;
  g_autoptr (RnlToolContext) second = NULL;
  g_autoptr (RnlTool) tool = tool_of (wait_open, &first);
  g_autoptr (RnlTool) other = tool_of (wait_open, &second);
  g_autoptr (Call) call = scene_call (scene, "lone", tool, "");
  g_autoptr (Call) more = NULL;
  g_autofree char *text = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *log = NULL;
  gpointer pair[2] = { scene->model, NULL };
  GThread *thread;

  rnl_chat_model_ask_async (scene->model, "from timer", NULL, NULL, keep_text_cb, &text);
  rnl_test_wait_for (is_set, &text);
  g_assert_cmpstr (text, ==, "from timer ");
  thread = g_thread_new ("plain", thread_to, pair);
  rnl_test_wait_for (is_set, &pair[1]);
  g_thread_join (thread);
  g_assert_cmpstr (pair[1], ==, "from thread ");
  g_free (pair[1]);
  g_assert_cmpuint (g_list_model_get_n_items (rnl_part_list_children (call->part)), ==, 2);

  more = scene_call (scene, "another", other, "");
  rnl_chat_model_ask_async (scene->model, "whose", NULL, NULL, keep_text_cb, &refused);
  rnl_test_wait_for (is_set, &refused);
  g_assert_nonnull (strstr (refused, "2 tools"));
  g_assert_nonnull (strstr (refused, "cancellable"));
  rnl_tool_context_return_text (first, "done");
  rnl_tool_context_return_text (second, "done");
  call_wait (call);
  call_wait (more);
  log = scene_dup_log (scene, "lone");
  g_assert_nonnull (strstr (log, "start test/parrot in lone"));
}

static char *
block (JsonObject *arguments, RnlToolContext *context, gpointer user_data, GError **error)
{
  return rnl_chat_model_ask (rnl_tool_context_get_model (context), "hello", NULL, NULL, error);
}

static void
test_would_block (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (RnlTool) tool = tool_of (block, NULL);
  g_autoptr (Call) call = scene_call (scene, "blocking", tool, "");
  g_autoptr (GError) error = NULL;

  call_wait (call);
  g_assert_error (call->error, RNL_RUN_ERROR, RNL_RUN_ERROR_WOULD_BLOCK);
  g_assert_null (rnl_chat_model_ask (scene->model, "hello", NULL, NULL, &error));
  g_assert_error (error, RNL_RUN_ERROR, RNL_RUN_ERROR_WOULD_BLOCK);
}

static void
test_root (void)
{
  g_autoptr (RnlChatModel) model = test_parrot_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *text = NULL;

  rnl_chat_model_ask_async (model, "hello", NULL, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (is_set, &result);
  text = rnl_chat_model_ask_finish (model, result, NULL);
  g_assert_cmpstr (text, ==, "hello ");
  g_clear_object (&result);
  g_assert_finalize_object (g_steal_pointer (&model));
}

/* A request that does not stream streams inside of a tool, where somebody watches. */

static void
invoked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *asking = user_data;
  g_autoptr (RnlMessage) message
    = rnl_chat_model_invoke_finish (RNL_CHAT_MODEL (source), result, NULL);
  g_autofree char *text = rnl_message_dup_text (message);

  rnl_tool_context_return_text (asking->context, text);
  asking_free (asking);
}

static char *
invoke (JsonObject *arguments, RnlToolContext *context, gpointer user_data, GError **error)
{
  g_autoptr (RnlChatRequest) request
    = rnl_chat_request_new_prompt (json_object_get_string_member (arguments, "prompt"));

  request->stream = FALSE;
  rnl_chat_model_invoke_async (rnl_tool_context_get_model (context), request, user_data, NULL,
                               invoked_cb, asking_new (context, arguments));

  return NULL;
}

static void
test_streamed_anyway (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (RnlTool) tool = tool_of (invoke, NULL);
  g_autoptr (Call) call = scene_call (scene, "only", tool, "hello world");
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();
  g_autoptr (RnlTool) told = tool_of (invoke, config);
  g_autoptr (Call) whole = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new_prompt ("alone");
  g_autoptr (RnlMessage) message = NULL;

  call_wait (call);
  check_call (call, "only", "hello", "world");
  g_assert_cmpuint (test_parrot_get_n_streamed (TEST_PARROT (scene->model)), ==, 1);

  rnl_run_config_set_stream (config, RNL_RUN_STREAM_NO);
  whole = scene_call (scene, "whole", told, "hello world");
  call_wait (whole);
  g_assert_cmpuint (test_parrot_get_n_streamed (TEST_PARROT (scene->model)), ==, 1);

  request->stream = FALSE;
  rnl_chat_model_invoke_async (scene->model, request, NULL, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (is_set, &result);
  message = rnl_chat_model_invoke_finish (scene->model, result, NULL);
  g_assert_nonnull (message);
  g_assert_cmpuint (test_parrot_get_n_streamed (TEST_PARROT (scene->model)), ==, 1);
}

static char *
ask_aside (JsonObject *arguments, RnlToolContext *context, gpointer user_data, GError **error)
{
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();

  rnl_run_config_set_name (config, "aside");
  rnl_run_config_add_tag (config, RNL_RUN_TAG_INTERNAL);
  rnl_chat_model_ask_async (rnl_tool_context_get_model (context), "secret", config, NULL,
                            asking_answered_cb, asking_new (context, arguments));

  return NULL;
}

static void
test_internal (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (RnlTool) tool = tool_of (ask_aside, NULL);
  g_autoptr (Call) call = scene_call (scene, "only", tool, "");
  g_autofree char *log = NULL;

  call_wait (call);
  log = scene_dup_log (scene, "only");
  g_assert_nonnull (strstr (log, "stream aside in only: secret"));
  g_assert_cmpuint (g_list_model_get_n_items (rnl_part_list_children (call->part)), ==, 0);
}

/* Custom events. */

static char *
say (JsonObject *arguments, RnlToolContext *context, gpointer user_data, GError **error)
{
  g_autoptr (JsonNode) data = json_node_init_int (json_node_alloc (), 1);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%u", (const char *) user_data, i);

      if (!rnl_emit_custom_event (name, data, error))
        return NULL;
    }
  rnl_tool_context_emit_output (context, "output");
  rnl_tool_context_emit_custom (context, "last", NULL);

  return g_strdup ("said");
}

static void
test_custom (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (RnlTool) here = tool_of (say, (gpointer) "here");
  g_autoptr (RnlTool) there = blocking_tool_of (say, (gpointer) "there");
  g_autoptr (Call) a = scene_call (scene, "a", here, "");
  g_autoptr (Call) b = scene_call (scene, "b", there, "");
  g_autofree char *log_a = NULL;
  g_autofree char *log_b = NULL;
  g_autoptr (GError) error = NULL;

  call_wait (a);
  call_wait (b);
  log_a = scene_dup_log (scene, "a");
  log_b = scene_dup_log (scene, "b");
  g_assert_cmpstr (log_a, ==,
                   "start a in turn\ncustom a in turn: here-0\ncustom a in turn: here-1\n"
                   "custom a in turn: here-2\nstream a in turn\ncustom a in turn: last\n"
                   "end a in turn\n");
  g_assert_cmpstr (log_b, ==,
                   "start b in turn\ncustom b in turn: there-0\ncustom b in turn: there-1\n"
                   "custom b in turn: there-2\nstream b in turn\ncustom b in turn: last\n"
                   "end b in turn\n");
  g_assert_cmpstr (rnl_part_get_output (b->part), ==, "output");

  g_assert_false (rnl_emit_custom_event ("lost", NULL, &error));
  g_assert_error (error, RNL_RUN_ERROR, RNL_RUN_ERROR_NO_CONTEXT);
}

static void
test_cancel (gconstpointer data)
{
  gsize way = GPOINTER_TO_SIZE (data);
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (RnlTool) tool
    = g_str_equal (ways[way].name, "global-timer") || g_str_equal (ways[way].name, "context")
        ? tool_of (ways[0].callback, NULL)
        : way_tool (way);
  g_autoptr (Call) call = scene_call (scene, "slow", tool, "one never two");
  g_autofree char *log = NULL;

  while (g_list_model_get_n_items (rnl_part_list_children (call->part)) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (scene->cancellable);
  call_wait (call);
  g_assert_error (call->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  log = scene_dup_log (scene, "slow");
  g_assert_nonnull (strstr (log, "start test/parrot in slow"));
  g_assert_nonnull (strstr (log, "cancel test/parrot in slow\n"));
  g_assert_true (g_str_has_suffix (log, "cancel slow in turn\n"));
}

/* Tools that give no result. */

static char *
give_nothing (JsonObject *arguments, RnlToolContext *context, gpointer user_data, GError **error)
{
  return NULL;
}

static void
forget_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *text = rnl_chat_model_ask_finish (RNL_CHAT_MODEL (source), result, NULL);

  g_assert_nonnull (text);
}

static char *
ask_and_forget (JsonObject *arguments, RnlToolContext *context, gpointer user_data, GError **error)
{
  rnl_chat_model_ask_async (rnl_tool_context_get_model (context), "hello", NULL, NULL, forget_cb,
                            NULL);

  return NULL;
}

static char *
raise_error (JsonObject *arguments, RnlToolContext *context, gpointer user_data, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "It is not there.");

  return NULL;
}

static char *
answer_twice (JsonObject *arguments, RnlToolContext *context, gpointer user_data, GError **error)
{
  rnl_tool_context_return_text (context, "first");
  rnl_tool_context_return_failure (context, "second");

  return g_strdup ("third");
}

static void
test_results (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (RnlTool) tool_nothing = tool_of (give_nothing, NULL);
  g_autoptr (RnlTool) tool_forgotten = tool_of (ask_and_forget, NULL);
  g_autoptr (RnlTool) tool_raised = tool_of (raise_error, NULL);
  g_autoptr (RnlTool) tool_twice = tool_of (answer_twice, NULL);
  g_autoptr (Call) nothing = scene_call (scene, "nothing", tool_nothing, "");
  g_autoptr (Call) forgotten = scene_call (scene, "forgotten", tool_forgotten, "");
  g_autoptr (Call) raised = scene_call (scene, "raised", tool_raised, "");
  g_autoptr (Call) twice = scene_call (scene, "twice", tool_twice, "");
  g_autoptr (GError) error = NULL;

  call_wait (nothing);
  g_assert_error (nothing->error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED);
  call_wait (forgotten);
  g_assert_error (forgotten->error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED);
  call_wait (raised);
  g_assert_error (raised->error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  call_wait (twice);
  g_assert_cmpstr (twice->text, ==, "first");

  g_assert_null (rnl_function_tool_new ("bad", "x", "{\"type\"", RNL_TOOL_SAFE, give_nothing, NULL,
                                        NULL, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  for (gsize i = 0; i < N_WAYS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/propagation/way/%s", ways[i].name);
      g_autofree char *cancel = g_strdup_printf ("/propagation/cancel/%s", ways[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_way);
      g_test_add_data_func (cancel, GSIZE_TO_POINTER (i), test_cancel);
    }
  g_test_add_func ("/propagation/parallel", test_parallel);
  g_test_add_func ("/propagation/interleaved", test_interleaved);
  g_test_add_func ("/propagation/nested", test_nested);
  g_test_add_func ("/propagation/no-context", test_no_context);
  g_test_add_func ("/propagation/by-elimination", test_by_elimination);
  g_test_add_func ("/propagation/would-block", test_would_block);
  g_test_add_func ("/propagation/root", test_root);
  g_test_add_func ("/propagation/streamed-anyway", test_streamed_anyway);
  g_test_add_func ("/propagation/internal", test_internal);
  g_test_add_func ("/propagation/custom", test_custom);
  g_test_add_func ("/propagation/results", test_results);

  return g_test_run ();
}

/* test-run-loop.c: the main context of one execution, and what becomes of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "propagation-ways.h"
#include "rnl-run-loop.h"

static gboolean
is_set (gpointer user_data)
{
  return *(gpointer *) user_data != NULL;
}

static char *
give_text (JsonObject *arguments, RnlToolContext *context, gpointer user_data, GError **error)
{
  return g_strdup ("text");
}

/* The end. */

typedef struct
{
  RnlChatModel *model;
  GCancellable *cancellable;
  GError *error;
  gboolean dropped;
  gboolean finish; /* atomic */
  gboolean finished;
} Late;

static void
late_answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Late *late = user_data;

  g_assert_null (rnl_chat_model_ask_finish (RNL_CHAT_MODEL (source), result, &late->error));
}

static void
late_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Late *late = data;

  while (!g_atomic_int_get (&late->finish))
    g_thread_yield ();
  g_task_return_boolean (task, TRUE);
}

static void
late_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Late *late = user_data;

  g_assert_null (rnl_run_get_current ());
  late->finished = TRUE;
  rnl_chat_model_ask_async (late->model, "too late", NULL, NULL, late_answer_cb, late);
}

static gboolean
is_dropped (gpointer user_data)
{
  return ((Late *) user_data)->dropped;
}

static void
late_dropped (gpointer data)
{
  ((Late *) data)->dropped = TRUE;
}

static char *
leave_things_behind (JsonObject *arguments,
                     RnlToolContext *context,
                     gpointer user_data,
                     GError **error)
{
  Late *late = user_data;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, late_cb, late);
  g_autoptr (GSource) source = g_timeout_source_new_seconds (3600);

  late->model = rnl_tool_context_get_model (context);
  late->cancellable = g_object_ref (rnl_tool_context_get_cancellable (context));
  g_task_set_task_data (task, late, NULL);
  g_task_run_in_thread (task, late_thread);
  g_source_set_callback (source, asking_ask_cb, late, late_dropped);
  g_source_attach (source, g_main_context_get_thread_default ());

  return g_strdup ("done");
}

static gboolean
has_error (gpointer user_data)
{
  return ((Late *) user_data)->error != NULL;
}

static void
test_late (void)
{
  g_autoptr (Scene) scene = scene_new ();
  Late late = { NULL };
  g_autoptr (RnlTool) tool = tool_of (leave_things_behind, &late);
  g_autoptr (Call) call = scene_call (scene, "hasty", tool, "");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  call_wait (call);
  g_assert_cmpstr (call->text, ==, "done");
  g_assert_false (late.finished);

  /* What comes late is delivered, and refused when it wants more. */
  g_atomic_int_set (&late.finish, TRUE);
  rnl_test_wait_for (has_error, &late);
  g_assert_true (late.finished);
  g_assert_error (late.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&late.error);

  /* So is who kept the cancellable. */
  g_assert_true (g_cancellable_is_cancelled (late.cancellable));
  rnl_chat_model_ask_async (scene->model, "hello", NULL, late.cancellable, rnl_test_result_cb,
                            &result);
  rnl_test_wait_for (is_set, &result);
  g_assert_null (rnl_chat_model_ask_finish (scene->model, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&late.cancellable);

  /* Nothing is looked after for ever. */
  {
    g_autoptr (RnlTool) quick = tool_of (give_text, NULL);

    g_assert_false (late.dropped);
    for (guint i = 0; i < 40; i++)
      {
        g_autoptr (Call) other = scene_call (scene, "other", quick, "");

        call_wait (other);
      }
    wait_for_thread (is_dropped, &late);
  }
}

/* The loop inside the loop. */

static guint n_polls;
static GPollFunc real_poll;

static int
counting_poll (GPollFD *fds, guint n_fds, int timeout)
{
  n_polls++;

  return real_poll (fds, n_fds, timeout);
}

static void
test_no_wake_ups (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (RnlTool) tool = tool_of (ways[1].callback, NULL);
  g_autoptr (RnlTool) slow = tool_of (ways[0].callback, NULL);
  gint64 until;

  /* Tools that wait for an hour, and one that left its context behind. */
  g_autoptr (Call) done = scene_call (scene, "done", tool, "hello");

  call_wait (done);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  real_poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, counting_poll);
  {
    RnlRunLoop *loop = rnl_run_loop_new (scene->root, NULL);
    g_autoptr (GSource) hour = g_timeout_source_new_seconds (3600);

    g_source_set_callback (hour, G_SOURCE_FUNC (g_main_context_default), NULL, NULL);
    rnl_run_loop_enter (loop);
    g_source_attach (hour, g_main_context_get_thread_default ());
    rnl_run_loop_leave (loop);
    n_polls = 0;
    until = g_get_monotonic_time () + 200 * G_TIME_SPAN_MILLISECOND;
    rnl_test_run_until ((RnlTestCondition) (GCallback) g_source_is_destroyed, hour, 200);
    g_assert_cmpint (g_get_monotonic_time (), >=, until);
    g_assert_cmpuint (n_polls, <, 10);
    g_source_destroy (hour);
    rnl_run_loop_close (loop);
    rnl_run_loop_unref (loop);
  }
  g_main_context_set_poll_func (NULL, real_poll);
}

static gboolean
count_cb (gpointer user_data)
{
  (*(guint *) user_data)++;

  return G_SOURCE_CONTINUE;
}

/* A tool that always has something to do when idle does not keep the main loop from its own. */
static void
test_idle_inside (void)
{
  g_autoptr (Scene) scene = scene_new ();
  RnlRunLoop *loop = rnl_run_loop_new (scene->root, NULL);
  g_autoptr (GSource) busy = g_idle_source_new ();
  guint inside = 0;
  guint outside = 0;
  guint id = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 20, count_cb, &outside, NULL);

  g_source_set_callback (busy, count_cb, &inside, NULL);
  rnl_run_loop_enter (loop);
  g_source_attach (busy, g_main_context_get_thread_default ());
  rnl_run_loop_leave (loop);
  for (guint i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (outside, >, 50);
  g_source_remove (id);
  for (guint i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (inside, >, 20);

  g_source_destroy (busy);
  rnl_run_loop_close (loop);
  rnl_run_loop_unref (loop);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/run-loop/late", test_late);
  g_test_add_func ("/run-loop/no-wake-ups", test_no_wake_ups);
  g_test_add_func ("/run-loop/idle-inside", test_idle_inside);

  return g_test_run ();
}

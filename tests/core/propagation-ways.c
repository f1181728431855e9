/* propagation-ways.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "propagation-ways.h"

/* The ways to ask. Each is a tool that asks its model for its prompt and returns the answer; none
 * hands its run on. */

Asking *
asking_new (RnlToolContext *context, JsonObject *arguments)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->context = g_object_ref (context);
  asking->prompt = g_strdup (json_object_get_string_member (arguments, "prompt"));
  asking->inner = g_main_context_ref_thread_default ();

  return asking;
}

void
asking_free (Asking *asking)
{
  g_object_unref (asking->context);
  g_main_context_unref (asking->inner);
  g_free (asking->prompt);
  g_free (asking);
}

/* What a callback finds around it. */
void
asking_check_inside (Asking *asking)
{
  g_assert_true (rnl_run_get_current () == rnl_tool_context_get_run (asking->context));
  g_assert_true (g_main_context_get_thread_default () == asking->inner);
  g_assert_true (rnl_run_get_current_cancellable ()
                 == rnl_tool_context_get_cancellable (asking->context));
}

void
asking_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *asking = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = rnl_chat_model_ask_finish (RNL_CHAT_MODEL (source), result, &error);

  /* A tool that was cancelled is over before its callbacks come. */
  if (error == NULL)
    asking_check_inside (asking);
  if (text != NULL)
    rnl_tool_context_return_text (asking->context, text);
  else
    rnl_tool_context_return_error (asking->context, error);
  asking_free (asking);
}

static void
ask (Asking *asking)
{
  asking_check_inside (asking);
  rnl_chat_model_ask_async (rnl_tool_context_get_model (asking->context), asking->prompt, NULL,
                            NULL, asking_answered_cb, asking);
}

static char *
ask_at_once (JsonObject *arguments, RnlToolContext *context, gpointer user_data, GError **error)
{
  ask (asking_new (context, arguments));

  return NULL;
}

gboolean
asking_ask_cb (gpointer user_data)
{
  ask (user_data);

  return G_SOURCE_REMOVE;
}

static char *
ask_in_timer (JsonObject *arguments, RnlToolContext *context, gpointer user_data, GError **error)
{
  g_autoptr (GSource) source = g_timeout_source_new (3);

  rnl_tool_context_defer (context);
  g_source_set_callback (source, asking_ask_cb, asking_new (context, arguments), NULL);
  g_source_attach (source, g_main_context_get_thread_default ());

  return NULL;
}

static void
nothing_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_assert_null (rnl_run_get_current ());
  g_task_return_boolean (task, TRUE);
}

static void
task_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ask (user_data);
}

static char *
ask_after_task (JsonObject *arguments, RnlToolContext *context, gpointer user_data, GError **error)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, task_cb, asking_new (context, arguments));

  rnl_tool_context_defer (context);
  g_task_run_in_thread (task, nothing_in_thread);

  return NULL;
}

static void
file_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);

  g_assert_nonnull (info);
  ask (user_data);
}

static char *
ask_after_file (JsonObject *arguments, RnlToolContext *context, gpointer user_data, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/");

  rnl_tool_context_defer (context);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, 0, 0, NULL, file_cb,
                           asking_new (context, arguments));

  return NULL;
}

static char *
ask_in_worker (JsonObject *arguments, RnlToolContext *context, gpointer user_data, GError **error)
{
  g_assert_true (rnl_run_get_current () == rnl_tool_context_get_run (context));
  g_assert_null (g_main_context_get_thread_default ());

  return rnl_chat_model_ask (rnl_tool_context_get_model (context),
                             json_object_get_string_member (arguments, "prompt"), NULL, NULL,
                             error);
}

static gpointer
foreign_thread (gpointer data)
{
  Asking *asking = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text
    = rnl_chat_model_ask (rnl_tool_context_get_model (asking->context), asking->prompt, NULL,
                          rnl_tool_context_get_cancellable (asking->context), &error);

  if (text != NULL)
    rnl_tool_context_return_text (asking->context, text);
  else
    rnl_tool_context_return_error (asking->context, error);
  asking_free (asking);

  return NULL;
}

static char *
ask_in_foreign_thread (JsonObject *arguments,
                       RnlToolContext *context,
                       gpointer user_data,
                       GError **error)
{
  rnl_tool_context_defer (context);
  g_thread_unref (g_thread_new ("foreign", foreign_thread, asking_new (context, arguments)));

  return NULL;
}

static void
foreign_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *asking = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = rnl_chat_model_ask_finish (RNL_CHAT_MODEL (source), result, &error);

  /* It was begun outside: that is where it comes back to. */
  g_assert_null (rnl_run_get_current ());
  g_assert_no_error (error);
  rnl_tool_context_return_text (asking->context, text);
  asking_free (asking);
}

static gboolean
global_cb (gpointer user_data)
{
  Asking *asking = user_data;

  g_assert_null (rnl_run_get_current ());
  rnl_chat_model_ask_async (rnl_tool_context_get_model (asking->context), asking->prompt, NULL,
                            rnl_tool_context_get_cancellable (asking->context), foreign_cb, asking);

  return G_SOURCE_REMOVE;
}

static char *
ask_in_global_timer (JsonObject *arguments,
                     RnlToolContext *context,
                     gpointer user_data,
                     GError **error)
{
  rnl_tool_context_defer (context);
  g_timeout_add (2, global_cb, asking_new (context, arguments));

  return NULL;
}

static void
context_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *asking = user_data;
  g_autofree char *text
    = rnl_tool_context_ask_model_finish (RNL_TOOL_CONTEXT (source), result, NULL);

  asking_check_inside (asking);
  rnl_tool_context_return_text (asking->context, text);
  asking_free (asking);
}

static char *
ask_through_context (JsonObject *arguments,
                     RnlToolContext *context,
                     gpointer user_data,
                     GError **error)
{
  rnl_tool_context_ask_model_async (context, json_object_get_string_member (arguments, "prompt"),
                                    NULL, NULL, NULL, context_cb, asking_new (context, arguments));

  return NULL;
}

const Way ways[N_WAYS] = {
  { "at-once", ask_at_once, FALSE },
  { "timer", ask_in_timer, FALSE },
  { "task", ask_after_task, FALSE },
  { "file", ask_after_file, FALSE },
  { "worker", ask_in_worker, TRUE },
  { "foreign-thread", ask_in_foreign_thread, FALSE },
  { "global-timer", ask_in_global_timer, FALSE },
  { "context", ask_through_context, FALSE },
};

RnlTool *
way_tool (gsize way)
{
  return ways[way].blocking ? blocking_tool_of (ways[way].callback, NULL)
                            : tool_of (ways[way].callback, NULL);
}

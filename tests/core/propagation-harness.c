/* propagation-harness.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "propagation-harness.h"

#include <string.h>

/* The model. */

struct _TestParrot
{
  GObject parent_instance;

  guint n_streamed;
};

typedef struct
{
  char **words;
  guint next;
  RnlChunkFunc on_chunk;
  gpointer chunk_data;
} Saying;

static void
saying_free (Saying *saying)
{
  g_strfreev (saying->words);
  g_free (saying);
}

static const char *
get_id (RnlChatModel *model)
{
  return "test/parrot";
}

static const char *
get_title (RnlChatModel *model)
{
  return "Parrot";
}

static gboolean
say_cb (gpointer user_data)
{
  GTask *task = user_data;
  Saying *saying = g_task_get_task_data (task);
  const char *word = saying->words[saying->next];
  g_autofree char *piece = NULL;
  RnlChunk chunk = { .type = RNL_CHUNK_TEXT, .usage = RNL_USAGE_INIT };

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (word == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return G_SOURCE_REMOVE;
    }
  if (g_str_equal (word, "never"))
    return G_SOURCE_CONTINUE;

  piece = g_strconcat (word, " ", NULL);
  chunk.text = piece;
  chunk.length = strlen (piece);
  saying->next++;
  saying->on_chunk (&chunk, saying->chunk_data);

  return G_SOURCE_CONTINUE;
}

static void
generate_async (RnlChatModel *model,
                RnlChatRequest *request,
                RnlChunkFunc on_chunk,
                gpointer chunk_data,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  GTask *task = g_task_new (model, cancellable, callback, user_data);
  g_autofree char *prompt = rnl_message_dup_text (g_ptr_array_index (request->messages, 0));
  g_autoptr (GSource) source = g_timeout_source_new (1);
  Saying *saying = g_new0 (Saying, 1);

  /* Whoever asks, the network is at home, and nobody's code. */
  g_assert_true (g_task_get_context (task) == g_main_context_default ());
  g_assert_null (rnl_run_get_current ());
  if (request->stream)
    TEST_PARROT (model)->n_streamed++;

  saying->words = g_strsplit (prompt, " ", -1);
  saying->on_chunk = on_chunk;
  saying->chunk_data = chunk_data;
  g_task_set_task_data (task, saying, (GDestroyNotify) saying_free);
  g_source_set_callback (source, say_cb, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static gboolean
generate_finish (RnlChatModel *model, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
test_parrot_iface_init (RnlChatModelInterface *iface)
{
  iface->get_id = get_id;
  iface->get_title = get_title;
  iface->generate_async = generate_async;
  iface->generate_finish = generate_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestParrot,
                               test_parrot,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_CHAT_MODEL, test_parrot_iface_init))

static void
test_parrot_class_init (TestParrotClass *klass)
{
}

static void
test_parrot_init (TestParrot *self)
{
}

RnlChatModel *
test_parrot_new (void)
{
  return g_object_new (TEST_TYPE_PARROT, NULL);
}

guint
test_parrot_get_n_streamed (TestParrot *self)
{
  return self->n_streamed;
}

/* The turn. */

static void
event_cb (RnlRun *root, const RnlEvent *event, Scene *scene)
{
  static const char *const kinds[] = { "start", "stream", "end", "error", "cancel", "custom" };
  RnlRun *parent = rnl_run_get_parent (event->run);

  /* Whoever watches is not a part of what it watches. */
  g_assert_null (rnl_run_get_current ());
  g_assert_null (g_main_context_get_thread_default ());

  g_ptr_array_add (
    scene->log,
    g_strdup_printf ("%s %s in %s%s%s%s%s", kinds[event->kind], rnl_run_get_name (event->run),
                     parent != NULL ? rnl_run_get_name (parent) : "nothing",
                     event->chunk != NULL && event->chunk->text != NULL ? ": " : "",
                     event->chunk != NULL && event->chunk->text != NULL ? event->chunk->text : "",
                     event->name != NULL ? ": " : "", event->name != NULL ? event->name : ""));
}

Scene *
scene_new (void)
{
  Scene *scene = g_new0 (Scene, 1);

  scene->root = rnl_run_new (RNL_RUN_AGENT, "turn", NULL, NULL);
  scene->model = test_parrot_new ();
  scene->cancellable = g_cancellable_new ();
  scene->log = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (scene->root, "event", G_CALLBACK (event_cb), scene);
  rnl_run_start (scene->root, NULL);

  return scene;
}

static gboolean
is_last (gpointer object)
{
  return g_atomic_int_get (&((GObject *) object)->ref_count) == 1;
}

/* Waits for what a thread does on its way out, which wakes nobody up. */
void
wait_for_thread (RnlTestCondition condition, gpointer user_data)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_TIME_SPAN_SECOND;

  while (!condition (user_data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
}

static void
finalize (gpointer object)
{
  wait_for_thread (is_last, object);
  g_assert_finalize_object (object);
}

void
scene_free (Scene *scene)
{
  rnl_run_end (scene->root, NULL);
  finalize (scene->root);
  finalize (scene->model);
  g_object_unref (scene->cancellable);
  g_ptr_array_unref (scene->log);
  g_free (scene);
}

/* The lines about one run, and about those inside it; all when ABOUT is NULL. */
char *
scene_dup_log (Scene *scene, const char *about)
{
  g_autofree char *itself = about != NULL ? g_strdup_printf (" %s in ", about) : NULL;
  g_autofree char *inside = about != NULL ? g_strdup_printf (" in %s", about) : NULL;
  GString *log = g_string_new (NULL);

  for (guint i = 0; i < scene->log->len; i++)
    {
      const char *line = g_ptr_array_index (scene->log, i);

      if (about == NULL || strstr (line, itself) != NULL || strstr (line, inside) != NULL)
        g_string_append_printf (log, "%s\n", line);
    }

  return g_string_free (log, FALSE);
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (JsonNode) output = NULL;

  g_assert_null (rnl_run_get_current ());
  g_assert_null (g_main_context_get_thread_default ());
  g_assert_false (call->over);

  call->text = rnl_tool_call_finish (RNL_TOOL (source), result, &call->error);
  if (call->text != NULL)
    rnl_run_end (call->run, NULL);
  else
    rnl_run_fail (call->run, call->error);
  call->over = TRUE;
}

Call *
scene_call (Scene *scene, const char *name, RnlTool *tool, const char *prompt)
{
  Call *call = g_new0 (Call, 1);
  g_autoptr (RnlToolContext) context = NULL;
  g_autoptr (JsonObject) arguments = json_object_new ();

  json_object_set_string_member (arguments, "prompt", prompt);
  call->scene = scene;
  call->tool = g_object_ref (tool);
  call->run = rnl_run_new (RNL_RUN_TOOL, name, scene->root, NULL);
  call->part = rnl_part_new_tool_call (0, name, name);
  rnl_run_start (call->run, NULL);
  context = rnl_tool_context_new (call->run, call->part, scene->model);
  rnl_tool_call_async (tool, arguments, context, scene->cancellable, called_cb, call);
  g_assert_false (call->over);
  g_assert_null (rnl_run_get_current ());

  return call;
}

static gboolean
is_over (gpointer user_data)
{
  return ((Call *) user_data)->over;
}

void
call_wait (Call *call)
{
  rnl_test_wait_for (is_over, call);
}

void
call_free (Call *call)
{
  g_assert_true (call->over);
  g_object_unref (call->tool);
  g_object_unref (call->part);
  g_object_unref (call->run);
  g_clear_error (&call->error);
  g_free (call->text);
  g_free (call);
}

RnlTool *
tool_of (RnlToolCallback callback, gpointer user_data)
{
  return rnl_function_tool_new ("tool", "a tool of a test", NULL, RNL_TOOL_SAFE, callback,
                                user_data, NULL, NULL);
}

RnlTool *
blocking_tool_of (RnlToolCallback callback, gpointer user_data)
{
  return rnl_function_tool_new_blocking ("tool", "a tool of a test", NULL, RNL_TOOL_SAFE, callback,
                                         user_data, NULL, NULL);
}

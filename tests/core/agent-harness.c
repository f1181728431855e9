/* agent-harness.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "agent-harness.h"

#include <string.h>

#include "rnl-provider-error.h"

/* The model. */

struct _TestModel
{
  GObject parent_instance;

  const Play *const *script;
  guint n_turns;
  GPtrArray *requests;
};

typedef struct
{
  const Play *next;
  RnlChunkFunc on_chunk;
  gpointer chunk_data;
} Playing;

static const char *
get_id (RnlChatModel *model)
{
  return "test/model";
}

static const char *
get_title (RnlChatModel *model)
{
  return "Test model";
}

static void
play_chunk (Playing *playing, const Play *play)
{
  RnlChunk chunk = {
    .index = play->index,
    .text = play->text,
    .length = play->text != NULL ? strlen (play->text) : 0,
    .usage = RNL_USAGE_INIT,
  };
  g_autofree char *id = play->name != NULL ? g_strconcat ("call_", play->name, NULL) : NULL;

  switch (play->type)
    {
    case PLAY_TEXT:
      chunk.type = RNL_CHUNK_TEXT;
      break;
    case PLAY_REASONING:
      chunk.type = RNL_CHUNK_REASONING;
      break;
    case PLAY_CALL:
    case PLAY_ARGS:
      chunk.type = RNL_CHUNK_TOOL_CALL;
      chunk.id = id;
      chunk.name = play->name;
      break;
    case PLAY_FINISH:
      chunk.type = RNL_CHUNK_FINISH;
      rnl_enum_from_nick (RNL_TYPE_FINISH_REASON, play->text, (gint *) &chunk.finish);
      break;
    case PLAY_USAGE:
      chunk.type = RNL_CHUNK_USAGE;
      chunk.usage.output = play->index;
      break;
    case PLAY_END:
    case PLAY_FAIL:
    case PLAY_HANG:
    default:
      g_assert_not_reached ();
    }
  playing->on_chunk (&chunk, playing->chunk_data);
}

static gboolean
play_cb (gpointer user_data)
{
  GTask *task = user_data;
  Playing *playing = g_task_get_task_data (task);
  const Play *play = playing->next++;

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (play->type == PLAY_END)
    g_task_return_boolean (task, TRUE);
  else if (play->type == PLAY_FAIL)
    g_task_return_error (task,
                         rnl_provider_error_new (RNL_PROVIDER_ERROR_NETWORK, "%s", play->text));
  else if (play->type == PLAY_HANG)
    playing->next--; /* until it is cancelled */
  else
    play_chunk (playing, play);

  return g_task_get_completed (task) || play->type == PLAY_END || play->type == PLAY_FAIL
           ? G_SOURCE_REMOVE
           : G_SOURCE_CONTINUE;
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
  TestModel *self = TEST_MODEL (model);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Playing *playing = g_new0 (Playing, 1);

  playing->next = self->script[MIN (self->requests->len, self->n_turns - 1)];
  playing->on_chunk = on_chunk;
  playing->chunk_data = chunk_data;
  g_ptr_array_add (self->requests, rnl_chat_request_ref (request));
  g_task_set_task_data (task, playing, g_free);
  g_idle_add_full (G_PRIORITY_DEFAULT, play_cb, task, g_object_unref);
}

static gboolean
generate_finish (RnlChatModel *model, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
test_model_iface_init (RnlChatModelInterface *iface)
{
  iface->get_id = get_id;
  iface->get_title = get_title;
  iface->generate_async = generate_async;
  iface->generate_finish = generate_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestModel,
                               test_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_CHAT_MODEL, test_model_iface_init))

static void
test_model_finalize (GObject *object)
{
  g_ptr_array_unref (TEST_MODEL (object)->requests);

  G_OBJECT_CLASS (test_model_parent_class)->finalize (object);
}

static void
test_model_class_init (TestModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_model_finalize;
}

static void
test_model_init (TestModel *self)
{
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_chat_request_unref);
}

TestModel *
test_model_new (const Play *const *script, guint n_turns)
{
  TestModel *self = g_object_new (TEST_TYPE_MODEL, NULL);

  self->script = script;
  self->n_turns = n_turns;

  return self;
}

guint
test_model_get_n_requests (TestModel *self)
{
  return self->requests->len;
}

RnlChatRequest *
test_model_get_request (TestModel *self, guint position)
{
  g_assert_cmpuint (position, <, self->requests->len);

  return g_ptr_array_index (self->requests, position);
}

/* The tool. */

struct _TestTool
{
  GObject parent_instance;

  RnlToolSpec *spec;
  RnlToolPermission permission;
  GQueue running; /* of GTask */
  char *last_value;
  RnlToolEffects effects;
};

static RnlToolSpec *
get_spec (RnlTool *tool)
{
  return TEST_TOOL (tool)->spec;
}

static RnlToolPermission
get_permission (RnlTool *tool)
{
  return TEST_TOOL (tool)->permission;
}

static RnlToolEffects
get_effects (RnlTool *tool)
{
  return TEST_TOOL (tool)->effects;
}

static const char *
get_icon_name (RnlTool *tool)
{
  return "system-run-symbolic";
}

static void
call_async (RnlTool *tool,
            JsonObject *arguments,
            RnlToolContext *context,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  TestTool *self = TEST_TOOL (tool);

  g_free (self->last_value);
  self->last_value = g_strdup (json_object_get_string_member (arguments, "v"));
  rnl_tool_context_emit_output (context, "working");
  g_queue_push_tail (&self->running, g_task_new (self, cancellable, callback, user_data));
}

static char *
call_finish (RnlTool *tool, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_tool_iface_init (RnlToolInterface *iface)
{
  iface->get_spec = get_spec;
  iface->get_permission = get_permission;
  iface->get_effects = get_effects;
  iface->get_icon_name = get_icon_name;
  iface->call_async = call_async;
  iface->call_finish = call_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestTool,
                               test_tool,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_TOOL, test_tool_iface_init))

static void
test_tool_finalize (GObject *object)
{
  rnl_tool_spec_unref (TEST_TOOL (object)->spec);
  g_free (TEST_TOOL (object)->last_value);

  G_OBJECT_CLASS (test_tool_parent_class)->finalize (object);
}

static void
test_tool_class_init (TestToolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_tool_finalize;
}

static void
test_tool_init (TestTool *self)
{
  g_queue_init (&self->running);
}

TestTool *
test_tool_new (const char *name, RnlToolPermission permission)
{
  TestTool *self = g_object_new (TEST_TYPE_TOOL, NULL);

  self->spec
    = rnl_tool_spec_new (name, name, "a test",
                         "{\"type\": \"object\", \"properties\": {\"v\": {\"type\": \"string\"}},"
                         " \"required\": [\"v\"]}");
  self->permission = permission;

  return self;
}

void
test_tool_set_effects (TestTool *self, RnlToolEffects effects)
{
  self->effects = effects;
}

guint
test_tool_get_n_running (TestTool *self)
{
  return g_queue_get_length (&self->running);
}

const char *
test_tool_get_last_value (TestTool *self)
{
  return self->last_value;
}

void
test_tool_finish (TestTool *self, const char *result, GError *error)
{
  g_autoptr (GTask) task = g_queue_pop_head (&self->running);

  g_assert_nonnull (task);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_strdup (result), g_free);
}

/* The turn. */

static void
event_cb (RnlRun *root, const RnlEvent *event, Turn *turn)
{
  static const char *const kinds[] = { "start", "stream", "end", "error", "cancel", "custom" };
  const char *id = rnl_run_get_id (event->run);
  RnlRun *parent = rnl_run_get_parent (event->run);

  g_assert_cmpuint (event->seq, ==, turn->events->len);
  if (event->kind == RNL_EVENT_START)
    {
      g_assert_true (g_hash_table_add (turn->open, g_strdup (id)));
      g_assert_true (parent == NULL || g_hash_table_contains (turn->open, rnl_run_get_id (parent)));
    }
  else
    g_assert_true (g_hash_table_contains (turn->open, id));
  if (event->kind == RNL_EVENT_END || event->kind == RNL_EVENT_ERROR
      || event->kind == RNL_EVENT_CANCEL)
    g_assert_true (g_hash_table_remove (turn->open, id));

  g_ptr_array_add (
    turn->events,
    g_strdup_printf ("%s %s %s", kinds[event->kind],
                     rnl_enum_nick (RNL_TYPE_RUN_TYPE, (gint) rnl_run_get_run_type (event->run)),
                     rnl_run_get_name (event->run)));
}

static void
text_cb (RnlAgentRun *run, guint64 offset, const char *text, Turn *turn)
{
  g_assert_cmpuint (offset, ==, turn->text->len);
  g_string_append (turn->text, text);
}

static void
step_cb (RnlAgentRun *run, guint step, Turn *turn)
{
  g_assert_cmpuint (step, ==, turn->n_steps);
  turn->n_steps++;
}

static void
approval_cb (RnlAgentRun *run, RnlPart *call, Turn *turn)
{
  g_assert_cmpint (rnl_part_get_state (call), ==, RNL_TOOL_WAITING);
  turn->n_approvals++;
}

static void
ended_cb (RnlAgentRun *run, Turn *turn)
{
  turn->n_ended++;
}

static void
action_cb (RnlAgentRun *run, GPtrArray *steps, Turn *turn)
{
  g_string_append_printf (turn->groups, "action %u\n", steps->len);
  for (guint i = 0; i < steps->len; i++)
    g_assert_null (rnl_agent_step_get_observation (g_ptr_array_index (steps, i)));
}

static void
observation_cb (RnlAgentRun *run, GPtrArray *steps, Turn *turn)
{
  g_string_append_printf (turn->groups, "observation %u\n", steps->len);
  for (guint i = 0; i < steps->len; i++)
    g_assert_nonnull (rnl_agent_step_get_observation (g_ptr_array_index (steps, i)));
}

static void
answer_started_cb (RnlAgentRun *run, Turn *turn)
{
  g_string_append_printf (turn->groups, "started %u\n", (guint) turn->text->len);
}

static void
final_answer_cb (RnlAgentRun *run, const char *answer, Turn *turn)
{
  g_assert_cmpuint (turn->n_ended, ==, 0);
  g_string_append_printf (turn->groups, "answer %s\n", answer);
}

static void
watch (Turn *turn)
{
  g_signal_connect (turn->run, "text-delta", G_CALLBACK (text_cb), turn);
  g_signal_connect (turn->run, "action", G_CALLBACK (action_cb), turn);
  g_signal_connect (turn->run, "observation", G_CALLBACK (observation_cb), turn);
  g_signal_connect (turn->run, "answer-started", G_CALLBACK (answer_started_cb), turn);
  g_signal_connect (turn->run, "final-answer", G_CALLBACK (final_answer_cb), turn);
  g_signal_connect (turn->run, "step-ended", G_CALLBACK (step_cb), turn);
  g_signal_connect (turn->run, "approval-needed", G_CALLBACK (approval_cb), turn);
  g_signal_connect (turn->run, "ended", G_CALLBACK (ended_cb), turn);
}

static Turn *
turn_new (void)
{
  Turn *turn = g_new0 (Turn, 1);

  turn->events = g_ptr_array_new_with_free_func (g_free);
  turn->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  turn->text = g_string_new (NULL);
  turn->groups = g_string_new (NULL);

  return turn;
}

/* Takes a turn that has been started in another way. */
Turn *
turn_watch (RnlAgentRun *run)
{
  Turn *turn = turn_new ();
  g_autofree char *text = rnl_message_dup_text (rnl_agent_run_get_message (run));

  turn->run = run;
  turn->root = g_object_ref (rnl_agent_run_get_run (run));
  turn->n_steps = rnl_agent_run_get_steps (run);
  g_string_append (turn->text, text);
  g_signal_connect (turn->root, "event", G_CALLBACK (event_cb), turn);
  watch (turn);

  return turn;
}

Turn *
turn_start (RnlAgent *agent, const char *question)
{
  Turn *turn = turn_new ();
  g_autoptr (GPtrArray) history = g_ptr_array_new_with_free_func (g_object_unref);

  turn->root = rnl_run_new (RNL_RUN_AGENT, "agent", NULL, NULL);
  g_signal_connect (turn->root, "event", G_CALLBACK (event_cb), turn);
  g_ptr_array_add (history, rnl_message_new_text (RNL_ROLE_USER, question));
  turn->run = rnl_agent_start (agent, history, turn->root);
  watch (turn);

  return turn;
}

static gboolean
has_ended (gpointer user_data)
{
  return ((Turn *) user_data)->n_ended > 0;
}

/* Waits for the end, then for anything that would come late. */
void
turn_wait (Turn *turn)
{
  rnl_test_wait_for (has_ended, turn);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (turn->n_ended, ==, 1);
  g_assert_cmpuint (g_hash_table_size (turn->open), ==, 0);
  g_assert_true (rnl_agent_run_is_over (turn->run));
}

void
turn_free (Turn *turn)
{
  g_signal_handlers_disconnect_by_data (turn->run, turn);
  g_assert_finalize_object (turn->run);
  g_assert_finalize_object (turn->root);
  g_ptr_array_unref (turn->events);
  g_hash_table_unref (turn->open);
  g_string_free (turn->text, TRUE);
  g_string_free (turn->groups, TRUE);
  g_free (turn);
}

/* The events, a line each; without the stream events unless STREAMS. */
char *
turn_dup_log (Turn *turn, gboolean streams)
{
  g_autoptr (GString) log = g_string_new (NULL);

  for (guint i = 0; i < turn->events->len; i++)
    {
      const char *event = g_ptr_array_index (turn->events, i);

      if (streams || !g_str_has_prefix (event, "stream"))
        g_string_append_printf (log, "%s\n", event);
    }

  return g_string_free (g_steal_pointer (&log), FALSE);
}

RnlPart *
turn_get_call (Turn *turn, guint position)
{
  RnlMessage *message = rnl_agent_run_get_message (turn->run);

  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);

      if (rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL && position-- == 0)
        return part;
    }

  return NULL;
}

/* pipeline-harness.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "pipeline-harness.h"

#include <string.h>

#include "rnl-json-value.h"
#include "rnl-offline-helper.h"
#include "rnl-offline-script.h"
#include "rnl-test.h"

static void
output_cb (RnlFlow *flow, JsonNode *value, gpointer user_data)
{
  PipeRun *run = user_data;

  g_assert_false (run->ended);
  g_ptr_array_add (run->outputs, rnl_json_to_string (value, FALSE));
}

static void
ended_cb (RnlFlow *flow, gpointer user_data)
{
  PipeRun *run = user_data;

  g_assert_false (run->ended);
  run->ended = TRUE;
}

/* Every run starts inside its living parent, and ends once, after what is in it. */
static void
check_nesting (PipeRun *run, const RnlEvent *event)
{
  RnlRun *parent = rnl_run_get_parent (event->run);
  GHashTableIter iter;
  gpointer other;

  g_assert_true (parent == NULL || g_hash_table_contains (run->alive, parent));
  if (event->kind == RNL_EVENT_START)
    {
      g_assert_true (g_hash_table_add (run->alive, event->run));
      return;
    }
  if (event->kind == RNL_EVENT_END || event->kind == RNL_EVENT_ERROR
      || event->kind == RNL_EVENT_CANCEL)
    {
      g_assert_true (g_hash_table_remove (run->alive, event->run));
      g_hash_table_iter_init (&iter, run->alive);
      while (g_hash_table_iter_next (&iter, &other, NULL))
        g_assert_true (rnl_run_get_parent (other) != event->run);
      return;
    }
  g_assert_true (g_hash_table_contains (run->alive, event->run));
}

static void
event_cb (RnlRun *root, gpointer data, gpointer user_data)
{
  const RnlEvent *event = data;
  PipeRun *run = user_data;
  JsonNode *json = rnl_event_to_json (event);
  const char *word = json_object_get_string_member (json_node_get_object (json), "event");

  check_nesting (run, event);
  g_assert_cmpuint (event->seq, ==, run->events->len);
  g_ptr_array_add (run->events, g_strdup (word + strlen ("on_")));
  g_ptr_array_add (run->json, json);
}

/* @input: JSON, or text when it is none. */
PipeRun *
pipe_start (RnlRunnable *runnable, const char *input)
{
  PipeRun *run = g_new0 (PipeRun, 1);
  g_autoptr (JsonNode) node = rnl_json_strict_parse (input, -1, NULL);

  run->outputs = g_ptr_array_new_with_free_func (g_free);
  run->events = g_ptr_array_new_with_free_func (g_free);
  run->json = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  run->alive = g_hash_table_new (NULL, NULL);
  run->flow = node != NULL ? rnl_runnable_start (runnable, node)
                           : rnl_runnable_start_text (runnable, input);
  g_signal_connect (run->flow, "output", G_CALLBACK (output_cb), run);
  g_signal_connect (run->flow, "ended", G_CALLBACK (ended_cb), run);
  g_signal_connect (rnl_flow_get_run (run->flow), "event", G_CALLBACK (event_cb), run);

  return run;
}

static gboolean
has_ended (gpointer user_data)
{
  return ((PipeRun *) user_data)->ended;
}

void
pipe_wait (PipeRun *run)
{
  if (!rnl_test_run_until (has_ended, run, 20000))
    {
      g_autofree char *events = pipe_join_events (run);

      g_error ("It hangs after: %s", events);
    }
  g_assert_cmpuint (g_hash_table_size (run->alive), ==, 0);
}

PipeRun *
pipe_run (RnlRunnable *runnable, const char *input)
{
  PipeRun *run = pipe_start (runnable, input);

  pipe_wait (run);

  return run;
}

void
pipe_free (PipeRun *run)
{
  g_signal_handlers_disconnect_by_data (run->flow, run);
  g_signal_handlers_disconnect_by_data (rnl_flow_get_run (run->flow), run);
  g_object_unref (run->flow);
  g_ptr_array_unref (run->outputs);
  g_ptr_array_unref (run->events);
  g_ptr_array_unref (run->json);
  g_hash_table_unref (run->alive);
  g_free (run);
}

static char *
join (GPtrArray *lines, const char *separator)
{
  g_autoptr (GPtrArray) copy = g_ptr_array_copy (lines, NULL, NULL);

  g_ptr_array_set_free_func (copy, NULL);
  g_ptr_array_add (copy, NULL);

  return g_strjoinv (separator, (char **) copy->pdata);
}

/* The pieces of output, one a line. */
char *
pipe_join_outputs (PipeRun *run)
{
  return join (run->outputs, "\n");
}

char *
pipe_join_events (PipeRun *run)
{
  return join (run->events, " ");
}

/* The first event of that kind: "prompt_end". */
JsonObject *
pipe_find_event (PipeRun *run, const char *event)
{
  for (guint i = 0; i < run->events->len; i++)
    if (g_str_equal (g_ptr_array_index (run->events, i), event))
      return json_node_get_object (g_ptr_array_index (run->json, i));

  return NULL;
}

guint
pipe_count_events (PipeRun *run, const char *event)
{
  guint n = 0;

  for (guint i = 0; i < run->events->len; i++)
    n += g_str_equal (g_ptr_array_index (run->events, i), event);

  return n;
}

/* It failed so, and the message has @word in it. */
void
pipe_assert_error (PipeRun *run, GQuark domain, gint code, const char *word)
{
  const GError *error = rnl_flow_get_error (run->flow);

  g_assert_error (error, domain, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
}

/* A model that plays these chunks of a script, whatever it is asked. */
RnlChatModel *
pipe_script_new (const char *chunks)
{
  g_autofree char *script = g_strdup_printf ("{\"turns\": [{\"chunks\": %s}]}", chunks);
  g_autoptr (GError) error = NULL;
  RnlChatModel *model = rnl_offline_script_new_from_data (script, -1, &error);

  g_assert_no_error (error);

  return model;
}

/* A model that says these tokens, whatever it is asked. */
RnlChatModel *
pipe_tokens_new (const char *const *tokens)
{
  JsonArray *chunks = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *text = NULL;

  for (gsize i = 0; tokens[i] != NULL; i++)
    {
      JsonObject *chunk = json_object_new ();

      json_object_set_string_member (chunk, "text", tokens[i]);
      json_array_add_object_element (chunks, chunk);
    }
  json_node_take_array (node, chunks);
  text = rnl_json_to_string (node, FALSE);

  return pipe_script_new (text);
}

RnlChatModel *
pipe_helper_new (void)
{
  RnlChatModel *model = rnl_offline_helper_new ();

  rnl_offline_helper_set_pace (RNL_OFFLINE_HELPER (model), 0);

  return model;
}

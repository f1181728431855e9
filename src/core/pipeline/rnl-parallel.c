/* rnl-parallel.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-parallel.h"

#include "rnl-flow-private.h"
#include "rnl-value.h"

/**
 * RnlParallel:
 *
 * Branches that all get the same input. Its output is an object with each branch's output under its
 * key; while they stream, pieces of it with one member each, in the order they come.
 *
 * Branches start in the order they were added, tagged `map:key:KEY`, and end as they like. When one
 * fails the others are cancelled.
 */
struct _RnlParallel
{
  RnlRunnable parent_instance;

  /* owned */
  GPtrArray *keys;
  GPtrArray *branches;
};

G_DEFINE_FINAL_TYPE (RnlParallel, rnl_parallel, RNL_TYPE_RUNNABLE)

static void
branch_started_cb (RnlFlow *outer, guint index)
{
}

static void
branch_output_cb (RnlFlow *outer, guint index, JsonNode *value)
{
  RnlParallel *self = rnl_flow_get_state (outer);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) piece = NULL;

  json_object_set_member (object, g_ptr_array_index (self->keys, index), json_node_ref (value));
  piece = rnl_value_take_object (object);
  rnl_flow_emit (outer, piece);
}

static JsonNode *
join_outputs (RnlParallel *self, RnlFlow *outer)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < self->keys->len; i++)
    {
      JsonNode *output = rnl_flow_get_output (rnl_flow_get_child (outer, i));

      json_object_set_member (object, g_ptr_array_index (self->keys, i),
                              output != NULL ? json_node_ref (output)
                                             : json_node_new (JSON_NODE_NULL));
    }

  return rnl_value_take_object (object);
}

static void
branch_ended_cb (RnlFlow *outer, guint index)
{
  const GError *error = rnl_flow_get_error (rnl_flow_get_child (outer, index));
  g_autoptr (JsonNode) output = NULL;

  if (error != NULL)
    {
      rnl_flow_fail (outer, error);
      return;
    }
  for (guint i = 0; i < rnl_flow_get_n_children (outer); i++)
    if (!rnl_flow_is_over (rnl_flow_get_child (outer, i)))
      return;

  output = join_outputs (rnl_flow_get_state (outer), outer);
  rnl_flow_end (outer, output);
}

static const RnlFlowSink branch_sink = { branch_started_cb, branch_output_cb, branch_ended_cb };

static void
add_children (RnlParallel *self, RnlFlow *flow)
{
  rnl_flow_set_state (flow, g_object_ref (self), g_object_unref);
  for (guint i = 0; i < self->branches->len; i++)
    {
      g_autofree char *tag
        = g_strdup_printf ("map:key:%s", (const char *) g_ptr_array_index (self->keys, i));

      rnl_flow_add_child (flow, g_ptr_array_index (self->branches, i), tag, &branch_sink);
    }
}

static gboolean
rnl_parallel_streams_input (RnlRunnable *runnable)
{
  RnlParallel *self = RNL_PARALLEL (runnable);

  for (guint i = 0; i < self->branches->len; i++)
    if (rnl_runnable_streams_input (g_ptr_array_index (self->branches, i)))
      return TRUE;

  return FALSE;
}

static gboolean
rnl_parallel_check_input (RnlRunnable *runnable, JsonNode *input, GError **error)
{
  RnlParallel *self = RNL_PARALLEL (runnable);

  for (guint i = 0; i < self->branches->len; i++)
    if (!rnl_runnable_check_input (g_ptr_array_index (self->branches, i), input, error))
      return FALSE;

  return TRUE;
}

static void
rnl_parallel_push (RnlRunnable *runnable, RnlFlow *flow, JsonNode *piece)
{
  RnlParallel *self = RNL_PARALLEL (runnable);

  if (rnl_flow_get_n_children (flow) == 0)
    add_children (self, flow);
  for (guint i = 0; i < self->branches->len && !rnl_flow_is_over (flow); i++)
    if (rnl_runnable_streams_input (g_ptr_array_index (self->branches, i)))
      rnl_flow_push (rnl_flow_get_child (flow, i), piece);
}

static void
rnl_parallel_finish (RnlRunnable *runnable, RnlFlow *flow, JsonNode *input)
{
  RnlParallel *self = RNL_PARALLEL (runnable);

  if (rnl_flow_get_n_children (flow) == 0)
    add_children (self, flow);
  if (self->branches->len == 0)
    {
      g_autoptr (JsonNode) nothing = rnl_value_take_object (json_object_new ());

      rnl_flow_end (flow, nothing);
    }
  for (guint i = 0; i < self->branches->len && !rnl_flow_is_over (flow); i++)
    rnl_flow_close (rnl_flow_get_child (flow, i), input);
}

static void
rnl_parallel_finalize (GObject *object)
{
  RnlParallel *self = RNL_PARALLEL (object);

  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->branches);

  G_OBJECT_CLASS (rnl_parallel_parent_class)->finalize (object);
}

static void
rnl_parallel_class_init (RnlParallelClass *klass)
{
  RnlRunnableClass *runnable_class = RNL_RUNNABLE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rnl_parallel_finalize;
  runnable_class->streams_input = rnl_parallel_streams_input;
  runnable_class->check_input = rnl_parallel_check_input;
  runnable_class->push = rnl_parallel_push;
  runnable_class->finish = rnl_parallel_finish;
}

static void
rnl_parallel_init (RnlParallel *self)
{
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->branches = g_ptr_array_new_with_free_func (g_object_unref);
  rnl_runnable_set_traits (RNL_RUNNABLE (self),
                           RNL_RUNNABLE_PLAIN | RNL_RUNNABLE_GIVES_WHOLE | RNL_RUNNABLE_HANDS_ON);
}

/**
 * rnl_parallel_new:
 *
 * Returns: (transfer full): no branches yet
 */
RnlParallel *
rnl_parallel_new (void)
{
  return g_object_new (RNL_TYPE_PARALLEL, NULL);
}

/**
 * rnl_parallel_add:
 * @self: one that is not executed yet
 * @key: where the branch's output stands; not used before
 * @branch: what gets the input
 */
void
rnl_parallel_add (RnlParallel *self, const char *key, RnlRunnable *branch)
{
  g_return_if_fail (RNL_IS_PARALLEL (self));
  g_return_if_fail (RNL_IS_RUNNABLE (branch));
  g_return_if_fail (!g_ptr_array_find_with_equal_func (self->keys, key, g_str_equal, NULL));

  g_ptr_array_add (self->keys, g_strdup (key));
  g_ptr_array_add (self->branches, g_object_ref (branch));
}

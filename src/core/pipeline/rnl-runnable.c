/* rnl-runnable.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-flow-private.h"

#include "rnl-text.h"
#include "rnl-value.h"

/**
 * RnlRunnable:
 *
 * Something that turns an input into an output: a prompt, a model, a parser, a transform, a
 * pipeline of them. Values are JSON: text is a string, a message or a piece of one an object with
 * a "content".
 *
 * A runnable keeps nothing of its executions, so any number of them may go on at once: what
 * belongs to one is its [class@Runnel.Flow]. Every execution is a run of the runnable's type and
 * name, inside the run of the pipeline it is a step of.
 */
typedef struct
{
  char *name;
  GStrv tags;
  RnlRunType run_type;
  RnlRunnableTraits traits;
} RnlRunnablePrivate;

enum
{
  PROP_0,
  PROP_NAME,
  PROP_RUN_TYPE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RnlRunnable, rnl_runnable, G_TYPE_OBJECT)

static RnlRunnablePrivate *
get_private (RnlRunnable *self)
{
  return rnl_runnable_get_instance_private (self);
}

static void
rnl_runnable_finalize (GObject *object)
{
  RnlRunnablePrivate *priv = get_private (RNL_RUNNABLE (object));

  g_free (priv->name);
  g_strfreev (priv->tags);

  G_OBJECT_CLASS (rnl_runnable_parent_class)->finalize (object);
}

static void
rnl_runnable_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RnlRunnable *self = RNL_RUNNABLE (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, rnl_runnable_get_name (self));
      break;
    case PROP_RUN_TYPE:
      g_value_set_enum (value, (gint) get_private (self)->run_type);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_runnable_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  RnlRunnable *self = RNL_RUNNABLE (object);

  switch (prop_id)
    {
    case PROP_NAME:
      rnl_runnable_set_name (self, g_value_get_string (value));
      break;
    case PROP_RUN_TYPE:
      get_private (self)->run_type = (RnlRunType) g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
rnl_runnable_real_streams_input (RnlRunnable *self)
{
  return RNL_RUNNABLE_GET_CLASS (self)->push != NULL;
}

static void
rnl_runnable_class_init (RnlRunnableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rnl_runnable_finalize;
  object_class->get_property = rnl_runnable_get_property;
  object_class->set_property = rnl_runnable_set_property;
  klass->streams_input = rnl_runnable_real_streams_input;

  /**
   * RnlRunnable:name:
   *
   * The name of its runs; at first that of its class.
   */
  props[PROP_NAME] = g_param_spec_string (
    "name", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  /**
   * RnlRunnable:run-type:
   *
   * The type of its runs.
   */
  props[PROP_RUN_TYPE]
    = g_param_spec_enum ("run-type", NULL, NULL, RNL_TYPE_RUN_TYPE, RNL_RUN_CHAIN,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_runnable_init (RnlRunnable *self)
{
  get_private (self)->tags = g_new0 (char *, 1);
}

/**
 * rnl_runnable_get_name:
 * @self: a runnable
 *
 * Returns: (transfer none): the name of its runs: the one it was given, or its class's
 */
const char *
rnl_runnable_get_name (RnlRunnable *self)
{
  const char *name;

  g_return_val_if_fail (RNL_IS_RUNNABLE (self), NULL);

  if (get_private (self)->name != NULL)
    return get_private (self)->name;
  name = G_OBJECT_TYPE_NAME (self);

  return g_str_has_prefix (name, "Rnl") ? name + 3 : name;
}

/**
 * rnl_runnable_set_name:
 * @self: a runnable
 * @name: (nullable): the name of its runs, `NULL` for its class's
 */
void
rnl_runnable_set_name (RnlRunnable *self, const char *name)
{
  g_return_if_fail (RNL_IS_RUNNABLE (self));

  if (rnl_set_str (&get_private (self)->name, name))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NAME]);
}

/**
 * rnl_runnable_get_run_type:
 * @self: a runnable
 *
 * Returns: the type of its runs
 */
RnlRunType
rnl_runnable_get_run_type (RnlRunnable *self)
{
  g_return_val_if_fail (RNL_IS_RUNNABLE (self), RNL_RUN_CHAIN);

  return get_private (self)->run_type;
}

/**
 * rnl_runnable_get_tags:
 * @self: a runnable
 *
 * Returns: (transfer none) (array zero-terminated=1): its own tags
 */
const char *const *
rnl_runnable_get_tags (RnlRunnable *self)
{
  g_return_val_if_fail (RNL_IS_RUNNABLE (self), NULL);

  return (const char *const *) get_private (self)->tags;
}

/**
 * rnl_runnable_add_tag:
 * @self: a runnable
 * @tag: a tag for its runs and all inside them
 */
void
rnl_runnable_add_tag (RnlRunnable *self, const char *tag)
{
  RnlRunnablePrivate *priv = get_private (self);
  guint n;

  g_return_if_fail (RNL_IS_RUNNABLE (self));
  g_return_if_fail (tag != NULL);

  if (g_strv_contains ((const char *const *) priv->tags, tag))
    return;

  n = g_strv_length (priv->tags);
  priv->tags = g_renew (char *, priv->tags, n + 2);
  priv->tags[n] = g_strdup (tag);
  priv->tags[n + 1] = NULL;
}

void
rnl_runnable_set_traits (RnlRunnable *self, RnlRunnableTraits traits)
{
  get_private (self)->traits = traits;
}

RnlRunnableTraits
rnl_runnable_get_traits (RnlRunnable *self)
{
  return get_private (self)->traits;
}

/**
 * rnl_runnable_streams_input:
 * @self: a runnable
 *
 * Returns: whether it works on its input piece by piece; else it waits until all is there
 */
gboolean
rnl_runnable_streams_input (RnlRunnable *self)
{
  g_return_val_if_fail (RNL_IS_RUNNABLE (self), FALSE);

  return RNL_RUNNABLE_GET_CLASS (self)->streams_input (self);
}

/**
 * rnl_runnable_check_input:
 * @self: a runnable
 * @input: an input or a piece of one
 * @error: return location for an error
 *
 * Errors: `RNL_PIPELINE_ERROR_INPUT_TYPE`, naming the type.
 *
 * Returns: whether @self takes such an input
 */
gboolean
rnl_runnable_check_input (RnlRunnable *self, JsonNode *input, GError **error)
{
  RnlRunnableClass *klass;

  g_return_val_if_fail (RNL_IS_RUNNABLE (self), FALSE);

  klass = RNL_RUNNABLE_GET_CLASS (self);

  return klass->check_input == NULL || klass->check_input (self, input, error);
}

typedef struct
{
  RnlFlow *flow;
  JsonNode *input;
} Beginning;

static void
beginning_free (gpointer user_data)
{
  Beginning *beginning = user_data;

  json_node_unref (beginning->input);
  g_object_unref (beginning->flow);
  g_free (beginning);
}

static gboolean
begin_cb (gpointer user_data)
{
  Beginning *beginning = user_data;

  rnl_flow_close (beginning->flow, beginning->input);

  return G_SOURCE_REMOVE;
}

static void
ended_cb (RnlFlow *flow, gpointer user_data)
{
  g_object_unref (flow);
}

static RnlFlow *
start (RnlRunnable *self, JsonNode *input, const RnlRunConfig *config, RnlRunCaller *caller)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Beginning *beginning;
  RnlFlow *flow = rnl_flow_new (self, config, caller);

  g_signal_connect (g_object_ref (flow), "ended", G_CALLBACK (ended_cb), NULL);
  beginning = g_new0 (Beginning, 1);
  beginning->flow = g_object_ref (flow);
  beginning->input = json_node_ref (input);
  g_source_set_callback (source, begin_cb, beginning, beginning_free);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[runnel] pipeline start");
  g_source_attach (source, g_main_context_get_thread_default ());

  return flow;
}

/**
 * rnl_runnable_start:
 * @self: a runnable
 * @input: (transfer none): what goes in, not to be changed any more
 *
 * Begins an execution at the next turn of the main loop, so that who connects to the flow or its
 * run right after this call misses nothing. The flow lives until it has ended. It is inside the
 * current run or the only tool at work; a root otherwise.
 *
 * Returns: (transfer full): the execution
 */
RnlFlow *
rnl_runnable_start (RnlRunnable *self, JsonNode *input)
{
  return rnl_runnable_start_configured (self, input, NULL);
}

/**
 * rnl_runnable_start_configured:
 * @self: a runnable
 * @input: (transfer none): what goes in, not to be changed any more
 * @config: (nullable): name, tags, metadata and scope of this execution's run, over the runnable's
 *
 * [method@Runnel.Runnable.start] with something to say about the run.
 *
 * Returns: (transfer full): the execution
 */
RnlFlow *
rnl_runnable_start_configured (RnlRunnable *self, JsonNode *input, const RnlRunConfig *config)
{
  g_auto (RnlRunCaller) caller = RNL_RUN_CALLER_INIT;

  g_return_val_if_fail (RNL_IS_RUNNABLE (self), NULL);
  g_return_val_if_fail (input != NULL, NULL);

  rnl_run_caller_find (&caller, NULL, NULL);

  return start (self, input, config, &caller);
}

/**
 * rnl_runnable_start_text:
 * @self: a runnable
 * @input: text
 *
 * [method@Runnel.Runnable.start] for those who have text.
 *
 * Returns: (transfer full): the execution
 */
RnlFlow *
rnl_runnable_start_text (RnlRunnable *self, const char *input)
{
  g_autoptr (JsonNode) node = rnl_value_new_text (input);

  return rnl_runnable_start (self, node);
}

static gboolean
invoke_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  rnl_flow_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
invoke_ended_cb (RnlFlow *flow, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GSource *source = g_task_get_task_data (task);
  const GError *error = rnl_flow_get_error (flow);
  JsonNode *output = rnl_flow_get_output (flow);

  if (source != NULL)
    g_source_destroy (source);
  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_pointer (task,
                           output != NULL ? json_node_ref (output) : json_node_new (JSON_NODE_NULL),
                           (GDestroyNotify) json_node_unref);
}

/**
 * rnl_runnable_invoke_async:
 * @self: a runnable
 * @input: (transfer none): what goes in, not to be changed any more
 * @cancellable: (nullable): stops everything it has begun. The one a tool was given also says whose
 *   execution this is
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Executes it for its whole output: inside the run that [method@Runnel.ChatModel.invoke_async]
 * would find. Where that is refused, this fails too, with `RNL_RUN_ERROR_NO_CONTEXT`.
 */
void
rnl_runnable_invoke_async (RnlRunnable *self,
                           JsonNode *input,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_auto (RnlRunCaller) caller = RNL_RUN_CALLER_INIT;
  g_autoptr (RnlFlow) flow = NULL;
  g_autoptr (GError) error = NULL;
  GTask *task;

  g_return_if_fail (RNL_IS_RUNNABLE (self));
  g_return_if_fail (input != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  rnl_run_await (task);
  g_task_set_source_tag (task, rnl_runnable_invoke_async);
  g_task_set_check_cancellable (task, FALSE);
  if (!rnl_run_caller_find (&caller, cancellable, &error)
      && g_error_matches (error, RNL_RUN_ERROR, RNL_RUN_ERROR_NO_CONTEXT))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }

  flow = start (self, input, NULL, &caller);
  if (cancellable != NULL)
    {
      GSource *source = g_cancellable_source_new (cancellable);

      g_source_set_callback (source, G_SOURCE_FUNC (invoke_cancelled_cb), g_object_ref (flow),
                             g_object_unref);
      g_task_set_task_data (task, source, (GDestroyNotify) g_source_unref);
      g_source_attach (source, g_task_get_context (task));
    }
  g_signal_connect (flow, "ended", G_CALLBACK (invoke_ended_cb), task);
}

/**
 * rnl_runnable_invoke_finish:
 * @self: a runnable
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: whatever a step failed with; `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable): the output, which may be null in JSON
 */
JsonNode *
rnl_runnable_invoke_finish (RnlRunnable *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* rnl-run-facts.c: what can be asked about a run
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-private.h"

#include "rnl-text.h"

/**
 * rnl_run_get_id:
 * @self: a run
 *
 * Returns: (transfer none): what no other run is called
 */
const char *
rnl_run_get_id (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  return self->id;
}

/**
 * rnl_run_get_run_type:
 * @self: a run
 *
 * Returns: what kind of thing runs
 */
RnlRunType
rnl_run_get_run_type (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), RNL_RUN_CHAIN);

  return self->type;
}

/**
 * rnl_run_get_name:
 * @self: a run
 *
 * Returns: (transfer none): what it is called in events
 */
const char *
rnl_run_get_name (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  return self->name;
}

/**
 * rnl_run_get_parent:
 * @self: a run
 *
 * Returns: (transfer none) (nullable): the run it happens in
 */
RnlRun *
rnl_run_get_parent (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  return self->parent;
}

/**
 * rnl_run_get_root:
 * @self: a run
 *
 * Returns: (transfer none): the outermost run, @self when it has no parent
 */
RnlRun *
rnl_run_get_root (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  return self->root;
}

/**
 * rnl_run_get_scope:
 * @self: a run
 *
 * Returns: (transfer none): where it happens
 */
RnlRunScope *
rnl_run_get_scope (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  return self->root->scope;
}

/**
 * rnl_run_get_config:
 * @self: a run
 *
 * Returns: (transfer none): what its caller and, for a root, its scopes wanted
 */
const RnlRunConfig *
rnl_run_get_config (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  return self->config;
}

/**
 * rnl_run_set_default_params:
 * @self: a run that has not started
 * @params: parameters of the model, by the names of [method@Runnel.RunConfig.set_param]
 *
 * Sets those that its config says nothing about: what holds where it happens, for whoever asked
 * for nothing else.
 */
void
rnl_run_set_default_params (RnlRun *self, JsonObject *params)
{
  g_autoptr (RnlRunConfig) defaults = NULL;
  RnlRunConfig *config;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_return_if_fail (RNL_IS_RUN (self) && params != NULL);
  g_return_if_fail (self->state == RNL_RUN_PENDING);

  defaults = rnl_run_config_new ();
  json_object_iter_init (&iter, params);
  while (json_object_iter_next (&iter, &name, &value))
    rnl_run_config_set_param (defaults, name, value);
  config = rnl_run_config_merge (defaults, self->config);
  rnl_run_config_unref (self->config);
  self->config = config;
}

/**
 * rnl_run_get_tags:
 * @self: a run
 *
 * Returns: (transfer none) (array zero-terminated=1): inherited tags, then its own
 */
const char *const *
rnl_run_get_tags (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  return (const char *const *) self->tags;
}

/**
 * rnl_run_has_tag:
 * @self: a run
 * @tag: a tag
 *
 * Returns: whether it has the tag, of its own or inherited
 */
gboolean
rnl_run_has_tag (RnlRun *self, const char *tag)
{
  g_return_val_if_fail (RNL_IS_RUN (self), FALSE);

  return g_strv_contains ((const char *const *) self->tags, tag);
}

/**
 * rnl_run_is_internal:
 * @self: a run
 *
 * Returns: whether it, or a run around it, has the tag %RNL_RUN_TAG_INTERNAL: then nothing of it
 *   belongs into a transcript
 */
gboolean
rnl_run_is_internal (RnlRun *self)
{
  return rnl_run_has_tag (self, RNL_RUN_TAG_INTERNAL);
}

/**
 * rnl_run_get_metadata:
 * @self: a run
 *
 * Returns: (transfer none): a copy of the parent's at the time of [ctor@Runnel.Run.new], plus its
 * own
 */
JsonObject *
rnl_run_get_metadata (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  return self->metadata;
}

/**
 * rnl_run_set_metadata:
 * @self: a run
 * @key: a name
 * @value: text
 *
 * Sets an entry of the metadata, which runs that begin below it inherit.
 */
void
rnl_run_set_metadata (RnlRun *self, const char *key, const char *value)
{
  g_return_if_fail (RNL_IS_RUN (self));

  json_object_set_string_member (self->metadata, key, value);
}

/**
 * rnl_run_get_tool_call_id:
 * @self: a run
 *
 * Returns: (transfer none) (nullable): the model's id of the call this tool run answers
 */
const char *
rnl_run_get_tool_call_id (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  return self->tool_call_id;
}

/**
 * rnl_run_set_tool_call_id:
 * @self: a run that has not started
 * @tool_call_id: (nullable): the model's id of the call it answers
 */
void
rnl_run_set_tool_call_id (RnlRun *self, const char *tool_call_id)
{
  g_return_if_fail (RNL_IS_RUN (self));

  rnl_set_str (&self->tool_call_id, tool_call_id);
}

/**
 * rnl_run_get_state:
 * @self: a run
 *
 * Returns: how far it has come
 */
RnlRunState
rnl_run_get_state (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), RNL_RUN_CANCELLED);

  return self->state;
}

/**
 * rnl_run_get_error:
 * @self: a run
 *
 * Returns: (transfer none) (nullable): why it failed
 */
const GError *
rnl_run_get_error (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  return self->error;
}

/**
 * rnl_run_get_started:
 * @self: a run
 *
 * Returns: when it started, in microseconds since 1970
 */
gint64
rnl_run_get_started (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), 0);

  return self->started;
}

/**
 * rnl_run_get_duration:
 * @self: a run
 *
 * Returns: how long it took by the monotonic clock, in microseconds, -1 while it is not over
 */
gint64
rnl_run_get_duration (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), -1);

  return self->duration;
}

/**
 * rnl_run_get_time_to_first_token:
 * @self: a run
 *
 * An empty first token counts: it says that the model began.
 *
 * Returns: how long its first output took, in microseconds, -1 while there is none
 */
gint64
rnl_run_get_time_to_first_token (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), -1);

  return self->first_output;
}

/**
 * rnl_run_is_over:
 * @self: a run
 *
 * Returns: whether it has ended, well or not
 */
gboolean
rnl_run_is_over (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), TRUE);

  return self->state > RNL_RUN_RUNNING;
}

/**
 * rnl_run_list_steps:
 * @self: a run
 *
 * The list grows while somebody holds it, and keeps the runs that are in it. A run itself keeps
 * nothing of runs that are over: who wants all of them asks before it starts.
 *
 * Returns: (transfer full): the [class@Runnel.Run]s that happen directly in it, in the order in
 *   which they start
 */
GListModel *
rnl_run_list_steps (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  if (self->steps != NULL)
    return g_object_ref (G_LIST_MODEL (self->steps));

  g_set_weak_pointer (&self->steps, g_list_store_new (RNL_TYPE_RUN));
  g_list_store_splice (self->steps, 0, 0, self->children->pdata, self->children->len);

  return G_LIST_MODEL (self->steps);
}

/**
 * rnl_run_get_gate:
 * @self: a run
 *
 * Returns: (transfer none): the gate of the root: while it is shut, models are not read
 */
RnlGate *
rnl_run_get_gate (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  return self->root->gate;
}

/**
 * rnl_run_hold:
 * @self: a run
 *
 * The caller cannot keep up: models of the whole tree are not read any more, down to their sockets,
 * until [method@Runnel.Run.release]. What is on its way already still comes. For the run's thread.
 */
void
rnl_run_hold (RnlRun *self)
{
  g_return_if_fail (RNL_IS_RUN (self));

  rnl_gate_hold (self->root->gate);
}

/**
 * rnl_run_release:
 * @self: a run that the caller holds
 *
 * Takes back one [method@Runnel.Run.hold].
 */
void
rnl_run_release (RnlRun *self)
{
  g_return_if_fail (RNL_IS_RUN (self));

  rnl_gate_release (self->root->gate);
}

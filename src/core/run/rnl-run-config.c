/* rnl-run-config.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-config.h"

#include "rnl-run-scope.h"
#include "rnl-text.h"

/**
 * RnlRunConfig:
 *
 * What a caller says about one run: a name, tags, metadata, whether to stream, parameters of the
 * model, and where it happens. A caller's is merged over the component's defaults, which stay as
 * they are; tags and metadata are inherited by the runs inside, the rest is not.
 */
struct _RnlRunConfig
{
  char *name;
  GPtrArray *tags; /* of char *, ended by NULL */
  JsonObject *metadata;
  JsonObject *params;
  RnlRunScope *scope;
  RnlRunStream stream;
};

G_DEFINE_BOXED_TYPE (RnlRunConfig, rnl_run_config, rnl_run_config_ref, rnl_run_config_unref)

G_DEFINE_ENUM_TYPE (RnlRunStream,
                    rnl_run_stream,
                    G_DEFINE_ENUM_VALUE (RNL_RUN_STREAM_DEFAULT, "default"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_STREAM_YES, "yes"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_STREAM_NO, "no"))

/**
 * rnl_run_config_new:
 *
 * Returns: (transfer full): a config that wants nothing
 */
RnlRunConfig *
rnl_run_config_new (void)
{
  RnlRunConfig *self = g_atomic_rc_box_new0 (RnlRunConfig);

  self->tags = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->tags, NULL);
  self->metadata = json_object_new ();
  self->params = json_object_new ();

  return self;
}

/**
 * rnl_run_config_ref:
 * @self: a config
 *
 * Returns: (transfer full): the same config, with one more reference
 */
RnlRunConfig *
rnl_run_config_ref (RnlRunConfig *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
config_clear (gpointer data)
{
  RnlRunConfig *self = data;

  g_free (self->name);
  g_ptr_array_unref (self->tags);
  json_object_unref (self->metadata);
  json_object_unref (self->params);
  g_clear_object (&self->scope);
}

/**
 * rnl_run_config_unref:
 * @self: (transfer full): a config
 *
 * Drops a reference; the last one frees it.
 */
void
rnl_run_config_unref (RnlRunConfig *self)
{
  g_atomic_rc_box_release_full (self, config_clear);
}

/* Whole nodes are shared: who sets a member replaces its node. */
static void
copy_members (JsonObject *from, JsonObject *to)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, from);
  while (json_object_iter_next (&iter, &name, &node))
    json_object_set_member (to, name, json_node_ref (node));
}

static void
put_over (RnlRunConfig *self, const RnlRunConfig *over)
{
  if (over->name != NULL)
    rnl_set_str (&self->name, over->name);
  for (guint i = 0; i + 1 < over->tags->len; i++)
    rnl_run_config_add_tag (self, g_ptr_array_index (over->tags, i));
  copy_members (over->metadata, self->metadata);
  copy_members (over->params, self->params);
  if (over->scope != NULL)
    g_set_object (&self->scope, over->scope);
  if (over->stream != RNL_RUN_STREAM_DEFAULT)
    self->stream = over->stream;
}

/**
 * rnl_run_config_copy:
 * @self: a config
 *
 * Returns: (transfer full): one that can be changed without changing @self
 */
RnlRunConfig *
rnl_run_config_copy (const RnlRunConfig *self)
{
  return rnl_run_config_merge (self, NULL);
}

/**
 * rnl_run_config_merge:
 * @defaults: (nullable): a config
 * @over: (nullable): what wins
 *
 * Tags are joined, metadata and parameters by their names, and the rest is @over's where it says
 * something. Neither is changed.
 *
 * Returns: (transfer full): a new config
 */
RnlRunConfig *
rnl_run_config_merge (const RnlRunConfig *defaults, const RnlRunConfig *over)
{
  RnlRunConfig *self = rnl_run_config_new ();

  if (defaults != NULL)
    put_over (self, defaults);
  if (over != NULL)
    put_over (self, over);

  return self;
}

/**
 * rnl_run_config_set_name:
 * @self: a config
 * @name: (nullable): the name of the run in events, `NULL` for the component's own
 */
void
rnl_run_config_set_name (RnlRunConfig *self, const char *name)
{
  g_return_if_fail (self != NULL);

  rnl_set_str (&self->name, name);
}

/**
 * rnl_run_config_get_name:
 * @self: a config
 *
 * Returns: (transfer none) (nullable): the name
 */
const char *
rnl_run_config_get_name (const RnlRunConfig *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * rnl_run_config_add_tag:
 * @self: a config
 * @tag: a tag; adding it twice changes nothing
 */
void
rnl_run_config_add_tag (RnlRunConfig *self, const char *tag)
{
  g_return_if_fail (self != NULL && tag != NULL);

  if (!g_strv_contains ((const char *const *) self->tags->pdata, tag))
    g_ptr_array_insert (self->tags, (gint) self->tags->len - 1, g_strdup (tag));
}

/**
 * rnl_run_config_get_tags:
 * @self: a config
 *
 * Returns: (transfer none) (array zero-terminated=1): the tags, in the order they were added
 */
const char *const *
rnl_run_config_get_tags (const RnlRunConfig *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->tags->pdata;
}

/**
 * rnl_run_config_set_metadata:
 * @self: a config
 * @key: a name
 * @value: its value
 */
void
rnl_run_config_set_metadata (RnlRunConfig *self, const char *key, const char *value)
{
  g_return_if_fail (self != NULL && key != NULL && value != NULL);

  json_object_set_string_member (self->metadata, key, value);
}

/**
 * rnl_run_config_get_metadata:
 * @self: a config
 *
 * Returns: (transfer none): what was set, not to be changed
 */
JsonObject *
rnl_run_config_get_metadata (const RnlRunConfig *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->metadata;
}

/**
 * rnl_run_config_set_stream:
 * @self: a config
 * @stream: whether a model answers in pieces
 */
void
rnl_run_config_set_stream (RnlRunConfig *self, RnlRunStream stream)
{
  g_return_if_fail (self != NULL);

  self->stream = stream;
}

/**
 * rnl_run_config_get_stream:
 * @self: a config
 *
 * Returns: whether models are to stream
 */
RnlRunStream
rnl_run_config_get_stream (const RnlRunConfig *self)
{
  g_return_val_if_fail (self != NULL, RNL_RUN_STREAM_DEFAULT);

  return self->stream;
}

/**
 * rnl_run_config_set_param:
 * @self: a config
 * @name: `temperature`, `top_p`, `max_tokens`, `num_ctx`, `stop`, `tool_choice`,
 *   `reasoning_effort`, `schema`, `schema_name`
 * @value: (nullable) (transfer none): its value, not to be changed any more; `NULL` takes it away
 */
void
rnl_run_config_set_param (RnlRunConfig *self, const char *name, JsonNode *value)
{
  g_return_if_fail (self != NULL && name != NULL);

  if (value != NULL)
    json_object_set_member (self->params, name, json_node_ref (value));
  else
    json_object_remove_member (self->params, name);
}

/**
 * rnl_run_config_get_param:
 * @self: a config
 * @name: a parameter of the model
 *
 * Returns: (transfer none) (nullable): its value, `NULL` when nothing was said about it
 */
JsonNode *
rnl_run_config_get_param (const RnlRunConfig *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  return json_object_get_member (self->params, name);
}

/**
 * rnl_run_config_get_params:
 * @self: a config
 *
 * Returns: (transfer none): the parameters of the model, not to be changed
 */
JsonObject *
rnl_run_config_get_params (const RnlRunConfig *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->params;
}

/**
 * rnl_run_config_set_scope:
 * @self: a config
 * @scope: (nullable): where a run without a parent happens, `NULL` for the application
 */
void
rnl_run_config_set_scope (RnlRunConfig *self, RnlRunScope *scope)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (scope == NULL || RNL_IS_RUN_SCOPE (scope));

  g_set_object (&self->scope, scope);
}

/**
 * rnl_run_config_get_scope:
 * @self: a config
 *
 * Returns: (transfer none) (nullable): where a run without a parent happens
 */
RnlRunScope *
rnl_run_config_get_scope (const RnlRunConfig *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->scope;
}

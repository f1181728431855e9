/* rnl-request-params.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-request-params.h"

#include "rnl-text.h"

/* A value of the wrong kind says nothing, as one that is not there. */

static gboolean
holds (JsonNode *node, GType type)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static void
take_text (const RnlRunConfig *config, const char *name, char **text)
{
  JsonNode *node = rnl_run_config_get_param (config, name);

  if (holds (node, G_TYPE_STRING))
    rnl_set_str (text, json_node_get_string (node));
}

static void
take_double (const RnlRunConfig *config, const char *name, double *number)
{
  JsonNode *node = rnl_run_config_get_param (config, name);

  if (holds (node, G_TYPE_DOUBLE) || holds (node, G_TYPE_INT64))
    *number = json_node_get_double (node);
}

static void
take_count (const RnlRunConfig *config, const char *name, guint *count)
{
  double number = -1;

  take_double (config, name, &number);
  if (number >= 0)
    *count = (guint) MIN (number, G_MAXINT);
}

/* One text or a list of them. */
static void
take_texts (const RnlRunConfig *config, const char *name, char ***texts)
{
  JsonNode *node = rnl_run_config_get_param (config, name);
  JsonArray *array
    = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (array == NULL && !holds (node, G_TYPE_STRING))
    return;

  if (array == NULL)
    g_strv_builder_add (builder, json_node_get_string (node));
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (holds (json_array_get_element (array, i), G_TYPE_STRING))
      g_strv_builder_add (builder, json_array_get_string_element (array, i));
  g_strfreev (*texts);
  *texts = g_strv_builder_end (builder);
}

static void
take_schema (const RnlRunConfig *config, const char *name, JsonNode **schema)
{
  JsonNode *node = rnl_run_config_get_param (config, name);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  g_clear_pointer (schema, json_node_unref);
  *schema = json_node_ref (node);
}

/**
 * rnl_chat_request_apply_params:
 * @self: a request
 * @config: what a caller wants
 *
 * Takes over `temperature`, `top_p`, `max_tokens`, `num_ctx`, `stop` (a text or a list of them),
 * `tool_choice`, `reasoning_effort`, `schema` (an object) and `schema_name`, where the config says
 * something about them. A value of the wrong kind is left out.
 */
void
rnl_chat_request_apply_params (RnlChatRequest *self, const RnlRunConfig *config)
{
  take_text (config, "tool_choice", &self->tool_choice);
  take_text (config, "reasoning_effort", &self->reasoning_effort);
  take_double (config, "temperature", &self->temperature);
  take_double (config, "top_p", &self->top_p);
  take_count (config, "max_tokens", &self->max_tokens);
  take_count (config, "num_ctx", &self->num_ctx);
  take_texts (config, "stop", &self->stop);
  take_schema (config, "schema", &self->schema);
  take_text (config, "schema_name", &self->schema_name);
}

/**
 * rnl_chat_request_apply_run:
 * @self: a request
 * @run: the run it is asked in
 *
 * Takes over what the config of @run says about streaming and the model's parameters, and before
 * that what those of the chains around it say: what a pipeline is started with is meant for the
 * models in it. Not for one that answers to nobody but the pipeline itself (see
 * [method@Runnel.Run.is_internal]), and nothing passes from an agent or a tool to the models that
 * a tool asks.
 */
void
rnl_chat_request_apply_run (RnlChatRequest *self, RnlRun *run)
{
  const RnlRunConfig *config = rnl_run_get_config (run);
  RnlRunStream stream = rnl_run_config_get_stream (config);
  RnlRun *parent = rnl_run_get_parent (run);

  if (parent != NULL && rnl_run_get_run_type (parent) == RNL_RUN_CHAIN
      && !rnl_run_is_internal (run))
    rnl_chat_request_apply_run (self, parent);
  if (stream != RNL_RUN_STREAM_DEFAULT)
    self->stream = stream == RNL_RUN_STREAM_YES;
  rnl_chat_request_apply_params (self, config);
}

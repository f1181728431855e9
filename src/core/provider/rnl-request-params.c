/* rnl-request-params.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-request-params.h"

#include "rnl-text.h"

static void
take_text (const RnlRunConfig *config, const char *name, char **text)
{
  JsonNode *node = rnl_run_config_get_param (config, name);

  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING)
    rnl_set_str (text, json_node_get_string (node));
}

static gboolean
holds_number (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && (json_node_get_value_type (node) == G_TYPE_INT64
             || json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

/**
 * rnl_chat_request_apply_params:
 * @self: a request
 * @config: what a caller wants
 *
 * Takes over `temperature`, `max_tokens`, `tool_choice` and `reasoning_effort`, where the config
 * says something about them. A value of the wrong kind is left out.
 */
void
rnl_chat_request_apply_params (RnlChatRequest *self, const RnlRunConfig *config)
{
  JsonNode *temperature = rnl_run_config_get_param (config, "temperature");
  JsonNode *max_tokens = rnl_run_config_get_param (config, "max_tokens");

  take_text (config, "tool_choice", &self->tool_choice);
  take_text (config, "reasoning_effort", &self->reasoning_effort);
  if (holds_number (temperature))
    self->temperature = json_node_get_double (temperature);
  if (holds_number (max_tokens))
    self->max_tokens = (guint) CLAMP (json_node_get_int (max_tokens), 0, G_MAXINT);
}

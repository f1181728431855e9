/* rnl-ollama-show.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-ollama-show.h"

#include "rnl-json-members.h"
#include "rnl-model-list.h"

/**
 * rnl_ollama_show_build:
 * @model: a model's name
 *
 * Returns: (transfer full): the body of `POST /api/show`
 */
RnlRequestBody *
rnl_ollama_show_build (const char *model)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "model", model);
  json_node_take_object (node, object);

  return rnl_request_body_new (node);
}

/* `{"llama.context_length": 131072}`: the architecture stands before it, in many spellings. */
static gint64
get_context_length (JsonObject *model_info)
{
  g_autoptr (GList) names = model_info != NULL ? json_object_get_members (model_info) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    if (g_str_has_suffix (l->data, ".context_length"))
      return rnl_json_object_get_int (model_info, l->data, 0);

  return 0;
}

/* "parameters" is a text, a name and a value on each line. */
static gint64
get_wanted_context (const char *parameters)
{
  g_autoptr (GRegex) regex = g_regex_new ("^num_ctx\\s+(\\d{1,10})$", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *number = NULL;

  if (parameters == NULL || !g_regex_match (regex, parameters, 0, &match))
    return 0;
  number = g_match_info_fetch (match, 1);

  return g_ascii_strtoll (number, NULL, 10);
}

/**
 * rnl_ollama_show_take_capabilities:
 * @info: (transfer full): a model
 * @capabilities: (nullable): what it can do, in Ollama's words
 *
 * Returns: (transfer full): @info, which knows it now
 */
RnlModelInfo *
rnl_ollama_show_take_capabilities (RnlModelInfo *info, JsonArray *capabilities)
{
  rnl_model_list_take_word (info, RNL_MODEL_ABILITY_TOOLS, capabilities, "tools");
  rnl_model_list_take_word (info, RNL_MODEL_ABILITY_IMAGES, capabilities, "vision");
  rnl_model_list_take_word (info, RNL_MODEL_ABILITY_REASONING, capabilities, "thinking");
  rnl_model_info_set_ability (info, RNL_MODEL_ABILITY_PDF, FALSE);
  rnl_model_info_set_ability (info, RNL_MODEL_ABILITY_SCHEMA | RNL_MODEL_ABILITY_SAMPLING, TRUE);

  return info;
}

/**
 * rnl_ollama_show_parse:
 * @node: `{capabilities: [string], model_info: {"ARCH.context_length": int}, parameters: string}`
 * @info: what it is read into
 * @wanted_context: (out): the `num_ctx` of the model's own file in tokens, 0 without one
 *
 * Source: Ollama's API reference, "Show Model Information".
 *
 * Returns: whether it is such an answer
 */
gboolean
rnl_ollama_show_parse (JsonNode *node, RnlModelInfo *info, gint64 *wanted_context)
{
  JsonObject *object = rnl_json_node_get_object (node);
  JsonObject *model_info = rnl_json_object_get_object (object, "model_info");
  JsonArray *capabilities = rnl_json_object_get_array (object, "capabilities");

  *wanted_context = 0;
  if (model_info == NULL && capabilities == NULL)
    return FALSE;

  rnl_ollama_show_take_capabilities (info, capabilities);
  rnl_model_info_set_context_length (info, get_context_length (model_info));
  *wanted_context = get_wanted_context (rnl_json_object_get_string (object, "parameters"));

  return TRUE;
}

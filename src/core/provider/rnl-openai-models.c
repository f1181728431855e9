/* rnl-openai-models.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-openai-models.h"

#include "rnl-json-members.h"
#include "rnl-model-info.h"

static gint64
get_context_length (JsonObject *object)
{
  /* OpenRouter, Groq, Mistral, vLLM, LM Studio. */
  static const char *const names[] = { "context_length", "context_window", "max_context_length",
                                       "max_model_len", "loaded_context_length" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonNode *node = json_object_get_member (object, names[i]);

      if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_int (node) > 0)
        return json_node_get_int (node);
    }

  return -1;
}

/**
 * rnl_openai_models_parse:
 * @root: `{data: [{id}]}`; Together sends the array alone
 *
 * Source: OpenAI API reference, "List models"; the lengths as other servers add them.
 *
 * Returns: (transfer full) (nullable) (element-type RnlModelInfo): the models, `NULL` when it is no
 *   list
 */
GPtrArray *
rnl_openai_models_parse (JsonNode *root)
{
  GPtrArray *models = g_ptr_array_new_with_free_func (g_object_unref);
  JsonNode *node = root;
  JsonArray *list;

  if (JSON_NODE_HOLDS_OBJECT (root))
    node = json_object_get_member (json_node_get_object (root), "data");
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      g_ptr_array_unref (models);
      return NULL;
    }

  list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *element = json_array_get_element (list, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      const char *id = object != NULL ? rnl_json_object_get_string (object, "id") : NULL;

      if (id != NULL && *id != '\0')
        g_ptr_array_add (models,
                         rnl_model_info_new (id, rnl_json_object_get_string (object, "name"),
                                             get_context_length (object)));
    }

  return models;
}

/* rnl-openai-models.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-openai-models.h"

#include "rnl-json-members.h"
#include "rnl-model-list.h"

#define TOKENS_OF_A_PRICE 1e6

/* The first of @names that is a number above 0. */
static gint64
get_first_count (JsonObject *object, const char *const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      gint64 count = rnl_json_object_get_int (object, names[i], 0);

      if (count > 0)
        return count;
    }

  return 0;
}

/* What is loaded counts before what could be: LM Studio says both; llama.cpp's server has them
 * under "meta". OpenRouter, Groq, Mistral and vLLM have one each. */
static gint64
get_context_length (JsonObject *object)
{
  static const char *const names[] = { "loaded_context_length", "context_length", "context_window",
                                       "max_context_length",    "max_model_len",  NULL };
  static const char *const meta_names[] = { "n_ctx", "n_ctx_train", NULL };
  gint64 length = get_first_count (object, names);

  return length > 0 ? length
                    : get_first_count (rnl_json_object_get_object (object, "meta"), meta_names);
}

static gint64
get_max_output (JsonObject *object)
{
  static const char *const names[] = { "max_completion_tokens", "max_output_tokens", NULL };
  gint64 length = get_first_count (object, names);

  return length > 0 ? length
                    : get_first_count (rnl_json_object_get_object (object, "top_provider"), names);
}

/* OpenRouter writes dollars per token as text. */
static double
get_token_price (JsonObject *pricing, const char *name)
{
  const char *text = rnl_json_object_get_string (pricing, name);
  char *end = NULL;
  double price = text != NULL ? g_ascii_strtod (text, &end) : -1;

  return text != NULL && end != text && *end == '\0' && price >= 0 ? price * TOKENS_OF_A_PRICE : -1;
}

/* Together writes dollars per million tokens as numbers. */
static void
take_price (RnlModelInfo *info, JsonObject *pricing)
{
  g_autoptr (RnlModelPrice) price = NULL;

  if (rnl_json_object_get_string (pricing, "prompt") != NULL)
    price = rnl_model_price_new (get_token_price (pricing, "prompt"),
                                 get_token_price (pricing, "completion"),
                                 get_token_price (pricing, "input_cache_read"), NULL);
  else
    price = rnl_model_price_new (rnl_json_object_get_double (pricing, "input", -1),
                                 rnl_json_object_get_double (pricing, "output", -1),
                                 rnl_json_object_get_double (pricing, "cached_input", -1), NULL);

  if (price->input >= 0 && price->output >= 0)
    rnl_model_info_set_price (info, price);
}

/* OpenRouter: "architecture" and "supported_parameters". It reads PDF files for models that cannot:
 * those that can are known, of the others nothing is. */
static void
take_router_abilities (RnlModelInfo *info, JsonObject *object)
{
  JsonArray *inputs = rnl_json_object_get_array (
    rnl_json_object_get_object (object, "architecture"), "input_modalities");
  JsonArray *parameters = rnl_json_object_get_array (object, "supported_parameters");

  rnl_model_list_take_word (info, RNL_MODEL_ABILITY_IMAGES, inputs, "image");
  if (rnl_model_list_has_word (inputs, "file"))
    rnl_model_info_set_ability (info, RNL_MODEL_ABILITY_PDF, TRUE);
  rnl_model_list_take_word (info, RNL_MODEL_ABILITY_TOOLS, parameters, "tools");
  rnl_model_list_take_word (info, RNL_MODEL_ABILITY_REASONING, parameters, "reasoning");
  rnl_model_list_take_word (info, RNL_MODEL_ABILITY_SCHEMA, parameters, "structured_outputs");
  rnl_model_list_take_word (info, RNL_MODEL_ABILITY_SAMPLING, parameters, "temperature");
}

/* LM Studio: "type" and a list of words; Mistral: an object of flags. */
static void
take_abilities (RnlModelInfo *info, JsonObject *object)
{
  JsonObject *flags = rnl_json_object_get_object (object, "capabilities");
  JsonArray *words = rnl_json_object_get_array (object, "capabilities");
  const char *type = rnl_json_object_get_string (object, "type");

  take_router_abilities (info, object);
  rnl_model_list_take_flag (info, RNL_MODEL_ABILITY_TOOLS, flags, "function_calling");
  rnl_model_list_take_flag (info, RNL_MODEL_ABILITY_IMAGES, flags, "vision");
  rnl_model_list_take_word (info, RNL_MODEL_ABILITY_TOOLS, words, "tool_use");
  if (g_strcmp0 (type, "llm") == 0 || g_strcmp0 (type, "vlm") == 0)
    rnl_model_info_set_ability (info, RNL_MODEL_ABILITY_IMAGES, g_str_equal (type, "vlm"));
}

/* Lists of some servers hold what cannot be asked as well, and say so. */
static gboolean
can_answer (JsonObject *object)
{
  static const char *const silent[] = { "embedding", "embeddings",    "rerank",     "image",
                                        "audio",     "transcription", "moderation", NULL };
  const char *type = rnl_json_object_get_string (object, "type");

  if (type != NULL && g_strv_contains (silent, type))
    return FALSE;

  return rnl_json_object_get_boolean (rnl_json_object_get_object (object, "capabilities"),
                                      "completion_chat", TRUE);
}

static RnlModelInfo *
read_model (JsonObject *object)
{
  const char *id = rnl_json_object_get_string (object, "id");
  JsonObject *pricing = rnl_json_object_get_object (object, "pricing");
  RnlModelInfo *info;

  if (id == NULL || *id == '\0' || !can_answer (object))
    return NULL;

  info = rnl_model_info_new (id, rnl_json_object_get_string (object, "name"),
                             get_context_length (object));
  rnl_model_info_set_max_output (info, get_max_output (object));
  if (pricing != NULL)
    take_price (info, pricing);
  take_abilities (info, object);

  return info;
}

/**
 * rnl_openai_models_parse:
 * @root: `{data: [{id}]}`; Together sends the array alone
 *
 * Source: OpenAI API reference, "List models"; lengths, prices and abilities as OpenRouter,
 * Together, Groq, Mistral, vLLM, LM Studio and llama.cpp's server add them.
 *
 * Returns: (transfer full) (nullable) (element-type RnlModelInfo): the models, `NULL` when it is no
 *   list
 */
GPtrArray *
rnl_openai_models_parse (JsonNode *root)
{
  return rnl_model_list_read (root, "data", read_model);
}

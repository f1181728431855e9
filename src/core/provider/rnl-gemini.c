/* rnl-gemini.c: the protocol of Gemini's generateContent
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-protocol.h"

#include <string.h>

#include "rnl-gemini-decoder.h"
#include "rnl-gemini-request.h"
#include "rnl-json-members.h"
#include "rnl-model-list.h"

static char *
dup_path (const char *model, gboolean stream)
{
  g_autofree char *escaped = g_uri_escape_string (model, NULL, FALSE);

  return g_strconcat ("models/", escaped,
                      stream ? ":streamGenerateContent?alt=sse" : ":generateContent", NULL);
}

static RnlRequestBody *
build_request (const RnlEndpoint *endpoint, const char *model, const RnlChatRequest *request)
{
  return rnl_gemini_request_build (endpoint->host, model, request);
}

static gboolean
can_answer (JsonObject *model)
{
  JsonArray *methods = rnl_json_object_get_array (model, "supportedGenerationMethods");

  for (guint i = 0; methods != NULL && i < json_array_get_length (methods); i++)
    if (g_strcmp0 (json_array_get_string_element (methods, i), "generateContent") == 0)
      return TRUE;

  return methods == NULL;
}

/* `{name: "models/ID", displayName, inputTokenLimit, outputTokenLimit, thinking, maxTemperature,
 * supportedGenerationMethods}` */
static RnlModelInfo *
read_model (JsonObject *object)
{
  const char *name = rnl_json_object_get_string (object, "name");
  RnlModelInfo *info;

  if (name == NULL || !can_answer (object))
    return NULL;

  if (g_str_has_prefix (name, "models/"))
    name += strlen ("models/");
  info = rnl_model_info_new (name, rnl_json_object_get_string (object, "displayName"),
                             rnl_json_object_get_int (object, "inputTokenLimit", 0));
  rnl_model_info_set_max_output (info, rnl_json_object_get_int (object, "outputTokenLimit", 0));
  rnl_model_list_take_flag (info, RNL_MODEL_ABILITY_REASONING, object, "thinking");
  if (rnl_json_object_get_double (object, "maxTemperature", -1) > 0)
    rnl_model_info_set_ability (info, RNL_MODEL_ABILITY_SAMPLING, TRUE);

  return info;
}

static GPtrArray *
parse_models (JsonNode *root)
{
  return rnl_model_list_read (root, "models", read_model);
}

/* The whole request is counted, when it says inside which model it is for.
 * Source: models.countTokens, "generateContentRequest" (as of 2026-10). */
static char *
dup_count_path (const char *model)
{
  g_autofree char *escaped = g_uri_escape_string (model, NULL, FALSE);

  return g_strconcat ("models/", escaped, ":countTokens", NULL);
}

static JsonNode *
build_count (const char *model, JsonObject *request)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *name = g_strconcat ("models/", model, NULL);

  json_object_set_string_member (request, "model", name);
  json_object_set_object_member (object, "generateContentRequest", json_object_ref (request));
  json_node_take_object (node, object);

  return node;
}

static const char *const method_paths[] = { "/models", NULL };

const RnlProtocol rnl_gemini_protocol = {
  .name = "gemini",
  .title = "Gemini",
  .framing = RNL_FRAMING_SSE,
  .default_path = "/v1beta",
  .method_paths = method_paths,
  .models_path = "models",
  .key_header = "x-goog-api-key",
  .key_prefix = "",
  .file_types = rnl_protocol_images_and_pdf,
  .dup_path = dup_path,
  .build_request = build_request,
  .decoder_new = rnl_gemini_decoder_new,
  .decoder_feed = rnl_gemini_decoder_feed,
  .decoder_feed_whole = rnl_gemini_decoder_feed_whole,
  .decoder_is_done = rnl_gemini_decoder_is_done,
  .decoder_end = rnl_gemini_decoder_end,
  .decoder_free = rnl_gemini_decoder_free,
  .parse_models = parse_models,
  .image_tokens = 1032, /* 258 for each of the four tiles of a square picture */
  .dup_count_path = dup_count_path,
  .build_count = build_count,
  .count_member = "totalTokens",
};

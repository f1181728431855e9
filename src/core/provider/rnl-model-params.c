/* rnl-model-params.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-model-params.h"

/* A value of each that is nobody's default. */
static void
set_param (RnlChatRequest *request, RnlModelParams param)
{
  static const char *const stop[] = { "stop", NULL };

  switch (param)
    {
    case RNL_MODEL_PARAM_TEMPERATURE:
      request->temperature = 0.125;
      break;
    case RNL_MODEL_PARAM_TOP_P:
      request->top_p = 0.125;
      break;
    case RNL_MODEL_PARAM_MAX_TOKENS:
      request->max_tokens = 7;
      break;
    case RNL_MODEL_PARAM_STOP:
      request->stop = g_strdupv ((char **) stop);
      break;
    case RNL_MODEL_PARAM_REASONING_EFFORT:
      request->reasoning_effort = g_strdup ("high");
      break;
    default:
      g_assert_not_reached ();
    }
}

static GBytes *
build (const RnlProtocol *protocol,
       const RnlEndpoint *endpoint,
       const char *model,
       RnlModelParams param)
{
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new_prompt ("");
  g_autoptr (RnlRequestBody) body = NULL;

  if (param != 0)
    set_param (request, param);
  body = protocol->build_request (endpoint, model, request);

  return rnl_request_body_join (body);
}

/**
 * rnl_model_params_find:
 * @protocol: how the server is spoken to
 * @endpoint: the server
 * @model: the model's name there
 *
 * What is sent is what is taken: a request with the parameter is built and held against one
 * without. So nothing else has to know the dialects.
 *
 * Returns: the parameters that reach the model
 */
RnlModelParams
rnl_model_params_find (const RnlProtocol *protocol, const RnlEndpoint *endpoint, const char *model)
{
  g_autoptr (GBytes) plain = build (protocol, endpoint, model, 0);
  RnlModelParams params = 0;

  for (guint param = 1; param <= RNL_MODEL_PARAM_REASONING_EFFORT; param <<= 1)
    {
      g_autoptr (GBytes) with = build (protocol, endpoint, model, param);

      if (!g_bytes_equal (plain, with))
        params |= param;
    }

  return params;
}

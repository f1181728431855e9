/* rnl-provider-errors.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-provider-errors.h"

#include "rnl-error-body.h"
#include "rnl-json-value.h"
#include "rnl-redact.h"

#include <gio/gio.h>
#include <string.h>

#define MAX_MESSAGE 2000
#define PROXY_HINT  "Check the proxy of this account."

/* Classifying. */

static gboolean
mentions (const RnlErrorBody *said, const char *const *words)
{
  const char *const fields[] = { said->reason, said->code, said->type, said->message };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *lower = fields[i] != NULL ? g_ascii_strdown (fields[i], -1) : NULL;

      for (gsize k = 0; lower != NULL && words[k] != NULL; k++)
        if (strstr (lower, words[k]) != NULL)
          return TRUE;
    }

  return FALSE;
}

/* Words that say more than a status does, most telling first. */
static const struct
{
  RnlProviderError error;
  const char *words[14];
} telling[] = {
  { RNL_PROVIDER_ERROR_QUOTA,
    { "insufficient_quota", "billing", "insufficient balance", "insufficient_balance",
      "insufficient credits", "exceeded your current quota", "payment required",
      "spend_limit_reached", "credit balance is too low", NULL } },
  { RNL_PROVIDER_ERROR_CONTEXT_TOO_LONG,
    { "context_length_exceeded", "maximum context length", "max context length",
      "exceed_context_size", "exceeds the available context size", "too_many_prompt_tokens",
      "prompt is too long", "context window", "exceeds the context length",
      "exceeds the maximum number of tokens", "input is too long", NULL } },
  { RNL_PROVIDER_ERROR_MODEL_NOT_FOUND,
    { "model_not_found", "model not found", "no such model", "unknown model",
      "is not a valid model", NULL } },
  { RNL_PROVIDER_ERROR_CONTENT_REFUSED,
    { "content_filter", "content_policy_violation", "content management policy",
      "content filtering policy", "responsibleaipolicyviolation", NULL } },
  { RNL_PROVIDER_ERROR_AUTHENTICATION,
    { "invalid_api_key", "incorrect api key", "invalid api key", "api key not valid",
      "api_key_invalid", "authentication_error", NULL } },
  { RNL_PROVIDER_ERROR_RATE_LIMIT,
    { "rate_limit", "ratelimit", "rate limit", "too many requests", NULL } },
  { RNL_PROVIDER_ERROR_OVERLOADED, { "overloaded", "at capacity", "server is busy", NULL } },
};

static RnlProviderError
classify_status (guint status)
{
  switch (status)
    {
    case 401:
    case 407:
      return RNL_PROVIDER_ERROR_AUTHENTICATION;
    case 402:
      return RNL_PROVIDER_ERROR_QUOTA;
    case 403:
      return RNL_PROVIDER_ERROR_PERMISSION;
    case 404:
    case 405:
      return RNL_PROVIDER_ERROR_PROTOCOL;
    case 408:
    case 504:
    case 524:
      return RNL_PROVIDER_ERROR_TIMEOUT;
    case 413:
      return RNL_PROVIDER_ERROR_CONTEXT_TOO_LONG;
    case 429:
      return RNL_PROVIDER_ERROR_RATE_LIMIT;
    case 502:
    case 503:
    case 529:
      return RNL_PROVIDER_ERROR_OVERLOADED;
    default:
      return status >= 400 && status < 500 ? RNL_PROVIDER_ERROR_BAD_REQUEST
                                           : RNL_PROVIDER_ERROR_FAILED;
    }
}

static RnlProviderError
classify (guint status, const RnlErrorBody *said)
{
  /* A key or a permission that is refused is told by the status alone, whatever else the body
   * talks about. */
  if (status == 401 || status == 403 || status == 407)
    return classify_status (status);

  /* Google says "quota" of a minute's share, too: then it says how long to wait. */
  if (status == 429 && said->retry_ms > 0)
    return RNL_PROVIDER_ERROR_RATE_LIMIT;

  for (gsize i = 0; i < G_N_ELEMENTS (telling); i++)
    if (mentions (said, telling[i].words))
      return telling[i].error;
  /* A server that has the path answers in JSON even when it does not have the model; Ollama's
   * words are "model 'x' not found". */
  if (status == 404 && said->message != NULL && strstr (said->message, "model") != NULL)
    return RNL_PROVIDER_ERROR_MODEL_NOT_FOUND;

  return classify_status (status);
}

/* Wording. */

static const char *
advice (RnlProviderError code, const RnlErrorContext *context)
{
  switch (code)
    {
    case RNL_PROVIDER_ERROR_AUTHENTICATION:
      return context->key != NULL ? "Check the API key of this account."
                                  : "Give this account an API key.";
    case RNL_PROVIDER_ERROR_PERMISSION:
      return "Check what the key of this account may do, or choose another model.";
    case RNL_PROVIDER_ERROR_QUOTA:
      return "Check the plan and the credit at the provider.";
    case RNL_PROVIDER_ERROR_RATE_LIMIT:
    case RNL_PROVIDER_ERROR_OVERLOADED:
      return "Wait a moment and try again.";
    case RNL_PROVIDER_ERROR_MODEL_NOT_FOUND:
      return "Choose another model.";
    case RNL_PROVIDER_ERROR_CONTEXT_TOO_LONG:
      return "Ask with less text or fewer files, start a new chat, or choose a model with a larger "
             "context.";
    case RNL_PROVIDER_ERROR_CONTENT_REFUSED:
      return "Put the question differently.";
    case RNL_PROVIDER_ERROR_PROTOCOL:
      return "Check the address of this account.";
    case RNL_PROVIDER_ERROR_NETWORK:
      return "Check the connection and that the server is running.";
    case RNL_PROVIDER_ERROR_TIMEOUT:
      return "Try again; a large model may need longer to load.";
    case RNL_PROVIDER_ERROR_FAILED:
    case RNL_PROVIDER_ERROR_BAD_REQUEST:
    case RNL_PROVIDER_ERROR_UNSUPPORTED:
    default:
      return NULL;
    }
}

static void
append_sentence (GString *text, const char *sentence)
{
  char last;

  if (sentence == NULL || *sentence == '\0')
    return;

  last = text->len > 0 ? text->str[text->len - 1] : '\0';
  /* A question is advice already. */
  if (last == '?')
    return;
  if (last != '\0' && strchr (".!", last) == NULL)
    g_string_append_c (text, '.');
  if (last != '\0')
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

/* Cuts at a character, so that what is left is still UTF-8. */
static char *
dup_bounded (const char *text, gsize length, gsize max)
{
  g_autofree char *valid = NULL;
  const char *end;

  if (text == NULL)
    return NULL;

  valid = g_utf8_make_valid (text, (gssize) MIN (length, max));
  if (length <= max)
    return g_steal_pointer (&valid);

  end = valid + strlen (valid);
  /* The cut may have fallen into a character, which then is a replacement character now. */
  if (g_str_has_suffix (valid, "\357\277\275"))
    end -= 3;

  return g_strdup_printf ("%.*s…", (int) (end - valid), valid);
}

/**
 * rnl_provider_errors_is_web_page:
 * @body: (nullable): the beginning of a body
 * @length: its length in bytes
 *
 * Returns: whether it is HTML: what proxies, sign-in pages and wrong addresses answer with
 */
gboolean
rnl_provider_errors_is_web_page (const char *body, gsize length)
{
  gsize i = 0;

  while (i < length && (g_ascii_isspace (body[i]) || (guchar) body[i] >= 0x80))
    i++;

  return i + 1 < length && body[i] == '<' && (g_ascii_isalpha (body[i + 1]) || body[i + 1] == '!');
}

static char *
redact (const RnlErrorContext *context, const char *text)
{
  if (text == NULL)
    return NULL;
  if (context->secrets != NULL)
    return rnl_redact_all (text, context->secrets);

  return rnl_redact (text, context->key);
}

static void
fill_details (GError *error,
              const RnlErrorContext *context,
              const RnlErrorResponse *response,
              const RnlErrorBody *said)
{
  RnlProviderErrorDetails *details = rnl_provider_error_get_details (error);
  g_autofree char *body
    = dup_bounded (response->body, response->length, RNL_PROVIDER_ERROR_MAX_BODY - 8);

  details->status = response->status;
  details->retry_after_ms = response->retry_after_ms < 0 && said->retry_ms > 0
                              ? said->retry_ms
                              : response->retry_after_ms;
  details->request_id = redact (context, response->request_id);
  details->code = redact (context, said->code != NULL ? said->code : said->type);
  details->body = redact (context, body);
}

/* A proxy speaks no protocol of a model: what is of one is the server's, of the rest nobody knows.
 */
static gboolean
may_be_of_proxy (const RnlErrorContext *context, const RnlErrorResponse *response, JsonNode *node)
{
  return context->proxy != NULL && node == NULL && response->status >= 400;
}

static char *
describe_proxy (const RnlErrorContext *context,
                const RnlErrorResponse *response,
                const char *message)
{
  return g_strdup_printf ("The proxy %s, or %s behind it, answered with an error that is none of a "
                          "model (%u)%s%s",
                          context->proxy, context->host, response->status,
                          message != NULL ? ": " : "", message != NULL ? message : ".");
}

/* What says that nobody at this address speaks the protocol. */
static char *
describe_address (const RnlErrorContext *context,
                  const RnlErrorResponse *response,
                  const char *message)
{
  const char *path = context->path != NULL ? context->path : "this address";
  guint status = response->status;

  if (message == NULL && rnl_provider_errors_is_web_page (response->body, response->length))
    return g_strdup_printf ("%s answered with a web page (%u), not with the answer of a model.",
                            context->host, status);
  if (status >= 300 && status < 400)
    return g_strdup_printf ("%s sends requests for %s to %s (%u).", context->host, path,
                            response->location != NULL ? response->location : "another address",
                            status);
  if (status >= 400)
    return g_strdup_printf ("%s has nothing at %s (%u).", context->host, path, status);
  if (response->length == 0)
    return g_strdup_printf ("%s answered with nothing (%u).", context->host, status);

  return g_strdup_printf ("%s answered with something else than an answer of a model (%u): %s",
                          context->host, status, message != NULL ? message : "unreadable data");
}

static char *
describe (const RnlErrorContext *context,
          const RnlErrorResponse *response,
          RnlProviderError code,
          const RnlErrorBody *said)
{
  g_autofree char *message = said->message != NULL
                               ? dup_bounded (said->message, strlen (said->message), MAX_MESSAGE)
                               : NULL;
  GString *text;

  if (code == RNL_PROVIDER_ERROR_PROTOCOL)
    return describe_address (context, response, message);

  if (response->status == 407)
    return g_strdup_printf ("The proxy on the way to %s asks for another name and password (407).",
                            context->host);

  text = g_string_new (context->host);
  if (code == RNL_PROVIDER_ERROR_MODEL_NOT_FOUND && context->model != NULL)
    g_string_append_printf (text, " does not have the model “%s”", context->model);
  else if (code == RNL_PROVIDER_ERROR_AUTHENTICATION)
    g_string_append (text,
                     context->key != NULL ? " did not accept the API key" : " asks for an API key");
  else if (code == RNL_PROVIDER_ERROR_OVERLOADED)
    g_string_append (text, " is too busy");
  else
    g_string_append (text, response->status >= 500 ? " failed to answer" : " refused the request");
  g_string_append_printf (text, " (%u)", response->status);
  if (message != NULL)
    g_string_append_printf (text, ": %s", message);
  else
    g_string_append_c (text, '.');

  return g_string_free (text, FALSE);
}

static GError *
finish_message (RnlProviderError code,
                const RnlErrorContext *context,
                const char *what,
                const char *hint)
{
  g_autoptr (GString) text = g_string_new (what);
  g_autofree char *clean = NULL;

  append_sentence (text, hint != NULL ? hint : advice (code, context));
  clean = redact (context, text->str);

  return rnl_provider_error_new (code, "%s", clean);
}

/**
 * rnl_provider_errors_from_response:
 * @context: whom we asked for what
 * @response: what came back: a status of 400 and more, or a body that is not an answer
 *
 * Returns: (transfer full): an error with its details
 */
GError *
rnl_provider_errors_from_response (const RnlErrorContext *context, const RnlErrorResponse *response)
{
  g_auto (RnlErrorBody) said = { NULL };
  g_autoptr (JsonNode) node = rnl_error_body_parse (response->body, response->length);
  g_autofree char *what = NULL;
  const char *hint = response->status == 407 ? PROXY_HINT : NULL;
  RnlProviderError code;
  GError *error;

  rnl_error_body_read (&said, node);
  if (said.message == NULL && node == NULL && response->length > 0 && response->length < 400
      && !rnl_provider_errors_is_web_page (response->body, response->length))
    said.message = g_strchomp (g_utf8_make_valid (response->body, (gssize) response->length));

  code = response->status < 400 ? RNL_PROVIDER_ERROR_PROTOCOL : classify (response->status, &said);
  if (said.message == NULL && response->status < 500
      && rnl_provider_errors_is_web_page (response->body, response->length))
    code = RNL_PROVIDER_ERROR_PROTOCOL;

  if (response->status != 407 && may_be_of_proxy (context, response, node))
    {
      code = response->status >= 500 ? RNL_PROVIDER_ERROR_NETWORK : code;
      what = describe_proxy (context, response, said.message);
      hint = PROXY_HINT;
    }
  else
    what = describe (context, response, code, &said);
  error = finish_message (code, context, what, hint);
  fill_details (error, context, response, &said);

  return error;
}

static void
copy_details (GError *error, const GError *cause, const RnlErrorContext *context)
{
  RnlProviderErrorDetails *from = rnl_provider_error_get_details (cause);
  RnlProviderErrorDetails *to = rnl_provider_error_get_details (error);

  to->status = from->status;
  to->retry_after_ms = from->retry_after_ms;
  to->request_id = redact (context, from->request_id);
  to->code = redact (context, from->code);
  to->body = redact (context, from->body);
}

/**
 * rnl_provider_errors_from_transport:
 * @context: whom we asked for what
 * @cause: what the connection said
 *
 * Returns: (transfer full): @cause with advice; `G_IO_ERROR_CANCELLED` stays as it is
 */
GError *
rnl_provider_errors_from_transport (const RnlErrorContext *context, const GError *cause)
{
  GError *error;

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (cause);
  if (cause->domain != RNL_PROVIDER_ERROR)
    {
      g_autofree char *what
        = g_strdup_printf ("The answer of %s cannot be read: %s", context->host, cause->message);

      return finish_message (RNL_PROVIDER_ERROR_PROTOCOL, context, what, NULL);
    }

  /* A connection that wants a name and password is a proxy's. */
  error = finish_message ((RnlProviderError) cause->code, context, cause->message,
                          cause->code == RNL_PROVIDER_ERROR_AUTHENTICATION ? PROXY_HINT : NULL);
  copy_details (error, cause, context);

  return error;
}

/**
 * rnl_provider_errors_from_json:
 * @node: an error object as it stood in a stream, in any shape
 *
 * Returns: (transfer full): an error that says just what the server said; see
 *   [func@Runnel.provider_errors_in_stream]
 */
GError *
rnl_provider_errors_from_json (JsonNode *node)
{
  g_auto (RnlErrorBody) said = { NULL };
  g_autofree char *body = rnl_json_to_string (node, FALSE);
  RnlProviderErrorDetails *details;
  guint status = 0;
  GError *error;

  rnl_error_body_read (&said, node);
  if (said.number >= 400 && said.number < 600)
    status = (guint) said.number;

  error = rnl_provider_error_new (classify (status, &said), "%s",
                                  said.message != NULL ? said.message : body);
  details = rnl_provider_error_get_details (error);
  details->status = status;
  details->retry_after_ms = said.retry_ms > 0 ? said.retry_ms : -1;
  details->code = g_strdup (said.code != NULL ? said.code : said.type);
  details->body = dup_bounded (body, strlen (body), RNL_PROVIDER_ERROR_MAX_BODY - 8);

  return error;
}

/**
 * rnl_provider_errors_from_text:
 * @text: the data of an error event
 * @length: its length in bytes
 *
 * Returns: (transfer full): as [func@Runnel.provider_errors_from_json], also for what is not JSON
 */
GError *
rnl_provider_errors_from_text (const char *text, gsize length)
{
  g_autoptr (JsonNode) node = rnl_error_body_parse (text, length);
  g_autofree char *message = NULL;

  if (node != NULL)
    return rnl_provider_errors_from_json (node);

  message = dup_bounded (text, length, MAX_MESSAGE);

  return rnl_provider_error_new (RNL_PROVIDER_ERROR_FAILED, "%s", message);
}

/**
 * rnl_provider_errors_in_stream:
 * @context: whom we asked for what
 * @cause: what a decoder reported
 *
 * Returns: (transfer full): the same error with the server's name, advice, and without the key
 */
GError *
rnl_provider_errors_in_stream (const RnlErrorContext *context, const GError *cause)
{
  RnlProviderError code = (RnlProviderError) cause->code;
  g_autofree char *said = NULL;
  g_autofree char *what = NULL;
  GError *error;

  if (cause->domain != RNL_PROVIDER_ERROR)
    return g_error_copy (cause);

  said = dup_bounded (cause->message, strlen (cause->message), MAX_MESSAGE);
  what
    = g_strdup_printf (code == RNL_PROVIDER_ERROR_PROTOCOL ? "The answer of %s cannot be read: %s"
                                                           : "%s reported an error: %s",
                       context->host, said);
  error = finish_message (code, context, what, NULL);
  copy_details (error, cause, context);

  return error;
}

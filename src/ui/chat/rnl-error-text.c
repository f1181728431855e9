/* rnl-error-text.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-error-text.h"

#include <glib/gi18n.h>

#include "rnl-provider-error.h"

static const struct
{
  const char *heading;
  const char *advice;
} texts[] = {
  [RNL_PROVIDER_ERROR_FAILED] = { N_ ("The model's server reported an error"),
                                  N_ ("Try again. If it stays, the details below may say more.") },
  [RNL_PROVIDER_ERROR_NETWORK]
  = { N_ ("The connection to the model broke"),
      N_ ("Check the network, and that the server runs at the address of the account.") },
  [RNL_PROVIDER_ERROR_TIMEOUT]
  = { N_ ("The model stopped answering"),
      N_ ("Nothing came for a long time. The server may be busy or stuck; try again.") },
  [RNL_PROVIDER_ERROR_PROTOCOL]
  = { N_ ("The answer could not be understood"),
      N_ ("The address may lead to a web page or another kind of server. Check the account.") },
  [RNL_PROVIDER_ERROR_AUTHENTICATION]
  = { N_ ("The key was not accepted"), N_ ("Check the key of this account in the preferences.") },
  [RNL_PROVIDER_ERROR_PERMISSION] = { N_ ("This key may not use the model"),
                                      N_ ("Choose another model, or a key with more rights.") },
  [RNL_PROVIDER_ERROR_QUOTA]
  = { N_ ("The account has no credit left"),
      N_ ("Check the plan and the billing at the provider, or choose another model.") },
  [RNL_PROVIDER_ERROR_RATE_LIMIT]
  = { N_ ("Too many requests"), N_ ("The provider asks to wait a moment before trying again.") },
  [RNL_PROVIDER_ERROR_MODEL_NOT_FOUND]
  = { N_ ("The server does not have this model"),
      N_ ("Choose another model; it may have been renamed or removed.") },
  [RNL_PROVIDER_ERROR_CONTEXT_TOO_LONG]
  = { N_ ("The conversation is too long for this model"),
      N_ ("Start a new chat, or choose a model that reads more.") },
  [RNL_PROVIDER_ERROR_CONTENT_REFUSED]
  = { N_ ("The provider refused to answer"),
      N_ ("Its content filter stopped this. Ask in another way.") },
  [RNL_PROVIDER_ERROR_OVERLOADED]
  = { N_ ("The server is overloaded"), N_ ("Wait a little, then try again.") },
  [RNL_PROVIDER_ERROR_BAD_REQUEST]
  = { N_ ("The server did not accept the request"),
      N_ ("The model may not support something that was sent, for example tools.") },
  [RNL_PROVIDER_ERROR_UNSUPPORTED]
  = { N_ ("This model cannot take the attached file"),
      N_ ("Choose another model, or ask again without the file.") },
};

static guint
text_of (const GError *error)
{
  if (error == NULL || error->domain != RNL_PROVIDER_ERROR || error->code < 0
      || error->code >= (int) G_N_ELEMENTS (texts))
    return G_N_ELEMENTS (texts);

  return (guint) error->code;
}

/**
 * rnl_error_text_heading:
 * @error: (nullable): what ended a run
 *
 * Returns: (transfer none): what happened, translated
 */
const char *
rnl_error_text_heading (const GError *error)
{
  guint text = text_of (error);

  return text < G_N_ELEMENTS (texts) ? _ (texts[text].heading) : _ ("Something went wrong");
}

/**
 * rnl_error_text_advice:
 * @error: (nullable): what ended a run
 *
 * Returns: (transfer none): what to do, translated
 */
const char *
rnl_error_text_advice (const GError *error)
{
  guint text = text_of (error);

  return text < G_N_ELEMENTS (texts) ? _ (texts[text].advice)
                                     : _ ("Try again. What arrived so far is kept.");
}

/**
 * rnl_error_text_details:
 * @error: (nullable): what ended a run
 *
 * Returns: (transfer full): the raw facts, one a line: message, status, code, request id, body
 */
char *
rnl_error_text_details (const GError *error)
{
  GString *text = g_string_new (error != NULL ? error->message : "");
  RnlProviderErrorDetails *details = NULL;

  if (error != NULL && error->domain == RNL_PROVIDER_ERROR)
    details = rnl_provider_error_get_details (error);
  if (details == NULL)
    return g_string_free (text, FALSE);

  if (details->status != 0)
    g_string_append_printf (text, _ ("\nHTTP status: %d"), (int) details->status);
  if (details->code != NULL)
    g_string_append_printf (text, _ ("\nCode: %s"), details->code);
  if (details->request_id != NULL)
    g_string_append_printf (text, _ ("\nRequest: %s"), details->request_id);
  if (details->body != NULL && *details->body != '\0')
    g_string_append_printf (text, "\n\n%s", details->body);

  return g_string_free (text, FALSE);
}

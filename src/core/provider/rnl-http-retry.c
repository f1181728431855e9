/* rnl-http-retry.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-http-retry.h"

#include "rnl-json-value.h"
#include "rnl-provider-error.h"

#define MAX_DELAY_MS 8000
#define MAX_WAIT_MS  60000

/**
 * rnl_http_retry_is_worth:
 * @message: (nullable): a request with the head of its response, `NULL` when none came
 * @is_refusal: whether the response is no answer but says why there is none
 * @error: what it came to
 *
 * As the official SDKs do: the server's wish first, then what its status says.
 *
 * Returns: whether the same request may do better in a while
 */
gboolean
rnl_http_retry_is_worth (SoupMessage *message, gboolean is_refusal, const GError *error)
{
  guint status;
  const char *wish;

  if (message == NULL)
    return g_error_matches (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK);
  if (!is_refusal || g_error_matches (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_QUOTA)
      || rnl_provider_error_get_details (error)->retry_after_ms > MAX_WAIT_MS)
    return FALSE;

  wish
    = soup_message_headers_get_one (soup_message_get_response_headers (message), "x-should-retry");
  if (g_strcmp0 (wish, "true") == 0 || g_strcmp0 (wish, "false") == 0)
    return *wish == 't';

  status = soup_message_get_status (message);

  return status == 408 || status == 409 || status == 429 || status >= 500;
}

/**
 * rnl_http_retry_get_delay:
 * @error: the failure
 * @first_ms: how long to wait the first time, in milliseconds
 * @n_retries: how often it was tried again already
 *
 * As the server asks, else doubled each time with a quarter of chance, so that many clients do not
 * come back at once.
 *
 * Returns: how long to wait, in milliseconds
 */
guint
rnl_http_retry_get_delay (const GError *error, guint first_ms, guint n_retries)
{
  gint64 asked = rnl_provider_error_get_details (error)->retry_after_ms;
  double delay = MIN ((double) first_ms * (1 << n_retries), (double) MAX_DELAY_MS);

  if (asked >= 0)
    return (guint) asked;

  return (guint) (delay * g_random_double_range (0.75, 1));
}

/**
 * rnl_http_retry_dup_notice:
 * @attempt: which retry is waited for, from 1
 * @delay_ms: how long, in milliseconds
 * @error: why
 *
 * Returns: (transfer full): the JSON of a `RNL_HTTP_RETRY_NOTICE`
 */
char *
rnl_http_retry_dup_notice (guint attempt, guint delay_ms, const GError *error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "attempt", attempt);
  json_object_set_int_member (object, "of", RNL_HTTP_RETRY_MAX);
  json_object_set_int_member (object, "delay_ms", delay_ms);
  json_object_set_string_member (object, "code", rnl_provider_error_nick (error));
  json_object_set_string_member (object, "error", error->message);
  json_node_take_object (node, object);

  return rnl_json_to_string (node, FALSE);
}

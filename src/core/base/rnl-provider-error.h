/* rnl-provider-error.h: what went wrong between us and a model, by what a person can do about it
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RnlProviderError:
 * @RNL_PROVIDER_ERROR_FAILED: anything else the server reported
 * @RNL_PROVIDER_ERROR_NETWORK: no connection, or it broke (also in mid-stream)
 * @RNL_PROVIDER_ERROR_TIMEOUT: nothing came for longer than the idle timeout
 * @RNL_PROVIDER_ERROR_PROTOCOL: what came is not the protocol (HTML, broken JSON, truncated)
 * @RNL_PROVIDER_ERROR_AUTHENTICATION: no key, or a wrong one
 * @RNL_PROVIDER_ERROR_PERMISSION: the key may not do this
 * @RNL_PROVIDER_ERROR_QUOTA: out of credit or over the billing limit
 * @RNL_PROVIDER_ERROR_RATE_LIMIT: too many requests; see the details' retry-after
 * @RNL_PROVIDER_ERROR_MODEL_NOT_FOUND: the server does not have this model
 * @RNL_PROVIDER_ERROR_CONTEXT_TOO_LONG: the conversation does not fit the model's window
 * @RNL_PROVIDER_ERROR_CONTENT_REFUSED: a content filter said no
 * @RNL_PROVIDER_ERROR_OVERLOADED: the server is busy (503, 529)
 * @RNL_PROVIDER_ERROR_BAD_REQUEST: the server did not accept the request
 * @RNL_PROVIDER_ERROR_UNSUPPORTED: not sent: it holds what this model or protocol cannot take
 *
 * Codes name what the caller can do about it. "Cancelled" is `G_IO_ERROR_CANCELLED`, never one of
 * these.
 */
typedef enum
{
  RNL_PROVIDER_ERROR_FAILED,
  RNL_PROVIDER_ERROR_NETWORK,
  RNL_PROVIDER_ERROR_TIMEOUT,
  RNL_PROVIDER_ERROR_PROTOCOL,
  RNL_PROVIDER_ERROR_AUTHENTICATION,
  RNL_PROVIDER_ERROR_PERMISSION,
  RNL_PROVIDER_ERROR_QUOTA,
  RNL_PROVIDER_ERROR_RATE_LIMIT,
  RNL_PROVIDER_ERROR_MODEL_NOT_FOUND,
  RNL_PROVIDER_ERROR_CONTEXT_TOO_LONG,
  RNL_PROVIDER_ERROR_CONTENT_REFUSED,
  RNL_PROVIDER_ERROR_OVERLOADED,
  RNL_PROVIDER_ERROR_BAD_REQUEST,
  RNL_PROVIDER_ERROR_UNSUPPORTED,
} RnlProviderError;

#define RNL_PROVIDER_ERROR (rnl_provider_error_quark ())
GQuark rnl_provider_error_quark (void);

#define RNL_TYPE_PROVIDER_ERROR (rnl_provider_error_get_type ())
GType rnl_provider_error_get_type (void);

/**
 * RNL_PROVIDER_ERROR_MAX_BODY:
 *
 * How many bytes of a server's error body are kept.
 */
#define RNL_PROVIDER_ERROR_MAX_BODY 4096

/**
 * RnlProviderErrorDetails:
 * @status: the HTTP status, or 0
 * @retry_after_ms: how long the server asked us to wait, in milliseconds, or -1
 * @request_id: (nullable): the server's id for the request
 * @code: (nullable): the server's own error code or type, as it stood on the wire
 * @body: (nullable): the first `RNL_PROVIDER_ERROR_MAX_BODY` bytes of the raw body, valid UTF-8
 *
 * What a "details" fold shows. Never holds a key.
 */
typedef struct
{
  guint status;
  gint64 retry_after_ms;
  char *request_id;
  char *code;
  char *body;
} RnlProviderErrorDetails;

GError *rnl_provider_error_new (RnlProviderError code, const char *format, ...)
  G_GNUC_PRINTF (2, 3);
RnlProviderErrorDetails *rnl_provider_error_get_details (const GError *error);
const char *rnl_provider_error_nick (const GError *error);
RnlProviderError rnl_provider_error_from_nick (const char *nick);

G_END_DECLS

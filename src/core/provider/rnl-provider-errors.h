/* rnl-provider-errors.h: what a server said went wrong, made into an error a person can act on
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-provider-error.h"

G_BEGIN_DECLS

/**
 * RnlErrorContext:
 * @host: whom we spoke to, with the port where one was given
 * @path: (nullable): what was asked for on it
 * @model: (nullable): the model that was asked
 * @proxy: (nullable): the proxy that may have answered in the place of @host
 * @key: (nullable): the key that was sent
 * @secrets: (nullable): that and all else that no error may tell, ended by `NULL`; it is cut out of
 *   everything an error says. `NULL`: just @key
 *
 * What a message has to name. All borrowed.
 */
typedef struct
{
  const char *host;
  const char *path;
  const char *model;
  const char *proxy;
  const char *key;
  const char *const *secrets;
} RnlErrorContext;

/**
 * RnlErrorResponse:
 * @status: the HTTP status
 * @retry_after_ms: as the headers ask, or -1
 * @request_id: (nullable): from the headers
 * @location: (nullable): where a redirect points to, from the headers
 * @body: (nullable): the body, or its beginning
 * @length: of @body in bytes
 *
 * An answer that is not a stream. All borrowed.
 */
typedef struct
{
  guint status;
  gint64 retry_after_ms;
  const char *request_id;
  const char *location;
  const char *body;
  gsize length;
} RnlErrorResponse;

GError *rnl_provider_errors_from_response (const RnlErrorContext *context,
                                           const RnlErrorResponse *response);
GError *rnl_provider_errors_from_transport (const RnlErrorContext *context, const GError *cause);
GError *rnl_provider_errors_from_json (JsonNode *node);
GError *rnl_provider_errors_from_text (const char *text, gsize length);
GError *rnl_provider_errors_in_stream (const RnlErrorContext *context, const GError *cause);

gboolean rnl_provider_errors_is_web_page (const char *body, gsize length);

G_END_DECLS

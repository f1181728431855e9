/* rnl-provider-error.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-provider-error.h"

typedef RnlProviderErrorDetails RnlProviderErrorPrivate;

static void
rnl_provider_error_private_init (RnlProviderErrorPrivate *priv)
{
  priv->retry_after_ms = -1;
}

static void
rnl_provider_error_private_copy (const RnlProviderErrorPrivate *src, RnlProviderErrorPrivate *dest)
{
  dest->status = src->status;
  dest->retry_after_ms = src->retry_after_ms;
  dest->request_id = g_strdup (src->request_id);
  dest->code = g_strdup (src->code);
  dest->body = g_strdup (src->body);
}

static void
rnl_provider_error_private_clear (RnlProviderErrorPrivate *priv)
{
  g_clear_pointer (&priv->request_id, g_free);
  g_clear_pointer (&priv->code, g_free);
  g_clear_pointer (&priv->body, g_free);
}

/**
 * rnl_provider_error_quark:
 *
 * Returns: the domain of [error@Runnel.ProviderError]
 */
G_DEFINE_EXTENDED_ERROR (RnlProviderError, rnl_provider_error)

G_DEFINE_ENUM_TYPE (RnlProviderError,
                    rnl_provider_error,
                    G_DEFINE_ENUM_VALUE (RNL_PROVIDER_ERROR_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (RNL_PROVIDER_ERROR_NETWORK, "network"),
                    G_DEFINE_ENUM_VALUE (RNL_PROVIDER_ERROR_TIMEOUT, "timeout"),
                    G_DEFINE_ENUM_VALUE (RNL_PROVIDER_ERROR_PROTOCOL, "protocol"),
                    G_DEFINE_ENUM_VALUE (RNL_PROVIDER_ERROR_AUTHENTICATION, "authentication"),
                    G_DEFINE_ENUM_VALUE (RNL_PROVIDER_ERROR_PERMISSION, "permission"),
                    G_DEFINE_ENUM_VALUE (RNL_PROVIDER_ERROR_QUOTA, "quota"),
                    G_DEFINE_ENUM_VALUE (RNL_PROVIDER_ERROR_RATE_LIMIT, "rate-limit"),
                    G_DEFINE_ENUM_VALUE (RNL_PROVIDER_ERROR_MODEL_NOT_FOUND, "model-not-found"),
                    G_DEFINE_ENUM_VALUE (RNL_PROVIDER_ERROR_CONTEXT_TOO_LONG, "context-too-long"),
                    G_DEFINE_ENUM_VALUE (RNL_PROVIDER_ERROR_CONTENT_REFUSED, "content-refused"),
                    G_DEFINE_ENUM_VALUE (RNL_PROVIDER_ERROR_OVERLOADED, "overloaded"),
                    G_DEFINE_ENUM_VALUE (RNL_PROVIDER_ERROR_BAD_REQUEST, "bad-request"),
                    G_DEFINE_ENUM_VALUE (RNL_PROVIDER_ERROR_UNSUPPORTED, "unsupported"))

/**
 * rnl_provider_error_new: (skip)
 * @code: what a person can do about it
 * @format: a printf format: what was tried, on what, what came back
 * @...: what the format asks for
 *
 * Returns: (transfer full): an error whose details can be filled in
 */
GError *
rnl_provider_error_new (RnlProviderError code, const char *format, ...)
{
  va_list args;
  GError *error;

  va_start (args, format);
  error = g_error_new_valist (RNL_PROVIDER_ERROR, (gint) code, format, args);
  va_end (args);

  return error;
}

/**
 * rnl_provider_error_get_details:
 * @error: any error
 *
 * Returns: (nullable) (transfer none): the details, or `NULL` when @error is of another domain
 */
RnlProviderErrorDetails *
rnl_provider_error_get_details (const GError *error)
{
  if (error == NULL || error->domain != RNL_PROVIDER_ERROR)
    return NULL;

  return rnl_provider_error_get_private (error);
}

/**
 * rnl_provider_error_nick:
 * @error: any error
 *
 * Returns: (nullable): the code as a word ("rate-limit"), or `NULL` for another domain
 */
const char *
rnl_provider_error_nick (const GError *error)
{
  GEnumClass *klass;
  GEnumValue *value;

  if (error == NULL || error->domain != RNL_PROVIDER_ERROR)
    return NULL;

  klass = g_type_class_ref (RNL_TYPE_PROVIDER_ERROR);
  value = g_enum_get_value (klass, error->code);
  g_type_class_unref (klass);

  return value != NULL ? value->value_nick : NULL;
}

/**
 * rnl_provider_error_from_nick:
 * @nick: (nullable): as [func@Runnel.ProviderError.nick] gives it
 *
 * Returns: the code; `RNL_PROVIDER_ERROR_FAILED` for any other word
 */
RnlProviderError
rnl_provider_error_from_nick (const char *nick)
{
  GEnumClass *klass = g_type_class_ref (RNL_TYPE_PROVIDER_ERROR);
  GEnumValue *value = nick != NULL ? g_enum_get_value_by_nick (klass, nick) : NULL;
  RnlProviderError code
    = value != NULL ? (RnlProviderError) value->value : RNL_PROVIDER_ERROR_FAILED;

  g_type_class_unref (klass);

  return code;
}

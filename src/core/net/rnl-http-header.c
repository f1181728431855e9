/* rnl-http-header.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-http-header.h"

#include <string.h>

#include "rnl-provider-error.h"

/* What says where a message ends and whom it is for: that is ours to say. */
static const char *const reserved[]
  = { "connection", "content-encoding",    "content-length",   "content-type", "expect",
      "host",       "keep-alive",          "proxy-connection", "te",           "trailer",
      "upgrade",    "proxy-authorization", "transfer-encoding" };

/* A token of RFC 9110, section 5.6.2. */
static gboolean
is_token (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && strchr ("!#$%&'*+-.^_`|~", *text) == NULL)
      return FALSE;

  return TRUE;
}

static gboolean
is_reserved (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reserved); i++)
    if (g_ascii_strcasecmp (reserved[i], name) == 0)
      return TRUE;

  return FALSE;
}

/* Says nothing of the value: it may be a secret. */
static gboolean
check (const char *name, const char *value, GError **error)
{
  if (!is_token (name))
    {
      g_set_error_literal (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST,
                           "A header is given as NAME: VALUE; its name is made of letters, digits "
                           "and dashes.");
      return FALSE;
    }
  if (is_reserved (name))
    {
      g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST,
                   "The header %s cannot be given: it belongs to the connection.", name);
      return FALSE;
    }
  for (const char *p = value; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) && *p != '\t')
      {
        g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST,
                     "The value of the header %s has a line break or another control character in "
                     "it.",
                     name);
        return FALSE;
      }
  if (strlen (name) + strlen (value) > RNL_HTTP_HEADER_MAX_BYTES)
    {
      g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST,
                   "The header %s is longer than %d bytes.", name, RNL_HTTP_HEADER_MAX_BYTES);
      return FALSE;
    }

  return TRUE;
}

/**
 * rnl_http_header_split:
 * @line: `NAME: VALUE`, as a person gives it
 * @name: (out) (transfer full): the name
 * @value: (out) (transfer full): the value, without the spaces around it; may be empty
 * @error: return location for an error
 *
 * Reads a header that goes with every request. What could end the header, or belongs to the
 * connection, is refused. No message tells the value.
 *
 * Errors: `RNL_PROVIDER_ERROR_BAD_REQUEST`.
 *
 * Returns: whether it may be sent
 */
gboolean
rnl_http_header_split (const char *line, char **name, char **value, GError **error)
{
  const char *colon = strchr (line, ':');
  g_autofree char *first = g_strndup (line, colon != NULL ? (gsize) (colon - line) : 0);
  g_autofree char *second = g_strdup (colon != NULL ? colon + 1 : "");
  gsize length;

  /* Spaces only: a line break at the end is no accident to be tidied away. */
  g_strstrip (first);
  length = strspn (second, " \t");
  memmove (second, second + length, strlen (second) - length + 1);
  for (length = strlen (second); length > 0 && strchr (" \t", second[length - 1]) != NULL; length--)
    second[length - 1] = '\0';
  if (!check (first, second, error))
    return FALSE;

  *name = g_steal_pointer (&first);
  *value = g_steal_pointer (&second);

  return TRUE;
}

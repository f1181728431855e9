/* rnl-endpoint.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-endpoint.h"

#include "rnl-provider-error.h"

#include <string.h>

/* A name without a dot, an address in digits or one with a port is a machine nearby: those speak
 * plain HTTP far more often than not. */
static gboolean
looks_local (const char *address)
{
  g_autofree char *host = g_strndup (address, strcspn (address, ":/"));

  return address[0] == '[' || strchr (host, '.') == NULL || g_hostname_is_ip_address (host)
         || g_str_has_suffix (host, ".local") || g_str_has_suffix (host, ".lan");
}

static char *
add_scheme (const char *address)
{
  if (strstr (address, "://") != NULL)
    return g_strdup (address);

  return g_strconcat (looks_local (address) ? "http://" : "https://", address, NULL);
}

static void
strip_slashes (char *path)
{
  gsize length = strlen (path);

  while (length > 0 && path[length - 1] == '/')
    path[--length] = '\0';
}

/* People paste the address of a method from a manual as often as the base address. */
static char *
normalise_path (const char *raw, const char *default_path, const char *const *method_paths)
{
  g_autofree char *path = g_strdup (raw);

  strip_slashes (path);
  for (gsize i = 0; method_paths != NULL && method_paths[i] != NULL; i++)
    if (g_str_has_suffix (path, method_paths[i]))
      {
        path[strlen (path) - strlen (method_paths[i])] = '\0';
        strip_slashes (path);
        break;
      }

  return g_strdup (*path != '\0' ? path : default_path);
}

static char *
host_and_port (GUri *uri)
{
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  gboolean v6 = strchr (host, ':') != NULL;
  g_autofree char *name = g_strconcat (v6 ? "[" : "", host, v6 ? "]" : "", NULL);

  if (g_uri_get_port (uri) <= 0)
    return g_steal_pointer (&name);

  return g_strdup_printf ("%s:%d", name, g_uri_get_port (uri));
}

static GUri *
parse_address (const char *address, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (address));
  g_autofree char *full = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) parse_error = NULL;

  if (*trimmed == '\0')
    {
      g_set_error_literal (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST,
                           "No address is given. An address looks like http://localhost:11434 or "
                           "https://api.openai.com/v1.");
      return NULL;
    }

  full = add_scheme (trimmed);
  uri = g_uri_parse (full, G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD, &parse_error);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || strpbrk (g_uri_get_host (uri), " \t\"<>\\^`{|}") != NULL)
    {
      g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST,
                   "“%s” is not an address. An address looks like http://localhost:11434 or "
                   "https://api.openai.com/v1.",
                   trimmed);
      return NULL;
    }

  return g_steal_pointer (&uri);
}

/**
 * rnl_endpoint_new:
 * @address: what a person typed or pasted
 * @default_path: the path when @address has none ("/v1")
 * @method_paths: (nullable) (array zero-terminated=1): endings to cut off ("/chat/completions")
 * @error: return location for an error
 *
 * Reads an address kindly: without a scheme, with slashes at the end, with the path of a method.
 *
 * Errors: `RNL_PROVIDER_ERROR_BAD_REQUEST` when it is not an http or https address, or has a
 * name and password in it.
 *
 * Returns: (transfer full) (nullable): the endpoint
 */
RnlEndpoint *
rnl_endpoint_new (const char *address,
                  const char *default_path,
                  const char *const *method_paths,
                  GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *path = NULL;
  RnlEndpoint *self;

  g_return_val_if_fail (address != NULL, NULL);

  uri = parse_address (address, error);
  if (uri == NULL)
    return NULL;

  if (!g_str_equal (g_uri_get_scheme (uri), "http")
      && !g_str_equal (g_uri_get_scheme (uri), "https"))
    {
      g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST,
                   "The address of a model server begins with http:// or https://, not %s://.",
                   g_uri_get_scheme (uri));
      return NULL;
    }
  if (g_uri_get_userinfo (uri) != NULL)
    {
      /* The address is kept in settings and shown: a secret has no place in it. */
      g_set_error_literal (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST,
                           "The address holds a user name or password. Leave it out and give the "
                           "key in its own field.");
      return NULL;
    }

  path = normalise_path (g_uri_get_path (uri), default_path, method_paths);
  self = g_new0 (RnlEndpoint, 1);
  self->host = host_and_port (uri);
  self->base = g_strconcat (g_uri_get_scheme (uri), "://", self->host, path, NULL);
  self->query = g_strdup (g_uri_get_query (uri));

  return self;
}

/**
 * rnl_endpoint_copy:
 * @self: an endpoint
 *
 * Returns: (transfer full): a copy
 */
RnlEndpoint *
rnl_endpoint_copy (const RnlEndpoint *self)
{
  RnlEndpoint *copy = g_new0 (RnlEndpoint, 1);

  copy->base = g_strdup (self->base);
  copy->host = g_strdup (self->host);
  copy->query = g_strdup (self->query);

  return copy;
}

void
rnl_endpoint_free (RnlEndpoint *self)
{
  g_free (self->base);
  g_free (self->host);
  g_free (self->query);
  g_free (self);
}

/**
 * rnl_endpoint_dup_uri:
 * @self: an endpoint
 * @path: relative to the base, without a slash in front
 *
 * Returns: (transfer full): the whole address of a method
 */
char *
rnl_endpoint_dup_uri (const RnlEndpoint *self, const char *path)
{
  const char *join = strchr (path, '?') != NULL ? "&" : "?";

  return g_strconcat (self->base, "/", path, self->query != NULL ? join : "",
                      self->query != NULL ? self->query : "", NULL);
}

/* rnl-route.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-route.h"

#include <string.h>

#include "rnl-http-session.h"

struct _RnlRoute
{
  grefcount refs;

  /* owned */
  GPtrArray *endpoints;
  GPtrArray *headers; /* NAME, VALUE, NAME, VALUE, ... */
  GPtrArray *secrets; /* ended by NULL */
  SoupSession *session;
  char *key;

  /* borrowed */
  const RnlProtocol *protocol;

  RnlRouteFunc worked;
  gpointer worked_data;
  GDestroyNotify worked_destroy;
};

/* A key is one line; of anything else no header can be made. */
static void
take_key (RnlRoute *self, const char *key)
{
  g_autofree char *line = key != NULL ? g_strstrip (g_strdup (key)) : NULL;

  if (line == NULL || *line == '\0')
    return;
  if (strpbrk (line, "\r\n") != NULL)
    {
      g_message ("The API key has more than one line and is not sent");
      return;
    }
  rnl_route_add_secret (self, line);
  self->key = g_steal_pointer (&line);
}

/**
 * rnl_route_new:
 * @protocol: how it is spoken
 * @endpoint: the first address; copied
 * @key: (nullable): the key; white space around it is no part of it
 *
 * Returns: (transfer full): a route to one address through the usual proxies
 */
RnlRoute *
rnl_route_new (const RnlProtocol *protocol, const RnlEndpoint *endpoint, const char *key)
{
  RnlRoute *self = g_new0 (RnlRoute, 1);

  g_ref_count_init (&self->refs);
  self->protocol = protocol;
  self->endpoints = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_endpoint_free);
  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->secrets = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->secrets, NULL);
  rnl_route_add_endpoint (self, endpoint);
  take_key (self, key);

  return self;
}

/**
 * rnl_route_new_only:
 * @self: a route
 * @index: of one of its addresses
 *
 * Returns: (transfer full): the same route to this address and no other
 */
RnlRoute *
rnl_route_new_only (RnlRoute *self, guint index)
{
  RnlRoute *only = rnl_route_new (self->protocol, rnl_route_get_endpoint (self, index), self->key);

  for (guint i = 0; i + 1 < self->headers->len; i += 2)
    rnl_route_add_header (only, g_ptr_array_index (self->headers, i),
                          g_ptr_array_index (self->headers, i + 1));
  for (guint i = 0; i + 1 < self->secrets->len; i++)
    rnl_route_add_secret (only, g_ptr_array_index (self->secrets, i));
  rnl_route_set_session (only, self->session);

  return only;
}

RnlRoute *
rnl_route_ref (RnlRoute *self)
{
  g_ref_count_inc (&self->refs);

  return self;
}

void
rnl_route_unref (RnlRoute *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;
  if (self->worked_destroy != NULL)
    self->worked_destroy (self->worked_data);
  g_ptr_array_unref (self->endpoints);
  g_ptr_array_unref (self->headers);
  g_ptr_array_unref (self->secrets);
  g_clear_object (&self->session);
  g_free (self->key);
  g_free (self);
}

const RnlProtocol *
rnl_route_get_protocol (RnlRoute *self)
{
  return self->protocol;
}

guint
rnl_route_get_n_endpoints (RnlRoute *self)
{
  return self->endpoints->len;
}

/**
 * rnl_route_get_endpoint:
 * @self: a route
 * @index: less than the number of endpoints; they are to be tried in order
 *
 * Returns: (transfer none): an address
 */
const RnlEndpoint *
rnl_route_get_endpoint (RnlRoute *self, guint index)
{
  g_return_val_if_fail (index < self->endpoints->len, NULL);

  return g_ptr_array_index (self->endpoints, index);
}

/**
 * rnl_route_get_key:
 * @self: a route
 *
 * Returns: (transfer none) (nullable): the key
 */
const char *
rnl_route_get_key (RnlRoute *self)
{
  return self->key;
}

/**
 * rnl_route_get_secrets:
 * @self: a route
 *
 * Returns: (transfer none) (array zero-terminated=1): the key, the values of the person's headers
 *   and the password of the proxy: what no message may tell, see [func@redact_all]
 */
const char *const *
rnl_route_get_secrets (RnlRoute *self)
{
  return (const char *const *) self->secrets->pdata;
}

/* Connections are used again: the session is shared by all that need nothing of their own. */
static SoupSession *
get_shared_session (void)
{
  static SoupSession *session;

  if (session == NULL)
    session = rnl_http_session_new ();

  return session;
}

/**
 * rnl_route_get_session:
 * @self: a route
 *
 * Returns: (transfer none): the session that knows its proxy and whom it trusts
 */
SoupSession *
rnl_route_get_session (RnlRoute *self)
{
  return self->session != NULL ? self->session : get_shared_session ();
}

static void
set_headers (RnlRoute *self, SoupMessageHeaders *headers)
{
  const RnlProtocol *protocol = self->protocol;

  for (gsize i = 0; protocol->headers != NULL && protocol->headers[i].name != NULL; i++)
    soup_message_headers_replace (headers, protocol->headers[i].name, protocol->headers[i].value);
  if (self->key != NULL)
    {
      g_autofree char *value = g_strconcat (protocol->key_prefix, self->key, NULL);

      soup_message_headers_replace (headers, protocol->key_header, value);
    }
  for (guint i = 0; i + 1 < self->headers->len; i += 2)
    soup_message_headers_replace (headers, g_ptr_array_index (self->headers, i),
                                  g_ptr_array_index (self->headers, i + 1));
}

/**
 * rnl_route_new_message:
 * @self: a route
 * @index: which of its addresses
 * @method: "GET", "POST"
 * @path: relative to the address, without a slash in front
 *
 * Returns: (transfer full) (nullable): a message with the protocol's headers, the key and the
 *   person's own headers, which win; `NULL` when that is no address. It follows no redirect: a key
 *   goes to the server it is for and no further
 */
SoupMessage *
rnl_route_new_message (RnlRoute *self, guint index, const char *method, const char *path)
{
  g_autofree char *uri = rnl_endpoint_dup_uri (rnl_route_get_endpoint (self, index), path);
  SoupMessage *message = soup_message_new (method, uri);

  if (message == NULL)
    return NULL;
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  set_headers (self, soup_message_get_request_headers (message));

  return message;
}

/**
 * rnl_route_worked:
 * @self: a route
 * @index: which of its addresses answered
 *
 * Tells whoever made the route, when it was not the first one, so that it is the next time.
 */
void
rnl_route_worked (RnlRoute *self, guint index)
{
  if (index > 0 && self->worked != NULL)
    self->worked (rnl_route_get_endpoint (self, index), self->worked_data);
}

void
rnl_route_add_endpoint (RnlRoute *self, const RnlEndpoint *endpoint)
{
  g_ptr_array_add (self->endpoints, rnl_endpoint_copy (endpoint));
}

/**
 * rnl_route_add_header:
 * @self: a route in the making
 * @name: of a header that was checked
 * @value: its value, a secret
 */
void
rnl_route_add_header (RnlRoute *self, const char *name, const char *value)
{
  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
  rnl_route_add_secret (self, value);
  if (g_ascii_strncasecmp (value, "bearer ", 7) == 0)
    rnl_route_add_secret (self, value + 7);
}

void
rnl_route_add_secret (RnlRoute *self, const char *secret)
{
  g_ptr_array_insert (self->secrets, (gint) self->secrets->len - 1, g_strdup (secret));
}

void
rnl_route_set_session (RnlRoute *self, SoupSession *session)
{
  g_set_object (&self->session, session);
}

void
rnl_route_set_worked_func (RnlRoute *self,
                           RnlRouteFunc func,
                           gpointer user_data,
                           GDestroyNotify destroy)
{
  self->worked = func;
  self->worked_data = user_data;
  self->worked_destroy = destroy;
}

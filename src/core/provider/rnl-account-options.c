/* rnl-account-options.c: what else an account has: more addresses, headers, authorities, a proxy
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-account.h"

#include <string.h>

#include "rnl-account-private.h"
#include "rnl-http-header.h"
#include "rnl-proxy-resolver.h"
#include "rnl-text.h"

/* How it is reached has changed: what was known of that is worth nothing. */
static void
forget_session (RnlAccount *self)
{
  g_clear_object (&self->session);
  g_clear_pointer (&self->session_for, g_free);
  g_clear_pointer (&self->good, g_free);
}

void
rnl_account_options_clear (RnlAccount *self)
{
  forget_session (self);
  g_clear_pointer (&self->addresses, g_strfreev);
  g_clear_pointer (&self->headers, g_strfreev);
  g_clear_pointer (&self->ca_file, g_free);
  g_clear_pointer (&self->proxy, g_free);
}

static const char *const empty[] = { NULL };

/* Returns: whether it is another list; empty entries do not count */
static gboolean
set_list (char ***dest, const char *const *values)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (gsize i = 0; values != NULL && values[i] != NULL; i++)
    if (*values[i] != '\0')
      g_strv_builder_add (builder, values[i]);
  list = g_strv_builder_end (builder);
  if (g_strv_equal (*dest != NULL ? (const char *const *) *dest : empty,
                    (const char *const *) list))
    return FALSE;

  g_strfreev (*dest);
  *dest = g_steal_pointer (&list);

  return TRUE;
}

/**
 * rnl_account_get_addresses:
 * @self: an account
 *
 * Returns: (transfer none) (array zero-terminated=1): further addresses of the same service, in the
 *   order to try them; may be empty
 */
const char *const *
rnl_account_get_addresses (RnlAccount *self)
{
  g_return_val_if_fail (RNL_IS_ACCOUNT (self), NULL);

  return self->addresses != NULL ? (const char *const *) self->addresses : empty;
}

/**
 * rnl_account_set_addresses:
 * @self: an account
 * @addresses: (nullable) (array zero-terminated=1): addresses as the person gave them
 *
 * Says where else the same service is. When there is no connection to one address, the next one is
 * tried, as long as nothing of an answer was told. Key and headers are sent to all of them.
 */
void
rnl_account_set_addresses (RnlAccount *self, const char *const *addresses)
{
  g_return_if_fail (RNL_IS_ACCOUNT (self));

  if (!set_list (&self->addresses, addresses))
    return;
  g_clear_pointer (&self->good, g_free);
  g_object_notify (G_OBJECT (self), "addresses");
}

/**
 * rnl_account_get_headers:
 * @self: an account
 *
 * Returns: (transfer none) (array zero-terminated=1): `NAME: VALUE`, or `NAME:` when the value is
 *   in the secret store; may be empty
 */
const char *const *
rnl_account_get_headers (RnlAccount *self)
{
  g_return_val_if_fail (RNL_IS_ACCOUNT (self), NULL);

  return self->headers != NULL ? (const char *const *) self->headers : empty;
}

/**
 * rnl_account_set_headers:
 * @self: an account
 * @headers: (nullable) (array zero-terminated=1): `NAME: VALUE`; they are sent with every request
 *   and come before those of the protocol
 *
 * What is given here is kept in the settings. [method@Account.store_private_async] keeps values in
 * the secret store.
 */
void
rnl_account_set_headers (RnlAccount *self, const char *const *headers)
{
  g_return_if_fail (RNL_IS_ACCOUNT (self));

  if (set_list (&self->headers, headers))
    g_object_notify (G_OBJECT (self), "headers");
}

/**
 * rnl_account_get_ca_file:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): the file of the authorities it trusts
 */
const char *
rnl_account_get_ca_file (RnlAccount *self)
{
  g_return_val_if_fail (RNL_IS_ACCOUNT (self), NULL);

  return self->ca_file;
}

/**
 * rnl_account_set_ca_file:
 * @self: an account
 * @ca_file: (nullable): path of a file of certificates in PEM format; these are trusted instead of
 *   the system's. `NULL` or empty: those of `SSL_CERT_FILE`, else the system's
 */
void
rnl_account_set_ca_file (RnlAccount *self, const char *ca_file)
{
  g_return_if_fail (RNL_IS_ACCOUNT (self));

  if (!rnl_set_str (&self->ca_file, ca_file != NULL && *ca_file != '\0' ? ca_file : NULL))
    return;
  forget_session (self);
  g_object_notify (G_OBJECT (self), "ca-file");
}

/**
 * rnl_account_get_proxy:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): the proxy as it is in the settings
 */
const char *
rnl_account_get_proxy (RnlAccount *self)
{
  g_return_val_if_fail (RNL_IS_ACCOUNT (self), NULL);

  return self->proxy;
}

/**
 * rnl_account_set_proxy:
 * @self: an account
 * @proxy: (nullable): `http://HOST:PORT`, `socks5://HOST:PORT` or "direct"; `NULL` or empty for
 *   what the environment and the desktop say
 *
 * Says which proxy requests of this account go through. Servers on this machine are always reached
 * directly. A name and password belong into the secret store:
 * [method@Account.store_private_async].
 */
void
rnl_account_set_proxy (RnlAccount *self, const char *proxy)
{
  g_return_if_fail (RNL_IS_ACCOUNT (self));

  if (!rnl_set_str (&self->proxy, proxy != NULL && *proxy != '\0' ? proxy : NULL))
    return;
  forget_session (self);
  g_object_notify (G_OBJECT (self), "proxy");
}

gboolean
rnl_account_options_check (RnlAccount *self, GError **error)
{
  g_autoptr (RnlProxyResolver) resolver = rnl_proxy_resolver_new (self->proxy, error);

  if (resolver == NULL)
    return FALSE;
  for (gsize i = 0; self->headers != NULL && self->headers[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      if (!rnl_http_header_split (self->headers[i], &name, &value, error))
        return FALSE;
    }

  return TRUE;
}

/* Settings. */

static GVariant *
headers_to_variant (char **headers)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  for (gsize i = 0; headers[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      /* What is no header was never sent, and is not worth keeping. */
      if (rnl_http_header_split (headers[i], &name, &value, NULL))
        g_variant_builder_add (&builder, "(ss)", name, value);
    }

  return g_variant_builder_end (&builder);
}

static char **
headers_from_variant (GVariant *variant)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GVariantIter iter;
  const char *name, *value;

  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &value))
    {
      g_autofree char *line = g_strdup_printf (*value != '\0' ? "%s: %s" : "%s:", name, value);

      g_strv_builder_add (builder, line);
    }

  return g_strv_builder_end (builder);
}

GVariant *
rnl_account_options_to_variant (RnlAccount *self)
{
  GVariantDict dict;
  g_autoptr (GVariant) options = NULL;

  g_variant_dict_init (&dict, NULL);
  if (self->addresses != NULL && *self->addresses != NULL)
    g_variant_dict_insert (&dict, "addresses", "^as", self->addresses);
  if (self->headers != NULL && *self->headers != NULL)
    g_variant_dict_insert_value (&dict, "headers", headers_to_variant (self->headers));
  if (self->ca_file != NULL)
    g_variant_dict_insert (&dict, "ca-file", "s", self->ca_file);
  if (self->proxy != NULL)
    g_variant_dict_insert (&dict, "proxy", "s", self->proxy);

  options = g_variant_ref_sink (g_variant_dict_end (&dict));

  return g_variant_n_children (options) > 0 ? g_steal_pointer (&options) : NULL;
}

void
rnl_account_options_from_variant (RnlAccount *self, GVariant *options)
{
  GVariantDict dict;
  g_autofree const char **addresses = NULL;
  g_autoptr (GVariant) pairs = NULL;
  g_auto (GStrv) headers = NULL;
  const char *ca_file = NULL;
  const char *proxy = NULL;

  g_variant_dict_init (&dict, options);
  g_variant_dict_lookup (&dict, "addresses", "^a&s", &addresses);
  g_variant_dict_lookup (&dict, "ca-file", "&s", &ca_file);
  g_variant_dict_lookup (&dict, "proxy", "&s", &proxy);
  pairs = g_variant_dict_lookup_value (&dict, "headers", G_VARIANT_TYPE ("a(ss)"));
  headers = pairs != NULL ? headers_from_variant (pairs) : NULL;

  rnl_account_set_addresses (self, addresses);
  rnl_account_set_headers (self, (const char *const *) headers);
  rnl_account_set_ca_file (self, ca_file);
  rnl_account_set_proxy (self, proxy);
  g_variant_dict_clear (&dict);
}

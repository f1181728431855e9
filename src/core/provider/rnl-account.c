/* rnl-account.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-account.h"

#include "rnl-account-private.h"
#include "rnl-text.h"

/**
 * RnlAccount:
 *
 * A server that a person uses: a protocol, an address, and a key that is kept in the secret store.
 */
enum
{
  PROP_0,
  PROP_ID,
  PROP_TITLE,
  PROP_PROTOCOL,
  PROP_BASE_URL,
  PROP_ADDRESSES,
  PROP_HEADERS,
  PROP_CA_FILE,
  PROP_PROXY,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (RnlAccount, rnl_account, G_TYPE_OBJECT)

static GParamSpec *props[N_PROPS];

static void
rnl_account_dispose (GObject *object)
{
  RnlAccount *self = RNL_ACCOUNT (object);

  g_clear_object (&self->secrets);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rnl_account_parent_class)->dispose (object);
}

static void
rnl_account_finalize (GObject *object)
{
  RnlAccount *self = RNL_ACCOUNT (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->protocol);
  g_free (self->base_url);
  g_free (self->key);
  rnl_account_options_clear (self);

  G_OBJECT_CLASS (rnl_account_parent_class)->finalize (object);
}

static void
rnl_account_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RnlAccount *self = RNL_ACCOUNT (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_PROTOCOL:
      g_value_set_string (value, self->protocol);
      break;
    case PROP_BASE_URL:
      g_value_set_string (value, self->base_url);
      break;
    case PROP_ADDRESSES:
      g_value_set_boxed (value, self->addresses);
      break;
    case PROP_HEADERS:
      g_value_set_boxed (value, self->headers);
      break;
    case PROP_CA_FILE:
      g_value_set_string (value, self->ca_file);
      break;
    case PROP_PROXY:
      g_value_set_string (value, self->proxy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_account_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  RnlAccount *self = RNL_ACCOUNT (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      rnl_account_set_title (self, g_value_get_string (value));
      break;
    case PROP_PROTOCOL:
      rnl_account_set_protocol (self, g_value_get_string (value));
      break;
    case PROP_BASE_URL:
      rnl_account_set_base_url (self, g_value_get_string (value));
      break;
    case PROP_ADDRESSES:
      rnl_account_set_addresses (self, g_value_get_boxed (value));
      break;
    case PROP_HEADERS:
      rnl_account_set_headers (self, g_value_get_boxed (value));
      break;
    case PROP_CA_FILE:
      rnl_account_set_ca_file (self, g_value_get_string (value));
      break;
    case PROP_PROXY:
      rnl_account_set_proxy (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_account_class_init (RnlAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = rnl_account_dispose;
  object_class->finalize = rnl_account_finalize;
  object_class->get_property = rnl_account_get_property;
  object_class->set_property = rnl_account_set_property;

  /**
   * RnlAccount:id:
   *
   * The account’s id, the first part of its models’ names.
   */
  props[PROP_ID]
    = g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * RnlAccount:title:
   *
   * For a person.
   */
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  /**
   * RnlAccount:protocol:
   *
   * The wire protocol’s name, "openai-chat" for example.
   */
  props[PROP_PROTOCOL] = g_param_spec_string ("protocol", NULL, NULL, NULL, flags);
  /**
   * RnlAccount:base-url:
   *
   * The address, as the person gave it.
   */
  props[PROP_BASE_URL] = g_param_spec_string ("base-url", NULL, NULL, NULL, flags);
  /**
   * RnlAccount:addresses:
   *
   * Further addresses of the same service, in the order to try them.
   */
  props[PROP_ADDRESSES] = g_param_spec_boxed ("addresses", NULL, NULL, G_TYPE_STRV, flags);
  /**
   * RnlAccount:headers:
   *
   * Headers of every request, each `NAME: VALUE`; without a value it is in the secret store.
   */
  props[PROP_HEADERS] = g_param_spec_boxed ("headers", NULL, NULL, G_TYPE_STRV, flags);
  /**
   * RnlAccount:ca-file:
   *
   * The file of the authorities that are trusted instead of the system's.
   */
  props[PROP_CA_FILE] = g_param_spec_string ("ca-file", NULL, NULL, NULL, flags);
  /**
   * RnlAccount:proxy:
   *
   * The proxy of this account; "direct" for none, `NULL` for what the environment says.
   */
  props[PROP_PROXY] = g_param_spec_string ("proxy", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_account_init (RnlAccount *self)
{
}

/**
 * rnl_account_new:
 * @id: the first half of `ACCOUNT/MODEL`
 * @title: for a person
 * @protocol: a protocol's name ("openai-chat")
 * @base_url: the address as the person gave it
 * @secrets: (nullable): where its key is kept; the program's store when `NULL`
 *
 * Returns: (transfer full): an account; nothing is checked or stored
 */
RnlAccount *
rnl_account_new (const char *id,
                 const char *title,
                 const char *protocol,
                 const char *base_url,
                 RnlSecretStore *secrets)
{
  RnlAccount *self = g_object_new (RNL_TYPE_ACCOUNT, NULL);

  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->protocol = g_strdup (protocol);
  self->base_url = g_strdup (base_url);
  self->secrets = g_object_ref (secrets != NULL ? secrets : rnl_secret_store_get_default ());

  return self;
}

/**
 * rnl_account_get_id:
 * @self: an account
 *
 * Returns: (transfer none): the first half of `ACCOUNT/MODEL`; it never changes
 */
const char *
rnl_account_get_id (RnlAccount *self)
{
  g_return_val_if_fail (RNL_IS_ACCOUNT (self), NULL);

  return self->id;
}

/**
 * rnl_account_get_title:
 * @self: an account
 *
 * Returns: (transfer none): what a person calls it
 */
const char *
rnl_account_get_title (RnlAccount *self)
{
  g_return_val_if_fail (RNL_IS_ACCOUNT (self), NULL);

  return self->title;
}

/**
 * rnl_account_set_title:
 * @self: an account
 * @title: (nullable): for a person
 *
 * Renames the account; the change is saved by the list it is in.
 */
void
rnl_account_set_title (RnlAccount *self, const char *title)
{
  g_return_if_fail (RNL_IS_ACCOUNT (self));

  if (rnl_set_str (&self->title, title))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}

/**
 * rnl_account_get_protocol:
 * @self: an account
 *
 * Returns: (transfer none): the name of its protocol
 */
const char *
rnl_account_get_protocol (RnlAccount *self)
{
  g_return_val_if_fail (RNL_IS_ACCOUNT (self), NULL);

  return self->protocol;
}

/**
 * rnl_account_set_protocol:
 * @self: an account
 * @protocol: the name of a wire protocol
 *
 * Changes the protocol of what is asked from now on.
 */
void
rnl_account_set_protocol (RnlAccount *self, const char *protocol)
{
  g_return_if_fail (RNL_IS_ACCOUNT (self));

  if (rnl_set_str (&self->protocol, protocol))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROTOCOL]);
}

/**
 * rnl_account_get_base_url:
 * @self: an account
 *
 * Returns: (transfer none): the address, as the person gave it
 */
const char *
rnl_account_get_base_url (RnlAccount *self)
{
  g_return_val_if_fail (RNL_IS_ACCOUNT (self), NULL);

  return self->base_url;
}

/**
 * rnl_account_set_base_url:
 * @self: an account
 * @base_url: the address as the person gave it
 *
 * A stored key stays with the address it was stored for: after a change of address the key has to
 * be given again.
 */
void
rnl_account_set_base_url (RnlAccount *self, const char *base_url)
{
  g_return_if_fail (RNL_IS_ACCOUNT (self));

  if (!rnl_set_str (&self->base_url, base_url))
    return;

  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->good, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BASE_URL]);
}

static RnlEndpoint *
make_endpoint (const RnlProtocol *protocol, const char *address, GError **error)
{
  return rnl_endpoint_new (address != NULL ? address : "", protocol->default_path,
                           protocol->method_paths, error);
}

RnlEndpoint *
rnl_account_make_endpoint (RnlAccount *self, const RnlProtocol **protocol, GError **error)
{
  *protocol = rnl_protocol_find (self->protocol, error);

  return *protocol != NULL ? make_endpoint (*protocol, self->base_url, error) : NULL;
}

/* All of them, in the order the person gave. */
GPtrArray *
rnl_account_make_endpoints (RnlAccount *self, const RnlProtocol **protocol, GError **error)
{
  g_autoptr (GPtrArray) endpoints
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_endpoint_free);
  RnlEndpoint *endpoint = rnl_account_make_endpoint (self, protocol, error);

  if (endpoint == NULL)
    return NULL;
  g_ptr_array_add (endpoints, endpoint);
  for (gsize i = 0; self->addresses != NULL && self->addresses[i] != NULL; i++)
    {
      endpoint = make_endpoint (*protocol, self->addresses[i], error);
      if (endpoint == NULL)
        return NULL;
      g_ptr_array_add (endpoints, endpoint);
    }

  return g_steal_pointer (&endpoints);
}

/**
 * rnl_account_check:
 * @self: an account
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR_BAD_REQUEST`.
 *
 * Returns: whether its protocol is known and its addresses, headers and proxy can be such, without
 *   asking anybody
 */
gboolean
rnl_account_check (RnlAccount *self, GError **error)
{
  g_autoptr (GPtrArray) endpoints = NULL;
  const RnlProtocol *protocol;

  g_return_val_if_fail (RNL_IS_ACCOUNT (self), FALSE);

  endpoints = rnl_account_make_endpoints (self, &protocol, error);

  return endpoints != NULL && rnl_account_options_check (self, error);
}

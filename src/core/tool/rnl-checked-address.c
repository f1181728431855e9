/* rnl-checked-address.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-checked-address.h"

#include <string.h>

#include "rnl-tool.h"

typedef struct
{
  guint8 prefix[16];
  guint bits;
} Range;

/* Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries (2024). Cloud metadata services
 * live in 169.254.0.0/16, 100.64.0.0/10 and fd00::/8. */
static const Range not_public_ipv4[] = {
  { { 0 }, 8 },
  { { 10 }, 8 },
  { { 100, 64 }, 10 },
  { { 127 }, 8 },
  { { 169, 254 }, 16 },
  { { 172, 16 }, 12 },
  { { 192, 0, 0 }, 24 },
  { { 192, 0, 2 }, 24 },
  { { 192, 88, 99 }, 24 },
  { { 192, 168 }, 16 },
  { { 198, 18 }, 15 },
  { { 198, 51, 100 }, 24 },
  { { 203, 0, 113 }, 24 },
  { { 224 }, 4 },
  { { 240 }, 4 },
};

/* Of IPv6 only 2000::/3 is given out; these parts of it are not the open internet. */
static const Range given_out_ipv6 = { { 0x20 }, 3 };
static const Range not_public_ipv6[] = {
  { { 0x20, 0x01, 0x00 }, 23 },       /* Teredo and other protocol assignments */
  { { 0x20, 0x01, 0x0d, 0xb8 }, 32 }, /* documentation */
  { { 0x3f, 0xff, 0x00 }, 20 },       /* documentation */
};

/* IPv6 addresses that are a way of writing an IPv4 address, and where in them it stands. */
static const struct
{
  Range range;
  guint offset;
} holds_ipv4[] = {
  { { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff }, 96 }, 12 },
  { { { 0x00, 0x64, 0xff, 0x9b }, 96 }, 12 },
  { { { 0x20, 0x02 }, 16 }, 2 },
};

static gboolean
is_in (const guint8 *bytes, const Range *range)
{
  guint whole = range->bits / 8;
  guint8 mask = (guint8) (0xff << (8 - range->bits % 8));

  if (memcmp (bytes, range->prefix, whole) != 0)
    return FALSE;

  return range->bits % 8 == 0 || (bytes[whole] & mask) == (range->prefix[whole] & mask);
}

static gboolean
is_public_ipv4 (const guint8 *bytes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (not_public_ipv4); i++)
    if (is_in (bytes, &not_public_ipv4[i]))
      return FALSE;

  return TRUE;
}

static gboolean
is_public_ipv6 (const guint8 *bytes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (holds_ipv4); i++)
    if (is_in (bytes, &holds_ipv4[i].range))
      return is_public_ipv4 (bytes + holds_ipv4[i].offset);
  for (gsize i = 0; i < G_N_ELEMENTS (not_public_ipv6); i++)
    if (is_in (bytes, &not_public_ipv6[i]))
      return FALSE;

  return is_in (bytes, &given_out_ipv6);
}

/**
 * rnl_inet_address_is_public:
 * @address: an address
 *
 * Returns: whether it is on the open internet: not this machine, not a private, link-local, carrier
 *   or documentation network, not multicast, not any of these written as IPv6
 */
gboolean
rnl_inet_address_is_public (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4 ? is_public_ipv4 (bytes)
                                                                     : is_public_ipv6 (bytes);
}

/**
 * rnl_socket_address_is_public:
 * @address: an address
 * @user_data: not used
 *
 * Returns: [func@Runnel.inet_address_is_public] as a check for
 *   [class@Runnel.CheckedAddress]
 */
gboolean
rnl_socket_address_is_public (GInetSocketAddress *address, gpointer user_data)
{
  return rnl_inet_address_is_public (g_inet_socket_address_get_address (address));
}

/**
 * RnlCheckedAddress:
 *
 * A host and port whose addresses are looked at between the resolver and the socket: what was
 * checked is what is connected to, so a name that answers differently the second time gains
 * nothing. It is a [class@Gio.NetworkAddress] to everybody else, above all to TLS, which goes on
 * checking the certificate against the host's name.
 */
struct _RnlCheckedAddress
{
  GNetworkAddress parent_instance;

  RnlAddressCheck check;
  gpointer user_data;
};

/* The enumerator: asks the one of GNetworkAddress, and looks at every answer before a socket sees
 * it. */

#define RNL_TYPE_CHECKED_ENUMERATOR (rnl_checked_enumerator_get_type ())
G_DECLARE_FINAL_TYPE (
  RnlCheckedEnumerator, rnl_checked_enumerator, RNL, CHECKED_ENUMERATOR, GSocketAddressEnumerator)

struct _RnlCheckedEnumerator
{
  GSocketAddressEnumerator parent_instance;

  /* owned */
  GSocketAddressEnumerator *inner;
  RnlCheckedAddress *address;
};

G_DEFINE_FINAL_TYPE (RnlCheckedEnumerator, rnl_checked_enumerator, G_TYPE_SOCKET_ADDRESS_ENUMERATOR)

/* Takes over ADDRESS. */
static GSocketAddress *
check_address (RnlCheckedEnumerator *self, GSocketAddress *address, GError **error)
{
  if (address == NULL)
    return NULL;
  if (G_IS_INET_SOCKET_ADDRESS (address)
      && self->address->check (G_INET_SOCKET_ADDRESS (address), self->address->user_data))
    return address;

  g_object_unref (address);
  g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_NOT_ALLOWED,
               "“%s” is on this computer or on a private network, which tools may not reach. The "
               "person can allow it in Preferences, under Tools.",
               g_network_address_get_hostname (G_NETWORK_ADDRESS (self->address)));

  return NULL;
}

static GSocketAddress *
rnl_checked_enumerator_next (GSocketAddressEnumerator *enumerator,
                             GCancellable *cancellable,
                             GError **error)
{
  RnlCheckedEnumerator *self = RNL_CHECKED_ENUMERATOR (enumerator);

  return check_address (self, g_socket_address_enumerator_next (self->inner, cancellable, error),
                        error);
}

static void
next_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GSocketAddress *address;

  address = g_socket_address_enumerator_next_finish (G_SOCKET_ADDRESS_ENUMERATOR (source), result,
                                                     &error);
  if (error == NULL)
    address = check_address (g_task_get_source_object (task), address, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, address, g_object_unref);
}

static void
rnl_checked_enumerator_next_async (GSocketAddressEnumerator *enumerator,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  RnlCheckedEnumerator *self = RNL_CHECKED_ENUMERATOR (enumerator);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, rnl_checked_enumerator_next_async);
  g_socket_address_enumerator_next_async (self->inner, cancellable, next_cb, task);
}

static GSocketAddress *
rnl_checked_enumerator_next_finish (GSocketAddressEnumerator *enumerator,
                                    GAsyncResult *result,
                                    GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
rnl_checked_enumerator_finalize (GObject *object)
{
  RnlCheckedEnumerator *self = RNL_CHECKED_ENUMERATOR (object);

  g_clear_object (&self->inner);
  g_clear_object (&self->address);

  G_OBJECT_CLASS (rnl_checked_enumerator_parent_class)->finalize (object);
}

static void
rnl_checked_enumerator_class_init (RnlCheckedEnumeratorClass *klass)
{
  GSocketAddressEnumeratorClass *enumerator_class = G_SOCKET_ADDRESS_ENUMERATOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rnl_checked_enumerator_finalize;
  enumerator_class->next = rnl_checked_enumerator_next;
  enumerator_class->next_async = rnl_checked_enumerator_next_async;
  enumerator_class->next_finish = rnl_checked_enumerator_next_finish;
}

static void
rnl_checked_enumerator_init (RnlCheckedEnumerator *self)
{
}

static GSocketConnectableIface *parent_connectable;

static GSocketAddressEnumerator *
rnl_checked_address_enumerate (GSocketConnectable *connectable)
{
  RnlCheckedEnumerator *self = g_object_new (RNL_TYPE_CHECKED_ENUMERATOR, NULL);

  self->inner = parent_connectable->enumerate (connectable);
  self->address = g_object_ref (RNL_CHECKED_ADDRESS (connectable));

  return G_SOCKET_ADDRESS_ENUMERATOR (self);
}

static void
rnl_checked_address_connectable_init (GSocketConnectableIface *iface)
{
  parent_connectable = g_type_interface_peek_parent (iface);
  iface->enumerate = rnl_checked_address_enumerate;
  /* No way round through a proxy, which would resolve the name itself. */
  iface->proxy_enumerate = rnl_checked_address_enumerate;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlCheckedAddress,
                               rnl_checked_address,
                               G_TYPE_NETWORK_ADDRESS,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SOCKET_CONNECTABLE,
                                                      rnl_checked_address_connectable_init))

static void
rnl_checked_address_class_init (RnlCheckedAddressClass *klass)
{
}

static void
rnl_checked_address_init (RnlCheckedAddress *self)
{
}

/**
 * rnl_checked_address_new:
 * @host: a name or an address
 * @port: a port
 * @check: says which addresses are good; runs on the thread that enumerates
 * @user_data: for @check; outlives the address
 *
 * Returns: (transfer full): where to connect to. Enumerating it fails with
 *   `RNL_TOOL_ERROR_NOT_ALLOWED` at the first address that is not good
 */
GSocketConnectable *
rnl_checked_address_new (const char *host, guint16 port, RnlAddressCheck check, gpointer user_data)
{
  RnlCheckedAddress *self
    = g_object_new (RNL_TYPE_CHECKED_ADDRESS, "hostname", host, "port", (guint) port, NULL);

  self->check = check;
  self->user_data = user_data;

  return G_SOCKET_CONNECTABLE (self);
}

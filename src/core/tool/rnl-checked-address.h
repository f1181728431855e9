/* rnl-checked-address.h: a host of which every address is looked at before a socket connects
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RnlAddressCheck:
 * @address: what a name turned out to be
 * @user_data: as given with the function
 *
 * Returns: whether a socket may connect to it
 */
typedef gboolean (*RnlAddressCheck) (GInetSocketAddress *address, gpointer user_data);

gboolean rnl_inet_address_is_public (GInetAddress *address);
gboolean rnl_socket_address_is_public (GInetSocketAddress *address, gpointer user_data);

#define RNL_TYPE_CHECKED_ADDRESS (rnl_checked_address_get_type ())
G_DECLARE_FINAL_TYPE (RnlCheckedAddress, rnl_checked_address, RNL, CHECKED_ADDRESS, GNetworkAddress)

GSocketConnectable *
rnl_checked_address_new (const char *host, guint16 port, RnlAddressCheck check, gpointer user_data);

G_END_DECLS

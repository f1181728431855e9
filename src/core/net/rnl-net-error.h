/* rnl-net-error.h: what a push parser of the wire cannot go on with
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RnlNetError:
 * @RNL_NET_ERROR_TOO_LARGE: an event or a line is longer than the bound
 *
 * Errors of the parsers. Those of the connection are `RNL_PROVIDER_ERROR`s: they are for people.
 */
typedef enum
{
  RNL_NET_ERROR_TOO_LARGE,
} RnlNetError;

#define RNL_NET_ERROR (rnl_net_error_quark ())
GQuark rnl_net_error_quark (void);

G_END_DECLS

/* rnl-bus-error.h: what other programs are told when they may not, or cannot, ask
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RnlBusError:
 * @RNL_BUS_ERROR_NOT_ALLOWED: the person, or a setting of theirs, said no; asking again is useless
 * @RNL_BUS_ERROR_BUSY: too many at a time or too often; later it may work
 * @RNL_BUS_ERROR_NO_PROVIDER: the model that should answer cannot be used
 * @RNL_BUS_ERROR_INVALID_OPTIONS: an option has a wrong type or a wrong value
 * @RNL_BUS_ERROR_TOO_LARGE: the prompt, or an attachment, is over its limit
 *
 * On the bus: `io.github.runnel_chat.Runnel.Agent1.Error.NotAllowed` and so on.
 */
typedef enum
{
  RNL_BUS_ERROR_NOT_ALLOWED,
  RNL_BUS_ERROR_BUSY,
  RNL_BUS_ERROR_NO_PROVIDER,
  RNL_BUS_ERROR_INVALID_OPTIONS,
  RNL_BUS_ERROR_TOO_LARGE,
} RnlBusError;

#define RNL_BUS_ERROR (rnl_bus_error_quark ())
GQuark rnl_bus_error_quark (void);

char *rnl_bus_error_dup_code (const GError *error);

G_END_DECLS

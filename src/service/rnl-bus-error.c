/* rnl-bus-error.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-bus-error.h"

#include "rnl-provider-error.h"

#define PREFIX RNL_APP_ID ".Agent1.Error."

static const GDBusErrorEntry entries[] = {
  { RNL_BUS_ERROR_NOT_ALLOWED, PREFIX "NotAllowed" },
  { RNL_BUS_ERROR_BUSY, PREFIX "Busy" },
  { RNL_BUS_ERROR_NO_PROVIDER, PREFIX "NoProvider" },
  { RNL_BUS_ERROR_INVALID_OPTIONS, PREFIX "InvalidOptions" },
  { RNL_BUS_ERROR_TOO_LARGE, PREFIX "TooLarge" },
};

GQuark
rnl_bus_error_quark (void)
{
  static gsize quark;

  g_dbus_error_register_error_domain ("rnl-bus-error-quark", &quark, entries,
                                      G_N_ELEMENTS (entries));

  return (GQuark) quark;
}

/**
 * rnl_bus_error_dup_code:
 * @error: why a request ended
 *
 * Returns: (transfer full): the word a program can compare: an error name of the bus for
 *   `RNL_BUS_ERROR`, `timed-out` for `G_IO_ERROR_TIMED_OUT`, the nick of a provider's error, else
 *   `failed`
 */
char *
rnl_bus_error_dup_code (const GError *error)
{
  if (error->domain == RNL_BUS_ERROR)
    return g_dbus_error_encode_gerror (error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_strdup ("timed-out");
  if (error->domain == RNL_PROVIDER_ERROR)
    return g_strdup (rnl_provider_error_nick (error));

  return g_strdup ("failed");
}

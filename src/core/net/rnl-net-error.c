/* rnl-net-error.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-net-error.h"

G_DEFINE_QUARK (rnl_net_error, rnl_net_error)

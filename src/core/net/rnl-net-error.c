/* rnl-net-error.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-net-error.h"

G_DEFINE_QUARK (rnl - net - error - quark, rnl_net_error)

/* rnl-json-error.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-error.h"

G_DEFINE_QUARK (rnl - json - error - quark, rnl_json_error)

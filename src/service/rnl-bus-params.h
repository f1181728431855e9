/* rnl-bus-params.h: what a program wants of the model
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-run-config.h"

G_BEGIN_DECLS

RnlRunConfig *rnl_bus_params_parse (GVariant *options, GError **error);

G_END_DECLS

/* rnl-cli-models-near.h: whether there is such a model, and which are like it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-cli.h"
#include "rnl-model-info.h"

G_BEGIN_DECLS

gboolean rnl_cli_models_check (
  const char *base_url, const char *protocol, const char *id, RnlModelInfo *info, GError **error);

G_END_DECLS

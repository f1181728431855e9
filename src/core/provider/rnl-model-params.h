/* rnl-model-params.h: which parameters reach a model
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat-model.h"
#include "rnl-protocol.h"

G_BEGIN_DECLS

RnlModelParams
rnl_model_params_find (const RnlProtocol *protocol, const RnlEndpoint *endpoint, const char *model);

G_END_DECLS

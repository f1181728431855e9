/* rnl-cli-attach.h: the question with what comes along
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-cli-ask-options.h"
#include "rnl-message.h"

G_BEGIN_DECLS

RnlMessage *rnl_cli_attach_make_question (const RnlAskOptions *options, GError **error);

G_END_DECLS

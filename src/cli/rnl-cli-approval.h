/* rnl-cli-approval.h: asks the person at the terminal
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-agent-run.h"

G_BEGIN_DECLS

void rnl_cli_approval_needed_cb (RnlAgentRun *run, RnlPart *call, gpointer user_data);

G_END_DECLS

/* rnl-acp-updates.h: a turn, told in the words of the Agent Client Protocol
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-agent-run.h"
#include "rnl-event-pipe.h"

G_BEGIN_DECLS

#define RNL_TYPE_ACP_UPDATES (rnl_acp_updates_get_type ())
G_DECLARE_FINAL_TYPE (RnlAcpUpdates, rnl_acp_updates, RNL, ACP_UPDATES, GObject)

RnlAcpUpdates *rnl_acp_updates_new (RnlAgentRun *run, RnlEventPipe *pipe);
const char *rnl_acp_stop_reason (RnlMessage *message);

G_END_DECLS

/* rnl-program-host.h: the windows and chats behind the agent on the bus
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-bus-host.h"
#include "rnl-workspace.h"

G_BEGIN_DECLS

#define RNL_TYPE_PROGRAM_HOST (rnl_program_host_get_type ())
G_DECLARE_FINAL_TYPE (RnlProgramHost, rnl_program_host, RNL, PROGRAM_HOST, GObject)

RnlProgramHost *rnl_program_host_new (GtkApplication *application);
void rnl_program_host_set_workspace (RnlProgramHost *self, RnlWorkspace *workspace);
void rnl_program_host_open (RnlProgramHost *self);

gboolean rnl_program_host_take_turn (RnlConversation *conversation);

G_END_DECLS

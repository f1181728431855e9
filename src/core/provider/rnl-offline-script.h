/* rnl-offline-script.h: a model that plays what a file says
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat-model.h"

G_BEGIN_DECLS

#define RNL_TYPE_OFFLINE_SCRIPT (rnl_offline_script_get_type ())
G_DECLARE_FINAL_TYPE (RnlOfflineScript, rnl_offline_script, RNL, OFFLINE_SCRIPT, GObject)

RnlChatModel *rnl_offline_script_new_from_file (const char *path, GError **error);
RnlChatModel *rnl_offline_script_new_from_data (const char *data, gssize length, GError **error);

guint rnl_offline_script_get_pace (RnlOfflineScript *self);
void rnl_offline_script_set_pace (RnlOfflineScript *self, guint pace_ms);

G_END_DECLS

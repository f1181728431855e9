/* rnl-offline-helper.h: a model of rules, on this computer, for a machine that has no other
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat-model.h"

G_BEGIN_DECLS

/**
 * RNL_OFFLINE_PACE_ENV:
 *
 * The environment variable that sets the pace of every offline model: milliseconds between tokens.
 */
#define RNL_OFFLINE_PACE_ENV "RUNNEL_OFFLINE_PACE"

#define RNL_TYPE_OFFLINE_HELPER (rnl_offline_helper_get_type ())
G_DECLARE_FINAL_TYPE (RnlOfflineHelper, rnl_offline_helper, RNL, OFFLINE_HELPER, GObject)

RnlChatModel *rnl_offline_helper_new (void);

guint rnl_offline_helper_get_pace (RnlOfflineHelper *self);
void rnl_offline_helper_set_pace (RnlOfflineHelper *self, guint pace_ms);

const char *const *rnl_offline_helper_get_examples (void);

G_END_DECLS

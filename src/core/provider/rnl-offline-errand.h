/* rnl-offline-errand.h: one tool, asked once
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-offline-answer.h"
#include "rnl-offline-turn.h"

G_BEGIN_DECLS

const char *rnl_offline_errand (RnlOfflineTurn *turn,
                                RnlOfflineAnswer *answer,
                                const char *tool,
                                const char *name,
                                const char *value);
const char *rnl_offline_errand_json (RnlOfflineTurn *turn,
                                     RnlOfflineAnswer *answer,
                                     const char *tool,
                                     const char *arguments);

char *rnl_offline_match (const char *text, const char *pattern, gint group);

G_END_DECLS

/* rnl-offline-script-ops.h: the chunks of a script, checked and ready to play
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-offline-player.h"

G_BEGIN_DECLS

#define RNL_OFFLINE_SCRIPT_MAX_NESTING 8

/**
 * RnlOfflineOp:
 * @move: what the player does
 * @chunk: (nullable): for `RNL_OFFLINE_CHUNK`: our own
 * @wait_ms: for `RNL_OFFLINE_WAIT`
 * @error: (nullable): for `RNL_OFFLINE_FAIL`
 * @times: how often @body is played, for a repeat (which has no move of its own)
 * @body: (nullable) (element-type RnlOfflineOp): what is repeated
 */
typedef struct _RnlOfflineOp RnlOfflineOp;
struct _RnlOfflineOp
{
  RnlOfflineMove move;
  RnlChunk *chunk;
  guint wait_ms;
  GError *error;
  guint64 times;
  GPtrArray *body;
};

GPtrArray *rnl_offline_ops_parse (JsonNode *chunks, const char *place, GError **error);
void rnl_offline_ops_end (GPtrArray *ops);
RnlOfflineReel *rnl_offline_ops_play (GPtrArray *ops, const char *id, const char *model);

void rnl_offline_script_error (GError **error, const char *place, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

G_END_DECLS

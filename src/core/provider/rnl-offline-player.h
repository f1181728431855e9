/* rnl-offline-player.h: hands chunks out at a pace, from the main loop
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-chunk.h"
#include "rnl-gate.h"

G_BEGIN_DECLS

/**
 * RnlOfflineMove:
 * @RNL_OFFLINE_CHUNK: `chunk` is next; with `paced` the player rests a token's time after it
 * @RNL_OFFLINE_WAIT: nothing for `wait_ms`
 * @RNL_OFFLINE_HANG: nothing any more: only cancelling ends it
 * @RNL_OFFLINE_END: that was all
 * @RNL_OFFLINE_FAIL: it ends with `error`
 */
typedef enum
{
  RNL_OFFLINE_CHUNK,
  RNL_OFFLINE_WAIT,
  RNL_OFFLINE_HANG,
  RNL_OFFLINE_END,
  RNL_OFFLINE_FAIL,
} RnlOfflineMove;

/**
 * RnlOfflineStep:
 * @chunk: lent until the next step is asked for
 * @paced: whether the chunk takes a token's time
 * @wait_ms: for `RNL_OFFLINE_WAIT`
 * @error: (transfer full): for `RNL_OFFLINE_FAIL`
 */
typedef struct
{
  RnlChunk chunk;
  gboolean paced;
  guint wait_ms;
  GError *error;
} RnlOfflineStep;

/**
 * RnlOfflineReel:
 * @next: says what comes next; the step is zeroed before
 * @free: frees the reel
 *
 * What a player plays: the first member of a structure of its own.
 */
typedef struct _RnlOfflineReel RnlOfflineReel;
struct _RnlOfflineReel
{
  RnlOfflineMove (*next) (RnlOfflineReel *self, RnlOfflineStep *step);
  void (*free) (RnlOfflineReel *self);
};

void rnl_offline_play_async (gpointer source,
                             RnlOfflineReel *reel,
                             guint pace_ms,
                             RnlGate *gate,
                             RnlChunkFunc on_chunk,
                             gpointer chunk_data,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean rnl_offline_play_finish (gpointer source, GAsyncResult *result, GError **error);

guint rnl_offline_default_pace (void);

G_END_DECLS

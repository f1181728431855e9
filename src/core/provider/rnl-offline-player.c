/* rnl-offline-player.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-offline-player.h"

#include "rnl-offline-helper.h"

/* One turn of the main loop plays for at most this long. */
#define SLICE_US 2000
#define REST_US  2000
/* After a stall of the main loop this much is caught up at once, the rest is forgotten. */
#define MAX_LAG_US      100000
#define DEFAULT_PACE_MS 18
#define MAX_PACE_MS     10000

/**
 * Player:
 * @due: when the next chunk may go, monotonic microseconds
 *
 * A source whose ready time is the time of the next chunk.
 */
typedef struct
{
  GSource source;

  /* owned */
  GTask *task;
  RnlOfflineReel *reel;
  RnlGate *gate;

  /* borrowed until the callback */
  RnlChunkFunc on_chunk;
  gpointer chunk_data;

  /* sources and handlers */
  gulong gate_id;

  gint64 pace_us;
  gint64 due;
} Player;

static gboolean
play_step (Player *player, GTask *task)
{
  RnlOfflineStep step = { 0 };

  switch (player->reel->next (player->reel, &step))
    {
    case RNL_OFFLINE_CHUNK:
      if (step.paced)
        player->due += player->pace_us;
      player->on_chunk (&step.chunk, player->chunk_data);
      return G_SOURCE_CONTINUE;

    case RNL_OFFLINE_WAIT:
      player->due = g_get_monotonic_time () + (gint64) step.wait_ms * 1000;
      return G_SOURCE_CONTINUE;

    case RNL_OFFLINE_HANG:
      player->due = G_MAXINT64;
      return G_SOURCE_CONTINUE;

    case RNL_OFFLINE_FAIL:
      g_task_return_error (task, g_steal_pointer (&step.error));
      return G_SOURCE_REMOVE;

    case RNL_OFFLINE_END:
    default:
      g_task_return_boolean (task, TRUE);
      return G_SOURCE_REMOVE;
    }
}

static gboolean
player_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  Player *player = (Player *) source;
  g_autoptr (GTask) task = g_object_ref (player->task);
  gint64 slice_end = g_get_monotonic_time () + SLICE_US;

  for (;;)
    {
      gint64 now;

      if (g_task_return_error_if_cancelled (task))
        return G_SOURCE_REMOVE;
      if (player->gate != NULL && !rnl_gate_is_open (player->gate))
        {
          g_source_set_ready_time (source, -1);
          return G_SOURCE_CONTINUE;
        }

      now = g_get_monotonic_time ();
      if (player->due > now || now >= slice_end)
        {
          gint64 next = now >= slice_end ? MAX (player->due, now + REST_US) : player->due;

          g_source_set_ready_time (source, player->due == G_MAXINT64 ? -1 : next);
          return G_SOURCE_CONTINUE;
        }

      player->due = MAX (player->due, now - MAX_LAG_US);
      if (play_step (player, task) == G_SOURCE_REMOVE)
        return G_SOURCE_REMOVE;
    }
}

static void
player_finalize (GSource *source)
{
  Player *player = (Player *) source;

  g_clear_signal_handler (&player->gate_id, player->gate);
  g_clear_object (&player->gate);
  player->reel->free (player->reel);
  g_object_unref (player->task);
}

static GSourceFuncs player_funcs = { NULL, NULL, player_dispatch, player_finalize, NULL, NULL };

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  return G_SOURCE_CONTINUE; /* only wakes the player, which looks for itself */
}

static void
notify_open_cb (RnlGate *gate, GParamSpec *pspec, Player *player)
{
  if (rnl_gate_is_open (gate))
    g_source_set_ready_time (&player->source, 0);
}

/**
 * rnl_offline_play_async:
 * @source: (type GObject): on whose behalf
 * @reel: (transfer full): what to play
 * @pace_ms: how long a token takes in milliseconds, 0 for as fast as the main loop turns
 * @gate: (nullable): while it is shut nothing is played
 * @on_chunk: (scope notified) (closure chunk_data): called for each chunk until the callback
 * @chunk_data: for @on_chunk
 * @cancellable: (nullable): stops it before the next chunk
 * @callback: (scope async): called once, later than this call returns
 * @user_data: for @callback
 *
 * Plays never longer than two milliseconds in one turn of the main loop (but for what @on_chunk
 * itself takes), and rests as long then: drawing gets its turn, and a spinner that redraws without
 * a pause does not keep the answer back.
 */
void
rnl_offline_play_async (gpointer source,
                        RnlOfflineReel *reel,
                        guint pace_ms,
                        RnlGate *gate,
                        RnlChunkFunc on_chunk,
                        gpointer chunk_data,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GSource) player_source = g_source_new (&player_funcs, sizeof (Player));
  Player *player = (Player *) player_source;

  player->task = g_task_new (source, cancellable, callback, user_data);
  g_task_set_source_tag (player->task, rnl_offline_play_async);
  /* A whole answer stays whole even when it is cancelled after its last chunk. */
  g_task_set_check_cancellable (player->task, FALSE);
  player->reel = reel;
  player->on_chunk = on_chunk;
  player->chunk_data = chunk_data;
  player->pace_us = (gint64) MIN (pace_ms, MAX_PACE_MS) * 1000;
  player->due = g_get_monotonic_time ();

  if (gate != NULL)
    {
      player->gate = g_object_ref (gate);
      player->gate_id
        = g_signal_connect (gate, "notify::open", G_CALLBACK (notify_open_cb), player);
    }
  if (cancellable != NULL)
    {
      g_autoptr (GSource) cancelled = g_cancellable_source_new (cancellable);

      g_source_set_callback (cancelled, G_SOURCE_FUNC (cancelled_cb), NULL, NULL);
      g_source_add_child_source (player_source, cancelled);
    }
  g_source_set_static_name (player_source, "[runnel] offline player");
  g_source_set_priority (player_source, G_PRIORITY_DEFAULT);
  g_source_set_ready_time (player_source, 0);
  g_source_attach (player_source, g_task_get_context (player->task));
}

/**
 * rnl_offline_play_finish:
 * @source: (type GObject): as given to the call
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED`, or the reel's own.
 *
 * Returns: whether the reel played to its end
 */
gboolean
rnl_offline_play_finish (gpointer source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * rnl_offline_default_pace:
 *
 * Returns: milliseconds per token: `RUNNEL_OFFLINE_PACE`, else 18
 */
guint
rnl_offline_default_pace (void)
{
  const char *value = g_getenv (RNL_OFFLINE_PACE_ENV);
  guint64 pace;

  if (value == NULL || !g_ascii_string_to_unsigned (value, 10, 0, MAX_PACE_MS, &pace, NULL))
    return DEFAULT_PACE_MS;

  return (guint) pace;
}

/* rnl-pull-progress.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-pull-progress.h"

#include <string.h>

#include "rnl-json-members.h"
#include "rnl-text.h"

/* What the rate is taken over, and what it takes to say one. */
#define RATE_WINDOW_US  (5 * G_USEC_PER_SEC)
#define RATE_MINIMUM_US (G_USEC_PER_SEC / 2)

/* No number of a server gets near an overflow, however many layers there are. */
#define MAX_BYTES ((gint64) 1 << 50)

#define MAX_DIGEST 256

typedef struct
{
  gint64 completed;
  gint64 total;
  guint attempt; /* the last one that named it */
} Layer;

/* How much had come by when. */
typedef struct
{
  gint64 time;
  gint64 received;
} Sample;

struct _RnlPullProgress
{
  GHashTable *layers; /* digest -> Layer */
  GArray *samples;    /* Sample, the oldest first */
  char *status;
  RnlPullPhase phase;
  gint64 completed;
  gint64 total;
  gint64 received; /* in this attempt; what was there already is not */
  double fraction;
  guint attempt;
};

/**
 * rnl_pull_progress_new:
 *
 * Makes the sum of what a server says while it fetches a model in layers. It only ever grows,
 * through any number of attempts: a layer that is known is not forgotten by a new one.
 *
 * Returns: (transfer full): nothing so far
 */
RnlPullProgress *
rnl_pull_progress_new (void)
{
  RnlPullProgress *self = g_new0 (RnlPullProgress, 1);

  self->layers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  rnl_pull_progress_restart (self);

  return self;
}

void
rnl_pull_progress_free (RnlPullProgress *self)
{
  g_hash_table_unref (self->layers);
  g_array_unref (self->samples);
  g_free (self->status);
  g_free (self);
}

/**
 * rnl_pull_progress_restart:
 * @self: a sum
 *
 * A new attempt begins. What has come stays; how fast it came is forgotten.
 */
void
rnl_pull_progress_restart (RnlPullProgress *self)
{
  self->attempt++;
  self->phase = RNL_PULL_ASKING;
  self->received = 0;
  g_array_set_size (self->samples, 0);
  g_clear_pointer (&self->status, g_free);
}

static Layer *
find_layer (RnlPullProgress *self, const char *digest)
{
  Layer *layer = g_hash_table_lookup (self->layers, digest);

  if (layer == NULL && g_hash_table_size (self->layers) < RNL_PULL_PROGRESS_MAX_LAYERS)
    {
      layer = g_new0 (Layer, 1);
      g_hash_table_insert (self->layers, g_strdup (digest), layer);
    }

  return layer;
}

/* A server that starts a part of a layer again counts backwards; we do not. */
static void
take_layer (RnlPullProgress *self, Layer *layer, gint64 total, gint64 completed)
{
  gint64 grown;

  total = MAX (layer->total, CLAMP (total, 0, MAX_BYTES));
  completed = MAX (layer->completed, CLAMP (completed, 0, total));
  grown = completed - layer->completed;
  /* What a layer begins with was there before. */
  if (layer->attempt == self->attempt)
    self->received += grown;
  self->total += total - layer->total;
  self->completed += grown;
  *layer = (Layer){ completed, total, self->attempt };
  if (self->total > 0)
    self->fraction = MAX (self->fraction, (double) self->completed / (double) self->total);
}

static void
take_sample (RnlPullProgress *self, gint64 now_us)
{
  Sample sample = { now_us, self->received };
  guint old = 0;

  g_array_append_val (self->samples, sample);
  while (old + 2 < self->samples->len
         && now_us - g_array_index (self->samples, Sample, old + 1).time >= RATE_WINDOW_US)
    old++;
  g_array_remove_range (self->samples, 0, old);
}

static void
take_word (RnlPullProgress *self, const char *status, gboolean has_digest)
{
  if (status == NULL)
    return;
  rnl_set_str (&self->status, status);
  if (g_str_equal (status, "success"))
    {
      self->phase = RNL_PULL_COMPLETE;
      self->fraction = 1;
    }
  else if (!has_digest && self->phase == RNL_PULL_LOADING)
    self->phase = RNL_PULL_CHECKING;
}

/**
 * rnl_pull_progress_feed:
 * @self: a sum
 * @line: `{status: string, digest?: string, total?: int, completed?: int}`, sizes in bytes; what is
 *   missing or senseless is passed over
 * @now_us: when it came, in microseconds of the monotonic clock
 *
 * Takes one line of the server's answer.
 *
 * Source: Ollama API reference, "Pull a Model" (as of 0.6).
 */
void
rnl_pull_progress_feed (RnlPullProgress *self, JsonObject *line, gint64 now_us)
{
  const char *digest = rnl_json_object_get_string (line, "digest");
  gint64 total = rnl_json_object_get_int (line, "total", -1);
  gboolean has_digest = digest != NULL && *digest != '\0' && strlen (digest) <= MAX_DIGEST;
  Layer *layer = has_digest && total >= 0 ? find_layer (self, digest) : NULL;

  if (self->phase == RNL_PULL_COMPLETE)
    return;
  if (layer != NULL)
    {
      self->phase = RNL_PULL_LOADING;
      take_layer (self, layer, total, rnl_json_object_get_int (line, "completed", 0));
      take_sample (self, now_us);
    }
  take_word (self, rnl_json_object_get_string (line, "status"), has_digest);
}

RnlPullPhase
rnl_pull_progress_get_phase (RnlPullProgress *self)
{
  return self->phase;
}

/**
 * rnl_pull_progress_get_status:
 * @self: a sum
 *
 * Returns: (transfer none) (nullable): the server's own last word ("pulling manifest")
 */
const char *
rnl_pull_progress_get_status (RnlPullProgress *self)
{
  return self->status;
}

/**
 * rnl_pull_progress_get_completed:
 * @self: a sum
 *
 * Returns: how many bytes the server has
 */
gint64
rnl_pull_progress_get_completed (RnlPullProgress *self)
{
  return self->completed;
}

/**
 * rnl_pull_progress_get_total:
 * @self: a sum
 *
 * Returns: how many bytes there are in the layers that were named so far; it may still grow
 */
gint64
rnl_pull_progress_get_total (RnlPullProgress *self)
{
  return self->total;
}

/**
 * rnl_pull_progress_get_fraction:
 * @self: a sum
 *
 * Returns: how much is done, 0 to 1. It never falls, although layers become known one after the
 *   other
 */
double
rnl_pull_progress_get_fraction (RnlPullProgress *self)
{
  return self->fraction;
}

/**
 * rnl_pull_progress_get_rate:
 * @self: a sum
 *
 * Returns: how fast it came in the last few seconds, in bytes a second; 0 when nobody knows
 */
double
rnl_pull_progress_get_rate (RnlPullProgress *self)
{
  const Sample *first, *last;

  if (self->phase != RNL_PULL_LOADING || self->samples->len < 2)
    return 0;
  first = &g_array_index (self->samples, Sample, 0);
  last = &g_array_index (self->samples, Sample, self->samples->len - 1);
  if (last->time - first->time < RATE_MINIMUM_US)
    return 0;

  return (double) (last->received - first->received) * G_USEC_PER_SEC
         / (double) (last->time - first->time);
}

/**
 * rnl_pull_progress_get_remaining:
 * @self: a sum
 *
 * Returns: how long what is known to be missing will take, in seconds; -1 when nobody knows
 */
gint64
rnl_pull_progress_get_remaining (RnlPullProgress *self)
{
  double rate = rnl_pull_progress_get_rate (self);

  if (rate < 1)
    return -1;

  return (gint64) ((double) (self->total - self->completed) / rate + 0.5);
}

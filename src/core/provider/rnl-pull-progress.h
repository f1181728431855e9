/* rnl-pull-progress.h: how far a model has come, from what its server says meanwhile
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* More layers than any model has; a server that names more is not believed. */
#define RNL_PULL_PROGRESS_MAX_LAYERS 512

/**
 * RnlPullPhase:
 * @RNL_PULL_ASKING: the server looks up what belongs to the model
 * @RNL_PULL_LOADING: layers arrive
 * @RNL_PULL_CHECKING: all has arrived and is checked and put in its place
 * @RNL_PULL_COMPLETE: the server has the model
 *
 * What a server is doing.
 */
typedef enum
{
  RNL_PULL_ASKING,
  RNL_PULL_LOADING,
  RNL_PULL_CHECKING,
  RNL_PULL_COMPLETE,
} RnlPullPhase;

typedef struct _RnlPullProgress RnlPullProgress;

RnlPullProgress *rnl_pull_progress_new (void);
void rnl_pull_progress_free (RnlPullProgress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlPullProgress, rnl_pull_progress_free)

void rnl_pull_progress_restart (RnlPullProgress *self);
void rnl_pull_progress_feed (RnlPullProgress *self, JsonObject *line, gint64 now_us);

RnlPullPhase rnl_pull_progress_get_phase (RnlPullProgress *self);
const char *rnl_pull_progress_get_status (RnlPullProgress *self);
gint64 rnl_pull_progress_get_completed (RnlPullProgress *self);
gint64 rnl_pull_progress_get_total (RnlPullProgress *self);
double rnl_pull_progress_get_fraction (RnlPullProgress *self);
double rnl_pull_progress_get_rate (RnlPullProgress *self);
gint64 rnl_pull_progress_get_remaining (RnlPullProgress *self);

G_END_DECLS

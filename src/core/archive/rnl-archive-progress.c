/* rnl-archive-progress.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-archive-progress.h"

#define INTERVAL_US 100000

struct _RnlArchiveProgress
{
  RnlArchiveProgressFunc func; /* the caller's thread only; NULL when nobody listens any more */
  gpointer user_data;
  GMainContext *context;
  gint64 told; /* the working thread only */
};

typedef struct
{
  RnlArchiveProgress *progress;
  guint64 done;
  guint64 total;
} Step;

/**
 * rnl_archive_progress_new:
 * @func: (nullable): who wants to know
 * @user_data: for @func
 *
 * Returns: (transfer full): for a thread that works for the caller's context
 */
RnlArchiveProgress *
rnl_archive_progress_new (RnlArchiveProgressFunc func, gpointer user_data)
{
  RnlArchiveProgress *self = g_atomic_rc_box_new0 (RnlArchiveProgress);

  self->func = func;
  self->user_data = user_data;
  self->context = g_main_context_ref_thread_default ();

  return self;
}

/* Nothing is told any more; on the caller's thread. */
void
rnl_archive_progress_stop (RnlArchiveProgress *self)
{
  self->func = NULL;
}

static void
clear (gpointer data)
{
  g_main_context_unref (((RnlArchiveProgress *) data)->context);
}

void
rnl_archive_progress_unref (RnlArchiveProgress *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static gboolean
step_cb (gpointer user_data)
{
  Step *step = user_data;

  if (step->progress->func != NULL)
    step->progress->func (step->done, step->total, step->progress->user_data);

  return G_SOURCE_REMOVE;
}

static void
step_free (gpointer data)
{
  rnl_archive_progress_unref (((Step *) data)->progress);
  g_free (data);
}

/**
 * rnl_archive_progress_tell:
 * @self: progress
 * @done: how far it is
 * @total: how far it goes
 *
 * For the working thread, as often as it likes.
 */
void
rnl_archive_progress_tell (RnlArchiveProgress *self, guint64 done, guint64 total)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GSource) source = NULL;
  Step *step;

  if (now - self->told < INTERVAL_US)
    return;
  self->told = now;

  step = g_new0 (Step, 1);
  step->progress = g_atomic_rc_box_acquire (self);
  step->done = done;
  step->total = total;
  source = g_idle_source_new ();
  g_source_set_callback (source, step_cb, step, step_free);
  g_source_attach (source, self->context);
}

void
rnl_archive_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

void
rnl_archive_wait (GMainContext *context, GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (context, TRUE);
}

/* rnl-store-reporter.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-store-reporter.h"

/* Outlives the worker while a failure is on its way. */
struct _RnlStoreReporter
{
  GWeakRef owner;
  GMainContext *context;
  RnlStoreFailedFunc failed;
};

typedef struct
{
  RnlStoreReporter *reporter;
  GError *error;
} Report;

static void
reporter_clear (gpointer data)
{
  RnlStoreReporter *self = data;

  g_weak_ref_clear (&self->owner);
  g_main_context_unref (self->context);
}

static void
report_free (gpointer data)
{
  Report *self = data;

  rnl_store_reporter_unref (self->reporter);
  g_error_free (self->error);
  g_free (self);
}

static gboolean
report_cb (gpointer user_data)
{
  Report *self = user_data;
  g_autoptr (GObject) owner = g_weak_ref_get (&self->reporter->owner);

  if (owner != NULL)
    self->reporter->failed (owner, self->error);

  return G_SOURCE_REMOVE;
}

/**
 * rnl_store_reporter_new:
 * @owner: who is told; not kept alive
 * @failed: how
 *
 * Returns: (transfer full): tells on the calling thread's main context
 */
RnlStoreReporter *
rnl_store_reporter_new (GObject *owner, RnlStoreFailedFunc failed)
{
  RnlStoreReporter *self = g_atomic_rc_box_new0 (RnlStoreReporter);

  self->context = g_main_context_ref_thread_default ();
  self->failed = failed;
  g_weak_ref_init (&self->owner, owner);

  return self;
}

/**
 * rnl_store_reporter_unref:
 * @self: (transfer full): a reporter
 */
void
rnl_store_reporter_unref (RnlStoreReporter *self)
{
  g_atomic_rc_box_release_full (self, reporter_clear);
}

/**
 * rnl_store_reporter_tell:
 * @self: a reporter
 * @error: what failed
 *
 * Tells the owner by a turn of its loop. May be called on any thread.
 */
void
rnl_store_reporter_tell (RnlStoreReporter *self, const GError *error)
{
  Report *report = g_new0 (Report, 1);

  report->reporter = g_atomic_rc_box_acquire (self);
  report->error = g_error_copy (error);
  rnl_store_send_to (self->context, report_cb, report, report_free);
}

/**
 * rnl_store_send_to:
 * @context: a main context
 * @func: runs in it, always by a turn of its loop
 * @data: (transfer full): for @func
 * @free_data: frees @data
 */
void
rnl_store_send_to (GMainContext *context, GSourceFunc func, gpointer data, GDestroyNotify free_data)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, free_data);
  g_source_attach (source, context);
}

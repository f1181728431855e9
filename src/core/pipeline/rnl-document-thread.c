/* rnl-document-thread.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-document-thread.h"

#include "rnl-run-current-private.h"

/* A pool of one thread that is its own: jobs run one after the other, in order. */
struct _RnlDocumentThread
{
  /* owned */
  char *path;
  GThreadPool *pool;

  /* the thread's own */
  RnlStoreDb *db;
};

/**
 * Job:
 * @func: (nullable): `NULL` to close the index
 */
typedef struct
{
  RnlDocumentFunc func;
  GTask *task;
  GDestroyNotify free_result;
  gpointer result;
  GError *error;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->task);
  g_free (job);
}

/* The task's last reference is dropped where it was made, never on our thread. */
static gboolean
answer_cb (gpointer user_data)
{
  Job *job = user_data;

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->free_result);

  return G_SOURCE_REMOVE;
}

static void
answer (Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[runnel] document index");
  g_source_set_callback (source, answer_cb, job, job_free);
  g_source_attach (source, g_task_get_context (job->task));
}

static void
close_index (RnlDocumentThread *self)
{
  g_clear_pointer (&self->db, rnl_store_db_close);
  g_free (self->path);
  g_free (self);
}

static gpointer
run_on_db (RnlDocumentThread *self, Job *job, GError **error)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);
  gpointer result;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (self->db == NULL)
    self->db = rnl_document_db_open (self->path, error);
  if (self->db == NULL)
    return NULL;

  rnl_store_db_set_cancellable (self->db, cancellable);
  result = job->func (self->db, g_task_get_task_data (job->task), cancellable, error);
  rnl_store_db_set_cancellable (self->db, NULL);

  return result;
}

static void
run_job (gpointer data, gpointer user_data)
{
  RnlDocumentThread *self = user_data;
  Job *job = data;

  if (job->func == NULL)
    {
      job_free (job);
      close_index (self);
      return;
    }

  job->result = run_on_db (self, job, &job->error);
  answer (job);
}

/**
 * rnl_document_thread_new:
 * @path: (nullable) (type filename): the database, `NULL` for one in memory
 *
 * The database is opened by the first job.
 *
 * Returns: (transfer full): the thread
 */
RnlDocumentThread *
rnl_document_thread_new (const char *path)
{
  RnlDocumentThread *self = g_new0 (RnlDocumentThread, 1);

  self->path = g_strdup (path != NULL ? path : ":memory:");
  self->pool = g_thread_pool_new (run_job, self, 1, TRUE, NULL);

  return self;
}

/**
 * rnl_document_thread_stop:
 * @self: (transfer full): a thread with no task under way
 *
 * Closes the database; does not wait for it.
 */
void
rnl_document_thread_stop (RnlDocumentThread *self)
{
  GThreadPool *pool = self->pool;

  g_thread_pool_push (pool, g_new0 (Job, 1), NULL);
  g_thread_pool_free (pool, FALSE, FALSE);
}

/**
 * rnl_document_thread_run:
 * @self: a thread
 * @func: gets the task's data
 * @task: (transfer full): gets the result
 * @free_result: for a result nobody takes
 */
void
rnl_document_thread_run (RnlDocumentThread *self,
                         RnlDocumentFunc func,
                         GTask *task,
                         GDestroyNotify free_result)
{
  Job *job = g_new0 (Job, 1);

  rnl_run_await (task);
  job->func = func;
  job->task = task;
  job->free_result = free_result;
  g_thread_pool_push (self->pool, job, NULL);
}

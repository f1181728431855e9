/* rnl-store-worker.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#define G_LOG_DOMAIN "rnl-store-worker"

#include "config.h"
#include "rnl-store-worker.h"

#include "rnl-store-attachments.h"
#include "rnl-store-pairs.h"
#include "rnl-store-schema.h"

/* What can be done at any time waits until nothing was asked for so long, and between its pieces.
 */
#define PAUSE_US 50000

typedef enum
{
  JOB_OPEN,
  JOB_WRITE,
  JOB_READ,
  JOB_FLUSH,
  JOB_STOP,
} JobKind;

typedef struct
{
  JobKind kind;

  /* writes */
  RnlStoreWriteFunc write;
  gpointer data;
  GDestroyNotify free_data;
  gboolean dropped;

  /* everything else */
  RnlStoreReadFunc read;
  GTask *task;
  GDestroyNotify free_result;
  gpointer result;
  GError *error;
} Job;

struct _RnlStoreWorker
{
  /* owned */
  char *path;
  GThread *thread;
  GAsyncQueue *queue;
  GQueue held; /* writes that have not been handed over */
  RnlStoreReporter *reporter;

  guint n_holds;

  /* the thread's own */
  RnlStoreDb *db;
  GError *open_error;
  GQueue unsaved;
  gboolean failing;
  gboolean behind; /* perhaps there is something to do when nothing is asked for */
};

static void
job_free (Job *self)
{
  if (self->free_data != NULL)
    self->free_data (self->data);
  g_clear_object (&self->task);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
answer_cb (gpointer user_data)
{
  Job *job = user_data;

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else if (job->free_result != NULL)
    g_task_return_pointer (job->task, job->result, job->free_result);
  else
    g_task_return_boolean (job->task, TRUE);

  return G_SOURCE_REMOVE;
}

/* The job goes to the task's own context with all it holds: no object is released here. */
static void
answer (Job *job)
{
  rnl_store_send_to (g_task_get_context (job->task), answer_cb, job, (GDestroyNotify) job_free);
}

/* The state of the disk or of the file: the same write may succeed later. */
static gboolean
error_may_pass (const GError *error)
{
  if (error->domain != RNL_STORE_ERROR)
    return FALSE;

  switch ((RnlStoreError) error->code)
    {
    case RNL_STORE_ERROR_FULL:
    case RNL_STORE_ERROR_READ_ONLY:
    case RNL_STORE_ERROR_BUSY:
    case RNL_STORE_ERROR_CORRUPT:
    case RNL_STORE_ERROR_IO:
      return TRUE;
    case RNL_STORE_ERROR_FAILED:
    case RNL_STORE_ERROR_NEWER:
    case RNL_STORE_ERROR_NOT_FOUND:
    default:
      return FALSE;
    }
}

/* One write in a savepoint: what it asks for that cannot be done undoes this write, not the others
 * of the transaction. */
static gboolean
apply_apart (RnlStoreWorker *self, Job *job, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (!rnl_store_db_run (self->db, "SAVEPOINT write", error))
    return FALSE;
  if (job->write (self->db, job->data, &failure))
    return rnl_store_db_run (self->db, "RELEASE write", error);

  if (error_may_pass (failure))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  g_debug ("A write was dropped: %s", failure->message);
  job->dropped = TRUE;
  rnl_store_reporter_tell (self->reporter, failure);

  return rnl_store_db_exec (self->db, "ROLLBACK TO write; RELEASE write", error);
}

/* All writes in one transaction. Each in a savepoint when they are apart: that costs a copy of
 * every page a write touches. */
static gboolean
apply_all (RnlStoreWorker *self, gboolean apart, GError **error)
{
  if (!rnl_store_db_begin (self->db, error))
    return FALSE;

  for (GList *link = self->unsaved.head; link != NULL; link = link->next)
    {
      Job *job = link->data;

      if (!job->dropped
          && !(apart ? apply_apart (self, job, error) : job->write (self->db, job->data, error)))
        {
          rnl_store_db_rollback (self->db);
          return FALSE;
        }
    }

  return rnl_store_db_commit (self->db, error);
}

/* They are taken apart only when one of them asks for what cannot be done. */
static gboolean
apply_unsaved (RnlStoreWorker *self, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (self->db == NULL)
    {
      g_propagate_error (error, g_error_copy (self->open_error));
      return FALSE;
    }
  if (apply_all (self, FALSE, &failure))
    return TRUE;
  if (!error_may_pass (failure))
    return apply_all (self, TRUE, error);

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/* Puts all writes that are not on disk there in one transaction. When that cannot be done now they
 * are kept, in order, for the next time. */
static gboolean
save_unsaved (RnlStoreWorker *self, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (g_queue_is_empty (&self->unsaved))
    return TRUE;

  if (apply_unsaved (self, &failure))
    {
      g_queue_clear_full (&self->unsaved, (GDestroyNotify) job_free);
      self->failing = FALSE;
      self->behind = TRUE;
      rnl_store_attachments_sweep (self->db);
      return TRUE;
    }

  if (!self->failing)
    rnl_store_reporter_tell (self->reporter, failure);
  self->failing = TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

static void
run_open (RnlStoreWorker *self, Job *job)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (RnlStoreDb) db = NULL;

  if (self->db == NULL)
    {
      db = rnl_store_db_open (self->path, &failure);
      if (db != NULL && rnl_store_schema_upgrade (db, &failure))
        self->db = g_steal_pointer (&db);
    }
  if (self->db != NULL)
    job->result = job->read (self->db, g_task_get_task_data (job->task), &failure);

  if (failure != NULL)
    {
      g_clear_pointer (&self->db, rnl_store_db_close);
      g_clear_error (&self->open_error);
      self->open_error = g_error_copy (failure);
      job->error = g_steal_pointer (&failure);
    }
  else
    {
      save_unsaved (self, NULL);
      rnl_store_attachments_sweep (self->db);
    }
  self->behind = self->db != NULL;
}

static void
run_read (RnlStoreWorker *self, Job *job)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);

  if (g_cancellable_set_error_if_cancelled (cancellable, &job->error))
    return;
  if (self->db == NULL)
    {
      job->error = g_error_copy (self->open_error);
      return;
    }

  rnl_store_db_set_cancellable (self->db, cancellable);
  job->result = job->read (self->db, g_task_get_task_data (job->task), &job->error);
  rnl_store_db_set_cancellable (self->db, NULL);
}

static void
run_flush (RnlStoreWorker *self, Job *job)
{
  if (self->db == NULL)
    job->error = g_error_copy (self->open_error);
  else
    save_unsaved (self, &job->error);
}

/* Collects the writes that are waiting behind JOB.
 *
 * Returns: (nullable): the job that is not a write and comes after them */
static Job *
gather_writes (RnlStoreWorker *self, Job *job)
{
  while (job != NULL && job->kind == JOB_WRITE)
    {
      g_queue_push_tail (&self->unsaved, job);
      job = g_async_queue_try_pop (self->queue);
    }

  return job;
}

/* Returns: whether to go on */
static gboolean
run_job (RnlStoreWorker *self, Job *job)
{
  switch (job->kind)
    {
    case JOB_OPEN:
      run_open (self, job);
      break;
    case JOB_READ:
      run_read (self, job);
      break;
    case JOB_FLUSH:
      run_flush (self, job);
      break;
    case JOB_STOP:
      job_free (job);
      return FALSE;
    case JOB_WRITE:
    default:
      g_assert_not_reached ();
    }
  answer (job);

  return TRUE;
}

/* A piece of what nobody waits for. When it cannot be done now, the next write may change that. */
static void
catch_up (RnlStoreWorker *self)
{
  g_autoptr (GError) error = NULL;

  if (!rnl_store_pairs_build (self->db, &self->behind, &error))
    {
      g_debug ("The index of pairs waits: %s", error->message);
      self->behind = FALSE;
    }
}

static Job *
wait_for_job (RnlStoreWorker *self)
{
  Job *job = NULL;

  while (job == NULL && self->behind)
    {
      job = g_async_queue_timeout_pop (self->queue, PAUSE_US);
      if (job == NULL)
        catch_up (self);
    }

  return job != NULL ? job : g_async_queue_pop (self->queue);
}

static gpointer
thread_main (gpointer data)
{
  RnlStoreWorker *self = data;
  gboolean running = TRUE;

  while (running)
    {
      Job *job = wait_for_job (self);
      gboolean writes = job->kind == JOB_WRITE;

      job = gather_writes (self, job);
      /* The failure has been reported; flush asks again. */
      if (writes)
        save_unsaved (self, NULL);
      if (job != NULL)
        running = run_job (self, job);
    }

  if (self->db != NULL && !save_unsaved (self, NULL))
    g_warning ("%u writes could not be saved in “%s”", self->unsaved.length, self->path);
  g_queue_clear_full (&self->unsaved, (GDestroyNotify) job_free);
  g_clear_pointer (&self->db, rnl_store_db_close);

  return NULL;
}

/**
 * rnl_store_worker_new:
 * @path: the database's file
 * @owner: who is told about failures; not kept alive
 * @failed: how
 *
 * Returns: (transfer full): a worker whose database is not open yet
 */
RnlStoreWorker *
rnl_store_worker_new (const char *path, GObject *owner, RnlStoreFailedFunc failed)
{
  RnlStoreWorker *self = g_new0 (RnlStoreWorker, 1);

  self->path = g_strdup (path);
  self->queue = g_async_queue_new ();
  self->open_error
    = g_error_new (RNL_STORE_ERROR, RNL_STORE_ERROR_FAILED, "“%s” has not been opened", path);
  g_queue_init (&self->held);
  g_queue_init (&self->unsaved);
  self->reporter = rnl_store_reporter_new (owner, failed);
  rnl_store_schema_init ();
  self->thread = g_thread_new ("rnl-store", thread_main, self);

  return self;
}

static Job *
job_new (JobKind kind, GTask *task)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->task = task;

  return job;
}

/**
 * rnl_store_worker_hold:
 * @self: a worker
 *
 * Writes from now on are handed over together by [method@StoreWorker.release], and go into one
 * transaction: half of them is never on disk, and one costs less than two. Writes belong to one
 * thread; what others ask for meanwhile does not wait.
 */
void
rnl_store_worker_hold (RnlStoreWorker *self)
{
  self->n_holds++;
}

/**
 * rnl_store_worker_release:
 * @self: a worker that is held
 */
void
rnl_store_worker_release (RnlStoreWorker *self)
{
  Job *job;

  if (--self->n_holds > 0)
    return;

  g_async_queue_lock (self->queue);
  while ((job = g_queue_pop_head (&self->held)) != NULL)
    g_async_queue_push_unlocked (self->queue, job);
  g_async_queue_unlock (self->queue);
}

/**
 * rnl_store_worker_stop:
 * @self: (transfer full): a worker with no task under way
 *
 * Saves what was said before, closes the database, waits for that, and frees the worker.
 */
void
rnl_store_worker_stop (RnlStoreWorker *self)
{
  g_async_queue_push (self->queue, job_new (JOB_STOP, NULL));
  g_thread_join (self->thread);

  g_async_queue_unref (self->queue);
  rnl_store_reporter_unref (self->reporter);
  g_clear_error (&self->open_error);
  g_free (self->path);
  g_free (self);
}

/**
 * rnl_store_worker_open:
 * @self: a worker
 * @func: reads what the opener wants once the database is there
 * @task: (transfer full): gets the result of @func
 * @free_result: for a result nobody takes
 *
 * Opens and migrates the database. After a failure it can be tried again.
 */
void
rnl_store_worker_open (RnlStoreWorker *self,
                       RnlStoreReadFunc func,
                       GTask *task,
                       GDestroyNotify free_result)
{
  Job *job = job_new (JOB_OPEN, task);

  job->read = func;
  job->free_result = free_result;
  g_async_queue_push (self->queue, job);
}

/**
 * rnl_store_worker_write:
 * @self: a worker
 * @func: does it, inside a transaction; it may run more than once, after a rollback
 * @data: (transfer full): for @func; freed on the worker's thread
 * @free_data: frees @data
 */
void
rnl_store_worker_write (RnlStoreWorker *self,
                        RnlStoreWriteFunc func,
                        gpointer data,
                        GDestroyNotify free_data)
{
  Job *job = job_new (JOB_WRITE, NULL);

  job->write = func;
  job->data = data;
  job->free_data = free_data;
  if (self->n_holds > 0)
    g_queue_push_tail (&self->held, job);
  else
    g_async_queue_push (self->queue, job);
}

/**
 * rnl_store_worker_read:
 * @self: a worker
 * @func: gets the task's data; its result must not be shared with anything
 * @task: (transfer full): gets the result; its cancellable ends a running statement
 * @free_result: for a result nobody takes
 */
void
rnl_store_worker_read (RnlStoreWorker *self,
                       RnlStoreReadFunc func,
                       GTask *task,
                       GDestroyNotify free_result)
{
  Job *job = job_new (JOB_READ, task);

  job->read = func;
  job->free_result = free_result;
  g_async_queue_push (self->queue, job);
}

/**
 * rnl_store_worker_flush:
 * @self: a worker
 * @task: (transfer full): gets `TRUE` when every write said before is on disk
 */
void
rnl_store_worker_flush (RnlStoreWorker *self, GTask *task)
{
  g_async_queue_push (self->queue, job_new (JOB_FLUSH, task));
}

/* rnl-trace-file.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-trace-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "rnl-trace-folder.h"

/* Counted: a failure that is on its way to the main thread holds it. */
struct _RnlTraceThread
{
  /* owned */
  GThreadPool *pool;
  GMainContext *home;

  /* borrowed, until it is freed; the main thread's */
  RnlTraceFailedFunc on_failed;
  gpointer user_data;
};

/* One recording has at most this part of the room for all. */
#define MAX_SHARE 4

struct _RnlTraceFile
{
  /* set once */
  RnlTraceThread *thread;
  char *folder;
  char *path;
  RnlTraceLimits limits;

  gint n_pending; /* atomic: bytes that wait */
  gint failed;    /* atomic */

  /* the writing thread's */
  int fd;
  off_t size; /* of the whole lines that are in it */
};

/* What the thread is told: lines for a file, or to say when it has come here. */
typedef struct
{
  RnlTraceFile *file;
  GString *lines;
  gboolean last;
  GTask *flushed;
} Job;

/* Failures */

typedef struct
{
  RnlTraceThread *thread;
  GError *error;
} Failure;

static void
thread_clear (RnlTraceThread *self)
{
  g_main_context_unref (self->home);
}

static void
failure_free (Failure *failure)
{
  g_atomic_rc_box_release_full (failure->thread, (GDestroyNotify) thread_clear);
  g_error_free (failure->error);
  g_free (failure);
}

static gboolean
report_cb (gpointer user_data)
{
  Failure *failure = user_data;

  if (failure->thread->on_failed != NULL)
    failure->thread->on_failed (failure->error, failure->thread->user_data);

  return G_SOURCE_REMOVE;
}

static void
fail (RnlTraceFile *file, GError *error)
{
  Failure *failure;
  g_autoptr (GSource) source = NULL;

  if (!g_atomic_int_compare_and_exchange (&file->failed, FALSE, TRUE))
    {
      g_error_free (error);
      return;
    }
  failure = g_new0 (Failure, 1);
  failure->thread = g_atomic_rc_box_acquire (file->thread);
  failure->error = error;
  source = g_idle_source_new ();
  g_source_set_name (source, "rnl-trace-failed");
  g_source_set_priority (source, G_PRIORITY_DEFAULT); /* before a flush that came later */
  g_source_set_callback (source, report_cb, failure, (GDestroyNotify) failure_free);
  g_source_attach (source, file->thread->home);
}

static GError *
write_error (const char *path, int code)
{
  return g_error_new (RNL_TRACE_ERROR, RNL_TRACE_ERROR_WRITE, "%s cannot be written: %s", path,
                      g_strerror (code));
}

/* The thread */

static gboolean
open_file (RnlTraceFile *file)
{
  if (g_mkdir_with_parents (file->folder, 0700) < 0)
    {
      fail (file, write_error (file->folder, errno));
      return FALSE;
    }
  rnl_trace_folder_prune (file->folder, &file->limits);
  file->fd = g_open (file->path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
  if (file->fd < 0)
    {
      fail (file, write_error (file->path, errno));
      return FALSE;
    }
  /* Without a lock the file is only taken for an interrupted one while it grows. */
  flock (file->fd, LOCK_EX | LOCK_NB);

  return TRUE;
}

static gboolean
write_all (int fd, const char *bytes, gsize len)
{
  while (len > 0)
    {
      gssize n = write (fd, bytes, len);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      bytes += n;
      len -= (gsize) n;
    }

  return TRUE;
}

static void
write_lines (RnlTraceFile *file, const GString *lines)
{
  if (g_atomic_int_get (&file->failed) || (file->fd < 0 && !open_file (file)))
    return;
  if ((guint64) file->size + lines->len > file->limits.bytes / MAX_SHARE)
    {
      fail (file,
            g_error_new (RNL_TRACE_ERROR, RNL_TRACE_ERROR_WRITE,
                         "%s has become too long and is not written any further", file->path));
      return;
    }
  if (!write_all (file->fd, lines->str, lines->len))
    {
      GError *error = write_error (file->path, errno);

      /* Half a line is worse than none; when that fails too, readers know torn lines. */
      if (ftruncate (file->fd, file->size) < 0)
        g_prefix_error (&error, "with half a line at its end, ");
      fail (file, error);
      return;
    }
  file->size += (off_t) lines->len;
}

static void
close_file (RnlTraceFile *file)
{
  if (file->fd >= 0)
    g_close (file->fd, NULL);
  file->fd = -1;
}

static void
do_job (gpointer data, gpointer user_data)
{
  Job *job = data;

  if (job->file != NULL)
    {
      write_lines (job->file, job->lines);
      g_atomic_int_add (&job->file->n_pending, -(gint) job->lines->len);
      if (job->last)
        close_file (job->file);
      rnl_trace_file_unref (job->file);
      g_string_free (job->lines, TRUE);
    }
  if (job->flushed != NULL)
    {
      g_task_return_boolean (job->flushed, TRUE);
      g_object_unref (job->flushed);
    }
  g_free (job);
}

/**
 * rnl_trace_thread_new:
 * @on_failed: (nullable) (scope notified): called when a file cannot be written any further
 * @user_data: for @on_failed
 *
 * Returns: (transfer full): a thread, which is there when there is something to do
 */
RnlTraceThread *
rnl_trace_thread_new (RnlTraceFailedFunc on_failed, gpointer user_data)
{
  RnlTraceThread *self = g_atomic_rc_box_new0 (RnlTraceThread);

  self->on_failed = on_failed;
  self->user_data = user_data;
  self->home = g_main_context_ref_thread_default ();
  self->pool = g_thread_pool_new (do_job, self, 1, FALSE, NULL);

  return self;
}

void
rnl_trace_thread_free (RnlTraceThread *self)
{
  if (self == NULL)
    return;
  g_thread_pool_free (self->pool, FALSE, TRUE);
  self->on_failed = NULL;
  g_atomic_rc_box_release_full (self, (GDestroyNotify) thread_clear);
}

static void
push_job (RnlTraceThread *self, Job job)
{
  g_thread_pool_push (self->pool, g_memdup2 (&job, sizeof job), NULL);
}

/**
 * rnl_trace_thread_flush_async:
 * @self: a thread
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): called when everything it was told before is done
 * @user_data: for @callback
 */
void
rnl_trace_thread_flush_async (RnlTraceThread *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rnl_trace_thread_flush_async);
  push_job (self, (Job){ .flushed = task });
}

/* Files */

/**
 * rnl_trace_file_new:
 * @thread: who writes it; it outlives the file
 * @folder: where; made when it is not there
 * @name: its name, new in @folder
 * @limits: what is kept in @folder; older recordings make room for this one
 *
 * Returns: (transfer full): a file of which nothing is written yet
 */
RnlTraceFile *
rnl_trace_file_new (RnlTraceThread *thread,
                    const char *folder,
                    const char *name,
                    const RnlTraceLimits *limits)
{
  RnlTraceFile *self = g_atomic_rc_box_new0 (RnlTraceFile);

  self->thread = thread;
  self->folder = g_strdup (folder);
  self->path = g_build_filename (folder, name, NULL);
  self->limits = *limits;
  self->fd = -1;

  return self;
}

static void
file_clear (RnlTraceFile *self)
{
  close_file (self);
  g_free (self->folder);
  g_free (self->path);
}

void
rnl_trace_file_unref (RnlTraceFile *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) file_clear);
}

/**
 * rnl_trace_file_write:
 * @self: a file
 * @lines: (transfer full): whole lines
 * @last: whether it is closed after them
 *
 * Does nothing when an earlier write has failed.
 */
void
rnl_trace_file_write (RnlTraceFile *self, GString *lines, gboolean last)
{
  gint pending = g_atomic_int_add (&self->n_pending, (gint) lines->len);

  if (pending > RNL_TRACE_MAX_PENDING)
    {
      fail (self, g_error_new (RNL_TRACE_ERROR, RNL_TRACE_ERROR_WRITE,
                               "%s: the disk is too slow for it", self->path));
      g_string_truncate (lines, 0);
    }
  push_job (self->thread,
            (Job){ .file = g_atomic_rc_box_acquire (self), .lines = lines, .last = last });
}

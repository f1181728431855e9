/* rnl-run-open.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-open.h"

/* Owned, of RnlRunLoop, under the lock. */
static GMutex open_lock;
static GPtrArray *open_loops;

/**
 * rnl_run_open_add: (skip)
 * @loop: the loop of a tool that begins
 *
 * A call that comes from nowhere (a source of the default main context, a thread that nobody
 * announced) while this is the only one open is taken for a call of this tool.
 */
void
rnl_run_open_add (RnlRunLoop *loop)
{
  g_mutex_lock (&open_lock);
  if (open_loops == NULL)
    open_loops = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_run_loop_unref);
  g_ptr_array_add (open_loops, rnl_run_loop_ref (loop));
  g_mutex_unlock (&open_lock);
}

/**
 * rnl_run_open_remove: (skip)
 * @loop: a loop that was added; its tool has its result
 */
void
rnl_run_open_remove (RnlRunLoop *loop)
{
  g_mutex_lock (&open_lock);
  if (open_loops != NULL && g_ptr_array_remove_fast (open_loops, loop) && open_loops->len == 0)
    g_clear_pointer (&open_loops, g_ptr_array_unref);
  g_mutex_unlock (&open_lock);
}

/**
 * rnl_run_open_dup_only: (skip)
 * @only: (out) (transfer full) (nullable): the loop when it is the only one
 *
 * On any thread.
 *
 * Returns: how many are open
 */
guint
rnl_run_open_dup_only (RnlRunLoop **only)
{
  guint n;

  g_mutex_lock (&open_lock);
  n = open_loops != NULL ? open_loops->len : 0;
  *only = n == 1 ? rnl_run_loop_ref (g_ptr_array_index (open_loops, 0)) : NULL;
  g_mutex_unlock (&open_lock);

  return n;
}

/* rnl-context-source.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-context-source.h"

#define MAX_PARKED_ROUNDS                                                                          \
  64 /* of one wake-up: an idle source left behind must not run for ever                           \
      */

/* Iterates @inner as part of the main context it is attached to: its file descriptors and its next
 * timeout become the source's own, so the outer loop sleeps exactly as long as both may. Nothing
 * polls and nothing wakes up by itself.
 *
 * A parked source is for a context that has been left by its user: it costs the outer loop nothing
 * but its descriptors, and is looked at again only when one of them says so. That is enough for
 * results that come late, because whatever is attached to it signals its descriptor. Timers left
 * behind do not wake anybody up. */
typedef struct
{
  GSource source;

  /* owned */
  GMainContext *inner;
  GArray *wanted; /* of GPollFD: what inner asks for */
  GArray *polled; /* of GPollFD: what the outer context polls; never resized while registered */
  GSource *idle;

  RnlContextFunc enter;
  RnlContextFunc leave;
  gpointer user_data;
  GDestroyNotify destroy;

  int max_priority;
  gboolean parked;
  gboolean stale; /* when parked: inner has to be asked for its descriptors */
} ContextSource;

static gboolean
same_fds (const GArray *a, const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const GPollFD *x = &g_array_index (a, GPollFD, i);
      const GPollFD *y = &g_array_index (b, GPollFD, i);

      if (x->fd != y->fd || x->events != y->events)
        return FALSE;
    }

  return TRUE;
}

static void
unregister_fds (ContextSource *self)
{
  for (guint i = 0; i < self->polled->len; i++)
    g_source_remove_poll (&self->source, &g_array_index (self->polled, GPollFD, i));
  g_array_set_size (self->polled, 0);
}

static void
register_fds (ContextSource *self)
{
  if (same_fds (self->wanted, self->polled))
    return;

  unregister_fds (self);
  g_array_append_vals (self->polled, self->wanted->data, self->wanted->len);
  for (guint i = 0; i < self->polled->len; i++)
    g_source_add_poll (&self->source, &g_array_index (self->polled, GPollFD, i));
}

/* Returns when inner wants to be looked at again, in milliseconds, -1 for never. */
static int
ask_inner (ContextSource *self)
{
  int timeout = -1;
  int n_fds;

  /* Somebody else iterates it: not our business as long as they do. */
  if (!g_main_context_acquire (self->inner))
    return -1;

  g_main_context_prepare (self->inner, &self->max_priority);
  /* All descriptors, whatever their priority: a set that changes with what is ready would have to
   * be registered again and again. */
  while ((n_fds = g_main_context_query (self->inner, G_MAXINT, &timeout,
                                        (GPollFD *) (gpointer) self->wanted->data,
                                        (int) self->wanted->len))
         > (int) self->wanted->len)
    g_array_set_size (self->wanted, (guint) n_fds);
  g_array_set_size (self->wanted, (guint) n_fds);
  g_main_context_release (self->inner);
  register_fds (self);

  return timeout;
}

static gboolean
context_source_prepare (GSource *source, int *timeout)
{
  ContextSource *self = (ContextSource *) source;

  *timeout = -1;
  if (!self->parked)
    {
      /* Never ready here: check () is to be called in any case. */
      *timeout = ask_inner (self);
    }
  else if (self->stale)
    {
      self->stale = FALSE;
      ask_inner (self);
    }

  return FALSE;
}

static gboolean
idle_cb (gpointer user_data)
{
  ContextSource *self = user_data;

  g_clear_pointer (&self->idle, g_source_unref);
  self->enter (self->user_data);
  g_main_context_iteration (self->inner, FALSE);
  self->leave (self->user_data);

  return G_SOURCE_REMOVE;
}

/* What is idle inside is idle outside: it must not keep the outer context from its own work. */
static void
dispatch_when_idle (ContextSource *self)
{
  if (self->idle != NULL)
    return;

  self->idle = g_idle_source_new ();
  g_source_set_callback (self->idle, idle_cb, g_source_ref (&self->source),
                         (GDestroyNotify) g_source_unref);
  g_source_set_static_name (self->idle, "Runnel inner context, idle");
  g_source_attach (self->idle, g_source_get_context (&self->source));
}

static gboolean
context_source_check (GSource *source)
{
  ContextSource *self = (ContextSource *) source;
  gboolean ready = FALSE;

  if (self->parked)
    {
      for (guint i = 0; i < self->polled->len; i++)
        ready |= g_array_index (self->polled, GPollFD, i).revents != 0;
      return ready;
    }

  if (!g_main_context_acquire (self->inner))
    return FALSE;
  ready = g_main_context_check (self->inner, self->max_priority,
                                (GPollFD *) (gpointer) self->polled->data, (int) self->polled->len);
  g_main_context_release (self->inner);
  if (ready && self->max_priority > G_PRIORITY_DEFAULT && self->max_priority != G_MAXINT)
    {
      dispatch_when_idle (self);
      return FALSE;
    }

  return ready;
}

static gboolean
context_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  ContextSource *self = (ContextSource *) source;

  self->enter (self->user_data);
  if (self->parked)
    {
      for (guint i = 0; i < MAX_PARKED_ROUNDS && g_main_context_iteration (self->inner, FALSE); i++)
        ;
      self->stale = TRUE;
    }
  else if (g_main_context_acquire (self->inner))
    {
      g_main_context_dispatch (self->inner);
      g_main_context_release (self->inner);
    }
  self->leave (self->user_data);

  return G_SOURCE_CONTINUE;
}

static void
context_source_finalize (GSource *source)
{
  ContextSource *self = (ContextSource *) source;

  g_clear_pointer (&self->idle, g_source_unref);
  g_array_unref (self->wanted);
  g_array_unref (self->polled);
  g_main_context_unref (self->inner);
  if (self->destroy != NULL)
    self->destroy (self->user_data);
}

static GSourceFuncs context_source_funcs = {
  .prepare = context_source_prepare,
  .check = context_source_check,
  .dispatch = context_source_dispatch,
  .finalize = context_source_finalize,
};

/**
 * rnl_context_source_new:
 * @inner: a main context that nobody else iterates, made with
 *   `G_MAIN_CONTEXT_FLAGS_OWNERLESS_POLLING`: nobody owns it while it is polled
 * @enter: called before inner's sources are dispatched
 * @leave: called after
 * @user_data: for both
 * @destroy: (nullable): frees @user_data with the source
 *
 * Returns: (transfer full): a source to be attached to the main context of the thread that is to
 *   iterate @inner
 */
GSource *
rnl_context_source_new (GMainContext *inner,
                        RnlContextFunc enter,
                        RnlContextFunc leave,
                        gpointer user_data,
                        GDestroyNotify destroy)
{
  GSource *source = g_source_new (&context_source_funcs, sizeof (ContextSource));
  ContextSource *self = (ContextSource *) source;

  g_source_set_static_name (source, "Runnel inner context");
  self->inner = g_main_context_ref (inner);
  self->wanted = g_array_new (FALSE, TRUE, sizeof (GPollFD));
  self->polled = g_array_new (FALSE, TRUE, sizeof (GPollFD));
  self->max_priority = G_MAXINT;
  self->enter = enter;
  self->leave = leave;
  self->user_data = user_data;
  self->destroy = destroy;

  return source;
}

/**
 * rnl_context_source_park:
 * @source: a source of [func@Runnel.context_source_new], on the thread it is attached to
 *
 * From now on the inner context is only looked at when one of its descriptors is ready.
 */
void
rnl_context_source_park (GSource *source)
{
  ContextSource *self = (ContextSource *) source;

  self->parked = TRUE;
  self->stale = TRUE;
}

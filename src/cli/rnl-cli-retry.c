/* rnl-cli-retry.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-retry.h"

#include <unistd.h>

#include "rnl-json-members.h"

#define TICK_MS 250

/* Back to the beginning of the line, and nothing on it. */
#define CLEAR_LINE "\r\033[K"

struct _RnlCliRetry
{
  RnlRun *run;
  gulong event_id;
  guint timer;

  gint64 due; /* monotonic, in microseconds */
  gint64 attempt;
  gint64 of;
};

static void
stop (RnlCliRetry *self)
{
  if (self->timer == 0)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_printerr (CLEAR_LINE);
}

static gboolean
show_cb (gpointer user_data)
{
  RnlCliRetry *self = user_data;
  gint64 left = self->due - g_get_monotonic_time ();

  g_printerr (CLEAR_LINE "runnel-cli: trying again in %d s (%d of %d); Ctrl+C ends it",
              (int) ((MAX (left, 0) + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC), (int) self->attempt,
              (int) self->of);

  return G_SOURCE_CONTINUE;
}

static void
start (RnlCliRetry *self, JsonObject *data)
{
  stop (self);
  self->attempt = rnl_json_object_get_int (data, "attempt", 1);
  self->of = rnl_json_object_get_int (data, "of", 1);
  self->due = g_get_monotonic_time () + rnl_json_object_get_int (data, "delay_ms", 0) * 1000;
  g_printerr ("runnel-cli: %s\n", rnl_json_object_get_string (data, "error"));
  self->timer = g_timeout_add (TICK_MS, show_cb, self);
  show_cb (self);
}

static void
event_cb (RnlRun *run, const RnlEvent *event, RnlCliRetry *self)
{
  JsonObject *data = event->kind == RNL_EVENT_CUSTOM && g_strcmp0 (event->name, "retry") == 0
                       ? rnl_json_node_get_object (event->data)
                       : NULL;

  if (data != NULL)
    start (self, data);
  else
    stop (self);
}

/**
 * rnl_cli_retry_new:
 * @run: the root of what is asked
 *
 * Counts down on standard error while a model call waits for its next try, when somebody can see
 * it there.
 *
 * Returns: (transfer full) (nullable): what does it, `NULL` without a terminal
 */
RnlCliRetry *
rnl_cli_retry_new (RnlRun *run)
{
  RnlCliRetry *self;

  if (!isatty (STDERR_FILENO))
    return NULL;

  self = g_new0 (RnlCliRetry, 1);
  self->run = g_object_ref (run);
  self->event_id = g_signal_connect (run, "event", G_CALLBACK (event_cb), self);

  return self;
}

void
rnl_cli_retry_free (RnlCliRetry *self)
{
  stop (self);
  g_clear_signal_handler (&self->event_id, self->run);
  g_object_unref (self->run);
  g_free (self);
}

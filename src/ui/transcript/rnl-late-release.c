/* rnl-late-release.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-late-release.h"

#define BUDGET_US 3000

static GQueue waiting = G_QUEUE_INIT; /* of widgets without a parent, owned */
static guint source;

static gboolean
release_cb (gpointer user_data)
{
  gint64 deadline = g_get_monotonic_time () + BUDGET_US;

  while (!g_queue_is_empty (&waiting) && g_get_monotonic_time () < deadline)
    g_object_unref (g_queue_pop_head (&waiting));
  if (!g_queue_is_empty (&waiting))
    return G_SOURCE_CONTINUE;

  source = 0;

  return G_SOURCE_REMOVE;
}

/**
 * rnl_late_release_child:
 * @child: a widget with a parent
 *
 * Takes @child from its parent now, and lets go of it when the main loop has nothing better to do.
 * The text views of a long answer, destroyed all at once, would hold a window that turns to another
 * chat for longer than a frame.
 */
void
rnl_late_release_child (GtkWidget *child)
{
  g_return_if_fail (GTK_IS_WIDGET (child));

  if (source == 0)
    source = g_idle_add_full (G_PRIORITY_LOW, release_cb, NULL, NULL);
  g_queue_push_tail (&waiting, g_object_ref (child));
  gtk_widget_unparent (child);
}

/* rnl-event-queue.h: the events of a run for who asks for them, one after the other
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-event-filter.h"

G_BEGIN_DECLS

/**
 * RNL_EVENT_QUEUE_DEFAULT_CAPACITY:
 *
 * How many events wait for a reader before they are joined.
 */
#define RNL_EVENT_QUEUE_DEFAULT_CAPACITY 1024

#define RNL_TYPE_EVENT_QUEUE (rnl_event_queue_get_type ())
G_DECLARE_FINAL_TYPE (RnlEventQueue, rnl_event_queue, RNL, EVENT_QUEUE, GObject)

RnlEventQueue *rnl_event_queue_new (RnlRun *run, const RnlEventFilter *filter, guint capacity);

void rnl_event_queue_next_async (RnlEventQueue *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
RnlEvent *rnl_event_queue_next_finish (RnlEventQueue *self, GAsyncResult *result, GError **error);
guint rnl_event_queue_get_length (RnlEventQueue *self);

G_END_DECLS

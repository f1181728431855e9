/* rnl-store-reporter.h: from the worker's thread to the main loop
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _RnlStoreReporter RnlStoreReporter;

/**
 * RnlStoreFailedFunc:
 * @owner: who made the worker
 * @error: why writing failed
 *
 * Called on the main context the worker was made in, while @owner is alive. A state that lasts (a
 * full disk) is told once until a write succeeds.
 */
typedef void (*RnlStoreFailedFunc) (GObject *owner, const GError *error);

RnlStoreReporter *rnl_store_reporter_new (GObject *owner, RnlStoreFailedFunc failed);
void rnl_store_reporter_unref (RnlStoreReporter *self);
void rnl_store_reporter_tell (RnlStoreReporter *self, const GError *error);

void rnl_store_send_to (GMainContext *context,
                        GSourceFunc func,
                        gpointer data,
                        GDestroyNotify free_data);

G_END_DECLS

/* rnl-context-source.h: a main context iterated by a source of another one
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RnlContextFunc:
 * @user_data: as given with the function
 *
 * Called around each dispatch.
 */
typedef void (*RnlContextFunc) (gpointer user_data);

GSource *rnl_context_source_new (GMainContext *inner,
                                 RnlContextFunc enter,
                                 RnlContextFunc leave,
                                 gpointer user_data,
                                 GDestroyNotify destroy);
void rnl_context_source_park (GSource *source);

G_END_DECLS

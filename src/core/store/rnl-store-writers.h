/* rnl-store-writers.h: who else writes, and what those who are gone left behind
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-store-db.h"

G_BEGIN_DECLS

gboolean rnl_store_writers_enter (RnlStoreDb *db, guint *n_unfinished, GError **error);
gpointer rnl_store_purge_left (RnlStoreDb *db, gpointer unused, GError **error);

G_END_DECLS

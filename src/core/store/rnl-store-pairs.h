/* rnl-store-pairs.h: the index of words next to each other, made a piece at a time
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-store-db.h"

G_BEGIN_DECLS

gboolean rnl_store_pairs_get_done (RnlStoreDb *db, gint64 *done, gboolean *ready, GError **error);
gboolean rnl_store_pairs_build (RnlStoreDb *db, gboolean *more, GError **error);

G_END_DECLS

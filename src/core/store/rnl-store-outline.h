/* rnl-store-outline.h: what leads to a message without its content, and the content of some
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-store-db.h"

G_BEGIN_DECLS

gpointer rnl_store_load_outline (RnlStoreDb *db, gpointer place, GError **error);
gpointer rnl_store_load_some (RnlStoreDb *db, gpointer ids, GError **error);

G_END_DECLS

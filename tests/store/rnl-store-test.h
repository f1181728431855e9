/* rnl-store-test.h: a library, waited for
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "rnl-library.h"
#include "rnl-test.h"

G_BEGIN_DECLS

char *rnl_store_test_path (void);
gboolean rnl_store_test_try_open (RnlLibrary *library, GError **error);
RnlLibrary *rnl_store_test_open (const char *path);
gboolean rnl_store_test_try_flush (RnlLibrary *library, GError **error);
void rnl_store_test_flush (RnlLibrary *library);
void rnl_store_test_close (RnlLibrary *library);
GPtrArray *rnl_store_test_try_load (
  RnlLibrary *library, const char *chat_id, const char *before_id, guint limit, GError **error);
GPtrArray *rnl_store_test_load (RnlLibrary *library, const char *chat_id);
void rnl_store_test_assert_messages (GPtrArray *messages, const char *expected);
void rnl_store_test_assert_path (RnlLibrary *library, const char *chat_id, const char *expected);
GPtrArray *rnl_store_test_search (RnlLibrary *library, const char *query, guint limit);
RnlChat *rnl_store_test_add_chat (RnlLibrary *library, const char *title);

gint64 rnl_store_test_number (const char *path, const char *sql);
void rnl_store_test_script (const char *path, const char *sql);

G_END_DECLS

/* rnl-test.h: what every test program needs
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RnlTestCondition:
 * @user_data: the closure
 *
 * Returns: whether what is waited for has happened
 */
typedef gboolean (*RnlTestCondition) (gpointer user_data);

void rnl_test_init (int *argc, char ***argv);
void rnl_test_use_own_home (void);
gboolean rnl_test_run_until (RnlTestCondition condition, gpointer user_data, guint timeout_ms);
#define rnl_test_wait_for(condition, user_data)                                                    \
  g_assert_true (rnl_test_run_until ((RnlTestCondition) (condition), (user_data), 20000))
void rnl_test_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);
gboolean rnl_test_has_result (gpointer location);
void rnl_test_drop_last (gpointer location);
/* Before a local variable that owns an object: where its scope ends nobody else may hold it. */
#define rnl_test_last __attribute__ ((cleanup (rnl_test_drop_last)))
char *rnl_test_shared_path (const char *env_name, const char *folder);
const char *rnl_test_tmp_dir (void);

G_END_DECLS

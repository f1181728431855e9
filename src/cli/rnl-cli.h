/* rnl-cli.h: what the commands of runnel-cli share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "rnl-accounts.h"
#include "rnl-event-filter.h"
#include "rnl-library.h"
#include "rnl-tool-registry.h"

G_BEGIN_DECLS

/* Exit status: scripts rely on these numbers. */
typedef enum
{
  RNL_EXIT_OK = 0,
  RNL_EXIT_FAILED = 1,
  RNL_EXIT_USAGE = 2,
  RNL_EXIT_LIMIT = 3,
  RNL_EXIT_REFUSED = 4,
  RNL_EXIT_SCHEMA = 5,
  RNL_EXIT_INTERRUPTED = 130,
} RnlExit;

/* Commands: ARGV[0] is the command's own name. */
RnlExit rnl_cli_accounts (int argc, char **argv);
RnlExit rnl_cli_ask (int argc, char **argv);
RnlExit rnl_cli_chats (int argc, char **argv);
RnlExit rnl_cli_demo (int argc, char **argv);
RnlExit rnl_cli_models (int argc, char **argv);
RnlExit rnl_cli_tools (int argc, char **argv);
RnlExit rnl_cli_trace (int argc, char **argv);

/* What every command needs. */
GSettings *rnl_cli_settings_new (void);
RnlLibrary *rnl_cli_library_open (GError **error);
void rnl_cli_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);
void rnl_cli_wait (GAsyncResult **result);
RnlToolRegistry *rnl_cli_tools_new (GSettings *settings, RnlLibrary *library);
RnlExit rnl_cli_fail (RnlExit status, const char *format, ...) G_GNUC_PRINTF (2, 3);
RnlExit rnl_cli_fail_error (RnlExit status, GError *error);
void rnl_cli_print_json (JsonNode *node, gboolean pretty);
gboolean
rnl_cli_parse (GOptionEntry *entries, const char *usage, int *argc, char ***argv, GError **error);
gboolean rnl_cli_parse_filtered (GOptionEntry *entries,
                                 RnlEventFilter *filter,
                                 const char *usage,
                                 int *argc,
                                 char ***argv,
                                 GError **error);

G_END_DECLS

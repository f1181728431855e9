/* cli-harness.h: runs runnel-cli as a person does
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * CliResult:
 * @status: the exit status, 128 + signal when it was killed
 * @out: standard output
 * @err: standard error
 * @lines: (element-type utf8): the lines of @out
 * @arrived: when each line arrived, in microseconds of the monotonic clock
 * @n_reads: how many reads standard output took
 */
typedef struct
{
  int status;
  GString *out;
  GString *err;
  GPtrArray *lines;
  GArray *arrived;
  guint n_reads;
} CliResult;

void cli_set_program (const char *path);
const char *cli_get_program (void);
/* G_MESSAGES_DEBUG of the program alone: what the test itself prints is TAP. */
void cli_set_debug (const char *domains);
CliResult *cli_run_shell (const char *command);
/* Runs it with ARGS (a NULL-terminated list); @interrupt_after: send SIGINT once that text was
 * printed. */
CliResult *cli_run (const char *input, const char *interrupt_after, ...) G_GNUC_NULL_TERMINATED;
void cli_result_free (CliResult *result);
JsonObject *cli_parse_line (CliResult *result, guint line, JsonNode **owner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliResult, cli_result_free)

G_END_DECLS

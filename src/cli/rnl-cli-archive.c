/* rnl-cli-archive.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-archive.h"

#include <gio/gunixoutputstream.h>
#include <unistd.h>

#include "rnl-archive-export.h"

/* Only where somebody looks: in a pipe nothing but the chats is of use. */
static void
progress_cb (guint64 done, guint64 total, gpointer unused)
{
  if (total > 0 && isatty (STDERR_FILENO))
    g_printerr ("\r%3u %%", (guint) (done * 100 / total));
}

static void
end_progress (void)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r     \r");
}

static GOutputStream *
open_output (const char *output, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (output == NULL || g_str_equal (output, "-"))
    return g_unix_output_stream_new (STDOUT_FILENO, FALSE);

  file = g_file_new_for_commandline_arg (output);

  return G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error));
}

/* Returns: (nullable): the first of CHAT_IDS that the library does not have */
static const char *
find_missing (RnlLibrary *library, const char *const *chat_ids)
{
  for (; chat_ids != NULL && *chat_ids != NULL; chat_ids++)
    if (rnl_library_find_chat (library, *chat_ids) == NULL)
      return *chat_ids;

  return NULL;
}

/**
 * rnl_cli_export:
 * @library: an open library
 * @chat_ids: (nullable): which chats; `NULL` for all
 * @format: one of md, html, json, txt
 * @output: (nullable): a file, which is replaced when all of it is written; `NULL` for standard
 * output
 *
 * Returns: the status to exit with
 */
RnlExit
rnl_cli_export (RnlLibrary *library,
                const char *const *chat_ids,
                const char *format,
                const char *output)
{
  const char *missing = find_missing (library, chat_ids);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GOutputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  int value;

  if (missing != NULL)
    return rnl_cli_fail (RNL_EXIT_FAILED,
                         "there is no chat %s; \"runnel-cli chats list\" shows them", missing);
  if (!rnl_enum_from_nick (RNL_TYPE_ARCHIVE_FORMAT, format, &value))
    return rnl_cli_fail (RNL_EXIT_USAGE, "--format takes one of: md, html, json, txt");
  stream = open_output (output, &error);
  if (stream == NULL)
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);

  rnl_archive_export_async (library, chat_ids, (RnlArchiveFormat) value, stream,
                            output != NULL ? progress_cb : NULL, NULL, NULL, rnl_cli_result_cb,
                            &result);
  rnl_cli_wait (&result);
  if (output != NULL)
    end_progress ();
  if (!rnl_archive_export_finish (library, result, &error))
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);

  return RNL_EXIT_OK;
}

/**
 * rnl_cli_import:
 * @library: an open library
 * @paths: archives; each comes in whole or not at all
 *
 * Returns: the status to exit with
 */
RnlExit
rnl_cli_import (RnlLibrary *library, const char *const *paths)
{
  for (; *paths != NULL; paths++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (*paths);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      guint n_added = 0, n_known = 0;

      rnl_archive_import_async (library, file, progress_cb, NULL, NULL, rnl_cli_result_cb, &result);
      rnl_cli_wait (&result);
      end_progress ();
      if (!rnl_archive_import_finish (library, result, &n_added, &n_known, &error))
        return rnl_cli_fail_error (RNL_EXIT_FAILED, error);
      g_print ("%s: %u new, %u already there\n", *paths, n_added, n_known);
    }

  return RNL_EXIT_OK;
}

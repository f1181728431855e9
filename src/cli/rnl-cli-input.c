/* rnl-cli-input.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-input.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/**
 * rnl_cli_read_fd:
 * @fd: a descriptor to read from
 * @limit: how many bytes are enough
 *
 * Reads until the end, or until there are at least @limit bytes.
 *
 * Returns: (transfer full): what was read
 */
GBytes *
rnl_cli_read_fd (int fd, gsize limit)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[65536];
  gssize n;

  while (bytes->len < limit && (n = read (fd, buffer, sizeof buffer)) > 0)
    g_byte_array_append (bytes, buffer, (guint) n);

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static char *
take_text (const char *path, GBytes *bytes, gsize limit, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (length > limit)
    {
      g_autofree char *most = g_format_size_full (limit, G_FORMAT_SIZE_IEC_UNITS);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "%s has more than %s", path,
                   most);
      return NULL;
    }
  /* No bytes have no data. */
  if (length > 0 && !g_utf8_validate_len (text, length, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is not UTF-8 text", path);
      return NULL;
    }

  return g_strndup (length > 0 ? text : "", length);
}

/**
 * rnl_cli_read_text:
 * @path: a file, or the pipe that a shell made of a command
 * @limit: how many bytes it may have
 * @error: return location for an error
 *
 * Errors: `G_FILE_ERROR`, `G_IO_ERROR_MESSAGE_TOO_LARGE`, `G_IO_ERROR_INVALID_DATA`.
 *
 * Returns: (transfer full) (nullable): its text, which is UTF-8
 */
char *
rnl_cli_read_text (const char *path, gsize limit, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  int fd;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR, "%s is a folder", path);
      return NULL;
    }
  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    {
      int saved = errno;

      g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (saved), "%s: %s", path,
                   g_strerror (saved));
      return NULL;
    }
  bytes = rnl_cli_read_fd (fd, limit + 1);
  g_close (fd, NULL);

  return take_text (path, bytes, limit, error);
}

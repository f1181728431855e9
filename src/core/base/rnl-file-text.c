/* rnl-file-text.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-file-text.h"

#include <errno.h>
#include <unistd.h>

/**
 * rnl_file_text_is_binary:
 * @bytes: the beginning of a file, a few KiB
 * @length: how many
 *
 * Judges by content: a zero byte, or more than one in ten bytes a control character other than
 * white space and escape.
 *
 * Returns: whether this is not text
 */
gboolean
rnl_file_text_is_binary (const char *bytes, gsize length)
{
  gsize controls = 0;

  for (gsize i = 0; i < length; i++)
    {
      guchar c = (guchar) bytes[i];

      if (c == 0)
        return TRUE;
      if ((c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1b) || c == 0x7f)
        controls++;
    }

  return controls * 10 > length;
}

/**
 * rnl_file_text_clean:
 * @bytes: any bytes
 * @length: how many
 *
 * Returns: (transfer full): valid UTF-8 without zero bytes; what is not UTF-8 becomes U+FFFD
 */
char *
rnl_file_text_clean (const char *bytes, gsize length)
{
  /* With a length given, a zero byte counts as not valid and is replaced too. */
  return g_utf8_make_valid (bytes, (gssize) length);
}

/**
 * rnl_file_name_clean:
 * @name: a file's name as the disk has it
 *
 * Returns: (transfer full): valid UTF-8 on one line: control characters become "?"
 */
char *
rnl_file_name_clean (const char *name)
{
  char *clean = g_utf8_make_valid (name, -1);

  for (char *c = clean; *c != '\0'; c++)
    if ((guchar) *c < 0x20 || *c == 0x7f)
      *c = '?';

  return clean;
}

/**
 * rnl_file_read:
 * @fd: a regular file
 * @offset: where to begin, in bytes
 * @buffer: where to put them
 * @length: how many to read at most
 *
 * Reads until @length, the end, or an error.
 *
 * Returns: how many were read, or -1 with errno set
 */
gssize
rnl_file_read (int fd, guint64 offset, char *buffer, gsize length)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = pread (fd, buffer + done, length - done, (off_t) (offset + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      done += (gsize) n;
    }

  return (gssize) done;
}

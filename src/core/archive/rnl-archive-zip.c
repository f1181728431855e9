/* rnl-archive-zip.c
 *
 * Nothing of an entry's name becomes a path, so there is nothing to climb out of; what unpacks to
 * much more than it was, or never ends, is refused.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-archive-zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "rnl-archive-error.h"

/* Chats are text, and text becomes a tenth or so; pictures stay what they are. */
#define MAX_RATIO   100
#define MAX_FREE    (64 * 1024 * 1024)
#define MAX_ENTRIES 200000
#define MAX_FILE    (64 * 1024 * 1024)
#define BLOCK       (256 * 1024)

/* One archive being unpacked. */
typedef struct
{
  struct archive *archive;
  const char *name;
  gint64 left; /* bytes that may still come out */
  GCancellable *cancellable;
} Unpacking;

/**
 * rnl_archive_zip_is:
 * @path: a file
 *
 * Returns: whether it begins like a zip
 */
gboolean
rnl_archive_zip_is (const char *path)
{
  char magic[4] = { 0 };
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean is = fd >= 0 && read (fd, magic, sizeof magic) == sizeof magic
                && (memcmp (magic, "PK\3\4", 4) == 0 || memcmp (magic, "PK\5\6", 4) == 0);

  if (fd >= 0)
    g_close (fd, NULL);

  return is;
}

static void
set_broken (Unpacking *self, const char *entry, GError **error)
{
  const char *reason = archive_error_string (self->archive);

  g_set_error (error, RNL_ARCHIVE_ERROR, RNL_ARCHIVE_ERROR_BROKEN, "%s%s%s: %s", self->name,
               entry != NULL ? ", file " : "", entry != NULL ? entry : "",
               reason != NULL ? reason : "damaged");
}

static gboolean
write_all (int fd, const char *data, gsize size, GError **error)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (errno), "Cannot unpack: %s",
                       g_strerror (errno));
          return FALSE;
        }
      data += n;
      size -= (gsize) n;
    }

  return TRUE;
}

/* Unpacks one entry to PATH. What is larger than LIMIT is left out, but still counted. */
static gboolean
unpack_entry (Unpacking *self, const char *entry, const char *path, gint64 limit, GError **error)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  g_autofree char *block = g_malloc (BLOCK);
  gint64 size = 0;
  gboolean fine = fd >= 0;

  if (fd < 0)
    g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (errno), "Cannot unpack: %s",
                 g_strerror (errno));
  while (fine)
    {
      gssize n = archive_read_data (self->archive, block, BLOCK);

      if (n == 0)
        break;
      if (n < 0)
        {
          set_broken (self, entry, error);
          fine = FALSE;
          break;
        }
      size += n;
      self->left -= n;
      if (self->left < 0)
        {
          g_set_error (error, RNL_ARCHIVE_ERROR, RNL_ARCHIVE_ERROR_HOSTILE,
                       "%s, file %s: it unpacks to more than %d times its size", self->name, entry,
                       MAX_RATIO);
          fine = FALSE;
          break;
        }
      fine = !g_cancellable_set_error_if_cancelled (self->cancellable, error)
             && (size > limit || write_all (fd, block, (gsize) n, error));
    }
  if (fd >= 0)
    {
      if (size > limit && ftruncate (fd, 0) != 0)
        g_debug ("%s stays cut", entry);
      g_close (fd, NULL);
    }

  return fine;
}

static gboolean
is_chats (const char *name)
{
  const char *slash = strrchr (name, '/');
  const char *base = slash != NULL ? slash + 1 : name;

  return (g_str_has_prefix (base, "conversations") || g_str_has_prefix (base, "runnel"))
         && g_str_has_suffix (base, ".json");
}

/* The chats once more, drawn; the answers to questions about them. */
static gboolean
is_other_data (const char *name)
{
  return g_str_has_suffix (name, ".json") || g_str_has_suffix (name, ".html");
}

static gboolean
unpack_all (Unpacking *self, RnlArchiveFiles *files, GPtrArray *chats, GError **error)
{
  struct archive_entry *entry;

  for (guint n = 0;; n++)
    {
      int result = archive_read_next_header (self->archive, &entry);
      const char *name = result >= ARCHIVE_WARN ? archive_entry_pathname_utf8 (entry) : NULL;
      gboolean text;
      g_autofree char *clean = NULL;
      g_autofree char *path = NULL;

      if (result == ARCHIVE_EOF)
        return TRUE;
      if (result < ARCHIVE_WARN)
        {
          set_broken (self, NULL, error);
          return FALSE;
        }
      if (n >= MAX_ENTRIES)
        {
          g_set_error (error, RNL_ARCHIVE_ERROR, RNL_ARCHIVE_ERROR_HOSTILE,
                       "%s: more than %d files", self->name, MAX_ENTRIES);
          return FALSE;
        }
      if (name == NULL)
        name = archive_entry_pathname (entry);
      if (name == NULL || archive_entry_filetype (entry) != AE_IFREG)
        continue;

      clean = g_utf8_make_valid (name, -1);
      text = is_chats (clean);
      if (!text && is_other_data (clean))
        continue;
      path = rnl_archive_files_add (files, clean);
      if (!unpack_entry (self, clean, path, text ? G_MAXINT64 : MAX_FILE, error))
        return FALSE;
      if (text)
        g_ptr_array_add (chats, g_steal_pointer (&path));
    }
}

/**
 * rnl_archive_zip_unpack:
 * @path: a zip
 * @files: where its content goes
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Blocks; belongs on a thread of its own.
 *
 * Errors: `RNL_ARCHIVE_ERROR`, `G_IO_ERROR`
 *
 * Returns: (transfer full) (nullable): where the files with conversations are, as many as there are
 */
char **
rnl_archive_zip_unpack (const char *path,
                        RnlArchiveFiles *files,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GPtrArray) chats = g_ptr_array_new_with_free_func (g_free);
  Unpacking self = { archive_read_new (), name, MAX_FREE, cancellable };
  GStatBuf known;
  gboolean fine = FALSE;

  if (g_stat (path, &known) == 0)
    self.left += (gint64) known.st_size * MAX_RATIO;
  archive_read_support_format_zip_seekable (self.archive);
  if (archive_read_open_filename (self.archive, path, BLOCK) == ARCHIVE_OK)
    fine = unpack_all (&self, files, chats, error);
  else
    set_broken (&self, NULL, error);
  archive_read_free (self.archive);

  if (fine && chats->len == 0)
    {
      g_set_error (error, RNL_ARCHIVE_ERROR, RNL_ARCHIVE_ERROR_UNKNOWN,
                   "%s: no conversations.json in it", name);
      fine = FALSE;
    }
  if (!fine)
    return NULL;
  g_ptr_array_add (chats, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&chats), FALSE);
}

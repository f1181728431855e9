/* rnl-archive-files.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-archive-files.h"

#include <glib/gstdio.h>
#include <string.h>

#include "rnl-attachment.h"
#include "rnl-part-extra.h"

struct _RnlArchiveFiles
{
  char *folder;
  GPtrArray *names; /* in the order of their numbers */
};

/**
 * rnl_archive_files_new:
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an empty folder
 */
RnlArchiveFiles *
rnl_archive_files_new (GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-import-XXXXXX", error);
  RnlArchiveFiles *self;

  if (folder == NULL)
    return NULL;

  self = g_new0 (RnlArchiveFiles, 1);
  self->folder = g_steal_pointer (&folder);
  self->names = g_ptr_array_new_with_free_func (g_free);

  return self;
}

static char *
dup_path (RnlArchiveFiles *self, guint i)
{
  g_autofree char *number = g_strdup_printf ("%u", i);

  return g_build_filename (self->folder, number, NULL);
}

void
rnl_archive_files_free (RnlArchiveFiles *self)
{
  for (guint i = 0; i < self->names->len; i++)
    {
      g_autofree char *path = dup_path (self, i);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_ptr_array_unref (self->names);
  g_free (self->folder);
  g_free (self);
}

/**
 * rnl_archive_files_add:
 * @self: files
 * @name: what the archive calls it
 *
 * Returns: (transfer full): where its content goes
 */
char *
rnl_archive_files_add (RnlArchiveFiles *self, const char *name)
{
  const char *slash = strrchr (name, '/');

  g_ptr_array_add (self->names, g_strdup (slash != NULL ? slash + 1 : name));

  return dup_path (self, self->names->len - 1);
}

/* A name is a key, or a key and more: "file-abc" finds "file-abc-holiday.png". */
static gboolean
name_has_key (const char *name, const char *key)
{
  gsize length = strlen (key);

  return length > 0 && strncmp (name, key, length) == 0 && !g_ascii_isalnum (name[length]);
}

static char *
find_path (RnlArchiveFiles *self, const char *key)
{
  for (guint i = 0; key != NULL && i < self->names->len; i++)
    if (name_has_key (self->names->pdata[i], key))
      return dup_path (self, i);

  return NULL;
}

/* What no model takes is kept as it is. */
static RnlPart *
make_plain (GBytes *bytes, const char *name, const char *mime_type)
{
  RnlPart *part = rnl_part_new (RNL_PART_FILE, 0);
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_base64_encode (data, size);

  rnl_part_set_title (part, name);
  rnl_part_set_text (part, text);
  rnl_part_set_extra_string (part, RNL_PART_EXTRA_MIME_TYPE,
                             mime_type != NULL && !g_str_has_prefix (mime_type, "text/")
                               ? mime_type
                               : "application/octet-stream");
  rnl_part_set_complete (part, TRUE);

  return part;
}

/**
 * rnl_archive_files_make_part:
 * @self: (nullable): files; `NULL` when the archive had none
 * @key: (nullable): its id, or the beginning of its name in the archive
 * @name: (nullable): what a person calls it
 * @mime_type: (nullable): what the archive says it is
 *
 * Returns: (transfer full): the file as a part of a message; without content when the archive has
 *   none
 */
RnlPart *
rnl_archive_files_make_part (RnlArchiveFiles *self,
                             const char *key,
                             const char *name,
                             const char *mime_type)
{
  g_autofree char *path = self != NULL ? find_path (self, key) : NULL;
  g_autofree char *contents = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size = 0;
  RnlPart *part;

  if (name == NULL)
    name = key != NULL ? key : "file";
  if (path != NULL && g_file_get_contents (path, &contents, &size, NULL) && size > 0)
    {
      bytes = g_bytes_new_take (g_steal_pointer (&contents), size);
      part = rnl_attachment_new (bytes, name, NULL);
      return part != NULL ? part : make_plain (bytes, name, mime_type);
    }

  part = rnl_part_new (RNL_PART_FILE, 0);
  rnl_part_set_title (part, name);
  rnl_part_set_extra_string (part, RNL_PART_EXTRA_MIME_TYPE,
                             mime_type != NULL ? mime_type : "application/octet-stream");
  rnl_part_set_complete (part, TRUE);

  return part;
}

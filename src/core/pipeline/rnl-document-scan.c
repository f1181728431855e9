/* rnl-document-scan.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-document-scan.h"

#define ATTRIBUTES                                                                                 \
  G_FILE_ATTRIBUTE_STANDARD_NAME                                                                   \
  "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE                            \
  "," G_FILE_ATTRIBUTE_TIME_MODIFIED "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC

/**
 * Scan:
 * @known: files of the index that were not met yet; what is left at the end is gone
 */
typedef struct
{
  RnlStoreDb *db;
  GHashTable *known;
  GPtrArray *skipped;
  RnlIndexReport *report;
  GCancellable *cancellable;
  guint chunk_size;
  guint overlap;
  guint n_files;
} Scan;

static void
skip (Scan *scan, const char *path, const char *reason)
{
  g_autofree char *name = g_filename_display_name (path);

  g_ptr_array_add (scan->skipped, g_strdup_printf ("%s: %s", name, reason));
}

static gint64
modified_us (GFileInfo *info)
{
  guint64 seconds = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED);

  return (gint64) seconds * G_USEC_PER_SEC
         + g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC);
}

/* The disk's names may be any bytes; the index has text. A path that is none is its own escape. */
static char *
source_name (const char *path)
{
  return g_utf8_validate (path, -1, NULL) ? g_strdup (path) : g_filename_to_uri (path, NULL, NULL);
}

/* FALSE only for what ends the scan; a file that cannot be read is skipped. */
static gboolean
read_file (Scan *scan,
           const char *path,
           const char *source,
           const RnlDocumentKnown *known,
           GFileInfo *info,
           GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (RnlDocumentFile) file = rnl_document_file_read (path, scan->cancellable, &reason);
  gint64 n;

  if (g_cancellable_set_error_if_cancelled (scan->cancellable, error))
    return FALSE;
  if (file == NULL)
    {
      skip (scan, path, reason->message);
      return known == NULL || rnl_document_db_remove (scan->db, known->key, error);
    }
  if (known != NULL && g_str_equal (known->hash, file->hash))
    {
      scan->report->n_unchanged++;
      return rnl_document_db_touch (scan->db, known->key, modified_us (info), error);
    }

  n = rnl_document_db_add (scan->db, source, file, modified_us (info), g_file_info_get_size (info),
                           scan->chunk_size, scan->overlap, error);
  if (n < 0)
    return FALSE;
  scan->report->n_read++;
  scan->report->n_pieces += (guint) n;

  return TRUE;
}

static gboolean
visit_file (Scan *scan, const char *path, GFileInfo *info, GError **error)
{
  g_autofree char *source = source_name (path);
  g_autofree char *key = NULL;
  RnlDocumentKnown *known = NULL;
  gboolean read = TRUE;

  if (scan->n_files++ >= RNL_DOCUMENT_SCAN_MAX_FILES)
    {
      if (scan->n_files == RNL_DOCUMENT_SCAN_MAX_FILES + 1)
        skip (scan, path, "the folder has too many files; those after this one are left out");
      return TRUE;
    }

  g_hash_table_steal_extended (scan->known, source, (gpointer *) &key, (gpointer *) &known);
  if (known != NULL && known->mtime == modified_us (info)
      && known->size == g_file_info_get_size (info))
    scan->report->n_unchanged++;
  else
    read = read_file (scan, path, source, known, info, error);
  if (known != NULL)
    rnl_document_known_free (known);

  return read;
}

static gboolean visit_folder (Scan *scan, GFile *folder, guint depth, GError **error);

static gboolean
visit (Scan *scan, GFile *child, GFileInfo *info, guint depth, GError **error)
{
  const char *name = g_file_info_get_name (info);
  GFileType type = g_file_info_get_file_type (info);
  g_autofree char *path = g_file_get_path (child);

  if (*name == '.')
    return TRUE;
  if (type == G_FILE_TYPE_DIRECTORY)
    return visit_folder (scan, child, depth + 1, error);
  if (type == G_FILE_TYPE_REGULAR && rnl_document_file_is_known (name))
    return visit_file (scan, path, info, error);

  return TRUE;
}

static gboolean
visit_folder (Scan *scan, GFile *folder, guint depth, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GFileEnumerator) children = NULL;

  if (depth > RNL_DOCUMENT_SCAN_MAX_DEPTH)
    {
      skip (scan, g_file_peek_path (folder), "it lies too deep");
      return TRUE;
    }
  children = g_file_enumerate_children (folder, ATTRIBUTES, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                                        scan->cancellable, &reason);
  if (children == NULL && (depth == 0 || g_cancellable_is_cancelled (scan->cancellable)))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (children == NULL)
    {
      skip (scan, g_file_peek_path (folder), reason->message);
      return TRUE;
    }

  for (;;)
    {
      GFileInfo *info;
      GFile *child;

      if (!g_file_enumerator_iterate (children, &info, &child, scan->cancellable, error))
        return FALSE;
      if (info == NULL)
        return TRUE;
      if (!visit (scan, child, info, depth, error))
        return FALSE;
    }
}

static gboolean
remove_gone (Scan *scan, GError **error)
{
  GHashTableIter iter;
  gpointer known;

  g_hash_table_iter_init (&iter, scan->known);
  while (g_hash_table_iter_next (&iter, NULL, &known))
    {
      if (!rnl_document_db_remove (scan->db, ((RnlDocumentKnown *) known)->key, error))
        return FALSE;
      scan->report->n_removed++;
    }

  return TRUE;
}

/**
 * rnl_document_scan:
 * @db: an index
 * @folder: (type filename): an absolute path
 * @chunk_size: the most characters of a piece
 * @overlap: how many of them the next one may repeat
 * @cancellable: (nullable): stops it between files; what was read stays
 * @error: return location for an error
 *
 * Brings the index up to date with the text, Markdown and PDF files below a folder. A file whose
 * time and size are those of last time is not read, one whose bytes are the same not cut again.
 * Hidden files and symbolic links are left out.
 *
 * Returns: (transfer full) (nullable): what became of them
 */
RnlIndexReport *
rnl_document_scan (RnlStoreDb *db,
                   const char *folder,
                   guint chunk_size,
                   guint overlap,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (RnlIndexReport) report = g_new0 (RnlIndexReport, 1);
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *source = source_name (path);
  g_autofree char *prefix = g_strconcat (source, "/", NULL);
  g_autoptr (GHashTable) known = rnl_document_db_list_files (db, prefix, error);
  g_autoptr (GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free);
  Scan scan = { db, known, skipped, report, cancellable, chunk_size, overlap, 0 };
  gboolean done;

  if (known == NULL)
    return NULL;
  done = visit_folder (&scan, file, 0, error) && remove_gone (&scan, error);
  g_ptr_array_add (skipped, NULL);
  report->skipped = (char **) g_ptr_array_free (g_steal_pointer (&skipped), FALSE);

  return done ? g_steal_pointer (&report) : NULL;
}

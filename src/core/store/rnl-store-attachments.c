/* rnl-store-attachments.c
 *
 * The content of a file part lies in a file of its own in the folder "attachments" beside the
 * database, as the bytes it was, named by the part's id; the part's text is empty then. It is
 * written before the row can be seen, and deleted after the row's deletion is on disk: a kill in
 * between leaves a file too many, never one too few.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#define G_LOG_DOMAIN "rnl-store"

#include "config.h"
#include "rnl-store-attachments.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "rnl-attachment.h"
#include "rnl-part-extra.h"
#include "rnl-store-statement.h"

#define FOLDER_MODE 0700
#define FILE_MODE   0600

static char *
dup_folder (RnlStoreDb *db)
{
  g_autofree char *folder = g_path_get_dirname (rnl_store_db_get_path (db));

  return g_build_filename (folder, "attachments", NULL);
}

/* An id may come from an imported file: it must not lead out of the folder.
 *
 * Returns: (transfer full) (nullable): where the content of ROW would be */
static char *
dup_path (RnlStoreDb *db, const RnlStorePartRow *row)
{
  g_autofree char *folder = NULL;

  if (row->type != RNL_PART_FILE || rnl_store_db_is_memory (db)
      || !g_uuid_string_is_valid (row->id))
    return NULL;

  folder = dup_folder (db);

  return g_build_filename (folder, row->id, NULL);
}

static gboolean
is_text (const RnlStorePartRow *row)
{
  g_autoptr (RnlPart) part = rnl_part_new (row->type, 0);

  rnl_part_set_extra_json (part, row->extra);

  return rnl_attachment_is_text (part);
}

/* Returns: (transfer full) (nullable): the bytes that TEXT stands for, NULL when they would not
 * give the same text again */
static char *
decode (const RnlStorePartRow *row, gsize *size)
{
  g_autofree char *bytes = NULL;
  g_autofree char *again = NULL;

  if (is_text (row))
    {
      *size = row->length;
      return g_memdup2 (row->text, row->length);
    }

  bytes = (char *) g_base64_decode (row->text, size);
  again = g_base64_encode ((const guchar *) bytes, *size);

  return strcmp (again, row->text) == 0 ? g_steal_pointer (&bytes) : NULL;
}

/**
 * rnl_store_attachment_put:
 * @db: a database, in a transaction
 * @row: a part with its text
 *
 * Writes the content of a file beside the database. A content never changes, so one that is there
 * is left alone.
 *
 * Returns: whether it is there; otherwise it belongs into the row, where nothing is lost either
 */
gboolean
rnl_store_attachment_put (RnlStoreDb *db, const RnlStorePartRow *row)
{
  g_autofree char *path = row->length > 0 ? dup_path (db, row) : NULL;
  g_autofree char *folder = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf known;
  gsize size;

  if (path == NULL || (bytes = decode (row, &size)) == NULL)
    return FALSE;
  if (g_stat (path, &known) == 0 && (gsize) known.st_size == size)
    return TRUE;

  folder = g_path_get_dirname (path);
  g_mkdir_with_parents (folder, FOLDER_MODE);
  if (g_file_set_contents_full (path, bytes, (gssize) size,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                FILE_MODE, &error))
    return TRUE;

  g_debug ("“%s” stays in the database: %s", row->id, error->message);

  return FALSE;
}

/**
 * rnl_store_attachment_get:
 * @db: a database
 * @row: a part that was read
 *
 * Fills in the text of a file whose content lies beside the database. One that somebody deleted
 * stays empty: the message is still worth reading.
 */
void
rnl_store_attachment_get (RnlStoreDb *db, RnlStorePartRow *row)
{
  g_autofree char *path = row->length == 0 ? dup_path (db, row) : NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  if (path == NULL)
    return;
  if (!g_file_get_contents (path, &bytes, &size, &error))
    {
      g_debug ("The content of “%s” is gone: %s", row->id, error->message);
      return;
    }

  if (!is_text (row))
    {
      g_autoptr (GBytes) base64 = rnl_attachment_encode (bytes, size);

      rnl_store_part_row_set_base64 (row, base64);
      return;
    }

  g_free (row->text);
  row->text = g_steal_pointer (&bytes);
  row->length = strlen (row->text);
}

/* Returns: (transfer full): those whose part has not come back meanwhile */
static GStrv
list_left (RnlStoreDb *db, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db, "SELECT id FROM left_attachments WHERE id NOT IN (SELECT id FROM parts)", error);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  while (statement != NULL && rnl_store_statement_next (statement, error))
    g_strv_builder_add (ids, rnl_store_statement_read_text (statement));

  return g_strv_builder_end (ids);
}

static gboolean
sweep (RnlStoreDb *db, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *folder = dup_folder (db);
  g_auto (GStrv) ids = list_left (db, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  for (gsize i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, ids[i], NULL);

      if (g_uuid_string_is_valid (ids[i]))
        g_unlink (path);
    }

  return rnl_store_db_exec (db, "DELETE FROM left_attachments", error);
}

static gboolean
has_left (RnlStoreDb *db)
{
  g_autoptr (RnlStoreStatement) statement
    = rnl_store_statement_get (db, "SELECT 1 FROM left_attachments LIMIT 1", NULL);

  return statement != NULL && rnl_store_statement_next (statement, NULL);
}

/**
 * rnl_store_attachments_sweep:
 * @db: a database, outside a transaction
 *
 * Deletes the contents of parts whose deletion is on disk. What cannot be done now is done the next
 * time.
 */
void
rnl_store_attachments_sweep (RnlStoreDb *db)
{
  g_autoptr (GError) error = NULL;

  if (rnl_store_db_is_memory (db) || !has_left (db))
    return;
  /* The lock keeps a part from coming back between the look and the deed. */
  if (rnl_store_db_begin (db, &error))
    {
      if (sweep (db, &error) && rnl_store_db_commit (db, &error))
        return;
      rnl_store_db_rollback (db);
    }
  g_debug ("Left contents stay for now: %s", error->message);
}

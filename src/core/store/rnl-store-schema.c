/* rnl-store-schema.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-store-schema.h"

#include "rnl-store-resources.h"
#include "rnl-store-statement.h"

/* In order; a script that has been released is never changed again. */
static const char *const migrations[] = {
  "001-chats.sql",       "002-search.sql",      "003-journal.sql",      "004-part-extra.sql",
  "005-versions.sql",    "006-attachments.sql", "007-search-words.sql", "008-chat-labels.sql",
  "009-chat-params.sql", "010-chat-place.sql",  "011-word-pairs.sql",
};

guint
rnl_store_schema_newest (void)
{
  return G_N_ELEMENTS (migrations);
}

/**
 * rnl_store_schema_check:
 * @db: a database
 * @newest: the newest version this program knows
 * @version: (out): the version it has, 0 when it is empty
 * @error: return location
 *
 * Reads whether the file is one this program may write. Changes nothing.
 *
 * Errors: `RNL_STORE_ERROR_NEWER`, `RNL_STORE_ERROR_CORRUPT` when it is something else
 *
 * Returns: whether it is
 */
gboolean
rnl_store_schema_check (RnlStoreDb *db, guint newest, guint *version, GError **error)
{
  gint64 application, user_version, tables;

  if (!rnl_store_statement_get_number (db, "SELECT count (*) FROM sqlite_schema", &tables, error)
      || !rnl_store_statement_get_number (db, "PRAGMA application_id", &application, error)
      || !rnl_store_statement_get_number (db, "PRAGMA user_version", &user_version, error))
    return FALSE;

  if (tables > 0 && application != RNL_STORE_APPLICATION_ID)
    {
      g_set_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_CORRUPT,
                   "“%s” is a database of another program", rnl_store_db_get_path (db));
      return FALSE;
    }
  if (user_version > newest)
    {
      g_set_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_NEWER,
                   "“%s” was written by a newer Runnel (version %d of its format, this one knows "
                   "up to %u)",
                   rnl_store_db_get_path (db), (int) user_version, newest);
      return FALSE;
    }
  *version = tables > 0 && user_version > 0 ? (guint) user_version : 0;

  return TRUE;
}

static gboolean
check_references (RnlStoreDb *db, GError **error)
{
  gint64 broken;

  if (!rnl_store_statement_get_number (db, "SELECT count (*) FROM pragma_foreign_key_check",
                                       &broken, error))
    return FALSE;
  if (broken == 0)
    return TRUE;

  g_set_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_FAILED,
               "Upgrading “%s” would leave %d rows that point nowhere", rnl_store_db_get_path (db),
               (int) broken);

  return FALSE;
}

static gboolean
run_scripts (RnlStoreDb *db, const char *const *scripts, guint newest, GError **error)
{
  g_autofree char *stamp = NULL;
  guint version;

  /* Again, now that nobody else can write: another process may have been first. */
  if (!rnl_store_schema_check (db, newest, &version, error))
    return FALSE;

  for (guint i = version; i < newest; i++)
    if (!rnl_store_db_exec (db, scripts[i], error))
      {
        g_prefix_error (error, "Migration %u: ", i + 1);
        return FALSE;
      }

  stamp = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u",
                           RNL_STORE_APPLICATION_ID, newest);

  return rnl_store_db_exec (db, stamp, error) && check_references (db, error);
}

/**
 * rnl_store_schema_migrate:
 * @db: a database
 * @scripts: the migrations: number i leads to version i + 1
 * @newest: how many there are
 * @error: return location
 *
 * Runs what is missing in one transaction: afterwards the database is of version @newest, or, when
 * anything failed, exactly what it was.
 *
 * Returns: whether it is of version @newest
 */
gboolean
rnl_store_schema_migrate (RnlStoreDb *db, const char *const *scripts, guint newest, GError **error)
{
  guint version;

  if (!rnl_store_schema_check (db, newest, &version, error))
    return FALSE;
  if (version == newest)
    return TRUE;
  if (!rnl_store_db_begin (db, error))
    return FALSE;

  if (!run_scripts (db, scripts, newest, error))
    {
      rnl_store_db_rollback (db);
      return FALSE;
    }

  return rnl_store_db_commit (db, error);
}

/**
 * rnl_store_schema_init:
 *
 * To be called before a thread opens a database. All resources of the program are registered when
 * the first of them is asked for; who asks for one on another thread meanwhile gets none (GLib
 * 2.74).
 */
void
rnl_store_schema_init (void)
{
  rnl_store_get_resource ();
}

/* Returns: (transfer full): the text of one migration; they are part of the program. */
static char *
load_script (guint i)
{
  g_autofree char *path
    = g_strdup_printf ("/io/github/runnel_chat/Runnel/store/migrations/%s", migrations[i]);
  g_autoptr (GBytes) bytes
    = g_resource_lookup_data (rnl_store_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (bytes != NULL);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/**
 * rnl_store_schema_upgrade:
 * @db: a database, just opened
 * @error: return location
 *
 * Checks that it is ours, sets up the connection and brings the tables to the newest version.
 *
 * Returns: whether it can be used
 */
gboolean
rnl_store_schema_upgrade (RnlStoreDb *db, GError **error)
{
  g_auto (GStrv) scripts = g_new0 (char *, G_N_ELEMENTS (migrations) + 1);
  guint version;

  for (guint i = 0; i < G_N_ELEMENTS (migrations); i++)
    scripts[i] = load_script (i);

  return rnl_store_schema_check (db, G_N_ELEMENTS (migrations), &version, error)
         && rnl_store_db_configure (db, error)
         && rnl_store_schema_migrate (db, (const char *const *) scripts, G_N_ELEMENTS (migrations),
                                      error);
}

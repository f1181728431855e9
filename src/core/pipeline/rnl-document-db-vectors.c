/* rnl-document-db-vectors.c: the meaning of pieces as vectors, compared one by one
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-document-db.h"

#include <math.h>

#include "rnl-document-db-private.h"

/**
 * rnl_document_db_use_embedder:
 * @db: an index
 * @id: who makes the vectors; those of another are forgotten, they mean something else
 * @error: return location for an error
 *
 * Returns: whether that could be written
 */
gboolean
rnl_document_db_use_embedder (RnlStoreDb *db, const char *id, GError **error)
{
  g_autoptr (RnlStoreStatement) forget
    = rnl_store_statement_get (db,
                               "UPDATE pieces SET vector = NULL WHERE NOT EXISTS"
                               " (SELECT 1 FROM facts WHERE name = 'embedder' AND value = ?)",
                               error);
  g_autoptr (RnlStoreStatement) remember = rnl_store_statement_get (
    db, "INSERT OR REPLACE INTO facts (name, value) VALUES ('embedder', ?)", error);

  if (forget == NULL || remember == NULL)
    return FALSE;
  rnl_store_statement_bind_text (forget, id);
  rnl_store_statement_bind_text (remember, id);

  return rnl_store_statement_run (forget, error) && rnl_store_statement_run (remember, error);
}

/**
 * rnl_document_db_list_without_vector:
 * @db: an index
 * @limit: how many at most
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type RnlDocument): pieces whose meaning is not known
 */
GPtrArray *
rnl_document_db_list_without_vector (RnlStoreDb *db, guint limit, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db,
    "SELECT " RNL_DOCUMENT_DB_COLUMNS " FROM pieces AS p JOIN files AS f ON f.id = p.file"
    " WHERE p.vector IS NULL ORDER BY p.id LIMIT ?",
    error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return NULL;
  rnl_store_statement_bind_int (statement, limit);
  while (rnl_store_statement_next (statement, &failure))
    g_ptr_array_add (found, rnl_document_db_read_document (statement, 0));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&found);
}

static double
norm_of (const float *vector, gsize length)
{
  double sum = 0;

  for (gsize i = 0; i < length; i++)
    sum += (double) vector[i] * vector[i];

  return sqrt (sum);
}

/**
 * rnl_document_db_set_vector:
 * @db: an index
 * @id: of a document
 * @vector: (array length=length): its meaning; stored with length 1, so that comparing is adding
 * @length: of @vector
 * @error: return location for an error
 *
 * Returns: whether it is written
 */
gboolean
rnl_document_db_set_vector (
  RnlStoreDb *db, const char *id, const float *vector, gsize length, GError **error)
{
  g_autofree float *unit = g_new (float, length + 1);
  double norm = norm_of (vector, length);
  g_autoptr (RnlStoreStatement) statement
    = rnl_store_statement_get (db, "UPDATE pieces SET vector = ? WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    unit[i] = norm > 0 ? (float) (vector[i] / norm) : 0;
  rnl_store_statement_bind_blob (statement, unit, length * sizeof (float));
  rnl_store_statement_bind_int (statement, g_ascii_strtoll (id, NULL, 10));

  return rnl_store_statement_run (statement, error);
}

typedef struct
{
  gint64 piece;
  double score;
} Candidate;

static double
compare (const float *a, const float *b, gsize length)
{
  float sums[4] = { 0 };
  gsize i = 0;

  for (; i + 4 <= length; i += 4)
    for (gsize j = 0; j < 4; j++)
      sums[j] += a[i + j] * b[i + j];
  for (; i < length; i++)
    sums[0] += a[i] * b[i];

  return (double) sums[0] + sums[1] + sums[2] + sums[3];
}

/* @best is sorted, the best first, and at most @limit long. */
static void
keep_best (GArray *best, guint limit, gint64 piece, double score)
{
  Candidate candidate = { piece, score };
  guint at = best->len;

  while (at > 0 && g_array_index (best, Candidate, at - 1).score < score)
    at--;
  if (at >= limit)
    return;
  g_array_insert_val (best, at, candidate);
  if (best->len > limit)
    g_array_set_size (best, limit);
}

static GArray *
scan (RnlStoreDb *db, const float *vector, gsize length, guint limit, GError **error)
{
  g_autoptr (GArray) best = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db, "SELECT id, vector FROM pieces WHERE vector IS NOT NULL ORDER BY id", error);
  g_autoptr (GError) failure = NULL;
  double norm = norm_of (vector, length);

  if (statement == NULL)
    return NULL;
  while (rnl_store_statement_next (statement, &failure))
    {
      gint64 piece = rnl_store_statement_read_int (statement);
      gsize size;
      const float *other = rnl_store_statement_read_blob (statement, &size);

      if (size == length * sizeof (float) && norm > 0)
        keep_best (best, limit, piece, compare (vector, other, length) / norm);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&best);
}

/**
 * rnl_document_db_search_vector:
 * @db: an index
 * @vector: (array length=length): the meaning of the question
 * @length: of @vector
 * @limit: how many at most
 * @error: return location for an error
 *
 * Compares with every piece by the cosine of the angle between them: a few thousand pieces take
 * milliseconds.
 *
 * Returns: (transfer full) (nullable) (element-type RnlDocument): the best first; scores from -1 to
 * 1
 */
GPtrArray *
rnl_document_db_search_vector (
  RnlStoreDb *db, const float *vector, gsize length, guint limit, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) best = scan (db, vector, length, limit, error);

  if (best == NULL)
    return NULL;
  for (guint i = 0; i < best->len; i++)
    {
      Candidate *candidate = &g_array_index (best, Candidate, i);
      g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
        db,
        "SELECT " RNL_DOCUMENT_DB_COLUMNS " FROM pieces AS p JOIN files AS f ON f.id = p.file"
        " WHERE p.id = ?",
        error);

      if (statement == NULL)
        return NULL;
      rnl_store_statement_bind_int (statement, candidate->piece);
      if (!rnl_store_statement_next (statement, error))
        return NULL;
      g_ptr_array_add (found, rnl_document_db_read_document (statement, candidate->score));
    }

  return g_steal_pointer (&found);
}

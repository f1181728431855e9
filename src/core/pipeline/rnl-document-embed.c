/* rnl-document-embed.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-document-embed.h"

#include "rnl-provider-error.h"

/* How many texts one request holds. */
#define BATCH 32

typedef struct
{
  RnlDocumentThread *thread; /* borrowed: its owner waits for us */
  RnlEmbedder *embedder;
} Embedding;

/**
 * Batch:
 * @documents: (nullable): (element-type RnlDocument): what @vectors is about
 */
typedef struct
{
  char *embedder;
  GPtrArray *documents;
  GArray *vectors;
} Batch;

static void
embedding_free (gpointer data)
{
  Embedding *embedding = data;

  g_object_unref (embedding->embedder);
  g_free (embedding);
}

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_free (batch->embedder);
  g_clear_pointer (&batch->documents, g_ptr_array_unref);
  g_clear_pointer (&batch->vectors, g_array_unref);
  g_free (batch);
}

static gboolean
write_vectors (RnlStoreDb *db, Batch *batch, GError **error)
{
  gsize length = batch->vectors->len / batch->documents->len;

  for (guint i = 0; i < batch->documents->len; i++)
    {
      RnlDocument *document = g_ptr_array_index (batch->documents, i);

      if (!rnl_document_db_set_vector (db, rnl_document_get_id (document),
                                       &g_array_index (batch->vectors, float, i *length), length,
                                       error))
        return FALSE;
    }

  return TRUE;
}

/* Writes what came, and says what is next. */
static gpointer
run_batch (RnlStoreDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Batch *batch = data;

  if (!rnl_store_db_begin (db, error))
    return NULL;
  if (!rnl_document_db_use_embedder (db, batch->embedder, error)
      || (batch->documents != NULL && !write_vectors (db, batch, error))
      || !rnl_store_db_commit (db, error))
    {
      rnl_store_db_rollback (db);
      return NULL;
    }

  return rnl_document_db_list_without_vector (db, BATCH, error);
}

static void next_batch (GTask *task, GPtrArray *documents, GArray *vectors);

typedef struct
{
  GTask *task;
  GPtrArray *documents;
} Request;

static void
embedded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Request *request = user_data;
  g_autoptr (GTask) task = request->task;
  g_autoptr (GPtrArray) documents = request->documents;
  g_autoptr (GArray) vectors = NULL;
  GError *error = NULL;

  vectors = rnl_embedder_embed_finish (RNL_EMBEDDER (source), result, &error);
  if (error == NULL && (vectors->len == 0 || vectors->len % documents->len != 0))
    error = rnl_provider_error_new (RNL_PROVIDER_ERROR_PROTOCOL,
                                    "%s gave no vector for each of %u texts",
                                    rnl_embedder_get_id (RNL_EMBEDDER (source)), documents->len);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    next_batch (g_steal_pointer (&task), documents, vectors);
}

static void
embed (GTask *task, GPtrArray *documents)
{
  Embedding *embedding = g_task_get_task_data (task);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  Request *request = g_new0 (Request, 1);

  for (guint i = 0; i < documents->len; i++)
    g_ptr_array_add (texts, (gpointer) rnl_document_get_text (g_ptr_array_index (documents, i)));
  g_ptr_array_add (texts, NULL);
  request->task = task;
  request->documents = g_ptr_array_ref (documents);
  rnl_embedder_embed_async (embedding->embedder, (const char *const *) texts->pdata,
                            g_task_get_cancellable (task), embedded_cb, request);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) documents = NULL;
  GError *error = NULL;

  documents = g_task_propagate_pointer (G_TASK (result), &error);
  if (documents == NULL)
    g_task_return_error (task, error);
  else if (documents->len == 0)
    g_task_return_boolean (task, TRUE);
  else
    embed (g_steal_pointer (&task), documents);
}

static void
next_batch (GTask *task, GPtrArray *documents, GArray *vectors)
{
  Embedding *embedding = g_task_get_task_data (task);
  GTask *job = g_task_new (NULL, g_task_get_cancellable (task), listed_cb, task);
  Batch *batch = g_new0 (Batch, 1);

  batch->embedder = g_strdup (rnl_embedder_get_id (embedding->embedder));
  if (documents != NULL)
    {
      batch->documents = g_ptr_array_ref (documents);
      batch->vectors = g_array_ref (vectors);
    }
  g_task_set_task_data (job, batch, batch_free);
  rnl_document_thread_run (embedding->thread, run_batch, job, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * rnl_document_embed_async:
 * @thread: of the index, which lives until the callback
 * @embedder: makes the vectors
 * @cancellable: (nullable): stops it; what was made stays
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Makes the vectors that are missing, some dozens at a time.
 */
void
rnl_document_embed_async (RnlDocumentThread *thread,
                          RnlEmbedder *embedder,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Embedding *embedding = g_new0 (Embedding, 1);

  g_task_set_source_tag (task, rnl_document_embed_async);
  embedding->thread = thread;
  embedding->embedder = g_object_ref (embedder);
  g_task_set_task_data (task, embedding, embedding_free);
  next_batch (task, NULL, NULL);
}

/**
 * rnl_document_embed_finish:
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_STORE_ERROR`, `RNL_PROVIDER_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: whether every piece has a vector
 */
gboolean
rnl_document_embed_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_document_embed_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

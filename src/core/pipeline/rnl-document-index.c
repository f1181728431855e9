/* rnl-document-index.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-document-index.h"

#include <string.h>

#include "rnl-document-embed.h"
#include "rnl-document-scan.h"
#include "rnl-document-thread.h"
#include "rnl-run-current-private.h"
#include "rnl-text-splitter.h"

/* How many of each kind of search are compared, at least; more than anyone reads. */
#define MIN_CANDIDATES 20
/* Reciprocal rank fusion: how little the first place is worth above the second. Source: Cormack,
 * Clarke, Buettcher, SIGIR 2009. */
#define RANK_CONSTANT 60.0

/**
 * RnlDocumentIndex:
 *
 * Texts and folders of text, Markdown and PDF files, cut into pieces that can be asked for. It
 * lives in a database file of its own, or in memory, and works on a thread of its own; what is
 * asked is done in order.
 *
 * Pieces are found by their words (BM25). With an embedder they are found by their meaning too, and
 * the two rankings are merged; a score is then 1 for what is first in both.
 */
struct _RnlDocumentIndex
{
  GObject parent_instance;

  /* owned */
  RnlDocumentThread *thread;
  RnlEmbedder *embedder;
  char *path;

  guint size;
  guint overlap;
};

enum
{
  PROP_0,
  PROP_PATH,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (RnlDocumentIndex, rnl_document_index, G_TYPE_OBJECT)

static void
rnl_document_index_constructed (GObject *object)
{
  RnlDocumentIndex *self = RNL_DOCUMENT_INDEX (object);

  G_OBJECT_CLASS (rnl_document_index_parent_class)->constructed (object);

  self->thread = rnl_document_thread_new (self->path);
}

static void
rnl_document_index_finalize (GObject *object)
{
  RnlDocumentIndex *self = RNL_DOCUMENT_INDEX (object);

  rnl_document_thread_stop (self->thread);
  g_clear_object (&self->embedder);
  g_free (self->path);

  G_OBJECT_CLASS (rnl_document_index_parent_class)->finalize (object);
}

static void
rnl_document_index_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_PATH:
      g_value_set_string (value, RNL_DOCUMENT_INDEX (object)->path);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_document_index_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_PATH:
      RNL_DOCUMENT_INDEX (object)->path = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_document_index_class_init (RnlDocumentIndexClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = rnl_document_index_constructed;
  object_class->finalize = rnl_document_index_finalize;
  object_class->get_property = rnl_document_index_get_property;
  object_class->set_property = rnl_document_index_set_property;

  /**
   * RnlDocumentIndex:path: (type filename)
   *
   * The database file, `NULL` for one in memory.
   */
  props[PROP_PATH] = g_param_spec_string (
    "path", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_document_index_init (RnlDocumentIndex *self)
{
  self->size = RNL_TEXT_SPLITTER_SIZE;
  self->overlap = RNL_TEXT_SPLITTER_OVERLAP;
}

/**
 * rnl_document_index_new:
 * @path: (nullable) (type filename): the database file, `NULL` for one in memory
 *
 * Returns: (transfer full): an index; a fault of the file is told by the first call
 */
RnlDocumentIndex *
rnl_document_index_new (const char *path)
{
  return g_object_new (RNL_TYPE_DOCUMENT_INDEX, "path", path, NULL);
}

/**
 * rnl_document_index_set_pieces:
 * @self: an index
 * @size: the most characters of a piece, above 0; 1000 at first
 * @overlap: how many of them the next one may repeat, below @size; 0 at first
 *
 * Holds for what is read from now on.
 */
void
rnl_document_index_set_pieces (RnlDocumentIndex *self, guint size, guint overlap)
{
  g_return_if_fail (RNL_IS_DOCUMENT_INDEX (self));
  g_return_if_fail (size > 0 && overlap < size);

  self->size = size;
  self->overlap = overlap;
}

/**
 * rnl_document_index_set_embedder:
 * @self: an index
 * @embedder: (nullable): what says what texts mean; vectors of another are forgotten
 *
 * Holds for what is added and asked from now on.
 */
void
rnl_document_index_set_embedder (RnlDocumentIndex *self, RnlEmbedder *embedder)
{
  g_return_if_fail (RNL_IS_DOCUMENT_INDEX (self));

  g_set_object (&self->embedder, embedder);
}

/**
 * rnl_document_index_get_embedder:
 * @self: an index
 *
 * Returns: (transfer none) (nullable): what says what texts mean
 */
RnlEmbedder *
rnl_document_index_get_embedder (RnlDocumentIndex *self)
{
  g_return_val_if_fail (RNL_IS_DOCUMENT_INDEX (self), NULL);

  return self->embedder;
}

/**
 * Addition:
 * @text: (nullable): `NULL` for a folder
 */
typedef struct
{
  char *source;
  char *text;
  guint size;
  guint overlap;
  RnlIndexReport *report;
} Addition;

static void
addition_free (gpointer data)
{
  Addition *addition = data;

  g_clear_pointer (&addition->report, rnl_index_report_free);
  g_free (addition->source);
  g_free (addition->text);
  g_free (addition);
}

static gpointer
add_text (RnlStoreDb *db, Addition *addition, GError **error)
{
  g_autoptr (RnlDocumentFile) file = rnl_document_file_new_text (addition->source, addition->text);
  g_autoptr (RnlIndexReport) report = g_new0 (RnlIndexReport, 1);
  gint64 n = rnl_document_db_add (db, addition->source, file, 0, (gint64) strlen (addition->text),
                                  addition->size, addition->overlap, error);

  if (n < 0)
    return NULL;
  report->n_read = 1;
  report->n_pieces = (guint) n;
  report->skipped = g_new0 (char *, 1);

  return g_steal_pointer (&report);
}

static gpointer
run_addition (RnlStoreDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Addition *addition = data;

  if (addition->text != NULL)
    return add_text (db, addition, error);

  return rnl_document_scan (db, addition->source, addition->size, addition->overlap, cancellable,
                            error);
}

static void
return_report (GTask *task)
{
  Addition *addition = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&addition->report),
                         (GDestroyNotify) rnl_index_report_free);
}

static void
embedded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (rnl_document_embed_finish (result, &error))
    return_report (task);
  else
    g_task_return_error (task, error);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RnlDocumentIndex *self = RNL_DOCUMENT_INDEX (source);
  g_autoptr (GTask) task = user_data;
  Addition *addition = g_task_get_task_data (task);
  GError *error = NULL;

  addition->report = g_task_propagate_pointer (G_TASK (result), &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (self->embedder == NULL)
    return_report (task);
  else
    rnl_document_embed_async (self->thread, self->embedder, g_task_get_cancellable (task),
                              embedded_cb, g_object_ref (task));
}

static void
start_addition (RnlDocumentIndex *self, GTask *task, const char *source, const char *text)
{
  Addition *addition = g_new0 (Addition, 1);
  Addition *copy;
  GTask *job;

  addition->source = g_strdup (source);
  g_task_set_task_data (task, addition, addition_free);

  copy = g_new0 (Addition, 1);
  copy->source = g_strdup (source);
  copy->text = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  copy->size = self->size;
  copy->overlap = self->overlap;
  job = g_task_new (self, g_task_get_cancellable (task), added_cb, task);
  g_task_set_task_data (job, copy, addition_free);
  rnl_document_thread_run (self->thread, run_addition, job, (GDestroyNotify) rnl_index_report_free);
}

/**
 * rnl_document_index_add_text_async:
 * @self: an index
 * @source: a name for the text; replaces what was added under it
 * @text: the text
 * @cancellable: (nullable): stops it
 * @callback: (nullable) (scope async): called once
 * @user_data: for @callback
 *
 * Adds a text. A search that is asked for later finds it, whether this was waited for or not
 * (by its words; its meaning is known when this is done).
 */
void
rnl_document_index_add_text_async (RnlDocumentIndex *self,
                                   const char *source,
                                   const char *text,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RNL_IS_DOCUMENT_INDEX (self));
  g_return_if_fail (source != NULL && text != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  rnl_run_await (task);
  g_task_set_source_tag (task, rnl_document_index_add_text_async);
  start_addition (self, task, source, text);
}

/**
 * rnl_document_index_add_text_finish:
 * @self: an index
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_STORE_ERROR`, `RNL_PROVIDER_ERROR` (of the embedder; the text is there, and found by
 * its words), `G_IO_ERROR_CANCELLED`.
 *
 * Returns: whether it is there
 */
gboolean
rnl_document_index_add_text_finish (RnlDocumentIndex *self, GAsyncResult *result, GError **error)
{
  g_autoptr (RnlIndexReport) report = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  report = g_task_propagate_pointer (G_TASK (result), error);

  return report != NULL;
}

/**
 * rnl_document_index_add_folder_async:
 * @self: an index
 * @folder: (type filename): an absolute path
 * @cancellable: (nullable): stops it; what was read stays
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Adds the text, Markdown and PDF files below a folder, or brings them up to date: files that did
 * not change are not read again, those that are gone are forgotten, and those that cannot be read
 * are reported with the reason.
 */
void
rnl_document_index_add_folder_async (RnlDocumentIndex *self,
                                     const char *folder,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RNL_IS_DOCUMENT_INDEX (self));
  g_return_if_fail (folder != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  rnl_run_await (task);
  g_task_set_source_tag (task, rnl_document_index_add_folder_async);
  start_addition (self, task, folder, NULL);
}

/**
 * rnl_document_index_add_folder_finish:
 * @self: an index
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR`, `RNL_STORE_ERROR`, `RNL_PROVIDER_ERROR` (of the embedder; the files are
 * there, and found by their words).
 *
 * Returns: (transfer full) (nullable): what became of the files
 */
RnlIndexReport *
rnl_document_index_add_folder_finish (RnlDocumentIndex *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * Search:
 * @vector: (nullable): the meaning of the question
 */
typedef struct
{
  char *question;
  guint limit;
  GArray *vector;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_clear_pointer (&search->vector, g_array_unref);
  g_free (search->question);
  g_free (search);
}

static void
add_ranks (GHashTable *merged, GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    {
      RnlDocument *document = g_ptr_array_index (found, i);
      RnlDocument *known = g_hash_table_lookup (merged, rnl_document_get_id (document));
      double share = (RANK_CONSTANT + 1) / (RANK_CONSTANT + 1 + i) / 2;

      rnl_document_set_score (document,
                              share + (known != NULL ? rnl_document_get_score (known) : 0));
      g_hash_table_replace (merged, (gpointer) rnl_document_get_id (document),
                            g_object_ref (document));
    }
}

static gint
compare_scores (gconstpointer a, gconstpointer b)
{
  RnlDocument *x = *(RnlDocument *const *) a;
  RnlDocument *y = *(RnlDocument *const *) b;
  double left = rnl_document_get_score (x);
  double right = rnl_document_get_score (y);

  return left != right ? (right > left) - (right < left)
                       : g_strcmp0 (rnl_document_get_id (x), rnl_document_get_id (y));
}

static GPtrArray *
merge (GPtrArray *words, GPtrArray *meaning)
{
  g_autoptr (GHashTable) merged
    = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer document;

  add_ranks (merged, words);
  add_ranks (merged, meaning);
  g_hash_table_iter_init (&iter, merged);
  while (g_hash_table_iter_next (&iter, NULL, &document))
    g_ptr_array_add (all, g_object_ref (document));
  g_ptr_array_sort (all, compare_scores);

  return all;
}

static gpointer
run_search (RnlStoreDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Search *search = data;
  guint limit = search->vector != NULL ? MAX (search->limit, MIN_CANDIDATES) : search->limit;
  g_autoptr (GPtrArray) words = rnl_document_db_search_words (db, search->question, limit, error);
  g_autoptr (GPtrArray) meaning = NULL;
  GPtrArray *merged;

  if (words == NULL || search->vector == NULL)
    return g_steal_pointer (&words);
  meaning = rnl_document_db_search_vector (db, (const float *) (gpointer) search->vector->data,
                                           search->vector->len, limit, error);
  if (meaning == NULL)
    return NULL;

  merged = merge (words, meaning);
  if (merged->len > search->limit)
    g_ptr_array_set_size (merged, (gint) search->limit);

  return merged;
}

static void
question_embedded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlDocumentIndex *self = g_task_get_source_object (task);
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;

  search->vector = rnl_embedder_embed_finish (RNL_EMBEDDER (source), result, &error);
  if (search->vector == NULL)
    g_task_return_error (task, error);
  else
    rnl_document_thread_run (self->thread, run_search, g_steal_pointer (&task),
                             (GDestroyNotify) g_ptr_array_unref);
}

/**
 * rnl_document_index_search_async:
 * @self: an index
 * @question: anything a person types; nothing in it is taken for syntax
 * @limit: how many documents at most
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Finds the pieces that answer best.
 */
void
rnl_document_index_search_async (RnlDocumentIndex *self,
                                 const char *question,
                                 guint limit,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Search *search;

  g_return_if_fail (RNL_IS_DOCUMENT_INDEX (self));
  g_return_if_fail (question != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  rnl_run_await (task);
  g_task_set_source_tag (task, rnl_document_index_search_async);
  search = g_new0 (Search, 1);
  search->question = g_utf8_make_valid (question, -1);
  search->limit = limit;
  g_task_set_task_data (task, search, search_free);
  if (self->embedder != NULL && *search->question != '\0')
    {
      const char *const texts[] = { search->question, NULL };

      rnl_embedder_embed_async (self->embedder, texts, cancellable, question_embedded_cb,
                                g_steal_pointer (&task));
    }
  else
    rnl_document_thread_run (self->thread, run_search, g_steal_pointer (&task),
                             (GDestroyNotify) g_ptr_array_unref);
}

/**
 * rnl_document_index_search_finish:
 * @self: an index
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_STORE_ERROR`, `RNL_PROVIDER_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer container) (nullable) (element-type RnlDocument): the best first
 */
GPtrArray *
rnl_document_index_search_finish (RnlDocumentIndex *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

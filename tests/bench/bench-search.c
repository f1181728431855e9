/* bench-search.c: finding words in very many messages
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fills a library with messages of 5 to 74 words (of 60,000, the n-th as common as 1/n), then
 * searches them as the window does, the newest 50 with snippets, and saves more. Prints for each
 * kind of query the times from the question to the answer, in milliseconds, over different
 * questions; exits with 1 when a kind is above its bound. Arguments: how many messages (1,000,000),
 * a folder for the file (a temporary one; the file goes in the end). */
#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>

#include "bench.h"
#include "rnl-library.h"
#include "rnl-store-pairs.h"
#include "rnl-store-tokenizer.h"
#include "rnl-test.h"

#define DEFAULT_MESSAGES 1000000
#define PER_CHAT         50
#define BATCH            50000
#define N_WORDS          60000
#define N_QUESTIONS      200
#define N_SAVED          400
#define LIMIT            50

typedef char *(*Question) (GRand *rand);

static sqlite3 *reader;
static gint64 n_messages;

/* The word that is the N-th most common: syllables, so that beginnings are shared. */
static void
append_word (GString *out, guint n)
{
  static const char consonants[] = "bdfgklmnprstvz", vowels[] = "aeiou";
  guint64 rest = (guint64) n * 2654435761u % 2744000 + 1;

  for (; rest > 0; rest /= 70)
    {
      g_string_append_c (out, consonants[rest % 14]);
      g_string_append_c (out, vowels[rest / 14 % 5]);
    }
}

static guint
pick_word (GRand *rand)
{
  return (guint) exp (g_rand_double (rand) * log (N_WORDS));
}

static void
append_text (GString *out, GRand *rand)
{
  gint n = g_rand_int_range (rand, 5, 75);

  for (gint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ' ');
      append_word (out, pick_word (rand));
    }
}

static void
run_sql (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static sqlite3 *
open_file (const char *path)
{
  sqlite3 *db = NULL;

  if (sqlite3_open (path, &db) != SQLITE_OK || rnl_store_tokenizer_register (db) != SQLITE_OK)
    g_error ("%s: %s", path, sqlite3_errmsg (db));

  return db;
}

static void
run_bound (sqlite3_stmt *statement, const char *id, gint64 n, const char *text)
{
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, n);
  if (text != NULL)
    sqlite3_bind_text (statement, 3, text, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("filling: %s", sqlite3_errmsg (sqlite3_db_handle (statement)));
  sqlite3_reset (statement);
}

/* As the store writes them, but many in a transaction. */
static gint64
fill (const char *path)
{
  static const char *const sql[] = {
    "INSERT INTO chats (id, title, created, updated) VALUES (?, '', ?, ?2)",
    "INSERT INTO messages (id, chat, role, state, created, parent) SELECT ?, key, 0, 1, ?2, leaf"
    " FROM chats WHERE key = (SELECT max (key) FROM chats)",
    "INSERT INTO parts (id, message, position, type, started, text)"
    " VALUES (?, (SELECT max (key) FROM messages), 0, 0, ?, ?)",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GString) text = g_string_new (NULL);
  sqlite3 *db = open_file (path);
  sqlite3_stmt *statements[G_N_ELEMENTS (sql)];
  gint64 bytes = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sql); i++)
    if (sqlite3_prepare_v2 (db, sql[i], -1, &statements[i], NULL) != SQLITE_OK)
      g_error ("%s: %s", sql[i], sqlite3_errmsg (db));
  run_sql (db, "BEGIN");
  for (gint64 i = 0; i < n_messages; i++)
    {
      g_autofree char *id = g_uuid_string_random ();

      if (i % PER_CHAT == 0)
        run_bound (statements[0], id, i, NULL);
      g_string_truncate (text, 0);
      append_text (text, rand);
      bytes += (gint64) text->len;
      run_bound (statements[1], id, i, NULL);
      run_bound (statements[2], id, i, text->str);
      if (i % BATCH == BATCH - 1)
        run_sql (db, "COMMIT; BEGIN");
    }
  run_sql (db, "COMMIT");
  for (guint i = 0; i < G_N_ELEMENTS (sql); i++)
    sqlite3_finalize (statements[i]);
  sqlite3_close (db);

  return bytes;
}

static gint64
file_size (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? (gint64) info.st_size : 0;
}

static char *
ask_word (GRand *rand)
{
  g_autoptr (GString) out = g_string_new (NULL);

  append_word (out, pick_word (rand));
  g_string_append_c (out, ' ');

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
ask_and (GRand *rand)
{
  g_autofree char *first = ask_word (rand);
  g_autofree char *second = ask_word (rand);

  return g_strconcat (first, second, NULL);
}

/* The words of some text. */
static GStrv
pick_words (GRand *rand)
{
  sqlite3_stmt *statement = NULL;
  GStrv words;

  sqlite3_prepare_v2 (reader, "SELECT text FROM parts WHERE key = ?", -1, &statement, NULL);
  sqlite3_bind_int64 (statement, 1, 1 + (gint64) (g_rand_double (rand) * (double) n_messages));
  g_assert (sqlite3_step (statement) == SQLITE_ROW);
  words = g_strsplit ((const char *) sqlite3_column_text (statement, 0), " ", -1);
  sqlite3_finalize (statement);

  return words;
}

/* Words that stand next to each other somewhere. */
static char *
ask_phrase (GRand *rand)
{
  g_auto (GStrv) words = pick_words (rand);
  gint first = g_rand_int_range (rand, 0, (gint) g_strv_length (words) - 1);

  return g_strdup_printf ("\"%s %s\"", words[first], words[first + 1]);
}

static char *
ask_three (GRand *rand)
{
  g_auto (GStrv) words = pick_words (rand);
  gint first = g_rand_int_range (rand, 0, (gint) g_strv_length (words) - 2);

  return g_strdup_printf ("\"%s %s %s\"", words[first], words[first + 1], words[first + 2]);
}

/* N words, each between the FIRST and the LAST most common. */
static char *
ask_words_of (GRand *rand, guint n, gint first, gint last)
{
  g_autoptr (GString) out = g_string_new ("\"");

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ' ');
      append_word (out, (guint) g_rand_int_range (rand, first, last + 1));
    }
  g_string_append_c (out, '"');

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* In some tens of thousands of texts each, and together in some tens or none. */
static char *
ask_seldom (GRand *rand)
{
  return ask_words_of (rand, 2, 50, 400);
}

/* Each in a fifth of all texts or more, and all of them together hardly ever. */
static char *
ask_never (GRand *rand)
{
  return ask_words_of (rand, 5, 1, 12);
}

/* One of the most common words before one that is so rare that they may never meet. */
static char *
ask_common_rare (GRand *rand)
{
  g_autoptr (GString) out = g_string_new ("\"");

  append_word (out, (guint) g_rand_int_range (rand, 1, 13));
  g_string_append_c (out, ' ');
  append_word (out, (guint) exp (log (1000) + g_rand_double (rand) * log (N_WORDS / 1000.)));
  g_string_append_c (out, '"');

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* A phrase and one more word of the same text. */
static char *
ask_phrase_word (GRand *rand)
{
  g_auto (GStrv) words = pick_words (rand);
  gint n = (gint) g_strv_length (words);
  gint first = g_rand_int_range (rand, 0, n - 1);

  return g_strdup_printf ("\"%s %s\" %s ", words[first], words[first + 1],
                          words[g_rand_int_range (rand, 0, n)]);
}

static char *
ask_prefix (GRand *rand)
{
  g_autofree char *word = ask_word (rand);

  return g_strndup (word, (gsize) g_rand_int_range (rand, 1, 6));
}

static char *
ask_and_prefix (GRand *rand)
{
  g_autofree char *first = ask_word (rand);
  g_autofree char *second = ask_prefix (rand);

  return g_strconcat (first, second, NULL);
}

/* Nothing of this is in the index as it stands. */
static char *
ask_anything (GRand *rand)
{
  static const char *const questions[]
    = { "%",   "c++", "xyzzy", "\"xyzzy xyzzy\"", "东京", "a'; --", "NEAR(", "\"",
        "...", "q",   "ufo",   "ba ba ba ba b" };

  return g_strdup (questions[g_rand_int_range (rand, 0, G_N_ELEMENTS (questions))]);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static guint
search (RnlLibrary *library, const char *query)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) hits = NULL;

  rnl_library_search_async (library, query, LIMIT, NULL, rnl_test_result_cb, &result);
  wait_for (&result);
  hits = rnl_library_search_finish (library, result, NULL);
  g_assert (hits != NULL);

  return hits->len;
}

static void
flush (RnlLibrary *library)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_library_flush_async (library, NULL, rnl_test_result_cb, &result);
  wait_for (&result);
  g_assert (rnl_library_flush_finish (library, result, NULL));
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* What the store does when nothing is asked for, without its pauses. */
static void
build_pairs (const char *path)
{
  g_autoptr (RnlStoreDb) db = rnl_store_db_open (path, NULL);
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (double));
  gint64 before = file_size (path);
  double start = bench_process_cpu_ms ();
  gboolean more = TRUE;

  g_assert (db != NULL && rnl_store_db_configure (db, NULL));
  while (more)
    {
      double cpu = bench_process_cpu_ms ();

      if (!rnl_store_pairs_build (db, &more, NULL))
        g_error ("building the index of pairs");
      cpu = bench_process_cpu_ms () - cpu;
      g_array_append_val (pieces, cpu);
    }
  g_assert (rnl_store_db_exec (db, "PRAGMA wal_checkpoint (TRUNCATE)", NULL));
  g_array_sort (pieces, compare);
  g_print ("{\"bench\": \"search\", \"what\": \"pairs\", \"n\": %u, \"cpu_s\": %.1f,"
           " \"cpu_p50_ms\": %.1f, \"cpu_p95_ms\": %.1f, \"cpu_max_ms\": %.1f,"
           " \"before_mb\": %.0f, \"after_mb\": %.0f}\n",
           pieces->len, (bench_process_cpu_ms () - start) / 1e3,
           g_array_index (pieces, double, pieces->len / 2),
           g_array_index (pieces, double, pieces->len * 95 / 100),
           g_array_index (pieces, double, pieces->len - 1), (double) before / 1e6,
           (double) file_size (path) / 1e6);
}

/* What one question took: by the clock, and of the processor. */
typedef struct
{
  double times[N_SAVED];
  double cpu[N_SAVED];
  guint n;
} Times;

static void
take_time (Times *self, gint64 begin, double cpu)
{
  self->times[self->n] = (double) (g_get_monotonic_time () - begin) / 1e3;
  self->cpu[self->n++] = bench_process_cpu_ms () - cpu;
}

/* Sorts the times. */
static void
print_times (Times *self, const char *name, double hits)
{
  guint n = self->n;

  qsort (self->times, n, sizeof *self->times, compare);
  qsort (self->cpu, n, sizeof *self->cpu, compare);
  g_print ("{\"bench\": \"search\", \"what\": \"%s\", \"n\": %u, \"hits\": %.1f, \"p50_ms\": %.3f,"
           " \"p95_ms\": %.3f, \"max_ms\": %.3f, \"cpu_p50_ms\": %.3f, \"cpu_p95_ms\": %.3f,"
           " \"cpu_max_ms\": %.3f}\n",
           name, n, hits, self->times[n / 2], self->times[n * 95 / 100], self->times[n - 1],
           self->cpu[n / 2], self->cpu[n * 95 / 100], self->cpu[n - 1]);
}

static gboolean
measure (RnlLibrary *library, const char *name, Question ask, double p95_bound, double max_bound)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  Times times = { 0 };
  guint hits = 0;

  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      g_autofree char *query = ask (rand);
      gint64 begin = g_get_monotonic_time ();
      double cpu = bench_process_cpu_ms ();

      hits += search (library, query);
      take_time (&times, begin, cpu);
      if (times.times[i] > max_bound)
        g_printerr ("%s “%s”: %.1f ms\n", name, query, times.times[i]);
    }
  print_times (&times, name, (double) hits / N_QUESTIONS);

  return times.times[N_QUESTIONS * 95 / 100] <= p95_bound
         && times.times[N_QUESTIONS - 1] <= max_bound;
}

static void
measure_saving (RnlLibrary *library)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (RnlChat) chat = g_list_model_get_item (rnl_library_list_chats (library), 0);
  Times times = { 0 };

  for (guint i = 0; i < N_SAVED; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (RnlMessage) message = NULL;
      gint64 begin;
      double cpu;

      append_text (text, rand);
      message = rnl_message_new_text (RNL_ROLE_USER, text->str);
      begin = g_get_monotonic_time ();
      cpu = bench_process_cpu_ms ();
      rnl_library_add_message (library, rnl_chat_get_id (chat), message);
      flush (library);
      take_time (&times, begin, cpu);
    }
  print_times (&times, "save", 0);
}

static RnlLibrary *
open_library (const char *path)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RnlLibrary *library = rnl_library_new (path);

  rnl_library_open_async (library, NULL, rnl_test_result_cb, &result);
  wait_for (&result);
  if (!rnl_library_open_finish (library, result, &error))
    g_error ("%s", error->message);

  return library;
}

static gboolean
measure_all (RnlLibrary *library)
{
  gboolean fine = TRUE;

  search (library, "warm");
  fine = measure (library, "word", ask_word, 5, 50) && fine;
  fine = measure (library, "and", ask_and, 5, 50) && fine;
  fine = measure (library, "phrase", ask_phrase, 5, 50) && fine;
  fine = measure (library, "phrase-three", ask_three, 5, 50) && fine;
  fine = measure (library, "phrase-seldom", ask_seldom, 5, 50) && fine;
  fine = measure (library, "phrase-common-rare", ask_common_rare, 5, 50) && fine;
  fine = measure (library, "phrase-word", ask_phrase_word, 5, 50) && fine;
  fine = measure (library, "phrase-never", ask_never, 20, 50) && fine;
  fine = measure (library, "prefix", ask_prefix, 20, 50) && fine;
  fine = measure (library, "and-prefix", ask_and_prefix, 20, 50) && fine;
  fine = measure (library, "anything", ask_anything, 50, 50) && fine;
  measure_saving (library);

  return fine;
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  RnlLibrary *library;
  gint64 begin, bytes = 0;
  gboolean fine, fresh;

  bench_init ();
  n_messages = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : DEFAULT_MESSAGES;
  folder = argc > 2 ? g_strdup (argv[2]) : g_dir_make_tmp ("runnel-search-XXXXXX", NULL);
  path = g_build_filename (folder, "library.db", NULL);

  fresh = !g_file_test (path, G_FILE_TEST_EXISTS);
  g_object_unref (open_library (path));
  begin = g_get_monotonic_time ();
  if (fresh)
    bytes = fill (path);
  g_print ("{\"bench\": \"search\", \"messages\": %" G_GINT64_FORMAT ", \"text_mb\": %.0f,"
           " \"fill_s\": %.1f}\n",
           n_messages, (double) bytes / 1e6, (double) (g_get_monotonic_time () - begin) / 1e6);

  build_pairs (path);
  reader = open_file (path);
  library = open_library (path);
  fine = measure_all (library);
  g_object_unref (library);
  sqlite3_close (reader);

  if (argc <= 2)
    {
      g_autofree char *lock = g_strconcat (path, "-lock", NULL);

      g_unlink (path);
      g_unlink (lock);
      g_rmdir (folder);
    }

  return fine ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* test-phrases.c: words next to each other, however much of their index is made
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-store-chats.h"
#include "rnl-store-messages.h"
#include "rnl-store-pairs.h"
#include "rnl-store-schema.h"
#include "rnl-store-search.h"
#include "rnl-store-statement.h"
#include "rnl-store-test.h"
#include "rnl-store-tokenizer.h"

/* More than are looked through without the index. */
#define N_TEXTS   1300
#define MAX_WORDS 14
#define N_QUERIES 25

/* Ways to write a word, and what all of them are to a search. No word is inside another one, so
 * that nothing is found but whole words. */
static const struct
{
  const char *written[3];
  const char *folded;
} vocabulary[] = {
  { { "fox", "Fox", "FOX" }, "fox" },
  { { "café", "Cafe", "CAFÉ" }, "cafe" },
  { { "Übermut", "übermut", "ubermut" }, "ubermut" },
  { { "and", "And", "AND" }, "and" },
  { { "x1", "X1", "x1" }, "x1" },
  { { "Мир", "мир", "МИР" }, "мир" },
  { { "东", "东", "东" }, "东" },
  { { "京", "京", "京" }, "京" },
  { { "郊", "郊", "郊" }, "郊" },
  { { "seldom", "Seldom", "sEldom" }, "seldom" },
};

/* A message as the test knows it. */
typedef struct
{
  char *id;
  guint words[MAX_WORDS];
  guint n; /* 0: it is deleted */
} Text;

typedef struct
{
  RnlStoreDb *db;
  GRand *rand;
  GPtrArray *texts;
  char *chat_id;
} Fixture;

static void
text_free (gpointer data)
{
  Text *self = data;

  g_free (self->id);
  g_free (self);
}

static guint
pick (GRand *rand, guint n)
{
  return (guint) g_rand_int_range (rand, 0, (gint) n);
}

/* The last word is rare. */
static guint
pick_word (GRand *rand)
{
  return pick (rand, 200) == 0 ? G_N_ELEMENTS (vocabulary) - 1
                               : pick (rand, G_N_ELEMENTS (vocabulary) - 1);
}

static gboolean
is_unspaced (guint word)
{
  return rnl_store_char_is_unspaced (g_utf8_get_char (vocabulary[word].folded));
}

static char *
write_text (const Text *text, GRand *rand)
{
  static const char *const between[] = { " ", " ", ", ", "-", "\n\n", " “", "." };
  GString *out = g_string_new (pick (rand, 4) == 0 ? "…" : "");

  for (guint i = 0; i < text->n; i++)
    {
      if (i > 0 && !(is_unspaced (text->words[i - 1]) && is_unspaced (text->words[i])))
        g_string_append (out, between[pick (rand, G_N_ELEMENTS (between))]);
      g_string_append (out, vocabulary[text->words[i]].written[pick (rand, 3)]);
    }

  return g_string_free (out, FALSE);
}

/* Writes TEXT with the words it has now: the same message, and the same part of it. */
static void
write_words (Fixture *self, const Text *text, guint place)
{
  g_autofree char *written = write_text (text, self->rand);
  g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, written);
  g_autoptr (RnlStoreMessageRow) row = NULL;
  g_autoptr (GError) error = NULL;
  RnlStorePartRow *part;

  rnl_message_set_created (message, place);
  row = rnl_store_message_row_new (self->chat_id, message);
  part = row->parts->pdata[0];
  g_free (row->id);
  row->id = g_strdup (text->id);
  g_free (part->id);
  part->id = g_strconcat (text->id, "-part", NULL);
  g_assert_true (rnl_store_write_whole_message (self->db, row, &error));
  g_assert_no_error (error);
}

static void
rewrite (Fixture *self, Text *text, guint place)
{
  text->n = 1 + pick (self->rand, MAX_WORDS);
  for (guint i = 0; i < text->n; i++)
    text->words[i] = pick_word (self->rand);
  write_words (self, text, place);
}

static void
add_text (Fixture *self)
{
  Text *text = g_new0 (Text, 1);

  text->id = g_uuid_string_random ();
  g_ptr_array_add (self->texts, text);
  rewrite (self, text, self->texts->len);
}

static void
delete_text (Fixture *self, Text *text)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM parts WHERE id = '%s-part'", text->id);

  g_assert_true (rnl_store_db_exec (self->db, sql, NULL));
  text->n = 0;
}

static RnlStoreDb *
open_db (const char *path)
{
  g_autoptr (GError) error = NULL;
  RnlStoreDb *db = rnl_store_db_open (path, &error);

  g_assert_no_error (error);
  g_assert_true (rnl_store_schema_upgrade (db, &error));

  return db;
}

static void
fixture_init (Fixture *self, const char *path)
{
  g_autoptr (RnlChat) chat = rnl_chat_new ();

  self->db = open_db (path);
  self->rand = g_rand_new_with_seed (g_test_rand_int ());
  self->texts = g_ptr_array_new_with_free_func (text_free);
  self->chat_id = g_strdup (rnl_chat_get_id (chat));
  g_assert_true (rnl_store_write_chat (self->db, chat, NULL));
  g_assert_true (rnl_store_db_begin (self->db, NULL));
  for (guint i = 0; i < N_TEXTS; i++)
    add_text (self);
  g_assert_true (rnl_store_db_commit (self->db, NULL));
}

static void
fixture_clear (Fixture *self)
{
  g_ptr_array_unref (self->texts);
  g_rand_free (self->rand);
  g_free (self->chat_id);
  rnl_store_db_close (self->db);
}

/* What is asked for: words in a row, some times; the last one may be a beginning. */
typedef struct
{
  guint words[MAX_WORDS];
  guint starts[4]; /* of the rows, and where the last one ends */
  guint n_rows;
  gboolean open; /* the last row is one word, of which the beginning is given */
} Query;

/* Words as they follow each other somewhere, or any. */
static void
fill_row (Fixture *self, Query *query, guint n)
{
  const Text *text = g_ptr_array_index (self->texts, pick (self->rand, self->texts->len));
  guint start = query->starts[query->n_rows];
  gboolean somewhere = text->n >= n && pick (self->rand, 3) > 0;
  guint first = somewhere ? pick (self->rand, text->n - n + 1) : 0;

  for (guint i = 0; i < n; i++)
    query->words[start + i] = somewhere ? text->words[first + i] : pick_word (self->rand);
  query->starts[++query->n_rows] = start + n;
}

static Query
make_query (Fixture *self)
{
  Query query = { { 0 }, { 0 }, 0, FALSE };

  fill_row (self, &query, 2 + pick (self->rand, 3));
  if (pick (self->rand, 3) == 0)
    fill_row (self, &query, 1 + pick (self->rand, 3));
  if (pick (self->rand, 4) == 0)
    {
      fill_row (self, &query, 1);
      query.open = !is_unspaced (query.words[query.starts[query.n_rows - 1]]);
    }

  return query;
}

static char *
write_query (const Query *query, GRand *rand)
{
  GString *out = g_string_new (NULL);

  for (guint row = 0; row < query->n_rows; row++)
    {
      gboolean open = query->open && row + 1 == query->n_rows;

      g_string_append (out, row > 0 ? " " : "");
      g_string_append (out, open ? "" : "\"");
      for (guint i = query->starts[row]; i < query->starts[row + 1]; i++)
        g_string_append_printf (out, i > query->starts[row] ? " %s" : "%s",
                                vocabulary[query->words[i]].written[pick (rand, 3)]);
      g_string_append (out, open ? "" : "\"");
    }

  return g_string_free (out, FALSE);
}

static gboolean
row_occurs (const Query *query, guint row, const Text *text)
{
  guint n = query->starts[row + 1] - query->starts[row];

  for (guint i = 0; i + n <= text->n; i++)
    if (memcmp (text->words + i, query->words + query->starts[row], n * sizeof *text->words) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
all_rows_occur (const Query *query, const Text *text)
{
  for (guint row = 0; row < query->n_rows; row++)
    if (!row_occurs (query, row, text))
      return FALSE;

  return TRUE;
}

static GPtrArray *
search (RnlStoreDb *db, const char *text)
{
  RnlStoreQuery *query = rnl_store_query_new (text, 2 * N_TEXTS);
  g_autoptr (GError) error = NULL;
  GPtrArray *hits;

  query->budget = G_MAXINT64 / 2;
  hits = rnl_store_search (db, query, &error);
  g_assert_no_error (error);
  rnl_store_query_free (query);

  return hits;
}

/* What is found is what is there, the newest first. */
static void
assert_query (Fixture *self, const Query *query)
{
  g_autofree char *written = write_query (query, self->rand);
  g_autoptr (GPtrArray) hits = search (self->db, written);
  guint n = 0;

  for (guint i = self->texts->len; i > 0; i--)
    {
      const Text *text = g_ptr_array_index (self->texts, i - 1);
      const RnlSearchHit *hit = n < hits->len ? g_ptr_array_index (hits, n) : NULL;

      if (!all_rows_occur (query, text))
        continue;
      if (hit == NULL || !g_str_equal (hit->message_id, text->id))
        g_error ("%s: text %u of %u was not found as hit %u of %u", written, i, self->texts->len, n,
                 hits->len);
      n++;
    }
  if (n != hits->len)
    g_error ("%s: %u hits, not %u", written, hits->len, n);
}

static void
assert_right (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_QUERIES; i++)
    {
      Query query = make_query (self);

      assert_query (self, &query);
    }
  /* SQLite compares the index with the texts it should be of. */
  rnl_store_db_exec (
    self->db, "INSERT INTO pair_index (pair_index, rank) VALUES ('integrity-check', 1)", &error);
  g_assert_no_error (error);
}

static gint64
get_done (RnlStoreDb *db)
{
  gboolean ready;
  gint64 done;

  g_assert_true (rnl_store_pairs_get_done (db, &done, &ready, NULL));

  return done;
}

static gboolean
build_piece (RnlStoreDb *db)
{
  g_autoptr (GError) error = NULL;
  gboolean more;

  rnl_store_pairs_build (db, &more, &error);
  g_assert_no_error (error);

  return more;
}

/* Some of everything that happens to texts, old and new ones. */
static void
disturb (Fixture *self)
{
  g_assert_true (rnl_store_db_begin (self->db, NULL));
  for (guint i = 0; i < 60; i++)
    {
      guint place = pick (self->rand, self->texts->len);
      Text *text = g_ptr_array_index (self->texts, place);

      if (text->n == 0 || pick (self->rand, 3) == 0)
        add_text (self);
      else if (pick (self->rand, 2) == 0)
        delete_text (self, text);
      else
        rewrite (self, text, place + 1);
    }
  g_assert_true (rnl_store_db_commit (self->db, NULL));
}

static void
test_random (void)
{
  Fixture self = { 0 };
  guint n_pieces = 0;

  fixture_init (&self, ":memory:");
  g_assert_cmpint (get_done (self.db), ==, 0);
  assert_right (&self);
  for (gboolean more = TRUE; more; n_pieces++)
    {
      gint64 before = get_done (self.db);

      more = build_piece (self.db);
      g_assert_cmpint (get_done (self.db), >, before);
      assert_right (&self);
      disturb (&self);
      assert_right (&self);
    }
  g_assert_cmpuint (n_pieces, >=, 2);
  g_assert_cmpint (get_done (self.db), >, N_TEXTS / 2);

  g_assert_true (rnl_store_db_exec (self.db, "DELETE FROM chats", NULL));
  for (guint i = 0; i < self.texts->len; i++)
    ((Text *) g_ptr_array_index (self.texts, i))->n = 0;
  assert_right (&self);
  fixture_clear (&self);
}

/* How often a statement that mentions WORD has run since it was asked last. */
static gint
count_runs (RnlStoreDb *db, const char *word)
{
  sqlite3 *handle = rnl_store_db_get_handle (db);
  gint n = 0;

  for (sqlite3_stmt *statement = sqlite3_next_stmt (handle, NULL); statement != NULL;
       statement = sqlite3_next_stmt (handle, statement))
    if (strstr (sqlite3_sql (statement), word) != NULL)
      n += sqlite3_stmt_status (statement, SQLITE_STMTSTATUS_RUN, TRUE);

  return n;
}

static void
assert_way (RnlStoreDb *db, const char *query, gboolean pairs, gboolean words)
{
  g_autoptr (GPtrArray) hits = NULL;

  count_runs (db, "pair_index MATCH");
  count_runs (db, "part_index MATCH");
  hits = search (db, query);
  g_test_message ("%s", query);
  g_assert_cmpint (count_runs (db, "pair_index MATCH"), ==, pairs);
  g_assert_cmpint (count_runs (db, "part_index MATCH"), ==, words);
}

/* Who looks where: a phrase never walks through the places of its words once the pairs are there.
 */
static void
test_way (void)
{
  Fixture self = { 0 };

  fixture_init (&self, ":memory:");
  assert_way (self.db, "\"fox and\"", FALSE, TRUE);
  while (build_piece (self.db))
    ;
  assert_way (self.db, "\"fox and\"", TRUE, FALSE);
  assert_way (self.db, "\"seldom seldom seldom x1\"", TRUE, FALSE);
  assert_way (self.db, "\"fox nowhere\"", TRUE, FALSE);
  assert_way (self.db, "东京", TRUE, FALSE);
  assert_way (self.db, "fox-and ", TRUE, FALSE);
  assert_way (self.db, "\"fox and\" seldom ", TRUE, FALSE);
  assert_way (self.db, "fox and ", FALSE, TRUE);
  assert_way (self.db, "\"fox\"", FALSE, TRUE);
  fixture_clear (&self);
}

/* A word that is rare beside a phrase that is in all texts: then both lists are gone along. */
static void
test_beside (void)
{
  Fixture self = { 0 };
  const Query queries[] = {
    { { 0, 3, 9 }, { 0, 2, 3 }, 2, FALSE },
    { { 0, 3, 9 }, { 0, 2, 3 }, 2, TRUE },
    { { 3, 5, 9 }, { 0, 2, 3 }, 2, FALSE },
    { { 9, 0, 3 }, { 0, 1, 3 }, 2, FALSE },
  };

  fixture_init (&self, ":memory:");
  for (guint i = 0; i < N_TEXTS; i++)
    {
      Text *text = g_ptr_array_index (self.texts, i);

      *text = (Text){ text->id, { 0, 3, i % 97 == 0 ? 9 : 4, 1, i % 970 == 0 ? 9 : 5 }, 5 };
      write_words (&self, text, i + 1);
    }
  while (build_piece (self.db))
    ;
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    assert_query (&self, &queries[i]);
  assert_way (self.db, "\"fox and\" seldom ", TRUE, TRUE);
  assert_way (self.db, "\"fox and\" seldo", TRUE, TRUE);
  assert_way (self.db, "\"fox and\" se", TRUE, FALSE);
  fixture_clear (&self);
}

/* Where there is no room for a piece, nothing is different but that the index lacks it. */
static void
test_no_room (void)
{
  Fixture self = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean more, fits;
  gint64 before;

  fixture_init (&self, ":memory:");
  g_assert_true (rnl_store_db_exec (
    self.db, "PRAGMA temp_store = MEMORY; VACUUM; PRAGMA max_page_count = 1", NULL));
  do
    {
      before = get_done (self.db);
      fits = rnl_store_pairs_build (self.db, &more, &error);
    }
  while (fits && more);
  g_assert_false (fits);
  g_assert_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_FULL);
  g_assert_true (sqlite3_get_autocommit (rnl_store_db_get_handle (self.db)));
  g_assert_cmpint (get_done (self.db), ==, before);
  assert_right (&self);

  g_assert_true (rnl_store_db_exec (self.db, "PRAGMA max_page_count = 1000000", NULL));
  while (build_piece (self.db))
    ;
  assert_right (&self);
  fixture_clear (&self);
}

/* A program that ends in the middle leaves a beginning, with which the next one goes on, also when
 * another one writes at the same time. */
static void
test_go_on (void)
{
  g_autofree char *path = rnl_store_test_path ();
  g_autoptr (RnlStoreDb) other = NULL;
  Fixture self = { 0 };
  gint64 first;

  fixture_init (&self, path);
  g_assert_true (build_piece (self.db));
  first = get_done (self.db);
  rnl_store_db_close (self.db);

  self.db = open_db (path);
  g_assert_cmpint (get_done (self.db), ==, first);
  assert_right (&self);
  other = open_db (path);
  while (build_piece (other) && build_piece (self.db))
    disturb (&self);
  assert_right (&self);
  g_assert_cmpint (get_done (self.db), ==, get_done (other));
  fixture_clear (&self);
}

static gboolean
is_caught_up (gpointer user_data)
{
  return rnl_store_test_number (user_data,
                                "SELECT (SELECT max (key) FROM parts) - done < 256 FROM pair_state")
         != 0;
}

/* A library makes the index of what was there before it, while nobody asks for anything, and of
 * what comes later. */
static void
test_library (void)
{
  g_autofree char *path = rnl_store_test_path ();
  Fixture self = { 0 };
  RnlLibrary *library;
  RnlChat *chat;

  fixture_init (&self, path);
  fixture_clear (&self);
  g_assert_false (is_caught_up (path));
  library = rnl_store_test_open (path);
  rnl_test_wait_for (is_caught_up, path);

  chat = g_list_model_get_item (rnl_library_list_chats (library), 0);
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, "green eggs and ham");

      rnl_library_add_message (library, rnl_chat_get_id (chat), message);
    }
  rnl_store_test_flush (library);
  rnl_test_wait_for (is_caught_up, path);
  g_assert_cmpint (
    rnl_store_test_number (
      path, "SELECT count (*) FROM pair_index WHERE pair_index MATCH '\"green eggs\"'"),
    >, 0);
  g_object_unref (chat);
  rnl_store_test_close (library);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/phrases/random", test_random);
  g_test_add_func ("/phrases/way", test_way);
  g_test_add_func ("/phrases/beside", test_beside);
  g_test_add_func ("/phrases/no-room", test_no_room);
  g_test_add_func ("/phrases/go-on", test_go_on);
  g_test_add_func ("/phrases/library", test_library);

  return g_test_run ();
}

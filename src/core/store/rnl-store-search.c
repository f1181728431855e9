/* rnl-store-search.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-store-search.h"

#include <string.h>

#include "rnl-library.h"
#include "rnl-store-pairs.h"
#include "rnl-store-statement.h"
#include "rnl-store-terms.h"

/* However rare or common the words, an answer comes within this time: what was found by then. */
#define BUDGET_US 25000

/* Of that for looking inside of words, where the index has said that nothing begins like it. */
#define INSIDE_US 1500

/* For looking through the newest candidates, before another way is thought of. */
#define PROBE_US 6000

/* So many texts that may have a phrase are looked through, whatever else is asked for. */
#define MANY_TEXTS 500

/* Texts all over the library tell how common the beginning of a word is; up to this many of them
 * the index gathers its places faster than they can be looked for. */
#define SAMPLE      256
#define SAMPLE_RARE 12

/* Where the index knows nothing: around a match, in characters. */
#define SNIPPET_CHARS 40

RnlStoreQuery *
rnl_store_query_new (const char *text, guint limit)
{
  RnlStoreQuery *self = g_new0 (RnlStoreQuery, 1);

  self->text = g_utf8_make_valid (text, -1);
  self->limit = limit;
  self->budget = BUDGET_US;

  return self;
}

void
rnl_store_query_free (RnlStoreQuery *self)
{
  g_free (self->text);
  g_free (self);
}

/* One search under way. */
typedef struct
{
  RnlStoreDb *db;
  guint limit;
  RnlStoreTerms *terms;
  GPtrArray *hits;
  gint64 started;
  gint64 budget;
  guint first;         /* of the hits that are messages */
  gint64 last_message; /* the newest of them that was added */
} Search;

static const char *
find_word (const char *text, const char *word)
{
  return strcasestr (text, word);
}

/**
 * rnl_store_cut_snippet:
 * @text: a message
 * @word: what was looked for
 *
 * Returns: (transfer full): some text around the first @word, which stands between U+0002 and
 *   U+0003; the beginning of @text when it is not there
 */
char *
rnl_store_cut_snippet (const char *text, const char *word)
{
  const char *match = find_word (text, word);
  gsize length = match != NULL ? strlen (word) : 0;
  const char *start, *end;

  if (match == NULL)
    match = text;
  start = match;
  end = match + length;
  for (guint i = 0; i < SNIPPET_CHARS && start > text; i++)
    start = g_utf8_prev_char (start);
  for (guint i = 0; i < SNIPPET_CHARS && *end != '\0'; i++)
    end = g_utf8_next_char (end);

  return g_strdup_printf ("%s%.*s%s%.*s%s%.*s%s", start > text ? "…" : "", (int) (match - start),
                          start, length > 0 ? "\002" : "", (int) length, match,
                          length > 0 ? "\003" : "", (int) (end - match - (gssize) length),
                          match + length, *end != '\0' ? "…" : "");
}

/* The index is the outer loop and walked from its newest row, so the work ends with the limit
 * however common a word is; ranking would read every match. */
#define MATCH_PARTS                                                                                \
  "SELECT p.message, p.text FROM part_index CROSS JOIN parts p ON p.key = part_index.rowid"        \
  " WHERE part_index MATCH ? ORDER BY part_index.rowid DESC"
#define PAIR_KEYS                                                                                  \
  "SELECT rowid FROM pair_index WHERE pair_index MATCH ? AND rowid <= ? ORDER BY rowid DESC"
#define WORD_KEYS                                                                                  \
  "SELECT rowid FROM part_index WHERE part_index MATCH ? AND rowid <= ? ORDER BY rowid DESC"
#define ONE_PART "SELECT message, text FROM parts WHERE key = ?"
#define ALL_PARTS                                                                                  \
  "SELECT message, text FROM parts WHERE type = 0 AND parent IS NULL ORDER BY key DESC"
#define NEW_PARTS                                                                                  \
  "SELECT message, text FROM parts WHERE key > ? AND type = 0 AND parent IS NULL ORDER BY key "    \
  "DESC"
#define SAMPLE_PART                                                                                \
  "SELECT text FROM parts WHERE key >= ? AND type = 0 AND parent IS NULL ORDER BY key LIMIT 1"
#define FIND_MESSAGE                                                                               \
  "SELECT c.id, m.id, c.title, m.created FROM messages m CROSS JOIN chats c ON c.key = m.chat"     \
  " WHERE m.key = ? AND c.deleted IS NULL"
#define MATCH_TITLES                                                                               \
  "SELECT c.id, c.title, c.updated FROM title_index CROSS JOIN chats c"                            \
  " ON c.key = title_index.rowid"                                                                  \
  " WHERE title_index MATCH ? AND c.deleted IS NULL ORDER BY title_index.rowid DESC"
#define ALL_TITLES "SELECT id, title, updated FROM chats WHERE deleted IS NULL ORDER BY key DESC"

/* What of a row is to be looked for: nothing more, all that was asked for, the end of the last
 * word, or the words as they are. */
typedef enum
{
  WANT_NOTHING,
  WANT_TERMS,
  WANT_LAST,
  WANT_LITERAL,
} Want;

static gint64
elapsed (const Search *self)
{
  return g_get_monotonic_time () - self->started;
}

static gboolean
contains_words (const char *text, const char *const *words)
{
  for (; *words != NULL; words++)
    if (find_word (text, *words) == NULL)
      return FALSE;

  return TRUE;
}

static gboolean
is_wanted (Search *self, Want want, const char *text)
{
  switch (want)
    {
    case WANT_TERMS:
      return rnl_store_terms_all_occur (self->terms, text, strlen (text));
    case WANT_LAST:
      return rnl_store_terms_last_occurs (self->terms, text, strlen (text));
    case WANT_LITERAL:
      return contains_words (text, rnl_store_terms_get_words (self->terms));
    case WANT_NOTHING:
    default:
      return TRUE;
    }
}

static char *
cut_snippet (Search *self, Want want, const char *text)
{
  if (want == WANT_LITERAL)
    return rnl_store_cut_snippet (text, rnl_store_terms_get_words (self->terms)[0]);

  return rnl_store_terms_cut_snippet (self->terms, text, strlen (text));
}

/* Adds what a text of MESSAGE says, unless its chat is deleted. */
static gboolean
add_message_hit (Search *self, gint64 message, Want want, const char *text, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (self->db, FIND_MESSAGE, error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, message);
  if (rnl_store_statement_next (statement, &failure))
    {
      RnlSearchHit *hit = g_new0 (RnlSearchHit, 1);

      hit->chat_id = rnl_store_statement_dup_text (statement);
      hit->message_id = rnl_store_statement_dup_text (statement);
      hit->title = rnl_store_statement_dup_text (statement);
      hit->time = rnl_store_statement_read_int (statement);
      hit->snippet = cut_snippet (self, want, text);
      g_ptr_array_add (self->hits, hit);
    }
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/* Adds what ROW, of a message's key and a text, says, where that is wanted. */
static gboolean
add_row (Search *self, RnlStoreStatement *row, Want want, GError **error)
{
  gint64 message = rnl_store_statement_read_int (row);
  const char *text = rnl_store_statement_read_text (row);

  if (message == self->last_message || !is_wanted (self, want, text))
    return TRUE;
  self->last_message = message;

  return add_message_hit (self, message, want, text, error);
}

static gboolean
is_full (const Search *self)
{
  return self->hits->len - self->first >= self->limit;
}

/* A way through texts: rows of a message's key and a text, newest first. */
typedef struct
{
  const char *sql;
  const char *match; /* its parameter, nullable */
  gint64 key;        /* another one, or NO_KEY */
  Want want;
  gint64 time; /* when to leave it, measured from the beginning */
} Walk;

#define NO_KEY (-1)

/* Goes on until the limit is reached or the time is up, of which ENDED tells. */
static gboolean
walk_parts (Search *self, const Walk *walk, gboolean *ended, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (self->db, walk->sql, error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return FALSE;
  if (walk->match != NULL)
    rnl_store_statement_bind_text (statement, walk->match);
  if (walk->key != NO_KEY)
    rnl_store_statement_bind_int (statement, walk->key);

  *ended = FALSE;
  for (guint n = 1; !*ended && !is_full (self); n++)
    {
      if (!rnl_store_statement_next (statement, &failure))
        *ended = TRUE;
      else if (!add_row (self, statement, walk->want, &failure)
               || (n % 32 == 0 && elapsed (self) > walk->time))
        break;
    }
  *ended = *ended || is_full (self);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/* Forgets the messages that were found. */
static void
start_again (Search *self)
{
  g_ptr_array_set_size (self->hits, (gint) self->first);
  self->last_message = 0;
}

static gboolean
walk_titles (
  Search *self, const char *sql, const char *match, Want want, gint64 time, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (self->db, sql, error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return FALSE;
  if (match != NULL)
    rnl_store_statement_bind_text (statement, match);
  for (guint n = 1; self->hits->len < self->limit && (n % 32 != 0 || elapsed (self) < time)
                    && rnl_store_statement_next (statement, &failure);
       n++)
    {
      g_autofree char *id = rnl_store_statement_dup_text (statement);
      g_autofree char *title = rnl_store_statement_dup_text (statement);
      RnlSearchHit *hit;

      if (!is_wanted (self, want, title))
        continue;
      hit = g_new0 (RnlSearchHit, 1);
      hit->snippet = cut_snippet (self, want, title);
      hit->chat_id = g_steal_pointer (&id);
      hit->title = g_steal_pointer (&title);
      hit->time = rnl_store_statement_read_int (statement);
      g_ptr_array_add (self->hits, hit);
    }
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/* Whether so few texts have a word that begins like the last one that the index may gather them. */
static gboolean
last_is_rare (Search *self)
{
  g_autoptr (RnlStoreStatement) newest
    = rnl_store_statement_get (self->db, "SELECT max (key) FROM parts", NULL);
  gint64 step;
  guint found = 0;

  if (newest == NULL || !rnl_store_statement_next (newest, NULL))
    return TRUE;
  step = rnl_store_statement_read_int (newest) / SAMPLE + 1;
  for (gint64 i = 0; i < SAMPLE && found <= SAMPLE_RARE; i++)
    {
      g_autoptr (RnlStoreStatement) sample = rnl_store_statement_get (self->db, SAMPLE_PART, NULL);

      if (sample == NULL)
        return TRUE;
      rnl_store_statement_bind_int (sample, i * step);
      if (!rnl_store_statement_next (sample, NULL))
        break;
      found += is_wanted (self, WANT_LAST, rnl_store_statement_read_text (sample));
    }

  return found <= SAMPLE_RARE;
}

/* The last word is still being typed. The index would gather all places of all words that begin so
 * before it told the first: slow for "e". So the newest texts that can be meant are looked through;
 * common beginnings are found there. Rare ones are then cheap to gather. */
static gboolean
search_open (Search *self, const char *match, GError **error)
{
  g_autofree char *candidates = rnl_store_terms_dup_candidates (self->terms);
  const char *sql = candidates != NULL ? MATCH_PARTS : ALL_PARTS;
  Walk look = { sql, candidates, NO_KEY, WANT_LAST, elapsed (self) + PROBE_US };
  Walk ask = { MATCH_PARTS, match, NO_KEY, WANT_NOTHING, self->budget };
  gboolean ended;

  if (!walk_parts (self, &look, &ended, error))
    return FALSE;
  if (ended)
    return TRUE;

  start_again (self);
  look.time = self->budget;

  return walk_parts (self, last_is_rare (self) ? &ask : &look, &ended, error);
}

/* Returns: (transfer none): the keys of parts up to LAST that match, newest first */
static RnlStoreStatement *
list_keys (Search *self, const char *sql, const char *match, gint64 last, GError **error)
{
  RnlStoreStatement *statement = rnl_store_statement_get (self->db, sql, error);

  if (statement != NULL)
    {
      rnl_store_statement_bind_text (statement, match);
      rnl_store_statement_bind_int (statement, last);
    }

  return statement;
}

static gboolean
next_key (RnlStoreStatement *keys, gint64 *key, GError **error)
{
  if (!rnl_store_statement_next (keys, error))
    return FALSE;
  *key = rnl_store_statement_read_int (keys);

  return TRUE;
}

static gboolean
add_part (Search *self, gint64 key, GError **error)
{
  g_autoptr (RnlStoreStatement) part = rnl_store_statement_get (self->db, ONE_PART, error);

  if (part == NULL)
    return FALSE;
  rnl_store_statement_bind_int (part, key);

  return rnl_store_statement_next (part, error) && add_row (self, part, WANT_TERMS, error);
}

/* Goes on to the first of KEYS that is not newer than LAST.
 *
 * Returns: whether there is one, and was time to find it */
static gboolean
skip_newer (Search *self, RnlStoreStatement *keys, gint64 last, gint64 *key, GError **error)
{
  for (guint n = 1; *key > last; n++)
    if (!next_key (keys, key, error) || (n % 256 == 0 && elapsed (self) > self->budget))
      return FALSE;

  return TRUE;
}

/* Looks through the texts that PAIRS are in, up to LAST. After many of them, what stands beside the
 * phrases is seldom there: then only through those that WORDS are in, too, for to go along a list
 * of the index is much faster than to look at a text. */
static gboolean
walk_pairs (Search *self, const char *pairs, const char *words, gint64 last, GError **error)
{
  g_autoptr (RnlStoreStatement) by_pairs = list_keys (self, PAIR_KEYS, pairs, last, error);
  g_autoptr (RnlStoreStatement) by_words = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 pair = 0, word = G_MAXINT64;

  if (by_pairs == NULL)
    return FALSE;
  for (guint n = 1; !is_full (self) && next_key (by_pairs, &pair, &failure); n++)
    {
      gboolean both = words != NULL && n > MANY_TEXTS;

      if (both && by_words == NULL)
        by_words = list_keys (self, WORD_KEYS, words, pair, &failure);
      if (both && (failure != NULL || !skip_newer (self, by_words, pair, &word, &failure)))
        break;
      if ((!both || word == pair) && !add_part (self, pair, &failure))
        break;
      if (n % 32 == 0 && elapsed (self) > self->budget)
        break;
    }
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/* Phrases, with PAIRS of their words to ask the index of pairs for, which lacks what comes after
 * DONE. */
static gboolean
search_pairs (Search *self, const char *pairs, gint64 done, GError **error)
{
  g_autofree char *words = rnl_store_terms_dup_words (self->terms);
  Walk newest = { NEW_PARTS, NULL, done, WANT_TERMS, self->budget };
  gboolean ended;

  return walk_parts (self, &newest, &ended, error) && walk_pairs (self, pairs, words, done, error);
}

static gboolean
search_words (Search *self, const char *match, GError **error)
{
  Walk walk = { MATCH_PARTS, match, NO_KEY, WANT_NOTHING, self->budget };
  gboolean ended;

  return walk_parts (self, &walk, &ended, error);
}

static gboolean
search_messages (Search *self, const char *match, GError **error)
{
  g_autofree char *pairs = rnl_store_terms_dup_pairs (self->terms);
  gboolean ready = FALSE;
  gint64 done;

  self->first = self->hits->len;
  if (pairs != NULL && !rnl_store_pairs_get_done (self->db, &done, &ready, error))
    return FALSE;
  if (ready)
    return search_pairs (self, pairs, done, error);

  return rnl_store_terms_is_open (self->terms) ? search_open (self, match, error)
                                               : search_words (self, match, error);
}

static gboolean
search_index (Search *self, GError **error)
{
  g_autofree char *match = rnl_store_terms_dup_match (self->terms);

  return walk_titles (self, MATCH_TITLES, match, WANT_NOTHING, self->budget, error)
         && search_messages (self, match, error);
}

/* Looks for the words as they are, first in titles. */
static gboolean
search_inside (Search *self, gint64 time, GError **error)
{
  Walk walk = { ALL_PARTS, NULL, NO_KEY, WANT_LITERAL, time };
  gboolean ended;

  if (!walk_titles (self, ALL_TITLES, NULL, WANT_LITERAL, (elapsed (self) + time) / 2, error))
    return FALSE;
  self->first = self->hits->len;

  return walk_parts (self, &walk, &ended, error);
}

static gint
newest_first (gconstpointer a, gconstpointer b)
{
  const RnlSearchHit *x = *(RnlSearchHit *const *) a;
  const RnlSearchHit *y = *(RnlSearchHit *const *) b;

  return (y->time > x->time) - (y->time < x->time);
}

/**
 * rnl_store_search:
 * @db: a database
 * @query: a [struct@Runnel.StoreQuery]
 * @error: return location
 *
 * Asks the index; where that cannot answer (only punctuation) or finds nothing, looks for the words
 * as they are in the newest texts.
 *
 * Returns: (transfer full) (nullable) (element-type RnlSearchHit): newest first, or `NULL` with
 *   @error set
 */
gpointer
rnl_store_search (RnlStoreDb *db, gpointer query, GError **error)
{
  const RnlStoreQuery *request = query;
  g_autoptr (GPtrArray) hits
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_search_hit_free);
  g_autoptr (RnlStoreTokenizer) tokenizer = rnl_store_tokenizer_new (rnl_store_db_get_handle (db));
  g_autoptr (RnlStoreTerms) terms = rnl_store_terms_new (tokenizer, request->text);
  Search self = {
    .db = db,
    .limit = request->limit,
    .terms = terms,
    .hits = hits,
    .started = g_get_monotonic_time (),
    .budget = request->budget,
  };
  gboolean indexed = rnl_store_terms_is_indexed (terms);

  if (rnl_store_terms_get_words (terms)[0] == NULL)
    return g_steal_pointer (&hits);

  if (indexed && !search_index (&self, error))
    return NULL;
  if (hits->len == 0)
    {
      gint64 time
        = indexed ? MAX (elapsed (&self) + INSIDE_US, self.budget - BUDGET_US) : self.budget;

      if (!search_inside (&self, time, error))
        return NULL;
    }

  g_ptr_array_sort (hits, newest_first);
  if (hits->len > request->limit)
    g_ptr_array_set_size (hits, (gint) request->limit);

  return g_steal_pointer (&hits);
}

/* rnl-store-search.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-store-search.h"

#include <string.h>

#include "rnl-library.h"
#include "rnl-store-statement.h"

#define MAX_WORDS     16
#define SNIPPET_CHARS 40

RnlStoreQuery *
rnl_store_query_new (const char *text, guint limit)
{
  RnlStoreQuery *self = g_new0 (RnlStoreQuery, 1);

  self->text = g_utf8_make_valid (text, -1);
  self->limit = limit;

  return self;
}

void
rnl_store_query_free (RnlStoreQuery *self)
{
  g_free (self->text);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (RnlSearchHit, rnl_search_hit, rnl_search_hit_copy, rnl_search_hit_free)

/**
 * rnl_search_hit_copy:
 * @hit: a hit
 *
 * Returns: (transfer full): one of our own
 */
RnlSearchHit *
rnl_search_hit_copy (const RnlSearchHit *hit)
{
  RnlSearchHit *copy = g_memdup2 (hit, sizeof *hit);

  copy->chat_id = g_strdup (hit->chat_id);
  copy->message_id = g_strdup (hit->message_id);
  copy->title = g_strdup (hit->title);
  copy->snippet = g_strdup (hit->snippet);

  return copy;
}

/**
 * rnl_search_hit_free:
 * @hit: (transfer full): a hit
 *
 * Frees a hit.
 */
void
rnl_search_hit_free (RnlSearchHit *hit)
{
  g_free (hit->chat_id);
  g_free (hit->message_id);
  g_free (hit->title);
  g_free (hit->snippet);
  g_free (hit);
}

static char **
split_words (const char *text)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  const char *p = text;

  for (guint i = 0; i < MAX_WORDS && *p != '\0'; i++)
    {
      const char *start;
      g_autofree char *word = NULL;

      while (*p != '\0' && g_unichar_isspace (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      for (start = p; *p != '\0' && !g_unichar_isspace (g_utf8_get_char (p));)
        p = g_utf8_next_char (p);
      if (p == start)
        break;
      word = g_strndup (start, (gsize) (p - start));
      g_strv_builder_add (words, word);
    }

  return g_strv_builder_end (words);
}

static gboolean
has_token (const char *word)
{
  for (; *word != '\0'; word = g_utf8_next_char (word))
    if (g_unichar_isalnum (g_utf8_get_char (word)))
      return TRUE;

  return FALSE;
}

/* Scripts written without spaces: the index holds whole runs of them, not words. */
static gboolean
is_unspaced (const char *word)
{
  for (; *word != '\0'; word = g_utf8_next_char (word))
    switch ((int) g_unichar_get_script (g_utf8_get_char (word)))
      {
      case G_UNICODE_SCRIPT_HAN:
      case G_UNICODE_SCRIPT_HIRAGANA:
      case G_UNICODE_SCRIPT_KATAKANA:
      case G_UNICODE_SCRIPT_THAI:
      case G_UNICODE_SCRIPT_LAO:
      case G_UNICODE_SCRIPT_KHMER:
      case G_UNICODE_SCRIPT_MYANMAR:
        return TRUE;
      default:
        break;
      }

  return FALSE;
}

static gboolean
any_unspaced (const char *const *words)
{
  for (; *words != NULL; words++)
    if (is_unspaced (*words))
      return TRUE;

  return FALSE;
}

/**
 * rnl_store_match_expression:
 * @words: words as they were typed
 *
 * Each becomes a quoted prefix, so nothing in it is an operator.
 *
 * Returns: (transfer full) (nullable): an FTS5 expression that all words satisfy, or `NULL` when
 *   none of them holds a letter or a digit
 */
char *
rnl_store_match_expression (const char *const *words)
{
  g_autoptr (GString) expression = g_string_new (NULL);

  for (; *words != NULL; words++)
    {
      if (!has_token (*words))
        continue;
      if (expression->len > 0)
        g_string_append_c (expression, ' ');
      g_string_append_c (expression, '"');
      for (const char *p = *words; *p != '\0'; p++)
        {
          if (*p == '"')
            g_string_append_c (expression, '"');
          g_string_append_c (expression, *p);
        }
      g_string_append (expression, "\"*");
    }

  return expression->len > 0 ? g_string_free (g_steal_pointer (&expression), FALSE) : NULL;
}

/* Returns: (transfer full): a GLOB-free LIKE pattern for text that contains WORD; escape is \ */
static char *
like_pattern (const char *word)
{
  g_autoptr (GString) pattern = g_string_new ("%");

  for (; *word != '\0'; word++)
    {
      if (strchr ("%_\\", *word) != NULL)
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *word);
    }
  g_string_append_c (pattern, '%');

  return g_string_free (g_steal_pointer (&pattern), FALSE);
}

static const char *
find_word (const char *text, const char *word)
{
  gsize length = strlen (word);

  for (; *text != '\0'; text++)
    if (g_ascii_strncasecmp (text, word, length) == 0)
      return text;

  return NULL;
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

/* Columns: chat id, message id, title, snippet, time. Takes at most LIMIT, one per message. */
static gboolean
collect (
  RnlStoreStatement *statement, guint limit, const char *word, GPtrArray *hits, GError **error)
{
  g_autoptr (GError) failure = NULL;
  const char *last = NULL;

  for (guint n = 0; n < limit && rnl_store_statement_next (statement, &failure);)
    {
      g_autoptr (RnlSearchHit) hit = g_new0 (RnlSearchHit, 1);
      const char *text;

      hit->chat_id = rnl_store_statement_dup_text (statement);
      hit->message_id = rnl_store_statement_dup_text (statement);
      hit->title = rnl_store_statement_dup_text (statement);
      text = rnl_store_statement_read_text (statement);
      hit->snippet = word != NULL ? rnl_store_cut_snippet (text, word) : g_strdup (text);
      hit->time = rnl_store_statement_read_int (statement);
      if (hit->message_id != NULL && g_strcmp0 (hit->message_id, last) == 0)
        continue;
      last = hit->message_id;
      g_ptr_array_add (hits, g_steal_pointer (&hit));
      n++;
    }
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/* The index is the outer loop and walked from its newest row, so the work ends with the limit
 * however common a word is; ranking would read every match. */
#define MATCH_PARTS                                                                                \
  "SELECT c.id, m.id, c.title, snippet (part_index, 0, char (2), char (3), '…', 24), m.created"  \
  " FROM part_index CROSS JOIN parts p ON p.key = part_index.rowid"                                \
  " CROSS JOIN messages m ON m.key = p.message CROSS JOIN chats c ON c.key = m.chat"               \
  " WHERE part_index MATCH ? AND c.deleted IS NULL ORDER BY part_index.rowid DESC"
#define MATCH_TITLES                                                                               \
  "SELECT c.id, NULL, c.title, highlight (title_index, 0, char (2), char (3)), c.updated"          \
  " FROM title_index CROSS JOIN chats c ON c.key = title_index.rowid"                              \
  " WHERE title_index MATCH ? AND c.deleted IS NULL ORDER BY title_index.rowid DESC"
#define SCAN_PARTS                                                                                 \
  "SELECT c.id, m.id, c.title, p.text, m.created"                                                  \
  " FROM parts p CROSS JOIN messages m ON m.key = p.message CROSS JOIN chats c ON c.key = m.chat"  \
  " WHERE p.type = 0 AND p.parent IS NULL AND c.deleted IS NULL"                                   \
  " AND NOT EXISTS (SELECT 1 FROM json_each (?) w WHERE p.text NOT LIKE w.value ESCAPE '\\')"      \
  " ORDER BY p.key DESC"
#define SCAN_TITLES                                                                                \
  "SELECT c.id, NULL, c.title, c.title, c.updated FROM chats c WHERE c.deleted IS NULL"            \
  " AND NOT EXISTS (SELECT 1 FROM json_each (?) w WHERE c.title NOT LIKE w.value ESCAPE '\\')"     \
  " ORDER BY c.key DESC"

static gboolean
run_search (RnlStoreDb *db,
            const char *sql,
            const char *argument,
            guint limit,
            const char *word,
            GPtrArray *hits,
            GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_text (statement, argument);

  return collect (statement, limit, word, hits, error);
}

/* Returns: (transfer full): the words' LIKE patterns as a JSON array, one parameter for any number
 */
static char *
patterns_json (const char *const *words)
{
  g_autoptr (GString) json = g_string_new ("[");

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *pattern = like_pattern (words[i]);

      g_string_append (json, i > 0 ? ",\"" : "\"");
      for (const char *p = pattern; *p != '\0'; p++)
        {
          if (*p == '"' || *p == '\\')
            g_string_append_c (json, '\\');
          if ((guchar) *p < 0x20)
            g_string_append_printf (json, "\\u%04x", (guint) *p);
          else
            g_string_append_c (json, *p);
        }
      g_string_append_c (json, '"');
    }
  g_string_append_c (json, ']');

  return g_string_free (g_steal_pointer (&json), FALSE);
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
 * Asks the index; where that cannot answer (a script without spaces, only punctuation) or finds
 * nothing, looks for the words as they are in all the text.
 *
 * Returns: (transfer full) (nullable) (element-type RnlSearchHit): newest first, or `NULL` with
 *   @error set
 */
gpointer
rnl_store_search (RnlStoreDb *db, gpointer query, GError **error)
{
  const RnlStoreQuery *self = query;
  g_autoptr (GPtrArray) hits
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_search_hit_free);
  g_auto (GStrv) strv = split_words (self->text);
  const char *const *words = (const char *const *) strv;
  g_autofree char *match = any_unspaced (words) ? NULL : rnl_store_match_expression (words);

  if (words[0] == NULL)
    return g_steal_pointer (&hits);

  if (match != NULL
      && (!run_search (db, MATCH_TITLES, match, self->limit, NULL, hits, error)
          || !run_search (db, MATCH_PARTS, match, self->limit, NULL, hits, error)))
    return NULL;
  if (hits->len == 0)
    {
      g_autofree char *patterns = patterns_json (words);

      if (!run_search (db, SCAN_TITLES, patterns, self->limit, words[0], hits, error)
          || !run_search (db, SCAN_PARTS, patterns, self->limit, words[0], hits, error))
        return NULL;
    }

  g_ptr_array_sort (hits, newest_first);
  if (hits->len > self->limit)
    g_ptr_array_set_size (hits, (gint) self->limit);

  return g_steal_pointer (&hits);
}

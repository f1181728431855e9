/* rnl-store-terms.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-store-terms.h"

#include <string.h>

#define MAX_PIECES 16
#define MAX_TOKENS 32

/* The index holds the beginnings of words of this length, in characters: see 007-search-words.sql.
 */
#define PREFIX_CHARS 3

/* Around a match, in characters. */
#define SNIPPET_BEFORE 40
#define SNIPPET_AFTER  120

/* One word or phrase: its tokens stand next to each other. */
typedef struct
{
  GPtrArray *tokens;
  gboolean prefix;
} Term;

struct _RnlStoreTerms
{
  /* owned */
  GStrv words;
  GPtrArray *terms;

  /* borrowed */
  RnlStoreTokenizer *tokenizer;
};

static void
term_free (Term *self)
{
  g_ptr_array_unref (self->tokens);
  g_free (self);
}

static gboolean
add_token (gpointer data, const char *token, gsize length, gsize start, gsize end)
{
  Term *term = data;

  g_ptr_array_add (term->tokens, g_strndup (token, length));

  return term->tokens->len < MAX_TOKENS;
}

static const char *
last_token (const Term *term)
{
  return g_ptr_array_index (term->tokens, term->tokens->len - 1);
}

static void
add_term (RnlStoreTerms *self, const char *text, gsize length, gboolean prefix)
{
  Term *term = g_new0 (Term, 1);

  term->tokens = g_ptr_array_new_with_free_func (g_free);
  rnl_store_tokenizer_run (self->tokenizer, text, length, add_token, term);
  if (term->tokens->len == 0)
    {
      term_free (term);
      return;
    }
  /* A word of a script without spaces is whole with each of its letters. */
  term->prefix = prefix && !rnl_store_char_is_unspaced (g_utf8_get_char (last_token (term)));
  g_ptr_array_add (self->terms, term);
}

static const char *
skip_spaces (const char *p)
{
  while (*p != '\0' && g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);

  return p;
}

static const char *
skip_word (const char *p)
{
  while (*p != '\0' && !g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);

  return p;
}

/**
 * rnl_store_terms_new:
 * @tokenizer: of the index; outlives the terms
 * @text: anything, in UTF-8
 *
 * Returns: (transfer full): what @text asks for
 */
RnlStoreTerms *
rnl_store_terms_new (RnlStoreTokenizer *tokenizer, const char *text)
{
  RnlStoreTerms *self = g_new0 (RnlStoreTerms, 1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  const char *p = skip_spaces (text);

  self->tokenizer = tokenizer;
  self->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) term_free);
  for (guint i = 0; i < MAX_PIECES && *p != '\0'; i++)
    {
      const char *close = *p == '"' ? strchr (p + 1, '"') : NULL;
      const char *end = close != NULL ? close : skip_word (p);
      const char *start = close != NULL ? p + 1 : p;
      g_autofree char *word = g_strndup (start, (gsize) (end - start));

      add_term (self, start, (gsize) (end - start), close == NULL && *end == '\0');
      if (*word != '\0')
        g_strv_builder_add (words, word);
      p = skip_spaces (close != NULL ? close + 1 : end);
    }
  self->words = g_strv_builder_end (words);

  return self;
}

void
rnl_store_terms_free (RnlStoreTerms *self)
{
  g_strfreev (self->words);
  g_ptr_array_unref (self->terms);
  g_free (self);
}

/* Returns: (transfer none): the words and phrases as they were typed */
const char *const *
rnl_store_terms_get_words (const RnlStoreTerms *self)
{
  return (const char *const *) self->words;
}

/* Returns: whether the index can be asked: something holds a letter or a digit */
gboolean
rnl_store_terms_is_indexed (const RnlStoreTerms *self)
{
  return self->terms->len > 0;
}

/* The tokens are letters and digits, so nothing in the quotes is an operator. */
static void
append_tokens (GString *out, const Term *term, guint first, guint n, gboolean prefix)
{
  g_string_append (out, out->len > 0 ? " \"" : "\"");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, i > 0 ? " %s" : "%s", (char *) term->tokens->pdata[first + i]);
  g_string_append (out, prefix ? "\"*" : "\"");
}

/* What the index knows of words that begin like TOKEN: nothing when it is short. */
static void
append_beginning (GString *out, const char *token)
{
  if (g_utf8_strlen (token, -1) >= PREFIX_CHARS)
    g_string_append_printf (out, "%s\"%.*s\"*", out->len > 0 ? " " : "",
                            (int) (g_utf8_offset_to_pointer (token, PREFIX_CHARS) - token), token);
}

/* How many of its tokens are whole words. */
static guint
count_whole (const Term *term)
{
  return term->tokens->len - (term->prefix ? 1 : 0);
}

/**
 * rnl_store_terms_dup_match:
 * @self: terms of the index
 *
 * Returns: (transfer full): the FTS5 expression that says all of it
 */
char *
rnl_store_terms_dup_match (const RnlStoreTerms *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->terms->len; i++)
    {
      const Term *term = g_ptr_array_index (self->terms, i);

      append_tokens (out, term, 0, term->tokens->len, term->prefix);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static const Term *
last_term (const RnlStoreTerms *self)
{
  return g_ptr_array_index (self->terms, self->terms->len - 1);
}

/**
 * rnl_store_terms_is_open:
 * @self: terms of the index
 *
 * Returns: whether the index would have to gather the places of all words that begin like the last
 *   one before it could tell the first
 */
gboolean
rnl_store_terms_is_open (const RnlStoreTerms *self)
{
  const Term *last = last_term (self);

  return last->prefix && g_utf8_strlen (last_token (last), -1) != PREFIX_CHARS;
}

/**
 * rnl_store_terms_dup_candidates:
 * @self: open terms
 *
 * Returns: (transfer full) (nullable): an expression the index answers one by one, and that is true
 *   wherever all the terms are but the end of the last one is to be looked for; `NULL` for any text
 */
char *
rnl_store_terms_dup_candidates (const RnlStoreTerms *self)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const Term *last = last_term (self);

  for (guint i = 0; i + 1 < self->terms->len; i++)
    {
      const Term *term = g_ptr_array_index (self->terms, i);

      append_tokens (out, term, 0, term->tokens->len, FALSE);
    }
  if (last->tokens->len > 1)
    append_tokens (out, last, 0, last->tokens->len - 1, FALSE);
  append_beginning (out, last_token (last));

  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

/**
 * rnl_store_terms_dup_pairs:
 * @self: terms of the index
 *
 * Returns: (transfer full) (nullable): an expression for the index of pairs that is true wherever
 *   all the phrases are, and elsewhere; `NULL` where no two whole words stand together
 */
char *
rnl_store_terms_dup_pairs (const RnlStoreTerms *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->terms->len; i++)
    {
      const Term *term = g_ptr_array_index (self->terms, i);

      for (guint j = 0; j + 1 < count_whole (term); j++)
        append_tokens (out, term, j, 2, FALSE);
    }

  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

/**
 * rnl_store_terms_dup_words:
 * @self: terms of the index
 *
 * Returns: (transfer full) (nullable): an expression the index answers one by one, and that is true
 *   wherever the words are that are in none of the pairs; `NULL` where there are none
 */
char *
rnl_store_terms_dup_words (const RnlStoreTerms *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->terms->len; i++)
    {
      const Term *term = g_ptr_array_index (self->terms, i);

      if (count_whole (term) == 1)
        append_tokens (out, term, 0, 1, FALSE);
      if (term->prefix)
        append_beginning (out, last_token (term));
    }

  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

static gboolean
token_is (const Term *term, guint i, const char *token, gsize length)
{
  const char *wanted = g_ptr_array_index (term->tokens, i);
  gsize wanted_length = strlen (wanted);

  if (term->prefix && i + 1 == term->tokens->len)
    return length >= wanted_length && memcmp (token, wanted, wanted_length) == 0;

  return length == wanted_length && memcmp (token, wanted, length) == 0;
}

/* Which beginnings of the phrase end at the present token: bit i, the first i + 1 of its words. */
typedef struct
{
  const Term *term;
  guint64 matched;
  gboolean found;
} Follower;

static gboolean
follow_token (gpointer data, const char *token, gsize length, gsize start, gsize end)
{
  Follower *self = data;
  guint64 possible = (self->matched << 1) | 1;

  self->matched = 0;
  for (guint i = 0; i < self->term->tokens->len; i++)
    if ((possible >> i & 1) != 0 && token_is (self->term, i, token, length))
      self->matched |= G_GUINT64_CONSTANT (1) << i;
  self->found = (self->matched >> (self->term->tokens->len - 1) & 1) != 0;

  return !self->found;
}

/* Whether a word of TEXT, which is taken for ASCII, begins with WORD. */
static gboolean
begins_word (const char *text, gsize length, const char *word)
{
  gsize word_length = strlen (word);
  char first[3] = { word[0], g_ascii_toupper (word[0]), '\0' };

  for (const char *p = strpbrk (text, first); p != NULL; p = strpbrk (p + 1, first))
    {
      if ((gsize) (p - text) + word_length > length)
        return FALSE;
      if ((p == text || !g_ascii_isalnum (p[-1]))
          && g_ascii_strncasecmp (p, word, word_length) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_ascii (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) text[i] >= 0x80)
      return FALSE;

  return TRUE;
}

/* Whether TEXT, which is taken for ASCII, has words that begin like all those of TERM: what the
 * tokenizer need not be asked. */
static gboolean
may_hold (const Term *term, const char *text, gsize length)
{
  for (guint i = 0; i < term->tokens->len; i++)
    if (!begins_word (text, length, g_ptr_array_index (term->tokens, i)))
      return FALSE;

  return TRUE;
}

static gboolean
tokens_follow (const RnlStoreTerms *self, const Term *term, const char *text, gsize length)
{
  Follower follower = { term, 0, FALSE };

  rnl_store_tokenizer_run (self->tokenizer, text, length, follow_token, &follower);

  return follower.found;
}

/**
 * rnl_store_terms_last_occurs:
 * @self: open terms
 * @text: a text that ends with a NUL
 * @length: its length
 *
 * Returns: whether the last term is in @text
 */
gboolean
rnl_store_terms_last_occurs (RnlStoreTerms *self, const char *text, gsize length)
{
  const Term *last = last_term (self);

  /* The tokenizer is the judge, but most texts can be told without it. */
  if (is_ascii (text, length))
    {
      if (!may_hold (last, text, length))
        return FALSE;
      if (last->tokens->len == 1)
        return TRUE;
    }

  return tokens_follow (self, last, text, length);
}

/**
 * rnl_store_terms_all_occur:
 * @self: terms of the index
 * @text: a text that ends with a NUL
 * @length: its length
 *
 * Returns: whether all of it is in @text
 */
gboolean
rnl_store_terms_all_occur (RnlStoreTerms *self, const char *text, gsize length)
{
  if (is_ascii (text, length))
    for (guint i = 0; i < self->terms->len; i++)
      if (!may_hold (g_ptr_array_index (self->terms, i), text, length))
        return FALSE;

  for (guint i = 0; i < self->terms->len; i++)
    if (!tokens_follow (self, g_ptr_array_index (self->terms, i), text, length))
      return FALSE;

  return TRUE;
}

/* Where the words of any term stand. */
typedef struct
{
  RnlStoreTerms *terms;
  GString *out; /* nullable: only look for the first */
  const char *text;
  gsize written;
  gsize first;
  gboolean found;
} Marker;

static gboolean
is_wanted (RnlStoreTerms *self, const char *token, gsize length)
{
  for (guint i = 0; i < self->terms->len; i++)
    {
      const Term *term = g_ptr_array_index (self->terms, i);

      for (guint j = 0; j < term->tokens->len; j++)
        if (token_is (term, j, token, length))
          return TRUE;
    }

  return FALSE;
}

static gboolean
mark_token (gpointer data, const char *token, gsize length, gsize start, gsize end)
{
  Marker *self = data;

  if (!is_wanted (self->terms, token, length))
    return TRUE;
  if (self->out == NULL)
    {
      self->first = start;
      self->found = TRUE;
      return FALSE;
    }

  /* Neighbours of a phrase without spaces are one mark. */
  if (start == self->written && self->out->len > 0 && self->out->str[self->out->len - 1] == '\003')
    g_string_truncate (self->out, self->out->len - 1);
  else
    {
      g_string_append_len (self->out, self->text + self->written, (gssize) (start - self->written));
      g_string_append_c (self->out, '\002');
    }
  g_string_append_len (self->out, self->text + start, (gssize) (end - start));
  g_string_append_c (self->out, '\003');
  self->written = end;

  return TRUE;
}

/**
 * rnl_store_terms_cut_snippet:
 * @self: terms of the index
 * @text: a text in which they occur
 * @length: its length
 *
 * Reads no more of @text than up to the first match.
 *
 * Returns: (transfer full): some of @text around it, each match between U+0002 and U+0003
 */
char *
rnl_store_terms_cut_snippet (RnlStoreTerms *self, const char *text, gsize length)
{
  Marker marker = { self, NULL, text, 0, 0, FALSE };
  g_autoptr (GString) out = g_string_new (NULL);
  const char *start, *end;

  rnl_store_tokenizer_run (self->tokenizer, text, length, mark_token, &marker);
  start = end = text + marker.first;
  for (guint i = 0; i < SNIPPET_BEFORE && start > text; i++)
    start = g_utf8_prev_char (start);
  for (guint i = 0; i < SNIPPET_AFTER && *end != '\0'; i++)
    end = g_utf8_next_char (end);

  marker.out = out;
  marker.text = start;
  rnl_store_tokenizer_run (self->tokenizer, start, (gsize) (end - start), mark_token, &marker);
  g_string_append_len (out, start + marker.written,
                       (gssize) (end - start) - (gssize) marker.written);
  if (start > text)
    g_string_prepend (out, "…");
  if (*end != '\0')
    g_string_append (out, "…");

  return g_string_free (g_steal_pointer (&out), FALSE);
}

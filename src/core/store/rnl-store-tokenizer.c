/* rnl-store-tokenizer.c
 *
 * SQLite's unicode61, which folds case and diacritics and cuts at what is no letter or digit. Of
 * scripts that are written without spaces it would make whole clauses one word; here each letter of
 * them is a word, and a word of such a script a phrase.
 *
 * A second one tells of the same words which two stand next to each other: a number for each pair.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-store-tokenizer.h"

/* The first lead byte of UTF-8 under which there are scripts without spaces (Thai is the first). */
#define FIRST_UNSPACED_LEAD 0xe0

typedef int (*TokenFunc) (void *, int, const char *, int, int, int);

struct _RnlStoreTokenizer
{
  fts5_tokenizer base;
  Fts5Tokenizer *tokenizer;
};

/* One run of the base tokenizer over a piece of the text. */
typedef struct
{
  TokenFunc func;
  void *context;
  int offset;
  int result;
} Piece;

/**
 * rnl_store_char_is_unspaced:
 * @c: a character
 *
 * Returns: whether it is of a script that is written without spaces
 */
gboolean
rnl_store_char_is_unspaced (gunichar c)
{
  switch ((int) g_unichar_get_script (c))
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
      return FALSE;
    }
}

/* Keeps the answer, for "no more" (`SQLITE_DONE`) is success to the base tokenizer. */
static int
piece_cb (void *data, int flags, const char *token, int length, int start, int end)
{
  Piece *piece = data;

  piece->result = piece->func (piece->context, flags, token, length, piece->offset + start,
                               piece->offset + end);

  return piece->result;
}

static int
run_piece (RnlStoreTokenizer *self, Piece *piece, int flags, const char *text, int end)
{
  int result = SQLITE_OK;

  if (end > piece->offset)
    result = self->base.xTokenize (self->tokenizer, piece, flags, text + piece->offset,
                                   end - piece->offset, piece_cb);

  return result != SQLITE_OK ? result : piece->result;
}

static gboolean
may_hold_unspaced (const char *text, int length)
{
  for (int i = 0; i < length; i++)
    if ((guchar) text[i] >= FIRST_UNSPACED_LEAD)
      return TRUE;

  return FALSE;
}

/* Returns: the length of the character at I, as TEXT has it; 1 for what is not UTF-8 */
static int
char_at (const char *text, int length, int i, gunichar *c)
{
  *c = g_utf8_get_char_validated (text + i, length - i);
  if (*c == (gunichar) -1 || *c == (gunichar) -2)
    {
      *c = ' ';
      return 1;
    }

  return g_unichar_to_utf8 (*c, NULL);
}

static int
tokenize (
  Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int length, TokenFunc func)
{
  RnlStoreTokenizer *self = (RnlStoreTokenizer *) tokenizer;
  Piece piece = { func, context, 0, SQLITE_OK };
  int result = SQLITE_OK;

  if (!may_hold_unspaced (text, length))
    return self->base.xTokenize (self->tokenizer, context, flags, text, length, func);

  for (int i = 0, step; result == SQLITE_OK && i < length; i += step)
    {
      gunichar c;

      step = char_at (text, length, i, &c);
      if (!rnl_store_char_is_unspaced (c))
        continue;
      result = run_piece (self, &piece, flags, text, i);
      if (result == SQLITE_OK && g_unichar_isalnum (c))
        result = func (context, 0, text + i, step, i, i + step);
      piece.offset = i + step;
    }
  if (result == SQLITE_OK)
    result = run_piece (self, &piece, flags, text, length);

  return result == SQLITE_DONE ? SQLITE_OK : result;
}

static fts5_api *
find_api (sqlite3 *handle)
{
  sqlite3_stmt *statement = NULL;
  fts5_api *api = NULL;

  if (sqlite3_prepare_v2 (handle, "SELECT fts5 (?)", -1, &statement, NULL) == SQLITE_OK)
    {
      sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
      sqlite3_step (statement);
    }
  sqlite3_finalize (statement);

  return api;
}

static RnlStoreTokenizer *
open_tokenizer (fts5_api *api, int *result)
{
  const char *arguments[] = { "remove_diacritics", "2" };
  RnlStoreTokenizer *self = g_new0 (RnlStoreTokenizer, 1);
  void *data = NULL;

  *result = api->xFindTokenizer (api, "unicode61", &data, &self->base);
  if (*result == SQLITE_OK)
    *result
      = self->base.xCreate (data, arguments, (int) G_N_ELEMENTS (arguments), &self->tokenizer);
  if (*result != SQLITE_OK)
    g_clear_pointer (&self, g_free);

  return self;
}

static int
create (void *data, const char **arguments, int n, Fts5Tokenizer **tokenizer)
{
  int result;

  *tokenizer = (Fts5Tokenizer *) open_tokenizer (data, &result);

  return result;
}

static void delete (Fts5Tokenizer *tokenizer)
{
  rnl_store_tokenizer_free ((RnlStoreTokenizer *) tokenizer);
}

/* The numbers of pairs are in the files: whoever changes one of these makes that index anew. They
 * are so few that the index is small, and so many that few texts are found by the number of another
 * pair. */
#define PAIR_BITS   20
#define PAIR_DIGITS 4
#define FNV_OFFSET  G_GUINT64_CONSTANT (0xcbf29ce484222325)
#define FNV_PRIME   G_GUINT64_CONSTANT (0x100000001b3)

/* One text on its way to pairs. */
typedef struct
{
  TokenFunc func;
  void *context;
  guint64 hash; /* of the word before; 0: there is none */
  gsize start;
  int result;
} Pairs;

static guint64
hash_word (const char *word, gsize length)
{
  guint64 hash = FNV_OFFSET;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) word[i]) * FNV_PRIME;

  return hash;
}

/* Digits of five bits, as FTS5 wants text. */
static void
format_pair (guint64 first, guint64 second, char *digits)
{
  guint64 number
    = ((first * 3) ^ second) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> (64 - PAIR_BITS);

  for (gint i = PAIR_DIGITS; i > 0; i--, number >>= PAIR_BITS / PAIR_DIGITS)
    digits[i - 1] = "0123456789abcdefghijklmnopqrstuv"[number % 32];
}

static gboolean
add_word (gpointer data, const char *word, gsize length, gsize start, gsize end)
{
  Pairs *self = data;
  guint64 hash = hash_word (word, length);
  char digits[PAIR_DIGITS];

  if (self->hash != 0)
    {
      format_pair (self->hash, hash, digits);
      self->result
        = self->func (self->context, 0, digits, PAIR_DIGITS, (int) self->start, (int) end);
    }
  self->hash = hash;
  self->start = start;

  return self->result == SQLITE_OK;
}

static int
tokenize_pairs (
  Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int length, TokenFunc func)
{
  Pairs pairs = { func, context, 0, 0, SQLITE_OK };

  rnl_store_tokenizer_run ((RnlStoreTokenizer *) tokenizer, text, (gsize) length, add_word, &pairs);

  return pairs.result == SQLITE_DONE ? SQLITE_OK : pairs.result;
}

/**
 * rnl_store_tokenizer_register:
 * @handle: a connection
 *
 * Makes the tokenizers of the schema known to @handle.
 *
 * Returns: a result code of SQLite
 */
int
rnl_store_tokenizer_register (sqlite3 *handle)
{
  fts5_tokenizer words = { create, delete, tokenize };
  fts5_tokenizer pairs = { create, delete, tokenize_pairs };
  fts5_api *api = find_api (handle);
  int result;

  if (api == NULL)
    return SQLITE_ERROR;
  result = api->xCreateTokenizer (api, RNL_STORE_TOKENIZER, api, &words, NULL);
  if (result != SQLITE_OK)
    return result;

  return api->xCreateTokenizer (api, RNL_STORE_TOKENIZER_PAIRS, api, &pairs, NULL);
}

/**
 * rnl_store_tokenizer_new:
 * @handle: a connection that outlives it
 *
 * Returns: (transfer full) (nullable): a tokenizer, `NULL` when this SQLite has none
 */
RnlStoreTokenizer *
rnl_store_tokenizer_new (sqlite3 *handle)
{
  fts5_api *api = find_api (handle);
  int result;

  return api != NULL ? open_tokenizer (api, &result) : NULL;
}

void
rnl_store_tokenizer_free (RnlStoreTokenizer *self)
{
  self->base.xDelete (self->tokenizer);
  g_free (self);
}

typedef struct
{
  RnlStoreTokenFunc func;
  gpointer data;
} Listener;

static int
listener_cb (void *data, int flags, const char *token, int length, int start, int end)
{
  const Listener *listener = data;

  return listener->func (listener->data, token, (gsize) length, (gsize) start, (gsize) end)
           ? SQLITE_OK
           : SQLITE_DONE;
}

/**
 * rnl_store_tokenizer_run:
 * @self: a tokenizer
 * @text: any text
 * @length: of @text, in bytes
 * @func: gets each word, until it wants no more
 * @data: for @func
 */
void
rnl_store_tokenizer_run (
  RnlStoreTokenizer *self, const char *text, gsize length, RnlStoreTokenFunc func, gpointer data)
{
  Listener listener = { func, data };

  tokenize ((Fts5Tokenizer *) self, &listener, FTS5_TOKENIZE_AUX, text,
            (int) MIN (length, G_MAXINT), listener_cb);
}

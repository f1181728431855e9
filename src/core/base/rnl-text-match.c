/* rnl-text-match.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-text-match.h"

#include <string.h>

/* A text as it is compared: small letters, each with its accents behind it or without them. */
typedef struct
{
  GArray *letters; /* of gunichar */
  GArray *sources; /* of guint: the character of the text each one comes from */
  guint n_chars;
} Folded;

struct _RnlTextMatch
{
  GPtrArray *needles; /* of GArray of gunichar */
  gboolean accents;   /* some needle has one, so that they matter */
};

/* {{{ Folding */

static void
add_letter (Folded *folded, gunichar letter, guint source)
{
  if (g_unichar_isspace (letter))
    letter = ' ';
  else
    letter = g_unichar_tolower (letter);
  /* The letters that have a form of their own at the end of a word, or long. */
  if (letter == 0x3c2)
    letter = 0x3c3;
  else if (letter == 0x17f)
    letter = 's';
  g_array_append_val (folded->letters, letter);
  g_array_append_val (folded->sources, source);
}

static void
add_decomposed (Folded *folded, gunichar character, guint source, gboolean accents)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n = g_unichar_fully_decompose (character, TRUE, parts, G_N_ELEMENTS (parts));

  for (gsize i = 0; i < n; i++)
    if (parts[i] == 0xdf || parts[i] == 0x1e9e)
      {
        add_letter (folded, 's', source);
        add_letter (folded, 's', source);
      }
    else if (accents || g_unichar_type (parts[i]) != G_UNICODE_NON_SPACING_MARK)
      add_letter (folded, parts[i], source);
}

static void
fold (Folded *folded, const char *text, gboolean accents)
{
  folded->letters = g_array_sized_new (FALSE, FALSE, sizeof (gunichar), (guint) strlen (text));
  folded->sources = g_array_sized_new (FALSE, FALSE, sizeof (guint), (guint) strlen (text));
  folded->n_chars = 0;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (character < 0x80)
        add_letter (folded, character, folded->n_chars);
      else
        add_decomposed (folded, character, folded->n_chars, accents);
      folded->n_chars++;
    }
}

static void
folded_clear (Folded *folded)
{
  g_array_unref (folded->letters);
  g_array_unref (folded->sources);
}

static gboolean
has_accents (const char *text)
{
  Folded plain, full;
  gboolean differs;

  fold (&plain, text, FALSE);
  fold (&full, text, TRUE);
  differs = plain.letters->len != full.letters->len;
  folded_clear (&plain);
  folded_clear (&full);

  return differs;
}

/* }}} */

static void
add_needle (RnlTextMatch *self, const char *text)
{
  Folded folded;

  fold (&folded, text, self->accents);
  if (folded.letters->len > 0)
    g_ptr_array_add (self->needles, g_array_ref (folded.letters));
  folded_clear (&folded);
}

/**
 * rnl_text_match_new: (skip)
 * @query: what is looked for
 * @words: whether every word of @query alone, otherwise all of it as it stands
 *
 * Compares without regard to case, to how a character is composed and to what kind of space there
 * is. Accents matter only if @query has some: "cafe" finds "Café", "café" does not find "Cafe".
 *
 * Returns: (transfer full): what finds it
 */
RnlTextMatch *
rnl_text_match_new (const char *query, gboolean words)
{
  RnlTextMatch *self = g_new0 (RnlTextMatch, 1);
  g_auto (GStrv) parts = words ? g_strsplit_set (query, " \t\n\"", -1) : NULL;

  self->needles = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->accents = has_accents (query);
  if (!words)
    add_needle (self, query);
  for (guint i = 0; words && parts[i] != NULL; i++)
    add_needle (self, parts[i]);

  return self;
}

/**
 * rnl_text_match_free: (skip)
 * @self: what finds something
 */
void
rnl_text_match_free (RnlTextMatch *self)
{
  g_ptr_array_unref (self->needles);
  g_free (self);
}

/**
 * rnl_text_match_is_empty: (skip)
 * @self: what finds something
 *
 * Returns: whether it finds nothing in any text
 */
gboolean
rnl_text_match_is_empty (const RnlTextMatch *self)
{
  return self->needles->len == 0;
}

/* The longest needle at a place. */
static guint
match_at (const RnlTextMatch *self, const Folded *text, guint at)
{
  guint longest = 0;

  for (guint i = 0; i < self->needles->len; i++)
    {
      const GArray *needle = g_ptr_array_index (self->needles, i);

      if (needle->len > longest && needle->len <= text->letters->len - at
          && memcmp (needle->data, &g_array_index (text->letters, gunichar, at),
                     needle->len * sizeof (gunichar))
               == 0)
        longest = needle->len;
    }

  return longest;
}

static guint
source_at (const Folded *text, guint letter)
{
  return letter < text->sources->len ? g_array_index (text->sources, guint, letter) : text->n_chars;
}

/**
 * rnl_text_match_find: (skip)
 * @self: what finds something
 * @text: where to look
 * @limit: how many places at most
 *
 * Returns: (transfer full) (element-type RnlTextSpan): where it is, in order, none over another
 */
GArray *
rnl_text_match_find (const RnlTextMatch *self, const char *text, guint limit)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (RnlTextSpan));
  Folded folded;
  guint length;

  fold (&folded, text, self->accents);
  for (guint at = 0; at < folded.letters->len && found->len < limit; at += MAX (length, 1))
    {
      RnlTextSpan span;

      length = match_at (self, &folded, at);
      if (length == 0)
        continue;
      span.start = source_at (&folded, at);
      span.end = MAX (source_at (&folded, at + length), source_at (&folded, at + length - 1) + 1);
      g_array_append_val (found, span);
      /* What is left of a character that is several letters. */
      while (source_at (&folded, at + length) < span.end)
        length++;
    }
  folded_clear (&folded);

  return found;
}

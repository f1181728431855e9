/* rnl-partial-json-parse.c: a text at once, when it is known how it goes on
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-partial-json.h"

#include <string.h>

#include "rnl-partial-json-private.h"

/* Which objects and arrays are open, and whether a string is. */
typedef struct
{
  guint8 is_object[RNL_JSON_READER_MAX_DEPTH];
  guint depth;
  gboolean in_string;
  gboolean escaped;
} Nesting;

/* FALSE when a bracket does not fit, or there are too many. */
static gboolean
nesting_step (Nesting *nesting, char c)
{
  if (nesting->in_string)
    {
      nesting->in_string = nesting->escaped || c != '"';
      nesting->escaped = !nesting->escaped && c == '\\';
    }
  else if (c == '"')
    {
      nesting->in_string = TRUE;
    }
  else if (c == '{' || c == '[')
    {
      if (nesting->depth == RNL_JSON_READER_MAX_DEPTH)
        return FALSE;
      nesting->is_object[nesting->depth++] = c == '{';
    }
  else if (c == '}' || c == ']')
    {
      if (nesting->depth == 0 || nesting->is_object[nesting->depth - 1] != (c == '}'))
        return FALSE;
      nesting->depth--;
    }

  return TRUE;
}

static gboolean
nesting_equal (const Nesting *a, const Nesting *b)
{
  return a->depth == b->depth && memcmp (a->is_object, b->is_object, a->depth) == 0;
}

/* The longest beginning of the @n_good bytes before an error that is closed by the brackets which
 * are open at the end of the whole text; G_MAXSIZE when there is none. A string with the error in
 * it is no part of it. */
static gsize
find_beginning (const char *text, gsize len, gsize n_good)
{
  Nesting end = { .depth = 0 }, here = { .depth = 0 };
  gsize found = G_MAXSIZE;

  for (gsize i = 0; i < len; i++)
    if (!nesting_step (&end, text[i]))
      return G_MAXSIZE;
  for (gsize i = 0; i <= n_good; i++)
    {
      if (!here.in_string && nesting_equal (&here, &end))
        found = i;
      if (i < n_good)
        (void) nesting_step (&here, text[i]);
    }

  return found;
}

/* Reads a text that is malformed somewhere. (nullable) */
static JsonNode *
parse_beginning (RnlPartialJson *self, const char *text, gsize len)
{
  const char *rest;
  gsize n_good = len - MIN (len, rnl_json_reader_get_rest (&self->reader, &rest));
  gsize n = find_beginning (text, len, n_good);
  g_autoptr (RnlPartialJson) beginning = NULL;

  if (n == G_MAXSIZE)
    return NULL;
  beginning = rnl_partial_json_new ();
  (void) rnl_partial_json_feed (beginning, text, (gssize) n);

  return rnl_json_tree_steal (&beginning->tree);
}

/**
 * rnl_partial_json_parse:
 * @text: JSON that may be cut anywhere
 * @len: its length in bytes, or -1 when it is NUL-terminated
 *
 * Reads a text at once: the value of its longest beginning that can be made whole by closing what
 * is open. Unlike a stream, it is known here how a malformed text goes on.
 *
 * Returns: (transfer full) (nullable): the value, or `NULL` when there is none
 */
JsonNode *
rnl_partial_json_parse (const char *text, gssize len)
{
  g_autoptr (RnlPartialJson) self = rnl_partial_json_new ();
  gsize n = len < 0 ? strlen (text) : (gsize) len;

  (void) rnl_partial_json_feed (self, text, (gssize) n);
  if (rnl_json_reader_is_failed (&self->reader))
    return parse_beginning (self, text, n);

  return rnl_json_tree_steal (&self->tree);
}

/* What stands in the first fence of @text. (nullable) */
static const char *
find_fenced (const char *text, gsize len)
{
  const char *fence = g_strstr_len (text, (gssize) len, "```");
  const char *end = text + len;

  if (fence == NULL)
    return NULL;
  fence += FENCE_TICKS;
  if (end - fence >= (gssize) strlen (FENCE_TAG) && g_str_has_prefix (fence, FENCE_TAG))
    fence += strlen (FENCE_TAG);

  return fence;
}

/* Without the space and the fence before it. */
static JsonNode *
parse_stripped (const char *text, const char *end)
{
  while (text < end && (*text == '`' || g_ascii_isspace (*text)))
    text++;

  return rnl_partial_json_parse (text, end - text);
}

/**
 * rnl_partial_json_parse_markdown:
 * @text: text with JSON, perhaps in a fenced block, that may be cut anywhere
 * @len: its length in bytes, or -1 when it is NUL-terminated
 *
 * Returns: (transfer full) (nullable): the value, or `NULL` when there is none
 */
JsonNode *
rnl_partial_json_parse_markdown (const char *text, gssize len)
{
  gsize n = len < 0 ? strlen (text) : (gsize) len;
  const char *fenced = find_fenced (text, n);
  g_autoptr (JsonNode) bare = parse_stripped (text, text + n);

  /* A number or a word in quotes before a fence is prose. */
  if (fenced == NULL
      || (bare != NULL && !JSON_NODE_HOLDS_VALUE (bare) && !JSON_NODE_HOLDS_NULL (bare)))
    return g_steal_pointer (&bare);

  return parse_stripped (fenced, text + n);
}

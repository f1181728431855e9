/* test-markdown-pieces.c: however a text comes, it ends up the same, and what is shown stays
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Over the examples of the specifications where they are present (see tools/markdown-specs), and
 * over our own. */
#include "config.h"
#include "markdown-cases.h"
#include "markdown-spec.h"
#include "markdown-view.h"
#include "rnl-test.h"

#include <string.h>

#define N_RANDOM_SPLITS 6

/* Of all texts, our own and those of the specifications. */
#define MIN_STAYING_PERCENT 96

static GPtrArray *
get_texts (void)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < n_markdown_cases; i++)
    g_ptr_array_add (texts, g_strdup (markdown_cases[i].text));
  for (gsize i = 0; i < n_markdown_specs; i++)
    {
      g_autoptr (GPtrArray) examples = markdown_spec_load (i);

      for (guint j = 0; examples != NULL && j < examples->len; j++)
        g_ptr_array_add (texts,
                         g_strdup (((MarkdownExample *) g_ptr_array_index (examples, j))->text));
    }

  return texts;
}

/* {{{ The same in the end */

static gsize
next_piece (GRand *random, gsize left)
{
  gsize n = 1;

  if (random != NULL)
    n = (gsize) g_rand_int_range (random, 1, g_rand_boolean (random) ? 4 : 21);

  return MIN (n, left);
}

/* Without @random byte by byte. */
static char *
dump_pieces (const char *text, GRand *random)
{
  gsize length = strlen (text);
  char *blocks;
  View view;

  view_init (&view);
  for (gsize pos = 0; pos < length;)
    {
      gsize n = next_piece (random, length - pos);

      view_feed (&view, text + pos, n);
      pos += n;
    }
  view_end (&view);
  blocks = view_dump (&view);
  view_clear (&view);

  return blocks;
}

static void
test_same (void)
{
  g_autoptr (GPtrArray) texts = get_texts ();
  GRand *random = g_rand_new_with_seed (7);

  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      g_autofree char *whole = dump_whole (text, strlen (text));
      g_autofree char *bytes = dump_pieces (text, NULL);

      g_assert_cmpstr (bytes, ==, whole);
      for (guint j = 0; j < N_RANDOM_SPLITS; j++)
        {
          g_autofree char *pieces = dump_pieces (text, random);

          g_assert_cmpstr (pieces, ==, whole);
        }
    }
  g_test_message ("%u texts", texts->len);
  g_rand_free (random);
}

/* }}} */
/* {{{ What is shown stays */

static char *
shown_text (View *view)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < view->seen->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, '\n');
      g_string_append (out, rnl_block_get_text (g_ptr_array_index (view->seen, i)));
    }

  /* The cells that a row does not have yet. */
  while (out->len > 0 && out->str[out->len - 1] == '\t')
    g_string_truncate (out, out->len - 1);

  return g_string_free (out, FALSE);
}

static void
check_step (GString *taken, const char *text, gsize pos, const char *before, const char *after)
{
  if (!g_str_has_prefix (after, before) && taken->len == 0)
    g_string_printf (taken, "after \"%.*s\": \"%s\" instead of \"%s\"", (int) pos, text, after,
                     before);
}

/* Returns what is shown and then taken back while the text comes byte by byte, or nothing. */
static char *
find_taken_back (const char *text)
{
  GString *taken = g_string_new (NULL);
  g_autofree char *before = g_strdup ("");
  View view;

  view_init (&view);
  for (gsize pos = 0; text[pos] != '\0'; pos++)
    {
      char *after;

      view_feed (&view, text + pos, 1);
      after = shown_text (&view);
      check_step (taken, text, pos + 1, before, after);
      g_free (before);
      before = after;
    }
  view_clear (&view);

  return g_string_free (taken, FALSE);
}

/* The rules of what may be taken back are in the description of the stream; most examples of the
 * specifications are about marks that are not closed. */
static void
test_stays (void)
{
  g_autoptr (GPtrArray) texts = get_texts ();
  guint n_staying = 0;

  for (guint i = 0; i < texts->len; i++)
    {
      g_autofree char *taken = find_taken_back (g_ptr_array_index (texts, i));

      if (*taken == '\0')
        n_staying++;
      else if (g_test_verbose ())
        g_test_message ("%s", taken);
    }
  g_test_message ("%u of %u texts take nothing back", n_staying, texts->len);
  g_assert_cmpuint (n_staying * 100, >=, texts->len * MIN_STAYING_PERCENT);
}

/* }}} */
/* {{{ Where blocks stand */

/* The source of a block, read alone, gives the same text; those that stand in something need its
 * marks, which are in their lines. */
static void
test_source (void)
{
  g_autoptr (GPtrArray) texts = get_texts ();

  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      guint64 before = 0;
      View view;

      view_init (&view);
      view_feed (&view, text, strlen (text));
      view_end (&view);
      for (guint j = 0; j < view.seen->len; j++)
        {
          guint64 start, end;

          rnl_block_get_source (g_ptr_array_index (view.seen, j), &start, &end);
          g_assert_cmpuint (start, <=, end);
          g_assert_cmpuint (end, <=, strlen (text));
          g_assert_cmpuint (start, >=, before);
          g_assert_true (start == 0 || strchr ("\n\r", text[start - 1]) != NULL);
          g_assert_true (text[end] == '\0' || strchr ("\n\r", text[end]) != NULL);
          before = start;
        }
      view_clear (&view);
    }
}

static void
check_source (const char *text, guint position, const char *expected)
{
  guint64 start, end;
  g_autofree char *source = NULL;
  View view;

  view_init (&view);
  for (gsize pos = 0; text[pos] != '\0'; pos++)
    view_feed (&view, text + pos, 1);
  view_end (&view);
  rnl_block_get_source (g_ptr_array_index (view.seen, position), &start, &end);
  source = g_strndup (text + start, end - start);
  g_assert_cmpstr (source, ==, expected);
  view_clear (&view);
}

static void
test_source_of (void)
{
  check_source ("a\n\nb\nc\n\nd", 1, "b\nc");
  check_source ("a\r\n\r\nb\r\nc\r\n\r\nd", 1, "b\r\nc");
  check_source ("\xff\n\nb\xff\n\nd", 1, "b\xff");
  check_source ("a\n\nb\xff\n\nd\n", 2, "d");
  check_source ("```c\nx\n\ny\n```\nz", 0, "```c\nx\n\ny\n```");
  check_source ("```c\nx\n", 0, "```c\nx");
  check_source ("    x\n\n    y\n\nz", 0, "    x\n\n    y");
  check_source ("t\n| a |\n|---|\n| b |\n\nc", 1, "| a |\n|---|\n| b |");
  check_source ("t\n| a |\n|---|\n| b |\n\nc", 0, "t");
  check_source ("> - a\n>   b\n> - c", 0, "> - a\n>   b");
  check_source ("$$\nx\n$$\ny", 0, "$$\nx\n$$");
  check_source ("a\n===\nb", 0, "a\n===");
  check_source ("# a\nb", 0, "# a");
  check_source ("[a]: b\n[c]: d\ne", 1, "[c]: d");
  check_source ("[a]: b\n[c]: d\ne", 2, "e");
  check_source ("a\n***\nb", 1, "***");
}

/* }}} */

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/markdown-pieces/same", test_same);
  g_test_add_func ("/markdown-pieces/stays", test_stays);
  g_test_add_func ("/markdown-pieces/source", test_source);
  g_test_add_func ("/markdown-pieces/source-of", test_source_of);

  return g_test_run ();
}

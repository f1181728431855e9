/* test-markdown.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "markdown-cases.h"
#include "markdown-view.h"
#include "rnl-test-loop.h"
#include "rnl-test.h"

#include <string.h>

/* With how many others each case is put together. */
#define N_PAIRS 20

static void
test_cases (void)
{
  g_autoptr (GString) wrong = g_string_new (NULL);

  for (gsize i = 0; i < n_markdown_cases; i++)
    {
      g_autofree char *blocks
        = dump_whole (markdown_cases[i].text, strlen (markdown_cases[i].text));

      if (strcmp (blocks, markdown_cases[i].blocks) != 0)
        g_string_append_printf (wrong, "\n%s:\n%s\ninstead of\n%s\n", markdown_cases[i].name,
                                blocks, markdown_cases[i].blocks);
    }
  g_assert_cmpstr (wrong->str, ==, "");
}

/* Feeds @text in two pieces, or byte by byte when @split is 0. */
static void
check_split (const char *text, gsize length, gsize split, const char *expected)
{
  g_autofree char *blocks = NULL;
  View view;

  view_init (&view);
  for (gsize pos = 0; pos < length;)
    {
      gsize n = split == 0 ? 1 : pos == 0 ? split : length - split;

      view_feed (&view, text + pos, n);
      pos += n;
    }
  view_end (&view);
  blocks = view_dump (&view);
  g_assert_cmpstr (blocks, ==, expected);
  view_clear (&view);
}

static void
test_splits (void)
{
  for (gsize i = 0; i < n_markdown_cases; i++)
    for (gsize split = 0; split < strlen (markdown_cases[i].text); split++)
      check_split (markdown_cases[i].text, strlen (markdown_cases[i].text), split,
                   markdown_cases[i].blocks);
}

/* Zero bytes are nothing that a text has. */
static void
test_zeros (void)
{
  static const char text[] = "a\0b\xee\0\0c\n\nd";
  const char *expected = "p: a\357\277\275b\357\277\275\357\277\275\357\277\275"
                         "c\np: d";

  for (gsize split = 0; split < sizeof text - 1; split++)
    check_split (text, sizeof text - 1, split, expected);
}

/* Cases after one another: contexts must not leak. */
static void
test_pairs (void)
{
  guint n_pairs = rnl_test_fewer (N_PAIRS);

  for (gsize i = 0; i < n_markdown_cases; i++)
    for (gsize k = 0; k < n_pairs; k++)
      {
        gsize j = (i * 31 + k * 17) % n_markdown_cases;
        g_autofree char *text
          = g_strconcat (markdown_cases[i].text, "\n\n", markdown_cases[j].text, NULL);
        g_autofree char *whole = dump_whole (text, strlen (text));

        check_split (text, strlen (text), 0, whole);
        check_split (text, strlen (text), strlen (markdown_cases[i].text) + 1, whole);
      }
}

static void
check_random_splits (GRand *random, const char *text, gint max_piece)
{
  gsize length = strlen (text);
  g_autofree char *whole = dump_whole (text, length);
  g_autofree char *blocks = NULL;
  View view;

  view_init (&view);
  for (gsize pos = 0; pos < length;)
    {
      gsize n = (gsize) g_rand_int_range (random, 1, max_piece + 1);

      n = MIN (n, length - pos);

      view_feed (&view, text + pos, n);
      if (g_rand_int_range (random, 0, 8) == 0)
        rnl_markdown_stream_flush (view.stream);
      pos += n;
    }
  view_end (&view);
  blocks = view_dump (&view);
  g_assert_cmpstr (blocks, ==, whole);
  view_clear (&view);
}

static void
test_random (void)
{
  guint n = rnl_test_fewer (300);

  for (guint32 seed = 0; seed < n; seed++)
    {
      GRand *random = g_rand_new_with_seed (seed);
      gsize length = seed % 50 == 0 ? 60000 : seed % 5 == 0 ? 2000 : 300;
      g_autofree char *text = random_document (random, length);

      check_random_splits (random, text, seed % 3 == 0 ? 3 : seed % 3 == 1 ? 40 : 3000);
      g_rand_free (random);
    }
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/markdown/cases", test_cases);
  g_test_add_func ("/markdown/splits", test_splits);
  g_test_add_func ("/markdown/zeros", test_zeros);
  g_test_add_func ("/markdown/pairs", test_pairs);
  g_test_add_func ("/markdown/random", test_random);

  return g_test_run ();
}

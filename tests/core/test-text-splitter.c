/* test-text-splitter.c: pieces end where it hurts least, and nothing is lost
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-test.h"
#include "rnl-text-splitter.h"

static void
test_cuts (void)
{
  static const struct
  {
    const char *text;
    guint size;
    guint overlap;
    const char *pieces;
  } cases[] = {
    { "", 10, 0, "" },
    { " \n\n ", 10, 0, "" },
    { "short", 10, 0, "0:short" },
    { "  short\n", 10, 0, "2:short" },
    { "one two\n\nthree four", 12, 0, "0:one two|9:three four" },
    { "one two\nthree four", 12, 0, "0:one two|8:three four" },
    { "One two. Three four", 12, 0, "0:One two.|9:Three four" },
    { "one two three four", 10, 0, "0:one two|8:three four" },
    { "one two", 3, 0, "0:one|4:two" },
    { "abcdefghij", 4, 0, "0:abcd|4:efgh|8:ij" },
    { "a b\n\nc d\ne f", 6, 0, "0:a b|5:c d|9:e f" },
    { "one two three four", 10, 4, "0:one two|4:two three|14:four" },
    { "\u00e4\u00f6\u00fc\u00df", 2, 0, "0:\u00e4\u00f6|2:\u00fc\u00df" },
    { "\xf0\x9f\x90\xbb\xf0\x9f\x90\xbb\xf0\x9f\x90\xbb", 2, 0,
      "0:\xf0\x9f\x90\xbb\xf0\x9f\x90\xbb|2:\xf0\x9f\x90\xbb" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) pieces
        = rnl_text_splitter_split (cases[i].text, cases[i].size, cases[i].overlap);
      g_autoptr (GString) seen = g_string_new (NULL);

      for (guint j = 0; j < pieces->len; j++)
        {
          RnlTextPiece *piece = &g_array_index (pieces, RnlTextPiece, j);

          g_string_append_printf (seen, "%s%u:%.*s", j > 0 ? "|" : "", (guint) piece->start,
                                  (int) piece->length, piece->text);
        }
      g_assert_cmpstr (seen->str, ==, cases[i].pieces);
    }
}

/* Every character that is not blank is in a piece, in order; pieces are valid and short enough. */
static void
check_whole (const char *text, guint size, guint overlap)
{
  g_autoptr (GArray) pieces = rnl_text_splitter_split (text, size, overlap);
  const char *covered = text;

  for (guint i = 0; i < pieces->len; i++)
    {
      RnlTextPiece *piece = &g_array_index (pieces, RnlTextPiece, i);

      g_assert_true (g_utf8_validate (piece->text, (gssize) piece->length, NULL));
      g_assert_cmpint (g_utf8_strlen (piece->text, (gssize) piece->length), <=, size);
      g_assert_true (g_utf8_offset_to_pointer (text, (glong) piece->start) == piece->text);
      for (const char *p = covered; p < piece->text; p = g_utf8_next_char (p))
        g_assert_true (g_unichar_isspace (g_utf8_get_char (p)));
      g_assert_true (piece->text + piece->length > covered);
      covered = piece->text + piece->length;
    }
  for (const char *p = covered; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true (g_unichar_isspace (g_utf8_get_char (p)));
}

static void
test_random (void)
{
  static const char *const bits[]
    = { "a", "bc ", "\n", "\n\n", ". ", "\u00e4", "\u65e5", "  ", "\xf0\x9f\x90\xbb", "word " };

  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint size = (guint) g_test_rand_int_range (1, 30);

      for (gint n = g_test_rand_int_range (0, 120); n > 0; n--)
        g_string_append (text, bits[g_test_rand_int_range (0, G_N_ELEMENTS (bits))]);
      check_whole (text->str, size, (guint) g_test_rand_int_range (0, (gint32) size));
    }
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/text-splitter/cuts", test_cuts);
  g_test_add_func ("/text-splitter/random", test_random);

  return g_test_run ();
}

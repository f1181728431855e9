/* test-text-match.c: words are found whatever their case and accents
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-text-match.h"

static const struct
{
  const char *query;
  gboolean words;
  const char *text;
  const char *found; /* "start-end " of each place */
} cases[] = {
  { "stream", FALSE, "A Stream, STREAMS", "2-8 10-16 " },
  { "cafe", FALSE, "Café cafe CAFE\xcc\x81!", "0-4 5-9 10-15 " },
  { "café", FALSE, "Café cafe CAFE\xcc\x81!", "0-4 10-15 " },
  { "strasse", FALSE, "Die Straße", "4-10 " },
  { "STRASSE", FALSE, "die straße", "4-10 " },
  { "σοφος", FALSE, "ΣΟΦΟΣ σοφός", "0-5 6-11 " },
  { "fi", FALSE, "ﬁnd", "0-1 " },
  { "s", FALSE, "ß", "0-1 " },
  { "two words", FALSE, "two\nwords, two  words", "0-9 " },
  { "two words", TRUE, "words of two kinds", "0-5 9-12 " },
  { "aa", FALSE, "aaaa a", "0-2 2-4 " },
  { "日本", FALSE, "これは日本語", "3-5 " },
  { "", FALSE, "anything", "" },
  { "  ", TRUE, "any thing", "" },
  { "longer than that", FALSE, "longer", "" },
};

static void
test_find (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RnlTextMatch) match = rnl_text_match_new (cases[i].query, cases[i].words);
      g_autoptr (GArray) found = rnl_text_match_find (match, cases[i].text, 100);
      g_autoptr (GString) places = g_string_new (NULL);

      for (guint k = 0; k < found->len; k++)
        g_string_append_printf (places, "%u-%u ", g_array_index (found, RnlTextSpan, k).start,
                                g_array_index (found, RnlTextSpan, k).end);
      g_test_message ("“%s” in “%s”", cases[i].query, cases[i].text);
      g_assert_cmpstr (places->str, ==, cases[i].found);
      if (rnl_text_match_is_empty (match))
        g_assert_cmpuint (found->len, ==, 0);
    }
}

static void
test_limit (void)
{
  g_autoptr (RnlTextMatch) match = rnl_text_match_new ("a", FALSE);
  g_autoptr (GArray) found = rnl_text_match_find (match, "aaaaaaaa", 3);

  g_assert_cmpuint (found->len, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-match/find", test_find);
  g_test_add_func ("/text-match/limit", test_limit);

  return g_test_run ();
}

/* test-prose.c: which words of a text a dictionary may judge
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-prose.h"
#include "rnl-test.h"

static char *
read_words (const char *line, RnlProseState state, RnlProseState *next)
{
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (RnlProseWord));
  GString *found = g_string_new (NULL);

  *next = rnl_prose_read_line (line, strlen (line), state, words);
  for (guint i = 0; i < words->len; i++)
    {
      RnlProseWord word = g_array_index (words, RnlProseWord, i);

      g_assert_cmpuint (word.start, <, word.end);
      g_assert_cmpuint (word.end, <=, strlen (line));
      g_string_append_printf (found, "%s%.*s", i > 0 ? " " : "", (int) (word.end - word.start),
                              line + word.start);
    }

  return g_string_free (found, FALSE);
}

static void
test_words (void)
{
  static const struct
  {
    const char *line;
    const char *words;
  } cases[] = {
    { "", "" },
    { "Hello, my \"friend\" (over there)!", "Hello my friend over there" },
    { "I don't, you aren’t; l'homme, l’homme", "don't you aren’t l'homme l’homme" },
    { "wait... really?! 'quoted' words.", "wait really quoted words" },
    { "well-known half", "well known half" },
    { "*bold* **words** ~~gone~~", "bold words gone" },
    { "> quoted text", "quoted text" },
    { "- a list", "list" },
    { "# Heading here", "Heading here" },
    { "Grüße an Zoë", "Grüße an Zoë" },
    { "שלום לך, עולם", "שלום לך עולם" },
    { "привет, мир", "привет мир" },

    { "use `g_free (teh)` here", "use here" },
    { "use ``a ` teh`` here", "use here" },
    { "begins `with teh", "begins" },
    { "/prefernces teh", "" },
    { "  /prefernces teh", "" },
    { "ask @bob or @file.txt now", "ask or now" },
    { "see https://exmaple.org/teh, www.exmaple.org or exmaple.org.", "see or" },
    { "mail me@exmaple.org today", "mail today" },
    { "in src/mian.c, ~/Doments, C:\\Windws and mian.c too", "in and too" },
    { "the x86 and utf8 of 3rd grade", "the and of grade" },
    { "my_vraiable _this_ one", "one" },
    { "GObject, camelCase, HTTP, NASA but Title", "but Title" },
    { "call foo() and std::vectr, key=vaule, --verbsoe, -Wlal, $HMOE", "call and" },
    { "a tag <teh> and {slto} here", "tag and here" },
    { "in {the wrnog midle word} and pre{fxi}d, {not teh", "in and teh" },
    { "x y z", "" },
  };
  RnlProseState next;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = read_words (cases[i].line, RNL_PROSE_TEXT, &next);

      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpint (next, ==, RNL_PROSE_TEXT);
    }
}

/* Lines one after the other; what is within a fence has no words. */
static void
test_fences (void)
{
  static const struct
  {
    const char *line;
    const char *words;
    RnlProseState next;
  } lines[] = {
    { "before", "before", RNL_PROSE_TEXT },
    { "```c", "", RNL_PROSE_BACKTICKS },
    { "inside teh", "", RNL_PROSE_BACKTICKS },
    { "~~~", "", RNL_PROSE_BACKTICKS },
    { "``` not an end", "", RNL_PROSE_BACKTICKS },
    { "   ````  ", "", RNL_PROSE_TEXT },
    { "between", "between", RNL_PROSE_TEXT },
    { "```one line``` only", "only", RNL_PROSE_TEXT },
    { "    ```", "", RNL_PROSE_TEXT },
    { "~~~ `a`", "", RNL_PROSE_TILDES },
    { "```", "", RNL_PROSE_TILDES },
    { "~~~", "", RNL_PROSE_TEXT },
    { "after", "after", RNL_PROSE_TEXT },
  };
  RnlProseState state = RNL_PROSE_TEXT;

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *words = read_words (lines[i].line, state, &state);

      g_assert_cmpstr (words, ==, lines[i].words);
      g_assert_cmpint (state, ==, lines[i].next);
    }
}

/* Nobody writes such a line. */
static void
test_long_line (void)
{
  g_autofree char *line = g_strnfill (RNL_PROSE_MAX_LINE + 1, ' ');
  g_autofree char *words = NULL;
  RnlProseState next;

  memcpy (line, "```word", 7);
  words = read_words (line, RNL_PROSE_TEXT, &next);
  g_assert_cmpstr (words, ==, "");
  g_assert_cmpint (next, ==, RNL_PROSE_TEXT);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/prose/words", test_words);
  g_test_add_func ("/prose/fences", test_fences);
  g_test_add_func ("/prose/long-line", test_long_line);

  return g_test_run ();
}

/* spelling-fixture.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "spelling-fixture.h"

#include <glib/gstdio.h>

#include "rnl-test.h"

static const char *const first_words[]
  = { "the",  "my",     "is",    "here",  "not",   "hello", "friend", "world",
      "word", "better", "don't", "Grüße", "write", "file",  "letter", NULL };
static const char *const second_words[] = { "homme", "bonjour", "le", "monde", "ici", NULL };

/* Writes the dictionary of a language into the home of this test. */
void
spelling_fixture_write_language (const char *tag, const char *const *words)
{
  g_autofree char *folder
    = g_build_filename (g_get_user_config_dir (), "enchant", "hunspell", NULL);
  g_autofree char *list = g_strjoinv ("\n", (GStrv) words);
  g_autofree char *dictionary = g_strdup_printf ("%u\n%s\n", g_strv_length ((GStrv) words), list);
  g_autofree char *base = g_build_filename (folder, tag, NULL);
  g_autofree char *rules_path = g_strconcat (base, ".aff", NULL);
  g_autofree char *words_path = g_strconcat (base, ".dic", NULL);

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_assert_true (g_file_set_contents (rules_path,
                                      "SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\nWORDCHARS '\n"
                                      "REP 1\nREP ei ie\n",
                                      -1, NULL));
  g_assert_true (g_file_set_contents (words_path, dictionary, -1, NULL));
}

/* Writes the dictionaries into the home of this test, for whoever opens any after it.
 *
 * Returns: whether there is a library that can read them; the test is skipped where not */
gboolean
spelling_fixture_write (void)
{
  g_autoptr (RnlSpeller) speller = NULL;
  g_auto (GStrv) tags = NULL;

  if (!rnl_speller_is_supported ())
    {
      g_test_skip ("built without dictionaries");
      return FALSE;
    }
  spelling_fixture_write_language (SPELLING_FIRST, first_words);
  spelling_fixture_write_language (SPELLING_SECOND, second_words);
  speller = rnl_speller_new ();
  tags = spelling_fixture_list (speller, NULL);
  if (g_strv_contains ((const char *const *) tags, SPELLING_FIRST))
    return TRUE;
  g_test_skip ("nothing here reads dictionaries of Hunspell");

  return FALSE;
}

/* Waits until the speller knows WORD. */
void
spelling_fixture_check (RnlSpeller *speller, const char *word)
{
  const char *const words[] = { word, NULL };
  g_autoptr (GAsyncResult) result = NULL;

  rnl_speller_check_async (speller, words, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  g_assert_true (rnl_speller_check_finish (speller, result, NULL));
}

GStrv
spelling_fixture_list (RnlSpeller *speller, GStrv *used)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_speller_list_languages_async (speller, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);

  return rnl_speller_list_languages_finish (speller, result, used, NULL);
}

/* test-speller.c: what the dictionaries say
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "rnl-language-names.h"
#include "rnl-test.h"
#include "spelling-fixture.h"

static const char *const both[] = { SPELLING_FIRST, SPELLING_SECOND, NULL };
static const char *const first[] = { SPELLING_FIRST, NULL };

static void
assert_spelling (RnlSpeller *speller, const char *word, RnlSpelling spelling)
{
  spelling_fixture_check (speller, word);
  g_assert_cmpint (rnl_speller_look_up (speller, word), ==, spelling);
}

static char *
suggest (RnlSpeller *speller, const char *word)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) found = NULL;

  rnl_speller_suggest_async (speller, word, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  found = rnl_speller_suggest_finish (speller, result, NULL);
  g_assert_nonnull (found);
  g_assert_cmpuint (g_strv_length (found), <=, 5);

  return g_strjoinv (" ", found);
}

/* A word is right when one of the languages has it; nothing is known before somebody asked. */
static void
test_union (void)
{
  static const struct
  {
    const char *word;
    RnlSpelling first;
    RnlSpelling both;
  } cases[] = {
    { "hello", RNL_SPELLING_RIGHT, RNL_SPELLING_RIGHT },
    { "Hello", RNL_SPELLING_RIGHT, RNL_SPELLING_RIGHT },
    { "Grüße", RNL_SPELLING_RIGHT, RNL_SPELLING_RIGHT },
    { "teh", RNL_SPELLING_WRONG, RNL_SPELLING_WRONG },
    { "bonjour", RNL_SPELLING_WRONG, RNL_SPELLING_RIGHT },
    { "don't", RNL_SPELLING_RIGHT, RNL_SPELLING_RIGHT },
    { "don’t", RNL_SPELLING_RIGHT, RNL_SPELLING_RIGHT },
    { "donn't", RNL_SPELLING_WRONG, RNL_SPELLING_WRONG },
    { "friend’s", RNL_SPELLING_RIGHT, RNL_SPELLING_RIGHT },
    { "freind's", RNL_SPELLING_WRONG, RNL_SPELLING_WRONG },
    { "l’homme", RNL_SPELLING_WRONG, RNL_SPELLING_RIGHT },
    { "qu'ici", RNL_SPELLING_WRONG, RNL_SPELLING_RIGHT },
    { "l’hoome", RNL_SPELLING_WRONG, RNL_SPELLING_WRONG },
  };
  rnl_test_last RnlSpeller *speller = NULL;

  if (!spelling_fixture_write ())
    return;
  speller = rnl_speller_new ();
  rnl_speller_set_languages (speller, first);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (rnl_speller_look_up (speller, cases[i].word), ==, RNL_SPELLING_UNKNOWN);
      assert_spelling (speller, cases[i].word, cases[i].first);
    }
  rnl_speller_set_languages (speller, both);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (rnl_speller_look_up (speller, cases[i].word), ==, RNL_SPELLING_UNKNOWN);
      assert_spelling (speller, cases[i].word, cases[i].both);
    }
}

static void
test_suggest (void)
{
  rnl_test_last RnlSpeller *speller = NULL;
  g_autofree char *freind = NULL;
  g_autofree char *bonjor = NULL;
  g_autofree char *nothing = NULL;

  if (!spelling_fixture_write ())
    return;
  speller = rnl_speller_new ();
  rnl_speller_set_languages (speller, both);
  freind = suggest (speller, "freind");
  bonjor = suggest (speller, "bonjor");
  nothing = suggest (speller, "qqqqqqqqqqqqqq");
  g_assert_true (g_str_has_prefix (freind, "friend"));
  g_assert_nonnull (strstr (bonjor, "bonjour"));
  g_assert_cmpstr (nothing, ==, "");
}

static void
count_cb (RnlSpeller *speller, guint *count)
{
  ++*count;
}

/* What is added is kept for whoever asks later, what is ignored only here. */
static void
test_add (void)
{
  rnl_test_last RnlSpeller *speller = NULL;
  rnl_test_last RnlSpeller *later = NULL;
  guint changes = 0;

  if (!spelling_fixture_write ())
    return;
  speller = rnl_speller_new ();
  rnl_speller_set_languages (speller, first);
  g_signal_connect (speller, "changed", G_CALLBACK (count_cb), &changes);
  assert_spelling (speller, "Runnel", RNL_SPELLING_WRONG);
  assert_spelling (speller, "xyzzy", RNL_SPELLING_WRONG);
  rnl_speller_add (speller, "Runnel");
  rnl_speller_ignore (speller, "xyzzy");
  g_assert_cmpuint (changes, ==, 2);
  assert_spelling (speller, "Runnel", RNL_SPELLING_RIGHT);
  assert_spelling (speller, "xyzzy", RNL_SPELLING_RIGHT);
  g_clear_object (&speller);

  later = rnl_speller_new ();
  rnl_speller_set_languages (later, first);
  assert_spelling (later, "Runnel", RNL_SPELLING_RIGHT);
  assert_spelling (later, "xyzzy", RNL_SPELLING_WRONG);
}

/* The session's, and of those only what has a dictionary. */
static void
test_languages (void)
{
  rnl_test_last RnlSpeller *speller = NULL;
  g_auto (GStrv) tags = NULL;
  g_auto (GStrv) used = NULL;
  g_autofree char *joined = NULL;

  if (!spelling_fixture_write ())
    return;
  g_setenv ("LANGUAGE", "zz_ZZ:" SPELLING_SECOND ":" SPELLING_FIRST, TRUE);
  speller = rnl_speller_new ();
  tags = spelling_fixture_list (speller, &used);
  g_assert_true (g_strv_contains ((const char *const *) tags, SPELLING_SECOND));
  joined = g_strjoinv (" ", used);
  g_assert_cmpstr (joined, ==, SPELLING_SECOND " " SPELLING_FIRST);
  g_unsetenv ("LANGUAGE");
}

/* Without a dictionary nothing is wrong; neither is what is in no script of the languages. */
static void
test_no_dictionary (void)
{
  static const char *const none[] = { "zz_ZZ", NULL };
  rnl_test_last RnlSpeller *speller = rnl_speller_new ();
  g_auto (GStrv) used = NULL;
  g_auto (GStrv) tags = NULL;

  rnl_speller_set_languages (speller, none);
  assert_spelling (speller, "teh", RNL_SPELLING_RIGHT);
  tags = spelling_fixture_list (speller, &used);
  g_assert_cmpuint (g_strv_length (used), ==, 0);
  rnl_speller_add (speller, "teh");
}

static void
test_script (void)
{
  static const char *const languages[] = { "en_XX", NULL };
  static const char *const words[] = { "hello", NULL };
  rnl_test_last RnlSpeller *speller = NULL;

  if (!spelling_fixture_write ())
    return;
  spelling_fixture_write_language ("en_XX", words);
  speller = rnl_speller_new ();
  rnl_speller_set_languages (speller, languages);
  assert_spelling (speller, "hello", RNL_SPELLING_RIGHT);
  assert_spelling (speller, "helo", RNL_SPELLING_WRONG);
  assert_spelling (speller, "привет", RNL_SPELLING_RIGHT);
}

static void
write_list (const char *name, const char *text)
{
  g_autofree char *folder = g_build_filename (rnl_test_tmp_dir (), "iso-codes", "json", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_name (const char *tag, const char *name)
{
  const char *const folders[] = { rnl_test_tmp_dir (), NULL };
  g_autoptr (RnlLanguageNames) names = rnl_language_names_new (folders);
  g_autofree char *found = rnl_language_names_dup (names, tag);

  g_assert_cmpstr (found, ==, name);
}

/* As iso-codes has them, or the tag. */
static void
test_names (void)
{
  assert_name ("de_AT", "de_AT");
  write_list ("iso_639-2.json", "[]");
  assert_name ("de_AT", "de_AT");
  write_list ("iso_639-2.json", "{\"639-2\": [7, {}]}");
  assert_name ("de_AT", "de_AT");
  write_list ("iso_639-2.json", "{\"639-2\": [{\"alpha_3\": \"aaa\", \"name\": \"A\"},"
                                " {\"alpha_2\": \"de\", \"name\": \"German\"},"
                                " {\"alpha_2\": \"es\", \"name\": \"Spanish; Castilian\"}]}");
  assert_name ("de_AT", "German (AT)");
  write_list ("iso_3166-1.json", "{\"3166-1\": [{\"alpha_2\": \"AT\", \"name\": \"Austria\"}]}");
  assert_name ("de_AT", "German (Austria)");
  assert_name ("es", "Spanish");
  assert_name ("es_AT", "Spanish (Austria)");
  assert_name ("xx_AT", "xx_AT");
  assert_name ("", "");
}

/* Nobody is told what was asked for and cancelled, and nothing is left of it. */
static void
test_cancel (void)
{
  static const char *const words[] = { "teh", NULL };
  rnl_test_last RnlSpeller *speller = rnl_speller_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rnl_speller_check_async (speller, words, cancellable, rnl_test_result_cb, &result);
  g_cancellable_cancel (cancellable);
  rnl_test_wait_for (rnl_test_has_result, &result);
  g_assert_false (rnl_speller_check_finish (speller, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/speller/union", test_union);
  g_test_add_func ("/speller/suggest", test_suggest);
  g_test_add_func ("/speller/add", test_add);
  g_test_add_func ("/speller/languages", test_languages);
  g_test_add_func ("/speller/no-dictionary", test_no_dictionary);
  g_test_add_func ("/speller/script", test_script);
  g_test_add_func ("/speller/names", test_names);
  g_test_add_func ("/speller/cancel", test_cancel);

  return g_test_run ();
}

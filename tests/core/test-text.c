/* test-text.c: the small text helpers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-test.h"
#include "rnl-text-joint.h"
#include "rnl-text.h"
#include "rnl-word-diff.h"

static void
test_ellipsize (void)
{
  static const struct
  {
    const char *text;
    gsize max;
    const char *expected;
  } cases[] = {
    { "", 3, "" },        { "abc", 3, "abc" },       { "abcd", 3, "ab…" },
    { "äöüß", 3, "äö…" }, { "日本語", 3, "日本語" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = rnl_text_ellipsize (cases[i].text, cases[i].max);

      g_assert_cmpstr (got, ==, cases[i].expected);
    }
}

static void
test_lines (void)
{
  static const struct
  {
    const char *text;
    const char *first_line;
    const char *snippet;
  } cases[] = {
    { "", "", "" },
    { "\n\n  one\ttwo  \nthree", "one two", "one two" },
    { "# Markdown, **all** of it\n\ntext", "# Markdown, **all** of it", "Markdown, all of it" },
    { "> - `add` adds", "> - `add` adds", "add adds" },
    { "***", "***", "" },
    { "(10 + 10) * 3 = 60", "(10 + 10) * 3 = 60", "(10 + 10) * 3 = 60" },
    { "snake_case stays", "snake_case stays", "snake_case stays" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = rnl_text_first_line (cases[i].text, 40);
      g_autofree char *snippet = rnl_text_snippet (cases[i].text, 40);

      g_assert_cmpstr (line, ==, cases[i].first_line);
      g_assert_cmpstr (snippet, ==, cases[i].snippet);
    }
}

static void
test_uuid (void)
{
  g_autofree char *before = rnl_uuid_new ();
  g_autofree char *after = NULL;

  g_assert_true (g_uuid_string_is_valid (before));
  g_assert_cmpint (before[14], ==, '7');
  g_usleep (2000);
  after = rnl_uuid_new ();
  g_assert_cmpstr (before, <, after);
}

static void
test_time (void)
{
  g_autofree char *text = rnl_time_to_iso8601 (1732122902123456);

  g_assert_cmpstr (text, ==, "2024-11-20T17:15:02.123Z");
}

static void
test_fence (void)
{
  g_autofree char *code = rnl_text_fence ("main.c", "int x;");
  g_autofree char *fenced = rnl_text_fence ("README", "```\ncode\n```\n");

  g_assert_cmpstr (code, ==, "main.c:\n```c\nint x;\n```\n");
  g_assert_cmpstr (fenced, ==, "README:\n````\n```\ncode\n```\n````\n");
}

static void
test_word_diff (void)
{
  static const struct
  {
    const char *before, *after;
    RnlWordDiff diff;
  } cases[] = {
    { "", "", { 0, 0, 0 } },
    { "a b", "", { 0, 2, 0 } },
    { " a\n b ", "a b", { 2, 0, 0 } },
    { "the cat sat here", "the dog sat there", { 2, 2, 2 } },
    { "a b c d", "d a b c", { 3, 1, 1 } },
    { "x x x", "x", { 1, 2, 0 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RnlWordDiff diff;

      rnl_word_diff (cases[i].before, cases[i].after, &diff);
      g_assert_cmpuint (diff.same, ==, cases[i].diff.same);
      g_assert_cmpuint (diff.removed, ==, cases[i].diff.removed);
      g_assert_cmpuint (diff.added, ==, cases[i].diff.added);
    }
}

/* Where an answer goes on. */
static void
test_joint (void)
{
  static const struct
  {
    const char *before, *after, *joint;
  } cases[] = {
    { "", "Hello", "" },
    { "The sky is bl", "ue", "" },
    { "The sky is", " blue", "" },
    { "The sky is blue", ". It", "" },
    { "The sky is blue.", "It scatters", "\n\n" },
    { "The sky is blue.", "Öl", "\n\n" },
    { "The sky is blue.", " It scatters", "" },
    { "The sky is blue.\n", "It scatters", "" },
    { "(The sky is **blue!**)", "It", "\n\n" },
    { "“Blue?”", "She", "\n\n" },
    { "3.", "14", "" },
    { "version 1.", "x", "" },
    { "the U.", "S. of", "" },
    { "天是蓝的。", "因为", "" },
    { "Here are:", "- one", "\n\n" },
    { "Here are:", "1. one", "\n\n" },
    { "std:", ":Vec", "" },
    { "well", "- known", "" },
    { "Done.", "## Next", "\n\n" },
    { "Done.", "```c", "\n\n" },
    { "```c\nputs (a.", "B", "" },
    { "```c\nputs (a);\n```\nDone.", "Next", "\n\n" },
    { "````\n```\nDone.", "Next", "" },
    { "~~~\n```\nDone.", "Next", "" },
    { "...", "Next", "\n\n" },
    { "Done.", "\303", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("“%s” “%s”", cases[i].before, cases[i].after);
      g_assert_cmpstr (rnl_text_joint (cases[i].before, cases[i].after), ==, cases[i].joint);
    }
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/text/ellipsize", test_ellipsize);
  g_test_add_func ("/text/lines", test_lines);
  g_test_add_func ("/text/uuid", test_uuid);
  g_test_add_func ("/text/time", test_time);
  g_test_add_func ("/text/fence", test_fence);
  g_test_add_func ("/text/joint", test_joint);
  g_test_add_func ("/text/word-diff", test_word_diff);

  return g_test_run ();
}

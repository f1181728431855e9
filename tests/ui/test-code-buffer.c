/* test-code-buffer.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-code-buffer.h"
#include "rnl-code-lexer.h"
#include "rnl-code-tags.h"
#include "rnl-test.h"

#include <adwaita.h>
#include <string.h>

/* Code, and a letter for the style of each of its characters: keyword, type, string, number,
 * comment, meta, name, added, removed; a dot for none. */
static const struct
{
  const char *language;
  const char *code;
  const char *styles;
} cases[] = {
  { "c", "#include <a.h>\nif (x == 0x1f) /* a\n b */ return \"c\\\"d\"; // e",
    "MMMMMMMM......\nKK.......NNNN..CCCC\nCCCCC.KKKKKK.SSSSSS..CCCC" },
  { "python", "@a\ndef f(x):\n  '''one\n  two''' # c\n  return None if 'it\\'s' else 1.5",
    "MM\nKKK......\n..SSSSSS\nSSSSSSSS.CCC\n..KKKKKK.TTTT.KK.SSSSSSS.KKKK.NNN" },
  { "json", "{\"a\": [1, true, \"b\"]}", ".AAA...N..TTTT..SSS.." },
  { "js", "const a = `x\n${y}`; // z", "KKKKK.....SS\nSSSSS..CCCC" },
  { "bash", "if [ \"$a\" ]; then echo $HOME # c", "KK...SSSS....KKKK.KKKK.AAAAA.CCC" },
  { "html", "<!-- a\n--><p class=\"b\">if</p>", "CCCCCC\nCCCKK.AAAAA.SSSK..KKKK" },
  { "SQL", "SELECT a FROM b -- c", "KKKKKK...KKKK...CCCC" },
  { "yaml", "a-b: true # c\n- d: 1", "AAA..TTTT.CCC\n..A..N" },
  { "diff", "@@ 1 @@\n+a\n-b\n c", "MMMMMMM\n++\n--\n.." },
  { "rust", "fn a<'b>(c: &'b str) { 'd' }", "KK..............TTT....SSS.." },
  { "klingon", "if (a) \"b\"", ".........." },
};

static char
style_letter (GtkTextIter *iter)
{
  static const char letters[] = "KTSNCMA+-";

  for (guint i = 0; i < RNL_CODE_N_STYLES; i++)
    if (gtk_text_iter_has_tag (iter, rnl_code_tags_get (i)))
      return letters[i];

  return '.';
}

static char *
dup_styles (RnlCodeBuffer *buffer)
{
  GString *styles = g_string_new (NULL);
  GtkTextIter iter;

  for (gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (buffer), &iter);
       !gtk_text_iter_is_end (&iter); gtk_text_iter_forward_char (&iter))
    g_string_append_c (styles,
                       gtk_text_iter_get_char (&iter) == '\n' ? '\n' : style_letter (&iter));

  return g_string_free (styles, FALSE);
}

/* However the code comes in, it looks as if it had come at once. */
static void
test_styles (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize piece = 1; piece < 8; piece++)
      {
        rnl_test_last RnlCodeBuffer *buffer = rnl_code_buffer_new ();
        g_autofree char *styles = NULL;
        g_autofree char *text = NULL;
        gsize length = strlen (cases[i].code);

        rnl_code_buffer_reset (buffer, cases[i].language);
        for (gsize pos = 0; pos < length; pos += piece)
          rnl_code_buffer_append (buffer, cases[i].code + pos, MIN (piece, length - pos));
        styles = dup_styles (buffer);
        text = rnl_code_buffer_dup_text (buffer);
        g_assert_cmpstr (styles, ==, cases[i].styles);
        g_assert_cmpstr (text, ==, cases[i].code);
      }
}

/* Bytes that mean nothing, in every language: each scan ends, in order and within the line. */
static void
test_any_bytes (void)
{
  static const char *const names[]
    = { "c",        "css", "diff",   "go",   "html", "ini", "json", "lua",
        "makefile", "php", "python", "rust", "sh",   "xml", "yaml" };
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (RnlCodeToken));
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (gsize n = 0; n < G_N_ELEMENTS (names); n++)
    {
      const RnlCodeLanguage *language = rnl_code_language_find (names[n]);
      guint state = 0;

      for (guint round = 0; round < 500; round++)
        {
          char line[40];
          guint length = (guint) g_rand_int_range (random, 0, sizeof line);
          guint end = 0;

          for (guint i = 0; i < length; i++)
            line[i] = "\"'`#/*<>-!@${}\\ a1:=\n\200"[g_rand_int_range (random, 0, 22)];
          g_array_set_size (tokens, 0);
          state = rnl_code_lexer_scan (language, state, line, length, tokens);
          for (guint i = 0; i < tokens->len; i++)
            {
              const RnlCodeToken *token = &g_array_index (tokens, RnlCodeToken, i);

              g_assert_cmpuint (token->start, >=, end);
              g_assert_cmpuint (token->end, >, token->start);
              g_assert_cmpuint (token->end, <=, length);
              end = token->end;
            }
        }
    }
}

/* No line is one huge layout, and what is copied is not broken. */
static void
test_long_line (void)
{
  rnl_test_last RnlCodeBuffer *buffer = rnl_code_buffer_new ();
  g_autoptr (GString) code = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *styles = NULL;
  GtkTextIter iter;

  while (code->len < 20000)
    g_string_append (code, "\303\244b1");
  g_string_append (code, "\nif (x)");
  rnl_code_buffer_reset (buffer, "c");
  for (gsize pos = 0; pos < code->len; pos += 4)
    rnl_code_buffer_append (buffer, code->str + pos, MIN (4, code->len - pos));

  text = rnl_code_buffer_dup_text (buffer);
  g_assert_cmpstr (text, ==, code->str);
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (buffer), &iter);
  do
    g_assert_cmpint (gtk_text_iter_get_bytes_in_line (&iter), <=, RNL_CODE_MAX_LINE + 4);
  while (gtk_text_iter_forward_line (&iter));
  for (guint i = 0; i < g_utf8_strlen (code->str, -1); i += 7)
    {
      guint shown = rnl_code_buffer_to_shown (buffer, i);

      gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &iter, (int) shown);
      g_assert_true (gtk_text_iter_get_char (&iter)
                     == g_utf8_get_char (g_utf8_offset_to_pointer (code->str, i)));
      g_assert_cmpuint (rnl_code_buffer_from_shown (buffer, shown), ==, i);
    }
  styles = dup_styles (buffer);
  g_assert_true (g_str_has_suffix (styles, "\nKK...."));
}

static guint n_touched;

static void
count_cb (void)
{
  n_touched++;
}

/* What one more token costs does not depend on what is there. */
static void
test_incremental (void)
{
  rnl_test_last RnlCodeBuffer *buffer = rnl_code_buffer_new ();

  rnl_code_buffer_reset (buffer, "c");
  for (guint i = 0; i < 2000; i++)
    rnl_code_buffer_append (buffer, "if (x) return \"y\"; // z\n", 24);
  g_signal_connect (buffer, "apply-tag", G_CALLBACK (count_cb), NULL);
  g_signal_connect (buffer, "remove-tag", G_CALLBACK (count_cb), NULL);
  rnl_code_buffer_append (buffer, "if", 2);
  g_assert_cmpuint (n_touched, ==, 1);
  rnl_code_buffer_append (buffer, " (a", 3);
  g_assert_cmpuint (n_touched, ==, 1);
  rnl_code_buffer_append (buffer, " \"b", 3);
  rnl_code_buffer_append (buffer, "cd", 2);
  rnl_code_buffer_append (buffer, "\"", 1);
  g_assert_cmpuint (n_touched, ==, 4);
}

static void
test_languages (void)
{
  g_assert_cmpstr (rnl_code_language_get_title ("py"), ==, "Python");
  g_assert_cmpstr (rnl_code_language_get_title ("C++"), ==, "C++");
  g_assert_cmpstr (rnl_code_language_get_title ("klingon"), ==, "klingon");
  g_assert_null (rnl_code_language_find ("c h"));
  g_assert_null (rnl_code_language_find (""));
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();

  g_test_add_func ("/code-buffer/any-bytes", test_any_bytes);
  g_test_add_func ("/code-buffer/incremental", test_incremental);
  g_test_add_func ("/code-buffer/languages", test_languages);
  g_test_add_func ("/code-buffer/long-line", test_long_line);
  g_test_add_func ("/code-buffer/styles", test_styles);

  return g_test_run ();
}

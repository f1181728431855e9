/* test-markdown-spec.c: the examples of CommonMark and of GitHub's dialect
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The specifications are found in the folder RUNNEL_TEST_SPECS, see tools/markdown-specs. */
#include "config.h"
#include "markdown-html.h"
#include "markdown-view.h"
#include "rnl-test.h"

#include <stdlib.h>
#include <string.h>

#define FENCE "````````````````````````````````"

typedef struct
{
  char *section;
  char *text;
  char *html;
  guint number;
} Example;

static const struct
{
  const char *name;
  guint n_examples;
  guint n_matching; /* at least */
} specs[] = {
  { "commonmark.txt", 652, 600 },
  { "gfm.txt", 672, 600 },
};

static void
free_example (gpointer data)
{
  Example *example = data;

  g_free (example->section);
  g_free (example->text);
  g_free (example->html);
  g_free (example);
}

static char *
restore_tabs (GString *text)
{
  g_string_replace (text, "→", "\t", 0);

  return g_strdup (text->str);
}

static GPtrArray *
read_examples (const char *spec)
{
  g_auto (GStrv) lines = g_strsplit (spec, "\n", -1);
  g_autofree char *section = g_strdup ("");
  GPtrArray *examples = g_ptr_array_new_with_free_func (free_example);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], FENCE " example"))
      {
        g_autoptr (GString) text = g_string_new (NULL);
        g_autoptr (GString) html = g_string_new (NULL);
        Example *example = g_new0 (Example, 1);

        for (i++; strcmp (lines[i], ".") != 0; i++)
          g_string_append_printf (text, "%s\n", lines[i]);
        for (i++; strcmp (lines[i], FENCE) != 0; i++)
          g_string_append_printf (html, "%s\n", lines[i]);
        example->section = g_strdup (section);
        example->text = restore_tabs (text);
        example->html = restore_tabs (html);
        example->number = examples->len + 1;
        g_ptr_array_add (examples, example);
      }
    else if (g_str_has_prefix (lines[i], "## "))
      {
        g_free (section);
        section = g_strdup (lines[i] + 3);
      }

  return examples;
}

static gboolean
matches (const Example *example)
{
  g_autoptr (RnlMarkdownStream) stream = rnl_markdown_stream_new ();
  g_autofree char *html = NULL;
  g_autofree char *expected = html_normalize (example->html);
  g_autofree char *normal = NULL;

  rnl_markdown_stream_feed (stream, example->text, -1);
  rnl_markdown_stream_end (stream);
  html = blocks_to_html (stream);
  normal = html_normalize (html);
  if (strcmp (normal, expected) == 0)
    return TRUE;
  if (g_test_verbose ())
    g_test_message ("example %u (%s):\n%s\ngives\n%s\n%s\ninstead of\n%s", example->number,
                    example->section, example->text, html, normal, expected);

  return FALSE;
}

static GPtrArray *
load_examples (const char *name)
{
  const char *folder = g_getenv ("RUNNEL_TEST_SPECS");
  g_autofree char *path = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autofree char *spec = NULL;

  if (path == NULL || !g_file_get_contents (path, &spec, NULL, NULL))
    return NULL;

  return read_examples (spec);
}

static void
print_section (const char *section, guint n_matching, guint n)
{
  if (n > 0)
    g_test_message ("%3u of %3u  %s", n_matching, n, section);
}

static void
test_spec (gconstpointer data)
{
  guint spec = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) examples = load_examples (specs[spec].name);
  const char *section = "";
  guint n = 0, n_matching = 0, all = 0;

  if (examples == NULL)
    {
      g_test_skip ("RUNNEL_TEST_SPECS has no such specification");
      return;
    }
  for (guint i = 0; i < examples->len; i++)
    {
      const Example *example = g_ptr_array_index (examples, i);
      gboolean ok;

      if (strcmp (example->section, section) != 0)
        {
          print_section (section, n_matching, n);
          section = example->section;
          n = n_matching = 0;
        }
      ok = matches (example);
      n++;
      n_matching += ok ? 1 : 0;
      all += ok ? 1 : 0;
    }
  print_section (section, n_matching, n);
  g_test_message ("%s: %u of %u", specs[spec].name, all, examples->len);
  g_assert_cmpuint (examples->len, ==, specs[spec].n_examples);
  g_assert_cmpuint (all, >=, specs[spec].n_matching);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      g_autofree char *path = g_strdup_printf ("/markdown-spec/%s", specs[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_spec);
    }

  return g_test_run ();
}

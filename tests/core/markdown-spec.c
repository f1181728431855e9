/* markdown-spec.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "markdown-spec.h"

#include <string.h>

#define FENCE "````````````````````````````````"

const MarkdownSpec markdown_specs[] = {
  { "commonmark.txt", 652, 642 },
  { "gfm.txt", 673, 659 },
};

const gsize n_markdown_specs = G_N_ELEMENTS (markdown_specs);

static void
free_example (gpointer data)
{
  MarkdownExample *example = data;

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
        MarkdownExample *example = g_new0 (MarkdownExample, 1);

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

/* Returns the examples, or `NULL` if the specification is not there. */
GPtrArray *
markdown_spec_load (gsize spec)
{
  const char *folder = g_getenv ("RUNNEL_TEST_SPECS");
  g_autofree char *path
    = folder != NULL ? g_build_filename (folder, markdown_specs[spec].name, NULL) : NULL;
  g_autofree char *text = NULL;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return NULL;

  return read_examples (text);
}

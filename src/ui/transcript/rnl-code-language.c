/* rnl-code-language.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-code-language.h"

#include <glib/gi18n.h>

/* What people and models write, and what GtkSourceView calls it. */
static const struct
{
  const char *name;
  const char *id;
} aliases[] = {
  { "bash", "sh" },
  { "c#", "c-sharp" },
  { "c++", "cpp" },
  { "cc", "cpp" },
  { "console", "sh" },
  { "cs", "c-sharp" },
  { "csharp", "c-sharp" },
  { "cxx", "cpp" },
  { "f90", "fortran" },
  { "golang", "go" },
  { "h", "c" },
  { "hpp", "cpp" },
  { "hs", "haskell" },
  { "htm", "html" },
  { "javascript", "js" },
  { "jl", "julia" },
  { "jsonc", "json" },
  { "kt", "kotlin" },
  { "make", "makefile" },
  { "md", "markdown" },
  { "mjs", "js" },
  { "objc", "objc" },
  { "patch", "diff" },
  { "perl", "perl" },
  { "pl", "perl" },
  { "powershell", "powershell" },
  { "ps1", "powershell" },
  { "py", "python3" },
  { "python", "python3" },
  { "rb", "ruby" },
  { "rs", "rust" },
  { "shell", "sh" },
  { "svg", "xml" },
  { "tex", "latex" },
  { "ts", "typescript" },
  { "tsx", "typescript-jsx" },
  { "yml", "yaml" },
  { "zsh", "sh" },
};

/**
 * rnl_code_language_find:
 * @name: (nullable): the first word after a fence
 *
 * Returns: (transfer none) (nullable): the language, or `NULL` when it is not known
 */
GtkSourceLanguage *
rnl_code_language_find (const char *name)
{
  GtkSourceLanguageManager *manager = gtk_source_language_manager_get_default ();
  g_autofree char *id = NULL;

  if (name == NULL)
    return NULL;
  id = g_ascii_strdown (name, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (g_str_equal (aliases[i].name, id))
      return gtk_source_language_manager_get_language (manager, aliases[i].id);

  return gtk_source_language_manager_get_language (manager, id);
}

/**
 * rnl_code_language_get_title:
 * @name: (nullable): the first word after a fence
 *
 * Returns: (transfer none): what to call the language for people; translated
 */
const char *
rnl_code_language_get_title (const char *name)
{
  GtkSourceLanguage *language = rnl_code_language_find (name);

  if (language != NULL)
    return gtk_source_language_get_name (language);

  return name != NULL ? name : _ ("Code");
}

static gboolean
warm_up_cb (gpointer user_data)
{
  g_autoptr (GtkWidget) view = g_object_ref_sink (gtk_source_view_new ());

  return G_SOURCE_REMOVE;
}

/**
 * rnl_code_language_warm_up:
 *
 * Loads what the first block of code of the program would load in the middle of an answer: the list
 * of languages, the classes of the view. Once, when the main loop has nothing else to do.
 */
void
rnl_code_language_warm_up (void)
{
  static gboolean warm = FALSE;

  if (warm)
    return;

  warm = TRUE;
  g_idle_add_full (G_PRIORITY_LOW, warm_up_cb, NULL, NULL);
}

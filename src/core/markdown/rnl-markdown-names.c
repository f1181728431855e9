/* rnl-markdown-names.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-names.h"
#include "rnl-markdown-scan.h"

#include <string.h>

#define MAX_LABEL 999

static void
free_definition (gpointer data)
{
  RnlDefinition *definition = data;

  g_ref_string_release (definition->address);
  g_clear_pointer (&definition->title, g_ref_string_release);
  g_free (definition);
}

void
rnl_markdown_names_init (RnlMarkdownNames *self)
{
  *self = (RnlMarkdownNames){ 0 };
  self->definitions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_definition);
  self->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->footnotes = g_ptr_array_new ();
}

void
rnl_markdown_names_clear (RnlMarkdownNames *self)
{
  g_hash_table_unref (self->definitions);
  g_hash_table_unref (self->missing);
  g_hash_table_unref (self->numbers);
  g_ptr_array_unref (self->footnotes);
}

/* Labels are compared without case, and every stretch of blanks is one space. `NULL` for one that
 * is blank or too long. */
static char *
normalize (const char *label, gsize length)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (length > MAX_LABEL)
    return NULL;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (label[i]))
      g_string_append_c (text, label[i]);
    else if (text->len > 0 && text->str[text->len - 1] != ' ')
      g_string_append_c (text, ' ');
  if (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);

  return text->len > 0 ? g_utf8_casefold (text->str, (gssize) text->len) : NULL;
}

const RnlDefinition *
rnl_markdown_names_find (RnlMarkdownNames *self, const char *label, gsize length)
{
  g_autofree char *name = NULL;

  if (g_hash_table_size (self->definitions) == 0)
    return NULL;
  name = normalize (label, length);

  return name != NULL ? g_hash_table_lookup (self->definitions, name) : NULL;
}

/* Whoever looked for a label in text that is shown for good wants to know when it comes. */
void
rnl_markdown_names_note_missing (RnlMarkdownNames *self, const char *label, gsize length)
{
  char *name = normalize (label, length);

  if (name != NULL)
    g_hash_table_add (self->missing, name);
}

/* Returns the end of the label that begins at the start of @text. */
static gsize
scan_label (const char *text, gsize length)
{
  for (gsize pos = 1; pos < length && pos <= MAX_LABEL + 1; pos++)
    if (text[pos] == '\\')
      pos++;
    else if (text[pos] == '[')
      return RNL_SCAN_NONE;
    else if (text[pos] == ']')
      return pos;

  return RNL_SCAN_NONE;
}

/* Whether a definition begins here that may not be whole yet. */
gboolean
rnl_markdown_names_is_defining (const char *text, gsize length)
{
  gsize label = length > 2 && length <= MAX_LABEL && text[0] == '[' ? scan_label (text, length)
                                                                    : RNL_SCAN_NONE;

  return label != RNL_SCAN_NONE && label > 1 && label + 1 < length && text[label + 1] == ':';
}

static gsize
end_of_line (const char *text, gsize length, gsize pos)
{
  while (pos < length && (text[pos] == ' ' || text[pos] == '\t'))
    pos++;

  return pos == length ? pos : text[pos] == '\n' ? pos + 1 : RNL_SCAN_NONE;
}

/*
 * rnl_markdown_names_define:
 * @text: the beginning of a paragraph
 * @draft: whether to read only
 *
 * Reads a definition, `[label]: address "title"`. The first one of a label counts.
 *
 * Returns: its length with the line end, or 0 if there is none
 */
gsize
rnl_markdown_names_define (RnlMarkdownNames *self, const char *text, gsize length, gboolean draft)
{
  g_autoptr (GString) address = g_string_new (NULL);
  g_autoptr (GString) title = g_string_new (NULL);
  g_autofree char *name = NULL;
  RnlDefinition *definition;
  gsize label, pos, blanks, end, title_end;

  if (length < 4 || text[0] != '[')
    return 0;
  label = scan_label (text, length);
  if (label == RNL_SCAN_NONE || label + 1 >= length || text[label + 1] != ':')
    return 0;
  pos = rnl_scan_blanks (text, length, label + 2);
  end = rnl_scan_link_address (text, length, pos, address);
  name = normalize (text + 1, label - 1);
  if (!RNL_SCAN_IS_END (end) || end == pos || name == NULL)
    return 0;

  blanks = rnl_scan_blanks (text, length, end);
  pos = end_of_line (text, length, end);
  title_end = blanks > end ? rnl_scan_link_title (text, length, blanks, title) : RNL_SCAN_NONE;
  if (RNL_SCAN_IS_END (title_end)
      && (title_end = end_of_line (text, length, title_end)) != RNL_SCAN_NONE)
    pos = title_end;
  else if (pos == RNL_SCAN_NONE)
    return 0;
  else
    title_end = 0;
  if (draft || g_hash_table_contains (self->definitions, name))
    return pos;

  definition = g_new0 (RnlDefinition, 1);
  definition->address = g_ref_string_new (address->str);
  definition->title = title_end != 0 ? g_ref_string_new (title->str) : NULL;
  self->late = self->late || g_hash_table_contains (self->missing, name);
  g_hash_table_insert (self->definitions, g_steal_pointer (&name), definition);

  return pos;
}

/* The number of a footnote; a new one if it is mentioned for the first time. */
guint
rnl_markdown_names_number (RnlMarkdownNames *self, const char *label, gsize length)
{
  g_autofree char *name = g_utf8_casefold (label, (gssize) length);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, name));

  if (number > 0)
    return number;
  g_ptr_array_add (self->footnotes, name);
  number = self->footnotes->len;
  g_hash_table_insert (self->numbers, g_steal_pointer (&name), GUINT_TO_POINTER (number));

  return number;
}

/* What was shown for now gave out numbers that are free again. */
void
rnl_markdown_names_forget_numbers (RnlMarkdownNames *self, guint n_kept)
{
  while (self->footnotes->len > n_kept)
    {
      const char *name = g_ptr_array_index (self->footnotes, self->footnotes->len - 1);

      g_ptr_array_set_size (self->footnotes, (gint) self->footnotes->len - 1);
      g_hash_table_remove (self->numbers, name);
    }
}

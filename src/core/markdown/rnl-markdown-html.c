/* rnl-markdown-html.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-html.h"
#include "rnl-markdown-scan.h"

#include <stdlib.h>
#include <string.h>

/* The kinds are numbered as in CommonMark, "HTML blocks". */
enum
{
  NO_HTML,
  VERBATIM,
  COMMENT,
  INSTRUCTION,
  DECLARATION,
  CDATA,
  BLOCK_TAG,
  ANY_TAG
};

/* Sorted. */
static const char *const block_tags[] = {
  "address",  "article",  "aside",    "base",       "basefont", "blockquote", "body",   "caption",
  "center",   "col",      "colgroup", "dd",         "details",  "dialog",     "dir",    "div",
  "dl",       "dt",       "fieldset", "figcaption", "figure",   "footer",     "form",   "frame",
  "frameset", "h1",       "h2",       "h3",         "h4",       "h5",         "h6",     "head",
  "header",   "hr",       "html",     "iframe",     "legend",   "li",         "link",   "main",
  "menu",     "menuitem", "nav",      "noframes",   "ol",       "optgroup",   "option", "p",
  "param",    "search",   "section",  "summary",    "table",    "tbody",      "td",     "tfoot",
  "th",       "thead",    "title",    "tr",         "track",    "ul",
};

static const char *const verbatim_tags[] = { "pre", "script", "style", "textarea" };

static int
compare_tag (const void *key, const void *element)
{
  return g_ascii_strcasecmp (key, *(const char *const *) element);
}

static gboolean
is_tag (const char *name, gsize length, const char *const tags[], gsize n_tags)
{
  char buffer[16];

  if (length == 0 || length >= sizeof buffer)
    return FALSE;
  memcpy (buffer, name, length);
  buffer[length] = '\0';

  return bsearch (buffer, tags, n_tags, sizeof tags[0], compare_tag) != NULL;
}

static guint
tag_kind (const char *line, gsize length)
{
  gboolean closing = length > 1 && line[1] == '/';
  const char *name = line + (closing ? 2 : 1);
  const char *end = line + length;
  gsize n = 0;

  while (name + n < end && g_ascii_isalnum (name[n]))
    n++;
  if (name + n < end && !g_ascii_isspace (name[n]) && name[n] != '>'
      && !(name[n] == '/' && name + n + 1 < end && name[n + 1] == '>'))
    return NO_HTML;
  if (is_tag (name, n, block_tags, G_N_ELEMENTS (block_tags)))
    return BLOCK_TAG;
  if (!closing && (name + n == end || name[n] != '/')
      && is_tag (name, n, verbatim_tags, G_N_ELEMENTS (verbatim_tags)))
    return VERBATIM;

  return NO_HTML;
}

static gboolean
is_lone_tag (const char *line, gsize length)
{
  gsize end = rnl_scan_html_tag (line, length, 0);

  if (!RNL_SCAN_IS_END (end))
    return FALSE;
  while (end < length && (line[end] == ' ' || line[end] == '\t'))
    end++;

  return end == length;
}

/* Returns the kind of the block that the line begins, or 0. @in_text: whether it would interrupt a
 * paragraph. */
guint
rnl_html_block_begins (const char *line, gsize length, gboolean in_text)
{
  guint kind;

  if (length < 2 || line[0] != '<')
    return NO_HTML;
  if (length >= 4 && strncmp (line, "<!--", 4) == 0)
    return COMMENT;
  if (line[1] == '?')
    return INSTRUCTION;
  if (length >= 9 && strncmp (line, "<![CDATA[", 9) == 0)
    return CDATA;
  if (length >= 3 && line[1] == '!' && g_ascii_isalpha (line[2]))
    return DECLARATION;
  kind = tag_kind (line, length);
  if (kind == NO_HTML && !in_text && is_lone_tag (line, length))
    kind = ANY_TAG;

  return kind;
}

static gboolean
contains (const char *line, gsize length, const char *text)
{
  gsize n = strlen (text);

  for (gsize i = 0; i + n <= length; i++)
    if (g_ascii_strncasecmp (line + i, text, n) == 0)
      return TRUE;

  return FALSE;
}

/* Whether the line is the last one of the block; those of tags end before a blank line. */
gboolean
rnl_html_block_ends (guint kind, const char *line, gsize length)
{
  switch (kind)
    {
    case VERBATIM:
      return contains (line, length, "</script>") || contains (line, length, "</pre>")
             || contains (line, length, "</style>") || contains (line, length, "</textarea>");
    case COMMENT:
      return contains (line, length, "-->");
    case INSTRUCTION:
      return contains (line, length, "?>");
    case DECLARATION:
      return contains (line, length, ">");
    case CDATA:
      return contains (line, length, "]]>");
    case BLOCK_TAG:
    case ANY_TAG:
      while (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t'))
        length--;
      return length == 0;
    default:
      return TRUE;
    }
}

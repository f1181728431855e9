/* rnl-html-text.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-html-text.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define MAX_LISTS 16

/**
 * Writer:
 * @newlines: line ends owed before the next word, at most 2
 * @space: whether a space is owed before the next word
 * @after_mark: whether an item's mark was the last thing written
 * @pre: how many pre elements are open
 * @skip: (nullable): the element whose inside is left out
 * @counters: for each open list the number of its next item, or -1 for bullets
 */
typedef struct
{
  GString *text;
  GString *title;
  const char *base;
  gsize max_output;

  guint newlines;
  gboolean space;
  gboolean after_mark;
  guint pre;
  const xmlNode *skip;
  const xmlNode *in_title;
  gsize link_start;
  int counters[MAX_LISTS];
  guint lists;
} Writer;

/**
 * Kind:
 * @KIND_SKIP: left out with all that is in it
 * @KIND_BLOCK: begins and ends on a line of its own
 * @KIND_PARAGRAPH: with an empty line around it
 */
typedef enum
{
  KIND_INLINE,
  KIND_SKIP,
  KIND_BLOCK,
  KIND_PARAGRAPH,
  KIND_HEADING,
  KIND_LIST,
  KIND_ITEM,
  KIND_CELL,
  KIND_PRE,
  KIND_CODE,
  KIND_LINK,
  KIND_IMAGE,
  KIND_BREAK,
  KIND_RULE,
  KIND_TITLE,
} Kind;

static const struct
{
  const char *name;
  Kind kind;
} kinds[] = {
  { "a", KIND_LINK },
  { "address", KIND_BLOCK },
  { "article", KIND_PARAGRAPH },
  { "aside", KIND_PARAGRAPH },
  { "blockquote", KIND_PARAGRAPH },
  { "br", KIND_BREAK },
  { "button", KIND_SKIP },
  { "canvas", KIND_SKIP },
  { "caption", KIND_BLOCK },
  { "code", KIND_CODE },
  { "dd", KIND_BLOCK },
  { "details", KIND_BLOCK },
  { "dialog", KIND_SKIP },
  { "div", KIND_BLOCK },
  { "dl", KIND_PARAGRAPH },
  { "dt", KIND_BLOCK },
  { "fieldset", KIND_BLOCK },
  { "figcaption", KIND_BLOCK },
  { "figure", KIND_PARAGRAPH },
  { "footer", KIND_BLOCK },
  { "form", KIND_BLOCK },
  { "h1", KIND_HEADING },
  { "h2", KIND_HEADING },
  { "h3", KIND_HEADING },
  { "h4", KIND_HEADING },
  { "h5", KIND_HEADING },
  { "h6", KIND_HEADING },
  { "header", KIND_BLOCK },
  { "hr", KIND_RULE },
  { "iframe", KIND_SKIP },
  { "img", KIND_IMAGE },
  { "li", KIND_ITEM },
  { "main", KIND_BLOCK },
  { "math", KIND_SKIP },
  { "nav", KIND_SKIP },
  { "noscript", KIND_SKIP },
  { "object", KIND_SKIP },
  { "ol", KIND_LIST },
  { "p", KIND_PARAGRAPH },
  { "pre", KIND_PRE },
  { "script", KIND_SKIP },
  { "section", KIND_BLOCK },
  { "select", KIND_SKIP },
  { "style", KIND_SKIP },
  { "summary", KIND_BLOCK },
  { "svg", KIND_SKIP },
  { "table", KIND_PARAGRAPH },
  { "td", KIND_CELL },
  { "template", KIND_SKIP },
  { "textarea", KIND_SKIP },
  { "th", KIND_CELL },
  { "title", KIND_TITLE },
  { "tr", KIND_BLOCK },
  { "ul", KIND_LIST },
};

static Kind
get_kind (const xmlNode *node)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp ((const char *) node->name, kinds[i].name) == 0)
      return kinds[i].kind;

  return KIND_INLINE;
}

/* At the start of an item or a link its text follows on the same line, whatever element it is in.
 */
static void
end_line (Writer *self, guint newlines)
{
  self->space = FALSE;
  if (!self->after_mark && (self->link_start == 0 || self->text->len != self->link_start))
    self->newlines = MAX (self->newlines, newlines);
}

static gboolean
ends_blank (const GString *text)
{
  char last = text->len > 0 ? text->str[text->len - 1] : '\n';

  return last == ' ' || last == '\n' || last == '[';
}

static void
write_raw (Writer *self, const char *text, gsize length)
{
  if (length == 0)
    return;

  for (; self->newlines > 0 && self->text->len > 0; self->newlines--)
    g_string_append_c (self->text, '\n');
  if (self->space && !ends_blank (self->text))
    g_string_append_c (self->text, ' ');
  self->newlines = 0;
  self->space = FALSE;
  self->after_mark = FALSE;
  g_string_append_len (self->text, text, (gssize) length);
}

/* Runs of white space are one space, as in a browser. */
static void
write_words (Writer *self, const char *text)
{
  while (*text != '\0')
    {
      gsize blank = strspn (text, " \t\r\n\f");
      gsize word = strcspn (text + blank, " \t\r\n\f");

      if (blank > 0 && self->newlines == 0)
        self->space = TRUE;
      write_raw (self, text + blank, word);
      text += blank + word;
    }
}

static void
write_text (Writer *self, const char *text)
{
  if (self->in_title != NULL)
    g_string_append (self->title, text);
  else if (self->pre > 0)
    write_raw (self, text, strlen (text));
  else
    write_words (self, text);
}

static char *
dup_attribute (const xmlNode *node, const char *name)
{
  xmlChar *value = xmlGetProp (node, (const xmlChar *) name);
  char *copy = g_strdup ((const char *) value);

  xmlFree (value);

  return copy;
}

static void
write_item_start (Writer *self)
{
  gboolean numbered
    = self->lists > 0 && self->lists <= MAX_LISTS && self->counters[self->lists - 1] >= 0;
  int indent = (int) (CLAMP (self->lists, 1, MAX_LISTS) - 1) * 2;
  g_autofree char *mark = NULL;

  self->after_mark = FALSE;
  end_line (self, 1);
  if (numbered)
    mark = g_strdup_printf ("%*s%d. ", indent, "", self->counters[self->lists - 1]++);
  else
    mark = g_strdup_printf ("%*s- ", indent, "");
  write_raw (self, mark, strlen (mark));
  self->after_mark = TRUE;
}

static void
write_image (Writer *self, const xmlNode *node)
{
  g_autofree char *alt = dup_attribute (node, "alt");
  g_autofree char *shown = NULL;

  if (alt == NULL || *g_strstrip (alt) == '\0')
    return;
  shown = g_strdup_printf ("[Image: %s]", alt);
  write_words (self, shown);
}

static void
write_link_end (Writer *self, const xmlNode *node)
{
  g_autofree char *href = dup_attribute (node, "href");
  g_autofree char *address = NULL;

  if (self->link_start == 0)
    return;
  if (href != NULL && *href != '#')
    address
      = g_uri_resolve_relative (self->base, g_strstrip (href), G_URI_FLAGS_PARSE_RELAXED, NULL);
  if (address != NULL && !g_str_has_prefix (address, "http"))
    g_clear_pointer (&address, g_free);

  /* link_start is one behind the bracket. */
  if (self->text->len == self->link_start)
    g_string_truncate (self->text, self->link_start - 1);
  else if (address == NULL)
    g_string_erase (self->text, (gssize) self->link_start - 1, 1);
  else
    g_string_append_printf (self->text, "](%s)", address);
  self->link_start = 0;
}

static void
enter_pre (Writer *self)
{
  end_line (self, 2);
  write_raw (self, "```\n", 4);
  self->pre++;
}

static void
enter (Writer *self, const xmlNode *node)
{
  switch (get_kind (node))
    {
    case KIND_SKIP:
      self->skip = node;
      break;
    case KIND_TITLE:
      self->in_title = node;
      break;
    case KIND_BLOCK:
      end_line (self, 1);
      break;
    case KIND_PARAGRAPH:
      end_line (self, self->lists > 0 ? 1 : 2);
      break;
    case KIND_HEADING:
      end_line (self, 2);
      write_raw (self, "###### ", (gsize) (node->name[1] - '0'));
      self->space = TRUE;
      break;
    case KIND_LIST:
      end_line (self, self->lists > 0 ? 1 : 2);
      if (self->lists < MAX_LISTS)
        self->counters[self->lists] = node->name[0] == 'o' ? 1 : -1;
      self->lists++;
      break;
    case KIND_ITEM:
      write_item_start (self);
      break;
    case KIND_CELL:
      if (node->prev != NULL && self->newlines == 0)
        {
          self->space = FALSE;
          write_raw (self, " | ", 3);
        }
      break;
    case KIND_PRE:
      enter_pre (self);
      break;
    case KIND_CODE:
      if (self->pre == 0)
        write_raw (self, "`", 1);
      break;
    case KIND_LINK:
      if (self->pre == 0 && self->link_start == 0)
        {
          write_raw (self, "[", 1);
          self->link_start = self->text->len;
        }
      break;
    case KIND_IMAGE:
      write_image (self, node);
      break;
    case KIND_BREAK:
      if (self->pre > 0)
        g_string_append_c (self->text, '\n');
      end_line (self, self->pre > 0 ? 0 : 1);
      break;
    case KIND_RULE:
      end_line (self, 2);
      write_raw (self, "---", 3);
      end_line (self, 2);
      break;
    case KIND_INLINE:
    default:
      break;
    }
}

static void
leave (Writer *self, const xmlNode *node)
{
  if (self->skip == node)
    {
      self->skip = NULL;
      return;
    }

  switch (get_kind (node))
    {
    case KIND_TITLE:
      self->in_title = NULL;
      break;
    case KIND_ITEM:
      self->after_mark = FALSE;
      end_line (self, 1);
      break;
    case KIND_BLOCK:
      end_line (self, 1);
      break;
    case KIND_PARAGRAPH:
      end_line (self, self->lists > 0 ? 1 : 2);
      break;
    case KIND_HEADING:
      end_line (self, 2);
      break;
    case KIND_LIST:
      self->lists--;
      end_line (self, self->lists > 0 ? 1 : 2);
      break;
    case KIND_PRE:
      self->pre--;
      self->newlines = 0;
      g_string_append (self->text, g_str_has_suffix (self->text->str, "\n") ? "```" : "\n```");
      end_line (self, 2);
      break;
    case KIND_CODE:
      if (self->pre == 0)
        g_string_append_c (self->text, '`');
      break;
    case KIND_LINK:
      write_link_end (self, node);
      break;
    case KIND_INLINE:
    case KIND_SKIP:
    case KIND_CELL:
    case KIND_IMAGE:
    case KIND_BREAK:
    case KIND_RULE:
    default:
      break;
    }
}

/* By hand and not by recursion: a page may be nested as deep as it likes. */
static void
walk (Writer *self, const xmlNode *root)
{
  const xmlNode *node = root;

  while (node != NULL && self->text->len <= self->max_output)
    {
      if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        write_text (self, (const char *) node->content);
      else if (node->type == XML_ELEMENT_NODE)
        enter (self, node);

      if (node->type == XML_ELEMENT_NODE && node->children != NULL && self->skip == NULL)
        {
          node = node->children;
          continue;
        }
      while (node != NULL)
        {
          if (node->type == XML_ELEMENT_NODE)
            leave (self, node);
          if (node == root)
            return;
          if (node->next != NULL)
            break;
          node = node->parent;
        }
      if (node != NULL)
        node = node->next;
    }
}

/* The parser's own initialisation is not safe in two threads at once. */
static gpointer
init_parser (gpointer data)
{
  xmlInitParser ();

  return NULL;
}

/**
 * rnl_html_to_text:
 * @bytes: a page, whole or cut anywhere
 * @length: its length in bytes
 * @encoding: (nullable): what the server said; else the page's own word is taken
 * @base: its absolute address, for the links
 * @max_output: once the text is longer than this, in bytes, the rest of the page is left out
 * @title: (out) (transfer full) (nullable): the page's title
 *
 * Turns HTML into the Markdown a model reads best: headings, lists, links with whole addresses,
 * code. Scripts, styles, navigation and forms' controls are left out. Nothing is loaded from
 * anywhere. May take long: call it in a thread.
 *
 * Returns: (transfer full): the text, valid UTF-8, perhaps empty
 */
char *
rnl_html_to_text (const char *bytes,
                  gsize length,
                  const char *encoding,
                  const char *base,
                  gsize max_output,
                  char **title)
{
  static GOnce once = G_ONCE_INIT;
  Writer writer = { .base = base, .max_output = max_output };
  htmlDocPtr document;

  *title = NULL;
  g_once (&once, init_parser, NULL);
  document = htmlReadMemory (bytes, (int) MIN (length, G_MAXINT), NULL, encoding,
                             HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR
                               | HTML_PARSE_NOWARNING);
  if (document == NULL)
    return g_strdup ("");

  writer.text = g_string_new (NULL);
  writer.title = g_string_new (NULL);
  walk (&writer, xmlDocGetRootElement (document));
  xmlFreeDoc (document);

  *title = g_utf8_make_valid (g_strstrip (writer.title->str), -1);
  if (**title == '\0')
    g_clear_pointer (title, g_free);
  g_string_free (writer.title, TRUE);

  return g_string_free (writer.text, FALSE);
}

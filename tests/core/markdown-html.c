/* markdown-html.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "markdown-html.h"

#include <string.h>

/* {{{ Writing */

static void
escape (GString *out, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    switch (text[i])
      {
      case '&':
        g_string_append (out, "&amp;");
        break;
      case '<':
        g_string_append (out, "&lt;");
        break;
      case '>':
        g_string_append (out, "&gt;");
        break;
      case '"':
        g_string_append (out, "&quot;");
        break;
      default:
        g_string_append_c (out, text[i]);
        break;
      }
}

/* As the specification's own program writes addresses. */
static void
write_address (GString *out, const char *name, const char *address)
{
  g_string_append_printf (out, " %s=\"", name);
  for (; *address != '\0'; address++)
    if (*address == '&')
      g_string_append (out, "&amp;");
    else if (*address == '\'')
      g_string_append (out, "&#x27;");
    else if (g_ascii_isalnum (*address) || strchr ("-_.+!*(),%#@?=;:/,$~", *address) != NULL)
      g_string_append_c (out, *address);
    else
      g_string_append_printf (out, "%%%02X", (guchar) *address);
  g_string_append_c (out, '"');
}

static void
write_title (GString *out, const char *title)
{
  if (title == NULL)
    return;
  g_string_append (out, " title=\"");
  escape (out, title, strlen (title));
  g_string_append_c (out, '"');
}

static void
write_image (GString *out, const RnlSpan *span, const char *text)
{
  g_string_append (out, "<img");
  write_address (out, "src", span->address);
  g_string_append (out, " alt=\"");
  if (strncmp (text, "\357\277\274", 3) != 0)
    escape (out, text, span->end - span->start);
  g_string_append_c (out, '"');
  write_title (out, span->title);
  g_string_append (out, " />");
}

static void
write_span (GString *out, const RnlSpan *span, const char *text)
{
  static const struct
  {
    RnlSpanFlags flag;
    const char *begin;
    const char *end;
  } styles[] = { { RNL_SPAN_STRONG, "<strong>", "</strong>" },
                 { RNL_SPAN_EMPH, "<em>", "</em>" },
                 { RNL_SPAN_STRIKE, "<del>", "</del>" },
                 { RNL_SPAN_CODE, "<code>", "</code>" } };
  gboolean image = (span->flags & RNL_SPAN_IMAGE) != 0;
  const char *link = image ? span->link : span->address;

  if (link != NULL)
    {
      g_string_append (out, "<a");
      write_address (out, "href", link);
      write_title (out, image ? NULL : span->title);
      g_string_append_c (out, '>');
    }
  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    if (span->flags & styles[i].flag)
      g_string_append (out, styles[i].begin);
  if (image)
    write_image (out, span, text);
  else if (span->flags & RNL_SPAN_HTML)
    g_string_append_len (out, text, (gssize) (span->end - span->start));
  else
    escape (out, text, span->end - span->start);
  for (gsize i = G_N_ELEMENTS (styles); i > 0; i--)
    if (span->flags & styles[i - 1].flag)
      g_string_append (out, styles[i - 1].end);
  if (link != NULL)
    g_string_append (out, "</a>");
}

static void
write_text (GString *out, RnlBlock *block)
{
  const char *text = rnl_block_get_text (block);
  gsize pos = 0;
  guint n_spans;
  const RnlSpan *spans = rnl_block_get_spans (block, &n_spans);

  for (guint i = 0; i < n_spans; i++)
    {
      escape (out, text + pos, spans[i].start - pos);
      pos = spans[i].end;
      if ((spans[i].flags & RNL_SPAN_ADDRESS) == 0)
        write_span (out, &spans[i], text + spans[i].start);
    }
  escape (out, text + pos, strlen (text + pos));
}

static void
write_row (GString *out, RnlBlock *block, guint row)
{
  static const char *const aligns[] = { "", " align=\"center\"", " align=\"right\"" };
  char kind = row == 0 ? 'h' : 'd';

  g_string_append (out, "<tr>");
  for (guint column = 0; column < rnl_block_get_n_columns (block); column++)
    {
      g_string_append_printf (out, "<t%c%s>", kind,
                              aligns[rnl_block_get_column_align (block, column)]);
      write_text (out, rnl_block_get_cell (block, row, column));
      g_string_append_printf (out, "</t%c>", kind);
    }
  g_string_append (out, "</tr>");
}

static void
write_table (GString *out, RnlBlock *block)
{
  g_string_append (out, "<table><thead>");
  write_row (out, block, 0);
  g_string_append (out, "</thead>");
  for (guint row = 1; row < rnl_block_get_n_rows (block); row++)
    {
      g_string_append (out, row == 1 ? "<tbody>" : "");
      write_row (out, block, row);
    }
  g_string_append (out, rnl_block_get_n_rows (block) > 1 ? "</tbody></table>" : "</table>");
}

static gboolean
is_all (RnlBlock *block, RnlSpanFlags flag)
{
  guint n_spans;
  const RnlSpan *spans = rnl_block_get_spans (block, &n_spans);

  return n_spans > 0 && (spans[0].flags & flag) != 0 && spans[0].end == rnl_block_get_length (block)
         && spans[0].start == 0;
}

static void
write_code (GString *out, RnlBlock *block)
{
  const char *language = rnl_block_get_language (block);

  g_string_append (out, "<pre><code");
  if (language != NULL)
    {
      g_string_append (out, " class=\"language-");
      escape (out, language, strlen (language));
      g_string_append_c (out, '"');
    }
  g_string_append_c (out, '>');
  escape (out, rnl_block_get_text (block), rnl_block_get_length (block));
  g_string_append (out, rnl_block_get_length (block) > 0 ? "\n</code></pre>" : "</code></pre>");
}

static void
write_block (GString *out, RnlBlock *block)
{
  switch (rnl_block_get_kind (block))
    {
    case RNL_BLOCK_PARAGRAPH:
    case RNL_BLOCK_ITEM:
      if (is_all (block, RNL_SPAN_HTML) || rnl_block_get_length (block) == 0)
        {
          g_string_append (out, "\n");
          write_text (out, block);
          g_string_append (out, "\n");
          break;
        }
      g_string_append (out, "<p>");
      if (rnl_block_get_marker (block) == RNL_MARKER_OPEN_TASK)
        g_string_append (out, "<input disabled=\"\" type=\"checkbox\"> ");
      else if (rnl_block_get_marker (block) == RNL_MARKER_DONE_TASK)
        g_string_append (out, "<input checked=\"\" disabled=\"\" type=\"checkbox\"> ");
      write_text (out, block);
      g_string_append (out, "</p>");
      break;
    case RNL_BLOCK_HEADING:
      g_string_append_printf (out, "<h%u>", rnl_block_get_level (block));
      write_text (out, block);
      g_string_append_printf (out, "</h%u>", rnl_block_get_level (block));
      break;
    case RNL_BLOCK_CODE:
      write_code (out, block);
      break;
    case RNL_BLOCK_RULE:
      g_string_append (out, "<hr />");
      break;
    case RNL_BLOCK_TABLE:
      write_table (out, block);
      break;
    case RNL_BLOCK_MATH:
      g_string_append (out, "<math>");
      escape (out, rnl_block_get_text (block), rnl_block_get_length (block));
      g_string_append (out, "</math>");
      break;
    }
}

static void
close_container (GString *out, const RnlContainer *container)
{
  static const char *const ends[] = { "</blockquote>", "</li></ul>", "</li></ol>", "</footnote>" };

  g_string_append (out, ends[container->kind]);
}

static void
open_container (GString *out, const RnlContainer *container, RnlBlock *block)
{
  static const char *const begins[] = { "<blockquote>", "<ul><li>", "", "<footnote>" };

  g_string_append (out, begins[container->kind]);
  if (container->kind != RNL_CONTAINER_NUMBERS)
    return;
  if (rnl_block_get_number (block) == 1)
    g_string_append (out, "<ol><li>");
  else
    g_string_append_printf (out, "<ol start=\"%u\"><li>", rnl_block_get_number (block));
}

/* Ends what the block does not stand in any more, and begins what it stands in. */
static void
change_containers (GString *out, GArray *open, RnlBlock *block)
{
  guint n = 0;
  const RnlContainer *in = block != NULL ? rnl_block_get_containers (block, &n) : NULL;
  guint same = 0;

  while (same < n && same < open->len
         && g_array_index (open, RnlContainer, same).serial == in[same].serial
         && g_array_index (open, RnlContainer, same).item == in[same].item)
    same++;
  for (guint i = open->len; i > same + 1; i--)
    close_container (out, &g_array_index (open, RnlContainer, i - 1));
  if (open->len > same)
    {
      RnlContainer *last = &g_array_index (open, RnlContainer, same);

      if (same < n && last->serial == in[same].serial)
        {
          g_string_append (out, "</li><li>");
          *last = in[same++];
        }
      else
        close_container (out, last);
    }
  g_array_set_size (open, same);
  for (guint i = same; i < n; i++)
    {
      open_container (out, &in[i], block);
      g_array_append_val (open, in[i]);
    }
}

char *
blocks_to_html (RnlMarkdownStream *stream)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (RnlContainer));

  for (guint i = 0; i < rnl_markdown_stream_get_n_blocks (stream); i++)
    {
      RnlBlock *block = rnl_markdown_stream_get_block (stream, i);

      change_containers (out, open, block);
      if (!is_all (block, RNL_SPAN_DEFINITION))
        write_block (out, block);
    }
  change_containers (out, open, NULL);

  return g_string_free (out, FALSE);
}

/* }}} */
/* {{{ Comparing */

/* What does not count: how blanks and line ends stand, whether a line break is hard, the paragraphs
 * of a loose list, in which order styles stand in each other and that the default alignment is
 * named. A style inside itself is that style. */

typedef struct
{
  GString *out;
  GString *text; /* of one look */
  GString *look; /* of the last one */
  guint depths[4];
  GPtrArray *links;
  guint pre;
  gboolean paragraph; /* ended, and nothing came after it */
} Normal;

static const char *const style_tags[] = { "em", "strong", "del", "code" };

/* Neighbours that look alike are one. */
static void
flush_text (Normal *self)
{
  g_autoptr (GString) look = NULL;

  if (self->text->len == 0)
    return;
  look = g_string_new ("{");
  for (gsize i = 0; i < G_N_ELEMENTS (style_tags); i++)
    if (self->depths[i] > 0)
      g_string_append_c (look, style_tags[i][0]);
  if (self->links->len > 0)
    g_string_append (look, g_ptr_array_index (self->links, self->links->len - 1));
  if (self->out->len > 0 && self->out->str[self->out->len - 1] == '}'
      && g_string_equal (look, self->look))
    g_string_truncate (self->out, self->out->len - 1);
  else
    g_string_append_printf (self->out, "%s|", look->str);
  g_string_append_printf (self->out, "%s}", self->text->str);
  g_string_assign (self->look, look->str);
  g_string_truncate (self->text, 0);
}

static void
add_text (Normal *self, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      gboolean blank = g_ascii_isspace (text[i]) && self->pre == 0;
      char last = self->text->len > 0  ? self->text->str[self->text->len - 1]
                  : self->out->len > 0 ? self->out->str[self->out->len - 1]
                                       : '>';

      if (blank && (last == ' ' || last == '>'))
        continue;
      if (blank && self->text->len == 0 && g_str_has_suffix (self->out->str, " }"))
        continue;
      if (!blank && self->paragraph)
        g_string_append (self->out, "<p>");
      if (!blank)
        self->paragraph = FALSE;
      g_string_append_c (self->text, blank ? ' ' : text[i]);
    }
}

/* Blanks before a block do not count. */
static void
trim_end (Normal *self)
{
  if (self->pre == 0)
    while (self->text->len > 0 && self->text->str[self->text->len - 1] == ' ')
      g_string_truncate (self->text, self->text->len - 1);
  flush_text (self);
}

static gboolean
style_tag (Normal *self, const char *name, gboolean closing)
{
  for (gsize i = 0; i < G_N_ELEMENTS (style_tags); i++)
    if (strcmp (name, style_tags[i]) == 0)
      {
        flush_text (self);
        if (!closing)
          self->depths[i]++;
        else if (self->depths[i] > 0)
          self->depths[i]--;
        return TRUE;
      }

  return FALSE;
}

static gboolean
inline_tag (Normal *self, const char *name, const char *tag, gsize length, gboolean closing)
{
  if (strcmp (name, "a") == 0)
    {
      flush_text (self);
      if (!closing)
        g_ptr_array_add (self->links, g_strndup (tag, length));
      else if (self->links->len > 0)
        g_ptr_array_set_size (self->links, (gint) self->links->len - 1);
      return TRUE;
    }
  if (strcmp (name, "br") == 0)
    {
      add_text (self, " ", 1);
      return TRUE;
    }
  if (strcmp (name, "img") == 0 || strcmp (name, "input") == 0)
    {
      add_text (self, tag, length);
      return TRUE;
    }

  return style_tag (self, name, closing);
}

static void
add_tag (Normal *self, const char *tag, gsize length)
{
  gboolean closing = tag[1] == '/';
  const char *start = tag + (closing ? 2 : 1);
  g_autofree char *name = g_strndup (start, strcspn (start, " />\n"));
  g_autofree char *whole = g_strndup (tag, length);
  const char *left;

  if (inline_tag (self, name, tag, length, closing))
    return;
  trim_end (self);
  if (strcmp (name, "pre") == 0)
    self->pre += closing ? (self->pre > 0 ? (guint) -1 : 0) : 1;
  if (strcmp (name, "p") == 0 && length <= 4)
    {
      self->paragraph = closing || self->paragraph;
      return;
    }
  self->paragraph = FALSE;
  left = strstr (whole, " align=\"left\"");
  if (left != NULL)
    g_string_append_printf (self->out, "<%s>", name);
  else
    g_string_append (self->out, whole);
}

char *
html_normalize (const char *html)
{
  Normal self = { 0 };

  self.out = g_string_new (NULL);
  self.text = g_string_new (NULL);
  self.look = g_string_new (NULL);
  self.links = g_ptr_array_new_with_free_func (g_free);
  while (*html != '\0')
    {
      const char *end = *html == '<' ? strchr (html, '>') : NULL;

      if (end != NULL)
        {
          add_tag (&self, html, (gsize) (end - html) + 1);
          html = end + 1;
        }
      else
        {
          gsize n = MAX (strcspn (html, "<"), 1);

          /* The last line end of code does not count. */
          if (self.pre > 0 && html[n - 1] == '\n' && g_str_has_prefix (html + n, "</code></pre>"))
            add_text (&self, html, n - 1);
          else
            add_text (&self, html, n);
          html += n;
        }
    }
  trim_end (&self);
  g_string_free (self.text, TRUE);
  g_string_free (self.look, TRUE);
  g_ptr_array_unref (self.links);

  return g_string_free (self.out, FALSE);
}

/* }}} */

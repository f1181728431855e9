/* rnl-spoken-text.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-spoken-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-block-writer.h"
#include "rnl-markdown-stream.h"

/* Adds a text to what is said, with one space between words. */
static void
add_words (GString *said, const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (said, said->len > 0 ? " %s" : "%s", words[i]);
}

/* Says a stretch of Markdown by its words. A construct that was cut in two leaves its marks. */
static void
add_markdown (GString *said, const char *text, gsize length)
{
  const RnlBlockRange everything = { { 0, 0 }, { RNL_BLOCK_END, RNL_BLOCK_END } };
  g_autoptr (RnlMarkdownStream) stream = rnl_markdown_stream_new ();
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
  g_autofree char *plain = NULL;
  g_autoptr (GString) cleaned = NULL;

  if (length == 0)
    return;

  rnl_markdown_stream_feed (stream, text, (gssize) length);
  rnl_markdown_stream_end (stream);
  for (guint i = 0; i < rnl_markdown_stream_get_n_blocks (stream); i++)
    g_ptr_array_add (blocks, rnl_markdown_stream_get_block (stream, i));
  if (blocks->len == 0)
    return;

  plain = rnl_blocks_to_plain_text (blocks, &everything);
  cleaned = g_string_new (plain);
  g_string_replace (cleaned, "**", "", 0);
  g_string_replace (cleaned, "`", "", 0);
  add_words (said, cleaned->str);
}

/* Returns: whether the line opens or ends fenced code; then what stands behind the fence */
static gboolean
is_fence (const char *line, gsize length, char **info)
{
  g_autofree char *text = g_strndup (line, length);
  const char *start = text + strspn (text, " ");

  if (!g_str_has_prefix (start, "```") && !g_str_has_prefix (start, "~~~"))
    return FALSE;
  if (info != NULL)
    *info = g_strstrip (g_strdup (start + strspn (start, "`~")));

  return TRUE;
}

static void
add_fence (GString *said, const char *info)
{
  g_autofree char *named = *info != '\0' ? g_strdup_printf (_ ("Code, %s"), info) : NULL;

  add_words (said, named != NULL ? named : _ ("Code"));
  g_string_append_c (said, '.');
}

/* Returns: bytes of TEXT, which goes on, that are whole sentences */
static gsize
find_sentences (const char *text, gsize length)
{
  glong n_chars = g_utf8_strlen (text, (gssize) length);
  g_autofree PangoLogAttr *attrs = g_new0 (PangoLogAttr, n_chars + 1);

  if (n_chars == 0)
    return 0;

  pango_get_log_attrs (text, (int) length, -1, pango_language_get_default (), attrs,
                       (int) n_chars + 1);
  for (glong i = n_chars - 1; i > 0; i--)
    if (attrs[i].is_sentence_boundary)
      return (gsize) (g_utf8_offset_to_pointer (text, i) - text);

  return 0;
}

/**
 * rnl_spoken_text_next:
 * @self: how far it has been said
 * @text: Markdown, the beginning of which is what it was before
 * @length: of @text, in bytes
 * @complete: whether nothing will follow
 *
 * Takes the whole sentences that have come. Of code only its language is said, of anything else the
 * words alone.
 *
 * Returns: (transfer full) (nullable): what is to be said, in one line; `NULL` for nothing
 */
char *
rnl_spoken_text_next (RnlSpokenText *self, const char *text, gsize length, gboolean complete)
{
  g_autoptr (GString) said = g_string_new (NULL);
  gsize from = self->offset; /* where what is not code begins */
  gsize to = self->offset;

  while (to < length)
    {
      const char *line = text + to;
      const char *end = memchr (line, '\n', length - to);
      gsize size = end != NULL ? (gsize) (end - line) + 1 : length - to;
      g_autofree char *info = NULL;

      if (end == NULL && !complete)
        {
          if (!self->code && !is_fence (line, size, NULL))
            to += find_sentences (line, size);
          break;
        }
      if (is_fence (line, size, &info))
        {
          add_markdown (said, text + from, self->code ? 0 : to - from);
          if (!self->code)
            add_fence (said, info);
          self->code = !self->code;
          from = to + size;
        }
      to += size;
      if (self->code)
        from = to;
    }
  add_markdown (said, text + from, to - from);
  self->offset = to;

  return said->len > 0 ? g_string_free (g_steal_pointer (&said), FALSE) : NULL;
}

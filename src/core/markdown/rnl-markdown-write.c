/* rnl-markdown-write.c: pieces of running text as text with spans
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-block-private.h"
#include "rnl-markdown-inline-private.h"
#include "rnl-markdown-inline.h"

#include <string.h>

#define NO_ALT "\357\277\274"

typedef struct
{
  RnlInline *inlines;
  RnlBlock *block;
  guint depths[RNL_INLINE_N_STYLES];
  GArray *open;     /* of the indices of links */
  gint image;       /* index into `open` of the outermost image, or -1 */
  GString *alt;     /* its text */
  gsize link_start; /* where the text of the last link begins */
} Writer;

gboolean
rnl_markdown_is_safe_address (const char *address)
{
  static const char *const schemes[] = { "http://", "https://", "mailto:" };

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (address, schemes[i], strlen (schemes[i])) == 0
        && address[strlen (schemes[i])] != '\0')
      return TRUE;

  return FALSE;
}

static RnlInlineLink *
open_link (Writer *writer, guint depth)
{
  guint index = g_array_index (writer->open, guint, depth);

  return &g_array_index (writer->inlines->links, RnlInlineLink, index);
}

/* The innermost link that is one: those without marks are none inside another. */
static RnlInlineLink *
current_link (Writer *writer, guint n_open)
{
  RnlInlineLink *bare = NULL;

  for (guint i = n_open; i > 0; i--)
    {
      RnlInlineLink *link = open_link (writer, i - 1);

      if (!link->image && !link->bare)
        return link;
      if (!link->image)
        bare = link;
    }

  return bare;
}

static RnlSpanFlags
styles (const Writer *writer)
{
  return (writer->depths[RNL_INLINE_STRONG] > 0 ? RNL_SPAN_STRONG : 0)
         | (writer->depths[RNL_INLINE_EMPH] > 0 ? RNL_SPAN_EMPH : 0)
         | (writer->depths[RNL_INLINE_STRIKE] > 0 ? RNL_SPAN_STRIKE : 0);
}

static void
write_text (Writer *writer, const RnlPiece *piece)
{
  const RnlInlineLink *link = current_link (writer, writer->open->len);
  const char *text = writer->inlines->plain->str + piece->start;
  RnlSpan look = { .flags = piece->flags | styles (writer) };

  if (writer->image >= 0)
    {
      g_string_append_len (writer->alt, text, (gssize) (piece->end - piece->start));
      return;
    }
  if (link != NULL)
    {
      gboolean safe = rnl_markdown_is_safe_address (link->address);

      look.flags |= safe ? RNL_SPAN_LINK : 0;
      look.href = safe ? link->address : NULL;
      look.address = link->address;
      look.title = link->title;
    }
  if (piece->flags & RNL_SPAN_FOOTNOTE)
    {
      look.number = piece->number;
      look.label = g_ref_string_new (
        g_ptr_array_index (writer->inlines->names->footnotes, piece->number - 1));
    }
  rnl_block_add_text (writer->block, text, piece->end - piece->start, &look);
  if (look.label != NULL)
    g_ref_string_release ((char *) look.label);
}

static void
begin_link (Writer *writer, guint index)
{
  g_array_append_val (writer->open, index);
  if (open_link (writer, writer->open->len - 1)->image)
    {
      if (writer->image >= 0)
        return;
      writer->image = (gint) writer->open->len - 1;
      g_string_truncate (writer->alt, 0);
    }
  else
    writer->link_start = writer->block->text->len;
}

static void
end_image (Writer *writer)
{
  RnlInlineLink *image = open_link (writer, (guint) writer->image);
  RnlInlineLink *link = current_link (writer, (guint) writer->image);
  RnlSpan look = { .flags = styles (writer) | RNL_SPAN_IMAGE };

  look.address = image->address;
  look.title = image->title;
  if (rnl_markdown_is_safe_address (image->address)
      && g_ascii_strncasecmp (image->address, "mailto:", 7) != 0)
    look.href = image->address;
  if (link != NULL && rnl_markdown_is_safe_address (link->address))
    {
      look.flags |= RNL_SPAN_LINK;
      look.link = link->address;
    }
  if (writer->alt->len == 0)
    g_string_append (writer->alt, NO_ALT);
  rnl_block_add_text (writer->block, writer->alt->str, writer->alt->len, &look);
  writer->image = -1;
}

/* An address that is not followed is shown. */
static void
end_text_link (Writer *writer, const RnlInlineLink *link)
{
  const GString *text = writer->block->text;
  RnlSpan look = { .flags = styles (writer) | RNL_SPAN_ADDRESS, .address = link->address };
  g_autofree char *shown = NULL;

  if (rnl_markdown_is_safe_address (link->address) || link->bare || *link->address == '\0'
      || strcmp (text->str + MIN (writer->link_start, text->len), link->address) == 0)
    return;
  shown = g_strdup_printf (" (%s)", link->address);
  rnl_block_add_text (writer->block, shown, strlen (shown), &look);
}

static void
end_link (Writer *writer)
{
  guint depth = writer->open->len - 1;
  RnlInlineLink *link = open_link (writer, depth);

  if (writer->image == (gint) depth)
    end_image (writer);
  g_array_set_size (writer->open, depth);
  if (!link->image && writer->image < 0)
    end_text_link (writer, link);
}

/* Puts the pieces into the block. */
void
rnl_inline_write (RnlInline *self, RnlBlock *block)
{
  Writer writer = { .inlines = self, .block = block, .image = -1 };

  writer.open = g_array_new (FALSE, FALSE, sizeof (guint));
  writer.alt = g_string_new (NULL);
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const RnlPiece *piece = rnl_inline_piece (self, i);

      for (guint style = 0; style < RNL_INLINE_N_STYLES; style++)
        writer.depths[style] -= piece->closes[style];
      if (piece->link_ends > 0)
        end_link (&writer);
      if (piece->end > piece->start)
        write_text (&writer, piece);
      for (guint style = 0; style < RNL_INLINE_N_STYLES; style++)
        writer.depths[style] += piece->opens[style];
      if (piece->link > 0)
        begin_link (&writer, piece->link - 1);
    }
  g_array_unref (writer.open);
  g_string_free (writer.alt, TRUE);
}

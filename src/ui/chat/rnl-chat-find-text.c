/* rnl-chat-find-text.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-chat-find-text.h"

#include "rnl-chat-text.h"
#include "rnl-markdown-stream.h"

#include <string.h>

/* How much is read or looked through in one go, in bytes and blocks. */
#define SLICE_BYTES  8192
#define SLICE_BLOCKS 24

/* No more places of one message are told. */
#define MAX_FOUND 20000

struct _RnlFindText
{
  RnlMessage *message;       /* owned */
  const RnlTextMatch *match; /* borrowed */
  GArray *found;             /* of RnlFound */

  guint part;
  GArray *texts; /* of RnlChatText: those of the part */
  guint text;
  char *source; /* of the text, `NULL` between texts */
  gsize length;
  gsize fed;
  RnlMarkdownStream *stream; /* `NULL` for text that is not Markdown */
  gboolean read;
  guint block;
};

/**
 * rnl_find_text_new: (skip)
 * @message: a message
 * @match: what is looked for; stays as long as this
 *
 * Returns: (transfer full): something to run until it has looked through @message
 */
RnlFindText *
rnl_find_text_new (RnlMessage *message, const RnlTextMatch *match)
{
  RnlFindText *self = g_new0 (RnlFindText, 1);

  self->message = g_object_ref (message);
  self->match = match;
  self->found = g_array_new (FALSE, FALSE, sizeof (RnlFound));

  return self;
}

static const RnlChatText *
get_text (RnlFindText *self)
{
  return &g_array_index (self->texts, RnlChatText, self->text);
}

static void
leave_text (RnlFindText *self)
{
  g_clear_pointer (&self->source, g_free);
  g_clear_object (&self->stream);
  self->text++;
}

/* Parts are taken one by one: the next one may have become another. */
static void
enter_text (RnlFindText *self)
{
  if (self->texts == NULL)
    {
      self->texts = rnl_chat_texts_list (self->message, self->part);
      self->text = 0;
    }
  if (self->text == self->texts->len)
    {
      g_clear_pointer (&self->texts, g_array_unref);
      self->part++;
      return;
    }
  self->source = rnl_chat_text_dup_source (get_text (self), self->message);
  if (get_text (self)->markdown)
    self->stream = rnl_markdown_stream_new ();
  self->length = strlen (self->source);
  self->fed = 0;
  self->block = 0;
  self->read = self->stream == NULL;
}

static void
read_more (RnlFindText *self)
{
  gsize length = MIN (self->length - self->fed, SLICE_BYTES);

  rnl_markdown_stream_feed (self->stream, self->source + self->fed, (gssize) length);
  self->fed += length;
  if (self->fed < self->length)
    return;
  if (rnl_part_get_complete (get_text (self)->part))
    rnl_markdown_stream_end (self->stream);
  rnl_markdown_stream_flush (self->stream);
  self->read = TRUE;
}

static void
look (RnlFindText *self, const char *text, guint block)
{
  g_autoptr (GArray) spans = rnl_text_match_find (self->match, text, MAX_FOUND);

  for (guint i = 0; i < spans->len && self->found->len < MAX_FOUND; i++)
    {
      const RnlTextSpan *span = &g_array_index (spans, RnlTextSpan, i);
      RnlFound found
        = { self->part, get_text (self)->number, { { block, span->start }, { block, span->end } } };

      g_array_append_val (self->found, found);
    }
}

static void
look_through_blocks (RnlFindText *self)
{
  guint n = rnl_markdown_stream_get_n_blocks (self->stream);

  for (guint i = 0; i < SLICE_BLOCKS && self->block < n; i++, self->block++)
    {
      g_autofree char *text
        = rnl_block_dup_flat_text (rnl_markdown_stream_get_block (self->stream, self->block));

      look (self, text, self->block);
    }
  if (self->block >= n)
    leave_text (self);
}

/* A line is a block. */
static void
look_through_lines (RnlFindText *self)
{
  gsize end = MIN (self->fed + SLICE_BYTES, self->length);

  while (self->fed < end || self->fed == 0)
    {
      char *line = self->source + self->fed;
      gsize length = strcspn (line, "\n");
      gboolean last = line[length] == '\0';

      line[length] = '\0';
      look (self, line, self->block++);
      self->fed += length + 1;
      if (last)
        break;
    }
  if (self->fed >= self->length)
    leave_text (self);
}

/**
 * rnl_find_text_run: (skip)
 * @self: what looks through a message
 *
 * Goes on for a short time.
 *
 * Returns: whether there is more to look through
 */
gboolean
rnl_find_text_run (RnlFindText *self)
{
  if (self->part >= rnl_message_get_n_parts (self->message))
    return FALSE;
  if (self->source == NULL)
    enter_text (self);
  else if (!self->read)
    read_more (self);
  else if (self->stream != NULL)
    look_through_blocks (self);
  else
    look_through_lines (self);

  return TRUE;
}

/**
 * rnl_find_text_get_message: (skip)
 * @self: what looks through a message
 *
 * Returns: (transfer none): that message
 */
RnlMessage *
rnl_find_text_get_message (RnlFindText *self)
{
  return self->message;
}

/**
 * rnl_find_text_take_found: (skip)
 * @self: what has looked through a message
 *
 * Returns: (transfer full) (element-type RnlFound): the places, in order
 */
GArray *
rnl_find_text_take_found (RnlFindText *self)
{
  return g_steal_pointer (&self->found);
}

/**
 * rnl_find_text_free: (skip)
 * @self: what looks through a message
 */
void
rnl_find_text_free (RnlFindText *self)
{
  g_object_unref (self->message);
  g_clear_pointer (&self->found, g_array_unref);
  g_clear_pointer (&self->texts, g_array_unref);
  g_free (self->source);
  g_clear_object (&self->stream);
  g_free (self);
}

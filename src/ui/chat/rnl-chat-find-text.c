/* rnl-chat-find-text.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-chat-find-text.h"

#include "rnl-markdown-stream.h"

#include <string.h>

/* How much is read or looked through in one go, in bytes and blocks. */
#define SLICE_BYTES  8192
#define SLICE_BLOCKS 24

/* No more places of one part are told. */
#define MAX_FOUND 2000

struct _RnlFindText
{
  RnlMessage *message;       /* owned */
  const RnlTextMatch *match; /* borrowed */
  GArray *found;             /* of RnlFound */

  guint part;
  char *source; /* of the part, `NULL` between parts */
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

static void
leave_part (RnlFindText *self)
{
  g_clear_pointer (&self->source, g_free);
  g_clear_object (&self->stream);
  self->part++;
}

/* What a card says of a call. */
static char *
dup_call (RnlPart *part)
{
  return g_strjoin ("\n", rnl_part_get_output (part) != NULL ? rnl_part_get_output (part) : "",
                    rnl_part_get_result (part) != NULL ? rnl_part_get_result (part) : "", NULL);
}

static void
enter_part (RnlFindText *self)
{
  RnlPart *part = rnl_message_get_part (self->message, self->part);
  gboolean person = rnl_message_get_role (self->message) == RNL_ROLE_USER;

  switch (rnl_part_get_part_type (part))
    {
    case RNL_PART_TEXT:
      if (!rnl_chat_part_has_text (self->message, self->part))
        break;
      self->source = rnl_chat_part_dup_source (self->message, self->part);
      break;
    case RNL_PART_REASONING:
      self->source = g_strndup (rnl_part_get_text (part), rnl_part_get_length (part));
      break;
    case RNL_PART_TOOL_CALL:
      self->source = dup_call (part);
      break;
    case RNL_PART_FILE:
    case RNL_PART_OPAQUE:
    default:
      break;
    }
  if (self->source == NULL)
    {
      self->part++;
      return;
    }
  if (!person && rnl_part_get_part_type (part) != RNL_PART_TOOL_CALL)
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
  if (rnl_part_get_complete (rnl_message_get_part (self->message, self->part)))
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
      RnlFound found = { self->part, { { block, span->start }, { block, span->end } } };

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
    leave_part (self);
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
    enter_part (self);
  else if (!self->read)
    read_more (self);
  else if (self->stream != NULL)
    look_through_blocks (self);
  else
    {
      look (self, self->source, 0);
      leave_part (self);
    }

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
  g_free (self->source);
  g_clear_object (&self->stream);
  g_free (self);
}

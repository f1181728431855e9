/* rnl-markdown-stream.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-stream.h"
#include "rnl-block-private.h"
#include "rnl-markdown-again.h"
#include "rnl-markdown-blocks.h"
#include "rnl-markdown-source.h"

#include <string.h>

/* An open stretch longer than this is parsed again only when it has grown by a part of itself, so
 * that one long paragraph costs a multiple of its length and not its square. */
#define EAGER_LENGTH 1024
#define LAZY_PART    16

/* How far back a space is looked for where a very long line is cut. */
#define MAX_WORD 512

/**
 * RnlMarkdownStream:
 *
 * Turns Markdown text that only grows into a list of blocks that changes only at its end.
 *
 * The stream is a [iface@Gio.ListModel] of [class@Runnel.Block]. Blocks that are finished never
 * change; the ones after them are replaced as their text grows
 * ([signal@Gio.ListModel::items-changed], at most once per call, naming only what differs). A
 * fenced code block that is still open is not replaced: its text grows and
 * [signal@Runnel.MarkdownStream::code-appended] tells by how much.
 *
 * The final list depends on the text alone, not on the pieces it was fed in. The work per call
 * depends on the open block alone. A paragraph, and a line, that is longer than 4 KiB is cut. Code
 * and tables are not: a table shares its rows with the one it replaces.
 *
 * While the text is not ended, what is undecided is not shown (a half-typed `**`, `[`, fence or
 * table header, within bounds), and emphasis and code show their style before they are closed. What
 * is shown is taken back in these cases only: a mark that was held, or shown as a style, and is
 * never closed stands in the text in the end; a paragraph becomes a heading by the line under it or
 * a table that is written without a bar at its beginning; something longer than its bound turns out
 * to be a link, maths or HTML after all; and when the text ends, references to links that were
 * defined after them become links, by one more change from the first of them on.
 *
 * The dialect is GitHub's with maths; see [enum@Runnel.SpanFlags]. HTML and link definitions are
 * shown as text. Line breaks are kept as they are.
 *
 * Handlers must not feed the stream they are called from.
 */
struct _RnlMarkdownStream
{
  GObject parent_instance;

  /* owned */
  GPtrArray *blocks;
  GPtrArray *fresh; /* finished, to be put into place */

  RnlMarkdownSource source;
  RnlMarkdownNames names;
  RnlBlockParser parser;
  gsize line;          /* where the unfinished line begins in the source */
  gsize scan;          /* no line end between there and here */
  gboolean rest;       /* of a line that was cut */
  guint n_fixed;       /* blocks that are not replaced any more */
  gsize parsed_length; /* of the open block when it was parsed last */
  guint64 parsed;
  gboolean ended;
};

enum
{
  CODE_APPENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return RNL_TYPE_BLOCK;
}

static guint
get_n_items (GListModel *model)
{
  return RNL_MARKDOWN_STREAM (model)->blocks->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  RnlMarkdownStream *self = RNL_MARKDOWN_STREAM (model);

  return position < self->blocks->len ? g_object_ref (g_ptr_array_index (self->blocks, position))
                                      : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlMarkdownStream,
                               rnl_markdown_stream,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
rnl_markdown_stream_finalize (GObject *object)
{
  RnlMarkdownStream *self = RNL_MARKDOWN_STREAM (object);

  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->fresh);
  rnl_block_parser_clear (&self->parser);
  rnl_markdown_names_clear (&self->names);
  rnl_markdown_source_clear (&self->source);

  G_OBJECT_CLASS (rnl_markdown_stream_parent_class)->finalize (object);
}

static void
rnl_markdown_stream_class_init (RnlMarkdownStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_markdown_stream_finalize;

  /**
   * RnlMarkdownStream::code-appended:
   * @self: the stream
   * @position: of the code block
   * @offset: the first new byte of its text
   *
   * The text of the open code block has grown. The block is the same object, and is emitted
   * before the `items-changed` of the same call.
   */
  signals[CODE_APPENDED]
    = g_signal_new ("code-appended", RNL_TYPE_MARKDOWN_STREAM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_ULONG);
}

static void
rnl_markdown_stream_init (RnlMarkdownStream *self)
{
  self->blocks = g_ptr_array_new_with_free_func (g_object_unref);
  self->fresh = g_ptr_array_new_with_free_func (g_object_unref);
  rnl_markdown_source_init (&self->source);
  rnl_markdown_names_init (&self->names);
  rnl_block_parser_init (&self->parser, &self->names, self->fresh);
  self->parser.parsed = &self->parsed;
}

/**
 * rnl_markdown_stream_new:
 *
 * Returns: (transfer full): a stream without text
 */
RnlMarkdownStream *
rnl_markdown_stream_new (void)
{
  return g_object_new (RNL_TYPE_MARKDOWN_STREAM, NULL);
}

/* {{{ Reading */

static void
set_line (RnlMarkdownStream *self, gsize end)
{
  self->parser.line.start = rnl_markdown_source_get_offset (&self->source, self->line);
  self->parser.line.end = rnl_markdown_source_get_offset (&self->source, end);
}

/* Takes the line up to @end; the next one begins at @next. */
static void
take_line (RnlMarkdownStream *self, gsize end, gsize next)
{
  const char *text = self->source.text->str + self->line;
  gsize length = end - self->line;

  set_line (self, end);
  if (!rnl_block_parser_take_code (&self->parser, text, length, TRUE))
    {
      if (self->rest)
        rnl_block_parser_take_rest (&self->parser, text, length);
      else
        rnl_block_parser_take_line (&self->parser, text, length);
    }
  self->rest = FALSE;
  self->line = self->scan = next;
}

/* The line is too long for anything but code. It is cut between words if it has some. */
static void
cut_line (RnlMarkdownStream *self)
{
  const char *text = self->source.text->str;
  gsize limit = self->line + RNL_MAX_TEXT;
  const char *space = memrchr (text + limit - MAX_WORD, ' ', MAX_WORD);
  gsize end = space != NULL ? (gsize) (space - text) + 1 : limit;

  while (((guchar) text[end] & 0xc0) == 0x80)
    end--;
  take_line (self, end, end);
  self->rest = TRUE;
  rnl_block_parser_note_cut (&self->parser);
}

static void
read_lines (RnlMarkdownStream *self)
{
  const GString *text = self->source.text;

  for (;;)
    {
      const char *newline = memchr (text->str + self->scan, '\n', text->len - self->scan);
      gsize end = newline != NULL ? (gsize) (newline - text->str) : text->len;

      self->scan = end;
      if (end - self->line > RNL_MAX_TEXT || newline == NULL)
        {
          set_line (self, end);
          if (!rnl_block_parser_take_code (&self->parser, text->str + self->line, end - self->line,
                                           newline != NULL))
            {
              if (end - self->line <= RNL_MAX_TEXT)
                return;
              cut_line (self);
              continue;
            }
          self->rest = self->rest && newline == NULL;
          if (newline == NULL)
            return;
          self->line = self->scan = end + 1;
        }
      else
        take_line (self, end, end + 1);
    }
}

/* Takes what is left as the last line, and closes all. */
static void
read_end (RnlMarkdownStream *self)
{
  gsize length = self->source.text->len;

  if (self->line < length)
    take_line (self, length, length);
  rnl_block_parser_finish (&self->parser);
}

/* }}} */
/* {{{ Showing */

static gsize
get_open_length (const RnlMarkdownStream *self)
{
  return self->parser.text->len + self->source.text->len - self->line;
}

/* Adds what can be shown of the open blocks. */
static void
draft (RnlMarkdownStream *self, GPtrArray *blocks)
{
  guint n_footnotes = self->names.footnotes->len;

  if (self->ended)
    return;
  set_line (self, self->source.text->len);
  rnl_block_parser_draft (&self->parser, self->source.text->str + self->line,
                          self->source.text->len - self->line, self->rest, blocks);
  rnl_markdown_names_forget_numbers (&self->names, n_footnotes);
}

/* Puts the closed blocks and the ones that are shown for now in place of the ones that were open.
 */
static void
replace_open (RnlMarkdownStream *self)
{
  GPtrArray *fresh = self->fresh;
  guint n_closed = fresh->len;
  guint n_old = self->blocks->len;
  guint first = self->n_fixed;
  guint same = 0;

  draft (self, fresh);
  self->parsed_length = get_open_length (self);
  while (same < fresh->len && first + same < n_old
         && g_ptr_array_index (fresh, same) != (gpointer) self->parser.code
         && rnl_block_equal (g_ptr_array_index (fresh, same),
                             g_ptr_array_index (self->blocks, first + same)))
    {
      rnl_block_adopt (g_ptr_array_index (self->blocks, first + same),
                       g_ptr_array_index (fresh, same));
      same++;
    }

  g_ptr_array_set_size (self->blocks, (gint) (first + same));
  for (guint i = same; i < fresh->len; i++)
    g_ptr_array_add (self->blocks, g_object_ref (g_ptr_array_index (fresh, i)));
  self->n_fixed = first + n_closed;
  n_closed = fresh->len - same;
  g_ptr_array_set_size (fresh, 0);
  if (n_closed > 0 || n_old > first + same)
    g_list_model_items_changed (G_LIST_MODEL (self), first + same, n_old - first - same, n_closed);
}

static gboolean
is_worth_parsing (RnlMarkdownStream *self)
{
  gsize open = get_open_length (self);

  if (self->fresh->len > 0)
    return TRUE;
  if (self->parser.code_pos > 0)
    return FALSE;

  return open <= EAGER_LENGTH || open < self->parsed_length
         || open - self->parsed_length >= self->parsed_length / LAZY_PART;
}

static void
advance (RnlMarkdownStream *self)
{
  g_autoptr (RnlBlock) code = NULL;
  gsize offset = 0;

  if (g_set_object (&code, self->parser.code))
    offset = rnl_block_get_length (code);
  read_lines (self);
  if (self->ended)
    read_end (self);
  rnl_markdown_source_forget (&self->source, self->line);
  self->scan -= self->line;
  self->line = 0;
  if (code != NULL && rnl_block_get_length (code) > offset)
    g_signal_emit (self, signals[CODE_APPENDED], 0, self->n_fixed - 1, (gulong) offset);
  if (self->ended || is_worth_parsing (self))
    replace_open (self);
}

/* References to links that were defined later become links. */
static void
read_again (RnlMarkdownStream *self)
{
  guint first;

  if (!self->names.late)
    return;
  first = rnl_markdown_read_again (self->blocks, &self->names);
  if (first < self->blocks->len)
    g_list_model_items_changed (G_LIST_MODEL (self), first, self->blocks->len - first,
                                self->blocks->len - first);
}

/* }}} */

/**
 * rnl_markdown_stream_feed:
 * @self: a stream that is not ended
 * @text: more Markdown; may begin and end anywhere, also inside a character
 * @length: its length in bytes, or -1 if @text ends with a zero byte
 *
 * Adds text. Bytes that are not UTF-8 are shown as U+FFFD.
 */
void
rnl_markdown_stream_feed (RnlMarkdownStream *self, const char *text, gssize length)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;

  g_return_if_fail (RNL_IS_MARKDOWN_STREAM (self));
  g_return_if_fail (!self->ended);

  rnl_markdown_source_append (&self->source, text, n);
  advance (self);
}

/**
 * rnl_markdown_stream_flush:
 * @self: a stream
 *
 * Shows text that a feed left for later because its paragraph is very long. For a view to call
 * when no more text has come for a moment.
 */
void
rnl_markdown_stream_flush (RnlMarkdownStream *self)
{
  g_return_if_fail (RNL_IS_MARKDOWN_STREAM (self));

  if (!self->ended && get_open_length (self) != self->parsed_length)
    replace_open (self);
}

/**
 * rnl_markdown_stream_end:
 * @self: a stream
 *
 * Says that no more text comes: everything is shown and nothing changes any more.
 */
void
rnl_markdown_stream_end (RnlMarkdownStream *self)
{
  g_return_if_fail (RNL_IS_MARKDOWN_STREAM (self));

  if (self->ended)
    return;
  self->ended = TRUE;
  rnl_markdown_source_end (&self->source);
  advance (self);
  read_again (self);
}

/**
 * rnl_markdown_stream_get_n_blocks:
 * @self: a stream
 *
 * Returns: how many blocks there are
 */
guint
rnl_markdown_stream_get_n_blocks (RnlMarkdownStream *self)
{
  g_return_val_if_fail (RNL_IS_MARKDOWN_STREAM (self), 0);

  return self->blocks->len;
}

/**
 * rnl_markdown_stream_get_block:
 * @self: a stream
 * @position: less than the number of blocks
 *
 * Returns: (transfer none): a block
 */
RnlBlock *
rnl_markdown_stream_get_block (RnlMarkdownStream *self, guint position)
{
  g_return_val_if_fail (RNL_IS_MARKDOWN_STREAM (self), NULL);
  g_return_val_if_fail (position < self->blocks->len, NULL);

  return g_ptr_array_index (self->blocks, position);
}

/**
 * rnl_markdown_stream_get_n_stable:
 * @self: a stream
 *
 * Returns: how many blocks at the beginning never change again
 */
guint
rnl_markdown_stream_get_n_stable (RnlMarkdownStream *self)
{
  g_return_val_if_fail (RNL_IS_MARKDOWN_STREAM (self), 0);

  return self->n_fixed - (self->parser.code != NULL ? 1 : 0);
}

/**
 * rnl_markdown_stream_get_parsed_bytes:
 * @self: a stream
 *
 * Returns: how many bytes were given to the parser so far, for tests of its cost
 */
guint64
rnl_markdown_stream_get_parsed_bytes (RnlMarkdownStream *self)
{
  g_return_val_if_fail (RNL_IS_MARKDOWN_STREAM (self), 0);

  return self->parsed;
}

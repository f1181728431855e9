/* rnl-markdown-stream.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-stream.h"
#include "rnl-block-private.h"
#include "rnl-markdown-chunker.h"

#include <string.h>

/* An open stretch longer than this is parsed again only when it has grown by a part of itself, so
 * that one long paragraph costs a multiple of its length and not its square. */
#define EAGER_LENGTH 1024
#define LAZY_PART    16

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
 * depends on the open block alone: a document is cut at blank lines, headings, fences and the items
 * of top-level lists, and after at most 8 KiB; fenced code is read without the parser.
 *
 * While the text is not ended, what is undecided is not shown (a half-typed `**`, `[`, fence or
 * table header, within bounds), and emphasis and code show their style before they are closed.
 *
 * The dialect is GitHub's without HTML, which is shown as text. Link definitions are shown as text
 * too: a later line cannot change a finished block. Line breaks are kept as they are.
 *
 * Handlers must not feed the stream they are called from.
 */
struct _RnlMarkdownStream
{
  GObject parent_instance;

  /* owned */
  GPtrArray *blocks;
  GString *partial; /* bytes of an unfinished character */

  RnlChunker chunker;
  guint n_fixed;       /* blocks that are not replaced any more */
  gsize parsed_length; /* of the open stretch when it was parsed last */
  gboolean after_cr;
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
  g_string_free (self->partial, TRUE);
  rnl_chunker_clear (&self->chunker);

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
  self->partial = g_string_new (NULL);
  rnl_chunker_init (&self->chunker);
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

/* Appends valid text; every kind of line end becomes `\n`. */
static void
append_lines (RnlMarkdownStream *self, const char *text, gsize length)
{
  GString *source = self->chunker.source;

  while (length > 0)
    {
      const char *cr;
      gsize n;

      if (self->after_cr && *text == '\n')
        {
          text++;
          length--;
        }
      self->after_cr = FALSE;
      cr = length > 0 ? memchr (text, '\r', length) : NULL;
      n = cr != NULL ? (gsize) (cr - text) : length;
      g_string_append_len (source, text, (gssize) n);
      if (cr == NULL)
        return;
      g_string_append_c (source, '\n');
      self->after_cr = TRUE;
      text += n + 1;
      length -= n + 1;
    }
}

/* Appends bytes; what is not UTF-8 becomes replacement characters, an unfinished character waits.
 */
static void
append_bytes (RnlMarkdownStream *self, const char *bytes, gsize length)
{
  while (length > 0)
    {
      const char *end;
      gsize valid;

      g_utf8_validate_len (bytes, length, &end);
      valid = (gsize) (end - bytes);
      append_lines (self, bytes, valid);
      bytes += valid;
      length -= valid;
      if (length == 0)
        break;
      if (*bytes != '\0' && g_utf8_get_char_validated (bytes, (gssize) length) == (gunichar) -2)
        {
          g_string_append_len (self->partial, bytes, (gssize) length);
          break;
        }
      append_lines (self, "\357\277\275", 3);
      bytes++;
      length--;
    }
}

/* Puts the closed blocks and the ones of the open stretch in place of the ones that were open. */
static void
replace_open (RnlMarkdownStream *self)
{
  GPtrArray *fresh = self->chunker.blocks;
  guint n_closed = fresh->len;
  guint n_old = self->blocks->len;
  guint first = self->n_fixed;
  guint same = 0;

  rnl_chunker_parse_open (&self->chunker, fresh);
  self->parsed_length = rnl_chunker_get_open_length (&self->chunker);
  while (same < fresh->len && first + same < n_old
         && g_ptr_array_index (fresh, same) != (gpointer) self->chunker.code
         && rnl_block_equal (g_ptr_array_index (fresh, same),
                             g_ptr_array_index (self->blocks, first + same)))
    same++;

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
  gsize open = rnl_chunker_get_open_length (&self->chunker);

  return self->chunker.blocks->len > 0 || open <= EAGER_LENGTH || open < self->parsed_length
         || open - self->parsed_length >= self->parsed_length / LAZY_PART;
}

static void
advance (RnlMarkdownStream *self, gboolean final)
{
  g_autoptr (RnlBlock) code = NULL;
  gsize offset = 0;

  if (g_set_object (&code, self->chunker.code))
    offset = rnl_block_get_length (code);
  rnl_chunker_advance (&self->chunker, final);
  rnl_chunker_compact (&self->chunker);
  if (code != NULL && rnl_block_get_length (code) > offset)
    g_signal_emit (self, signals[CODE_APPENDED], 0, self->n_fixed - 1, (gulong) offset);
  if (final || is_worth_parsing (self))
    replace_open (self);
}

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

  if (self->partial->len > 0)
    {
      g_autoptr (GString) joined = g_steal_pointer (&self->partial);

      self->partial = g_string_new (NULL);
      g_string_append_len (joined, text, (gssize) n);
      append_bytes (self, joined->str, joined->len);
    }
  else
    append_bytes (self, text, n);
  advance (self, FALSE);
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

  if (rnl_chunker_get_open_length (&self->chunker) != self->parsed_length)
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
  for (gsize i = 0; i < self->partial->len; i++)
    append_lines (self, "\357\277\275", 3);
  g_string_truncate (self->partial, 0);
  advance (self, TRUE);
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

  return self->n_fixed - (self->chunker.code != NULL ? 1 : 0);
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

  return self->chunker.parsed;
}

/* rnl-block.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-block-private.h"

#include <string.h>

/**
 * RnlBlock:
 *
 * One block of text as it is displayed: nesting is flattened, so that a paragraph inside a list
 * inside a quote is a paragraph with a list depth and a quote depth.
 *
 * A block never changes, with one exception: the text of a code block that is still open grows,
 * see [signal@Runnel.MarkdownStream::code-appended].
 */
G_DEFINE_FINAL_TYPE (RnlBlock, rnl_block, G_TYPE_OBJECT)

/* The texts of a span, in one order. They are ref strings. */
#define N_TEXTS 5

static void
get_texts (const RnlSpan *span, const char *texts[N_TEXTS])
{
  texts[0] = span->href;
  texts[1] = span->address;
  texts[2] = span->title;
  texts[3] = span->label;
  texts[4] = span->link;
}

static void
clear_span (gpointer data)
{
  const char *texts[N_TEXTS];

  get_texts (data, texts);
  for (guint i = 0; i < N_TEXTS; i++)
    if (texts[i] != NULL)
      g_ref_string_release ((char *) texts[i]);
}

static void
rnl_block_finalize (GObject *object)
{
  RnlBlock *self = RNL_BLOCK (object);

  g_string_free (self->text, TRUE);
  g_clear_pointer (&self->spans, g_array_unref);
  g_clear_pointer (&self->table, rnl_markdown_table_unref);
  g_clear_pointer (&self->last_row, g_ptr_array_unref);
  g_clear_pointer (&self->containers, g_array_unref);
  g_free (self->language);
  g_free (self->label);
  g_free (self->raw);

  G_OBJECT_CLASS (rnl_block_parent_class)->finalize (object);
}

static void
rnl_block_class_init (RnlBlockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_block_finalize;
}

static void
rnl_block_init (RnlBlock *self)
{
  self->text = g_string_new (NULL);
}

RnlBlock *
rnl_block_new (RnlBlockKind kind)
{
  RnlBlock *self = g_object_new (RNL_TYPE_BLOCK, NULL);

  self->kind = kind;

  return self;
}

static gboolean
same_look (const RnlSpan *a, const RnlSpan *b)
{
  const char *texts_a[N_TEXTS], *texts_b[N_TEXTS];

  get_texts (a, texts_a);
  get_texts (b, texts_b);
  for (guint i = 0; i < N_TEXTS; i++)
    if (g_strcmp0 (texts_a[i], texts_b[i]) != 0)
      return FALSE;

  return a->flags == b->flags && a->number == b->number;
}

/* Adds text with the attributes of @look, whose texts are ref strings. Neighbours that look alike
 * become one span, unless they are something each. */
void
rnl_block_add_text (RnlBlock *self, const char *text, gsize length, const RnlSpan *look)
{
  const RnlSpanFlags things = RNL_SPAN_IMAGE | RNL_SPAN_MATH | RNL_SPAN_FOOTNOTE;
  RnlSpan span = *look;
  RnlSpan *last = NULL;
  const char *texts[N_TEXTS];

  span.start = (guint) self->text->len;
  g_string_append_len (self->text, text, (gssize) length);
  span.end = (guint) self->text->len;
  if (length == 0 || (look->flags == 0 && look->address == NULL))
    return;

  if (self->spans == NULL)
    {
      self->spans = g_array_new (FALSE, FALSE, sizeof (RnlSpan));
      g_array_set_clear_func (self->spans, clear_span);
    }
  else if (self->spans->len > 0)
    last = &g_array_index (self->spans, RnlSpan, self->spans->len - 1);

  if (last != NULL && last->end == span.start && (span.flags & things) == 0
      && same_look (last, &span))
    {
      last->end = span.end;
      return;
    }
  get_texts (&span, texts);
  for (guint i = 0; i < N_TEXTS; i++)
    if (texts[i] != NULL)
      g_ref_string_acquire ((char *) texts[i]);
  g_array_append_val (self->spans, span);
}

/* Takes over from an equal block what nobody sees: where it ends, and what it was read from. */
void
rnl_block_adopt (RnlBlock *self, RnlBlock *newer)
{
  RnlMarkdownTable *table = self->table;
  GPtrArray *last_row = self->last_row;
  char *raw = self->raw;

  self->source_start = newer->source_start;
  self->source_end = newer->source_end;
  self->raw = g_steal_pointer (&newer->raw);
  self->table = g_steal_pointer (&newer->table);
  self->last_row = g_steal_pointer (&newer->last_row);
  self->n_rows = newer->n_rows;
  newer->raw = raw;
  newer->table = table;
  newer->last_row = last_row;
}

/**
 * rnl_block_get_kind:
 * @self: a block
 *
 * Returns: what the block is
 */
RnlBlockKind
rnl_block_get_kind (RnlBlock *self)
{
  g_return_val_if_fail (RNL_IS_BLOCK (self), RNL_BLOCK_PARAGRAPH);

  return self->kind;
}

static RnlBlock *
get_cell (RnlBlock *self, guint row, guint column)
{
  guint n_columns = self->table->aligns->len;

  return row < self->n_rows ? g_ptr_array_index (self->table->cells, row * n_columns + column)
                            : g_ptr_array_index (self->last_row, column);
}

/* The text of a table is what a plain copy of it gives; it is made when it is asked for, since a
 * table that grows is another one with every letter. */
static void
write_table (RnlBlock *self)
{
  guint n_rows = rnl_block_get_n_rows (self);
  guint n_columns = rnl_block_get_n_columns (self);

  for (guint row = 0; row < n_rows; row++)
    for (guint column = 0; column < n_columns; column++)
      {
        RnlBlock *cell = get_cell (self, row, column);

        if (row + column > 0)
          g_string_append_c (self->text, column == 0 ? '\n' : '\t');
        g_string_append_len (self->text, cell->text->str, (gssize) cell->text->len);
      }
}

/**
 * rnl_block_get_text:
 * @self: a block
 *
 * Returns: (transfer none): what is displayed, valid UTF-8; a line end is a line break. For a table
 *   its cells separated by tabs and line ends
 */
const char *
rnl_block_get_text (RnlBlock *self)
{
  g_return_val_if_fail (RNL_IS_BLOCK (self), NULL);

  if (self->table != NULL && self->text->len == 0)
    write_table (self);

  return self->text->str;
}

/**
 * rnl_block_get_length:
 * @self: a block
 *
 * Returns: the length of the text in bytes
 */
gsize
rnl_block_get_length (RnlBlock *self)
{
  g_return_val_if_fail (RNL_IS_BLOCK (self), 0);

  if (self->table != NULL && self->text->len == 0)
    write_table (self);

  return self->text->len;
}

/**
 * rnl_block_get_spans: (skip)
 * @self: a block
 * @n_spans: (out): how many there are
 *
 * A run without flags has an address: it is the text of a link that is not followed.
 *
 * Returns: (transfer none) (nullable): the runs of text that have attributes, in order
 */
const RnlSpan *
rnl_block_get_spans (RnlBlock *self, guint *n_spans)
{
  g_return_val_if_fail (RNL_IS_BLOCK (self), NULL);

  *n_spans = self->spans != NULL ? self->spans->len : 0;

  return self->spans != NULL ? (const RnlSpan *) self->spans->data : NULL;
}

/**
 * rnl_block_get_level:
 * @self: a block
 *
 * Returns: the level of a heading, 1 to 6; 0 for every other block
 */
guint
rnl_block_get_level (RnlBlock *self)
{
  g_return_val_if_fail (RNL_IS_BLOCK (self), 0);

  return self->level;
}

/**
 * rnl_block_get_language:
 * @self: a block
 *
 * Returns: (transfer none) (nullable): the first word after the fence of a code block
 */
const char *
rnl_block_get_language (RnlBlock *self)
{
  g_return_val_if_fail (RNL_IS_BLOCK (self), NULL);

  return self->language;
}

/**
 * rnl_block_get_label:
 * @self: a block
 *
 * Returns: (transfer none) (nullable): the label of the footnote that begins with the block
 */
const char *
rnl_block_get_label (RnlBlock *self)
{
  g_return_val_if_fail (RNL_IS_BLOCK (self), NULL);

  return self->label;
}

/**
 * rnl_block_get_containers: (skip)
 * @self: a block
 * @n_containers: (out): how many there are
 *
 * Returns: (transfer none) (nullable): the quotes, lists and footnotes the block stands in,
 *   outermost first
 */
const RnlContainer *
rnl_block_get_containers (RnlBlock *self, guint *n_containers)
{
  g_return_val_if_fail (RNL_IS_BLOCK (self), NULL);

  *n_containers = self->containers != NULL ? self->containers->len : 0;

  return self->containers != NULL ? (const RnlContainer *) self->containers->data : NULL;
}

/**
 * rnl_block_get_source:
 * @self: a block of a stream
 * @start: (out): the first byte of the line it begins in
 * @end: (out): the first byte after its last line, without the line end
 *
 * Says where the block stands in the whole text that was fed, in bytes, with its markers and the
 * marks around it. What lies between two blocks is blank, or part of what they stand in. Two blocks
 * that begin in one line (`- - a`) have the same start. A cell of a table has the range of its row.
 */
void
rnl_block_get_source (RnlBlock *self, guint64 *start, guint64 *end)
{
  g_return_if_fail (RNL_IS_BLOCK (self));

  *start = self->source_start;
  *end = self->source_end;
}

/**
 * rnl_block_get_quote_depth:
 * @self: a block
 *
 * Returns: in how many quotes the block stands
 */
guint
rnl_block_get_quote_depth (RnlBlock *self)
{
  g_return_val_if_fail (RNL_IS_BLOCK (self), 0);

  return self->quote_depth;
}

/**
 * rnl_block_get_list_depth:
 * @self: a block
 *
 * Returns: in how many lists the block stands; an item of an outermost list has depth 1
 */
guint
rnl_block_get_list_depth (RnlBlock *self)
{
  g_return_val_if_fail (RNL_IS_BLOCK (self), 0);

  return self->list_depth;
}

/**
 * rnl_block_get_marker:
 * @self: a block
 *
 * Returns: what stands before the block
 */
RnlMarker
rnl_block_get_marker (RnlBlock *self)
{
  g_return_val_if_fail (RNL_IS_BLOCK (self), RNL_MARKER_NONE);

  return self->marker;
}

/**
 * rnl_block_get_number:
 * @self: a block
 *
 * Returns: the number of an item whose marker is %RNL_MARKER_NUMBER, or of a footnote; 0 otherwise
 */
guint
rnl_block_get_number (RnlBlock *self)
{
  g_return_val_if_fail (RNL_IS_BLOCK (self), 0);

  return self->number;
}

/**
 * rnl_block_get_n_columns:
 * @self: a block
 *
 * Returns: the columns of a table
 */
guint
rnl_block_get_n_columns (RnlBlock *self)
{
  g_return_val_if_fail (RNL_IS_BLOCK (self), 0);

  return self->table != NULL ? self->table->aligns->len : 0;
}

/**
 * rnl_block_get_n_rows:
 * @self: a block
 *
 * Returns: the rows of a table, with the header
 */
guint
rnl_block_get_n_rows (RnlBlock *self)
{
  g_return_val_if_fail (RNL_IS_BLOCK (self), 0);

  return self->n_rows + (self->last_row != NULL ? 1 : 0);
}

/**
 * rnl_block_get_cell:
 * @self: a table
 * @row: its row; 0 is the header
 * @column: its column
 *
 * Returns: (transfer none): the cell, a paragraph
 */
RnlBlock *
rnl_block_get_cell (RnlBlock *self, guint row, guint column)
{
  g_return_val_if_fail (RNL_IS_BLOCK (self), NULL);
  g_return_val_if_fail (
    column < rnl_block_get_n_columns (self) && row < rnl_block_get_n_rows (self), NULL);

  return get_cell (self, row, column);
}

/**
 * rnl_block_get_column_align:
 * @self: a table
 * @column: a column
 *
 * Returns: how the cells of the column are aligned
 */
RnlAlign
rnl_block_get_column_align (RnlBlock *self, guint column)
{
  g_return_val_if_fail (RNL_IS_BLOCK (self), RNL_ALIGN_START);
  g_return_val_if_fail (column < rnl_block_get_n_columns (self), RNL_ALIGN_START);

  return g_array_index (self->table->aligns, RnlAlign, column);
}

static gboolean
spans_equal (RnlBlock *a, RnlBlock *b)
{
  guint n_a = 0;
  guint n_b = 0;
  const RnlSpan *spans_a = rnl_block_get_spans (a, &n_a);
  const RnlSpan *spans_b = rnl_block_get_spans (b, &n_b);

  if (n_a != n_b)
    return FALSE;
  for (guint i = 0; i < n_a; i++)
    if (spans_a[i].start != spans_b[i].start || spans_a[i].end != spans_b[i].end
        || !same_look (&spans_a[i], &spans_b[i]))
      return FALSE;

  return TRUE;
}

/* Rows of one and the same table need no look. */
static gboolean
cells_equal (RnlBlock *a, RnlBlock *b)
{
  guint n_rows = rnl_block_get_n_rows (a);
  guint n_columns = rnl_block_get_n_columns (a);
  guint row = a->table == b->table ? MIN (a->n_rows, b->n_rows) : 0;

  if (n_columns != rnl_block_get_n_columns (b) || n_rows != rnl_block_get_n_rows (b))
    return FALSE;
  if (n_columns > 0 && a->table != b->table
      && memcmp (a->table->aligns->data, b->table->aligns->data, n_columns * sizeof (RnlAlign))
           != 0)
    return FALSE;
  for (; row < n_rows; row++)
    for (guint column = 0; column < n_columns; column++)
      if (!rnl_block_equal (get_cell (a, row, column), get_cell (b, row, column)))
        return FALSE;

  return TRUE;
}

static gboolean
containers_equal (RnlBlock *a, RnlBlock *b)
{
  guint n_a = 0;
  guint n_b = 0;
  const RnlContainer *in_a = rnl_block_get_containers (a, &n_a);
  const RnlContainer *in_b = rnl_block_get_containers (b, &n_b);

  if (n_a != n_b)
    return FALSE;
  for (guint i = 0; i < n_a; i++)
    if (in_a[i].kind != in_b[i].kind || in_a[i].serial != in_b[i].serial
        || in_a[i].item != in_b[i].item)
      return FALSE;

  return TRUE;
}

/**
 * rnl_block_equal:
 * @a: a block
 * @b: a block
 *
 * Returns: whether both look the same; where they stand in the source does not count
 */
gboolean
rnl_block_equal (RnlBlock *a, RnlBlock *b)
{
  g_return_val_if_fail (RNL_IS_BLOCK (a) && RNL_IS_BLOCK (b), FALSE);

  return a->kind == b->kind && a->marker == b->marker && a->level == b->level
         && a->quote_depth == b->quote_depth && a->list_depth == b->list_depth
         && a->number == b->number && g_strcmp0 (a->language, b->language) == 0
         && g_strcmp0 (a->label, b->label) == 0 && cells_equal (a, b)
         && (a->table != NULL || g_string_equal (a->text, b->text)) && spans_equal (a, b)
         && containers_equal (a, b);
}

/* fuzz-markdown.c: any text, at once and in pieces, gives the same blocks, at a bounded cost
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"
#include "markdown-view.h"

/* How often each byte may be parsed, and some more for what is short. */
#define MAX_FACTOR 60
#define MAX_EXTRA  10000

static void
check_spans (RnlBlock *block)
{
  guint n_spans;
  const RnlSpan *spans = rnl_block_get_spans (block, &n_spans);

  for (guint i = 0; i < n_spans; i++)
    {
      if (spans[i].flags & RNL_SPAN_LINK)
        g_assert_true (spans[i].href != NULL || spans[i].link != NULL);
      g_assert_true ((spans[i].flags & RNL_SPAN_FOOTNOTE) == 0 || spans[i].number > 0);
    }
}

/* The view checks that what it was told of is what there is. */
static char *
read_text (const char *text, gsize length, guint32 seed)
{
  guint64 before = 0;
  char *blocks;
  View view;

  view_init (&view);
  for (gsize at = 0; at < length;)
    {
      gsize size = fuzz_next_piece (&seed, length - at);

      view_feed (&view, text + at, size);
      if (seed % 16 == 1)
        rnl_markdown_stream_flush (view.stream);
      at += size;
    }
  view_end (&view);
  for (guint i = 0; i < view.seen->len; i++)
    {
      guint64 start, end;

      rnl_block_get_source (g_ptr_array_index (view.seen, i), &start, &end);
      g_assert_true (before <= start && start <= end && end <= length);
      before = start;
      check_spans (g_ptr_array_index (view.seen, i));
    }
  g_assert_cmpuint (rnl_markdown_stream_get_parsed_bytes (view.stream), <=,
                    length * MAX_FACTOR + MAX_EXTRA);
  blocks = view_dump (&view);
  view_clear (&view);

  return blocks;
}

void
fuzz_one (const guint8 *bytes, gsize length, guint32 seed)
{
  g_autofree char *whole = read_text ((const char *) bytes, length, 0);
  g_autofree char *pieces = read_text ((const char *) bytes, length, seed);

  g_assert_cmpstr (whole, ==, pieces);
}

/* markdown-view.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "markdown-view.h"

#include <string.h>

/* {{{ What a view of the stream sees: a copy kept up to date by the signals alone */

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, View *view)
{
  g_assert_cmpuint (position, >=, view->stable);
  g_assert_cmpuint (position + removed, ==, view->seen->len);
  g_ptr_array_set_size (view->seen, (gint) position);
  g_ptr_array_set_size (view->lengths, (gint) position);
  for (guint i = 0; i < added; i++)
    {
      RnlBlock *block = g_list_model_get_item (model, position + i);

      g_ptr_array_add (view->seen, block);
      g_ptr_array_add (view->lengths, GSIZE_TO_POINTER (rnl_block_get_length (block)));
    }
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, view->seen->len);
}

static void
code_appended_cb (RnlMarkdownStream *stream, guint position, gulong offset, View *view)
{
  RnlBlock *block = g_ptr_array_index (view->seen, position);

  g_assert_cmpuint (position, ==, view->seen->len - 1);
  g_assert_cmpint (rnl_block_get_kind (block), ==, RNL_BLOCK_CODE);
  g_assert_cmpuint (offset, ==, GPOINTER_TO_SIZE (g_ptr_array_index (view->lengths, position)));
  g_ptr_array_index (view->lengths, position) = GSIZE_TO_POINTER (rnl_block_get_length (block));
}

void
view_init (View *view)
{
  view->stream = rnl_markdown_stream_new ();
  view->stable = 0;
  view->seen = g_ptr_array_new_with_free_func (g_object_unref);
  view->lengths = g_ptr_array_new ();
  g_signal_connect (view->stream, "items-changed", G_CALLBACK (items_changed_cb), view);
  g_signal_connect (view->stream, "code-appended", G_CALLBACK (code_appended_cb), view);
}

void
view_clear (View *view)
{
  g_assert_finalize_object (view->stream);
  g_ptr_array_unref (view->seen);
  g_ptr_array_unref (view->lengths);
}

/* Feeds a piece; what was stable before must be untouched. */
void
view_feed (View *view, const char *text, gsize length)
{
  view->stable = rnl_markdown_stream_get_n_stable (view->stream);
  rnl_markdown_stream_feed (view->stream, text, (gssize) length);
  g_assert_cmpuint (rnl_markdown_stream_get_n_stable (view->stream), >=, view->stable);
}

/* No more text comes. References to later definitions may change what was stable. */
void
view_end (View *view)
{
  view->stable = 0;
  rnl_markdown_stream_end (view->stream);
}

/* }}} */
/* {{{ Blocks as text */

static void
dump_text (RnlBlock *block, GString *out)
{
  static const char letters[] = "bicsamMDfhAd"; /* in the order of the flags */
  const char *text = rnl_block_get_text (block);
  gsize pos = 0;
  guint n_spans;
  const RnlSpan *spans = rnl_block_get_spans (block, &n_spans);

  for (guint i = 0; i < n_spans; i++)
    {
      g_assert_cmpuint (spans[i].start, >=, pos);
      g_assert_cmpuint (spans[i].end, >, spans[i].start);
      g_string_append_len (out, text + pos, (gssize) (spans[i].start - pos));
      g_string_append_c (out, '<');
      for (gsize bit = 0; bit < strlen (letters); bit++)
        if (spans[i].flags & (1u << bit))
          g_string_append_c (out, letters[bit]);
      if (spans[i].href != NULL)
        g_string_append_printf (out, " %s", spans[i].href);
      g_string_append_c (out, ':');
      g_string_append_len (out, text + spans[i].start, (gssize) (spans[i].end - spans[i].start));
      g_string_append_c (out, '>');
      pos = spans[i].end;
    }
  g_assert_cmpuint (pos, <=, rnl_block_get_length (block));
  g_string_append (out, text + pos);
}

static void
dump_table (RnlBlock *block, GString *out)
{
  for (guint column = 0; column < rnl_block_get_n_columns (block); column++)
    g_string_append_c (out, "lcr"[rnl_block_get_column_align (block, column)]);
  for (guint row = 0; row < rnl_block_get_n_rows (block); row++)
    for (guint column = 0; column < rnl_block_get_n_columns (block); column++)
      {
        g_string_append (out, column == 0 ? " / " : " | ");
        dump_text (rnl_block_get_cell (block, row, column), out);
      }
}

static void
dump_block (RnlBlock *block, GString *out)
{
  static const char *const kinds[] = { "p", "h", "li", "code", "hr", "table", "math" };
  RnlMarker marker = rnl_block_get_marker (block);

  if (out->len > 0)
    g_string_append_c (out, '\n');
  for (guint i = 0; i < rnl_block_get_quote_depth (block); i++)
    g_string_append_c (out, '>');
  for (guint i = 0; i < rnl_block_get_list_depth (block); i++)
    g_string_append_c (out, '.');
  if (marker == RNL_MARKER_NUMBER)
    g_string_append_printf (out, "%u ", rnl_block_get_number (block));
  else if (marker != RNL_MARKER_NONE)
    g_string_append_printf (out, "%c ", " *#ox^"[marker]);
  g_string_append (out, kinds[rnl_block_get_kind (block)]);
  if (rnl_block_get_level (block) > 0)
    g_string_append_printf (out, "%u", rnl_block_get_level (block));
  if (rnl_block_get_language (block) != NULL)
    g_string_append_printf (out, "[%s]", rnl_block_get_language (block));
  g_string_append (out, ": ");
  if (rnl_block_get_kind (block) == RNL_BLOCK_TABLE)
    dump_table (block, out);
  else
    dump_text (block, out);
}

char *
view_dump (View *view)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < view->seen->len; i++)
    {
      RnlBlock *block = g_ptr_array_index (view->seen, i);

      g_assert_true (block == rnl_markdown_stream_get_block (view->stream, i));
      g_assert_true (g_utf8_validate (rnl_block_get_text (block), -1, NULL));
      g_assert_cmpuint (GPOINTER_TO_SIZE (g_ptr_array_index (view->lengths, i)), ==,
                        rnl_block_get_length (block));
      dump_block (block, out);
    }

  return g_string_free (out, FALSE);
}

char *
dump_whole (const char *text, gsize length)
{
  View view;
  char *result;

  view_init (&view);
  view_feed (&view, text, length);
  view_end (&view);
  result = view_dump (&view);
  view_clear (&view);

  return result;
}

/* }}} */

/* Any mixture of what means something. */
char *
random_document (GRand *random, gsize length)
{
  static const char *const pieces[] = { "word ",
                                        "word ",
                                        "longer words here ",
                                        "\n",
                                        "\n",
                                        "\n\n",
                                        "- ",
                                        "1. ",
                                        "  ",
                                        "    ",
                                        "# ",
                                        "> ",
                                        "```\n",
                                        "```c\n",
                                        "**",
                                        "*",
                                        "`",
                                        "_",
                                        "~~",
                                        "[",
                                        "](",
                                        "https://a.org/",
                                        ")",
                                        "|",
                                        "| a | b |\n|---|---|\n",
                                        "---\n",
                                        "===\n",
                                        "\\",
                                        "&amp;",
                                        "<",
                                        ">",
                                        "é",
                                        "日",
                                        "\r\n",
                                        "\t",
                                        "[ ] ",
                                        "+ ",
                                        "2) ",
                                        "~~~\n",
                                        "!",
                                        "``",
                                        "[a]: b\n",
                                        "$",
                                        "$$",
                                        "$$\n",
                                        "\\(",
                                        "\\)",
                                        "\\[\n",
                                        "\\]\n",
                                        "[^1]",
                                        "[^n]: ",
                                        "<div>\n",
                                        "<br>",
                                        "<!-- ",
                                        " -->",
                                        "a@b.c ",
                                        "[a]",
                                        "```math\n" };
  GString *text = g_string_new (NULL);

  while (text->len < length)
    g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);

  return g_string_free (text, FALSE);
}

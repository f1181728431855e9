/* rnl-print-table.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-print-table.h"

/* So many characters stand in a line of paper; a table that needs more is written cell by cell. */
#define LINE_CHARS 84
#define GAP        "  "

static guint
measure (RnlBlock *cell)
{
  const char *text = cell != NULL ? rnl_block_get_text (cell) : "";
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }

  return width;
}

static void
append_cell (GString *out, RnlBlock *cell)
{
  for (const char *text = cell != NULL ? rnl_block_get_text (cell) : ""; *text != '\0'; text++)
    g_string_append_c (out, *text == '\n' ? ' ' : *text);
}

static void
append_spaces (GString *out, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (out, ' ');
}

static void
append_row (GString *out, RnlBlock *table, guint row, const guint *widths)
{
  for (guint column = 0; column < rnl_block_get_n_columns (table); column++)
    {
      RnlBlock *cell = rnl_block_get_cell (table, row, column);
      guint space = widths[column] - measure (cell);
      RnlAlign align = rnl_block_get_column_align (table, column);
      guint before = align == RNL_ALIGN_END ? space : align == RNL_ALIGN_CENTER ? space / 2 : 0;

      g_string_append (out, column > 0 ? GAP : "");
      append_spaces (out, before);
      append_cell (out, cell);
      append_spaces (out, space - before);
    }
}

static void
append_rule (GString *out, guint n_columns, const guint *widths)
{
  for (guint column = 0; column < n_columns; column++)
    {
      g_string_append (out, column > 0 ? GAP : "");
      for (guint i = 0; i < widths[column]; i++)
        g_string_append (out, "─");
    }
}

static char *
write_columns (RnlBlock *table, const guint *widths)
{
  GString *out = g_string_new (NULL);

  for (guint row = 0; row < rnl_block_get_n_rows (table); row++)
    {
      if (row > 0)
        g_string_append_c (out, '\n');
      append_row (out, table, row, widths);
      if (row > 0)
        continue;
      g_string_append_c (out, '\n');
      append_rule (out, rnl_block_get_n_columns (table), widths);
    }

  return g_string_free (out, FALSE);
}

/* "Heading: cell", a line each, and an empty one between the rows. */
static char *
write_cells (RnlBlock *table)
{
  GString *out = g_string_new (NULL);

  for (guint row = 1; row < rnl_block_get_n_rows (table); row++)
    for (guint column = 0; column < rnl_block_get_n_columns (table); column++)
      {
        if (out->len > 0)
          g_string_append (out, column == 0 ? "\n\n" : "\n");
        append_cell (out, rnl_block_get_cell (table, 0, column));
        g_string_append (out, ": ");
        append_cell (out, rnl_block_get_cell (table, row, column));
      }

  return g_string_free (out, FALSE);
}

/**
 * rnl_print_table:
 * @table: a block of the kind `RNL_BLOCK_TABLE`
 *
 * Returns: (transfer full): the table in characters that are all equally wide: in columns, or, when
 *   those are too many or too wide for paper, each cell with its heading
 */
char *
rnl_print_table (RnlBlock *table)
{
  guint n_columns = rnl_block_get_n_columns (table);
  g_autofree guint *widths = g_new0 (guint, n_columns + 1);
  guint all = 0;

  for (guint column = 0; column < n_columns; column++)
    {
      for (guint row = 0; row < rnl_block_get_n_rows (table); row++)
        widths[column] = MAX (widths[column], measure (rnl_block_get_cell (table, row, column)));
      all += widths[column] + (column > 0 ? sizeof GAP - 1 : 0);
    }

  return all <= LINE_CHARS || rnl_block_get_n_rows (table) < 2 ? write_columns (table, widths)
                                                               : write_cells (table);
}

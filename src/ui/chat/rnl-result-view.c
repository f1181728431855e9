/* rnl-result-view.c
 *
 * A result that is a small JSON object is shown as the arguments are, keys and values; a small list
 * of such objects as a table. Everything else is text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-result-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-argument-grid.h"
#include "rnl-cell-text.h"
#include "rnl-chat-style.h"
#include "rnl-json-value.h"

#define MAX_BYTES      8192
#define MAX_ROWS       20
#define MAX_COLUMNS    6
#define MAX_CELL_CHARS 24

static GtkWidget *
make_object (const char *text)
{
  g_autoptr (RnlCallArguments) members = rnl_call_arguments_new ();
  GtkWidget *grid = rnl_argument_grid_new ();

  rnl_call_arguments_feed (members, text, strlen (text));
  rnl_argument_grid_update (RNL_ARGUMENT_GRID (grid), members);

  return grid;
}

/* The names of the columns, or NULL when it is no table. */
static GPtrArray *
get_columns (JsonArray *rows)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  JsonObjectIter iter;
  const char *name;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonNode *row = json_array_get_element (rows, i);

      if (!JSON_NODE_HOLDS_OBJECT (row))
        return NULL;
      json_object_iter_init (&iter, json_node_get_object (row));
      while (json_object_iter_next (&iter, &name, NULL))
        if (!g_ptr_array_find_with_equal_func (columns, name, g_str_equal, NULL))
          g_ptr_array_add (columns, (char *) name);
      if (columns->len > MAX_COLUMNS)
        return NULL;
    }

  return columns->len > 0 ? g_steal_pointer (&columns) : NULL;
}

static char *
dup_cell (JsonNode *value)
{
  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (value));

  return rnl_json_to_string (value, FALSE);
}

static void
append_cell (RnlCellText *cells, const char *text, const char *css_class, guint column, guint row)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CELL_CHARS);
  gtk_label_set_selectable (GTK_LABEL (label), row > 0);
  gtk_widget_set_tooltip_text (label, text);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_hexpand (label, TRUE);
  rnl_cell_text_append (cells, label, (int) column, (int) row);
}

/* Row 0 has the names. */
static char *
dup_table_cell (JsonArray *rows, GPtrArray *columns, guint column, guint row)
{
  const char *name = g_ptr_array_index (columns, column);

  if (row == 0)
    return g_strdup (name);

  return dup_cell (json_object_get_member (json_array_get_object_element (rows, row - 1), name));
}

static GtkWidget *
make_table (JsonArray *rows, GPtrArray *columns)
{
  GtkWidget *cells = rnl_cell_text_new ();

  gtk_widget_add_css_class (cells, "result-table");
  for (guint r = 0; r <= json_array_get_length (rows); r++)
    for (guint c = 0; c < columns->len; c++)
      {
        g_autofree char *cell = dup_table_cell (rows, columns, c, r);

        append_cell (RNL_CELL_TEXT (cells), cell, r == 0 ? "dim-label" : "argument-value", c, r);
      }

  return cells;
}

static char *
dup_table_lines (JsonArray *rows, GPtrArray *columns)
{
  GString *lines = g_string_new (NULL);

  for (guint r = 0; r <= json_array_get_length (rows); r++)
    for (guint c = 0; c < columns->len; c++)
      {
        g_autofree char *cell = dup_table_cell (rows, columns, c, r);

        /* A label is one line. */
        g_strdelimit (cell, "\n", ' ');
        g_string_append_printf (lines, "%s%s", r + c > 0 ? "\n" : "", cell);
      }

  return g_string_free (lines, FALSE);
}

/* What @text is, or NULL when it is shown as the text it is. @columns: those of a table. */
static JsonNode *
parse (const char *text, GPtrArray **columns)
{
  g_autoptr (JsonNode) node = NULL;
  JsonArray *rows;

  *columns = NULL;
  if ((*text != '{' && *text != '[') || strlen (text) > MAX_BYTES)
    return NULL;
  node = rnl_json_strict_parse (text, -1, NULL);
  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_size (json_node_get_object (node)) > 0 ? g_steal_pointer (&node) : NULL;

  rows = json_node_get_array (node);
  if (json_array_get_length (rows) == 0 || json_array_get_length (rows) > MAX_ROWS)
    return NULL;
  *columns = get_columns (rows);

  return *columns != NULL ? g_steal_pointer (&node) : NULL;
}

/**
 * rnl_result_view_new_structured:
 * @text: a result
 *
 * Returns: (transfer floating) (nullable): the result as a table, `NULL` when it is to be shown as
 *   the text it is
 */
GtkWidget *
rnl_result_view_new_structured (const char *text)
{
  g_autoptr (GPtrArray) columns = NULL;
  g_autoptr (JsonNode) node = parse (text, &columns);

  if (node == NULL)
    return NULL;

  return columns != NULL ? make_table (json_node_get_array (node), columns) : make_object (text);
}

/**
 * rnl_result_view_dup_lines:
 * @text: a result
 *
 * Returns: (transfer full) (nullable): the lines of the table of
 *   [func@result_view_new_structured], `NULL` when there is none
 */
char *
rnl_result_view_dup_lines (const char *text)
{
  g_autoptr (GPtrArray) columns = NULL;
  g_autoptr (JsonNode) node = parse (text, &columns);
  g_autoptr (RnlCallArguments) members = NULL;

  if (node == NULL)
    return NULL;
  if (columns != NULL)
    return dup_table_lines (json_node_get_array (node), columns);

  members = rnl_call_arguments_new ();
  rnl_call_arguments_feed (members, text, strlen (text));

  return rnl_argument_grid_dup_lines (members);
}

/**
 * rnl_result_view_set_part:
 * @view: what was made of a result, in no window yet
 * @part: the part of a message whose text it shows
 * @field: which of its texts
 *
 * Makes it take part in the selection of its conversation.
 */
void
rnl_result_view_set_part (GtkWidget *view, GObject *part, guint field)
{
  if (RNL_IS_ARGUMENT_GRID (view))
    rnl_argument_grid_set_part (RNL_ARGUMENT_GRID (view), part, field);
  else
    rnl_cell_text_set_part (RNL_CELL_TEXT (view), part, field);
}

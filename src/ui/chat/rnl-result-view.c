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
attach (GtkWidget *grid, const char *text, const char *css_class, int column, int row)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CELL_CHARS);
  gtk_label_set_selectable (GTK_LABEL (label), row > 0);
  gtk_widget_set_tooltip_text (label, text);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_grid_attach (GTK_GRID (grid), label, column, row, 1, 1);
}

static GtkWidget *
make_table (JsonArray *rows, GPtrArray *columns)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_widget_add_css_class (grid, "result-table");
  for (guint c = 0; c < columns->len; c++)
    {
      const char *name = g_ptr_array_index (columns, c);

      attach (grid, name, "dim-label", (int) c, 0);
      for (guint r = 0; r < json_array_get_length (rows); r++)
        {
          JsonObject *row = json_array_get_object_element (rows, r);
          g_autofree char *cell = dup_cell (json_object_get_member (row, name));

          attach (grid, cell, "argument-value", (int) c, (int) r + 1);
        }
    }

  return grid;
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
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GPtrArray) columns = NULL;
  JsonArray *rows;

  if ((*text != '{' && *text != '[') || strlen (text) > MAX_BYTES)
    return NULL;
  node = rnl_json_strict_parse (text, -1, NULL);
  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_size (json_node_get_object (node)) > 0 ? make_object (text) : NULL;

  rows = json_node_get_array (node);
  if (json_array_get_length (rows) == 0 || json_array_get_length (rows) > MAX_ROWS)
    return NULL;
  columns = get_columns (rows);

  return columns != NULL ? make_table (rows, columns) : NULL;
}

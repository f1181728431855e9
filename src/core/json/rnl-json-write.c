/* rnl-json-write.c: JSON text of a value
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-pieces.h"
#include "rnl-json-value.h"

#include <math.h>
#include <string.h>

#define INDENT 2

/* How to write, and how deep we are. */
typedef struct
{
  GString *out;
  gboolean pretty;
  guint depth;
  GHashTable *tails; /* nullable */
  GPtrArray *pieces; /* what was written before @out */
} Writer;

static void write_value (Writer *writer, JsonNode *node);

static gboolean
is_plain (guchar c)
{
  return c >= ' ' && c != '"' && c != '\\' && c != 0x7f;
}

static void
write_escaped (Writer *writer, const char *text)
{
  static const char shorts[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
  const char *p = text;

  while (TRUE)
    {
      const char *begin = p, *found;

      while (is_plain ((guchar) *p))
        p++;
      g_string_append_len (writer->out, begin, p - begin);
      if (*p == '\0')
        return;
      found = strchr (shorts, *p);
      if (found != NULL)
        g_string_append_printf (writer->out, "\\%c", letters[found - shorts]);
      else
        g_string_append_printf (writer->out, "\\u%04x", *p);
      p++;
    }
}

static void
write_string (Writer *writer, const char *text)
{
  g_string_append_c (writer->out, '"');
  write_escaped (writer, text);
  g_string_append_c (writer->out, '"');
}

/* What was written until now is a piece, and the next text begins. */
static void
cut (Writer *writer)
{
  g_ptr_array_add (writer->pieces, g_string_free_to_bytes (writer->out));
  writer->out = g_string_new (NULL);
}

static void
write_text (Writer *writer, JsonNode *node)
{
  GBytes *tail = writer->tails != NULL ? g_hash_table_lookup (writer->tails, node) : NULL;

  if (tail == NULL)
    {
      write_string (writer, json_node_get_string (node));
      return;
    }

  g_string_append_c (writer->out, '"');
  write_escaped (writer, json_node_get_string (node));
  cut (writer);
  g_ptr_array_add (writer->pieces, g_bytes_ref (tail));
  g_string_append_c (writer->out, '"');
}

/* The shortest digits that are this number, and always those of one that is no integer. json-glib
 * 1.6 writes "1e+30.0", which nobody can read. */
static void
write_double (Writer *writer, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    {
      g_string_append (writer->out, "null");
      return;
    }
  for (guint digits = 15; digits <= 17; digits++)
    {
      char format[] = { '%', '.', '1', (char) ('0' + digits - 10), 'g', '\0' };
      double read;

      g_ascii_formatd (text, sizeof text, format, number);
      read = g_ascii_strtod (text, NULL);
      if (!(read < number) && !(read > number))
        break;
    }
  g_string_append (writer->out, text);
  if (strpbrk (text, ".e") == NULL)
    g_string_append (writer->out, ".0");
}

static void
write_scalar (Writer *writer, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    write_text (writer, node);
  else if (type == G_TYPE_INT64)
    g_string_append_printf (writer->out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (type == G_TYPE_DOUBLE)
    write_double (writer, json_node_get_double (node));
  else
    g_string_append (writer->out, json_node_get_boolean (node) ? "true" : "false");
}

static void
begin_line (Writer *writer)
{
  if (!writer->pretty)
    return;
  g_string_append_c (writer->out, '\n');
  for (guint i = 0; i < writer->depth * INDENT; i++)
    g_string_append_c (writer->out, ' ');
}

static void
write_array (Writer *writer, JsonArray *array)
{
  guint n = json_array_get_length (array);

  g_string_append_c (writer->out, '[');
  writer->depth++;
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (writer->out, ',');
      begin_line (writer);
      write_value (writer, json_array_get_element (array, i));
    }
  writer->depth--;
  if (n > 0)
    begin_line (writer);
  g_string_append_c (writer->out, ']');
}

static void
write_object (Writer *writer, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  gboolean first = TRUE;

  g_string_append_c (writer->out, '{');
  writer->depth++;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      if (!first)
        g_string_append_c (writer->out, ',');
      first = FALSE;
      begin_line (writer);
      write_string (writer, name);
      g_string_append (writer->out, writer->pretty ? " : " : ":");
      write_value (writer, value);
    }
  writer->depth--;
  if (!first)
    begin_line (writer);
  g_string_append_c (writer->out, '}');
}

static void
write_value (Writer *writer, JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      write_object (writer, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      write_array (writer, json_node_get_array (node));
      break;
    case JSON_NODE_VALUE:
      write_scalar (writer, node);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (writer->out, "null");
      break;
    }
}

/**
 * rnl_json_to_string:
 * @node: a value
 * @pretty: whether to indent by two spaces
 *
 * Writes JSON that can be read everywhere: numbers that are no integers have a fraction or an
 * exponent and come back as they were.
 *
 * Returns: (transfer full): JSON text
 */
char *
rnl_json_to_string (JsonNode *node, gboolean pretty)
{
  Writer writer = { .out = g_string_new (NULL), .pretty = pretty };

  write_value (&writer, node);

  return g_string_free (writer.out, FALSE);
}

/**
 * rnl_json_to_pieces:
 * @node: a value
 * @tails: (nullable) (element-type JsonNode GBytes): what some of the texts in @node end with,
 *   by their nodes; nothing in it is escaped
 *
 * Writes JSON as [func@json_to_string] does, and takes long texts as they are.
 *
 * Returns: (transfer full) (element-type GBytes): JSON text in pieces
 */
GPtrArray *
rnl_json_to_pieces (JsonNode *node, GHashTable *tails)
{
  Writer writer = { .out = g_string_new (NULL), .tails = tails };

  writer.pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  write_value (&writer, node);
  g_ptr_array_add (writer.pieces, g_string_free_to_bytes (writer.out));

  return writer.pieces;
}

/* rnl-template-text.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-template-text.h"

#include <string.h>

#include "rnl-pipeline-error.h"
#include "rnl-value.h"

/**
 * Piece:
 * @text: literal text, or the name of a slot
 */
typedef struct
{
  char *text;
  gboolean is_slot;
} Piece;

struct _RnlTemplateText
{
  /* owned */
  char *source;
  GArray *pieces; /* of Piece */
};

static void
piece_clear (gpointer data)
{
  g_free (((Piece *) data)->text);
}

static void
add_piece (RnlTemplateText *self, char *text, gboolean is_slot)
{
  Piece piece = { text, is_slot };

  g_array_append_val (self->pieces, piece);
}

static gboolean
is_name (const char *text, gsize length)
{
  if (length == 0 || g_ascii_isdigit (*text))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '_')
      return FALSE;

  return TRUE;
}

static void
set_error_at (GError **error, const char *source, const char *at, const char *problem)
{
  guint line = 1;
  const char *start = source;

  for (const char *p = source; p < at; p++)
    if (*p == '\n')
      {
        line++;
        start = p + 1;
      }

  g_set_error (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_TEMPLATE,
               "Line %u, column %ld of the template: %s", line,
               g_utf8_pointer_to_offset (start, at) + 1, problem);
}

static gboolean
add_slot (RnlTemplateText *self, const char **at, GError **error)
{
  const char *name = *at + 1;
  const char *end = strchr (name, '}');

  if (end == NULL)
    {
      set_error_at (error, self->source, *at, "“{” is never closed; a brace itself is “{{”.");
      return FALSE;
    }
  if (!is_name (name, (gsize) (end - name)))
    {
      set_error_at (error, self->source, *at,
                    "between “{” and “}” stands no name (letters, digits, “_”); a brace itself is "
                    "“{{”.");
      return FALSE;
    }
  add_piece (self, g_strndup (name, (gsize) (end - name)), TRUE);
  *at = end + 1;

  return TRUE;
}

static void
flush (RnlTemplateText *self, GString *literal)
{
  if (literal->len > 0)
    add_piece (self, g_strdup (literal->str), FALSE);
  g_string_truncate (literal, 0);
}

static gboolean
read_pieces (RnlTemplateText *self, GError **error)
{
  g_autoptr (GString) literal = g_string_new (NULL);

  for (const char *at = self->source; *at != '\0';)
    {
      gboolean brace = *at == '{' || *at == '}';

      if (!brace || at[1] == *at)
        {
          g_string_append_c (literal, *at);
          at += brace ? 2 : 1;
        }
      else if (*at == '}')
        {
          set_error_at (error, self->source, at, "“}” closes nothing; a brace itself is “}}”.");
          return FALSE;
        }
      else
        {
          flush (self, literal);
          if (!add_slot (self, &at, error))
            return FALSE;
        }
    }
  flush (self, literal);

  return TRUE;
}

/**
 * rnl_template_text_new:
 * @text: UTF-8
 * @error: return location for an error
 *
 * Errors: `RNL_PIPELINE_ERROR_TEMPLATE`, naming line and column.
 *
 * Returns: (transfer full) (nullable): what was read
 */
RnlTemplateText *
rnl_template_text_new (const char *text, GError **error)
{
  g_autoptr (RnlTemplateText) self = g_new0 (RnlTemplateText, 1);

  self->source = g_strdup (text);
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (self->pieces, piece_clear);
  if (!read_pieces (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
rnl_template_text_free (RnlTemplateText *self)
{
  g_free (self->source);
  g_array_unref (self->pieces);
  g_free (self);
}

const char *
rnl_template_text_get_source (RnlTemplateText *self)
{
  return self->source;
}

/**
 * rnl_template_text_list_variables:
 * @self: a template
 * @into: (element-type utf8): where names that are not there yet are added; @self keeps them
 */
void
rnl_template_text_list_variables (RnlTemplateText *self, GPtrArray *into)
{
  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = &g_array_index (self->pieces, Piece, i);

      if (piece->is_slot
          && !g_ptr_array_find_with_equal_func (into, piece->text, g_str_equal, NULL))
        g_ptr_array_add (into, piece->text);
    }
}

/**
 * rnl_template_text_fill:
 * @self: a template
 * @values: a member for each slot; more of them are ignored
 *
 * Values are text and nothing else: braces in them mean nothing.
 *
 * Returns: (transfer full): the text
 */
char *
rnl_template_text_fill (RnlTemplateText *self, JsonObject *values)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = &g_array_index (self->pieces, Piece, i);
      g_autofree char *rendered = NULL;

      if (piece->is_slot)
        rendered = rnl_value_dup_rendered (json_object_get_member (values, piece->text));
      g_string_append (text, piece->is_slot ? rendered : piece->text);
    }

  return g_string_free (text, FALSE);
}

/* rnl-call-arguments.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-call-arguments.h"

#include "rnl-json-reader.h"
#include "rnl-text.h"

/**
 * RnlCallArguments:
 *
 * Reads an object's members out of JSON text that comes in pieces, each byte once. What is not an
 * object has no members.
 */
struct _RnlCallArguments
{
  RnlJsonReader reader;
  GPtrArray *arguments;
  guint depth;
  gboolean in_string;
  gboolean first;
  gboolean done;
};

static void
argument_free (gpointer data)
{
  RnlCallArgument *argument = data;

  g_free (argument->key);
  g_string_free (argument->value, TRUE);
  g_free (argument);
}

/**
 * rnl_call_arguments_new:
 *
 * Returns: (transfer full): a reader of one call's arguments
 */
RnlCallArguments *
rnl_call_arguments_new (void)
{
  RnlCallArguments *self = g_new0 (RnlCallArguments, 1);

  rnl_json_reader_init (&self->reader);
  self->reader.raw_controls = TRUE;
  self->arguments = g_ptr_array_new_with_free_func (argument_free);
  self->first = TRUE;

  return self;
}

void
rnl_call_arguments_free (RnlCallArguments *self)
{
  rnl_json_reader_clear (&self->reader);
  g_ptr_array_unref (self->arguments);
  g_free (self);
}

static RnlCallArgument *
last_argument (RnlCallArguments *self)
{
  return self->arguments->len > 0 ? g_ptr_array_index (self->arguments, self->arguments->len - 1)
                                  : NULL;
}

static void
add (RnlCallArgument *argument, const char *text, gsize length)
{
  gsize room
    = RNL_CALL_ARGUMENTS_MAX_VALUE - MIN (argument->value->len, RNL_CALL_ARGUMENTS_MAX_VALUE);

  if (length > room)
    while (room > 0 && (text[room] & 0xc0) == 0x80)
      room--;
  g_string_append_len (argument->value, text, (gssize) MIN (length, room));
}

static void
begin_argument (RnlCallArguments *self, const RnlJsonToken *token)
{
  RnlCallArgument *argument;

  if (self->arguments->len >= RNL_CALL_ARGUMENTS_MAX)
    return;

  argument = g_new0 (RnlCallArgument, 1);
  argument->key = g_strndup (token->text, token->len);
  argument->value = g_string_new (NULL);
  g_ptr_array_add (self->arguments, argument);
}

/* Inside a nested value: the JSON again, with spaces where people expect them. */
static void
add_separator (RnlCallArguments *self, RnlCallArgument *argument)
{
  if (!self->first)
    add (argument, ", ", 2);
  self->first = FALSE;
}

static void
add_quoted (RnlCallArguments *self, RnlCallArgument *argument, const RnlJsonToken *token)
{
  gboolean nested = self->depth > 1;

  if (nested && !self->in_string)
    {
      add_separator (self, argument);
      add (argument, "\"", 1);
    }
  add (argument, token->text, token->len);
  if (nested && token->final)
    add (argument, "\"", 1);
  self->in_string = !token->final;
  if (!nested && token->final)
    argument->complete = TRUE;
}

static void
add_scalar (RnlCallArguments *self, RnlCallArgument *argument, const char *text, gsize length)
{
  if (self->depth > 1)
    add_separator (self, argument);
  else
    argument->complete = TRUE;
  add (argument, text, length);
}

static void
open_container (RnlCallArguments *self, RnlCallArgument *argument, const char *bracket)
{
  if (self->depth > 1 && argument != NULL)
    add_separator (self, argument);
  if (self->depth > 0 && argument != NULL)
    add (argument, bracket, 1);
  self->depth++;
  self->first = TRUE;
}

static void
close_container (RnlCallArguments *self, RnlCallArgument *argument, const char *bracket)
{
  self->depth--;
  self->first = FALSE;
  if (self->depth == 0 || argument == NULL)
    return;

  add (argument, bracket, 1);
  if (self->depth == 1)
    argument->complete = TRUE;
}

static void
take_token (RnlCallArguments *self, const RnlJsonToken *token)
{
  RnlCallArgument *argument = last_argument (self);

  if (token->type == RNL_JSON_OBJECT_START)
    open_container (self, argument, "{");
  else if (token->type == RNL_JSON_ARRAY_START)
    open_container (self, argument, "[");
  else if (token->type == RNL_JSON_OBJECT_END)
    close_container (self, argument, "}");
  else if (token->type == RNL_JSON_ARRAY_END)
    close_container (self, argument, "]");
  else if (token->type == RNL_JSON_KEY && self->depth == 1)
    begin_argument (self, token);
  else if (argument == NULL)
    return;
  else if (token->type == RNL_JSON_KEY)
    {
      add_separator (self, argument);
      add (argument, token->text, token->len);
      add (argument, ": ", 2);
      self->first = TRUE;
    }
  else if (token->type == RNL_JSON_STRING)
    add_quoted (self, argument, token);
  else if (token->type == RNL_JSON_NUMBER)
    add_scalar (self, argument, token->text, token->len);
  else if (token->type == RNL_JSON_TRUE)
    add_scalar (self, argument, "true", 4);
  else if (token->type == RNL_JSON_FALSE)
    add_scalar (self, argument, "false", 5);
  else if (token->type == RNL_JSON_NULL)
    add_scalar (self, argument, "null", 4);
}

/**
 * rnl_call_arguments_feed:
 * @self: a reader
 * @json: the next bytes
 * @length: in bytes
 *
 * Broken JSON is not an error here: what could be read stays.
 */
void
rnl_call_arguments_feed (RnlCallArguments *self, const char *json, gsize length)
{
  RnlJsonToken token;

  g_return_if_fail (self != NULL);

  if (self->done)
    return;

  rnl_json_reader_feed (&self->reader, json, length);
  while (TRUE)
    {
      RnlJsonTokenType type = rnl_json_reader_next (&self->reader, &token);

      if (type == RNL_JSON_NEED_MORE)
        return;
      if (type == RNL_JSON_DONE || type == RNL_JSON_ERROR_TOKEN)
        break;
      take_token (self, &token);
      if (self->depth == 0)
        break;
    }
  self->done = TRUE;
}

guint
rnl_call_arguments_get_size (RnlCallArguments *self)
{
  return self->arguments->len;
}

const RnlCallArgument *
rnl_call_arguments_get (RnlCallArguments *self, guint position)
{
  g_return_val_if_fail (position < self->arguments->len, NULL);

  return g_ptr_array_index (self->arguments, position);
}

/**
 * rnl_call_arguments_dup_value:
 * @self: a reader
 * @position: of an argument
 *
 * Returns: (transfer full): its value so far, with the digits of a number that still comes, and an
 *   ellipsis where something is missing
 */
char *
rnl_call_arguments_dup_value (RnlCallArguments *self, guint position)
{
  return rnl_call_arguments_dup_start (self, position, RNL_CALL_ARGUMENTS_MAX_VALUE);
}

/**
 * rnl_call_arguments_dup_start:
 * @self: a reader
 * @position: of an argument
 * @max_bytes: how much of the value is wanted
 *
 * Returns: (transfer full): as [method@CallArguments.dup_value], but no more than @max_bytes of it
 */
char *
rnl_call_arguments_dup_start (RnlCallArguments *self, guint position, gsize max_bytes)
{
  const RnlCallArgument *argument = rnl_call_arguments_get (self, position);
  gsize length = MIN (argument->value->len, max_bytes);
  gboolean cut = length < argument->value->len || length >= RNL_CALL_ARGUMENTS_MAX_VALUE - 4;
  const char *digits = NULL;
  gsize n_digits = 0;

  while (length > 0 && (argument->value->str[length] & 0xc0) == 0x80)
    length--;
  if (!argument->complete && !self->done && position + 1 == self->arguments->len)
    rnl_json_reader_peek_number (&self->reader, &digits, &n_digits);

  return g_strdup_printf ("%.*s%.*s%s", (int) length, argument->value->str, (int) n_digits,
                          digits != NULL ? digits : "", cut || !argument->complete ? "…" : "");
}

/**
 * rnl_call_arguments_is_whole:
 * @self: a reader
 *
 * Returns: whether a whole object was read
 */
gboolean
rnl_call_arguments_is_whole (RnlCallArguments *self)
{
  return self->done && self->depth == 0 && !rnl_json_reader_is_failed (&self->reader);
}

/**
 * rnl_call_arguments_dup_summary:
 * @self: a reader
 * @infix: (nullable): what stands between the values, "+" for a sum; `NULL` for "key: value"
 * @max_chars: in code points
 *
 * Returns: (transfer full): one line, "10 + 1…" while it streams
 */
char *
rnl_call_arguments_dup_summary (RnlCallArguments *self, const char *infix, gsize max_chars)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean keys = infix == NULL && self->arguments->len > 1;

  for (guint i = 0; i < self->arguments->len && line->len < 4 * max_chars; i++)
    {
      const RnlCallArgument *argument = rnl_call_arguments_get (self, i);
      g_autofree char *value = rnl_call_arguments_dup_start (self, i, 4 * max_chars);
      g_autofree char *first = rnl_text_first_line (value, max_chars);

      if (i > 0 && infix != NULL)
        g_string_append_printf (line, " %s ", infix);
      else if (i > 0)
        g_string_append (line, ", ");
      if (keys)
        g_string_append_printf (line, "%s: ", argument->key);
      g_string_append (line, first);
    }
  if (!self->done && line->len > 0 && !g_str_has_suffix (line->str, "…"))
    g_string_append (line, "…");

  return rnl_text_ellipsize (line->str, max_chars);
}

/* rnl-tex-reader.c: the signs and commands in the source of a formula
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-tex-parser-private.h"

#include <string.h>

void
rnl_tex_parser_skip_space (RnlTexParser *self)
{
  while (self->at < self->end && g_ascii_isspace (*self->at))
    self->at++;
}

/* Looks at the command that begins here. */
gboolean
rnl_tex_parser_peek (const RnlTexParser *self, RnlTexCommand *command)
{
  const char *at = self->at + 1;
  gsize length = 0;

  if (self->at >= self->end || *self->at != '\\' || at >= self->end)
    return FALSE;

  command->start = self->at;
  while (at + length < self->end && g_ascii_isalpha (at[length]))
    length++;
  if (length == 0)
    length = MIN ((gsize) (g_utf8_next_char (at) - at), (gsize) (self->end - at));
  length = MIN (length, sizeof command->name - 1);
  memcpy (command->name, at, length);
  command->name[length] = '\0';

  return TRUE;
}

gboolean
rnl_tex_parser_take (RnlTexParser *self, RnlTexCommand *command)
{
  if (!rnl_tex_parser_peek (self, command))
    return FALSE;
  self->at += 1 + strlen (command->name);

  return TRUE;
}

/* Takes the command @name if it comes next. */
gboolean
rnl_tex_parser_take_name (RnlTexParser *self, const char *name)
{
  RnlTexCommand command;

  rnl_tex_parser_skip_space (self);
  if (!rnl_tex_parser_peek (self, &command) || strcmp (command.name, name) != 0)
    return FALSE;

  return rnl_tex_parser_take (self, &command);
}

/* Where the @close that belongs to what was opened just before is, or `NULL`. */
const char *
rnl_tex_parser_find_close (const RnlTexParser *self, char close)
{
  guint braces = 0;

  for (const char *at = self->at; at < self->end; at++)
    {
      if (*at == close && braces == 0)
        return at;
      if (*at == '\\' && at + 1 < self->end)
        at++;
      else if (*at == '{')
        braces++;
      else if (*at == '}')
        {
          if (braces == 0)
            return NULL;
          braces--;
        }
    }

  return NULL;
}

/* What stands in braces here, as it is; `NULL` if there are none. */
char *
rnl_tex_parser_take_braced (RnlTexParser *self)
{
  const char *start, *end;

  rnl_tex_parser_skip_space (self);
  if (self->at >= self->end || *self->at != '{')
    return NULL;
  start = ++self->at;
  end = rnl_tex_parser_find_close (self, '}');
  if (end == NULL)
    end = self->end;
  self->at = MIN (end + 1, self->end);

  return g_strndup (start, (gsize) (end - start));
}

/* What stands in brackets here, as it is; `NULL` if there are none. */
char *
rnl_tex_parser_take_option (RnlTexParser *self)
{
  const char *back = self->at, *start, *end;

  rnl_tex_parser_skip_space (self);
  if (self->at < self->end && *self->at == '[')
    {
      start = ++self->at;
      end = rnl_tex_parser_find_close (self, ']');
      if (end != NULL)
        {
          self->at = end + 1;
          return g_strndup (start, (gsize) (end - start));
        }
    }
  self->at = back;

  return NULL;
}

/* Whether what is being read ends here: at a sign that something around waits for. */
gboolean
rnl_tex_parser_at_end (const RnlTexParser *self)
{
  RnlTexCommand command;

  if (self->at >= self->end || *self->at == '&')
    return TRUE;
  if (*self->at == '}')
    return self->groups > 0;
  if (!rnl_tex_parser_peek (self, &command))
    return FALSE;

  return g_str_equal (command.name, "\\") || g_str_equal (command.name, "cr")
         || (self->fences > 0 && g_str_equal (command.name, "right"))
         || (self->environments > 0 && g_str_equal (command.name, "end"));
}

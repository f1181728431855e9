/* rnl-markdown-brackets.c: links, images and references to footnotes
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-inline-private.h"

#include <string.h>

static RnlBracket *
last_bracket (RnlInline *self)
{
  return self->brackets->len > 0
           ? &g_array_index (self->brackets, RnlBracket, self->brackets->len - 1)
           : NULL;
}

static void
pop_bracket (RnlInline *self)
{
  g_array_set_size (self->brackets, self->brackets->len - 1);
}

/* `[` or `![` */
void
rnl_inline_take_bracket (RnlInline *self, gboolean image)
{
  RnlBracket bracket
    = { .pos = self->pos, .delimiter = self->last, .image = image, .active = TRUE };
  gsize length = image ? 2 : 1;

  rnl_inline_add (self, self->text + self->pos, length, 0, TRUE);
  bracket.piece = self->pieces->len - 1;
  g_array_append_val (self->brackets, bracket);
  self->pos += length;
}

static guint
add_link (RnlInline *self, gboolean image, const char *address, const char *title)
{
  RnlInlineLink link = { .image = image };

  link.address = g_ref_string_new (address);
  link.title = title != NULL ? g_ref_string_new (title) : NULL;
  g_array_append_val (self->links, link);

  return self->links->len;
}

/* An address that is written without brackets; @scheme is put before it. */
void
rnl_inline_add_link (
  RnlInline *self, const char *text, gsize length, const char *scheme, gboolean bare)
{
  g_autofree char *address = g_strdup_printf ("%s%.*s", scheme, (int) length, text);
  guint link = add_link (self, FALSE, address, NULL);

  g_array_index (self->links, RnlInlineLink, link - 1).bare = bare;
  rnl_inline_add (self, "", 0, 0, TRUE)->link = link;
  rnl_inline_add (self, text, length, 0, TRUE);
  rnl_inline_add (self, "", 0, 0, TRUE)->link_ends = 1;
}

/* What stands between the bracket and here is the text of a link. */
static void
make_link (RnlInline *self, const char *address, const char *title)
{
  RnlBracket bracket = *last_bracket (self);
  RnlPiece *piece = rnl_inline_piece (self, bracket.piece);

  piece->end = piece->start;
  piece->link = add_link (self, bracket.image, address, title);
  rnl_inline_add (self, "", 0, 0, TRUE)->link_ends = 1;
  rnl_inline_match_delimiters (self, bracket.delimiter);
  if (bracket.delimiter >= 0)
    rnl_inline_delimiter (self, bracket.delimiter)->next = -1;
  self->last = bracket.delimiter;
  pop_bracket (self);
  if (bracket.image)
    return;
  for (guint i = self->brackets->len; i > 0; i--)
    {
      RnlBracket *outer = &g_array_index (self->brackets, RnlBracket, i - 1);

      if (outer->image)
        continue;
      if (!outer->active)
        break;
      outer->active = FALSE;
    }
}

/* `[^label]` */
static gboolean
make_footnote (RnlInline *self, const char *label, gsize length)
{
  RnlBracket bracket = *last_bracket (self);
  char number[16];
  RnlPiece *piece;

  if (bracket.image || length < 2 || label[0] != '^' || length > RNL_HOLD_LABEL)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isspace (label[i]) || strchr ("[]\\", label[i]) != NULL)
      return FALSE;
  g_string_truncate (self->plain, rnl_inline_piece (self, bracket.piece)->start);
  g_array_set_size (self->pieces, bracket.piece);
  g_array_set_size (self->delimiters, (guint) (bracket.delimiter + 1));
  self->last = bracket.delimiter;
  while (self->last >= 0 && self->last >= (gint) self->delimiters->len)
    self->last--;
  if (self->last >= 0)
    rnl_inline_delimiter (self, self->last)->next = -1;
  piece = rnl_inline_add (self, "", 0, RNL_SPAN_FOOTNOTE, TRUE);
  piece->number = rnl_markdown_names_number (self->names, label + 1, length - 1);
  g_snprintf (number, sizeof number, "%u", piece->number);
  g_string_append (self->plain, number);
  piece->end = self->plain->len;
  pop_bracket (self);

  return TRUE;
}

/* The other label of `[text][label]`. Returns its end or where it should begin. */
static gsize
scan_label (RnlInline *self, gsize pos)
{
  if (pos >= self->length || self->text[pos] != '[')
    return pos;
  for (gsize i = pos + 1; i < self->length && i - pos <= 1000; i++)
    if (self->text[i] == '\\')
      i++;
    else if (self->text[i] == '[')
      return pos;
    else if (self->text[i] == ']')
      return i + 1;

  return pos;
}

/* @pos is behind the closing bracket. */
static gboolean
close_reference (RnlInline *self, const RnlBracket *bracket, gsize pos)
{
  gsize start = bracket->pos + (bracket->image ? 2 : 1);
  const char *label = self->text + start;
  gsize length = pos - 1 - start;
  gsize end = scan_label (self, pos);
  gboolean full = end > pos + 2;
  const RnlDefinition *definition;

  if (full)
    {
      label = self->text + pos + 1;
      length = end - pos - 2;
    }
  else if (memchr (label, '[', length) != NULL && !full)
    {
      /* A label has no brackets, unless they are escaped. */
      for (gsize i = 0; i < length; i++)
        if (label[i] == '\\')
          i++;
        else if (label[i] == '[')
          return FALSE;
    }
  definition = rnl_markdown_names_find (self->names, label, length);
  if (definition == NULL)
    {
      self->missed = TRUE;
      if (!self->open)
        rnl_markdown_names_note_missing (self->names, label, length);
      return FALSE;
    }
  self->pos = end;
  make_link (self, definition->address, definition->title);

  return TRUE;
}

static gboolean
close_inline (RnlInline *self, const RnlBracket *bracket, gsize pos)
{
  g_autoptr (GString) address = NULL;
  g_autofree char *title = NULL;
  gsize end;

  if (pos >= self->length || self->text[pos] != '(')
    return FALSE;
  address = g_string_new (NULL);
  end = rnl_scan_link_tail (self->text, self->length, pos, address, &title);
  if (end == RNL_SCAN_MORE)
    rnl_inline_hold (self, bracket->pos, RNL_HOLD_ADDRESS);
  if (!RNL_SCAN_IS_END (end))
    return FALSE;
  self->pos = end;
  make_link (self, address->str, title);

  return TRUE;
}

/* `]` */
void
rnl_inline_close_bracket (RnlInline *self)
{
  gsize pos = self->pos + 1;
  RnlBracket *found = last_bracket (self);
  RnlBracket bracket;

  if (found == NULL)
    {
      rnl_inline_add (self, "]", 1, 0, FALSE);
      self->pos = pos;
      return;
    }
  bracket = *found;
  if (pos == self->length)
    rnl_inline_hold (self, bracket.pos, RNL_HOLD_LABEL);
  if (bracket.active && close_inline (self, &bracket, pos))
    return;
  if (make_footnote (self, self->text + bracket.pos + 1, pos - 2 - bracket.pos))
    {
      self->pos = pos;
      return;
    }
  if (bracket.active && close_reference (self, &bracket, pos))
    return;
  pop_bracket (self);
  rnl_inline_add (self, "]", 1, 0, FALSE);
  self->pos = pos;
}

/* What is open may become a link. */
void
rnl_inline_hold_brackets (RnlInline *self)
{
  for (guint i = self->brackets->len; i > 0; i--)
    {
      const RnlBracket *bracket = &g_array_index (self->brackets, RnlBracket, i - 1);

      if (self->total - bracket->pos > RNL_HOLD_LABEL)
        break;
      rnl_inline_hold (self, bracket->pos, RNL_HOLD_LABEL);
    }
}

/* rnl-tex-words.c: text, names and alphabets in a formula
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-tex-parser-private.h"

#include <string.h>

static void
add_text (RnlTexParser *self, RnlTexNode *row, GString *text, RnlTexVariant variant)
{
  RnlTexNode *node;

  if (text->len == 0)
    return;
  node = rnl_tex_parser_add (self, RNL_TEX_TEXT, text->str);
  node->variant = variant;
  rnl_tex_node_add (row, node);
  g_string_truncate (text, 0);
}

/* Text up to @end, with formulas between dollar signs. */
static RnlTexNode *
read_text_within (RnlTexParser *self, const char *end, RnlTexVariant variant)
{
  RnlTexNode *row = rnl_tex_parser_add (self, RNL_TEX_ROW, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  while (self->at < end)
    {
      const char *close;

      if (*self->at == '\\' && self->at + 1 < end && !g_ascii_isalpha (self->at[1]))
        self->at++;
      else if (*self->at == '{' || *self->at == '}')
        {
          self->at++;
          continue;
        }
      else if (*self->at == '$'
               && (close = memchr (self->at + 1, '$', (gsize) (end - self->at - 1))))
        {
          add_text (self, row, text, variant);
          self->at++;
          rnl_tex_node_add (row, rnl_tex_parser_within (self, close));
          continue;
        }
      g_string_append_c (text, *self->at == '~' || *self->at == '\n' ? ' ' : *self->at);
      self->at++;
    }
  add_text (self, row, text, variant);
  self->at = MIN (end + 1, self->end);

  return row;
}

RnlTexNode *
rnl_tex_read_text (RnlTexParser *self, const RnlTexRule *rule)
{
  const char *end;

  rnl_tex_parser_skip_space (self);
  if (self->at >= self->end || *self->at != '{')
    return rnl_tex_parser_argument (self);
  self->at++;
  end = rnl_tex_parser_find_close (self, '}');

  return read_text_within (self, end != NULL ? end : self->end, (RnlTexVariant) rule->value);
}

RnlTexNode *
rnl_tex_read_letters (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexParser back = *self;
  RnlTexNode *node;

  self->variant = (RnlTexVariant) rule->value;
  self->variant_set = TRUE;
  self->alphabet = RNL_TEX_NO_ALPHABET;
  node = rnl_tex_parser_argument (self);
  self->variant = back.variant;
  self->variant_set = back.variant_set;
  self->alphabet = back.alphabet;

  return node;
}

RnlTexNode *
rnl_tex_read_alphabet (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexAlphabet back = self->alphabet;
  RnlTexNode *node;

  self->alphabet = (RnlTexAlphabet) rule->value;
  node = rnl_tex_parser_argument (self);
  self->alphabet = back;

  return node;
}

/* Up to the end of the group. */
RnlTexNode *
rnl_tex_set_letters (RnlTexParser *self, const RnlTexRule *rule)
{
  self->variant = (RnlTexVariant) rule->value;
  self->variant_set = TRUE;

  return NULL;
}

RnlTexNode *
rnl_tex_read_operator_name (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexNode *node;
  g_autofree char *name = NULL;
  gboolean limits = self->at < self->end && *self->at == '*';
  char *to;

  if (limits)
    self->at++;
  name = rnl_tex_parser_take_braced (self);
  if (name == NULL)
    return NULL;
  /* Commands inside are spaces and hyphens mostly. */
  to = name;
  for (const char *at = name; *at != '\0'; at++)
    if (strchr ("\\{},;!", *at) == NULL)
      *to++ = *at;
  *to = '\0';
  node = rnl_tex_parser_add (self, RNL_TEX_SYMBOL, name);
  node->klass = RNL_TEX_OPERATOR;
  node->variant = RNL_TEX_UPRIGHT;
  node->flags = RNL_TEX_NAME | (limits ? RNL_TEX_LIMITS : 0);

  return node;
}

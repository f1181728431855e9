/* rnl-tex-commands.c: what the commands of a formula take and give
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-tex-parser-private.h"

#include <stdlib.h>
#include <string.h>

#include "rnl-tex-symbols.h"

static RnlTexNode *
add_inner (RnlTexParser *self, RnlTexKind kind, const char *text)
{
  RnlTexNode *node = rnl_tex_parser_add (self, kind, text);

  node->klass = RNL_TEX_INNER;

  return node;
}

/* {{{ Fractions, roots, accents */

static RnlTexNode *
read_fraction (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexNode *node = add_inner (self, RNL_TEX_FRACTION, NULL);

  node->size = (RnlTexSize) rule->value;
  rnl_tex_node_add (node, rnl_tex_parser_argument (self));
  rnl_tex_node_add (node, rnl_tex_parser_argument (self));

  return node;
}

static RnlTexNode *
read_binomial (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexNode *fence = add_inner (self, RNL_TEX_FENCE, "(");
  RnlTexNode *node = read_fraction (self, rule);

  node->flags |= RNL_TEX_NO_RULE;
  fence->right = g_strdup (")");
  rnl_tex_node_add (fence, node);

  return fence;
}

static RnlTexNode *
read_root (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexNode *node = rnl_tex_parser_add (self, RNL_TEX_ROOT, NULL), *index = NULL;

  rnl_tex_parser_skip_space (self);
  if (self->at < self->end && *self->at == '[')
    {
      const char *open = self->at++;
      const char *end = rnl_tex_parser_find_close (self, ']');

      if (end != NULL)
        index = rnl_tex_parser_within (self, end);
      else
        self->at = open;
    }
  rnl_tex_node_add (node, rnl_tex_parser_argument (self));
  rnl_tex_node_add (node, index);

  return node;
}

static RnlTexNode *
read_accent (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexNode *node = rnl_tex_parser_add (self, RNL_TEX_ACCENT, rule->text);

  node->flags = (RnlTexFlags) rule->value;
  rnl_tex_node_add (node, rnl_tex_parser_argument (self));

  return node;
}

/* }}} */

/* {{{ Delimiters */

/* The next delimiter; empty for none. */
char *
rnl_tex_parser_take_delimiter (RnlTexParser *self)
{
  RnlTexCommand command;
  const RnlTexSymbol *symbol;
  const char *start;

  rnl_tex_parser_skip_space (self);
  if (self->at >= self->end)
    return g_strdup ("");
  if (rnl_tex_parser_take (self, &command))
    {
      symbol = rnl_tex_symbol_find (command.name);
      return g_strdup (symbol != NULL ? symbol->text : "");
    }
  start = self->at;
  self->at = MIN (g_utf8_next_char (start), self->end);
  if (*start == '.')
    return g_strdup ("");
  if (*start == '<' || *start == '>')
    return g_strdup (*start == '<' ? "⟨" : "⟩");

  return g_strndup (start, (gsize) (self->at - start));
}

static RnlTexNode *
read_fence (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexNode *node = add_inner (self, RNL_TEX_FENCE, NULL);

  node->text = rnl_tex_parser_take_delimiter (self);
  self->fences++;
  rnl_tex_node_add (node, rnl_tex_parser_rows (self, NULL));
  self->fences--;
  node->right = rnl_tex_parser_take_name (self, "right") ? rnl_tex_parser_take_delimiter (self)
                                                         : g_strdup ("");

  return node;
}

/* @value is the height in tenths of an em, and what the command says about its class. */
static RnlTexNode *
read_delimiter (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexNode *node = rnl_tex_parser_add (self, RNL_TEX_DELIMITER, NULL);
  static const char closing[] = ")]}⟩⌋⌉⟧";

  node->text = rnl_tex_parser_take_delimiter (self);
  node->amount = rule->value / 10.0;
  if (rule->text[0] == 'l')
    node->klass = RNL_TEX_OPEN;
  else if (rule->text[0] == 'r')
    node->klass = RNL_TEX_CLOSE;
  else if (rule->text[0] == 'm')
    node->klass = RNL_TEX_RELATION;
  else if (node->text[0] != '\0' && strstr (closing, node->text) != NULL)
    node->klass = RNL_TEX_CLOSE;

  return node;
}

/* }}} */

/* {{{ Spaces, classes, the rest */

static RnlTexNode *
read_space (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexNode *node = rnl_tex_parser_add (self, RNL_TEX_SPACE, NULL);

  node->amount = rule->value / 18.0;

  return node;
}

/* A length; only those that depend on the font are taken at their word. */
static RnlTexNode *
read_length (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexNode *node = rnl_tex_parser_add (self, RNL_TEX_SPACE, NULL);
  g_autofree char *length = NULL;
  char *unit;
  double amount;

  if (self->at < self->end && *self->at == '*')
    self->at++;
  length = rnl_tex_parser_take_braced (self);
  if (length == NULL)
    return node;
  amount = g_ascii_strtod (length, &unit);
  if (g_str_has_prefix (unit, "mu"))
    amount /= 18;
  else if (!g_str_has_prefix (unit, "em"))
    amount /= 12;
  node->amount = amount > -4 && amount < 20 ? amount : 0;

  return node;
}

static RnlTexNode *
read_class (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexNode *node = rnl_tex_parser_add (self, RNL_TEX_ROW, NULL);

  node->klass = (RnlTexClass) rule->value;
  rnl_tex_node_add (node, rnl_tex_parser_argument (self));

  return node;
}

static RnlTexNode *
stack (RnlTexParser *self, RnlTexNode *base, RnlTexNode *below, RnlTexNode *above)
{
  RnlTexNode *node = rnl_tex_parser_add (self, RNL_TEX_SCRIPT, NULL);

  node->klass = RNL_TEX_RELATION;
  node->flags = RNL_TEX_STACKED;
  rnl_tex_node_add (node, base);
  rnl_tex_node_add (node, below);
  rnl_tex_node_add (node, above);

  return node;
}

/* \overset, \underset: @value says whether the first one is above. */
static RnlTexNode *
read_stack (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexNode *mark = rnl_tex_parser_argument (self);
  RnlTexNode *base = rnl_tex_parser_argument (self);

  return rule->value ? stack (self, base, NULL, mark) : stack (self, base, mark, NULL);
}

static RnlTexNode *
read_arrow (RnlTexParser *self, const RnlTexRule *rule)
{
  g_autofree char *option = rnl_tex_parser_take_option (self);
  RnlTexNode *above = rnl_tex_parser_argument (self);
  RnlTexNode *below = NULL;
  RnlTexNode *arrow = rnl_tex_parser_add (self, RNL_TEX_SYMBOL, rule->text);

  if (option != NULL)
    below = rnl_tex_parser_add (self, RNL_TEX_TEXT, option);
  arrow->klass = RNL_TEX_RELATION;
  arrow->variant = RNL_TEX_UPRIGHT;

  return stack (self, arrow, below, above);
}

static RnlTexNode *
read_inside (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexNode *node = rnl_tex_parser_add (self, (RnlTexKind) rule->value, rule->text);

  rnl_tex_node_add (node, rnl_tex_parser_argument (self));

  return node;
}

/* @value arguments that say nothing about the formula. */
static RnlTexNode *
skip_arguments (RnlTexParser *self, const RnlTexRule *rule)
{
  for (int i = 0; i < rule->value; i++)
    g_free (rnl_tex_parser_take_braced (self));

  return NULL;
}

/* As before, and then what is meant. */
static RnlTexNode *
read_last_argument (RnlTexParser *self, const RnlTexRule *rule)
{
  skip_arguments (self, rule);

  return rnl_tex_parser_argument (self);
}

static RnlTexNode *
read_tag (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexNode *row = rnl_tex_parser_add (self, RNL_TEX_ROW, NULL);
  RnlTexNode *space = rnl_tex_parser_add (self, RNL_TEX_SPACE, NULL);
  g_autofree char *name = NULL, *text = NULL;

  if (self->at < self->end && *self->at == '*')
    self->at++;
  name = rnl_tex_parser_take_braced (self);
  text = g_strdup_printf ("(%s)", name != NULL ? name : "");
  space->amount = 2;
  rnl_tex_node_add (row, space);
  rnl_tex_node_add (row, rnl_tex_parser_add (self, RNL_TEX_TEXT, text));

  return row;
}

static RnlTexNode *
read_not (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexNode *node = rnl_tex_parser_argument (self);
  char *text;

  if (node->kind != RNL_TEX_SYMBOL)
    return node;
  text = g_strconcat (node->text, "\xcc\xb8", NULL);
  g_free (node->text);
  node->text = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  g_free (text);

  return node;
}

/* \bmod, \mod, \pmod: @text is what stands before the argument, @value whether there is one. */
static RnlTexNode *
read_modulo (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexNode *row = rnl_tex_parser_add (self, RNL_TEX_ROW, NULL);
  RnlTexNode *name = rnl_tex_parser_add (self, RNL_TEX_TEXT, rule->text);

  row->klass = rule->value ? RNL_TEX_INNER : RNL_TEX_BINARY;
  rnl_tex_node_add (row, name);
  if (rule->value)
    {
      rnl_tex_node_add (row, rnl_tex_parser_argument (self));
      if (strchr (rule->text, '(') != NULL)
        rnl_tex_node_add (row, rnl_tex_parser_add (self, RNL_TEX_TEXT, ")"));
    }

  return row;
}

static RnlTexNode *
read_substack (RnlTexParser *self, const RnlTexRule *rule)
{
  RnlTexNode *node = rnl_tex_parser_argument (self);

  if (node->kind == RNL_TEX_ARRAY)
    {
      node->flags &= ~(guint) RNL_TEX_ALIGNED;
      node->size = RNL_TEX_SIZE_INHERIT;
    }

  return node;
}

/* }}} */

/* In the order of strcmp. */
static const RnlTexRule rules[] = {
  { " ", read_space, NULL, 4 },
  { "!", read_space, NULL, -3 },
  { ",", read_space, NULL, 3 },
  { "/", read_space, NULL, 0 },
  { ":", read_space, NULL, 4 },
  { ";", read_space, NULL, 5 },
  { ">", read_space, NULL, 4 },
  { "Bbb", rnl_tex_read_alphabet, NULL, RNL_TEX_BLACKBOARD },
  { "Big", read_delimiter, "", 18 },
  { "Bigg", read_delimiter, "", 30 },
  { "Biggl", read_delimiter, "l", 30 },
  { "Biggm", read_delimiter, "m", 30 },
  { "Biggr", read_delimiter, "r", 30 },
  { "Bigl", read_delimiter, "l", 18 },
  { "Bigm", read_delimiter, "m", 18 },
  { "Bigr", read_delimiter, "r", 18 },
  { "Large", skip_arguments, NULL, 0 },
  { "acute", read_accent, "acute", 0 },
  { "allowbreak", skip_arguments, NULL, 0 },
  { "bar", read_accent, "bar", 0 },
  { "bcancel", read_last_argument, NULL, 0 },
  { "bf", rnl_tex_set_letters, NULL, RNL_TEX_BOLD },
  { "big", read_delimiter, "", 12 },
  { "bigg", read_delimiter, "", 24 },
  { "biggl", read_delimiter, "l", 24 },
  { "biggm", read_delimiter, "m", 24 },
  { "biggr", read_delimiter, "r", 24 },
  { "bigl", read_delimiter, "l", 12 },
  { "bigm", read_delimiter, "m", 12 },
  { "bigr", read_delimiter, "r", 12 },
  { "binom", read_binomial, NULL, 0 },
  { "bm", rnl_tex_read_letters, NULL, RNL_TEX_BOLD_ITALIC },
  { "bmod", read_modulo, "\u2005mod\u2005", 0 },
  { "boldsymbol", rnl_tex_read_letters, NULL, RNL_TEX_BOLD_ITALIC },
  { "boxed", read_inside, NULL, RNL_TEX_BOX },
  { "breve", read_accent, "breve", 0 },
  { "cancel", read_last_argument, NULL, 0 },
  { "cellcolor", skip_arguments, NULL, 1 },
  { "centering", skip_arguments, NULL, 0 },
  { "cfrac", read_fraction, NULL, RNL_TEX_SIZE_DISPLAY },
  { "check", read_accent, "check", 0 },
  { "color", skip_arguments, NULL, 1 },
  { "colorbox", read_last_argument, NULL, 1 },
  { "dbinom", read_binomial, NULL, RNL_TEX_SIZE_DISPLAY },
  { "dddot", read_accent, "dddot", 0 },
  { "ddot", read_accent, "ddot", 0 },
  { "dfrac", read_fraction, NULL, RNL_TEX_SIZE_DISPLAY },
  { "displaystyle", skip_arguments, NULL, 0 },
  { "dot", read_accent, "dot", 0 },
  { "emph", rnl_tex_read_text, NULL, RNL_TEX_ITALIC },
  { "end", skip_arguments, NULL, 1 },
  { "enspace", read_space, NULL, 9 },
  { "ensuremath", read_last_argument, NULL, 0 },
  { "fbox", read_inside, NULL, RNL_TEX_BOX },
  { "frac", read_fraction, NULL, 0 },
  { "grave", read_accent, "grave", 0 },
  { "hat", read_accent, "hat", 0 },
  { "hbox", rnl_tex_read_text, NULL, RNL_TEX_UPRIGHT },
  { "hfill", skip_arguments, NULL, 0 },
  { "hline", skip_arguments, NULL, 0 },
  { "hphantom", read_inside, NULL, RNL_TEX_PHANTOM },
  { "hskip", read_length, NULL, 0 },
  { "hspace", read_length, NULL, 0 },
  { "it", rnl_tex_set_letters, NULL, RNL_TEX_ITALIC },
  { "kern", read_length, NULL, 0 },
  { "label", skip_arguments, NULL, 1 },
  { "large", skip_arguments, NULL, 0 },
  { "left", read_fence, NULL, 0 },
  { "limits", skip_arguments, NULL, 0 },
  { "llap", read_last_argument, NULL, 0 },
  { "mathbb", rnl_tex_read_alphabet, NULL, RNL_TEX_BLACKBOARD },
  { "mathbf", rnl_tex_read_letters, NULL, RNL_TEX_BOLD },
  { "mathbin", read_class, NULL, RNL_TEX_BINARY },
  { "mathcal", rnl_tex_read_alphabet, NULL, RNL_TEX_CALLIGRAPHIC },
  { "mathclap", read_last_argument, NULL, 0 },
  { "mathclose", read_class, NULL, RNL_TEX_CLOSE },
  { "mathfrak", rnl_tex_read_alphabet, NULL, RNL_TEX_FRAKTUR },
  { "mathinner", read_class, NULL, RNL_TEX_INNER },
  { "mathit", rnl_tex_read_letters, NULL, RNL_TEX_ITALIC },
  { "mathllap", read_last_argument, NULL, 0 },
  { "mathnormal", rnl_tex_read_letters, NULL, RNL_TEX_ITALIC },
  { "mathop", read_class, NULL, RNL_TEX_OPERATOR },
  { "mathopen", read_class, NULL, RNL_TEX_OPEN },
  { "mathord", read_class, NULL, RNL_TEX_ORDINARY },
  { "mathpunct", read_class, NULL, RNL_TEX_PUNCTUATION },
  { "mathrel", read_class, NULL, RNL_TEX_RELATION },
  { "mathring", read_accent, "ring", 0 },
  { "mathrlap", read_last_argument, NULL, 0 },
  { "mathrm", rnl_tex_read_letters, NULL, RNL_TEX_UPRIGHT },
  { "mathscr", rnl_tex_read_alphabet, NULL, RNL_TEX_CALLIGRAPHIC },
  { "mathsf", rnl_tex_read_letters, NULL, RNL_TEX_SANS },
  { "mathstrut", skip_arguments, NULL, 0 },
  { "mathtt", rnl_tex_read_letters, NULL, RNL_TEX_MONOSPACE },
  { "mathup", rnl_tex_read_letters, NULL, RNL_TEX_UPRIGHT },
  { "mbox", rnl_tex_read_text, NULL, RNL_TEX_UPRIGHT },
  { "medspace", read_space, NULL, 4 },
  { "middle", read_delimiter, "m", 0 },
  { "mkern", read_length, NULL, 0 },
  { "mod", read_modulo, "\u2003mod\u2005", 1 },
  { "mskip", read_length, NULL, 0 },
  { "negthinspace", read_space, NULL, -3 },
  { "nicefrac", read_fraction, NULL, 0 },
  { "nobreak", skip_arguments, NULL, 0 },
  { "nobreakspace", read_space, NULL, 4 },
  { "noindent", skip_arguments, NULL, 0 },
  { "nolimits", skip_arguments, NULL, 0 },
  { "nonumber", skip_arguments, NULL, 0 },
  { "normalsize", skip_arguments, NULL, 0 },
  { "not", read_not, NULL, 0 },
  { "notag", skip_arguments, NULL, 0 },
  { "operatorname", rnl_tex_read_operator_name, NULL, 0 },
  { "overbrace", read_accent, "brace", RNL_TEX_STRETCH | RNL_TEX_LIMITS | RNL_TEX_STACKED },
  { "overleftarrow", read_accent, "left", RNL_TEX_STRETCH },
  { "overleftrightarrow", read_accent, "both", RNL_TEX_STRETCH },
  { "overline", read_accent, "line", RNL_TEX_STRETCH },
  { "overrightarrow", read_accent, "vec", RNL_TEX_STRETCH },
  { "overset", read_stack, NULL, 1 },
  { "par", skip_arguments, NULL, 0 },
  { "phantom", read_inside, NULL, RNL_TEX_PHANTOM },
  { "pmb", rnl_tex_read_letters, NULL, RNL_TEX_BOLD_ITALIC },
  { "pmod", read_modulo, "\u2003(mod\u2005", 1 },
  { "pod", read_modulo, "\u2003(", 1 },
  { "qquad", read_space, NULL, 36 },
  { "quad", read_space, NULL, 18 },
  { "raisebox", read_last_argument, NULL, 1 },
  { "right", skip_arguments, NULL, 0 },
  { "rlap", read_last_argument, NULL, 0 },
  { "rm", rnl_tex_set_letters, NULL, RNL_TEX_UPRIGHT },
  { "rowcolor", skip_arguments, NULL, 1 },
  { "scriptscriptstyle", skip_arguments, NULL, 0 },
  { "scriptstyle", skip_arguments, NULL, 0 },
  { "sf", rnl_tex_set_letters, NULL, RNL_TEX_SANS },
  { "sfrac", read_fraction, NULL, RNL_TEX_SIZE_TEXT },
  { "small", skip_arguments, NULL, 0 },
  { "smash", read_last_argument, NULL, 0 },
  { "space", read_space, NULL, 4 },
  { "sqrt", read_root, NULL, 0 },
  { "stackrel", read_stack, NULL, 1 },
  { "strut", skip_arguments, NULL, 0 },
  { "substack", read_substack, NULL, 0 },
  { "tag", read_tag, NULL, 0 },
  { "tbinom", read_binomial, NULL, RNL_TEX_SIZE_TEXT },
  { "text", rnl_tex_read_text, NULL, RNL_TEX_UPRIGHT },
  { "textbf", rnl_tex_read_text, NULL, RNL_TEX_BOLD },
  { "textcolor", read_last_argument, NULL, 1 },
  { "textit", rnl_tex_read_text, NULL, RNL_TEX_ITALIC },
  { "textnormal", rnl_tex_read_text, NULL, RNL_TEX_UPRIGHT },
  { "textrm", rnl_tex_read_text, NULL, RNL_TEX_UPRIGHT },
  { "textsf", rnl_tex_read_text, NULL, RNL_TEX_SANS },
  { "textstyle", skip_arguments, NULL, 0 },
  { "texttt", rnl_tex_read_text, NULL, RNL_TEX_MONOSPACE },
  { "textup", rnl_tex_read_text, NULL, RNL_TEX_UPRIGHT },
  { "tfrac", read_fraction, NULL, RNL_TEX_SIZE_TEXT },
  { "thickspace", read_space, NULL, 5 },
  { "thinspace", read_space, NULL, 3 },
  { "tilde", read_accent, "tilde", 0 },
  { "tiny", skip_arguments, NULL, 0 },
  { "tt", rnl_tex_set_letters, NULL, RNL_TEX_MONOSPACE },
  { "underbar", read_accent, "line", RNL_TEX_STRETCH | RNL_TEX_UNDER },
  { "underbrace", read_accent, "brace",
    RNL_TEX_STRETCH | RNL_TEX_UNDER | RNL_TEX_LIMITS | RNL_TEX_STACKED },
  { "underline", read_accent, "line", RNL_TEX_STRETCH | RNL_TEX_UNDER },
  { "underset", read_stack, NULL, 0 },
  { "vec", read_accent, "vec", 0 },
  { "vphantom", read_inside, NULL, RNL_TEX_PHANTOM },
  { "vspace", skip_arguments, NULL, 1 },
  { "widecheck", read_accent, "check", RNL_TEX_STRETCH },
  { "widehat", read_accent, "hat", RNL_TEX_STRETCH },
  { "widetilde", read_accent, "tilde", RNL_TEX_STRETCH },
  { "xLeftarrow", read_arrow, "⟸", 0 },
  { "xRightarrow", read_arrow, "⟹", 0 },
  { "xcancel", read_last_argument, NULL, 0 },
  { "xleftarrow", read_arrow, "⟵", 0 },
  { "xleftrightarrow", read_arrow, "⟷", 0 },
  { "xlongequal", read_arrow, "=", 0 },
  { "xmapsto", read_arrow, "⟼", 0 },
  { "xrightarrow", read_arrow, "⟶", 0 },
  { "xrightleftharpoons", read_arrow, "⇌", 0 },
};

static int
compare (const void *name, const void *rule)
{
  return strcmp (name, ((const RnlTexRule *) rule)->name);
}

static RnlTexNode *
make_symbol (RnlTexParser *self, const RnlTexSymbol *symbol)
{
  gunichar ch = g_utf8_get_char (symbol->text);
  RnlTexNode *node;

  /* Small Greek letters are variables. */
  if ((ch >= 0x3b1 && ch <= 0x3f5) || ch == 0x131 || ch == 0x237)
    return rnl_tex_parser_letters (self, symbol->text, strlen (symbol->text));
  node = rnl_tex_parser_add (self, RNL_TEX_SYMBOL, symbol->text);
  node->klass = symbol->klass;
  node->flags = symbol->flags;
  node->variant
    = self->variant_set && self->variant != RNL_TEX_ITALIC && self->variant != RNL_TEX_BOLD_ITALIC
        ? self->variant
        : RNL_TEX_UPRIGHT;

  return node;
}

/* What a command that was just taken stands for. `NULL` for nothing at all. */
RnlTexNode *
rnl_tex_parser_command (RnlTexParser *self, const RnlTexCommand *command)
{
  const RnlTexSymbol *symbol = rnl_tex_symbol_find (command->name);
  const RnlTexRule *known;

  if (symbol != NULL)
    return make_symbol (self, symbol);
  if (g_str_equal (command->name, "begin"))
    return rnl_tex_parser_environment (self, command);
  known = bsearch (command->name, rules, G_N_ELEMENTS (rules), sizeof rules[0], compare);
  if (known != NULL)
    return known->handler (self, known);

  return rnl_tex_parser_source (self, command->start);
}

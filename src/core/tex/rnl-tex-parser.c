/* rnl-tex-parser.c: the source of a formula to its tree
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Formulas come from a model and may be anything. Whatever is not known is kept as its source, what
 * is not closed ends with the formula, and there are bounds for depth and size: parsing never fails
 * and its cost is proportional to the length. */
#include "config.h"
#include "rnl-tex-parser-private.h"

#include <string.h>

#include "rnl-tex-symbols.h"

#define MAX_SOURCE (16 * 1024)
#define MAX_DEPTH  40
#define MAX_NODES  2000

/* {{{ Nodes */

RnlTexNode *
rnl_tex_parser_add (RnlTexParser *self, RnlTexKind kind, const char *text)
{
  RnlTexNode *node = rnl_tex_node_new (kind, text);

  self->n_nodes++;
  node->variant = RNL_TEX_UPRIGHT;

  return node;
}

/* What was read since @start, as it was written. */
RnlTexNode *
rnl_tex_parser_source (RnlTexParser *self, const char *start)
{
  g_autofree char *text = g_strndup (start, (gsize) (self->at - start));

  return rnl_tex_parser_add (self, RNL_TEX_SOURCE, g_strstrip (text));
}

static RnlTexNode *
symbol (RnlTexParser *self, const char *text, RnlTexClass klass, RnlTexVariant variant)
{
  RnlTexNode *node = rnl_tex_parser_add (self, RNL_TEX_SYMBOL, text);

  node->klass = klass;
  node->variant = variant;

  return node;
}

/* Letters, one or many, as the commands around want them. */
RnlTexNode *
rnl_tex_parser_letters (RnlTexParser *self, const char *text, gsize length)
{
  g_autofree char *letters = g_strndup (text, length);
  char *replaced;

  if (self->alphabet != RNL_TEX_NO_ALPHABET && length == 1
      && (replaced = rnl_tex_alphabet_letter (self->alphabet, *text)) != NULL)
    {
      RnlTexNode *node = symbol (self, replaced, RNL_TEX_ORDINARY, RNL_TEX_UPRIGHT);

      g_free (replaced);

      return node;
    }

  return symbol (self, letters, RNL_TEX_ORDINARY,
                 self->variant_set ? self->variant : RNL_TEX_ITALIC);
}

/* A number is one symbol, unless it is the argument of something. */
static RnlTexNode *
parse_number (RnlTexParser *self, gboolean whole)
{
  const char *start = self->at++;
  g_autofree char *text = NULL;

  while (whole && self->at < self->end
         && (g_ascii_isdigit (*self->at)
             || (*self->at == '.' && self->at + 1 < self->end && g_ascii_isdigit (self->at[1]))))
    self->at++;
  text = g_strndup (start, (gsize) (self->at - start));

  return symbol (self, text, RNL_TEX_ORDINARY,
                 self->variant_set && self->variant != RNL_TEX_ITALIC ? self->variant
                                                                      : RNL_TEX_UPRIGHT);
}

/* Any other character that stands for itself. */
static RnlTexNode *
parse_character (RnlTexParser *self)
{
  static const struct
  {
    char ch;
    RnlTexClass klass;
    const char *text;
  } known[] = {
    { '+', RNL_TEX_BINARY, "+" },      { '-', RNL_TEX_BINARY, "−" },
    { '*', RNL_TEX_BINARY, "∗" },      { '=', RNL_TEX_RELATION, "=" },
    { '<', RNL_TEX_RELATION, "<" },    { '>', RNL_TEX_RELATION, ">" },
    { ':', RNL_TEX_RELATION, ":" },    { '(', RNL_TEX_OPEN, "(" },
    { '[', RNL_TEX_OPEN, "[" },        { ')', RNL_TEX_CLOSE, ")" },
    { ']', RNL_TEX_CLOSE, "]" },       { '!', RNL_TEX_CLOSE, "!" },
    { '?', RNL_TEX_CLOSE, "?" },       { ',', RNL_TEX_PUNCTUATION, "," },
    { ';', RNL_TEX_PUNCTUATION, ";" },
  };
  const char *start = self->at;
  const char *next = g_utf8_next_char (start);
  gunichar ch = g_utf8_get_char (start);
  g_autofree char *text = NULL;

  self->at = MIN (next, self->end);
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (*start == known[i].ch)
      return symbol (self, known[i].text, known[i].klass, RNL_TEX_UPRIGHT);
  text = g_strndup (start, (gsize) (self->at - start));
  /* Greek in a formula is a variable, other letters are words. */
  if (ch >= 0x3b1 && ch <= 0x3f5)
    return rnl_tex_parser_letters (self, text, strlen (text));
  if (g_unichar_isalnum (ch))
    return rnl_tex_parser_add (self, RNL_TEX_TEXT, text);

  return symbol (self, text, RNL_TEX_ORDINARY, RNL_TEX_UPRIGHT);
}

/* }}} */

/* {{{ Structure */

static RnlTexNode *
parse_group (RnlTexParser *self)
{
  RnlTexVariant variant = self->variant;
  gboolean variant_set = self->variant_set;
  RnlTexAlphabet alphabet = self->alphabet;
  RnlTexNode *node;

  self->at++;
  self->groups++;
  node = rnl_tex_parser_rows (self, NULL);
  self->groups--;
  if (self->at < self->end && *self->at == '}')
    self->at++;
  self->variant = variant;
  self->variant_set = variant_set;
  self->alphabet = alphabet;

  return node;
}

/* One thing without its scripts. `NULL` for a command that leaves nothing behind. */
static RnlTexNode *
parse_thing (RnlTexParser *self, gboolean whole)
{
  const char *start = self->at;
  RnlTexNode *node = NULL;
  RnlTexCommand command;

  if (self->depth >= MAX_DEPTH || self->n_nodes >= MAX_NODES)
    {
      self->at = self->end;
      return rnl_tex_parser_source (self, start);
    }

  self->depth++;
  if (*start == '{')
    node = parse_group (self);
  else if (rnl_tex_parser_take (self, &command))
    node = rnl_tex_parser_command (self, &command);
  else if (g_ascii_isdigit (*start))
    node = parse_number (self, whole);
  else if (g_ascii_isalpha (*start))
    {
      gboolean word = self->variant_set && self->variant != RNL_TEX_ITALIC
                      && self->variant != RNL_TEX_BOLD_ITALIC;

      self->at++;
      while (whole && word && self->at < self->end && g_ascii_isalpha (*self->at))
        self->at++;
      node = rnl_tex_parser_letters (self, start, (gsize) (self->at - start));
    }
  else if (*start == '~')
    {
      self->at++;
      node = rnl_tex_parser_add (self, RNL_TEX_SPACE, NULL);
      node->amount = 0.25;
    }
  else if (*start == '$')
    self->at++;
  else
    node = parse_character (self);
  self->depth--;

  return node;
}

/* What follows a command or a script sign: a group or one thing. Empty when nothing follows. */
RnlTexNode *
rnl_tex_parser_argument (RnlTexParser *self)
{
  RnlTexNode *node = NULL;

  rnl_tex_parser_skip_space (self);
  if (!rnl_tex_parser_at_end (self))
    node = parse_thing (self, FALSE);

  return node != NULL ? node : rnl_tex_parser_add (self, RNL_TEX_ROW, NULL);
}

/* Parses up to @end and goes on behind the sign there. */
RnlTexNode *
rnl_tex_parser_within (RnlTexParser *self, const char *end)
{
  RnlTexParser inner = *self;
  RnlTexNode *node;

  inner.end = end;
  inner.groups = inner.fences = inner.environments = 0;
  inner.depth++;
  node = inner.depth > MAX_DEPTH ? NULL : rnl_tex_parser_rows (&inner, NULL);
  self->n_nodes = inner.n_nodes;
  self->at = MIN (end + 1, self->end);

  return node != NULL ? node : rnl_tex_parser_add (self, RNL_TEX_ROW, NULL);
}

static RnlTexNode *
get_slot (RnlTexParser *self, RnlTexNode *script, guint slot)
{
  RnlTexNode *row = g_ptr_array_index (script->children, slot);

  if (row == NULL)
    {
      row = rnl_tex_parser_add (self, RNL_TEX_ROW, NULL);
      g_ptr_array_index (script->children, slot) = row;
    }

  return row;
}

static RnlTexNode *
make_script (RnlTexParser *self, RnlTexNode *base)
{
  RnlTexNode *script = rnl_tex_parser_add (self, RNL_TEX_SCRIPT, NULL);

  script->klass = base != NULL ? base->klass : RNL_TEX_ORDINARY;
  script->flags = base != NULL ? base->flags & (RNL_TEX_LIMITS | RNL_TEX_STACKED) : 0;
  rnl_tex_node_add (script, base);
  rnl_tex_node_add (script, NULL);
  rnl_tex_node_add (script, NULL);

  return script;
}

/* Whether `\limits` or `\nolimits` comes next; it is taken. */
static gboolean
take_limits (RnlTexParser *self, RnlTexNode *node)
{
  if (rnl_tex_parser_take_name (self, "limits"))
    node->flags |= RNL_TEX_LIMITS | RNL_TEX_STACKED;
  else if (rnl_tex_parser_take_name (self, "nolimits"))
    node->flags &= ~(guint) (RNL_TEX_LIMITS | RNL_TEX_STACKED);
  else
    return FALSE;

  return TRUE;
}

static gboolean
is_script_sign (char ch)
{
  return ch == '^' || ch == '_' || ch == '\'';
}

/* The scripts after @base, all of them in one node: of two of the same kind the second follows. */
static RnlTexNode *
parse_scripts (RnlTexParser *self, RnlTexNode *base)
{
  RnlTexNode *script = NULL;

  for (;;)
    {
      rnl_tex_parser_skip_space (self);
      if (base != NULL && take_limits (self, base))
        continue;
      if (self->at >= self->end || !is_script_sign (*self->at))
        break;
      if (script == NULL)
        script = make_script (self, base);
      if (*self->at == '\'')
        {
          self->at++;
          rnl_tex_node_add (get_slot (self, script, 2),
                            symbol (self, "′", RNL_TEX_ORDINARY, RNL_TEX_UPRIGHT));
        }
      else
        {
          guint slot = *self->at++ == '^' ? 2 : 1;

          rnl_tex_node_add (get_slot (self, script, slot), rnl_tex_parser_argument (self));
        }
    }

  return script != NULL ? script : base;
}

/* \over, \choose and \atop take all before and all after them. */
static RnlTexNode *
parse_infix (RnlTexParser *self, RnlTexNode *before, gboolean *found)
{
  static const char *const names[] = { "over", "choose", "atop" };
  RnlTexNode *fraction, *row;

  *found = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (rnl_tex_parser_take_name (self, names[i]))
      {
        const char *end = self->end;

        *found = TRUE;
        fraction = rnl_tex_parser_add (self, RNL_TEX_FRACTION, NULL);
        fraction->flags = i > 0 ? RNL_TEX_NO_RULE : 0;
        fraction->klass = RNL_TEX_INNER;
        rnl_tex_node_add (fraction, before);
        row = rnl_tex_parser_add (self, RNL_TEX_ROW, NULL);
        rnl_tex_node_add (fraction, row);
        rnl_tex_parser_skip_space (self);
        while (self->at < end && !rnl_tex_parser_at_end (self))
          {
            RnlTexNode *thing = parse_thing (self, TRUE);

            thing = parse_scripts (self, thing);
            if (thing != NULL)
              rnl_tex_node_add (row, thing);
            rnl_tex_parser_skip_space (self);
          }
        if (i == 1)
          {
            RnlTexNode *fence = rnl_tex_parser_add (self, RNL_TEX_FENCE, "(");

            fence->right = g_strdup (")");
            fence->klass = RNL_TEX_INNER;
            rnl_tex_node_add (fence, fraction);
            fraction = fence;
          }
        row = rnl_tex_parser_add (self, RNL_TEX_ROW, NULL);
        rnl_tex_node_add (row, fraction);

        return row;
      }

  return before;
}

/* \displaystyle and its like hold up to the end of the cell. */
static RnlTexNode *
parse_size (RnlTexParser *self, RnlTexNode *row)
{
  static const char *const names[]
    = { "displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (rnl_tex_parser_take_name (self, names[i]))
      {
        RnlTexNode *style = rnl_tex_parser_add (self, RNL_TEX_STYLE, NULL);
        RnlTexNode *inner = rnl_tex_parser_add (self, RNL_TEX_ROW, NULL);

        style->size = RNL_TEX_SIZE_DISPLAY + (RnlTexSize) i;
        rnl_tex_node_add (style, inner);
        rnl_tex_node_add (row, style);

        return inner;
      }

  return NULL;
}

static RnlTexNode *
parse_cell (RnlTexParser *self)
{
  RnlTexNode *row = rnl_tex_parser_add (self, RNL_TEX_ROW, NULL);
  RnlTexNode *into = row, *styled;
  guint styles = 0;
  gboolean found;

  for (;;)
    {
      RnlTexNode *thing;

      rnl_tex_parser_skip_space (self);
      if (rnl_tex_parser_at_end (self))
        break;
      row = parse_infix (self, row, &found);
      if (found)
        {
          into = row;
          continue;
        }
      if (styles < 4 && (styled = parse_size (self, into)) != NULL)
        {
          into = styled;
          styles++;
          continue;
        }
      thing = is_script_sign (*self->at) ? NULL : parse_thing (self, TRUE);
      thing = parse_scripts (self, thing);
      if (thing != NULL)
        rnl_tex_node_add (into, thing);
    }

  return row;
}

static gboolean
take_line_end (RnlTexParser *self)
{
  if (!rnl_tex_parser_take_name (self, "\\") && !rnl_tex_parser_take_name (self, "cr"))
    return FALSE;
  if (self->at < self->end && *self->at == '*')
    self->at++;
  /* The room it wants. */
  if (self->at < self->end && *self->at == '[' && self->at + 1 < self->end
      && (g_ascii_isdigit (self->at[1]) || self->at[1] == '-'))
    g_free (rnl_tex_parser_take_option (self));

  return TRUE;
}

static void
parse_line (RnlTexParser *self, RnlTexNode *array)
{
  RnlTexNode *line = rnl_tex_parser_add (self, RNL_TEX_LINE, NULL);

  while (rnl_tex_parser_take_name (self, "hline") || rnl_tex_parser_take_name (self, "toprule")
         || rnl_tex_parser_take_name (self, "midrule")
         || rnl_tex_parser_take_name (self, "bottomrule"))
    line->flags |= RNL_TEX_RULE_ABOVE;
  rnl_tex_node_add (line, parse_cell (self));
  while (self->at < self->end && *self->at == '&')
    {
      self->at++;
      rnl_tex_node_add (line, parse_cell (self));
    }
  rnl_tex_node_add (array, line);
}

static gboolean
is_blank (const RnlTexNode *line)
{
  const RnlTexNode *cell = rnl_tex_node_get_child (line, 0);

  return (line->flags & RNL_TEX_RULE_ABOVE) == 0 && rnl_tex_node_get_n_children (line) == 1
         && cell->kind == RNL_TEX_ROW && rnl_tex_node_get_n_children (cell) == 0;
}

/* Lines and cells up to what ends them. Outside of an environment a single cell is a row, and more
 * are aligned as equations. */
RnlTexNode *
rnl_tex_parser_rows (RnlTexParser *self, const char *environment)
{
  RnlTexNode *array = rnl_tex_parser_add (self, RNL_TEX_ARRAY, NULL);
  const RnlTexNode *line;

  do
    parse_line (self, array);
  while (take_line_end (self));

  /* A line end at the end makes no line. */
  if (array->children->len > 1
      && is_blank (g_ptr_array_index (array->children, array->children->len - 1)))
    g_ptr_array_set_size (array->children, (int) array->children->len - 1);
  if (environment != NULL)
    return array;
  line = g_ptr_array_index (array->children, 0);
  if (array->children->len == 1 && line->children->len == 1)
    {
      RnlTexNode *row = g_ptr_array_index (line->children, 0);

      g_ptr_array_index (line->children, 0) = NULL;
      rnl_tex_node_free (array);
      return row;
    }
  array->flags |= RNL_TEX_ALIGNED;
  array->size = RNL_TEX_SIZE_DISPLAY;

  return array;
}

/* }}} */

/**
 * rnl_tex_parse:
 * @source: the source of a formula, without the signs around it; valid UTF-8
 * @length: its length in bytes, or -1 if it ends with a zero byte
 *
 * Reads a formula as models write them: a subset of LaTeX. Never fails: what is not known is in the
 * tree as its source, and so is a formula that is longer than 16 KiB.
 *
 * Returns: (transfer full): its tree
 */
RnlTexNode *
rnl_tex_parse (const char *source, gssize length)
{
  RnlTexParser parser = { 0 };
  RnlTexNode *tree;

  parser.at = source;
  parser.end = source + (length < 0 ? strlen (source) : (gsize) length);
  if (parser.end - parser.at > MAX_SOURCE)
    {
      parser.at = parser.end;
      return rnl_tex_parser_source (&parser, source);
    }
  tree = rnl_tex_parser_rows (&parser, NULL);
  /* Nothing is waited for, so that all of it has been taken. */
  g_assert (parser.at == parser.end);

  return tree;
}

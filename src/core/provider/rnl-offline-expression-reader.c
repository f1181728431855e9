/* rnl-offline-expression-reader.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-offline-expression-reader.h"

#include "rnl-offline-lexer.h"

#define MAX_NESTING 100

/**
 * Reader:
 *
 * Recursive descent over the tokens from @at up to @end. A power binds tighter than a minus before
 * it and groups to the right; two operands side by side ("2 (3 + 4)") are multiplied.
 */
typedef struct
{
  GArray *tokens;
  guint at;
  guint end;
  guint nesting;
} Reader;

static RnlOfflineExpression *read_sum (Reader *reader);
static RnlOfflineExpression *read_signed (Reader *reader);

static RnlOfflineToken *
peek (Reader *reader)
{
  return reader->at < reader->end ? &g_array_index (reader->tokens, RnlOfflineToken, reader->at)
                                  : NULL;
}

static gboolean
peek_type (Reader *reader, RnlOfflineTokenType type)
{
  RnlOfflineToken *token = peek (reader);

  return token != NULL && token->type == type;
}

static char
peek_operator (Reader *reader)
{
  return peek_type (reader, RNL_OFFLINE_TOKEN_OPERATOR) ? peek (reader)->op : 0;
}

static RnlOfflineExpression *
combine (char op, RnlOfflineExpression *left, RnlOfflineExpression *right)
{
  if (right == NULL)
    {
      rnl_offline_expression_free (left);
      return NULL;
    }

  return rnl_offline_expression_new (op, left, right);
}

static RnlOfflineExpression *
read_brackets (Reader *reader)
{
  g_autoptr (RnlOfflineExpression) inner = NULL;

  if (++reader->nesting > MAX_NESTING)
    return NULL;
  reader->at++;
  inner = read_sum (reader);
  reader->nesting--;
  if (inner == NULL || !peek_type (reader, RNL_OFFLINE_TOKEN_CLOSE))
    return NULL;
  reader->at++;

  return g_steal_pointer (&inner);
}

/* A percentage is a number of its own: 20% is 0.2. */
static RnlOfflineExpression *
read_number (Reader *reader)
{
  RnlOfflineToken *token = peek (reader);
  g_autofree char *number = g_strdup (token->text);

  reader->at++;
  if (peek_type (reader, RNL_OFFLINE_TOKEN_PERCENT))
    {
      double value = g_ascii_strtod (number, NULL) / 100;

      reader->at++;
      g_free (number);
      number = rnl_offline_number_to_text (value);
    }

  return rnl_offline_expression_new_number (number);
}

static RnlOfflineExpression *
read_operand (Reader *reader)
{
  if (peek_type (reader, RNL_OFFLINE_TOKEN_NUMBER))
    return read_number (reader);
  if (peek_type (reader, RNL_OFFLINE_TOKEN_OPEN))
    return read_brackets (reader);
  if (peek_type (reader, RNL_OFFLINE_TOKEN_ROOT) && ++reader->nesting <= MAX_NESTING)
    {
      RnlOfflineExpression *operand;

      reader->at++;
      operand = read_operand (reader);
      reader->nesting--;
      if (operand == NULL)
        return NULL;
      return rnl_offline_expression_new ('^', operand, rnl_offline_expression_new_number ("0.5"));
    }

  return NULL;
}

static RnlOfflineExpression *
read_power (Reader *reader)
{
  RnlOfflineExpression *base = read_operand (reader);

  if (base == NULL || peek_operator (reader) != '^')
    return base;
  reader->at++;

  return combine ('^', base, read_signed (reader));
}

static RnlOfflineExpression *
negate (RnlOfflineExpression *operand)
{
  if (operand == NULL)
    return NULL;
  if (operand->op == 0 && *operand->number != '-')
    {
      g_autofree char *negative = g_strconcat ("-", operand->number, NULL);

      rnl_offline_expression_free (operand);
      return rnl_offline_expression_new_number (g_str_equal (negative, "-0") ? "0" : negative);
    }

  return rnl_offline_expression_new ('-', rnl_offline_expression_new_number ("0"), operand);
}

static RnlOfflineExpression *
read_signed (Reader *reader)
{
  char sign = peek_operator (reader);
  RnlOfflineExpression *operand;

  if (sign != '-' && sign != '+')
    return read_power (reader);

  if (++reader->nesting > MAX_NESTING)
    return NULL;
  reader->at++;
  operand = read_signed (reader);
  reader->nesting--;

  return sign == '-' ? negate (operand) : operand;
}

static RnlOfflineExpression *
read_product (Reader *reader)
{
  RnlOfflineExpression *product = read_signed (reader);

  while (product != NULL)
    {
      char op = peek_operator (reader);

      if (op == '*' || op == '/')
        reader->at++;
      else if (peek_type (reader, RNL_OFFLINE_TOKEN_OPEN))
        op = '*';
      else
        break;
      product = combine (op, product, read_signed (reader));
    }

  return product;
}

static RnlOfflineExpression *
read_sum (Reader *reader)
{
  RnlOfflineExpression *sum = read_product (reader);
  char op;

  while (sum != NULL && ((op = peek_operator (reader)) == '+' || op == '-'))
    {
      reader->at++;
      sum = combine (op, sum, read_product (reader));
    }

  return sum;
}

static gboolean
is_arithmetic (GArray *tokens, guint index)
{
  RnlOfflineTokenType type = g_array_index (tokens, RnlOfflineToken, index).type;

  return type != RNL_OFFLINE_TOKEN_WORD && type != RNL_OFFLINE_TOKEN_OTHER;
}

/* The longest run of arithmetic that reads as an expression with an operation in it. */
static RnlOfflineExpression *
read_longest (GArray *tokens, guint *from, guint *to)
{
  RnlOfflineExpression *best = NULL;

  *from = *to = 0;
  for (guint start = 0, stop; start < tokens->len; start = stop + 1)
    {
      g_autoptr (RnlOfflineExpression) found = NULL;
      Reader reader = { tokens, start, 0, 0 };

      for (stop = start; stop < tokens->len && is_arithmetic (tokens, stop); stop++)
        ;
      if (stop - start <= *to - *from)
        continue;
      reader.end = stop;
      found = read_sum (&reader);
      if (found == NULL || reader.at != stop || found->op == 0)
        continue;

      rnl_offline_expression_free (best);
      best = g_steal_pointer (&found);
      *from = start;
      *to = stop;
    }

  return best;
}

static gboolean
is_filler (const char *word)
{
  static const char *const fillers[]
    = { "a",      "an",    "and",     "answer",    "be",     "calculate", "can",     "compute",
        "could",  "do",    "does",    "equal",     "equals", "evaluate",  "exactly", "find",
        "for",    "give",  "hello",   "help",      "hey",    "hi",        "how",     "i",
        "ist",    "is",    "it",      "know",      "make",   "makes",     "me",      "much",
        "many",   "my",    "now",     "of",        "ok",     "out",       "please",  "quick",
        "result", "show",  "so",      "solve",     "sum",    "tell",      "thanks",  "that",
        "the",    "then",  "think",   "this",      "to",     "value",     "was",     "wie",
        "viel",   "we",    "what",    "what's",    "whats",  "when",      "work",    "would",
        "you",    "about", "product", "carefully", "step",   "by",        "rechne",  "bitte",
        NULL };

  return g_strv_contains (fillers, word);
}

static gboolean
is_date_like (const char *sentence)
{
  return g_regex_match_simple ("\\b\\d{4}-\\d{2}-\\d{2}\\b", sentence, 0, 0);
}

/* "sum of 3 and 4", "multiply 6 by 7", "subtract 2 from 9". */
static void
fold_verbs (GArray *tokens)
{
  static const struct
  {
    const char *verb;
    const char *between;
    char op;
    gboolean swap;
  } verbs[] = {
    { "sum", "and", '+', FALSE },       { "add", "and", '+', FALSE },
    { "add", "to", '+', FALSE },        { "product", "and", '*', FALSE },
    { "multiply", "by", '*', FALSE },   { "multiply", "and", '*', FALSE },
    { "multiply", "with", '*', FALSE }, { "divide", "by", '/', FALSE },
    { "subtract", "from", '-', TRUE },  { "difference", "and", '-', FALSE },
  };
  gint verb = -1;

  for (guint i = 0; i + 1 < tokens->len; i++)
    {
      RnlOfflineToken *token = &g_array_index (tokens, RnlOfflineToken, i);

      if (token->type != RNL_OFFLINE_TOKEN_WORD)
        continue;
      for (gsize j = 0; verb >= 0 && j < G_N_ELEMENTS (verbs); j++)
        {
          const char *said = g_array_index (tokens, RnlOfflineToken, verb).text;

          if (i == 0 || !g_str_equal (said, verbs[j].verb)
              || !g_str_equal (token->text, verbs[j].between)
              || token[-1].type != RNL_OFFLINE_TOKEN_NUMBER
              || token[1].type != RNL_OFFLINE_TOKEN_NUMBER)
            continue;
          if (verbs[j].swap)
            {
              char *first = token[-1].text;

              token[-1].text = token[1].text;
              token[1].text = first;
            }
          g_clear_pointer (&token->text, g_free);
          token->type = RNL_OFFLINE_TOKEN_OPERATOR;
          token->op = verbs[j].op;
          g_array_remove_index (tokens, (guint) verb);
          return;
        }
      for (gsize j = 0; verb < 0 && token->text != NULL && j < G_N_ELEMENTS (verbs); j++)
        if (g_str_equal (token->text, verbs[j].verb))
          verb = (gint) i;
    }
}

/**
 * rnl_offline_expression_find:
 * @sentence: valid UTF-8
 * @alone: (out): whether what stands around the expression is only the asking ("what is ...?")
 *
 * Looks for arithmetic in a sentence, in signs or in words.
 *
 * Returns: (transfer full) (nullable): the expression, at least one operation; `NULL` when there is
 *   none, or when it does not read as one
 */
RnlOfflineExpression *
rnl_offline_expression_find (const char *sentence, gboolean *alone)
{
  g_autoptr (GArray) tokens = NULL;
  RnlOfflineExpression *expression;
  guint from, to;

  *alone = FALSE;
  if (is_date_like (sentence))
    return NULL;

  tokens = rnl_offline_lex (sentence);
  fold_verbs (tokens);
  expression = read_longest (tokens, &from, &to);
  if (expression == NULL)
    return NULL;

  *alone = TRUE;
  for (guint i = 0; i < tokens->len && *alone; i++)
    {
      RnlOfflineToken *token = &g_array_index (tokens, RnlOfflineToken, i);

      if (i >= from && i < to)
        continue;
      if (token->type == RNL_OFFLINE_TOKEN_WORD)
        *alone = is_filler (token->text);
      else if (token->type == RNL_OFFLINE_TOKEN_NUMBER)
        *alone = FALSE;
    }

  return expression;
}

/* rnl-offline-lexer.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-offline-lexer.h"

#include <math.h>
#include <string.h>

#include "rnl-offline-expression.h"

#define MAX_TOKENS 600

typedef struct
{
  const char *words;
  RnlOfflineTokenType type;
  char op;
  const char *number;
} Phrase;

/* Longer phrases before their beginnings. */
static const Phrase phrases[] = {
  { "raised to the power of", RNL_OFFLINE_TOKEN_OPERATOR, '^', NULL },
  { "to the power of", RNL_OFFLINE_TOKEN_OPERATOR, '^', NULL },
  { "raised to", RNL_OFFLINE_TOKEN_OPERATOR, '^', NULL },
  { "hoch", RNL_OFFLINE_TOKEN_OPERATOR, '^', NULL },
  { "multiplied by", RNL_OFFLINE_TOKEN_OPERATOR, '*', NULL },
  { "divided by", RNL_OFFLINE_TOKEN_OPERATOR, '/', NULL },
  { "geteilt durch", RNL_OFFLINE_TOKEN_OPERATOR, '/', NULL },
  { "the square root of", RNL_OFFLINE_TOKEN_ROOT, 0, NULL },
  { "square root of", RNL_OFFLINE_TOKEN_ROOT, 0, NULL },
  { "sqrt", RNL_OFFLINE_TOKEN_ROOT, 0, NULL },
  { "percent", RNL_OFFLINE_TOKEN_PERCENT, 0, NULL },
  { "plus", RNL_OFFLINE_TOKEN_OPERATOR, '+', NULL },
  { "minus", RNL_OFFLINE_TOKEN_OPERATOR, '-', NULL },
  { "times", RNL_OFFLINE_TOKEN_OPERATOR, '*', NULL },
  { "mal", RNL_OFFLINE_TOKEN_OPERATOR, '*', NULL },
  { "x", RNL_OFFLINE_TOKEN_OPERATOR, '*', NULL },
  { "over", RNL_OFFLINE_TOKEN_OPERATOR, '/', NULL },
  { "zero", RNL_OFFLINE_TOKEN_NUMBER, 0, "0" },
  { "one", RNL_OFFLINE_TOKEN_NUMBER, 0, "1" },
  { "two", RNL_OFFLINE_TOKEN_NUMBER, 0, "2" },
  { "three", RNL_OFFLINE_TOKEN_NUMBER, 0, "3" },
  { "four", RNL_OFFLINE_TOKEN_NUMBER, 0, "4" },
  { "five", RNL_OFFLINE_TOKEN_NUMBER, 0, "5" },
  { "six", RNL_OFFLINE_TOKEN_NUMBER, 0, "6" },
  { "seven", RNL_OFFLINE_TOKEN_NUMBER, 0, "7" },
  { "eight", RNL_OFFLINE_TOKEN_NUMBER, 0, "8" },
  { "nine", RNL_OFFLINE_TOKEN_NUMBER, 0, "9" },
  { "ten", RNL_OFFLINE_TOKEN_NUMBER, 0, "10" },
  { "eleven", RNL_OFFLINE_TOKEN_NUMBER, 0, "11" },
  { "twelve", RNL_OFFLINE_TOKEN_NUMBER, 0, "12" },
  { "twenty", RNL_OFFLINE_TOKEN_NUMBER, 0, "20" },
  { "hundred", RNL_OFFLINE_TOKEN_NUMBER, 0, "100" },
};

static const struct
{
  const char *sign;
  RnlOfflineTokenType type;
  char op;
} signs[] = {
  { "**", RNL_OFFLINE_TOKEN_OPERATOR, '^' }, { "*", RNL_OFFLINE_TOKEN_OPERATOR, '*' },
  { "×", RNL_OFFLINE_TOKEN_OPERATOR, '*' },  { "·", RNL_OFFLINE_TOKEN_OPERATOR, '*' },
  { "⋅", RNL_OFFLINE_TOKEN_OPERATOR, '*' },  { "/", RNL_OFFLINE_TOKEN_OPERATOR, '/' },
  { "÷", RNL_OFFLINE_TOKEN_OPERATOR, '/' },  { "+", RNL_OFFLINE_TOKEN_OPERATOR, '+' },
  { "-", RNL_OFFLINE_TOKEN_OPERATOR, '-' },  { "−", RNL_OFFLINE_TOKEN_OPERATOR, '-' },
  { "–", RNL_OFFLINE_TOKEN_OPERATOR, '-' },  { "^", RNL_OFFLINE_TOKEN_OPERATOR, '^' },
  { "(", RNL_OFFLINE_TOKEN_OPEN, 0 },        { ")", RNL_OFFLINE_TOKEN_CLOSE, 0 },
  { "%", RNL_OFFLINE_TOKEN_PERCENT, 0 },     { "√", RNL_OFFLINE_TOKEN_ROOT, 0 },
};

static void
clear_token (gpointer data)
{
  g_free (((RnlOfflineToken *) data)->text);
}

static void
add_token (GArray *tokens, RnlOfflineTokenType type, char op, const char *text)
{
  RnlOfflineToken token = { type, op, g_strdup (text) };

  g_array_append_val (tokens, token);
}

static gboolean
is_grouped (const char *text)
{
  return *text == ',' && g_ascii_isdigit (text[1]) && g_ascii_isdigit (text[2])
         && g_ascii_isdigit (text[3]) && !g_ascii_isdigit (text[4]);
}

static const char *
take_digits (const char *text, GString *digits)
{
  while (g_ascii_isdigit (*text))
    g_string_append_c (digits, *text++);

  return text;
}

/* 1,234,567 and 0.5 and 1.5e-3; a comma before anything but three digits is a decimal comma. */
static const char *
scan_number (const char *text, GString *digits)
{
  text = take_digits (text, digits);
  while (is_grouped (text))
    text = take_digits (text + 1, digits);
  if ((*text == '.' || *text == ',') && g_ascii_isdigit (text[1]))
    {
      g_string_append_c (digits, '.');
      text = take_digits (text + 1, digits);
    }
  if (g_ascii_tolower (*text) == 'e')
    {
      gsize sign = text[1] == '-' || text[1] == '+' ? 1 : 0;

      if (g_ascii_isdigit (text[1 + sign]))
        {
          g_string_append_len (digits, text, (gssize) (1 + sign));
          text = take_digits (text + 1 + sign, digits);
        }
    }

  return text;
}

static const char *
lex_number (const char *text, GArray *tokens)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  g_autofree char *number = NULL;
  double value;

  text = scan_number (text, digits);
  value = g_ascii_strtod (digits->str, NULL);
  if (!isfinite (value))
    add_token (tokens, RNL_OFFLINE_TOKEN_OTHER, 0, NULL);
  else if (digits->len <= 18 && strpbrk (digits->str, ".eE") == NULL)
    number = g_strdup_printf ("%" G_GUINT64_FORMAT, g_ascii_strtoull (digits->str, NULL, 10));
  else
    number = rnl_offline_number_to_text (value);
  if (number != NULL)
    add_token (tokens, RNL_OFFLINE_TOKEN_NUMBER, 0, number);

  return text;
}

static gboolean
is_word_char (const char *text)
{
  gunichar c = g_utf8_get_char (text);

  return g_unichar_isalnum (c) || c == '\'' || c == '_' || c == 0x2019;
}

static const char *
lex_word (const char *text, GArray *tokens)
{
  const char *start = text;
  g_autofree char *word = NULL;

  /* "3x4" and "3 x(4)": a times sign, not the beginning of a word. */
  if (tokens->len > 0 && g_ascii_tolower (*text) == 'x'
      && (g_ascii_isdigit (text[1]) || text[1] == '('))
    {
      add_token (tokens, RNL_OFFLINE_TOKEN_WORD, 0, "x");
      return text + 1;
    }

  while (*text != '\0'
         && (is_word_char (text) || (*text == '-' && text[1] != '\0' && is_word_char (text + 1))))
    text = g_utf8_next_char (text);
  word = g_utf8_strdown (start, text - start);
  add_token (tokens, RNL_OFFLINE_TOKEN_WORD, 0, word);

  return text;
}

static const char *
lex_sign (const char *text, GArray *tokens)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (text, signs[i].sign))
      {
        add_token (tokens, signs[i].type, signs[i].op, NULL);
        return text + strlen (signs[i].sign);
      }

  if (!g_unichar_isspace (g_utf8_get_char (text)))
    add_token (tokens, RNL_OFFLINE_TOKEN_OTHER, 0, NULL);

  return g_utf8_next_char (text);
}

/* How many tokens from @index on spell @words. */
static guint
match_words (GArray *tokens, guint index, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  guint n = g_strv_length (parts);

  for (guint i = 0; i < n; i++)
    {
      RnlOfflineToken *token;

      if (index + i >= tokens->len)
        return 0;
      token = &g_array_index (tokens, RnlOfflineToken, index + i);
      if (token->type != RNL_OFFLINE_TOKEN_WORD || !g_str_equal (token->text, parts[i]))
        return 0;
    }

  return n;
}

static void
fold_phrases (GArray *tokens)
{
  for (guint i = 0; i < tokens->len; i++)
    {
      if (g_array_index (tokens, RnlOfflineToken, i).type != RNL_OFFLINE_TOKEN_WORD)
        continue;
      for (gsize j = 0; j < G_N_ELEMENTS (phrases); j++)
        {
          guint n = match_words (tokens, i, phrases[j].words);
          RnlOfflineToken token = { phrases[j].type, phrases[j].op, NULL };

          if (n == 0)
            continue;
          token.text = g_strdup (phrases[j].number);
          g_array_remove_range (tokens, i, n);
          g_array_insert_val (tokens, i, token);
          break;
        }
    }
}

/* "12 squared" and "20% of 50". */
static void
fold_postfixes (GArray *tokens)
{
  for (guint i = 1; i < tokens->len; i++)
    {
      RnlOfflineToken *token = &g_array_index (tokens, RnlOfflineToken, i);
      RnlOfflineToken *before = &g_array_index (tokens, RnlOfflineToken, i - 1);
      const char *exponent;

      if (token->type != RNL_OFFLINE_TOKEN_WORD)
        continue;
      if (before->type == RNL_OFFLINE_TOKEN_PERCENT && g_str_equal (token->text, "of"))
        {
          g_clear_pointer (&token->text, g_free);
          token->type = RNL_OFFLINE_TOKEN_OPERATOR;
          token->op = '*';
          continue;
        }
      exponent = g_str_equal (token->text, "squared") ? "2"
                 : g_str_equal (token->text, "cubed") ? "3"
                                                      : NULL;
      if (exponent != NULL)
        {
          RnlOfflineToken power = { RNL_OFFLINE_TOKEN_OPERATOR, '^', NULL };

          g_free (token->text);
          token->text = g_strdup (exponent);
          token->type = RNL_OFFLINE_TOKEN_NUMBER;
          g_array_insert_val (tokens, i, power);
          i++;
        }
    }
}

/**
 * rnl_offline_lex:
 * @sentence: valid UTF-8
 *
 * Cuts a sentence into numbers, operators (as signs or in words) and other words. What comes after
 * the first 600 tokens is left out.
 *
 * Returns: (transfer full) (element-type RnlOfflineToken): the tokens
 */
GArray *
rnl_offline_lex (const char *sentence)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (RnlOfflineToken));

  g_array_set_clear_func (tokens, clear_token);
  while (*sentence != '\0' && tokens->len < MAX_TOKENS)
    {
      if (g_ascii_isdigit (*sentence) || (*sentence == '.' && g_ascii_isdigit (sentence[1])))
        sentence = lex_number (sentence, tokens);
      else if (is_word_char (sentence))
        sentence = lex_word (sentence, tokens);
      else
        sentence = lex_sign (sentence, tokens);
    }
  fold_phrases (tokens);
  fold_postfixes (tokens);

  return tokens;
}

/* test-offline-helper.c: prompts, the calls they lead to, and what is said
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "offline-harness.h"
#include "rnl-offline-expression-reader.h"
#include "rnl-offline-helper.h"
#include "rnl-offline-tokens.h"
#include "rnl-test.h"

/**
 * Prompt:
 * @calls: the whole sequence; a "*" at its end stands for anything
 * @text: what the answer contains
 */
typedef struct
{
  const char *prompt;
  const char *calls;
  const char *text;
} Prompt;

static const Prompt arithmetic[] = {
  { "What is (10 + 10) * 3?", "add(10, 10) multiply(20, 3)", "(10 + 10) * 3 = 60" },
  { "What is 10 + 10", "add(10, 10)", "10 + 10 = 20" },
  { "2+3*4", "multiply(3, 4) add(2, 12)", "2 + 3 * 4 = 14" },
  { "(1 + 2) * (3 + 4)", "add(1, 2)|add(3, 4) multiply(3, 7)", "= 21" },
  { "0.1 + 0.2", "add(0.1, 0.2)", "= 0.3" },
  { "what is 7 times 6?", "multiply(7, 6)", "7 * 6 = 42" },
  { "What's 3 x 4?", "multiply(3, 4)", "= 12" },
  { "3x4", "multiply(3, 4)", "= 12" },
  { "10 ÷ 4 × 2", "divide(10, 4) multiply(2.5, 2)", "= 5" },
  { "2 to the power of 10", "power(2, 10)", "= 1024" },
  { "2 ^ 3 ^ 2", "power(3, 2) power(2, 9)", "= 512" },
  { "-2 ^ 2", "power(2, 2) subtract(0, 4)", "-2 ^ 2 = -4" },
  { "(-2) ^ 2", "power(-2, 2)", "(-2) ^ 2 = 4" },
  { "5 - -3", "subtract(5, -3)", "5 - (-3) = 8" },
  { "10 - 4 - 3", "subtract(10, 4) subtract(6, 3)", "10 - 4 - 3 = 3" },
  { "10 - (4 - 3)", "subtract(4, 3) subtract(10, 1)", "10 - (4 - 3) = 9" },
  { "1,000,000 / 8", "divide(1000000, 8)", "= 125000" },
  { "calculate 12 squared plus five", "power(12, 2) add(144, 5)", "= 149" },
  { "what is the square root of 16", "power(16, 0.5)", "= 4" },
  { "What is 20% of 50?", "multiply(0.2, 50)", "= 10" },
  { "2 (3 + 4)", "add(3, 4) multiply(2, 7)", "= 14" },
  { "What is the sum of 3 and 4?", "add(3, 4)", "= 7" },
  { "subtract 2 from 9", "subtract(9, 2)", "= 7" },
  { "Was ist 6 mal 7?", "multiply(6, 7)", "= 42" },
  { "1 / 0", "divide(1, 0)", "divide 1 by zero" },
  { "(4 - 4) * 2 + 1 / (3 - 3)", "subtract(4, 4)|subtract(3, 3) multiply(0, 2)|divide(1, 0)",
    "by zero" },
  { "9007199254740993 + 2", "add(9007199254740993, 2)", "= 9007199254740995" },
  { "2 ^ 200", "power(2, 200)", "= 1.60693804425899e+60" },
};

static RnlChatModel *
new_helper (void)
{
  RnlChatModel *model = rnl_offline_helper_new ();

  rnl_offline_helper_set_pace (RNL_OFFLINE_HELPER (model), 0);

  return model;
}

static void
check_prompt (RnlChatModel *model, RnlToolRegistry *tools, const Prompt *prompt)
{
  g_autoptr (OfflineTurn) turn = offline_turn_run (model, tools, prompt->prompt);
  gsize length = strlen (prompt->calls);

  if (length > 0 && prompt->calls[length - 1] == '*')
    g_assert_true (strncmp (turn->calls->str, prompt->calls, length - 1) == 0);
  else
    g_assert_cmpstr (turn->calls->str, ==, prompt->calls);
  if (strstr (turn->text, prompt->text) == NULL)
    g_assert_cmpstr (turn->text, ==, prompt->text);
}

static void
check_prompts (RnlToolRegistry *tools, const Prompt *prompts, gsize n_prompts)
{
  g_autoptr (RnlChatModel) model = new_helper ();

  for (gsize i = 0; i < n_prompts; i++)
    check_prompt (model, tools, &prompts[i]);
}

static void
test_arithmetic (void)
{
  g_autoptr (RnlToolRegistry) tools = offline_tools_new ();

  check_prompts (tools, arithmetic, G_N_ELEMENTS (arithmetic));
}

static void
test_arithmetic_alone (void)
{
  static const Prompt prompts[] = {
    { "What is (10 + 10) * 3?", "", "(10 + 10) * 3 = 60" },
    { "1 / 0", "", "divides by zero" },
    { "1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1", "", "= 20" },
  };

  check_prompts (NULL, prompts, G_N_ELEMENTS (prompts));
}

static void
test_not_arithmetic (void)
{
  static const char *const sentences[] = { "",      "2026-11-20", "What happened on 2026-11-20?",
                                           "()",    "3 +",        "((((",
                                           "1 2 3", "COVID-19",   "+",
                                           "* * *", "mp3 x mp4",  "1e999 + 1e999",
                                           NULL };

  for (gsize i = 0; sentences[i] != NULL; i++)
    {
      gboolean alone;

      g_assert_null (rnl_offline_expression_find (sentences[i], &alone));
    }
}

static void
test_nesting_bounded (void)
{
  g_autofree char *deep = g_strnfill (100000, '(');
  g_autofree char *minus = g_strnfill (100000, '-');
  gboolean alone;

  g_assert_null (rnl_offline_expression_find (deep, &alone));
  g_assert_null (rnl_offline_expression_find (minus, &alone));
}

static char *
random_expression (GRand *rand, guint depth, double *value)
{
  static const char operators[] = { '+', '-', '*', '/' };
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;
  double x, y;
  char op;

  if (depth == 0 || g_rand_int_range (rand, 0, 4) == 0)
    {
      *value = g_rand_int_range (rand, 1, 100);
      return g_strdup_printf ("%.0f", *value);
    }

  left = random_expression (rand, depth - 1, &x);
  right = random_expression (rand, depth - 1, &y);
  op = operators[g_rand_int_range (rand, 0, y == 0 ? 3 : 4)];
  *value = op == '+' ? x + y : op == '-' ? x - y : op == '*' ? x * y : x / y;

  return g_strdup_printf ("(%s %c %s)", left, op, right);
}

/* Whatever the tree, the sequence of calls comes to the same number as computing it at once. */
static void
test_random_trees (void)
{
  g_autoptr (RnlChatModel) model = new_helper ();
  g_autoptr (RnlToolRegistry) tools = offline_tools_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 200; i++)
    {
      double expected, got;
      g_autofree char *expression = random_expression (rand, 4, &expected);
      g_autofree char *prompt = g_strdup_printf ("What is %s + 1?", expression);
      g_autoptr (OfflineTurn) turn = offline_turn_run (model, tools, prompt);
      const char *equals = strrchr (turn->text, '=');

      g_assert_nonnull (equals);
      got = g_ascii_strtod (equals + 1, NULL);
      g_assert_cmpfloat (fabs (got - (expected + 1)), <=, 1e-9 * (1 + fabs (expected)));
    }
}

static void
test_tokens (void)
{
  const char *text
    = "Why don't scientists trust parrots? 67.06 million\n\n- Ünïcödé **wörter** 👩‍🚀!";
  const char *end = text + strlen (text);
  guint count = 0;

  for (const char *at = text; at < end; count++)
    {
      gsize length = rnl_offline_token_length (at, (gsize) (end - at));

      g_assert_cmpuint (length, >, 0);
      g_assert_true (g_utf8_validate_len (at, length, NULL));
      at += length;
      g_assert_true (at <= end);
    }
  g_assert_cmpuint (count, ==, rnl_offline_count_tokens (text));
  g_assert_cmpuint (count, >, 15);
}

static void
test_object (void)
{
  RnlChatModel *model = rnl_offline_helper_new ();

  g_assert_cmpstr (rnl_chat_model_get_id (model), ==, "offline/helper");
  g_assert_cmpstr (rnl_chat_model_get_title (model), ==, "Offline helper");
  g_assert_cmpstr (rnl_chat_model_get_note (model), ==, "rules, not AI");
  g_assert_cmpuint (g_strv_length ((char **) rnl_offline_helper_get_examples ()), ==, 4);
  g_assert_finalize_object (model);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/offline-helper/object", test_object);
  g_test_add_func ("/offline-helper/tokens", test_tokens);
  g_test_add_func ("/offline-helper/arithmetic/calls", test_arithmetic);
  g_test_add_func ("/offline-helper/arithmetic/alone", test_arithmetic_alone);
  g_test_add_func ("/offline-helper/arithmetic/not", test_not_arithmetic);
  g_test_add_func ("/offline-helper/arithmetic/nesting", test_nesting_bounded);
  g_test_add_func ("/offline-helper/arithmetic/random", test_random_trees);

  return g_test_run ();
}

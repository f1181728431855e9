/* rnl-offline-arithmetic.c: arithmetic by tools, one step after another
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "rnl-offline-expression-reader.h"
#include "rnl-offline-rules.h"

/* Steps that must follow one another; more than that would run into the agent's limit. */
#define MAX_DEPTH 13

static gboolean
offers_every_tool (RnlOfflineTurn *turn, RnlOfflineExpression *expression)
{
  if (expression->op == 0)
    return TRUE;

  return rnl_offline_turn_offers (turn, rnl_offline_expression_get_tool (expression))
         && offers_every_tool (turn, expression->left)
         && offers_every_tool (turn, expression->right);
}

/* Puts the results of one step into the tree. The calls of a step are its ready operations, in
 * order: that is how they were asked for. */
static gboolean
take_results (RnlOfflineTurn *turn, guint step, GPtrArray *ready, RnlOfflineAnswer *answer)
{
  for (guint i = 0; i < ready->len; i++)
    {
      RnlPart *call = rnl_offline_turn_get_call (turn, step, i);
      g_autofree char *failure = NULL;

      if (call != NULL && rnl_offline_call_is_done (call)
          && rnl_offline_expression_set_result (g_ptr_array_index (ready, i),
                                                rnl_part_get_result (call)))
        continue;

      failure = call != NULL ? rnl_offline_call_describe_failure (call)
                             : g_strdup ("A call of this turn was lost.");
      rnl_offline_answer_sayf (answer, "I could not finish this calculation. %s", failure);
      return FALSE;
    }

  return TRUE;
}

static void
call_tools (GPtrArray *ready, RnlOfflineAnswer *answer)
{
  for (guint i = 0; i < ready->len; i++)
    {
      RnlOfflineExpression *operation = g_ptr_array_index (ready, i);
      g_autofree char *arguments = g_strdup_printf (
        "{\"x\": %s, \"y\": %s}", operation->left->number, operation->right->number);

      rnl_offline_answer_call (answer, rnl_offline_expression_get_tool (operation), arguments);
    }
}

static void
explain_plan (RnlOfflineExpression *expression, RnlOfflineAnswer *answer)
{
  g_autofree char *text = rnl_offline_expression_to_text (expression);
  g_autofree char *plan = NULL;
  guint count = rnl_offline_expression_count (expression);

  if (count < 2)
    return;
  plan = g_strdup_printf ("%s takes %u operations; I do the innermost first.", text, count);
  rnl_offline_answer_reason (answer, plan);
}

static void
say_result (RnlOfflineExpression *expression, const char *asked, RnlOfflineAnswer *answer)
{
  rnl_offline_answer_sayf (answer, "%s = %s", asked,
                           expression->shown != NULL ? expression->shown : expression->number);
}

static void
compute_alone (RnlOfflineExpression *expression,
               const char *asked,
               const char *why,
               RnlOfflineAnswer *answer)
{
  if (!rnl_offline_expression_compute (expression))
    {
      rnl_offline_answer_sayf (answer,
                               "%s has no value: it divides by zero, or leaves the numbers "
                               "I can hold.",
                               asked);
      return;
    }

  say_result (expression, asked, answer);
  rnl_offline_answer_sayf (answer, "\n\n(%s, so I worked it out myself.)", why);
}

static void
work (RnlOfflineTurn *turn, RnlOfflineExpression *expression, RnlOfflineAnswer *answer)
{
  g_autofree char *asked = rnl_offline_expression_to_text (expression);

  if (!offers_every_tool (turn, expression))
    {
      compute_alone (expression, asked, "The calculator tools are off", answer);
      return;
    }
  if (expression->depth > MAX_DEPTH)
    {
      compute_alone (expression, asked, "That is more steps than one turn allows", answer);
      return;
    }

  for (guint step = 0;; step++)
    {
      g_autoptr (GPtrArray) ready = g_ptr_array_new ();

      rnl_offline_expression_collect_ready (expression, ready);
      if (ready->len == 0)
        {
          say_result (expression, asked, answer);
          return;
        }
      if (rnl_offline_turn_get_call (turn, step, 0) == NULL)
        {
          if (step == 0)
            explain_plan (expression, answer);
          call_tools (ready, answer);
          return;
        }
      if (!take_results (turn, step, ready, answer))
        return;
    }
}

static gboolean
is_asked_for (RnlOfflineTurn *turn)
{
  static const char *const verbs[]
    = { "calculate", "compute", "evaluate", "solve", "work out", "rechne", "berechne", NULL };

  return rnl_offline_turn_has_any (turn, verbs);
}

/**
 * rnl_offline_rule_arithmetic:
 *
 * A question that is arithmetic and nothing else, or that asks to calculate.
 */
gboolean
rnl_offline_rule_arithmetic (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  gboolean alone;
  g_autoptr (RnlOfflineExpression) expression
    = rnl_offline_expression_find (turn->question, &alone);

  if (expression == NULL || !(alone || is_asked_for (turn)))
    return FALSE;
  work (turn, expression, answer);

  return TRUE;
}

/**
 * rnl_offline_rule_arithmetic_inside:
 *
 * Arithmetic somewhere in a sentence that nothing else understood.
 */
gboolean
rnl_offline_rule_arithmetic_inside (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  gboolean alone;
  g_autoptr (RnlOfflineExpression) expression
    = rnl_offline_expression_find (turn->question, &alone);

  if (expression == NULL)
    return FALSE;
  work (turn, expression, answer);

  return TRUE;
}

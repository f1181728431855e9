/* rnl-offline-expression.h: arithmetic as a tree
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RnlOfflineExpression:
 * @op: `+ - * / ^`, or 0 for a number
 * @left: (nullable): the first operand
 * @right: (nullable): the second
 * @number: (nullable): the value as JSON text, once it is known
 * @shown: (nullable): the value as a tool wrote it, where that says more
 * @depth: how many operations must follow one another
 *
 * A minus before brackets is a subtraction from zero.
 */
typedef struct _RnlOfflineExpression RnlOfflineExpression;
struct _RnlOfflineExpression
{
  char op;
  RnlOfflineExpression *left;
  RnlOfflineExpression *right;
  char *number;
  char *shown;
  guint depth;
};

RnlOfflineExpression *rnl_offline_expression_new_number (const char *number);
RnlOfflineExpression *
rnl_offline_expression_new (char op, RnlOfflineExpression *left, RnlOfflineExpression *right);
void rnl_offline_expression_free (RnlOfflineExpression *self);

const char *rnl_offline_expression_get_tool (RnlOfflineExpression *self);
char *rnl_offline_expression_to_text (RnlOfflineExpression *self);
guint rnl_offline_expression_count (RnlOfflineExpression *self);
void rnl_offline_expression_collect_ready (RnlOfflineExpression *self, GPtrArray *ready);
gboolean rnl_offline_expression_set_result (RnlOfflineExpression *self, const char *result);
gboolean rnl_offline_expression_compute (RnlOfflineExpression *self);

char *rnl_offline_number_to_text (double value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlOfflineExpression, rnl_offline_expression_free)

G_END_DECLS

/* rnl-offline-expression-reader.h: the arithmetic in a sentence
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-offline-expression.h"

G_BEGIN_DECLS

RnlOfflineExpression *rnl_offline_expression_find (const char *sentence, gboolean *alone);

G_END_DECLS

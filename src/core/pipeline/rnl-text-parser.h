/* rnl-text-parser.h: the text of what a model says
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-runnable.h"

G_BEGIN_DECLS

#define RNL_TYPE_TEXT_PARSER (rnl_text_parser_get_type ())
G_DECLARE_FINAL_TYPE (RnlTextParser, rnl_text_parser, RNL, TEXT_PARSER, RnlRunnable)

RnlRunnable *rnl_text_parser_new (void);

G_END_DECLS

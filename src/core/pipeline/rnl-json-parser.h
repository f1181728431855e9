/* rnl-json-parser.h: the value of JSON that is being written
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-runnable.h"

G_BEGIN_DECLS

#define RNL_TYPE_JSON_PARSER (rnl_json_parser_get_type ())
G_DECLARE_FINAL_TYPE (RnlJsonParser, rnl_json_parser, RNL, JSON_PARSER, RnlRunnable)

RnlRunnable *rnl_json_parser_new (void);

G_END_DECLS

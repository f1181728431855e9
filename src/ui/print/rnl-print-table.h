/* rnl-print-table.h: a table as lines of text
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-block-writer.h"

G_BEGIN_DECLS

char *rnl_print_table (RnlBlock *table);

G_END_DECLS

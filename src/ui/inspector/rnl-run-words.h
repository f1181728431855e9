/* rnl-run-words.h: icons and words for runs and how they stand
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-inspected-run.h"

G_BEGIN_DECLS

GIcon *rnl_run_words_icon (const RnlInspectedFacts *facts);
const char *rnl_run_words_type (RnlRunType type);
const char *rnl_run_words_state (const RnlInspectedFacts *facts);
const char *rnl_run_words_state_icon (const RnlInspectedFacts *facts);
const char *rnl_run_words_state_class (const RnlInspectedFacts *facts);
char *rnl_run_words_count (gint64 count);
char *rnl_run_words_tokens (const RnlUsage *usage);

G_END_DECLS

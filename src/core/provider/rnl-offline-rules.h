/* rnl-offline-rules.h: what the helper understands
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-offline-answer.h"
#include "rnl-offline-turn.h"

G_BEGIN_DECLS

/**
 * RnlOfflineRule:
 * @turn: what was asked, and how far the turn has come
 * @answer: where the rule puts its answer
 *
 * Decides from the turn alone. A rule that calls tools is asked again with their results.
 *
 * Returns: whether the rule is the one; when not, @answer is untouched
 */
typedef gboolean (*RnlOfflineRule) (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);

gboolean rnl_offline_rule_arithmetic (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);
gboolean rnl_offline_rule_arithmetic_inside (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);
gboolean rnl_offline_rule_attached (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);
gboolean rnl_offline_rule_cat (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);
gboolean rnl_offline_rule_cat_prompts (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);
gboolean rnl_offline_rule_clock (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);
gboolean rnl_offline_rule_context (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);
gboolean rnl_offline_rule_countries (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);
gboolean rnl_offline_rule_fetch (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);
gboolean rnl_offline_rule_files (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);
gboolean rnl_offline_rule_help (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);
gboolean rnl_offline_rule_joke (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);
gboolean rnl_offline_rule_long_answer (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);
gboolean rnl_offline_rule_markdown (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);
gboolean rnl_offline_rule_search_chats (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);
gboolean rnl_offline_rule_small_talk (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);
gboolean rnl_offline_rule_units (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);

void rnl_offline_rules_apply (RnlOfflineTurn *turn, RnlOfflineAnswer *answer);

G_END_DECLS

/* rnl-offline-answer.h: an answer that is thought out and not yet said
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-offline-player.h"

G_BEGIN_DECLS

/* Built by the rules, then played: a reel of chunks in word-sized pieces. */
typedef struct _RnlOfflineAnswer RnlOfflineAnswer;

RnlOfflineAnswer *rnl_offline_answer_new (const char *id, const char *model);
void rnl_offline_answer_free (RnlOfflineAnswer *self);

void rnl_offline_answer_reason (RnlOfflineAnswer *self, const char *text);
void rnl_offline_answer_say (RnlOfflineAnswer *self, const char *text);
void rnl_offline_answer_sayf (RnlOfflineAnswer *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void rnl_offline_answer_call (RnlOfflineAnswer *self, const char *tool, const char *arguments);
void
rnl_offline_answer_call_with (RnlOfflineAnswer *self, const char *tool, ...) G_GNUC_NULL_TERMINATED;

void rnl_offline_answer_go_on (RnlOfflineAnswer *self, const char *said);
guint rnl_offline_answer_get_n_calls (RnlOfflineAnswer *self);
char *rnl_offline_answer_take_text (RnlOfflineAnswer *self);
RnlOfflineReel *rnl_offline_answer_end (RnlOfflineAnswer *self, guint input_tokens);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlOfflineAnswer, rnl_offline_answer_free)

G_END_DECLS

/* rnl-offline-turn.h: what was asked, and how far the turn has come
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat-request.h"

G_BEGIN_DECLS

/**
 * RnlOfflineTurn:
 * @request: (not nullable): where it was read from
 * @question: the person's last message, valid UTF-8
 * @folded: @question in lower case, letters and digits only, single blanks, one at either end
 * @steps: (element-type GPtrArray): for each model call of the turn that asked for tools the
 *   [class@Runnel.Part]s of its calls, in order
 *
 * The helper has no memory: all it knows of a turn is read from the request, each time again.
 */
typedef struct
{
  RnlChatRequest *request;
  char *question;
  char *folded;
  GPtrArray *steps;
} RnlOfflineTurn;

RnlOfflineTurn *rnl_offline_turn_new (RnlChatRequest *request);
void rnl_offline_turn_free (RnlOfflineTurn *self);
void rnl_offline_turn_set_question (RnlOfflineTurn *self, const char *question);

gboolean rnl_offline_turn_has (RnlOfflineTurn *self, const char *phrase);
gboolean rnl_offline_turn_has_any (RnlOfflineTurn *self, const char *const *phrases);
gboolean rnl_offline_turn_offers (RnlOfflineTurn *self, const char *tool);
guint rnl_offline_turn_count_input (RnlOfflineTurn *self);

RnlPart *rnl_offline_turn_get_call (RnlOfflineTurn *self, guint step, guint index);
RnlPart *rnl_offline_turn_find_call (RnlOfflineTurn *self, const char *tool);
gboolean rnl_offline_call_is_done (RnlPart *call);
char *rnl_offline_call_describe_failure (RnlPart *call);

char *rnl_offline_fold (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlOfflineTurn, rnl_offline_turn_free)

G_END_DECLS

/* rnl-journal.h: writes a growing message down as it grows
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-library.h"

G_BEGIN_DECLS

#define RNL_JOURNAL_INTERVAL_MS 200

#define RNL_TYPE_JOURNAL (rnl_journal_get_type ())
G_DECLARE_FINAL_TYPE (RnlJournal, rnl_journal, RNL, JOURNAL, GObject)

/* Watches MESSAGE (its parts, their deltas, outputs, states, children) from now until its state is
 * no longer STREAMING: batched, never later than RNL_JOURNAL_INTERVAL_MS; then folds it into a
 * whole message. Adds the message to the chat first. No timer runs while nothing arrives. */
RnlJournal *rnl_journal_new (RnlLibrary *library, const char *chat_id, RnlMessage *message);
RnlJournal *rnl_journal_new_version (RnlLibrary *library,
                                     const char *chat_id,
                                     const char *replaced_id,
                                     RnlMessage *message);
void rnl_journal_flush (RnlJournal *self);

G_END_DECLS

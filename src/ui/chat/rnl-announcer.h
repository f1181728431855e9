/* rnl-announcer.h: what a screen reader is told of a conversation
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Between two announcements, in milliseconds. */
#define RNL_ANNOUNCER_INTERVAL 1000

/* What is said at once, in bytes, and of how many tools. */
#define RNL_ANNOUNCER_MAX_BYTES 2000
#define RNL_ANNOUNCER_MAX_TOOLS 4

/**
 * RnlAnnounceWords:
 * @RNL_ANNOUNCE_SENTENCES: as they come, by whole sentences
 * @RNL_ANNOUNCE_END: when the answer is complete
 * @RNL_ANNOUNCE_NEVER: not
 *
 * When the words of an answer are said. Tools, and the end of the answer, are always said.
 */
typedef enum
{
  RNL_ANNOUNCE_SENTENCES,
  RNL_ANNOUNCE_END,
  RNL_ANNOUNCE_NEVER,
} RnlAnnounceWords;

#define RNL_TYPE_ANNOUNCER (rnl_announcer_get_type ())
G_DECLARE_FINAL_TYPE (RnlAnnouncer, rnl_announcer, RNL, ANNOUNCER, GObject)

RnlAnnouncer *rnl_announcer_new (GtkWidget *status);
void rnl_announcer_set_words (RnlAnnouncer *self, RnlAnnounceWords words);
void rnl_announcer_set_messages (RnlAnnouncer *self, GListModel *messages);
void rnl_announcer_say (RnlAnnouncer *self, const char *text);

const char *rnl_announcer_get_last (RnlAnnouncer *self);
guint rnl_announcer_get_count (RnlAnnouncer *self);

G_END_DECLS

/* rnl-message-list-private.h: what the files of the message list share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-message-list.h"

G_BEGIN_DECLS

/* In pixels. */
#define RNL_MESSAGE_LIST_MARGIN      18
#define RNL_MESSAGE_LIST_NARROW      12
#define RNL_MESSAGE_LIST_ROW_SPACING 6
/* Rows made at once, enough to fill most windows. */
#define RNL_MESSAGE_LIST_FIRST_ROWS 6

/**
 * RnlMessageEntry:
 * @message: what it shows
 * @row: (nullable): its widget, once it came near the viewport
 * @height: of the row, or an estimate
 * @y: of its top, from the top of everything
 */
typedef struct
{
  RnlMessage *message;
  GtkWidget *row;
  int height;
  int y;
} RnlMessageEntry;

struct _RnlMessageList
{
  GtkWidget parent_instance;

  /* owned */
  GListModel *model;
  GPtrArray *entries;
  GtkAdjustment *adjustments[2];
  RnlScrollFollower *follower;

  /* the anchor */
  RnlMessage *anchor; /* borrowed, always one of the entries' */
  GtkWidget *anchor_part;
  double anchor_offset;

  /* sources and handlers */
  gulong items_changed;
  guint make_rows;

  int column;
  int total;
  gboolean in_layout;
};

/* rnl-message-list-rows.c */
void rnl_message_list_entry_free (gpointer data);
RnlMessageEntry *rnl_message_list_entry_at (RnlMessageList *self, guint position);
RnlMessageEntry *rnl_message_list_find_entry (RnlMessageList *self, RnlMessage *message);
void rnl_message_list_set_anchor (RnlMessageList *self,
                                  RnlMessage *message,
                                  GtkWidget *part,
                                  double offset);
double rnl_message_list_part_y (RnlMessageEntry *entry, GtkWidget *part);
void rnl_message_list_take_anchor (RnlMessageList *self);
void rnl_message_list_make_row (RnlMessageList *self, guint position);
void rnl_message_list_make_last_rows (RnlMessageList *self, guint n);
gboolean rnl_message_list_make_missing_rows (RnlMessageList *self, guint limit);
void rnl_message_list_queue_missing_rows (RnlMessageList *self);

/* rnl-message-list-layout.c */
void rnl_message_list_size_allocate (GtkWidget *widget, int width, int height, int baseline);
void rnl_message_list_measure (GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline);
void rnl_message_list_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);
void rnl_message_list_reveal (RnlMessageList *self, GtkWidget *descendant);

G_END_DECLS

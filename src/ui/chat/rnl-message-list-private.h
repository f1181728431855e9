/* rnl-message-list-private.h: what the files of the message list share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-message-list.h"

G_BEGIN_DECLS

/* In pixels. */
#define RNL_MESSAGE_LIST_MARGIN      18
#define RNL_MESSAGE_LIST_NARROW      12
#define RNL_MESSAGE_LIST_ROW_SPACING 6

/* No message. */
#define RNL_MESSAGE_LIST_NOWHERE G_MAXUINT

/**
 * RnlMessageEntry:
 * @row: (nullable): its widget, while it is near the viewport
 * @height: of the row, when it was there last; an estimate before that
 * @y: of its top, from the top of everything
 *
 * A message of the model, at its position.
 */
typedef struct
{
  GtkWidget *row;
  int height;
  int y;
} RnlMessageEntry;

struct _RnlMessageList
{
  GtkWidget parent_instance;

  /* owned */
  GListModel *model;
  GArray *entries; /* of RnlMessageEntry */
  GArray *rows;    /* of guint: the positions that have a row, ascending */
  GtkAdjustment *adjustments[2];
  RnlScrollFollower *follower;

  /* the anchor */
  guint anchor;           /* a position */
  GtkWidget *anchor_part; /* weak */
  double anchor_offset;
  gboolean anchor_in_part;

  GtkWidget *revealed; /* weak: what had the keyboard focus last, and was brought into view */

  /* sources and handlers */
  gulong items_changed;
  guint make_rows;

  guint placed; /* so many entries have the right y */
  guint wanted; /* the position that gets the focus when it has a row */
  double value; /* of the vertical adjustment, as it was last seen */
  int width;
  int column;
  int total;
  gboolean filling; /* content was asked for and has not come */
  gboolean in_layout;
};

/* rnl-message-list.c */
void rnl_message_list_ask_for (RnlMessageList *self, GPtrArray *messages);
void rnl_message_list_tell_dropped (RnlMessageList *self, RnlMessage *message);

/* rnl-message-list-model.c */
void rnl_message_list_make_first_rows (RnlMessageList *self);
void rnl_message_list_drop_rows (RnlMessageList *self, guint position, guint removed);
void rnl_message_list_items_changed (
  GListModel *model, guint position, guint removed, guint added, RnlMessageList *self);

/* rnl-message-list-rows.c */
RnlMessageEntry *rnl_message_list_entry_at (RnlMessageList *self, guint position);
guint rnl_message_list_row_at (RnlMessageList *self, guint i);
guint rnl_message_list_find (RnlMessageList *self, double y);
void
rnl_message_list_set_anchor (RnlMessageList *self, guint position, GtkWidget *part, double offset);
double rnl_message_list_part_y (RnlMessageEntry *entry, GtkWidget *part);
void rnl_message_list_take_anchor (RnlMessageList *self, double value);
void rnl_message_list_move_anchor (RnlMessageList *self, double value);
gboolean rnl_message_list_make_row (RnlMessageList *self, guint position);
void rnl_message_list_drop_row (RnlMessageList *self, guint i);
void rnl_message_list_make_rows (RnlMessageList *self);
void rnl_message_list_queue_rows (RnlMessageList *self);

/* rnl-message-list-layout.c */
int rnl_message_list_estimate_height (RnlMessage *message);
void rnl_message_list_place (RnlMessageList *self);
void rnl_message_list_settle_row (RnlMessageList *self, guint position);
double rnl_message_list_get_wanted_value (RnlMessageList *self);
double rnl_message_list_get_anchor_y (RnlMessageList *self);
double rnl_message_list_get_shift (RnlMessageList *self);
void rnl_message_list_size_allocate (GtkWidget *widget, int width, int height, int baseline);
void rnl_message_list_measure (GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline);
void rnl_message_list_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

/* rnl-message-list-focus.c */
void rnl_message_list_class_init_focus (GtkWidgetClass *widget_class);

G_END_DECLS

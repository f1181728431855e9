/* rnl-transcript-selection-private.h: shared by the files of the selection
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-transcript-selection.h"

G_BEGIN_DECLS

/* What a drag selects at least, by the number of presses that began it. */
typedef enum
{
  RNL_SELECTION_CHARACTERS,
  RNL_SELECTION_WORDS,
  RNL_SELECTION_PARAGRAPHS,
} RnlSelectionUnit;

/* What waits to be copied. */
typedef enum
{
  RNL_SELECTION_COPY_NOTHING,
  RNL_SELECTION_COPY_ALL_FORMS,
  RNL_SELECTION_COPY_PLAIN,
} RnlSelectionCopy;

struct _RnlTranscriptSelection
{
  GObject parent_instance;

  /* borrowed: who owns the list owns the selection */
  RnlMessageList *list;

  /* owned */
  GListModel *model;
  GHashTable *positions; /* of messages, `NULL` when they have to be counted again */
  GdkContentProvider *primary;
  GtkWidget *menu;
  char *menu_link;
  GtkWidget *menu_table; /* weak */

  /* what is selected; both are at the same place for nothing */
  RnlChatPoint anchor;
  RnlChatPoint focus;
  gboolean placed; /* there is such a place */

  RnlSelectionCopy copying; /* when the content has come */

  /* a drag */
  RnlChatRange origin; /* what the press selected */
  RnlSelectionUnit unit;
  double pointer_x;
  double pointer_y;
  gboolean dragging;
  gboolean may_activate; /* a click, so far */
  double wish_x;         /* where moving up and down goes on, negative for where the place is */

  /* sources and handlers */
  gulong items_changed;
  guint tick;
};

/* rnl-transcript-selection-text.c */
typedef gboolean (*RnlSelectionTextFunc) (RnlTranscriptSelection *self,
                                          RnlSelectable *text,
                                          gpointer data);
void
rnl_selection_each_text (RnlTranscriptSelection *self, RnlSelectionTextFunc func, gpointer data);
RnlSelectable *rnl_selection_pick (RnlTranscriptSelection *self, double x, double y);
gboolean rnl_selection_hit (
  RnlTranscriptSelection *self, RnlSelectable *text, double x, double y, RnlChatPoint *point);
gboolean
rnl_selection_hit_nearest (RnlTranscriptSelection *self, double x, double y, RnlChatPoint *point);
gboolean rnl_selection_locate (RnlTranscriptSelection *self,
                               const RnlChatPoint *point,
                               graphene_rect_t *area);
void rnl_selection_expand (RnlTranscriptSelection *self,
                           const RnlChatPoint *point,
                           RnlSelectionUnit unit,
                           RnlChatRange *range);

/* rnl-transcript-selection-move.c */
gboolean rnl_selection_move_key (RnlTranscriptSelection *self, guint key, GdkModifierType state);
void rnl_selection_reveal (RnlTranscriptSelection *self, const RnlChatPoint *point);

/* rnl-transcript-selection-input.c */
void rnl_selection_add_controllers (RnlTranscriptSelection *self);
void rnl_selection_stop_drag (RnlTranscriptSelection *self);

/* rnl-transcript-selection-menu.c */
void rnl_selection_pop_up (RnlTranscriptSelection *self, RnlSelectable *text, double x, double y);
void rnl_selection_drop_menu (RnlTranscriptSelection *self);

/* rnl-transcript-selection.c */
void rnl_selection_claim_primary (RnlTranscriptSelection *self);
gboolean
rnl_selection_get_message (RnlTranscriptSelection *self, GtkWidget *widget, guint *message);
GdkContentProvider *rnl_selection_dup_message (RnlTranscriptSelection *self, guint message);

G_END_DECLS

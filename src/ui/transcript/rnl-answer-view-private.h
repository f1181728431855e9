/* rnl-answer-view-private.h: shared by the parts of an answer view
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-answer-fold.h"
#include "rnl-answer-view.h"
#include "rnl-markdown-stream.h"
#include "rnl-selectable.h"
#include "rnl-text-marks.h"

G_BEGIN_DECLS

/* Where a block is shown. */
typedef struct
{
  GtkWidget *child; /* borrowed */
  guint index;      /* among the blocks of a text segment, or behind a fold */
  guint list;       /* the outermost list it stands in; 0 for none */
  guint n_items;    /* of that list, up to here */
  gsize n_before;   /* source of the same paragraph in the blocks before, in bytes */
  gboolean whole;   /* all of the list or paragraph is wanted */
} Place;

struct _RnlAnswerView
{
  RnlAnswerColumn parent_instance;

  /* owned */
  RnlMarkdownStream *stream;
  GString *source;        /* all of the text */
  GArray *places;         /* of Place, by block */
  GPtrArray *behind;      /* children that have more to show, borrowed */
  GtkWidget *middle;      /* borrowed; the column of what is shown last, `NULL`: there is none */
  GtkWidget *gap;         /* the same while it stands for blocks that are kept back, or `NULL` */
  gboolean gathering;     /* more blocks go there */
  gboolean roomy;         /* there is as much room as they may take */
  gsize tail;             /* how much is shown that stands behind it, in bytes */
  RnlImageSource *images; /* `NULL`: they are shown as text */

  /* sources and handlers */
  guint tick;
  guint turn;
  GdkFrameClock *clock; /* owned; while its frames are measured */

  gint64 frame_start;  /* CPU time of the thread when the last frame's work began; 0: not yet */
  gsize allowances[2]; /* how much is taken in for one frame that is seen, and that is not */
  gsize allowance;     /* for this one */
  gboolean unseen;     /* which it is */
  gsize taken;         /* how much of it already */
  gboolean full;       /* the frame that is painted has all that was allowed for it */
  gint64 veiled;       /* nothing is painted up to this time; 0: it is */
  gboolean revealed;   /* the next frame is the first that is */

  RnlTextMarks marks;

  gsize fed; /* bytes of the source that the stream has */
  gboolean complete;
  gboolean ended; /* the stream knows */
};

void rnl_answer_view_reset (RnlAnswerView *self);
void rnl_answer_view_reopen (RnlAnswerView *self);
gboolean rnl_answer_view_follow_note (RnlAnswerView *self, const char *address);
gboolean rnl_answer_view_is_bounded (RnlAnswerView *self);
gsize rnl_answer_view_get_open_length (RnlAnswerView *self);
void rnl_answer_view_show_block (
  RnlAnswerView *self, guint position, Place *place, GtkWidget *parent, GtkWidget *sibling);

/* rnl-answer-view-pace.c */
void rnl_answer_view_take_in (RnlAnswerView *self);
void rnl_answer_view_schedule (RnlAnswerView *self);
void rnl_answer_view_unschedule (RnlAnswerView *self);

/* rnl-answer-view-folds.c */
void rnl_answer_view_measure_run (RnlAnswerView *self, guint position, Place *place);
gboolean rnl_answer_view_is_hidden (const Place *place);
void rnl_answer_view_fold (
  RnlAnswerView *self, guint position, Place *place, GtkWidget *parent, GtkWidget *sibling);
void rnl_answer_view_label_fold (RnlAnswerView *self);
gboolean rnl_answer_view_unfold (RnlAnswerView *self, RnlAnswerFold *fold);

/* rnl-answer-view-gap.c */
void rnl_answer_view_begin_gap (RnlAnswerView *self);
void rnl_answer_view_gather (RnlAnswerView *self, Place *place);
void rnl_answer_view_fill_gap (RnlAnswerView *self);
gboolean rnl_answer_view_has_room (RnlAnswerView *self);
gboolean rnl_answer_view_fills_unseen (RnlAnswerView *self);
void rnl_answer_view_close_gap (RnlAnswerView *self);

/* rnl-answer-view-veil.c */
void rnl_answer_view_veil (RnlAnswerView *self);
gboolean rnl_answer_view_is_veiled (RnlAnswerView *self);
void rnl_answer_view_lift_veil (RnlAnswerView *self);
void rnl_answer_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

/* rnl-answer-view-select.c */
void rnl_answer_view_init_selectable (RnlSelectableInterface *iface);
void rnl_answer_view_show_marks (RnlAnswerView *self, guint first);
void rnl_answer_view_show_child_marks (RnlAnswerView *self, GtkWidget *child);

G_END_DECLS

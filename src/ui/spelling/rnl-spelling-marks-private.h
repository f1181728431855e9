/* rnl-spelling-marks-private.h: between the files of the marks
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-prose.h"
#include "rnl-spelling-marks.h"

G_BEGIN_DECLS

struct _RnlSpellingMarks
{
  GObject parent_instance;

  /* owned */
  RnlSpeller *speller;
  GtkTextBuffer *buffer;
  GCancellable *asking; /* while the speller is asked about what stands between ASKED_* */
  GArray *words;        /* RnlProseWord, of one line */

  /* weak */
  GtkTextView *view;

  /* of the buffer */
  GtkTextTag *wrong;
  GtkTextTag *code[2]; /* lines within fences, by RnlProseState - 1 */
  GtkTextMark *changed_start;
  GtkTextMark *changed_end;
  GtkTextMark *asked_start;
  GtkTextMark *asked_end;
  GtkTextMark *written; /* where the person wrote last */

  /* sources and handlers */
  guint turn;

  guint n_actions; /* of the person, begun and not ended */
  guint64 n_words;
  gboolean enabled;
  gboolean awake;   /* something was written */
  gboolean changed; /* between CHANGED_* there is something to look at */
  gboolean writing; /* the word at WRITTEN is not finished */
};

void rnl_spelling_marks_get_at (RnlSpellingMarks *self, GtkTextMark *mark, GtkTextIter *iter);

/* rnl-spelling-marks-lines.c */
gboolean rnl_spelling_marks_read_lines (RnlSpellingMarks *self,
                                        GtkTextIter *at,
                                        const GtkTextIter *end,
                                        GHashTable *unknown);

/* rnl-spelling-marks-turns.c */
void rnl_spelling_marks_watch (RnlSpellingMarks *self);
void rnl_spelling_marks_read_all (RnlSpellingMarks *self, guint ms);
void rnl_spelling_marks_stop (RnlSpellingMarks *self);

G_END_DECLS

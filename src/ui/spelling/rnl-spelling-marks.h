/* rnl-spelling-marks.h: a line under the words of a text view that no dictionary has
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-speller.h"

G_BEGIN_DECLS

#define RNL_TYPE_SPELLING_MARKS (rnl_spelling_marks_get_type ())
G_DECLARE_FINAL_TYPE (RnlSpellingMarks, rnl_spelling_marks, RNL, SPELLING_MARKS, GObject)

RnlSpellingMarks *rnl_spelling_marks_new (GtkTextView *view, RnlSpeller *speller);

GtkTextView *rnl_spelling_marks_get_view (RnlSpellingMarks *self);
RnlSpeller *rnl_spelling_marks_get_speller (RnlSpellingMarks *self);
void rnl_spelling_marks_set_enabled (RnlSpellingMarks *self, gboolean enabled);
gboolean rnl_spelling_marks_get_enabled (RnlSpellingMarks *self);

gboolean rnl_spelling_marks_get_pending (RnlSpellingMarks *self);
guint64 rnl_spelling_marks_get_n_words (RnlSpellingMarks *self);
gboolean rnl_spelling_marks_find (RnlSpellingMarks *self,
                                  const GtkTextIter *at,
                                  GtkTextIter *start,
                                  GtkTextIter *end);
void rnl_spelling_marks_replace (RnlSpellingMarks *self,
                                 const GtkTextIter *start,
                                 const GtkTextIter *end,
                                 const char *text);

G_END_DECLS

/* rnl-text-marks.h: the selection of a text view that is part of a larger one, and what was found
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-block-range.h"

G_BEGIN_DECLS

/**
 * RnlTextMarks:
 * @selected: what is selected, empty for nothing
 * @found: (element-type RnlBlockRange) (nullable): what was found
 * @current: which of @found stands out, or -1
 *
 * What a selectable remembers, so that it can be shown again when the text has changed.
 */
typedef struct
{
  RnlBlockRange selected;
  GArray *found;
  int current;
} RnlTextMarks;

gboolean rnl_text_marks_select (RnlTextMarks *self, const RnlBlockRange *range);
gboolean
rnl_text_marks_find (RnlTextMarks *self, const RnlBlockRange *ranges, guint n_ranges, int current);
gboolean rnl_text_marks_any (const RnlTextMarks *self);
void rnl_text_marks_clear (RnlTextMarks *self);
GArray *rnl_text_marks_clip (const RnlTextMarks *self, guint first, guint n_blocks, int *current);

void rnl_text_marks_own_selection (GtkTextView *view);
void rnl_text_marks_show_selection (GtkTextBuffer *buffer, int from, int to);
void rnl_text_marks_hide_found (GtkTextBuffer *buffer);
void rnl_text_marks_show_found (GtkTextBuffer *buffer, int from, int to, gboolean current);
const GdkRGBA *rnl_text_marks_get_colour (gboolean current);
int rnl_text_marks_offset_at (GtkTextView *view, double x, double y);

G_END_DECLS

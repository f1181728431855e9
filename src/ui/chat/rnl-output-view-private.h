/* rnl-output-view-private.h: shared by the parts of an output view
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-frame-task.h"
#include "rnl-output-excerpt.h"
#include "rnl-output-view.h"
#include "rnl-selectable.h"
#include "rnl-text-marks.h"
#include "rnl-text-viewer.h"

G_BEGIN_DECLS

struct _RnlOutputView
{
  GtkWidget parent_instance;

  /* owned */
  char *title;
  GString *text;

  /* children */
  GtkWidget *views[RNL_OUTPUT_N_PLACES]; /* but the first, made when there is something for it */
  GtkWidget *more;
  RnlTextViewer *viewer; /* borrowed, while the window of "Show all" is open */

  RnlFrameTask update;
  RnlLineIndex lines;
  RnlOutputExcerpt excerpt;
  RnlTextMarks marks;
  gboolean monospace;
  gboolean given; /* others select in it */
};

/* rnl-output-view-select.c */
void rnl_output_view_init_selectable (RnlSelectableInterface *iface);
const RnlBlockPoint *rnl_output_view_get_wanted (RnlOutputView *self);
void rnl_output_view_show_marks (RnlOutputView *self);

G_END_DECLS

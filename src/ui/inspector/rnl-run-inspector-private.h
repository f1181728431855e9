/* rnl-run-inspector-private.h: shared by the files of the inspector
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-frame-task.h"
#include "rnl-inspected-turn.h"
#include "rnl-run-details.h"
#include "rnl-run-inspector.h"
#include "rnl-run-tree.h"

G_BEGIN_DECLS

struct _RnlRunInspector
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *box;
  GtkDropDown *turns_button;
  GtkWidget *heading; /* in the place of a list of none */
  GtkMenuButton *menu_button;
  GtkWidget *close_button;
  GtkWidget *note;
  GtkLabel *note_label;
  GtkWidget *record_button;
  GtkStack *stack;
  AdwStatusPage *empty;
  GtkPaned *paned;
  RnlRunTree *tree;
  RnlRunDetails *details;

  /* owned */
  GSettings *settings;
  RnlConversation *conversation;
  RnlRunRecorder *recorder;
  GListStore *turns; /* of RnlInspectedTurn, the newest first */
  RnlInspectedTurn *shown;
  GCancellable *listing;
  GCancellable *loading;
  char *problem; /* why what is shown could not be read */

  /* sources and handlers */
  RnlFrameTask update;
  RnlFrameTask laid_out;
  guint clock_id;

  gint64 wanted;       /* when the answer was begun that is to be shown, or -1 */
  gboolean missing;    /* there is no trace of it */
  gboolean follow;     /* the newest is shown, whichever that is */
  gboolean focus_tree; /* as soon as there is a run in it */
  gboolean choosing;   /* the program chooses, not the person */
  guint n_updates;
};

void rnl_run_inspector_update_page (RnlRunInspector *self);

/* rnl-run-inspector-turns.c */
void rnl_run_inspector_watch (RnlRunInspector *self);
void rnl_run_inspector_unwatch (RnlRunInspector *self);
void rnl_run_inspector_choose (RnlRunInspector *self, RnlInspectedTurn *turn);
void rnl_run_inspector_choose_wanted (RnlRunInspector *self);
void rnl_run_inspector_take_position (RnlRunInspector *self, guint position);
void rnl_run_inspector_tell (RnlRunInspector *self);

G_END_DECLS

/* rnl-inspected-turn-private.h: between the files of a turn
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-inspected-turn.h"

G_BEGIN_DECLS

struct _RnlInspectedTurn
{
  GObject parent_instance;

  /* owned */
  char *id;
  char *title;
  char *path;        /* of its recording; NULL when there is none */
  GListStore *roots; /* nothing, or the root */
  GHashTable *runs;  /* id -> RnlInspectedRun */
  GPtrArray *dirty;  /* RnlInspectedRun: nobody was told of what is new about them */
  GQueue waiting;    /* of RnlEvent: what happened while the recording was read */

  GTask *loading; /* borrowed: the call that reads the recording; what happens has to wait */

  gint64 started;
  guint64 next_seq;
  gboolean internal;
  gboolean alive; /* its end was not seen, and somebody is there to tell of it */
  gboolean whole; /* everything until now is in the tree */
  gboolean late;  /* its beginning is nowhere */
};

void rnl_inspected_turn_apply (RnlInspectedTurn *self, const RnlEvent *event);

G_END_DECLS

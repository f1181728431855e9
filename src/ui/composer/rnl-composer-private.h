/* rnl-composer-private.h: between the files of the composer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-attachment-tray.h"
#include "rnl-composer.h"

G_BEGIN_DECLS

struct _RnlComposer
{
  GtkWidget parent_instance;

  /* owned */
  GListStore *files; /* RnlDraftFile */
  GCancellable *pasting;

  /* template children */
  GtkWidget *box;
  RnlAttachmentTray *tray;
  GtkWidget *placeholder;
  GtkScrolledWindow *scroller;
  GtkTextView *text_view;
  GtkTextBuffer *buffer;
  GtkStack *button_stack;
  GtkWidget *send_button;
  GtkWidget *stop_button;

  gboolean busy;
  gboolean refused;
  gboolean enter_sends;
  gboolean setting_text;
};

void rnl_composer_update_actions (RnlComposer *self);

/* What goes along: whether something does, whether all of it is there, and it, taken. */
gboolean rnl_composer_has_parts (RnlComposer *self);
gboolean rnl_composer_is_loading (RnlComposer *self);
void rnl_composer_move_parts (RnlComposer *self, RnlMessage *message);
void rnl_composer_choose_files (RnlComposer *self);
void rnl_composer_paste_cb (RnlComposer *self);

G_END_DECLS

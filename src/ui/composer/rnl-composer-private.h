/* rnl-composer-private.h: between the files of the composer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-attachment-tray.h"
#include "rnl-composer.h"
#include "rnl-draft-file.h"
#include "rnl-prompt-slots.h"
#include "rnl-spelling-check.h"
#include "rnl-suggestion-popover.h"

G_BEGIN_DECLS

struct _RnlComposer
{
  GtkWidget parent_instance;

  /* owned */
  GListStore *files; /* RnlDraftFile */
  GCancellable *pasting;
  RnlWorkspace *workspace;
  RnlPromptSlots *slots;
  GListStore *suggestions; /* RnlSuggestion, while some are wanted */
  GCancellable *suggesting_files;
  RnlSpellingCheck *spelling;

  /* children */
  RnlSuggestionPopover *popover;

  /* template children */
  GtkWidget *box;
  RnlAttachmentTray *tray;
  GtkWidget *placeholder;
  GtkScrolledWindow *scroller;
  GtkTextView *text_view;
  GtkTextBuffer *buffer;
  GtkWidget *attach_button;
  GtkMenuButton *attach_menu;
  GMenuModel *attach_model;
  GtkStack *button_stack;
  GtkWidget *send_button;
  GtkWidget *stop_button;

  gboolean busy;
  gboolean refused;
  gboolean enter_sends;
  gboolean setting_text;
  gboolean dismissed;  /* what is suggested was waved away */
  gunichar suggesting; /* what asked for it, 0: nothing */
};

void rnl_composer_update_actions (RnlComposer *self);

/* What goes along: whether something does, whether all of it is there, and it, taken. */
gboolean rnl_composer_has_parts (RnlComposer *self);
gboolean rnl_composer_is_loading (RnlComposer *self);
void rnl_composer_move_parts (RnlComposer *self, RnlMessage *message);
void rnl_composer_choose_files (RnlComposer *self);
void rnl_composer_paste_cb (RnlComposer *self);
gboolean rnl_composer_add_draft (RnlComposer *self, RnlDraftFile *draft);

/* rnl-composer-screenshot.c */
void rnl_composer_install_screenshots (GtkWidgetClass *widget_class);
void rnl_composer_init_screenshots (RnlComposer *self);

/* rnl-composer-suggest.c */
void rnl_composer_init_suggestions (RnlComposer *self);
void rnl_composer_clear_suggestions (RnlComposer *self);
void rnl_composer_update_suggestions (RnlComposer *self);
gboolean rnl_composer_suggestion_key (RnlComposer *self, guint keyval, GdkModifierType state);

/* rnl-composer-commands.c, rnl-composer-mentions.c */
void rnl_composer_add_commands (RnlComposer *self, GListStore *suggestions);
void rnl_composer_add_mentions (RnlComposer *self, GListStore *suggestions);
void rnl_composer_mention (RnlComposer *self, gpointer object);
gboolean rnl_composer_is_mention (const GtkTextIter *iter);
gboolean rnl_composer_remove_mention (RnlComposer *self);

G_END_DECLS

/* rnl-window-private.h: shared by the files of the window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-chat-page.h"
#include "rnl-local-servers.h"
#include "rnl-model-button.h"
#include "rnl-sidebar.h"
#include "rnl-side-pane.h"
#include "rnl-window.h"

G_BEGIN_DECLS

struct _RnlWindow
{
  AdwApplicationWindow parent_instance;

  /* template children */
  AdwFlap *flap;
  RnlSidebar *sidebar;
  GtkWidget *header;
  GtkWidget *sidebar_button;
  GtkWidget *new_button;
  GMenuModel *chat_menu;
  GtkMenuButton *chat_menu_button;
  GtkWidget *title_button;
  GtkLabel *title_label;
  RnlModelButton *model_button;
  GtkRevealer *strip;
  GtkLabel *strip_label;
  GtkButton *strip_button;
  GtkRevealer *temporary_strip;
  RnlSidePane *side;
  RnlChatPage *page;

  /* owned */
  RnlWorkspace *workspace;
  RnlConversation *conversation;

  gboolean strip_retries;
  gboolean may_forget; /* closing was agreed to */
  gboolean inspected;  /* the run inspector was open before */
};

void rnl_window_install_actions (GtkWidgetClass *widget_class);
void rnl_window_install_archive_actions (GtkWidgetClass *widget_class);
void rnl_window_set_conversation (RnlWindow *self, RnlConversation *conversation);
void rnl_window_install_delete_actions (GtkWidgetClass *widget_class);
void rnl_window_delete_chat (RnlWindow *self, RnlChat *chat);
void rnl_window_rename_chat (RnlWindow *self, RnlChat *chat);
void rnl_window_summarise (RnlWindow *self);

/* rnl-window-toasts.c */
void rnl_window_add_toast (RnlWindow *self, AdwToast *toast);

/* rnl-window-inspector.c */
void rnl_window_install_inspector_actions (GtkWidgetClass *widget_class);
void rnl_window_restore_inspector (RnlWindow *self);
void rnl_window_update_inspector (RnlWindow *self);
gboolean rnl_window_focus_inspector (RnlWindow *self);

/* rnl-window-print.c */
void rnl_window_install_print_action (GtkWidgetClass *widget_class);
void rnl_window_update_print (RnlWindow *self);

/* rnl-window-temporary.c */
void rnl_window_install_temporary_actions (GtkWidgetClass *widget_class);
void rnl_window_update_temporary (RnlWindow *self);
void rnl_window_leave_temporary (RnlWindow *self, RnlConversation *left);
gboolean rnl_window_ask_to_forget (RnlWindow *self);
void rnl_window_hide_strip (RnlWindow *self);
void rnl_window_choose_model (RnlWindow *self, const char *id);
void rnl_window_use_server (RnlWindow *self, RnlLocalServer *server);

G_END_DECLS

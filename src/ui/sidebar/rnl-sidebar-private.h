/* rnl-sidebar-private.h: shared by the files of the sidebar
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-search-item.h"
#include "rnl-sidebar.h"

G_BEGIN_DECLS

struct _RnlSidebar
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *box;
  GtkEditable *search_entry;
  GtkStack *stack;
  GtkListView *chat_view;
  GtkListView *result_view;
  GtkMenuButton *menu_button;
  GMenuModel *primary_menu;
  GMenuModel *chat_menu;
  GtkRevealer *selection_bar;
  GtkLabel *selection_label;
  GMenuModel *selection_menu;
  GtkMenuButton *selection_export;

  /* owned */
  RnlLibrary *library;
  GtkSliceListModel *first; /* nullable: the chats that have come into the list, in the end all */
  GtkMultiSelection *selection;
  GListStore *results;
  GCancellable *search;
  char *shown_query;  /* nullable: what the results are of */
  char *wanted_query; /* nullable: Enter was pressed, and its first hit is opened when it comes */
  RnlChat *menu_chat;
  RnlChat *shown;     /* nullable: by the window, in the list or not */
  GPtrArray *bound;   /* of GtkListItem, borrowed: the rows that show a chat now */
  GHashTable *picked; /* set of RnlChat: what a person has marked */

  guint fill;    /* source: the rest of the chats */
  guint refresh; /* source: the library has changed, and the results may have */

  gboolean selecting; /* several chats are being marked */
  gboolean marking;   /* by the program, not by a person */
};

void rnl_sidebar_install_actions (GtkWidgetClass *widget_class);
void rnl_sidebar_update_actions (RnlSidebar *self, RnlChat *chat);
RnlChat *rnl_sidebar_take_target (RnlSidebar *self);
GPtrArray *rnl_sidebar_find_labelled (RnlSidebar *self, const char *label);

/* rnl-sidebar.c */
void rnl_sidebar_update_stack (RnlSidebar *self);

/* rnl-sidebar-search.c */
void rnl_sidebar_install_search (GtkWidgetClass *widget_class);
void rnl_sidebar_init_search (RnlSidebar *self);
void rnl_sidebar_watch_contents (RnlSidebar *self);
void rnl_sidebar_drop_search (RnlSidebar *self);

/* rnl-sidebar-selection.c */
void rnl_sidebar_install_selection (GtkWidgetClass *widget_class);
void rnl_sidebar_init_selection (RnlSidebar *self);
void rnl_sidebar_watch_selection (RnlSidebar *self);
void rnl_sidebar_watch_row (RnlSidebar *self, GtkWidget *row);
void rnl_sidebar_restore_selection (RnlSidebar *self);
void rnl_sidebar_end_selection (RnlSidebar *self);
GPtrArray *rnl_sidebar_dup_selected (RnlSidebar *self);

G_END_DECLS

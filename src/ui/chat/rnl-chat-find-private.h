/* rnl-chat-find-private.h: shared by the files that look for words
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-chat-find-text.h"
#include "rnl-chat-find.h"

G_BEGIN_DECLS

struct _RnlChatFind
{
  GObject parent_instance;

  /* owned */
  GListModel *model;
  RnlTextMatch *match;
  RnlFindText *running;
  GQueue waiting;        /* of RnlMessage: to be looked through */
  GHashTable *known;     /* RnlMessage → GArray of RnlFound: those that were, with a reference */
  GPtrArray *asked;      /* messages whose content was asked for, `NULL` for none */
  GHashTable *positions; /* RnlMessage → position, `NULL` when to be counted again */
  RnlMessage *at;        /* of the current place; `NULL` for none */
  RnlMessage *last;      /* the last message, which may grow; `NULL` while nothing is looked for */

  guint index; /* of the current place among those of its message */
  guint start; /* position of its message; without one, where it is looked for first */
  guint n_found;
  gint64 told; /* when, the last time */

  /* sources and handlers */
  gulong items_changed;
  gulong state_changed; /* of the last message */
  guint idle;
  guint again;
};

/* rnl-chat-find.c */
guint rnl_chat_find_get_position (RnlChatFind *self, RnlMessage *message);
GArray *rnl_chat_find_get_found (RnlChatFind *self, RnlMessage *message);
void rnl_chat_find_choose_current (RnlChatFind *self);

/* rnl-chat-find-run.c */
void rnl_chat_find_schedule (RnlChatFind *self);
void rnl_chat_find_look_everywhere (RnlChatFind *self);
void rnl_chat_find_look_into_added (RnlChatFind *self, guint position, guint added);
void rnl_chat_find_drop_gone (RnlChatFind *self);
void rnl_chat_find_stop (RnlChatFind *self);

G_END_DECLS

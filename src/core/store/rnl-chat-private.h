/* rnl-chat-private.h: what a chat is made of
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat.h"

G_BEGIN_DECLS

struct _RnlChat
{
  GObject parent_instance;

  /* owned */
  char *id;
  char *title;
  char *snippet;
  char *model;
  char *draft;
  char *params;
  char *place;
  GStrv allowed_tools;
  GStrv labels;
  GStrv queue;

  gint64 created;
  gint64 updated;
  gboolean pinned;
  gboolean busy;
  gboolean attention;
  gboolean temporary;
  gboolean renamed; /* since it was saved: title or labels */
};

/* rnl-chat-marks.c */
void rnl_chat_note_renamed (GObject *chat, GParamSpec *pspec);
gboolean rnl_chat_take_renamed (RnlChat *self);

G_END_DECLS

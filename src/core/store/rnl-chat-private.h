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
};

G_END_DECLS

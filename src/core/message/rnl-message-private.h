/* rnl-message-private.h: between the files of a message
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-message.h"

G_BEGIN_DECLS

struct _RnlMessage
{
  GObject parent_instance;

  /* owned */
  char *id;
  char *parent_id;
  char *model;
  char *raw_finish_reason;
  GError *error;
  GError *wait_reason;
  GListStore *parts; /* made when it is asked for */

  RnlRole role;
  RnlMessageState state;
  RnlFinishReason finish_reason;
  RnlUsage usage;
  guint version;
  guint n_versions;
  gint64 created;
  gint64 first_token;
  gint64 duration;
  gint64 wait_until;
  gsize outline_length;
  gboolean outline;
  gboolean filled; /* was one */
};

G_END_DECLS

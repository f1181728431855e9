/* rnl-store-rows.h: messages and parts as plain values, to carry them across threads
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-message.h"

G_BEGIN_DECLS

/**
 * RnlPartRow:
 * @parent_id: (nullable): the part it is a child of
 * @position: among its siblings
 * @has_text: whether @text and @output are there; without them they stay as they are on disk
 *
 * What a [class@Runnel.Part] is at one moment, less its children, which are rows of their own.
 */
typedef struct
{
  char *id;
  char *parent_id;
  guint position;
  RnlPartType type;
  guint step;
  gboolean complete;
  char *title;
  gint64 started;
  gint64 duration;
  char *call_id;
  char *name;
  RnlToolState state;
  char *result;
  gboolean has_text;
  char *text;
  gsize length;
  char *output;
  gsize output_length;
} RnlPartRow;

/**
 * RnlMessageRow:
 * @parts: (element-type RnlPartRow): made here, parents before their children; read from disk, in
 *   the order of their positions
 *
 * What a [class@Runnel.Message] is at one moment.
 */
typedef struct
{
  char *id;
  char *chat_id;
  RnlRole role;
  RnlMessageState state;
  RnlFinishReason finish_reason;
  char *raw_finish_reason;
  char *model;
  gint64 created;
  gint64 first_token;
  gint64 duration;
  RnlUsage usage;
  GError *error;
  GPtrArray *parts;
} RnlMessageRow;

RnlPartRow *
rnl_part_row_new (RnlPart *part, const char *parent_id, guint position, gboolean with_text);
void rnl_part_row_free (RnlPartRow *self);
void rnl_part_row_append (RnlPartRow *self, gboolean output, const char *text, gsize length);

RnlMessageRow *rnl_message_row_new (const char *chat_id, RnlMessage *message);
RnlMessageRow *rnl_message_row_new_header (const char *chat_id, RnlMessage *message);
void rnl_message_row_free (RnlMessageRow *self);
RnlMessage *rnl_message_row_to_message (const RnlMessageRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlPartRow, rnl_part_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlMessageRow, rnl_message_row_free)

G_END_DECLS

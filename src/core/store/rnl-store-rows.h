/* rnl-store-rows.h: messages and parts as plain values, to carry them across threads
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-message.h"

G_BEGIN_DECLS

/**
 * RnlStorePartRow:
 * @parent_id: (nullable): the part it is a child of
 * @position: among its siblings
 * @extra: (nullable): what only some parts have, as JSON
 * @base64: (nullable): owns @text, see [method@Runnel.Part.set_base64]
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
  char *extra;
  gboolean has_text;
  char *text;
  gsize length;
  GBytes *base64;
  char *output;
  gsize output_length;
} RnlStorePartRow;

/**
 * RnlStoreMessageRow:
 * @replaced_id: (nullable): what it is another version of; counts when it is added
 * @parts: (element-type RnlStorePartRow): made here, parents before their children; read from disk,
 * in the order of their positions
 *
 * What a [class@Runnel.Message] is at one moment.
 */
typedef struct
{
  char *id;
  char *chat_id;
  char *replaced_id;
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
} RnlStoreMessageRow;

RnlStorePartRow *
rnl_store_part_row_new (RnlPart *part, const char *parent_id, guint position, gboolean with_text);
void rnl_store_part_row_free (RnlStorePartRow *self);
void rnl_store_part_row_set_base64 (RnlStorePartRow *self, GBytes *base64);
void
rnl_store_part_row_append (RnlStorePartRow *self, gboolean output, const char *text, gsize length);

RnlStoreMessageRow *rnl_store_message_row_new (const char *chat_id, RnlMessage *message);
RnlStoreMessageRow *rnl_store_message_row_new_header (const char *chat_id, RnlMessage *message);
void
rnl_store_message_row_end (RnlStoreMessageRow *self, RnlMessageState state, RnlFinishReason reason);
void rnl_store_message_row_free (RnlStoreMessageRow *self);
RnlMessage *rnl_store_message_row_to_message (const RnlStoreMessageRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlStorePartRow, rnl_store_part_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlStoreMessageRow, rnl_store_message_row_free)

G_END_DECLS

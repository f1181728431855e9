/* rnl-store-deltas.h: the journal's rows: what was appended since a message was last whole
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-store-db.h"
#include "rnl-store-rows.h"

G_BEGIN_DECLS

/**
 * RnlStoreDelta:
 * @part_id: what grew
 * @output: its output, not its text
 * @start: where the new bytes begin in the stream
 * @text: the new bytes
 * @length: of @text
 */
typedef struct
{
  char *part_id;
  gboolean output;
  gsize start;
  char *text;
  gsize length;
} RnlStoreDelta;

void rnl_store_delta_free (RnlStoreDelta *self);

/**
 * RnlStoreBatch:
 * @message: (nullable): the message's header, where it changed
 * @parts: (element-type RnlStorePartRow): new parts and those whose fields changed
 * @deltas: (element-type RnlStoreDelta): what grew
 *
 * What happened to a growing message in a moment.
 */
typedef struct
{
  char *message_id;
  RnlStoreMessageRow *message;
  GPtrArray *parts;
  GPtrArray *deltas;
} RnlStoreBatch;

RnlStoreBatch *rnl_store_batch_new (const char *message_id);
void rnl_store_batch_free (RnlStoreBatch *self);

/* On the worker. */
gboolean rnl_store_write_batch (RnlStoreDb *db, gpointer batch, GError **error);
gboolean rnl_store_replay_deltas (RnlStoreDb *db, gint64 message, GPtrArray *parts, GError **error);

G_END_DECLS

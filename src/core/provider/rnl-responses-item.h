/* rnl-responses-item.h: output items of OpenAI's Responses
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-chunk.h"

G_BEGIN_DECLS

/**
 * RnlResponsesItem:
 * @call: its index in chunks, -1 when it is no call
 * @remote: whether the provider runs it
 * @has_arguments: whether any of its arguments were said
 * @has_text: whether any of its text was said
 * @part: the part of it that was said last, -1 before the first
 * @done: whether it was given as a whole
 *
 * What has to be remembered of an item while it streams.
 */
typedef struct
{
  gint call;
  gboolean remote;
  gboolean has_arguments;
  gboolean has_text;
  gint64 part;
  gboolean done;
} RnlResponsesItem;

void rnl_responses_item_start (RnlResponsesItem *self,
                               JsonObject *item,
                               gint *n_calls,
                               RnlChunkFunc on_chunk,
                               gpointer user_data);
void rnl_responses_item_add_text (RnlResponsesItem *self,
                                  RnlChunkType type,
                                  gint64 part,
                                  const char *text,
                                  gsize length,
                                  RnlChunkFunc on_chunk,
                                  gpointer user_data);
void rnl_responses_item_add_arguments (RnlResponsesItem *self,
                                       const char *text,
                                       gsize length,
                                       RnlChunkFunc on_chunk,
                                       gpointer user_data);
void rnl_responses_item_end (RnlResponsesItem *self,
                             JsonObject *item,
                             RnlChunkFunc on_chunk,
                             gpointer user_data);

G_END_DECLS

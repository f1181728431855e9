/* rnl-responses-item.h: output items of OpenAI's Responses
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-chunk.h"

G_BEGIN_DECLS

/**
 * RnlResponsesItem:
 * @index: the wire's output index, -1 when it has none
 * @id: (nullable): the item's name on the wire
 * @call_id: (nullable): what a result that comes as an item of its own is joined by
 * @tool: the tool of the provider that it calls, -1 for none
 * @call: its index in chunks, -1 when it is no call
 * @announced: whether more than a delta of it was seen
 * @has_arguments: whether any of its arguments were said
 * @has_text: whether any of its text was said
 * @has_result: whether it was said what became of it
 * @n_annotations: how many of its citations were said
 * @part: the part of it that was said last, -1 before the first
 * @done: whether it was given as a whole
 *
 * What has to be remembered of an item while it streams.
 */
typedef struct
{
  gint64 index;
  char *id;
  char *call_id;
  gint tool;
  gint call;
  gboolean announced;
  gboolean has_arguments;
  gboolean has_text;
  gboolean has_result;
  guint n_annotations;
  gint64 part;
  gboolean done;
} RnlResponsesItem;

void rnl_responses_item_init (RnlResponsesItem *self, gint64 index, const char *id, gsize length);
void rnl_responses_item_clear (RnlResponsesItem *self);

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
void rnl_responses_item_add_annotation (RnlResponsesItem *self,
                                        JsonObject *annotation,
                                        RnlChunkFunc on_chunk,
                                        gpointer user_data);
void rnl_responses_item_end (RnlResponsesItem *self,
                             JsonObject *item,
                             RnlChunkFunc on_chunk,
                             gpointer user_data);

gboolean rnl_responses_item_is_result_of (RnlResponsesItem *self, JsonObject *item);
void rnl_responses_item_say_result (RnlResponsesItem *self,
                                    JsonObject *item,
                                    RnlChunkFunc on_chunk,
                                    gpointer user_data);

G_END_DECLS

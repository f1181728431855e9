/* wire-answer.h: an answer put together from chunks, to be compared with what it should be
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-chat-model.h"

G_BEGIN_DECLS

/**
 * WireCall:
 *
 * One tool call as it grew.
 */
typedef struct
{
  char *id;
  char *name;
  GString *arguments;
  gboolean remote;
  GString *result; /* what a remote call gave */
  gboolean failed;
} WireCall;

/**
 * WireAnswer:
 *
 * Everything the chunks of an answer said.
 */
typedef struct
{
  GString *text;
  GString *reasoning;
  GString *refusal;
  GPtrArray *calls;
  GPtrArray *items;       /* of JsonNode: verbatim */
  GPtrArray *annotations; /* of JsonNode */
  GPtrArray *notices;     /* of JsonNode */
  GPtrArray *files;       /* of char *: type and content */
  gboolean item_ended;    /* the last thing that was said ended with its item */
  char *finish;
  RnlFinishReason reason;
  RnlUsage usage;
  char *id;
  char *model;
  guint n_chunks;
} WireAnswer;

WireAnswer *wire_answer_new (void);
void wire_answer_free (WireAnswer *self);
void wire_answer_add (const RnlChunk *chunk, gpointer self);
gboolean wire_answer_ask (WireAnswer *self,
                          RnlChatModel *model,
                          RnlChatRequest *request,
                          GCancellable *cancellable,
                          GError **error);
char *wire_answer_to_string (WireAnswer *self);

void wire_answer_assert_items (WireAnswer *self, JsonArray *wanted);
void wire_answer_assert_remote (WireAnswer *self, JsonArray *wanted);
void wire_answer_assert_files (WireAnswer *self, JsonArray *wanted);
void wire_answer_assert_equal (WireAnswer *self, JsonObject *expected);
void wire_answer_assert_part_of (WireAnswer *self, JsonObject *expected);
void wire_answer_assert_error (const GError *error, JsonObject *expected);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WireAnswer, wire_answer_free)

G_END_DECLS

/* rnl-chat-request.h: what a model is asked
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-gate.h"
#include "rnl-message.h"
#include "rnl-tool-spec.h"

G_BEGIN_DECLS

/**
 * RnlChatRequest:
 * @messages: (element-type RnlMessage): the conversation, oldest first. An assistant's message is a
 *   whole turn: parts with a step number each and tool calls that carry their results. The last one
 *   may be the turn that is being made: then its tool results are what the model is to go on from
 * @tools: (element-type RnlToolSpec): what it may call; may be empty
 * @system: (nullable): the system prompt
 * @tool_choice: (nullable): "auto", "none", "any" or a tool's name
 * @answer_tool: (nullable): the tool of @tools whose argument `answer` is the answer
 * @reasoning_effort: (nullable): "low", "medium", "high", or a word of the provider's own
 * @max_tokens: 0 for the server's default
 * @num_ctx: tokens of context a local server is to make room for, 0 for its default
 * @temperature: below 0 for the server's default
 * @top_p: share of the likeliest words to choose from, below 0 for the server's default
 * @stop: (nullable) (array zero-terminated=1): texts at which the answer ends
 * @schema: (nullable): the JSON Schema that the answer is to fit, which is then JSON
 * @schema_name: (nullable): what @schema describes: letters, digits, `_` and `-`
 * @stream: whether to stream
 * @gate: (nullable): while it is shut nobody can read the answer: the model is to stop at its
 * source
 *
 * One question to a model, with all it needs to know. Reference counted; not changed once it was
 * asked.
 */
typedef struct
{
  GPtrArray *messages;
  GPtrArray *tools;
  char *system;
  char *tool_choice;
  char *answer_tool;
  char *reasoning_effort;
  guint max_tokens;
  guint num_ctx;
  double temperature;
  double top_p;
  char **stop;
  JsonNode *schema;
  char *schema_name;
  gboolean stream;
  RnlGate *gate;
} RnlChatRequest;

#define RNL_TYPE_CHAT_REQUEST (rnl_chat_request_get_type ())
GType rnl_chat_request_get_type (void);

RnlChatRequest *rnl_chat_request_new (void);
RnlChatRequest *rnl_chat_request_new_prompt (const char *prompt);
RnlChatRequest *rnl_chat_request_copy (RnlChatRequest *self);
RnlChatRequest *rnl_chat_request_ref (RnlChatRequest *self);
void rnl_chat_request_unref (RnlChatRequest *self);
void rnl_chat_request_add_message (RnlChatRequest *self, RnlMessage *message);
void rnl_chat_request_add_tool (RnlChatRequest *self, RnlToolSpec *spec);
JsonNode *rnl_chat_request_to_json (RnlChatRequest *self);
RnlChatRequest *rnl_chat_request_new_from_json (JsonNode *json, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlChatRequest, rnl_chat_request_unref)

G_END_DECLS

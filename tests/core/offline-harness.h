/* offline-harness.h: a model and its tools in the simplest loop there is
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-chat-model.h"
#include "rnl-tool-registry.h"

G_BEGIN_DECLS

/**
 * OfflineTurn:
 * @message: the assistant's turn, with its calls and their results
 * @calls: "add(10, 10) multiply(20, 3)", with "|" between calls of one step
 * @text: the text of the last step
 * @steps: how many times the model was asked
 */
typedef struct
{
  RnlMessage *message;
  GString *calls;
  char *text;
  guint steps;
} OfflineTurn;

OfflineTurn *offline_turn_run (RnlChatModel *model, RnlToolRegistry *tools, const char *prompt);
void offline_turn_ask (RnlChatModel *model,
                       RnlToolRegistry *tools,
                       const char *prompt,
                       OfflineTurn *turn);
void offline_turn_free (OfflineTurn *turn);

RnlToolRegistry *offline_tools_new (void);
void offline_tools_add_fake (RnlToolRegistry *tools, const char *name, const char *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OfflineTurn, offline_turn_free)

G_END_DECLS

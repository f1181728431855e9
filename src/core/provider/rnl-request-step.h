/* rnl-request-step.h: what every protocol's request is made of
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat-request.h"

G_BEGIN_DECLS

/**
 * RnlRequestCall:
 * @part: (transfer none): where it comes from
 * @id: one that no other call of the step has
 * @name: letters, digits, `_` and `-`, at most 64
 * @arguments: the text of a JSON object
 * @result: what became of it, never empty unless the tool gave nothing
 * @files: (element-type RnlPart): pictures and documents the tool gave besides
 * @failed: whether @result says what went wrong
 *
 * A tool call as it can be sent.
 */
typedef struct
{
  RnlPart *part;
  char *id;
  char *name;
  char *arguments;
  char *result;
  GPtrArray *files;
  gboolean failed;
} RnlRequestCall;

/**
 * RnlRequestStep:
 * @number: of the model call within the turn
 * @parts: (element-type RnlPart): all its parts, in order
 * @text: its text parts, joined
 * @reasoning: its thinking, joined
 * @calls: (element-type RnlRequestCall): the calls that ran here
 *
 * One model call of an assistant's turn: what it said, and what its tools gave.
 */
typedef struct
{
  guint number;
  GPtrArray *parts;
  GString *text;
  GString *reasoning;
  GPtrArray *calls;
} RnlRequestStep;

/**
 * RnlRequestStepFunc:
 * @builder: where to
 * @step: a step, lent for the time of the call
 */
typedef void (*RnlRequestStepFunc) (JsonBuilder *builder, RnlRequestStep *step);

RnlRequestStep *rnl_request_step_next (RnlMessage *message, guint *position);
void rnl_request_step_free (RnlRequestStep *self);
void rnl_request_step_each (RnlMessage *message, RnlRequestStepFunc func, JsonBuilder *builder);
RnlRequestCall *rnl_request_step_find_call (RnlRequestStep *self, RnlPart *part);

JsonNode *rnl_request_get_raw (RnlPart *part, const char *protocol);
gboolean rnl_request_is_text (RnlPart *part);
gboolean rnl_request_is_binary (RnlPart *part);
const char *rnl_request_get_file_name (RnlPart *part);
char *rnl_request_dup_text (RnlMessage *message);
char *rnl_request_dup_name (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlRequestStep, rnl_request_step_free)

G_END_DECLS

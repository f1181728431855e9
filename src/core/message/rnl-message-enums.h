/* rnl-message-enums.h: the words of a conversation
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Stored on disk as numbers: never renumber, only add. */

/**
 * RnlRole:
 * @RNL_ROLE_SYSTEM: what the model is told about itself
 * @RNL_ROLE_USER: the person, or the program that asks
 * @RNL_ROLE_ASSISTANT: the model, with what its tools gave
 *
 * Who speaks.
 */
typedef enum
{
  RNL_ROLE_SYSTEM = 0,
  RNL_ROLE_USER = 1,
  RNL_ROLE_ASSISTANT = 2,
} RnlRole;

/**
 * RnlPartType:
 * @RNL_PART_TEXT: the answer, or a person's words
 * @RNL_PART_REASONING: the model's thinking
 * @RNL_PART_TOOL_CALL: a call with its result
 * @RNL_PART_FILE: a file: its text is the content, in base 64 when it has a type and that is no
 *   text
 * @RNL_PART_OPAQUE: shows nothing; kept because the provider wants it back
 */
typedef enum
{
  RNL_PART_TEXT = 0,
  RNL_PART_REASONING = 1,
  RNL_PART_TOOL_CALL = 2,
  RNL_PART_FILE = 3,
  RNL_PART_OPAQUE = 4,
} RnlPartType;

/**
 * RnlToolState:
 * @RNL_TOOL_PREPARING: the arguments are still streaming
 * @RNL_TOOL_WAITING: complete, waiting for a person's decision
 * @RNL_TOOL_RUNNING: it runs
 * @RNL_TOOL_DONE: it returned a result
 * @RNL_TOOL_FAILED: it failed, is unknown, or its arguments were not valid
 * @RNL_TOOL_REFUSED: the person said no
 * @RNL_TOOL_CANCELLED: the run was stopped before it ended
 * @RNL_TOOL_LIMIT: not run because a limit of the run was reached
 *
 * How far a tool call has come. The states after @RNL_TOOL_RUNNING are final.
 */
typedef enum
{
  RNL_TOOL_PREPARING = 0,
  RNL_TOOL_WAITING = 1,
  RNL_TOOL_RUNNING = 2,
  RNL_TOOL_DONE = 3,
  RNL_TOOL_FAILED = 4,
  RNL_TOOL_REFUSED = 5,
  RNL_TOOL_CANCELLED = 6,
  RNL_TOOL_LIMIT = 7,
} RnlToolState;

/**
 * RnlMessageState:
 * @RNL_MESSAGE_STREAMING: its run is alive
 * @RNL_MESSAGE_COMPLETE: whole
 * @RNL_MESSAGE_STOPPED: the person stopped it; what arrived is kept
 * @RNL_MESSAGE_FAILED: an error ended it; what arrived is kept, see the message's error
 * @RNL_MESSAGE_LIMIT: the step or time limit ended it
 * @RNL_MESSAGE_INTERRUPTED: the program died in the middle; found so at the next start
 *
 * How far a message has come.
 */
typedef enum
{
  RNL_MESSAGE_STREAMING = 0,
  RNL_MESSAGE_COMPLETE = 1,
  RNL_MESSAGE_STOPPED = 2,
  RNL_MESSAGE_FAILED = 3,
  RNL_MESSAGE_LIMIT = 4,
  RNL_MESSAGE_INTERRUPTED = 5,
} RnlMessageState;

/**
 * RnlFinishReason:
 * @RNL_FINISH_NONE: it has not stopped yet, or the server did not say
 * @RNL_FINISH_STOP: the answer is whole
 * @RNL_FINISH_LENGTH: as long as the model or the request allows
 * @RNL_FINISH_TOOL_CALLS: it waits for the results of its tool calls
 * @RNL_FINISH_CONTENT_FILTER: a content filter of the server cut it off
 * @RNL_FINISH_TOOL_LIMIT: our limit of steps ended the turn
 * @RNL_FINISH_TIME_LIMIT: our limit of time ended the turn
 * @RNL_FINISH_CANCELLED: the person stopped it
 * @RNL_FINISH_ERROR: an error ended it
 * @RNL_FINISH_INTERRUPTED: the program died in the middle
 * @RNL_FINISH_OTHER: a word we do not know
 * @RNL_FINISH_PAUSED: the server put off the rest of the answer: it goes on when asked again
 *
 * Why the model (or our loop) stopped. Every provider's word maps to one of these; the raw word is
 * kept beside it.
 */
typedef enum
{
  RNL_FINISH_NONE = 0,
  RNL_FINISH_STOP = 1,
  RNL_FINISH_LENGTH = 2,
  RNL_FINISH_TOOL_CALLS = 3,
  RNL_FINISH_CONTENT_FILTER = 4,
  RNL_FINISH_TOOL_LIMIT = 5,
  RNL_FINISH_TIME_LIMIT = 6,
  RNL_FINISH_CANCELLED = 7,
  RNL_FINISH_ERROR = 8,
  RNL_FINISH_INTERRUPTED = 9,
  RNL_FINISH_OTHER = 10,
  RNL_FINISH_PAUSED = 11,
} RnlFinishReason;

#define RNL_TYPE_ROLE (rnl_role_get_type ())
GType rnl_role_get_type (void);
#define RNL_TYPE_PART_TYPE (rnl_part_type_get_type ())
GType rnl_part_type_get_type (void);
#define RNL_TYPE_TOOL_STATE (rnl_tool_state_get_type ())
GType rnl_tool_state_get_type (void);
#define RNL_TYPE_MESSAGE_STATE (rnl_message_state_get_type ())
GType rnl_message_state_get_type (void);
#define RNL_TYPE_FINISH_REASON (rnl_finish_reason_get_type ())
GType rnl_finish_reason_get_type (void);

const char *rnl_enum_nick (GType type, gint value);
gboolean rnl_enum_from_nick (GType type, const char *nick, gint *value);
gboolean rnl_tool_state_is_final (RnlToolState state);

G_END_DECLS

/* rnl-message-enums.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-message-enums.h"

G_DEFINE_ENUM_TYPE (RnlRole,
                    rnl_role,
                    G_DEFINE_ENUM_VALUE (RNL_ROLE_SYSTEM, "system"),
                    G_DEFINE_ENUM_VALUE (RNL_ROLE_USER, "user"),
                    G_DEFINE_ENUM_VALUE (RNL_ROLE_ASSISTANT, "assistant"))

G_DEFINE_ENUM_TYPE (RnlPartType,
                    rnl_part_type,
                    G_DEFINE_ENUM_VALUE (RNL_PART_TEXT, "text"),
                    G_DEFINE_ENUM_VALUE (RNL_PART_REASONING, "reasoning"),
                    G_DEFINE_ENUM_VALUE (RNL_PART_TOOL_CALL, "tool_call"),
                    G_DEFINE_ENUM_VALUE (RNL_PART_FILE, "file"),
                    G_DEFINE_ENUM_VALUE (RNL_PART_OPAQUE, "opaque"))

G_DEFINE_ENUM_TYPE (RnlToolState,
                    rnl_tool_state,
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_PREPARING, "preparing"),
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_CANCELLED, "cancelled"),
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_LIMIT, "limit"))

G_DEFINE_ENUM_TYPE (RnlMessageState,
                    rnl_message_state,
                    G_DEFINE_ENUM_VALUE (RNL_MESSAGE_STREAMING, "streaming"),
                    G_DEFINE_ENUM_VALUE (RNL_MESSAGE_COMPLETE, "complete"),
                    G_DEFINE_ENUM_VALUE (RNL_MESSAGE_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (RNL_MESSAGE_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (RNL_MESSAGE_LIMIT, "limit"),
                    G_DEFINE_ENUM_VALUE (RNL_MESSAGE_INTERRUPTED, "interrupted"))

G_DEFINE_ENUM_TYPE (RnlFinishReason,
                    rnl_finish_reason,
                    G_DEFINE_ENUM_VALUE (RNL_FINISH_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (RNL_FINISH_STOP, "stop"),
                    G_DEFINE_ENUM_VALUE (RNL_FINISH_LENGTH, "length"),
                    G_DEFINE_ENUM_VALUE (RNL_FINISH_TOOL_CALLS, "tool_calls"),
                    G_DEFINE_ENUM_VALUE (RNL_FINISH_CONTENT_FILTER, "content_filter"),
                    G_DEFINE_ENUM_VALUE (RNL_FINISH_TOOL_LIMIT, "tool_limit"),
                    G_DEFINE_ENUM_VALUE (RNL_FINISH_TIME_LIMIT, "time_limit"),
                    G_DEFINE_ENUM_VALUE (RNL_FINISH_CANCELLED, "cancelled"),
                    G_DEFINE_ENUM_VALUE (RNL_FINISH_ERROR, "error"),
                    G_DEFINE_ENUM_VALUE (RNL_FINISH_INTERRUPTED, "interrupted"),
                    G_DEFINE_ENUM_VALUE (RNL_FINISH_OTHER, "other"),
                    G_DEFINE_ENUM_VALUE (RNL_FINISH_PAUSED, "paused"))

/**
 * rnl_enum_nick:
 * @type: an enum type of this library
 * @value: one of its values
 *
 * Returns: (transfer none): the value's word, "unknown" when it is not one of @type's
 */
const char *
rnl_enum_nick (GType type, gint value)
{
  GEnumClass *klass = g_type_class_ref (type);
  GEnumValue *entry = g_enum_get_value (klass, value);
  const char *nick = entry != NULL ? entry->value_nick : "unknown";

  g_type_class_unref (klass);

  return nick;
}

/**
 * rnl_enum_from_nick:
 * @type: an enum type of this library
 * @nick: (nullable): a word
 * @value: (out): the value, untouched when @nick is unknown
 *
 * Returns: whether @nick is one of @type's words
 */
gboolean
rnl_enum_from_nick (GType type, const char *nick, gint *value)
{
  GEnumClass *klass;
  GEnumValue *entry;

  if (nick == NULL)
    return FALSE;

  klass = g_type_class_ref (type);
  entry = g_enum_get_value_by_nick (klass, nick);
  if (entry != NULL)
    *value = entry->value;
  g_type_class_unref (klass);

  return entry != NULL;
}

/**
 * rnl_tool_state_is_final:
 * @state: a tool call's state
 *
 * Returns: whether the call has its one result
 */
gboolean
rnl_tool_state_is_final (RnlToolState state)
{
  return state >= RNL_TOOL_DONE;
}

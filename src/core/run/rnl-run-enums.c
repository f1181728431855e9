/* rnl-run-enums.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-enums.h"

G_DEFINE_ENUM_TYPE (RnlRunType,
                    rnl_run_type,
                    G_DEFINE_ENUM_VALUE (RNL_RUN_AGENT, "agent"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_CHAT_MODEL, "chat_model"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_LLM, "llm"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_CHAIN, "chain"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_TOOL, "tool"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_RETRIEVER, "retriever"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_PROMPT, "prompt"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_PARSER, "parser"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_CUSTOM, "custom"))

G_DEFINE_ENUM_TYPE (RnlRunState,
                    rnl_run_state,
                    G_DEFINE_ENUM_VALUE (RNL_RUN_PENDING, "pending"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_FINISHED, "finished"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_CANCELLED, "cancelled"))

G_DEFINE_ENUM_TYPE (RnlEventKind,
                    rnl_event_kind,
                    G_DEFINE_ENUM_VALUE (RNL_EVENT_START, "start"),
                    G_DEFINE_ENUM_VALUE (RNL_EVENT_STREAM, "stream"),
                    G_DEFINE_ENUM_VALUE (RNL_EVENT_END, "end"),
                    G_DEFINE_ENUM_VALUE (RNL_EVENT_ERROR, "error"),
                    G_DEFINE_ENUM_VALUE (RNL_EVENT_CANCEL, "cancel"),
                    G_DEFINE_ENUM_VALUE (RNL_EVENT_CUSTOM, "custom"))

/**
 * rnl_run_type_to_string:
 * @type: a type
 *
 * For who asks once a token: it costs nothing.
 *
 * Returns: (transfer none): its word in events and filters
 */
const char *
rnl_run_type_to_string (RnlRunType type)
{
  static const char *const words[] = {
    [RNL_RUN_AGENT] = "agent",   [RNL_RUN_CHAT_MODEL] = "chat_model",
    [RNL_RUN_LLM] = "llm",       [RNL_RUN_CHAIN] = "chain",
    [RNL_RUN_TOOL] = "tool",     [RNL_RUN_RETRIEVER] = "retriever",
    [RNL_RUN_PROMPT] = "prompt", [RNL_RUN_PARSER] = "parser",
    [RNL_RUN_CUSTOM] = "custom",
  };

  g_return_val_if_fail ((guint) type < G_N_ELEMENTS (words), "custom");

  return words[type];
}

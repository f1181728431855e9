/* rnl-conversation.h: a chat that is open: its messages, its agent, its run
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-agent.h"
#include "rnl-library.h"
#include "rnl-run-scope.h"

G_BEGIN_DECLS

#define RNL_TYPE_CONVERSATION (rnl_conversation_get_type ())
G_DECLARE_FINAL_TYPE (RnlConversation, rnl_conversation, RNL, CONVERSATION, GObject)

/* Properties: "run" (RnlAgentRun, nullable: the run that is alive), "busy", "model" (RnlChatModel).
 * The chat is added to the library with its first message. The title of a new chat is made from the
 * first question. */
RnlConversation *rnl_conversation_new (RnlLibrary *library,
                                       RnlChat *chat,
                                       RnlChatModel *model,
                                       RnlToolRegistry *tools);

RnlChat *rnl_conversation_get_chat (RnlConversation *self);
void rnl_conversation_keep (RnlConversation *self);
RnlRunScope *rnl_conversation_get_scope (RnlConversation *self);
RnlChatModel *rnl_conversation_get_model (RnlConversation *self);
void rnl_conversation_set_model (RnlConversation *self, RnlChatModel *model);
RnlPermissionPolicy *rnl_conversation_get_policy (RnlConversation *self);
void rnl_conversation_set_policy (RnlConversation *self, RnlPermissionPolicy *policy);
void rnl_conversation_set_stream (RnlConversation *self, gboolean stream);
void rnl_conversation_set_final_answer_tool (RnlConversation *self, gboolean final_answer_tool);
void rnl_conversation_set_limits (RnlConversation *self, guint max_steps, guint time_limit);
const char *rnl_conversation_get_system (RnlConversation *self);
void rnl_conversation_set_system (RnlConversation *self, const char *system);
RnlToolRegistry *rnl_conversation_get_tools (RnlConversation *self);
void rnl_conversation_set_tools (RnlConversation *self, RnlToolRegistry *tools);

/* (element-type RnlMessage), oldest first; only what has been loaded. */
GListModel *rnl_conversation_list_messages (RnlConversation *self);
gboolean rnl_conversation_get_has_earlier (RnlConversation *self);
void rnl_conversation_load_async (RnlConversation *self,
                                  guint limit,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean rnl_conversation_load_finish (RnlConversation *self, GAsyncResult *result, GError **error);

RnlAgentRun *rnl_conversation_get_run (RnlConversation *self);
gboolean rnl_conversation_get_busy (RnlConversation *self);
RnlAgentRun *rnl_conversation_send (RnlConversation *self, const char *text);
RnlAgentRun *rnl_conversation_send_observed (RnlConversation *self, const char *text, RnlRun *run);
RnlAgentRun *
rnl_conversation_send_message (RnlConversation *self, RnlMessage *message, RnlRun *run);
RnlAgentRun *rnl_conversation_retry (RnlConversation *self);
RnlAgentRun *
rnl_conversation_edit (RnlConversation *self, RnlMessage *question, RnlMessage *edited);
RnlAgentRun *rnl_conversation_regenerate (RnlConversation *self, RnlMessage *answer);
RnlAgentRun *rnl_conversation_continue (RnlConversation *self);
void rnl_conversation_stop (RnlConversation *self);

/* Versions: see rnl_message_get_n_versions(). A conversation that is not kept has none. */
void rnl_conversation_switch_version_async (RnlConversation *self,
                                            RnlMessage *message,
                                            guint version,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
gboolean rnl_conversation_switch_version_finish (RnlConversation *self,
                                                 GAsyncResult *result,
                                                 GError **error);
void rnl_conversation_show_message_async (RnlConversation *self,
                                          const char *message_id,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
RnlMessage *
rnl_conversation_show_message_finish (RnlConversation *self, GAsyncResult *result, GError **error);
RnlChat *rnl_conversation_branch (RnlConversation *self, RnlMessage *last, const char *title);

G_END_DECLS

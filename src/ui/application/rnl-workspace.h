/* rnl-workspace.h: what every window of the program shares
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-accounts.h"
#include "rnl-conversation.h"
#include "rnl-model-downloads.h"
#include "rnl-prompt-list.h"
#include "rnl-run-recorder.h"
#include "rnl-speller.h"

G_BEGIN_DECLS

#define RNL_TYPE_WORKSPACE (rnl_workspace_get_type ())
G_DECLARE_FINAL_TYPE (RnlWorkspace, rnl_workspace, RNL, WORKSPACE, GObject)

RnlWorkspace *rnl_workspace_new (void);
void rnl_workspace_open_async (RnlWorkspace *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean rnl_workspace_open_finish (RnlWorkspace *self, GAsyncResult *result, GError **error);

GSettings *rnl_workspace_get_settings (RnlWorkspace *self);
RnlLibrary *rnl_workspace_get_library (RnlWorkspace *self);
RnlAccounts *rnl_workspace_get_accounts (RnlWorkspace *self);
RnlModelDownloads *rnl_workspace_get_downloads (RnlWorkspace *self);
RnlRunRecorder *rnl_workspace_get_recorder (RnlWorkspace *self);
RnlPromptList *rnl_workspace_get_prompts (RnlWorkspace *self);
RnlSpeller *rnl_workspace_get_speller (RnlWorkspace *self);
RnlToolRegistry *rnl_workspace_get_tools (RnlWorkspace *self);
guint rnl_workspace_take_n_unfinished (RnlWorkspace *self);
const GError *rnl_workspace_get_storage_error (RnlWorkspace *self);

RnlConversation *rnl_workspace_dup_conversation (RnlWorkspace *self, RnlChat *chat);
RnlConversation *rnl_workspace_new_conversation (RnlWorkspace *self);
RnlConversation *rnl_workspace_dup_unsent (RnlWorkspace *self);
RnlConversation *rnl_workspace_new_temporary (RnlWorkspace *self);
void rnl_workspace_forget_conversation (RnlWorkspace *self, const char *chat_id);
RnlChatModel *rnl_workspace_dup_model (RnlWorkspace *self, const char *id);
void rnl_workspace_set_default_model (RnlWorkspace *self, const char *id);

/* rnl-workspace-titles.c */
void rnl_workspace_name_chat (RnlWorkspace *self, RnlConversation *conversation);

guint rnl_workspace_get_n_busy (RnlWorkspace *self);

G_END_DECLS

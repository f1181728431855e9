/* rnl-chat.h: one conversation as the list of chats knows it
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RNL_TYPE_CHAT (rnl_chat_get_type ())
G_DECLARE_FINAL_TYPE (RnlChat, rnl_chat, RNL, CHAT, GObject)

/* Properties, all notifying: id, title, snippet, model, created, updated (microseconds since 1970),
 * busy (its run is alive), attention (something waits for the person), draft (unsent text),
 * params (JSON), place (what was being read), allowed-tools, labels, queue (strv), pinned. busy
 * and attention are not stored. */
RnlChat *rnl_chat_new (void);

const char *rnl_chat_get_id (RnlChat *self);
void rnl_chat_set_id (RnlChat *self, const char *id);
const char *rnl_chat_get_title (RnlChat *self);
void rnl_chat_set_title (RnlChat *self, const char *title);
const char *rnl_chat_get_snippet (RnlChat *self);
void rnl_chat_set_snippet (RnlChat *self, const char *snippet);
const char *rnl_chat_get_model (RnlChat *self);
void rnl_chat_set_model (RnlChat *self, const char *model);
const char *rnl_chat_get_draft (RnlChat *self);
void rnl_chat_set_draft (RnlChat *self, const char *draft);
const char *rnl_chat_get_params (RnlChat *self);
void rnl_chat_set_params (RnlChat *self, const char *params);
const char *rnl_chat_get_place (RnlChat *self);
void rnl_chat_set_place (RnlChat *self, const char *place);
const char *const *rnl_chat_get_allowed_tools (RnlChat *self);
void rnl_chat_set_allowed_tools (RnlChat *self, const char *const *names);
const char *const *rnl_chat_get_labels (RnlChat *self);
void rnl_chat_set_labels (RnlChat *self, const char *const *labels);
const char *const *rnl_chat_get_queue (RnlChat *self);
void rnl_chat_set_queue (RnlChat *self, const char *const *texts);
gboolean rnl_chat_get_pinned (RnlChat *self);
void rnl_chat_set_pinned (RnlChat *self, gboolean pinned);
gint64 rnl_chat_get_created (RnlChat *self);
void rnl_chat_set_created (RnlChat *self, gint64 unix_us);
gint64 rnl_chat_get_updated (RnlChat *self);
void rnl_chat_set_updated (RnlChat *self, gint64 unix_us);
gboolean rnl_chat_get_busy (RnlChat *self);
void rnl_chat_set_busy (RnlChat *self, gboolean busy);
gboolean rnl_chat_get_attention (RnlChat *self);
void rnl_chat_set_attention (RnlChat *self, gboolean attention);

/* Neither listed nor written down, nor is anything that is said in it. */
gboolean rnl_chat_get_temporary (RnlChat *self);
void rnl_chat_set_temporary (RnlChat *self, gboolean temporary);

G_END_DECLS

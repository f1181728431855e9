/* rnl-message.h: what one side said in one turn
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chunk.h"
#include "rnl-part.h"

G_BEGIN_DECLS

#define RNL_TYPE_MESSAGE (rnl_message_get_type ())
G_DECLARE_FINAL_TYPE (RnlMessage, rnl_message, RNL, MESSAGE, GObject)

RnlMessage *rnl_message_new (RnlRole role);
RnlMessage *rnl_message_new_text (RnlRole role, const char *text);
RnlMessage *rnl_message_new_edited (RnlMessage *original, const char *text);

const char *rnl_message_get_id (RnlMessage *self);
void rnl_message_set_id (RnlMessage *self, const char *id);
RnlRole rnl_message_get_role (RnlMessage *self);
const char *rnl_message_get_parent_id (RnlMessage *self);
void rnl_message_set_parent_id (RnlMessage *self, const char *parent_id);
guint rnl_message_get_version (RnlMessage *self);
guint rnl_message_get_n_versions (RnlMessage *self);
void rnl_message_set_versions (RnlMessage *self, guint version, guint n_versions);
gint64 rnl_message_get_created (RnlMessage *self);
void rnl_message_set_created (RnlMessage *self, gint64 unix_us);

GListModel *rnl_message_list_parts (RnlMessage *self);
guint rnl_message_get_n_parts (RnlMessage *self);
RnlPart *rnl_message_get_part (RnlMessage *self, guint position);
void rnl_message_add_part (RnlMessage *self, RnlPart *part);
RnlPart *rnl_message_find_call (RnlMessage *self, const char *call_id);
char *rnl_message_dup_text (RnlMessage *self);

RnlMessageState rnl_message_get_state (RnlMessage *self);
void rnl_message_set_state (RnlMessage *self, RnlMessageState state);
RnlFinishReason rnl_message_get_finish_reason (RnlMessage *self);
gboolean rnl_message_is_cut_off (RnlMessage *self);
const char *rnl_message_get_raw_finish_reason (RnlMessage *self);
void rnl_message_set_finish_reason (RnlMessage *self, RnlFinishReason reason, const char *raw);
const GError *rnl_message_get_error (RnlMessage *self);
void rnl_message_set_error (RnlMessage *self, const GError *error);
const char *rnl_message_get_model (RnlMessage *self);
void rnl_message_set_model (RnlMessage *self, const char *model);
const RnlUsage *rnl_message_get_usage (RnlMessage *self);
void rnl_message_set_usage (RnlMessage *self, const RnlUsage *usage);
gint64 rnl_message_get_first_token (RnlMessage *self);
void rnl_message_set_first_token (RnlMessage *self, gint64 duration_us);
gint64 rnl_message_get_duration (RnlMessage *self);
void rnl_message_set_duration (RnlMessage *self, gint64 duration_us);
gint64 rnl_message_get_wait_until (RnlMessage *self);
const GError *rnl_message_get_wait_reason (RnlMessage *self);
void rnl_message_set_wait (RnlMessage *self, gint64 until_us, const GError *reason);

G_END_DECLS

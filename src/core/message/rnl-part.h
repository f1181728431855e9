/* rnl-part.h: one thing in a message: text, reasoning, or a tool call with its result
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-message-enums.h"

G_BEGIN_DECLS

#define RNL_TYPE_PART (rnl_part_get_type ())
G_DECLARE_FINAL_TYPE (RnlPart, rnl_part, RNL, PART, GObject)

RnlPart *rnl_part_new (RnlPartType type, guint step);
RnlPart *rnl_part_new_text (const char *text);
RnlPart *rnl_part_new_tool_call (guint step, const char *call_id, const char *name);

RnlPart *rnl_part_copy (RnlPart *self);
const char *rnl_part_get_id (RnlPart *self);
void rnl_part_set_id (RnlPart *self, const char *id);
RnlPartType rnl_part_get_part_type (RnlPart *self);
guint rnl_part_get_step (RnlPart *self);

/* The growing text: the answer, the thinking, or a call's arguments as JSON text. */
const char *rnl_part_get_text (RnlPart *self);
gsize rnl_part_get_length (RnlPart *self);
void rnl_part_append (RnlPart *self, const char *text, gsize length);
void rnl_part_set_text (RnlPart *self, const char *text);
GBytes *rnl_part_get_base64 (RnlPart *self);
void rnl_part_set_base64 (RnlPart *self, GBytes *base64);
gboolean rnl_part_get_complete (RnlPart *self);
void rnl_part_set_complete (RnlPart *self, gboolean complete);

const char *rnl_part_get_title (RnlPart *self);
void rnl_part_set_title (RnlPart *self, const char *title);
gint64 rnl_part_get_started (RnlPart *self);
void rnl_part_set_started (RnlPart *self, gint64 unix_us);
gint64 rnl_part_get_duration (RnlPart *self);
void rnl_part_set_duration (RnlPart *self, gint64 duration_us);

/* Tool calls. */
const char *rnl_part_get_call_id (RnlPart *self);
void rnl_part_set_call_id (RnlPart *self, const char *call_id);
const char *rnl_part_get_name (RnlPart *self);
void rnl_part_set_name (RnlPart *self, const char *name);
RnlToolState rnl_part_get_state (RnlPart *self);
void rnl_part_set_state (RnlPart *self, RnlToolState state);
const char *rnl_part_get_output (RnlPart *self);
gsize rnl_part_get_output_length (RnlPart *self);
void rnl_part_append_output (RnlPart *self, const char *text, gsize length);
const char *rnl_part_get_result (RnlPart *self);
void rnl_part_set_result (RnlPart *self, const char *result);
double rnl_part_get_progress (RnlPart *self);
void rnl_part_set_progress (RnlPart *self, double progress);
GListModel *rnl_part_list_children (RnlPart *self);
void rnl_part_add_child (RnlPart *self, RnlPart *child);

G_END_DECLS

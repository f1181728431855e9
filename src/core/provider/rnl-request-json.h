/* rnl-request-json.h: the JSON that several protocols' requests have in common
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-attachment.h"
#include "rnl-request-body.h"
#include "rnl-request-step.h"

G_BEGIN_DECLS

/**
 * RnlRequestRawFunc:
 * @item: an item as the provider gave it
 *
 * Returns: whether it is taken back
 */
typedef gboolean (*RnlRequestRawFunc) (JsonObject *item);

void rnl_request_add_string (JsonBuilder *builder, const char *name, const char *value);
void rnl_request_begin_typed (JsonBuilder *builder, const char *type);
void rnl_request_add_data_uri (JsonBuilder *builder, const char *name, RnlPart *part);
void rnl_request_add_raw (JsonBuilder *builder, JsonNode *raw, RnlRequestRawFunc can_go_back);
JsonNode *rnl_request_dup_call (RnlRequestCall *call, const char *protocol);

gboolean rnl_request_names_tool (const char *choice);
void rnl_request_add_spec (JsonBuilder *builder, RnlToolSpec *spec, const char *schema);
void rnl_request_add_functions (JsonBuilder *builder, GPtrArray *tools);

void rnl_request_add_count (JsonBuilder *builder, const char *name, guint count);
void rnl_request_add_share (JsonBuilder *builder, const char *name, double share);
void rnl_request_add_boolean (JsonBuilder *builder, const char *name, gboolean value);
void rnl_request_add_stop (JsonBuilder *builder, const char *name, char **stop, guint most);
void rnl_request_add_schema (JsonBuilder *builder, const RnlChatRequest *request);
void rnl_request_add_cache_key (JsonBuilder *builder, const RnlChatRequest *request);

G_END_DECLS

/* rnl-request-body.h: what is posted to a model server
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "rnl-part.h"

G_BEGIN_DECLS

typedef struct _RnlRequestBody RnlRequestBody;

void rnl_request_body_add_file (JsonBuilder *builder, const char *before, RnlPart *part);

RnlRequestBody *rnl_request_body_new (JsonNode *root);
RnlRequestBody *rnl_request_body_new_built (JsonBuilder *builder);
RnlRequestBody *rnl_request_body_new_around (RnlRequestBody *self, JsonNode *root);
RnlRequestBody *rnl_request_body_ref (RnlRequestBody *self);
void rnl_request_body_unref (RnlRequestBody *self);

JsonObject *rnl_request_body_get_object (RnlRequestBody *self);
GInputStream *rnl_request_body_open (RnlRequestBody *self, gsize *length);
GBytes *rnl_request_body_join (RnlRequestBody *self);
void rnl_request_body_post (RnlRequestBody *self, SoupMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlRequestBody, rnl_request_body_unref)

G_END_DECLS

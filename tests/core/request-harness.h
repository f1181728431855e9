/* request-harness.h: what tests of requests share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-chat-request.h"
#include "rnl-request-body.h"

G_BEGIN_DECLS

/* g_autoptr (RequestOfTest): where its scope ends nobody else may hold its messages or their parts.
 * It comes before what is put into it. */
typedef RnlChatRequest RequestOfTest;
void request_of_test_free (RequestOfTest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RequestOfTest, request_of_test_free)

/* JSON in these tests has single quotes, for the eyes' sake. */
JsonNode *request_parse (const char *quoted);
JsonObject *request_read_body (RnlRequestBody *taken);
JsonObject *request_read_json (GBytes *taken);
void request_assert_json (JsonNode *got, const char *quoted);
void request_assert_member (JsonObject *body, const char *name, const char *quoted);

RnlPart *request_add_part (RnlMessage *message, RnlPart *taken, const char *text);
RnlPart *request_add_item (
  RnlMessage *message, RnlPart *taken, const char *text, const char *protocol, const char *raw);
RnlPart *request_add_file (RnlMessage *message, const char *mime_type, const char *base64);

G_END_DECLS

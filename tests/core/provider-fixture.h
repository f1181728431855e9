/* provider-fixture.h: a model behind a server that does as it is told
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-http-model.h"
#include "rnl-test-server.h"
#include "wire-answer.h"

G_BEGIN_DECLS

/* The key. Must be seen in requests and nowhere else. */
#define CANARY "canary-5f0e1d7c9b"

#define CHUNK(text) "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" text "\"}}]}\n\n"
#define FINISH      "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
#define DONE        "data: [DONE]\n\n"
#define HELLO       CHUNK ("Hel") CHUNK ("lo") FINISH DONE

typedef struct
{
  RnlTestServer *server;
  RnlChatModel *model;
  RnlChatRequest *request;
  WireAnswer *answer;
  GError *error;
} ProviderFixture;

void provider_fixture_set_up (ProviderFixture *self, gconstpointer data);
void provider_fixture_set_up_protocol (ProviderFixture *self, const char *protocol);
void provider_fixture_tear_down (ProviderFixture *self, gconstpointer data);
gboolean provider_fixture_ask (ProviderFixture *self);

G_END_DECLS

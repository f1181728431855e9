/* request-schemas.h: requests as the vendors' published types have them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-chat-request.h"

G_BEGIN_DECLS

/**
 * RequestTarget:
 * @protocol: its name, and that of its schema
 * @host: whose dialect is spoken
 * @model: who is asked
 * @extra: (nullable): definition and member, and another: what this dialect has besides
 * @takes_sealed: whether it gives items that go back as they came
 *
 * Whom requests are made for.
 */
typedef struct
{
  const char *protocol;
  const char *host;
  const char *model;
  const char *extra;
  gboolean takes_sealed;
} RequestTarget;

extern const RequestTarget request_targets[];
extern const guint request_n_targets;

/**
 * RequestScenario:
 * @name: of the test
 * @make: (transfer full): what is asked, by the protocol that is asked
 */
typedef struct
{
  const char *name;
  RnlChatRequest *(*make) (const char *protocol);
} RequestScenario;

extern const RequestScenario request_scenarios[];
extern const guint request_n_scenarios;

JsonNode *request_schema_load (const RequestTarget *target);
gboolean request_schema_check (JsonNode *schema, JsonNode *body, GError **error);

JsonNode *request_target_build (const RequestTarget *target, const RnlChatRequest *request);
RnlMessage *request_turn_new (const char *protocol);

G_END_DECLS

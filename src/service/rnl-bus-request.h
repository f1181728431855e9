/* rnl-bus-request.h: a question of another program, from `Ask` to `Finished`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-bus-consent.h"
#include "rnl-event-pipe.h"
#include "rnl-grant-list.h"

G_BEGIN_DECLS

#define RNL_TYPE_BUS_REQUEST (rnl_bus_request_get_type ())
G_DECLARE_FINAL_TYPE (RnlBusRequest, rnl_bus_request, RNL, BUS_REQUEST, GObject)

/**
 * RnlBusRequestSetup:
 * @host: who has the chats
 * @consent: who asks the person
 * @grants: where a new grant goes
 * @connection: the bus
 * @sender: unique name of the program
 * @path: where the request is to be found
 * @question: what is asked
 * @model: who would answer in a new conversation
 * @grant: (nullable): the program's grant; without one the person is asked
 * @chat_id: (nullable): the chat that goes on
 * @pipe: where the answer goes
 *
 * Lent for the time of [ctor@Runnel.BusRequest.new].
 */
typedef struct
{
  RnlBusHost *host;
  RnlBusConsent *consent;
  RnlGrantList *grants;
  GDBusConnection *connection;
  const char *sender;
  const char *path;
  const char *question;
  RnlChatModel *model;
  RnlGrant *grant;
  const char *chat_id;
  RnlEventPipe *pipe;
} RnlBusRequestSetup;

RnlBusRequest *
rnl_bus_request_new (const RnlBusRequestSetup *setup, RnlBusOptions *options, GError **error);
const char *rnl_bus_request_get_sender (RnlBusRequest *self);
const char *rnl_bus_request_get_path (RnlBusRequest *self);
void rnl_bus_request_begin (RnlBusRequest *self);
void rnl_bus_request_cancel (RnlBusRequest *self, const GError *reason);

G_END_DECLS

/* rnl-bus-request-private.h: shared by the files of the request
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-acp-updates.h"
#include "rnl-bus-request.h"

G_BEGIN_DECLS

struct _RnlBusRequest
{
  GObject parent_instance;

  /* owned */
  RnlBusHost *host;
  RnlBusConsent *consent;
  RnlGrantList *grants;
  GDBusConnection *connection;
  RnlBusOptions *options;
  RnlChatModel *model;
  RnlGrant *grant; /* nullable */
  RnlEventPipe *pipe;
  RnlConversation *conversation; /* nullable: once it is open */
  RnlRun *root;                  /* nullable, as the next two: once it has begun */
  RnlAgentRun *run;
  RnlAcpUpdates *updates;
  GCancellable *cancellable;
  GError *reason; /* nullable: why it was cancelled */
  char *sender;
  char *path;
  char *prompt;
  char *chat_id; /* nullable */
  char *program; /* nullable */
  char *token;   /* nullable: of the grant, to be told at the end */
  RnlConsentQuestion question;

  /* sources and handlers */
  guint registration_id;
  guint watch_id;
  guint timeout_id;

  gboolean holding;  /* the run waits for the reader */
  gboolean finished; /* `Finished` was sent */
  gboolean over;
};

/* rnl-bus-request-turn.c */
void rnl_bus_request_start_turn (RnlBusRequest *self);
void rnl_bus_request_release_run (RnlBusRequest *self);

/* rnl-bus-request.c */
void rnl_bus_request_finish (RnlBusRequest *self, const char *stop_reason, const GError *error);

G_END_DECLS

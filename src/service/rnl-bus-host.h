/* rnl-bus-host.h: what the service needs of the program it is part of
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-bus-options.h"
#include "rnl-conversation.h"

G_BEGIN_DECLS

/**
 * RnlConsent:
 * @RNL_CONSENT_DENY: no
 * @RNL_CONSENT_ONCE: this question, no other
 * @RNL_CONSENT_ALWAYS: this question, and all that come with the grant the program gets
 */
typedef enum
{
  RNL_CONSENT_DENY,
  RNL_CONSENT_ONCE,
  RNL_CONSENT_ALWAYS,
} RnlConsent;

/**
 * RnlConsentQuestion:
 * @client_name: (nullable): what the program says it is; nobody has checked it
 * @program: (nullable): the file it seems to run from
 * @prompt: what it wants to ask
 * @model: who would answer
 * @tools: what the model may use then
 * @parent_window: (nullable): the program's window, as portals write it
 * @activation_token: (nullable): lets a window come to the front
 *
 * Lent until the answer.
 */
typedef struct
{
  const char *client_name;
  const char *program;
  const char *prompt;
  RnlChatModel *model;
  RnlBusTools tools;
  const char *parent_window;
  const char *activation_token;
} RnlConsentQuestion;

#define RNL_TYPE_BUS_HOST (rnl_bus_host_get_type ())
G_DECLARE_INTERFACE (RnlBusHost, rnl_bus_host, RNL, BUS_HOST, GObject)

/**
 * RnlBusHostInterface:
 * @compose: puts a text into the composer of a new chat, in a window that is shown
 * @dup_model: (transfer full) (nullable): who answers. Errors: `RNL_BUS_ERROR_NO_PROVIDER`
 * @ask_consent_async: asks the person; a cancelled question is taken away
 * @ask_consent_finish: what they said. Errors: `G_IO_ERROR_CANCELLED`
 * @open_conversation_async: a new conversation, or that of a chat, loaded
 * @open_conversation_finish: (transfer full) (nullable): it. Errors: `RNL_STORE_ERROR_NOT_FOUND`,
 *   those of the library
 * @show_conversation: a call in it waits for the person: brings it before their eyes
 * @hold: the program does not end until @release
 * @release: undoes one @hold
 */
struct _RnlBusHostInterface
{
  GTypeInterface parent_iface;

  void (*compose) (RnlBusHost *self, const char *prompt, const char *activation_token);
  RnlChatModel *(*dup_model) (RnlBusHost *self, GError **error);
  void (*ask_consent_async) (RnlBusHost *self,
                             const RnlConsentQuestion *question,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
  RnlConsent (*ask_consent_finish) (RnlBusHost *self, GAsyncResult *result, GError **error);
  void (*open_conversation_async) (RnlBusHost *self,
                                   const char *chat_id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
  RnlConversation *(*open_conversation_finish) (RnlBusHost *self,
                                                GAsyncResult *result,
                                                GError **error);
  void (*show_conversation) (RnlBusHost *self,
                             RnlConversation *conversation,
                             const char *activation_token);
  void (*hold) (RnlBusHost *self);
  void (*release) (RnlBusHost *self);
};

void rnl_bus_host_compose (RnlBusHost *self, const char *prompt, const char *activation_token);
RnlChatModel *rnl_bus_host_dup_model (RnlBusHost *self, GError **error);
void rnl_bus_host_ask_consent_async (RnlBusHost *self,
                                     const RnlConsentQuestion *question,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
RnlConsent rnl_bus_host_ask_consent_finish (RnlBusHost *self, GAsyncResult *result, GError **error);
void rnl_bus_host_open_conversation_async (RnlBusHost *self,
                                           const char *chat_id,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
RnlConversation *
rnl_bus_host_open_conversation_finish (RnlBusHost *self, GAsyncResult *result, GError **error);
void rnl_bus_host_show_conversation (RnlBusHost *self,
                                     RnlConversation *conversation,
                                     const char *activation_token);
void rnl_bus_host_hold (RnlBusHost *self);
void rnl_bus_host_release (RnlBusHost *self);

G_END_DECLS

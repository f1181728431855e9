/* rnl-bus-host.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-bus-host.h"

/**
 * RnlBusHost:
 *
 * The program behind the service: windows, chats, accounts. Tests have one without windows.
 */
G_DEFINE_INTERFACE (RnlBusHost, rnl_bus_host, G_TYPE_OBJECT)

static void
rnl_bus_host_default_init (RnlBusHostInterface *iface)
{
}

/**
 * rnl_bus_host_compose:
 * @self: a host
 * @prompt: what shall stand in the composer
 * @activation_token: (nullable): lets a window come to the front
 *
 * Never sends.
 */
void
rnl_bus_host_compose (RnlBusHost *self, const char *prompt, const char *activation_token)
{
  g_return_if_fail (RNL_IS_BUS_HOST (self));

  RNL_BUS_HOST_GET_IFACE (self)->compose (self, prompt, activation_token);
}

/**
 * rnl_bus_host_dup_model:
 * @self: a host
 * @error: return location for an error
 *
 * Errors: `RNL_BUS_ERROR_NO_PROVIDER`.
 *
 * Returns: (transfer full) (nullable): who answers in a new conversation
 */
RnlChatModel *
rnl_bus_host_dup_model (RnlBusHost *self, GError **error)
{
  g_return_val_if_fail (RNL_IS_BUS_HOST (self), NULL);

  return RNL_BUS_HOST_GET_IFACE (self)->dup_model (self, error);
}

/**
 * rnl_bus_host_ask_consent_async:
 * @self: a host
 * @question: lent until the callback
 * @cancellable: (nullable): takes the question away
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Asks the person whether a program may ask.
 */
void
rnl_bus_host_ask_consent_async (RnlBusHost *self,
                                const RnlConsentQuestion *question,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (RNL_IS_BUS_HOST (self));

  RNL_BUS_HOST_GET_IFACE (self)->ask_consent_async (self, question, cancellable, callback,
                                                    user_data);
}

/**
 * rnl_bus_host_ask_consent_finish:
 * @self: a host
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED`.
 *
 * Returns: what the person said; `RNL_CONSENT_DENY` with @error set
 */
RnlConsent
rnl_bus_host_ask_consent_finish (RnlBusHost *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RNL_IS_BUS_HOST (self), RNL_CONSENT_DENY);

  return RNL_BUS_HOST_GET_IFACE (self)->ask_consent_finish (self, result, error);
}

/**
 * rnl_bus_host_open_conversation_async:
 * @self: a host
 * @chat_id: (nullable): a chat, `NULL` for a new one
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Opens a conversation with all its messages.
 */
void
rnl_bus_host_open_conversation_async (RnlBusHost *self,
                                      const char *chat_id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_return_if_fail (RNL_IS_BUS_HOST (self));

  RNL_BUS_HOST_GET_IFACE (self)->open_conversation_async (self, chat_id, cancellable, callback,
                                                          user_data);
}

/**
 * rnl_bus_host_open_conversation_finish:
 * @self: a host
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_STORE_ERROR_NOT_FOUND`, those of the library, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable): the conversation
 */
RnlConversation *
rnl_bus_host_open_conversation_finish (RnlBusHost *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RNL_IS_BUS_HOST (self), NULL);

  return RNL_BUS_HOST_GET_IFACE (self)->open_conversation_finish (self, result, error);
}

/**
 * rnl_bus_host_show_conversation:
 * @self: a host
 * @conversation: one whose turn waits for the person
 * @activation_token: (nullable): lets a window come to the front
 */
void
rnl_bus_host_show_conversation (RnlBusHost *self,
                                RnlConversation *conversation,
                                const char *activation_token)
{
  g_return_if_fail (RNL_IS_BUS_HOST (self));

  RNL_BUS_HOST_GET_IFACE (self)->show_conversation (self, conversation, activation_token);
}

/**
 * rnl_bus_host_hold:
 * @self: a host
 *
 * The program does not end until as many calls of [method@Runnel.BusHost.release].
 */
void
rnl_bus_host_hold (RnlBusHost *self)
{
  g_return_if_fail (RNL_IS_BUS_HOST (self));

  RNL_BUS_HOST_GET_IFACE (self)->hold (self);
}

void
rnl_bus_host_release (RnlBusHost *self)
{
  g_return_if_fail (RNL_IS_BUS_HOST (self));

  RNL_BUS_HOST_GET_IFACE (self)->release (self);
}

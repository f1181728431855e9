/* rnl-route.h: the way to a model server: its addresses, and what every request to it carries
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

#include "rnl-protocol.h"

G_BEGIN_DECLS

/* How long a connection may take while there is another address to go to. */
#define RNL_ROUTE_CONNECT_TIMEOUT_MS 5000

/**
 * RnlRoute:
 *
 * How a service is reached at this moment: the addresses to try, in order, and for each request the
 * key, the person's own headers, the proxy and the authorities that are trusted. An account gives
 * one ([method@Account.find_route_async]); it is used for one question and its retries, so that an
 * account that is edited meanwhile confuses nobody. Immutable, counted, for the main thread.
 */
typedef struct _RnlRoute RnlRoute;

/**
 * RnlRouteFunc:
 * @endpoint: the address that answered
 * @user_data: closure
 *
 * Told when another address than the first one answered.
 */
typedef void (*RnlRouteFunc) (const RnlEndpoint *endpoint, gpointer user_data);

RnlRoute *rnl_route_new (const RnlProtocol *protocol, const RnlEndpoint *endpoint, const char *key);
RnlRoute *rnl_route_new_only (RnlRoute *self, guint index);
RnlRoute *rnl_route_ref (RnlRoute *self);
void rnl_route_unref (RnlRoute *self);

const RnlProtocol *rnl_route_get_protocol (RnlRoute *self);
guint rnl_route_get_n_endpoints (RnlRoute *self);
const RnlEndpoint *rnl_route_get_endpoint (RnlRoute *self, guint index);
const char *rnl_route_get_key (RnlRoute *self);
const char *const *rnl_route_get_secrets (RnlRoute *self);
SoupSession *rnl_route_get_session (RnlRoute *self);

SoupMessage *
rnl_route_new_message (RnlRoute *self, guint index, const char *method, const char *path);
void rnl_route_worked (RnlRoute *self, guint index);

/* While it is made. */
void rnl_route_add_endpoint (RnlRoute *self, const RnlEndpoint *endpoint);
void rnl_route_add_header (RnlRoute *self, const char *name, const char *value);
void rnl_route_add_secret (RnlRoute *self, const char *secret);
void rnl_route_set_session (RnlRoute *self, SoupSession *session);
void rnl_route_set_worked_func (RnlRoute *self,
                                RnlRouteFunc func,
                                gpointer user_data,
                                GDestroyNotify destroy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlRoute, rnl_route_unref)

G_END_DECLS

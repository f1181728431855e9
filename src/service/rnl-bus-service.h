/* rnl-bus-service.h: the agent for other programs, on the session bus
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-bus-host.h"
#include "rnl-grant-list.h"

G_BEGIN_DECLS

#define RNL_BUS_SERVICE_PATH       "/io/github/runnel_chat/Runnel/Agent"
#define RNL_BUS_SERVICE_PER_SENDER 2
#define RNL_BUS_SERVICE_IN_FLIGHT  8
#define RNL_BUS_SERVICE_BURST      60

#define RNL_TYPE_BUS_SERVICE (rnl_bus_service_get_type ())
G_DECLARE_FINAL_TYPE (RnlBusService, rnl_bus_service, RNL, BUS_SERVICE, GObject)

RnlBusService *rnl_bus_service_new (RnlBusHost *host, GSettings *settings);
void rnl_bus_service_set_stall_time (RnlBusService *self, guint milliseconds);
gboolean rnl_bus_service_export (RnlBusService *self, GDBusConnection *connection, GError **error);
void rnl_bus_service_unexport (RnlBusService *self);
guint rnl_bus_service_get_n_requests (RnlBusService *self);

G_END_DECLS

/* rnl-bus-options.h: what a program wants besides an answer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <gio/gunixfdlist.h>

#include "rnl-run-config.h"

G_BEGIN_DECLS

#define RNL_BUS_MAX_PROMPT      ((gsize) 1024 * 1024)
#define RNL_BUS_MAX_ATTACHMENTS 16

/**
 * RnlBusTools:
 * @RNL_BUS_TOOLS_NONE: the model is told of no tool
 * @RNL_BUS_TOOLS_READ_ONLY: of those that never ask a person
 * @RNL_BUS_TOOLS_ASK: of all that are switched on; the person is asked as in any chat
 */
typedef enum
{
  RNL_BUS_TOOLS_NONE,
  RNL_BUS_TOOLS_READ_ONLY,
  RNL_BUS_TOOLS_ASK,
} RnlBusTools;

/**
 * RnlBusAttachment:
 * @name: what it is called; never a path that is opened
 * @mime_type: a kind of text
 * @fd: where it is read from
 */
typedef struct
{
  char *name;
  char *mime_type;
  int fd;
} RnlBusAttachment;

/**
 * RnlBusOptions:
 * @handle_token: (nullable): last element of the request's path
 * @activation_token: (nullable): lets a window come to the front
 * @parent_window: (nullable): `wayland:HANDLE` or `x11:XID` of the caller's window
 * @client_name: (nullable): what the caller says it is; made fit to be shown, not to be believed
 * @grant: (nullable): a permission from before
 * @conversation: (nullable): which of the grant's conversations goes on
 * @system: (nullable): a system prompt
 * @tools: what the model may use
 * @text_only: bytes of the answer instead of events
 * @timeout: seconds for everything, 0 for as long as it takes
 * @config: the model's parameters
 * @attachments: (element-type RnlBusAttachment): what is read before asking
 */
typedef struct
{
  char *handle_token;
  char *activation_token;
  char *parent_window;
  char *client_name;
  char *grant;
  char *conversation;
  char *system;
  RnlBusTools tools;
  gboolean text_only;
  guint timeout;
  RnlRunConfig *config;
  GPtrArray *attachments;
} RnlBusOptions;

RnlBusOptions *rnl_bus_options_parse (GVariant *options, GUnixFDList *fds, GError **error);
void rnl_bus_options_free (RnlBusOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlBusOptions, rnl_bus_options_free)

G_END_DECLS

/* rnl-server-command.h: what a model server is told to do, and what it says meanwhile
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-account.h"

G_BEGIN_DECLS

/**
 * RnlServerLineFunc:
 * @line: one object of the answer, borrowed for the call
 * @user_data: closure
 *
 * Called for each line of an answer but one that tells of an error.
 */
typedef void (*RnlServerLineFunc) (JsonObject *line, gpointer user_data);

/**
 * RnlServerCommand:
 * @method: "POST", "DELETE"
 * @path: relative to the address of the account
 * @model: (nullable): what messages call the model
 * @json: (transfer none): the body
 * @idle_timeout_ms: how long the server may be silent; 0 for the default
 * @on_line: (nullable): takes what it says
 * @user_data: for @on_line
 *
 * A command. All of it is borrowed until the callback but @json and @user_data.
 */
typedef struct
{
  const char *method;
  const char *path;
  const char *model;
  GBytes *json;
  guint idle_timeout_ms;
  RnlServerLineFunc on_line;
  gpointer user_data;
} RnlServerCommand;

GBytes *rnl_server_command_new_body (const char *model);
void rnl_server_command_async (RnlAccount *account,
                               const RnlServerCommand *command,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean rnl_server_command_finish (RnlAccount *account, GAsyncResult *result, GError **error);

G_END_DECLS

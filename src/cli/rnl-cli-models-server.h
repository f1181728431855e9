/* rnl-cli-models-server.h: models on the disk of a server that keeps its own
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-cli.h"

G_BEGIN_DECLS

/**
 * RnlCliServer:
 * @account: (nullable): the id of an account
 * @base_url: (nullable): an address, for this call only
 *
 * Which server was asked for. Owned.
 */
typedef struct
{
  char *account;
  char *base_url;
} RnlCliServer;

void rnl_cli_server_clear (RnlCliServer *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RnlCliServer, rnl_cli_server_clear)

RnlAccount *rnl_cli_server_parse (RnlCliServer *self, int *argc, char ***argv, RnlExit *status);

/* `models pull NAME` and `models delete NAME`: ARGV[0] is the verb. */
RnlExit rnl_cli_models_pull (int argc, char **argv);
RnlExit rnl_cli_models_delete (int argc, char **argv);

G_END_DECLS

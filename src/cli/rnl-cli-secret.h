/* rnl-cli-secret.h: what a person types and nobody sees
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *rnl_cli_read_secret (const char *prompt, GError **error);

G_END_DECLS

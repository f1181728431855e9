/* rnl-cli-archive.h: chats out of the library and into it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-cli.h"

G_BEGIN_DECLS

RnlExit rnl_cli_export (RnlLibrary *library,
                        const char *const *chat_ids,
                        const char *format,
                        const char *output);
RnlExit rnl_cli_import (RnlLibrary *library, const char *const *paths);

G_END_DECLS

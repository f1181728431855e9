/* rnl-cli-input.h: what is read from outside, with an end to it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *rnl_cli_read_fd (int fd, gsize limit);
char *rnl_cli_read_text (const char *path, gsize limit, GError **error);

G_END_DECLS

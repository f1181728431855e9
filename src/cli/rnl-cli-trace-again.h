/* rnl-cli-trace-again.h: a recorded model call, asked again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-cli.h"

G_BEGIN_DECLS

RnlExit rnl_cli_trace_again (int argc, char **argv);

G_END_DECLS

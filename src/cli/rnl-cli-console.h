/* rnl-cli-console.h: a run as lines for people, logs and screen readers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-event-filter.h"

G_BEGIN_DECLS

void rnl_cli_console_cb (GObject *source, const RnlEvent *event, gpointer user_data);
gboolean rnl_cli_is_answer_text (const RnlEvent *event);

G_END_DECLS

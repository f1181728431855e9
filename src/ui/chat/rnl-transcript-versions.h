/* rnl-transcript-versions.h: what can be done with one message of a transcript
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-transcript-view.h"

G_BEGIN_DECLS

void rnl_transcript_versions_install (GtkWidgetClass *widget_class);
void rnl_transcript_versions_update (RnlTranscriptView *view, gboolean idle);

G_END_DECLS

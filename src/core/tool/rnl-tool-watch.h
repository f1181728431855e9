/* rnl-tool-watch.h: the model runs below a tool's run as parts of its call
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-part.h"
#include "rnl-run.h"

G_BEGIN_DECLS

/**
 * RnlToolWatch:
 *
 * Watches a tool's run and keeps the call's children: one text part for each model call below it
 * that a person may see, growing as its tokens come.
 */
typedef struct _RnlToolWatch RnlToolWatch;

RnlToolWatch *rnl_tool_watch_new (RnlRun *run, RnlPart *part);
void rnl_tool_watch_free (RnlToolWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlToolWatch, rnl_tool_watch_free)

G_END_DECLS

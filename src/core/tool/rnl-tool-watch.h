/* rnl-tool-watch.h: the model runs below a tool's run as parts of its call
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-part.h"
#include "rnl-run.h"

G_BEGIN_DECLS

/**
 * RnlToolWatch:
 *
 * Watches a tool's run and keeps the call's children: a text for each model call below it that a
 * person may see, growing as its tokens come, and a call for each tool that is used below it, with
 * what happens inside that as its own children.
 */
typedef struct _RnlToolWatch RnlToolWatch;

RnlToolWatch *rnl_tool_watch_new (RnlRun *run, RnlPart *part);
void rnl_tool_watch_free (RnlToolWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlToolWatch, rnl_tool_watch_free)

G_END_DECLS

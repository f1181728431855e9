/* rnl-markdown-stream.h: growing Markdown text as a growing list of blocks
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-block.h"

G_BEGIN_DECLS

#define RNL_TYPE_MARKDOWN_STREAM (rnl_markdown_stream_get_type ())
G_DECLARE_FINAL_TYPE (RnlMarkdownStream, rnl_markdown_stream, RNL, MARKDOWN_STREAM, GObject)

RnlMarkdownStream *rnl_markdown_stream_new (void);
void rnl_markdown_stream_feed (RnlMarkdownStream *self, const char *text, gssize length);
void rnl_markdown_stream_flush (RnlMarkdownStream *self);
void rnl_markdown_stream_end (RnlMarkdownStream *self);
guint rnl_markdown_stream_get_n_blocks (RnlMarkdownStream *self);
RnlBlock *rnl_markdown_stream_get_block (RnlMarkdownStream *self, guint position);
guint rnl_markdown_stream_get_n_stable (RnlMarkdownStream *self);
guint64 rnl_markdown_stream_get_parsed_bytes (RnlMarkdownStream *self);

G_END_DECLS

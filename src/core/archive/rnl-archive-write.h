/* rnl-archive-write.h: one chat as text of any format
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-archive-chat.h"
#include "rnl-archive-export.h"

G_BEGIN_DECLS

/**
 * RNL_ARCHIVE_MAX_EMBEDDED:
 *
 * How many bytes of attachments a page carries in itself; of what is beyond only the name is said.
 */
#define RNL_ARCHIVE_MAX_EMBEDDED (64 * 1024 * 1024)

void rnl_archive_write_begin (RnlArchiveFormat format, const char *title, GString *out);
void rnl_archive_write_chat (RnlArchiveFormat format,
                             const RnlArchiveChat *chat,
                             gboolean first,
                             gsize *embedded,
                             GString *out);
void rnl_archive_write_end (RnlArchiveFormat format, GString *out);

void rnl_archive_write_html (const RnlArchiveChat *chat, gsize *embedded, GString *out);
void rnl_archive_append_escaped (GString *out, const char *text, gsize length);
void rnl_archive_append_markdown (GString *out, const char *text, gsize length);

G_END_DECLS

/* rnl-archive-reader.h: conversations out of a stream of JSON, one at a time
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-archive-chat.h"
#include "rnl-archive-files.h"

G_BEGIN_DECLS

/**
 * RNL_ARCHIVE_MAX_CHAT:
 *
 * How many bytes one conversation may take in a file, with its attachments.
 */
#define RNL_ARCHIVE_MAX_CHAT (512 * 1024 * 1024)

/**
 * RnlArchiveReader:
 *
 * Reads a list of conversations, of ours, ChatGPT's or Claude's kind, of which it holds one at a
 * time.
 */
typedef struct _RnlArchiveReader RnlArchiveReader;

RnlArchiveReader *
rnl_archive_reader_new (GInputStream *stream, const char *name, RnlArchiveFiles *files);
void rnl_archive_reader_free (RnlArchiveReader *self);
RnlArchiveChat *
rnl_archive_reader_next (RnlArchiveReader *self, GCancellable *cancellable, GError **error);
guint64 rnl_archive_reader_get_position (const RnlArchiveReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlArchiveReader, rnl_archive_reader_free)

G_END_DECLS

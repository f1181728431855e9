/* rnl-document-file.h: a file as text
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files beyond these are not what a person reads. */
#define RNL_DOCUMENT_FILE_MAX_TEXT  (8 * 1024 * 1024)
#define RNL_DOCUMENT_FILE_MAX_PDF   (128 * 1024 * 1024)
#define RNL_DOCUMENT_FILE_MAX_PAGES 5000

/**
 * RnlDocumentPage:
 * @number: from 1; 0 for a file without pages
 * @text: valid UTF-8
 */
typedef struct
{
  guint number;
  char *text;
} RnlDocumentPage;

/**
 * RnlDocumentFile:
 * @title: the first heading, the title the file says, or its name
 * @hash: SHA-256 of the bytes, in hexadecimal
 * @pages: (element-type RnlDocumentPage): its text
 */
typedef struct
{
  char *title;
  char *hash;
  GPtrArray *pages;
} RnlDocumentFile;

gboolean rnl_document_file_is_known (const char *name);
gboolean rnl_document_file_reads_pdf (void);
RnlDocumentFile *rnl_document_file_new_text (const char *title, const char *text);
RnlDocumentFile *
rnl_document_file_read (const char *path, GCancellable *cancellable, GError **error);
void rnl_document_file_free (RnlDocumentFile *self);
void rnl_document_file_add_page (RnlDocumentFile *self, guint number, char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlDocumentFile, rnl_document_file_free)

G_END_DECLS

/* rnl-document-pdf.h: the text of a PDF file
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-document-file.h"

G_BEGIN_DECLS

gboolean rnl_document_pdf_read (RnlDocumentFile *self,
                                GBytes *bytes,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS

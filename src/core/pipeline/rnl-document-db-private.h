/* rnl-document-db-private.h: how a document stands in a row
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-document.h"
#include "rnl-store-statement.h"

G_BEGIN_DECLS

#define RNL_DOCUMENT_DB_COLUMNS "p.id, f.source, f.title, p.page, p.start, p.text"

RnlDocument *rnl_document_db_read_document (RnlStoreStatement *statement, double score);

G_END_DECLS

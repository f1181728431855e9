/* rnl-document.h: a piece of text that was found, and where it is from
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define RNL_TYPE_DOCUMENT (rnl_document_get_type ())
G_DECLARE_FINAL_TYPE (RnlDocument, rnl_document, RNL, DOCUMENT, GObject)

/**
 * RnlDocumentPlace:
 * @source: the path of the file, or the name the text was added under
 * @title: for a person: a heading, or the file's name
 * @page: from 1; 0 where there are no pages
 * @start: where the piece begins in the text or the page, in characters
 *
 * Where a piece of text is from.
 */
typedef struct
{
  const char *source;
  const char *title;
  guint page;
  gsize start;
} RnlDocumentPlace;

RnlDocument *
rnl_document_new (const char *id, const char *text, const RnlDocumentPlace *place, double score);

const char *rnl_document_get_id (RnlDocument *self);
const char *rnl_document_get_text (RnlDocument *self);
const char *rnl_document_get_source (RnlDocument *self);
const char *rnl_document_get_title (RnlDocument *self);
guint rnl_document_get_page (RnlDocument *self);
gsize rnl_document_get_start (RnlDocument *self);
double rnl_document_get_score (RnlDocument *self);
void rnl_document_set_score (RnlDocument *self, double score);
JsonNode *rnl_document_to_json (RnlDocument *self);

G_END_DECLS

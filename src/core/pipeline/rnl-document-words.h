/* rnl-document-words.h: text and questions in the words of the index
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *rnl_document_words_segment (const char *text);
char *rnl_document_words_match (const char *question);

G_END_DECLS

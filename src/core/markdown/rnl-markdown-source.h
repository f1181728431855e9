/* rnl-markdown-source.h: bytes to valid text, and where in the bytes it stood
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GString *text;    /* that is not forgotten, valid UTF-8, line ends as `\n` */
  GString *partial; /* bytes of an unfinished character */
  guint64 base;     /* of the text, in the text as a whole */
  GArray *shifts;   /* of how far bytes and text are apart, and from where on */
  guint64 shift;
  gboolean after_cr;
} RnlMarkdownSource;

void rnl_markdown_source_init (RnlMarkdownSource *self);
void rnl_markdown_source_clear (RnlMarkdownSource *self);
void rnl_markdown_source_append (RnlMarkdownSource *self, const char *bytes, gsize length);
void rnl_markdown_source_end (RnlMarkdownSource *self);
void rnl_markdown_source_forget (RnlMarkdownSource *self, gsize length);
guint64 rnl_markdown_source_get_offset (const RnlMarkdownSource *self, gsize pos);

G_END_DECLS

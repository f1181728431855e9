/* rnl-markdown-names.h: what a text defines once and mentions anywhere: links and footnotes
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ref strings. */
typedef struct
{
  char *address;
  char *title; /* `NULL` for none */
} RnlDefinition;

typedef struct
{
  GHashTable *definitions; /* RnlDefinition by label */
  GHashTable *missing;     /* labels that were mentioned before they were defined */
  GHashTable *numbers;     /* of footnotes by label */
  GPtrArray *footnotes;    /* labels, borrowed, in the order of their numbers */
  gboolean late;           /* one of the missing ones was defined */
} RnlMarkdownNames;

void rnl_markdown_names_init (RnlMarkdownNames *self);
void rnl_markdown_names_clear (RnlMarkdownNames *self);

const RnlDefinition *
rnl_markdown_names_find (RnlMarkdownNames *self, const char *label, gsize length);
void rnl_markdown_names_note_missing (RnlMarkdownNames *self, const char *label, gsize length);
gsize
rnl_markdown_names_define (RnlMarkdownNames *self, const char *text, gsize length, gboolean draft);

gboolean rnl_markdown_names_is_defining (const char *text, gsize length);

guint rnl_markdown_names_number (RnlMarkdownNames *self, const char *label, gsize length);
void rnl_markdown_names_forget_numbers (RnlMarkdownNames *self, guint n_kept);

G_END_DECLS

/* markdown-view.h: what a view of a Markdown stream sees
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-markdown-stream.h"

G_BEGIN_DECLS

/* A copy kept up to date by the signals alone. */
typedef struct
{
  RnlMarkdownStream *stream;
  GPtrArray *seen;    /* of RnlBlock */
  GPtrArray *lengths; /* of their texts */
  guint stable;       /* blocks that must not change any more */
} View;

void view_init (View *view);
void view_clear (View *view);
void view_feed (View *view, const char *text, gsize length);
void view_end (View *view);
char *view_dump (View *view);

char *dump_whole (const char *text, gsize length);
char *random_document (GRand *random, gsize length);

G_END_DECLS

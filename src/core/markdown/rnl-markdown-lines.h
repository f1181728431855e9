/* rnl-markdown-lines.h: what one line of Markdown begins, continues or ends
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char ch;      /* '`' or '~' */
  guint length; /* of the fence */
  guint indent; /* columns before it */
} RnlFence;

typedef struct
{
  char delimiter; /* '-', '+', '*', '.' or ')' */
  gboolean ordered;
  gboolean empty; /* nothing after the marker */
  guint number;
  guint content; /* column where the item's content begins */
  gsize length;  /* bytes up to the content, with the indent */
} RnlListMarker;

gboolean rnl_line_is_blank (const char *line, gsize length);
guint rnl_line_indent (const char *line, gsize length, gsize *bytes);
gboolean rnl_line_is_rule (const char *line, gsize length);
gboolean rnl_line_is_setext (const char *line, gsize length);
gboolean rnl_line_is_heading (const char *line, gsize length);
gboolean rnl_line_is_quote (const char *line, gsize length);
gboolean rnl_line_is_table_rule (const char *line, gsize length);
gboolean rnl_line_is_definition (const char *line, gsize length);
gboolean rnl_line_opens_fence (const char *line, gsize length, RnlFence *fence);
gboolean rnl_line_closes_fence (const char *line, gsize length, const RnlFence *fence);
gboolean rnl_line_may_close_fence (const char *line, gsize length, const RnlFence *fence);
gboolean rnl_line_marker (const char *line, gsize length, RnlListMarker *marker);
gsize rnl_line_skip_containers (const char *line, gsize length);

G_END_DECLS

/* rnl-markdown-lines.h: what one line of Markdown begins, continues or ends
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A line without its end, read from the left. A tab reaches to the next multiple of four columns
 * and may be used up in part. */
typedef struct
{
  const char *text;
  gsize length;
  gsize pos;
  guint column;
  gboolean in_tab; /* the tab at `pos` is used up in part */
} RnlLine;

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
  guint number;
  gsize length; /* bytes */
} RnlListMarker;

typedef enum
{
  RNL_MATH_NONE,
  RNL_MATH_OPENS,
  RNL_MATH_WHOLE, /* and is closed again */
} RnlMathLine;

void rnl_line_init (RnlLine *self, const char *text, gsize length);
guint rnl_line_get_indent (const RnlLine *self, gsize *first);
gboolean rnl_line_is_blank (const RnlLine *self);
void rnl_line_skip_columns (RnlLine *self, guint columns);
void rnl_line_skip_bytes (RnlLine *self, gsize bytes);
void rnl_line_skip_blanks (RnlLine *self);
void rnl_line_append_rest (const RnlLine *self, GString *out);

/* These are given a line from its first character that is not blank. */
gboolean rnl_line_is_rule (const char *line, gsize length);
gboolean rnl_line_is_setext (const char *line, gsize length);
guint rnl_line_is_heading (const char *line, gsize length);
gboolean rnl_line_opens_fence (const char *line, gsize length, RnlFence *fence);
gboolean
rnl_line_closes_fence (const char *line, gsize length, const RnlFence *fence, gboolean partial);
gboolean rnl_line_marker (const char *line, gsize length, RnlListMarker *marker);
gsize rnl_line_footnote (const char *line, gsize length, gsize *label);
RnlMathLine rnl_line_math (const char *line, gsize length);
gboolean rnl_line_is_marks (const char *line, gsize length);

G_END_DECLS

/* rnl-output-excerpt.h: what is shown of a text of any length
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-block-range.h"
#include "rnl-line-index.h"

G_BEGIN_DECLS

/* What is shown at each end, and in bytes of a line. */
#define RNL_OUTPUT_EXCERPT_LINES    RNL_LINE_INDEX_LINES
#define RNL_OUTPUT_EXCERPT_MAX_LINE 400

/**
 * RnlOutputPlace:
 * @RNL_OUTPUT_HEAD: the first lines
 * @RNL_OUTPUT_MIDDLE: the lines around a place between the others
 * @RNL_OUTPUT_TAIL: the last lines
 */
typedef enum
{
  RNL_OUTPUT_HEAD,
  RNL_OUTPUT_MIDDLE,
  RNL_OUTPUT_TAIL,
  RNL_OUTPUT_N_PLACES
} RnlOutputPlace;

/**
 * RnlOutputRun:
 * @place: where it is shown
 * @line: whose bytes they are
 * @line_start: where that begins, in bytes of the text
 * @from: first byte of the text
 * @to: first byte behind
 * @at: how many characters are shown before it in its place
 *
 * A stretch of a line that is shown.
 */
typedef struct
{
  RnlOutputPlace place;
  gsize line;
  gsize line_start;
  gsize from;
  gsize to;
  guint at;
} RnlOutputRun;

/**
 * RnlOutputExcerpt:
 * @texts: what is shown, by place
 * @runs: (element-type RnlOutputRun): where that comes from, in order
 * @hidden: how many lines lie between the first and the last ones
 * @long_line: whether a line is cut
 */
typedef struct
{
  GString *texts[RNL_OUTPUT_N_PLACES];
  GArray *runs;
  gsize hidden;
  gboolean long_line;
} RnlOutputExcerpt;

void rnl_output_excerpt_init (RnlOutputExcerpt *self);
void rnl_output_excerpt_clear (RnlOutputExcerpt *self);
void rnl_output_excerpt_update (RnlOutputExcerpt *self,
                                const char *text,
                                const RnlLineIndex *index,
                                const RnlBlockPoint *wanted);

gboolean rnl_output_excerpt_find (const RnlOutputExcerpt *self,
                                  const char *text,
                                  const RnlLineIndex *index,
                                  const RnlBlockPoint *point,
                                  RnlOutputPlace *place,
                                  guint *offset);
guint rnl_output_excerpt_clamp (const RnlOutputExcerpt *self,
                                const char *text,
                                const RnlLineIndex *index,
                                const RnlBlockPoint *point,
                                RnlOutputPlace place);
void rnl_output_excerpt_get_point (const RnlOutputExcerpt *self,
                                   const char *text,
                                   RnlOutputPlace place,
                                   guint offset,
                                   RnlBlockPoint *point);

gboolean
rnl_output_excerpt_has_line (const RnlOutputExcerpt *self, RnlOutputPlace place, gsize line);
char *rnl_output_excerpt_dup_line (const char *text, const RnlLineIndex *index, guint line);

G_END_DECLS

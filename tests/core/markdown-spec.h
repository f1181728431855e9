/* markdown-spec.h: the examples of CommonMark and of GitHub's dialect
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The specifications are found in the folder RUNNEL_TEST_SPECS, see tools/markdown-specs. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *section;
  char *text;
  char *html;
  guint number;
} MarkdownExample;

typedef struct
{
  const char *name;
  guint n_examples;
  guint n_matching; /* at least */
} MarkdownSpec;

extern const MarkdownSpec markdown_specs[];
extern const gsize n_markdown_specs;

GPtrArray *markdown_spec_load (gsize spec);

G_END_DECLS

/* rnl-cli-demo-chains.h: the pipelines that show what pipelines do
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-chat-model.h"
#include "rnl-document-index.h"
#include "rnl-pipeline.h"

G_BEGIN_DECLS

/**
 * RnlDemo:
 * @name: on the command line
 * @summary: one line for the help
 * @input: what it begins with when nothing else is said, as JSON
 * @separator: what stands between its outputs
 * @new_chain: makes it; @index is nullable
 */
typedef struct
{
  const char *name;
  const char *summary;
  const char *input;
  const char *separator;
  RnlPipeline *(*new_chain) (RnlChatModel *model, RnlDocumentIndex *index);
} RnlDemo;

const RnlDemo *rnl_demo_list (gsize *n_demos);
const RnlDemo *rnl_demo_find (const char *name);
gboolean rnl_demo_needs_documents (const RnlDemo *demo);

G_END_DECLS

/* rnl-message-chunk-private.h: between the files of a message chunk
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-json-sum.h"
#include "rnl-message-chunk.h"

G_BEGIN_DECLS

struct _RnlMessageChunk
{
  /* owned */
  RnlJsonSum *content;           /* a string or a list */
  RnlJsonSum *additional_kwargs; /* a dict */
  RnlJsonSum *response_metadata; /* a dict */
  RnlJsonSum *tool_call_chunks;  /* a list of dicts: name, args, id, index */
  RnlJsonSum *usage_metadata;    /* a dict, or null */
  char *id;

  gboolean last;
  gboolean own_block; /* the last block of the content was made here, of bare text */
};

G_END_DECLS

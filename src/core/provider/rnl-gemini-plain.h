/* rnl-gemini-plain.h: a frame that is nothing but a piece of text
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-json-reader.h"
#include "rnl-usage.h"

G_BEGIN_DECLS

/**
 * RnlGeminiPlain:
 * @text: the piece, as the JSON string that it is in the frame
 * @length: of @text in bytes
 * @thought: whether it is thinking
 * @has_usage: whether the frame counts
 * @usage: what it counts
 *
 * What nearly every frame of a long answer is.
 */
typedef struct
{
  const char *text;
  gsize length;
  gboolean thought;
  gboolean has_usage;
  RnlUsage usage;
} RnlGeminiPlain;

gboolean
rnl_gemini_plain_read (RnlGeminiPlain *self, RnlJsonReader *reader, const char *data, gsize length);

G_END_DECLS

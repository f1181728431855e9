/* rnl-answer-style.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-style.h"

#include "rnl-compat.h"
#include "rnl-transcript-resources.h"

/**
 * rnl_answer_style_ensure:
 *
 * Loads the style sheet of answers for the default display, once.
 */
void
rnl_answer_style_ensure (void)
{
  static gboolean loaded;

  if (loaded)
    return;
  loaded = TRUE;

  g_resources_register (rnl_transcript_get_resource ());
  rnl_compat_add_style (RNL_RESOURCE_BASE "/transcript/answer.css");
}

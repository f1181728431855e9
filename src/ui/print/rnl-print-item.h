/* rnl-print-item.h: what a chat is on paper: stretches of text, one below the other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-message.h"

G_BEGIN_DECLS

/**
 * RnlPrintStyle:
 * @RNL_PRINT_TITLE: of the chat
 * @RNL_PRINT_SPEAKER: who says what follows
 * @RNL_PRINT_TEXT: running text
 * @RNL_PRINT_HEADING: a heading in it
 * @RNL_PRINT_CODE: code, a table, a formula: every character as wide as any other
 * @RNL_PRINT_NOTE: what is not said: a tool, a file
 * @RNL_PRINT_RULE: a line across the page, without text
 *
 * How a stretch of text looks.
 */
typedef enum
{
  RNL_PRINT_TITLE,
  RNL_PRINT_SPEAKER,
  RNL_PRINT_TEXT,
  RNL_PRINT_HEADING,
  RNL_PRINT_CODE,
  RNL_PRINT_NOTE,
  RNL_PRINT_RULE,
} RnlPrintStyle;

/**
 * RnlPrintItem:
 * @style: how it looks
 * @level: of a heading, from 1
 * @markup: Pango markup
 * @marker: (nullable): what stands before its first line, at the left of it
 * @depth: in how many lists and quotes it stands
 * @close: whether it belongs to what is above it
 *
 * A stretch of text.
 */
typedef struct
{
  RnlPrintStyle style;
  guint level;
  char *markup;
  char *marker;
  guint depth;
  gboolean close;
} RnlPrintItem;

void rnl_print_item_free (RnlPrintItem *item);

GPtrArray *rnl_print_items_new (const char *title);
void rnl_print_items_add_message (GPtrArray *items, RnlMessage *message);

G_END_DECLS

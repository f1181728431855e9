/* rnl-print-item.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-print-item.h"

#include <glib/gi18n.h>

#include "rnl-attachment.h"
#include "rnl-print-table.h"
#include "rnl-tool-look.h"

void
rnl_print_item_free (RnlPrintItem *item)
{
  g_free (item->markup);
  g_free (item->marker);
  g_free (item);
}

static RnlPrintItem *
add_item (GPtrArray *items, RnlPrintStyle style, char *markup)
{
  RnlPrintItem *item = g_new0 (RnlPrintItem, 1);

  item->style = style;
  item->markup = markup;
  g_ptr_array_add (items, item);

  return item;
}

/* {{{ Blocks */

static void
append_escaped (GString *out, const char *text, gsize length)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize) length);

  g_string_append (out, escaped);
}

/* What cannot be clicked on paper is written out. */
static void
append_address (GString *out, const RnlSpan *span, const char *text)
{
  gsize length = span->end - span->start;

  if (span->href == NULL || (strlen (span->href) == length && !memcmp (span->href, text, length)))
    return;

  g_string_append (out, " &lt;");
  append_escaped (out, span->href, strlen (span->href));
  g_string_append (out, "&gt;");
}

static void
append_span (GString *out, const RnlSpan *span, const char *text)
{
  static const struct
  {
    RnlSpanFlags flags;
    const char *tag;
  } tags[] = {
    { RNL_SPAN_STRONG, "b" },
    { RNL_SPAN_EMPH, "i" },
    { RNL_SPAN_STRIKE, "s" },
    { RNL_SPAN_FOOTNOTE, "sup" },
    { RNL_SPAN_CODE | RNL_SPAN_MATH | RNL_SPAN_HTML, "tt" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    if (span->flags & tags[i].flags)
      g_string_append_printf (out, "<%s>", tags[i].tag);
  append_escaped (out, text, span->end - span->start);
  for (gsize i = G_N_ELEMENTS (tags); i > 0; i--)
    if (span->flags & tags[i - 1].flags)
      g_string_append_printf (out, "</%s>", tags[i - 1].tag);
  if (span->flags & (RNL_SPAN_LINK | RNL_SPAN_IMAGE))
    append_address (out, span, text);
}

static char *
dup_inline (RnlBlock *block)
{
  GString *out = g_string_new (NULL);
  const char *text = rnl_block_get_text (block);
  guint n_spans;
  const RnlSpan *spans = rnl_block_get_spans (block, &n_spans);
  gsize at = 0;

  for (guint i = 0; i < n_spans; i++)
    {
      append_escaped (out, text + at, spans[i].start - at);
      append_span (out, &spans[i], text + spans[i].start);
      at = spans[i].end;
    }
  append_escaped (out, text + at, rnl_block_get_length (block) - at);

  return g_string_free (out, FALSE);
}

static char *
dup_marker (RnlBlock *block)
{
  switch (rnl_block_get_marker (block))
    {
    case RNL_MARKER_BULLET:
      return g_strdup ("•");
    case RNL_MARKER_NUMBER:
    case RNL_MARKER_FOOTNOTE:
      return g_strdup_printf ("%u.", rnl_block_get_number (block));
    case RNL_MARKER_OPEN_TASK:
      return g_strdup ("☐");
    case RNL_MARKER_DONE_TASK:
      return g_strdup ("☑");
    case RNL_MARKER_NONE:
    default:
      return NULL;
    }
}

static RnlPrintItem *
add_block_text (GPtrArray *items, RnlBlock *block)
{
  RnlPrintItem *item;
  g_autofree char *table = NULL;

  switch (rnl_block_get_kind (block))
    {
    case RNL_BLOCK_CODE:
    case RNL_BLOCK_MATH:
      return add_item (items, RNL_PRINT_CODE,
                       g_markup_escape_text (rnl_block_get_text (block), -1));
    case RNL_BLOCK_TABLE:
      table = rnl_print_table (block);
      return add_item (items, RNL_PRINT_CODE, g_markup_escape_text (table, -1));
    case RNL_BLOCK_RULE:
      return add_item (items, RNL_PRINT_RULE, g_strdup (""));
    case RNL_BLOCK_HEADING:
      item = add_item (items, RNL_PRINT_HEADING, dup_inline (block));
      item->level = rnl_block_get_level (block);
      return item;
    case RNL_BLOCK_ITEM:
    case RNL_BLOCK_PARAGRAPH:
    default:
      return add_item (items, RNL_PRINT_TEXT, dup_inline (block));
    }
}

static void
add_blocks (GPtrArray *items, RnlPart *part)
{
  g_autoptr (GPtrArray) blocks
    = rnl_blocks_parse (rnl_part_get_text (part), rnl_part_get_length (part), TRUE);

  for (guint i = 0; i < blocks->len; i++)
    {
      RnlBlock *block = blocks->pdata[i];
      RnlPrintItem *item = add_block_text (items, block);

      item->marker = dup_marker (block);
      item->depth = rnl_block_get_list_depth (block) + rnl_block_get_quote_depth (block);
      item->close
        = item->marker != NULL && i > 0 && rnl_block_get_list_depth (blocks->pdata[i - 1]);
    }
}

/* }}} */

static void
add_call (GPtrArray *items, RnlPart *call)
{
  g_autofree char *title = rnl_tool_look_title (call);

  add_item (
    items, RNL_PRINT_NOTE,
    g_markup_printf_escaped ("%s · %s", title, rnl_tool_look_state (rnl_part_get_state (call))));
}

static void
add_file (GPtrArray *items, RnlPart *file)
{
  const char *name = rnl_part_get_title (file);

  add_item (items, RNL_PRINT_NOTE,
            /* Translators: %s is the name of a file that was sent along */
            g_markup_printf_escaped (_ ("Attached: %s"), name != NULL ? name : _ ("a file")));
}

static void
add_part (GPtrArray *items, RnlPart *part)
{
  switch (rnl_part_get_part_type (part))
    {
    case RNL_PART_TEXT:
      add_blocks (items, part);
      break;
    case RNL_PART_TOOL_CALL:
      add_call (items, part);
      break;
    case RNL_PART_FILE:
      add_file (items, part);
      break;
    /* Folded on the screen as well. */
    case RNL_PART_REASONING:
    case RNL_PART_OPAQUE:
    default:
      break;
    }
}

/**
 * rnl_print_items_new:
 * @title: of the chat
 *
 * Returns: (transfer full) (element-type RnlPrintItem): its title
 */
GPtrArray *
rnl_print_items_new (const char *title)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_print_item_free);

  add_item (items, RNL_PRINT_TITLE, g_markup_escape_text (title, -1));

  return items;
}

/**
 * rnl_print_items_add_message:
 * @items: (element-type RnlPrintItem): where to
 * @message: a message
 *
 * Adds who says it and when, and what is said.
 */
void
rnl_print_items_add_message (GPtrArray *items, RnlMessage *message)
{
  gboolean person = rnl_message_get_role (message) == RNL_ROLE_USER;
  g_autoptr (GDateTime) utc
    = g_date_time_new_from_unix_utc (rnl_message_get_created (message) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *time = g_date_time_format (local, "%x %H:%M");
  const char *model = rnl_message_get_model (message);
  const GError *error = rnl_message_get_error (message);

  add_item (items, RNL_PRINT_SPEAKER,
            g_markup_printf_escaped ("%s · %s",
                                     person          ? _ ("You")
                                     : model != NULL ? model
                                                     : "Runnel",
                                     time));
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    add_part (items, rnl_message_get_part (message, i));
  if (error != NULL)
    add_item (items, RNL_PRINT_NOTE, g_markup_escape_text (error->message, -1));
}

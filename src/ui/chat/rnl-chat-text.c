/* rnl-chat-text.c
 *
 * Parts of a message have one text, tool calls many: those of what ran inside, what was printed,
 * and the result. What stands in a card is listed in the order in which that shows it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-chat-text.h"

#include <string.h>

#include "rnl-argument-grid.h"
#include "rnl-chat-point.h"
#include "rnl-part-extra.h"
#include "rnl-result-view.h"
#include "rnl-run-list.h"

/* Of a call of the answer itself, so that they stay what they are while more runs inside. */
#define OUTPUT_NUMBER (G_MAXUINT - 2)
#define RESULT_NUMBER (G_MAXUINT - 1)

/**
 * rnl_chat_part_get_arguments:
 * @call: a tool call
 *
 * Returns: (transfer none): JSON: what the tool ran with, or will
 */
const char *
rnl_chat_part_get_arguments (RnlPart *call)
{
  const char *edited = rnl_part_get_extra_string (call, RNL_PART_EXTRA_EDITED);

  return edited != NULL ? edited : rnl_part_get_text (call);
}

/**
 * rnl_chat_part_has_output:
 * @call: a tool call
 *
 * Returns: whether it printed something that is not just its result
 */
gboolean
rnl_chat_part_has_output (RnlPart *call)
{
  const char *result = rnl_part_get_result (call);
  gsize length = rnl_part_get_output_length (call);

  return length > 0
         && (result == NULL || strlen (result) != length
             || memcmp (rnl_part_get_output (call), result, length) != 0);
}

/**
 * rnl_chat_part_has_result:
 * @call: a tool call
 *
 * Returns: whether there is a result to show; it comes before the state that ends the call, and is
 *   shown with it
 */
gboolean
rnl_chat_part_has_result (RnlPart *call)
{
  const char *result = rnl_part_get_result (call);

  return result != NULL && *result != '\0' && rnl_tool_state_is_final (rnl_part_get_state (call));
}

static void
add (GArray *texts, RnlPart *part, RnlChatField field, guint number, gboolean markdown)
{
  RnlChatText text = { part, field, number, markdown };

  g_array_append_val (texts, text);
}

static void add_call (GArray *texts, RnlPart *call, guint *number, gboolean outer);

/* A model, and what runs inside of that. */
static void
add_child (GArray *texts, RnlPart *child, guint *number)
{
  GListModel *children = rnl_part_list_children (child);

  if (rnl_part_get_part_type (child) == RNL_PART_TOOL_CALL)
    {
      add_call (texts, child, number, FALSE);
      return;
    }
  ++*number;
  if (rnl_part_get_part_type (child) != RNL_PART_FILE && rnl_part_get_length (child) > 0)
    add (texts, child, RNL_CHAT_FIELD_TEXT, *number, TRUE);
  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (RnlPart) inner = g_list_model_get_item (children, i);

      add_child (texts, inner, number);
    }
}

/* What a card shows, from top to bottom. What is not there yet has its number already. */
static void
add_call (GArray *texts, RnlPart *call, guint *number, gboolean outer)
{
  GListModel *children = rnl_part_list_children (call);
  guint output, result;

  add (texts, call, RNL_CHAT_FIELD_ARGUMENTS, ++*number, FALSE);
  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (RnlPart) child = g_list_model_get_item (children, i);

      add_child (texts, child, number);
    }
  output = outer ? OUTPUT_NUMBER : ++*number;
  result = outer ? RESULT_NUMBER : ++*number;
  if (rnl_chat_part_has_output (call))
    add (texts, call, RNL_CHAT_FIELD_OUTPUT, output, FALSE);
  if (rnl_chat_part_has_result (call))
    add (texts, call, RNL_CHAT_FIELD_RESULT, result, FALSE);
}

/**
 * rnl_chat_texts_list:
 * @message: a message
 * @part: position of a part in it
 *
 * Returns: (transfer full) (element-type RnlChatText): its texts, from top to bottom
 */
GArray *
rnl_chat_texts_list (RnlMessage *message, guint part)
{
  GArray *texts = g_array_new (FALSE, FALSE, sizeof (RnlChatText));
  RnlPart *item;
  guint number = 0;

  if (part >= rnl_message_get_n_parts (message))
    return texts;
  item = rnl_message_get_part (message, part);
  if (rnl_chat_part_has_text (message, part))
    add (texts, item, RNL_CHAT_FIELD_TEXT, 0, rnl_message_get_role (message) != RNL_ROLE_USER);
  else if (rnl_part_get_part_type (item) == RNL_PART_TOOL_CALL)
    add_call (texts, item, &number, TRUE);

  return texts;
}

/**
 * rnl_chat_texts_get:
 * @message: a message
 * @part: position of a part in it
 * @number: of one of its texts
 * @text: (out caller-allocates): that text
 *
 * Returns: whether there is one
 */
gboolean
rnl_chat_texts_get (RnlMessage *message, guint part, guint number, RnlChatText *text)
{
  g_autoptr (GArray) texts = rnl_chat_texts_list (message, part);

  for (guint i = 0; i < texts->len; i++)
    {
      *text = g_array_index (texts, RnlChatText, i);
      if (text->number == number)
        return TRUE;
    }

  return FALSE;
}

/**
 * rnl_chat_texts_find:
 * @message: a message
 * @inside: one of its parts, or what ran inside one
 * @field: one of the texts of @inside
 * @part: (out): the position of the part of @message
 * @number: (out): which of its texts that is
 *
 * Returns: whether it is a text of @message
 */
gboolean
rnl_chat_texts_find (
  RnlMessage *message, RnlPart *inside, RnlChatField field, guint *part, guint *number)
{
  for (*part = 0; *part < rnl_message_get_n_parts (message); ++*part)
    {
      g_autoptr (GArray) texts = NULL;

      if (!rnl_run_list_is_inside (inside, rnl_message_get_part (message, *part)))
        continue;
      texts = rnl_chat_texts_list (message, *part);
      for (guint i = 0; i < texts->len; i++)
        {
          const RnlChatText *text = &g_array_index (texts, RnlChatText, i);

          *number = text->number;
          if (text->part == inside && text->field == field)
            return TRUE;
        }
      return FALSE;
    }

  return FALSE;
}

/**
 * rnl_chat_text_dup_source:
 * @text: a text
 * @message: its message
 *
 * Returns: (transfer full): Markdown, or lines as they are shown
 */
char *
rnl_chat_text_dup_source (const RnlChatText *text, RnlMessage *message)
{
  g_autoptr (RnlCallArguments) arguments = NULL;
  char *table;

  switch (text->field)
    {
    case RNL_CHAT_FIELD_ARGUMENTS:
      arguments = rnl_call_arguments_new ();
      rnl_call_arguments_feed (arguments, rnl_chat_part_get_arguments (text->part),
                               strlen (rnl_chat_part_get_arguments (text->part)));
      return rnl_argument_grid_dup_lines (arguments);
    case RNL_CHAT_FIELD_OUTPUT:
      return g_strdup (rnl_part_get_output (text->part));
    case RNL_CHAT_FIELD_RESULT:
      table = rnl_part_get_state (text->part) == RNL_TOOL_DONE
                ? rnl_result_view_dup_lines (rnl_part_get_result (text->part))
                : NULL;
      return table != NULL ? table : g_strdup (rnl_part_get_result (text->part));
    case RNL_CHAT_FIELD_TEXT:
    default:
      if (rnl_message_get_role (message) == RNL_ROLE_USER)
        return rnl_message_dup_text (message);
      return g_strndup (rnl_part_get_text (text->part), rnl_part_get_length (text->part));
    }
}

/* rnl-chat-point.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-chat-point.h"

/**
 * rnl_chat_point_compare:
 * @a: a place
 * @b: another
 *
 * Returns: less than, equal to or greater than 0, as @a is before, at or after @b
 */
int
rnl_chat_point_compare (const RnlChatPoint *a, const RnlChatPoint *b)
{
  if (a->message != b->message)
    return a->message < b->message ? -1 : 1;
  if (a->part != b->part)
    return a->part < b->part ? -1 : 1;
  if (a->text != b->text)
    return a->text < b->text ? -1 : 1;

  return rnl_block_point_compare (&a->place, &b->place);
}

/**
 * rnl_chat_range_is_empty:
 * @range: (nullable): a range
 *
 * Returns: whether there is nothing between its ends
 */
gboolean
rnl_chat_range_is_empty (const RnlChatRange *range)
{
  return range == NULL || rnl_chat_point_compare (&range->from, &range->to) >= 0;
}

static gboolean
clip (const RnlChatRange *range, const RnlChatPoint *start, RnlBlockRange *clipped)
{
  RnlChatPoint end = *start;

  end.place = (RnlBlockPoint){ RNL_BLOCK_END, RNL_BLOCK_END };
  *clipped = (RnlBlockRange){ { 0, 0 }, { 0, 0 } };
  if (rnl_chat_range_is_empty (range) || rnl_chat_point_compare (&range->to, start) <= 0
      || rnl_chat_point_compare (&range->from, &end) >= 0)
    return FALSE;
  clipped->from
    = rnl_chat_point_compare (&range->from, start) > 0 ? range->from.place : start->place;
  clipped->to = rnl_chat_point_compare (&range->to, &end) < 0 ? range->to.place : end.place;

  return TRUE;
}

static gboolean
is_in_card (const RnlChatPoint *point, const RnlChatPoint *start)
{
  return point->message == start->message && point->part == start->part && point->text > 0;
}

/**
 * rnl_chat_range_clip:
 * @range: (nullable): what is selected
 * @message: a message
 * @start: where a text of it begins
 * @clipped: (out caller-allocates): what of @range is in that text
 *
 * What is mostly folded, reasoning and cards, is only selected where a selection begins or ends in
 * it.
 *
 * Returns: whether anything of that text is selected
 */
gboolean
rnl_chat_range_clip (const RnlChatRange *range,
                     RnlMessage *message,
                     const RnlChatPoint *start,
                     RnlBlockRange *clipped)
{
  if (!clip (range, start, clipped))
    return FALSE;
  if (start->text > 0)
    return is_in_card (&range->from, start) || is_in_card (&range->to, start);
  if (rnl_part_get_part_type (rnl_message_get_part (message, start->part)) != RNL_PART_REASONING)
    return TRUE;

  return (clipped->from.block > 0 || clipped->from.offset > 0)
         || clipped->to.block != RNL_BLOCK_END;
}

static gboolean
is_text (RnlMessage *message, guint part)
{
  return rnl_part_get_part_type (rnl_message_get_part (message, part)) == RNL_PART_TEXT;
}

/**
 * rnl_chat_part_has_text:
 * @message: a message
 * @part: position of a part in it
 *
 * Returns: whether the part has one text, in which there are places
 */
gboolean
rnl_chat_part_has_text (RnlMessage *message, guint part)
{
  if (part >= rnl_message_get_n_parts (message))
    return FALSE;
  if (rnl_part_get_part_type (rnl_message_get_part (message, part)) == RNL_PART_REASONING)
    return TRUE;
  if (!is_text (message, part))
    return FALSE;
  if (rnl_message_get_role (message) != RNL_ROLE_USER)
    return TRUE;
  for (guint i = 0; i < part; i++)
    if (is_text (message, i))
      return FALSE;

  return TRUE;
}

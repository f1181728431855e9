/* rnl-step-fold.c
 *
 * When text follows finished cards, they fold to their line, and two or more in a row into one
 * [class@StepGroup]. Where very many stand in a row, the first ones do so before. What the person
 * opened, and what has their focus, stays as it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-step-fold.h"

#include "rnl-fold-memory.h"
#include "rnl-reasoning-block.h"
#include "rnl-step-group.h"
#include "rnl-tool-card.h"

static gboolean
is_finished_call (RnlPart *part)
{
  return rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL
         && rnl_tool_state_is_final (rnl_part_get_state (part))
         && rnl_fold_memory_get (rnl_part_get_id (part)) != RNL_FOLD_OPEN;
}

static gboolean
is_answer (RnlPart *part)
{
  return rnl_part_get_part_type (part) == RNL_PART_TEXT && rnl_part_get_length (part) > 0;
}

/**
 * rnl_step_fold_count:
 * @message: an answer
 * @position: of one of its parts
 *
 * Returns: how many parts from @position on need no card because they would fold at once; 0 or at
 *   least 2
 */
guint
rnl_step_fold_count (RnlMessage *message, guint position)
{
  guint n = rnl_message_get_n_parts (message);
  guint end = position;
  guint size;

  while (end < n && is_finished_call (rnl_message_get_part (message, end)))
    end++;
  size = end - position;
  if (end < n && is_answer (rnl_message_get_part (message, end)))
    return size >= 2 ? size : 0;

  return size > RNL_STEP_FOLD_LOOSE ? size - RNL_STEP_FOLD_KEPT : 0;
}

static gboolean
may_group (RnlToolCard *card)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (card));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return rnl_tool_state_is_final (rnl_part_get_state (rnl_tool_card_get_call (card)))
         && !rnl_tool_card_is_kept_open (card)
         && (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (card)));
}

/* Puts the first N cards into the group above them, or into a new one. */
static void
group_cards (GtkWidget *box, GPtrArray *cards, guint n)
{
  GtkWidget *first = g_ptr_array_index (cards, 0);
  GtkWidget *group = gtk_widget_get_prev_sibling (first);

  if (group == NULL || !RNL_IS_STEP_GROUP (group))
    {
      group = rnl_step_group_new ();
      gtk_widget_insert_before (group, box, first);
    }
  for (guint i = 0; i < n; i++)
    {
      RnlToolCard *card = g_ptr_array_index (cards, i);

      rnl_step_group_add (RNL_STEP_GROUP (group), rnl_tool_card_get_call (card));
      gtk_widget_unparent (GTK_WIDGET (card));
    }
}

/* What stands above an answer. */
static void
fold_cards (GtkWidget *box, GPtrArray *cards)
{
  GtkWidget *above
    = cards->len > 0 ? gtk_widget_get_prev_sibling (g_ptr_array_index (cards, 0)) : NULL;
  gboolean grouped = cards->len >= 2 || (above != NULL && RNL_IS_STEP_GROUP (above));

  for (guint i = 0; i < cards->len; i++)
    if (!rnl_tool_state_is_final (
          rnl_part_get_state (rnl_tool_card_get_call (g_ptr_array_index (cards, i)))))
      return;
  for (guint i = 0; i < cards->len; i++)
    {
      RnlToolCard *card = g_ptr_array_index (cards, i);

      grouped = may_group (card) && grouped;
      rnl_tool_card_fold (card);
    }
  if (grouped && cards->len > 0)
    group_cards (box, cards, cards->len);
}

/* What nothing follows yet, but is too much. */
static void
fold_many (GtkWidget *box, GPtrArray *cards)
{
  guint n = 0;

  if (cards->len <= RNL_STEP_FOLD_LOOSE)
    return;

  while (n < cards->len - RNL_STEP_FOLD_KEPT && may_group (g_ptr_array_index (cards, n)))
    n++;
  if (n >= 2)
    group_cards (box, cards, n);
}

/**
 * rnl_step_fold:
 * @box: whose children are the parts of an answer
 *
 * Folds what can be folded.
 */
void
rnl_step_fold (GtkWidget *box)
{
  g_autoptr (GPtrArray) cards = g_ptr_array_new ();
  GtkWidget *next;

  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (RNL_IS_TOOL_CARD (child))
        {
          g_ptr_array_add (cards, child);
          continue;
        }
      if (gtk_widget_get_visible (child) && !RNL_IS_REASONING_BLOCK (child)
          && !RNL_IS_STEP_GROUP (child))
        fold_cards (box, cards);
      else
        fold_many (box, cards);
      g_ptr_array_set_size (cards, 0);
    }
  fold_many (box, cards);
}

/**
 * rnl_step_fold_above:
 * @box: whose children are the parts of an answer
 * @last: (nullable): one of them
 *
 * Folds the cards from @last upwards into a group that more calls can be added to, if all of them
 * can be.
 *
 * Returns: whether @last was not a card, or is none any more
 */
gboolean
rnl_step_fold_above (GtkWidget *box, GtkWidget *last)
{
  g_autoptr (GPtrArray) cards = g_ptr_array_new ();

  for (; last != NULL && RNL_IS_TOOL_CARD (last); last = gtk_widget_get_prev_sibling (last))
    {
      if (!may_group (RNL_TOOL_CARD (last)))
        return FALSE;
      g_ptr_array_insert (cards, 0, last);
    }
  if (cards->len > 0)
    group_cards (box, cards, cards->len);

  return TRUE;
}

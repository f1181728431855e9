/* rnl-offline-rules.c: the rules in the order they are asked
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-offline-rules.h"

#include <string.h>

#include "rnl-final-answer.h"
#include "rnl-json-value.h"

/* The first that understands answers; the last understands everything. What is searched for may be
 * anything the others understand, so the search comes first; and before it what brings a text of
 * its own. */
static const RnlOfflineRule rules[] = {
  rnl_offline_rule_context,   rnl_offline_rule_search_chats, rnl_offline_rule_cat_prompts,
  rnl_offline_rule_countries, rnl_offline_rule_cat,          rnl_offline_rule_joke,
  rnl_offline_rule_markdown,  rnl_offline_rule_long_answer,  rnl_offline_rule_fetch,
  rnl_offline_rule_units,     rnl_offline_rule_arithmetic,   rnl_offline_rule_clock,
  rnl_offline_rule_files,     rnl_offline_rule_help,         rnl_offline_rule_arithmetic_inside,
  rnl_offline_rule_attached,  rnl_offline_rule_small_talk,
};

/* "/think ..." and "think hard about ..." ask to see the thinking; the rest is the question. */
static gboolean
take_thinking (RnlOfflineTurn *turn)
{
  static const char *const openings[]
    = { "/think", "think hard about", "think carefully about", "think about", NULL };

  for (gsize i = 0; openings[i] != NULL; i++)
    {
      gsize length = strlen (openings[i]);
      g_autofree char *rest = NULL;

      if (g_ascii_strncasecmp (turn->question, openings[i], length) != 0
          || g_ascii_isalnum (turn->question[length]))
        continue;
      rest = g_strdup (turn->question + length);
      rnl_offline_turn_set_question (turn, rest);
      return TRUE;
    }

  return FALSE;
}

static void
think_aloud (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  g_autofree char *thought
    = g_strdup_printf ("The question is: \"%.200s\". I compare it with the %u kinds of question I "
                       "have rules for, from the most particular to the most general. ",
                       turn->question, (guint) G_N_ELEMENTS (rules));
  g_autofree char *valid = g_utf8_make_valid (thought, -1);

  rnl_offline_answer_reason (answer, valid);
}

/* What was used, each once, in the order of the first use. */
static JsonArray *
list_tools_used (RnlOfflineTurn *turn)
{
  JsonArray *used = json_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < turn->steps->len; i++)
    {
      GPtrArray *calls = g_ptr_array_index (turn->steps, i);

      for (guint j = 0; j < calls->len; j++)
        {
          RnlPart *call = g_ptr_array_index (calls, j);

          if (rnl_offline_call_is_done (call)
              && g_hash_table_add (seen, (char *) rnl_part_get_name (call)))
            json_array_add_string_element (used, rnl_part_get_name (call));
        }
    }

  return used;
}

/* As the course has it that the demonstration is from: sums end with a call. */
static gboolean
ends_with_a_call (RnlOfflineTurn *turn)
{
  static const char *const sums[] = { "add", "subtract", "multiply", "divide", "power", NULL };
  RnlPart *call;
  guint n_calls = 0;

  if (!rnl_offline_turn_offers (turn, RNL_FINAL_ANSWER_TOOL)
      || rnl_offline_turn_find_call (turn, RNL_FINAL_ANSWER_TOOL) != NULL)
    return FALSE;
  for (guint i = 0; i < turn->steps->len; i++)
    for (guint j = 0; (call = rnl_offline_turn_get_call (turn, i, j)) != NULL; j++, n_calls++)
      if (!g_strv_contains (sums, rnl_part_get_name (call)))
        return FALSE;

  return n_calls > 0;
}

/* An agent that wants its answer by a tool gets it so, with the same words. */
static void
answer_by_tool (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *text = rnl_offline_answer_take_text (answer);
  g_autofree char *arguments = NULL;

  json_object_set_string_member (object, "answer", text);
  json_object_set_array_member (object, "tools_used", list_tools_used (turn));
  json_node_take_object (node, object);
  arguments = rnl_json_to_string (node, FALSE);
  rnl_offline_answer_call (answer, RNL_FINAL_ANSWER_TOOL, arguments);
}

/**
 * rnl_offline_rules_apply:
 * @turn: what was asked, and how far the turn has come
 * @answer: an empty answer
 *
 * Fills in the answer: text, or calls whose results the next request brings back.
 */
void
rnl_offline_rules_apply (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  gboolean thinking = take_thinking (turn);

  if (thinking && turn->steps->len == 0)
    think_aloud (turn, answer);

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i](turn, answer))
      break;
  if (rnl_offline_answer_get_n_calls (answer) == 0 && ends_with_a_call (turn))
    answer_by_tool (turn, answer);
}

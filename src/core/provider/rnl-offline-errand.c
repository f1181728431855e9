/* rnl-offline-errand.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-offline-errand.h"

#include "rnl-json-value.h"

#include <string.h>

/* Who asks for something asks at the beginning. Expressions that look ahead and back take time that
 * grows with the square or the cube of the text. */
#define MAX_MATCHED 600

/**
 * rnl_offline_errand_json:
 * @turn: the turn
 * @answer: where the call goes, or the words when there is no result
 * @tool: a tool's name
 * @arguments: a JSON object as text
 *
 * Asks for a tool the first time, and gives its result the next time. When the tool is not there,
 * failed or was refused, the answer says so.
 *
 * Returns: (transfer none) (nullable): the result, or `NULL` when the rule has nothing to add
 */
const char *
rnl_offline_errand_json (RnlOfflineTurn *turn,
                         RnlOfflineAnswer *answer,
                         const char *tool,
                         const char *arguments)
{
  RnlPart *call = rnl_offline_turn_find_call (turn, tool);
  g_autofree char *failure = NULL;

  if (call != NULL && rnl_offline_call_is_done (call))
    return rnl_part_get_result (call);

  if (call != NULL)
    {
      failure = rnl_offline_call_describe_failure (call);
      rnl_offline_answer_sayf (answer, "I could not do that. %s", failure);
    }
  else if (rnl_offline_turn_offers (turn, tool))
    rnl_offline_answer_call (answer, tool, arguments);
  else
    rnl_offline_answer_sayf (answer,
                             "For that I need the tool `%s`, and it is not switched on here. You "
                             "can switch tools on in the preferences.",
                             tool);

  return NULL;
}

/**
 * rnl_offline_errand:
 * @turn: the turn
 * @answer: see [func@Runnel.offline_errand_json]
 * @tool: a tool's name
 * @name: (nullable): its one parameter, or `NULL` for none
 * @value: (nullable): the parameter's value; `NULL` leaves it out
 *
 * Returns: (transfer none) (nullable): see [func@Runnel.offline_errand_json]
 */
const char *
rnl_offline_errand (RnlOfflineTurn *turn,
                    RnlOfflineAnswer *answer,
                    const char *tool,
                    const char *name,
                    const char *value)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *arguments = NULL;

  json_node_take_object (node, json_object_new ());
  if (name != NULL && value != NULL)
    json_object_set_string_member (json_node_get_object (node), name, value);
  arguments = rnl_json_to_string (node, FALSE);

  return rnl_offline_errand_json (turn, answer, tool, arguments);
}

/**
 * rnl_offline_match:
 * @text: valid UTF-8
 * @pattern: a regular expression; upper and lower case are alike
 * @group: which group is wanted
 *
 * Looks at the beginning of @text only.
 *
 * Returns: (transfer full) (nullable): what the group caught, without blanks around it
 */
char *
rnl_offline_match (const char *text, const char *pattern, gint group)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_DOTALL, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  gsize length = strlen (text);
  char *caught;

  g_assert (regex != NULL); /* patterns are constants */
  if (length > MAX_MATCHED)
    length = (gsize) (g_utf8_find_prev_char (text, text + MAX_MATCHED) - text);
  if (!g_regex_match_full (regex, text, (gssize) length, 0, 0, &match, NULL))
    return NULL;

  caught = g_match_info_fetch (match, group);

  return caught != NULL ? g_strstrip (caught) : NULL;
}

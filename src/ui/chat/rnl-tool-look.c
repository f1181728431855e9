/* rnl-tool-look.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-tool-look.h"

#include <glib/gi18n.h>

#include "rnl-json-members.h"
#include "rnl-json-value.h"

#define FALLBACK_ICON "applications-system-symbolic"

static const struct
{
  const char *name;
  const char *icon;
  const char *infix;
} tools[] = {
  { "add", "accessories-calculator-symbolic", "+" },
  { "subtract", "accessories-calculator-symbolic", "−" },
  { "multiply", "accessories-calculator-symbolic", "×" },
  { "divide", "accessories-calculator-symbolic", "÷" },
  { "power", "accessories-calculator-symbolic", "^" },
  { "current_time", "preferences-system-time-symbolic", NULL },
  { "convert_units", "object-flip-horizontal-symbolic", NULL },
  { "search_chats", "system-search-symbolic", NULL },
  { "list_folder", "folder-symbolic", NULL },
  { "read_file", "text-x-generic-symbolic", NULL },
  { "search_files", "folder-saved-search-symbolic", NULL },
  { "fetch_page", "web-browser-symbolic", NULL },
};

static const struct
{
  const char *word;
  const char *icon;
  const char *css_class;
} states[] = {
  [RNL_TOOL_PREPARING] = { N_ ("Preparing"), "content-loading-symbolic", "preparing" },
  [RNL_TOOL_WAITING] = { N_ ("Waiting for you"), "dialog-question-symbolic", "waiting" },
  [RNL_TOOL_RUNNING] = { N_ ("Running"), "content-loading-symbolic", "running" },
  [RNL_TOOL_DONE] = { N_ ("Done"), "object-select-symbolic", "done" },
  [RNL_TOOL_FAILED] = { N_ ("Failed"), "dialog-error-symbolic", "failed" },
  [RNL_TOOL_REFUSED] = { N_ ("Refused"), "action-unavailable-symbolic", "refused" },
  [RNL_TOOL_CANCELLED] = { N_ ("Cancelled"), "process-stop-symbolic", "cancelled" },
  [RNL_TOOL_LIMIT] = { N_ ("Limit reached"), "alarm-symbolic", "limit" },
};

/**
 * rnl_tool_look_icon:
 * @tool_name: (nullable): as the model calls it
 *
 * Returns: (transfer full): a symbolic icon, one of a general kind for unknown tools
 */
GIcon *
rnl_tool_look_icon (const char *tool_name)
{
  const char *names[] = { FALLBACK_ICON, "system-run-symbolic", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (tools); i++)
    if (g_strcmp0 (tools[i].name, tool_name) == 0)
      {
        names[1] = names[0];
        names[0] = tools[i].icon;
      }

  return g_themed_icon_new_from_names ((char **) names, 2);
}

/**
 * rnl_tool_look_title:
 * @call: a tool call, or a run inside one
 *
 * Returns: (transfer full): what a person calls it; a tool without a title gets its name in words
 */
char *
rnl_tool_look_title (RnlPart *call)
{
  const char *title = rnl_part_get_title (call);
  char *words;

  if (title == NULL || *title == '\0')
    return g_strdup (_ ("Tool"));
  if (g_strcmp0 (title, rnl_part_get_name (call)) != 0)
    return g_strdup (g_dpgettext2 (NULL, "tool", title));

  words = g_strdelimit (g_strdup (title), "_-", ' ');
  words[0] = g_ascii_toupper (words[0]);

  return words;
}

/**
 * rnl_tool_look_infix:
 * @tool_name: (nullable): as the model calls it
 *
 * Returns: (transfer none) (nullable): the sign between the arguments of a sum
 */
const char *
rnl_tool_look_infix (const char *tool_name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tools); i++)
    if (g_strcmp0 (tools[i].name, tool_name) == 0)
      return tools[i].infix;

  return NULL;
}

/* The other computer, where the arguments name one. */
static char *
dup_host (RnlPart *call)
{
  g_autoptr (JsonNode) node = rnl_json_strict_parse (rnl_part_get_text (call), -1, NULL);
  const char *address = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                          ? rnl_json_object_get_string (json_node_get_object (node), "url")
                          : NULL;
  g_autoptr (GUri) uri
    = address != NULL ? g_uri_parse (address, G_URI_FLAGS_PARSE_RELAXED, NULL) : NULL;

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

/**
 * rnl_tool_look_effects:
 * @effects: what a call may touch
 * @call: the call
 *
 * Returns: (transfer full): the same in a few sentences
 */
char *
rnl_tool_look_effects (RnlToolEffects effects, RnlPart *call)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *host = effects & RNL_TOOL_EFFECT_NETWORK ? dup_host (call) : NULL;

  if (effects == RNL_TOOL_EFFECT_NONE)
    g_string_append (text, _ ("It touches nothing outside of this chat. "));
  if (effects & RNL_TOOL_EFFECT_DESTROYS)
    g_string_append (text, _ ("It may destroy what cannot be brought back. "));
  if (effects & RNL_TOOL_EFFECT_CHANGES_FILES)
    g_string_append (text, _ ("It changes files. "));
  else if (effects & RNL_TOOL_EFFECT_READS_FILES)
    g_string_append (text, _ ("It reads files, and changes none. "));
  if (effects & RNL_TOOL_EFFECT_READS_CHATS)
    g_string_append (text, _ ("It reads your other chats, and what it finds goes to the model. "));
  if (host != NULL)
    /* Translators: %s is the name of another computer */
    g_string_append_printf (text, _ ("It connects to %s. "), host);
  else if (effects & RNL_TOOL_EFFECT_NETWORK)
    g_string_append (text, _ ("It connects to other computers. "));
  if (effects & RNL_TOOL_EFFECT_UNKNOWN)
    g_string_append (text, _ ("What it touches is not known here. "));

  return g_strchomp (g_string_free (g_steal_pointer (&text), FALSE));
}

const char *
rnl_tool_look_state (RnlToolState state)
{
  return _ (states[state].word);
}

const char *
rnl_tool_look_state_icon (RnlToolState state)
{
  return states[state].icon;
}

const char *
rnl_tool_look_state_class (RnlToolState state)
{
  return states[state].css_class;
}

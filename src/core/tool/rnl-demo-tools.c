/* rnl-demo-tools.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-demo-tools.h"

#include "rnl-marked-text.h"
#include "rnl-prompt-tool.h"

static const RnlPromptInfo prompts[] = {
  {
    .name = "where_is_the_cat_hiding",
    .title = NC_ ("tool", "Find the cat"),
    .description = NC_ ("tool", "Where is the cat hiding right now? Returns the name of a place."),
    .icon_name = "find-location-symbolic",
    .prompt = "Make up a place in the house where the cat might be hiding in the house right now. "
              "Include the name of the place only.",
    .run_name = "where_cat_at",
    .tag = "hiding_spot",
  },
  {
    .name = "get_items",
    .title = NC_ ("tool", "Look around"),
    .description = NC_ ("tool", "Use this tool to look up which items are in the given place."),
    .icon_name = "system-search-symbolic",
    .argument = "place",
    .argument_description = "The place to look in, for example: under the bed",
    .prompt = "Can you tell me what kind of items I might find in the following place: '{}'. "
              "List at least 3 such items separating them by a comma. "
              "And include a brief description of each item.",
    .run_name = "Get Items LLM",
    .tag = "get_items",
  },
  {
    .name = "tell_me_a_joke_about",
    .title = NC_ ("tool", "Tell a joke"),
    .description = NC_ ("tool", "Tells a short joke about the given topic."),
    .icon_name = "face-laugh-symbolic",
    .argument = "topic",
    .argument_description = "What the joke is about, for example: cats",
    .prompt = "Tell me a short, friendly joke about '{}'. Write the joke only.",
    .run_name = "Joke LLM",
    .tag = "joke",
  },
};

/**
 * rnl_demo_tools_add:
 * @registry: where to add them
 *
 * Adds `where_is_the_cat_hiding`, `get_items` and `tell_me_a_joke_about`: tools whose work is a
 * nested, streaming model call.
 */
void
rnl_demo_tools_add (RnlToolRegistry *registry)
{
  for (gsize i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      g_autoptr (RnlTool) tool = rnl_prompt_tool_new (&prompts[i]);

      rnl_tool_registry_add (registry, tool);
    }
}

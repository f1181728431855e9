/* request-turns.c: a turn of an assistant, as each protocol gave it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "request-schemas.h"

#include "request-harness.h"
#include "rnl-part-extra.h"

/* One part, in the order it came. */
typedef struct
{
  const char *protocol;
  RnlPartType type;
  guint step;
  const char *text;
  const char *raw; /* nullable: the provider's own item, or several */
  const char *call_id;
  gboolean remote;
} Line;

/* Sealed words begin with SEAL: they are of use to their maker only. */
static const Line lines[] = {
  /* A gateway that seals the reasoning of what it passes on. */
  { "openai-chat", RNL_PART_REASONING, 0, "I add.",
    "{'reasoning_details': [{'type': 'reasoning.encrypted', 'data': 'SEAL-1', 'index': 0}]}", NULL,
    FALSE },
  { "openai-chat", RNL_PART_TEXT, 0, "First I add.", NULL, NULL, FALSE },
  { "openai-chat", RNL_PART_TOOL_CALL, 0, "{\"x\": 2}", NULL, "call_1", FALSE },
  { "openai-chat", RNL_PART_TEXT, 1, "Three.", NULL, NULL, FALSE },

  { "openai-responses", RNL_PART_REASONING, 0, "I add.",
    "{'type': 'reasoning', 'id': 'rs_1', 'summary': [{'type': 'summary_text',"
    " 'text': 'I add.'}], 'encrypted_content': 'SEAL-1'}",
    NULL, FALSE },
  { "openai-responses", RNL_PART_TOOL_CALL, 0, "{}",
    "{'type': 'web_search_call', 'id': 'ws_1', 'status': 'completed',"
    " 'action': {'type': 'search', 'query': 'SEAL-2', 'queries': ['SEAL-2']}}",
    "ws_1", TRUE },
  { "openai-responses", RNL_PART_TEXT, 0, "First I add.",
    "{'type': 'message', 'id': 'msg_1', 'role': 'assistant', 'status': 'completed',"
    " 'phase': 'commentary', 'content': [{'type': 'output_text', 'text': 'First I add.',"
    " 'annotations': [{'type': 'url_citation', 'url': 'https://example.org/', 'title': 'E',"
    " 'start_index': 0, 'end_index': 5}], 'logprobs': []}]}",
    NULL, FALSE },
  { "openai-responses", RNL_PART_TOOL_CALL, 0, "{\"x\": 2}",
    "{'type': 'function_call', 'id': 'fc_1', 'call_id': 'call_1', 'name': 'add',"
    " 'arguments': '{}', 'status': 'completed'}",
    "call_1", FALSE },
  { "openai-responses", RNL_PART_TEXT, 1, "Three.",
    "{'type': 'message', 'id': 'msg_2', 'role': 'assistant', 'status': 'completed',"
    " 'content': [{'type': 'output_text', 'text': 'Three.', 'annotations': []}]}",
    NULL, FALSE },

  { "anthropic", RNL_PART_REASONING, 0, "I add.",
    "{'type': 'thinking', 'thinking': 'I add.', 'signature': 'SEAL-1'}", NULL, FALSE },
  { "anthropic", RNL_PART_OPAQUE, 0, "", "{'type': 'redacted_thinking', 'data': 'SEAL-2'}", NULL,
    FALSE },
  { "anthropic", RNL_PART_TOOL_CALL, 0, "{\"query\": \"E\"}",
    "[{'type': 'server_tool_use', 'id': 'srvtoolu_1', 'name': 'web_search',"
    "  'input': {'query': 'E'}},"
    " {'type': 'web_search_tool_result', 'tool_use_id': 'srvtoolu_1',"
    "  'content': [{'type': 'web_search_result', 'url': 'https://example.org/', 'title': 'E',"
    "  'encrypted_content': 'SEAL-3', 'page_age': null}]}]",
    "srvtoolu_1", TRUE },
  { "anthropic", RNL_PART_TEXT, 0, "First I add.",
    "[{'type': 'text', 'text': 'First '}, {'type': 'text', 'text': 'I add.',"
    "  'citations': [{'type': 'web_search_result_location', 'url': 'https://example.org/',"
    "  'title': 'E', 'cited_text': 'x', 'encrypted_index': 'SEAL-4'}]}]",
    NULL, FALSE },
  { "anthropic", RNL_PART_TOOL_CALL, 0, "{\"x\": 2}",
    "{'type': 'tool_use', 'id': 'call_1', 'name': 'add', 'input': {'x': 1}}", "call_1", FALSE },
  { "anthropic", RNL_PART_TEXT, 1, "Three.", "{'type': 'text', 'text': 'Three.'}", NULL, FALSE },

  { "gemini", RNL_PART_REASONING, 0, "I add.", "{'thoughtSignature': 'SEAL-1'}", NULL, FALSE },
  { "gemini", RNL_PART_TOOL_CALL, 0, "print(1)",
    "[{'executableCode': {'language': 'PYTHON', 'code': 'SEAL-2'}},"
    " {'codeExecutionResult': {'outcome': 'OUTCOME_OK', 'output': 'SEAL-3'}}]",
    "code_1", TRUE },
  { "gemini", RNL_PART_TEXT, 0, "First I add.", "{'thoughtSignature': 'SEAL-4'}", NULL, FALSE },
  { "gemini", RNL_PART_TOOL_CALL, 0, "{\"x\": 2}",
    "{'functionCall': {'name': 'add', 'args': {'x': 1}, 'id': 'g1'},"
    " 'thoughtSignature': 'SEAL-5'}",
    "call_1", FALSE },
  { "gemini", RNL_PART_TEXT, 1, "Three.", NULL, NULL, FALSE },

  { "ollama", RNL_PART_REASONING, 0, "I add.", NULL, NULL, FALSE },
  { "ollama", RNL_PART_TEXT, 0, "First I add.", NULL, NULL, FALSE },
  { "ollama", RNL_PART_TOOL_CALL, 0, "{\"x\": 2}", NULL, "call_1", FALSE },
  { "ollama", RNL_PART_TEXT, 1, "Three.", NULL, NULL, FALSE },
};

static RnlPart *
new_part (const Line *line)
{
  RnlPart *part;

  if (line->type != RNL_PART_TOOL_CALL)
    return rnl_part_new (line->type, line->step);

  part = rnl_part_new_tool_call (line->step, line->call_id, line->remote ? "search" : "add");
  rnl_part_set_state (part, RNL_TOOL_DONE);
  if (!line->remote)
    rnl_part_set_result (part, "It is three");
  else
    {
      g_autoptr (JsonNode) remote = json_node_init_boolean (json_node_alloc (), TRUE);

      rnl_part_set_extra (part, RNL_PART_EXTRA_REMOTE, remote);
    }

  return part;
}

/* Returns: (transfer full): thinking, a tool of the provider's, a text, a call with its result, an
 *   image, and the answer, with all that @protocol wants back */
RnlMessage *
request_turn_new (const char *protocol)
{
  RnlMessage *turn = rnl_message_new (RNL_ROLE_ASSISTANT);
  RnlPart *drawn;

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const Line *line = &lines[i];

      if (!g_str_equal (line->protocol, protocol))
        continue;
      if (line->raw != NULL)
        request_add_item (turn, new_part (line), line->text, protocol, line->raw);
      else
        request_add_part (turn, new_part (line), line->text);
    }
  /* What it drew. */
  drawn = request_add_part (turn, rnl_part_new (RNL_PART_FILE, 1), "iVBORw0KGgo=");
  rnl_part_set_extra_string (drawn, RNL_PART_EXTRA_MIME_TYPE, "image/png");

  return turn;
}

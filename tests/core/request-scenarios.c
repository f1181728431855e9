/* request-scenarios.c: everything that is asked
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "request-schemas.h"

#include "request-harness.h"
#include "rnl-part-extra.h"

#define PNG "iVBORw0KGgo="
#define PDF "JVBERi0="

static void
add_tool (RnlChatRequest *request, const char *name)
{
  g_autoptr (RnlToolSpec) spec
    = rnl_tool_spec_new (name, name, "Does it",
                         "{\"type\": \"object\", \"properties\": {\"x\": {\"type\": \"number\"}},"
                         " \"required\": [\"x\"], \"additionalProperties\": false}");

  rnl_chat_request_add_tool (request, spec);
}

static RnlChatRequest *
make_plain (const char *protocol)
{
  return rnl_chat_request_new_prompt ("Hi");
}

static RnlChatRequest *
make_system (const char *protocol)
{
  RnlChatRequest *request = rnl_chat_request_new_prompt ("Hi");

  request->system = g_strdup ("Be brief.");

  return request;
}

static RnlChatRequest *
make_tools (const char *protocol)
{
  RnlChatRequest *request = make_system (protocol);

  add_tool (request, "add");
  add_tool (request, "multiply");

  return request;
}

static RnlPart *
add_call (RnlMessage *turn, guint step, const char *id, RnlToolState state, const char *result)
{
  RnlPart *call = request_add_part (turn, rnl_part_new_tool_call (step, id, "add"), "{\"x\": 1}");

  rnl_part_set_state (call, state);
  rnl_part_set_result (call, result);

  return call;
}

static RnlChatRequest *
make_results (const char *protocol)
{
  RnlChatRequest *request = make_tools (protocol);
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);

  add_call (turn, 0, "c1", RNL_TOOL_DONE, "2");
  add_call (turn, 1, "c2", RNL_TOOL_FAILED, "No such number");
  request_add_part (turn, rnl_part_new (RNL_PART_TEXT, 2), "Once more.");
  add_call (turn, 2, "c3", RNL_TOOL_DONE, "");
  add_call (turn, 3, "c4", RNL_TOOL_CANCELLED, NULL);
  rnl_chat_request_add_message (request, turn);

  return request;
}

static RnlChatRequest *
make_parallel (const char *protocol)
{
  RnlChatRequest *request = make_tools (protocol);
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);

  request_add_part (turn, rnl_part_new (RNL_PART_TEXT, 0), "All at once.");
  add_call (turn, 0, "c1", RNL_TOOL_DONE, "2");
  add_call (turn, 0, "c2", RNL_TOOL_REFUSED, NULL);
  add_call (turn, 0, "c1", RNL_TOOL_FAILED, "No");
  add_call (turn, 0, NULL, RNL_TOOL_RUNNING, NULL);
  rnl_chat_request_add_message (request, turn);

  return request;
}

static void
add_picture (RnlPart *call)
{
  g_autoptr (RnlPart) picture = rnl_part_new (RNL_PART_FILE, rnl_part_get_step (call));

  rnl_part_set_text (picture, PNG);
  rnl_part_set_extra_string (picture, RNL_PART_EXTRA_MIME_TYPE, "image/png");
  rnl_part_add_child (call, picture);
}

static RnlChatRequest *
make_result_image (const char *protocol)
{
  RnlChatRequest *request = make_tools (protocol);
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);

  add_picture (add_call (turn, 0, "c1", RNL_TOOL_DONE, "A picture"));
  add_call (turn, 0, "c2", RNL_TOOL_DONE, "No picture");
  add_picture (add_call (turn, 1, "c3", RNL_TOOL_DONE, ""));
  rnl_chat_request_add_message (request, turn);

  return request;
}

static RnlChatRequest *
make_attachments (const char *protocol)
{
  RnlChatRequest *request = rnl_chat_request_new_prompt ("What are these?");
  RnlMessage *asked = g_ptr_array_index (request->messages, 0);
  g_autoptr (RnlMessage) bare = rnl_message_new (RNL_ROLE_USER);

  rnl_part_set_title (request_add_file (asked, "image/png", PNG), "x.png");
  rnl_part_set_title (request_add_file (asked, "application/pdf", PDF), "y.pdf");
  rnl_part_set_title (request_add_file (asked, "text/csv", "a,b"), "z.csv");
  rnl_chat_request_add_message (request, bare);
  request_add_file (bare, "image/jpeg", PNG);

  return request;
}

static RnlChatRequest *
make_replay (const char *protocol)
{
  RnlChatRequest *request = make_tools (protocol);
  g_autoptr (RnlMessage) turn = request_turn_new (protocol);
  g_autoptr (RnlMessage) more = rnl_message_new_text (RNL_ROLE_USER, "Go on.");

  rnl_chat_request_add_message (request, turn);
  rnl_chat_request_add_message (request, more);

  return request;
}

static RnlChatRequest *
make_schema (const char *protocol)
{
  RnlChatRequest *request = make_system (protocol);

  request->schema = request_parse (
    "{'type': 'object', 'properties': {'name': {'type': 'string'}}, 'required': ['name'],"
    " 'additionalProperties': false}");
  request->schema_name = g_strdup ("A country!");

  return request;
}

static RnlChatRequest *
make_stop (const char *protocol)
{
  RnlChatRequest *request = make_plain (protocol);

  request->stop = g_strsplit ("END,\n\n,,a,b,c,d", ",", -1);

  return request;
}

static RnlChatRequest *
make_sampling (const char *protocol)
{
  RnlChatRequest *request = make_plain (protocol);

  request->temperature = 0;
  request->top_p = 1;
  request->max_tokens = 100;
  request->num_ctx = 8192;

  return request;
}

#define EFFORT(word)                                                                               \
  static RnlChatRequest *make_effort_##word (const char *protocol)                                 \
  {                                                                                                \
    RnlChatRequest *request = make_replay (protocol);                                              \
                                                                                                   \
    request->reasoning_effort = g_strdup (#word);                                                  \
                                                                                                   \
    return request;                                                                                \
  }

EFFORT (none)
EFFORT (minimal)
EFFORT (low)
EFFORT (medium)
EFFORT (high)
EFFORT (xhigh)
EFFORT (max)

#define CHOICE(word)                                                                               \
  static RnlChatRequest *make_choice_##word (const char *protocol)                                 \
  {                                                                                                \
    RnlChatRequest *request = make_effort_low (protocol);                                          \
                                                                                                   \
    request->tool_choice = g_strdup (#word);                                                       \
                                                                                                   \
    return request;                                                                                \
  }

CHOICE (auto)
CHOICE (none)
CHOICE (any)
CHOICE (add)

/* All of it, over a long history: where marks of the cache would become too many. */
static RnlChatRequest *
make_everything (const char *protocol)
{
  RnlChatRequest *request = make_choice_auto (protocol);
  g_autoptr (RnlMessage) system = rnl_message_new_text (RNL_ROLE_SYSTEM, "And polite.");
  g_autoptr (RnlMessage) empty = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlMessage) last = rnl_message_new_text (RNL_ROLE_USER, "And now?");

  rnl_chat_request_add_message (request, system);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (RnlMessage) turn = request_turn_new (protocol);
      g_autoptr (RnlMessage) more = rnl_message_new_text (RNL_ROLE_USER, "Go on.");

      rnl_chat_request_add_message (request, turn);
      rnl_chat_request_add_message (request, more);
    }
  rnl_chat_request_add_message (request, empty);
  rnl_chat_request_add_message (request, last);
  request->schema = request_parse ("{'type': 'object', 'additionalProperties': false}");
  request->stop = g_strsplit ("END", ",", -1);
  request->temperature = 1;
  request->top_p = 0.5;
  request->max_tokens = 100;
  request->num_ctx = 8192;

  return request;
}

const RequestScenario request_scenarios[] = {
  { "plain", make_plain },
  { "system", make_system },
  { "tools", make_tools },
  { "tool-results", make_results },
  { "parallel-results", make_parallel },
  { "result-image", make_result_image },
  { "attachments", make_attachments },
  { "replay", make_replay },
  { "schema", make_schema },
  { "stop", make_stop },
  { "sampling", make_sampling },
  { "effort-none", make_effort_none },
  { "effort-minimal", make_effort_minimal },
  { "effort-low", make_effort_low },
  { "effort-medium", make_effort_medium },
  { "effort-high", make_effort_high },
  { "effort-xhigh", make_effort_xhigh },
  { "effort-max", make_effort_max },
  { "choice-auto", make_choice_auto },
  { "choice-none", make_choice_none },
  { "choice-any", make_choice_any },
  { "choice-add", make_choice_add },
  { "everything", make_everything },
};

const guint request_n_scenarios = G_N_ELEMENTS (request_scenarios);

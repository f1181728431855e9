/* agent-harness.h: a model that plays what a test says, a tool that waits, a turn that is watched
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-agent.h"
#include "rnl-test.h"

G_BEGIN_DECLS

/* What the model does next; a turn of the script ends with END, FAIL or HANG. */
typedef enum
{
  PLAY_END,
  PLAY_TEXT,
  PLAY_REASONING,
  PLAY_CALL,
  PLAY_ARGS,
  PLAY_FINISH,
  PLAY_USAGE,
  PLAY_FAIL,
  PLAY_HANG,
} PlayType;

/**
 * Play:
 * @type: what
 * @index: of the call, or the usage's output count
 * @text: text, piece of arguments, raw finish reason or error message
 * @name: of the call; its id is "call_NAME"
 */
typedef struct
{
  PlayType type;
  int index;
  const char *text;
  const char *name;
} Play;

#define TEST_TYPE_MODEL (test_model_get_type ())
G_DECLARE_FINAL_TYPE (TestModel, test_model, TEST, MODEL, GObject)

/* SCRIPT: one array of Play for each request; a request beyond the last plays the last again. */
TestModel *test_model_new (const Play *const *script, guint n_turns);
guint test_model_get_n_requests (TestModel *self);
RnlChatRequest *test_model_get_request (TestModel *self, guint position);

#define TEST_TYPE_TOOL (test_tool_get_type ())
G_DECLARE_FINAL_TYPE (TestTool, test_tool, TEST, TOOL, GObject)

/* A tool {"v": string} that ends when test_tool_finish () says so, or when it is cancelled. */
TestTool *test_tool_new (const char *name, RnlToolPermission permission);
void test_tool_set_effects (TestTool *self, RnlToolEffects effects);
guint test_tool_get_n_running (TestTool *self);
const char *test_tool_get_last_value (TestTool *self);
void test_tool_finish (TestTool *self, const char *result, GError *error);

/* Everything that a turn said. */
typedef struct
{
  RnlAgentRun *run;
  RnlRun *root;
  GPtrArray *events; /* of char *: "kind type name" */
  GHashTable *open;  /* run ids that started and did not end */
  GString *text;
  GString *groups; /* a line each: "action N", "observation N", "started BYTES", "answer TEXT" */
  guint n_ended;
  guint n_steps;
  guint n_approvals;
} Turn;

Turn *turn_start (RnlAgent *agent, const char *question);
Turn *turn_watch (RnlAgentRun *run);
void turn_wait (Turn *turn);
void turn_free (Turn *turn);
char *turn_dup_log (Turn *turn, gboolean streams);
RnlPart *turn_get_call (Turn *turn, guint position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Turn, turn_free)

G_END_DECLS

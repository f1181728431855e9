/* propagation-harness.h: a model that repeats its prompt, and tools called inside a turn
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-function-tool.h"
#include "rnl-model-ask.h"
#include "rnl-run-current.h"
#include "rnl-test.h"

G_BEGIN_DECLS

#define TEST_TYPE_PARROT (test_parrot_get_type ())
G_DECLARE_FINAL_TYPE (TestParrot, test_parrot, TEST, PARROT, GObject)

/* Answers with its prompt, a word a millisecond, each with a blank after it; "never" never ends. */
RnlChatModel *test_parrot_new (void);
guint test_parrot_get_n_streamed (TestParrot *self);

/* A turn: a root run with everything that was said in it. */
typedef struct
{
  RnlRun *root;
  RnlChatModel *model;
  GCancellable *cancellable;
  GPtrArray *log; /* of char *: "kind NAME in PARENT", of streams with their text */
} Scene;

/* One call of a tool in it. */
typedef struct
{
  Scene *scene;
  RnlTool *tool;
  RnlRun *run;
  RnlPart *part;
  char *text;
  GError *error;
  gboolean over;
} Call;

Scene *scene_new (void);
void scene_free (Scene *scene);
char *scene_dup_log (Scene *scene, const char *about);

Call *scene_call (Scene *scene, const char *name, RnlTool *tool, const char *prompt);
void call_wait (Call *call);
void call_free (Call *call);

void wait_for_thread (RnlTestCondition condition, gpointer user_data);

RnlTool *tool_of (RnlToolCallback callback, gpointer user_data);
RnlTool *blocking_tool_of (RnlToolCallback callback, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

G_END_DECLS

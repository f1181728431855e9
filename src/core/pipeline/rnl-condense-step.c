/* rnl-condense-step.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-condense-step.h"

#include "rnl-flow-private.h"
#include "rnl-inner-prompts.h"
#include "rnl-json-members.h"
#include "rnl-model-step.h"
#include "rnl-pipeline.h"
#include "rnl-prompt-template.h"
#include "rnl-text-parser.h"
#include "rnl-value.h"

/**
 * RnlCondenseStep:
 *
 * Makes a question of a conversation one that can be understood alone, as a search needs it, by
 * asking a model that nobody hears: its runs have the tag "internal". Its input is `{question,
 * history}`, with the messages before the question; without any, or with text alone, the question
 * is the output as it is and nothing is asked.
 */
struct _RnlCondenseStep
{
  RnlRunnable parent_instance;

  /* owned */
  RnlPipeline *pipeline;
};

G_DEFINE_FINAL_TYPE (RnlCondenseStep, rnl_condense_step, RNL_TYPE_RUNNABLE)

static void
inner_started_cb (RnlFlow *outer, guint index)
{
}

/* Searching takes the whole question. */
static void
inner_output_cb (RnlFlow *outer, guint index, JsonNode *value)
{
}

static void
inner_ended_cb (RnlFlow *outer, guint index)
{
  RnlFlow *inner = rnl_flow_get_child (outer, index);
  const GError *error = rnl_flow_get_error (inner);

  if (error != NULL)
    rnl_flow_fail (outer, error);
  else
    rnl_flow_end (outer, rnl_flow_get_output (inner));
}

static const RnlFlowSink inner_sink = { inner_started_cb, inner_output_cb, inner_ended_cb };

static const char *
get_question (JsonNode *input)
{
  JsonObject *object = rnl_json_node_get_object (input);

  return object != NULL ? rnl_json_object_get_string (object, "question")
                        : rnl_value_get_text (input);
}

static gboolean
rnl_condense_step_check_input (RnlRunnable *runnable, JsonNode *input, GError **error)
{
  if (get_question (input) == NULL)
    return rnl_value_refuse (input, "a retrieval conversation",
                             "text, or an object with “question” and “history”", error);

  return TRUE;
}

static void
rnl_condense_step_finish (RnlRunnable *runnable, RnlFlow *flow, JsonNode *input)
{
  RnlCondenseStep *self = RNL_CONDENSE_STEP (runnable);
  JsonObject *object = rnl_json_node_get_object (input);
  JsonArray *history = object != NULL ? rnl_json_object_get_array (object, "history") : NULL;

  if (history == NULL || json_array_get_length (history) == 0)
    {
      g_autoptr (JsonNode) question = rnl_value_new_text (get_question (input));

      rnl_flow_end (flow, question);
      return;
    }

  rnl_flow_close (rnl_flow_add_child (flow, RNL_RUNNABLE (self->pipeline), "condense", &inner_sink),
                  input);
}

static void
rnl_condense_step_finalize (GObject *object)
{
  g_object_unref (RNL_CONDENSE_STEP (object)->pipeline);

  G_OBJECT_CLASS (rnl_condense_step_parent_class)->finalize (object);
}

static void
rnl_condense_step_class_init (RnlCondenseStepClass *klass)
{
  RnlRunnableClass *runnable_class = RNL_RUNNABLE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rnl_condense_step_finalize;
  runnable_class->check_input = rnl_condense_step_check_input;
  runnable_class->finish = rnl_condense_step_finish;
}

static void
rnl_condense_step_init (RnlCondenseStep *self)
{
  rnl_runnable_set_traits (RNL_RUNNABLE (self), RNL_RUNNABLE_PLAIN | RNL_RUNNABLE_GIVES_WHOLE);
}

/**
 * rnl_condense_step_new:
 * @model: who is asked, unheard
 *
 * Returns: (transfer full): a step
 */
RnlRunnable *
rnl_condense_step_new (RnlChatModel *model)
{
  RnlCondenseStep *self = g_object_new (RNL_TYPE_CONDENSE_STEP, NULL);
  RnlPromptTemplate *prompt
    = rnl_prompt_template_new (RNL_CONDENSE_PROMPT ("{history}", "{question}"), NULL);

  g_assert (prompt != NULL);
  rnl_prompt_template_set_registered (prompt, "condense_question", "1.0.0");
  self->pipeline = rnl_pipeline_new_steps (RNL_RUNNABLE (prompt), rnl_model_step_new (model),
                                           rnl_text_parser_new (), NULL);
  rnl_runnable_add_tag (RNL_RUNNABLE (self), RNL_RUN_TAG_INTERNAL);

  return RNL_RUNNABLE (self);
}

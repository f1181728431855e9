/* rnl-text-parser.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-text-parser.h"

#include "rnl-flow-private.h"
#include "rnl-value.h"

/**
 * RnlTextParser:
 *
 * Makes text of what a model says: each piece of a message becomes its text, one for one, so a
 * piece without text (the finish, the usage) is an empty one. Text stays as it is.
 */
struct _RnlTextParser
{
  RnlRunnable parent_instance;
};

G_DEFINE_FINAL_TYPE (RnlTextParser, rnl_text_parser, RNL_TYPE_RUNNABLE)

static gboolean
rnl_text_parser_check_input (RnlRunnable *runnable, JsonNode *input, GError **error)
{
  if (rnl_value_get_message_text (input) == NULL)
    return rnl_value_refuse (input, "a text parser", "text or what a model says", error);

  return TRUE;
}

static void
rnl_text_parser_push (RnlRunnable *runnable, RnlFlow *flow, JsonNode *piece)
{
  rnl_flow_emit_text (flow, rnl_value_get_message_text (piece));
}

static void
rnl_text_parser_finish (RnlRunnable *runnable, RnlFlow *flow, JsonNode *input)
{
  rnl_flow_end (flow, NULL);
}

static void
rnl_text_parser_class_init (RnlTextParserClass *klass)
{
  RnlRunnableClass *runnable_class = RNL_RUNNABLE_CLASS (klass);

  runnable_class->check_input = rnl_text_parser_check_input;
  runnable_class->push = rnl_text_parser_push;
  runnable_class->finish = rnl_text_parser_finish;
}

static void
rnl_text_parser_init (RnlTextParser *self)
{
  rnl_runnable_set_traits (RNL_RUNNABLE (self), RNL_RUNNABLE_PLAIN);
}

/**
 * rnl_text_parser_new:
 *
 * Returns: (transfer full): a text parser
 */
RnlRunnable *
rnl_text_parser_new (void)
{
  return g_object_new (RNL_TYPE_TEXT_PARSER, "run-type", RNL_RUN_PARSER, NULL);
}

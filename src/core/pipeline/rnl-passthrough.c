/* rnl-passthrough.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-passthrough.h"

#include "rnl-flow-private.h"

/**
 * RnlPassthrough:
 *
 * Gives every piece of its input on as it is: the branch of a [class@Runnel.Parallel] that keeps
 * the question beside what was found for it.
 */
struct _RnlPassthrough
{
  RnlRunnable parent_instance;
};

G_DEFINE_FINAL_TYPE (RnlPassthrough, rnl_passthrough, RNL_TYPE_RUNNABLE)

static void
rnl_passthrough_push (RnlRunnable *runnable, RnlFlow *flow, JsonNode *piece)
{
  rnl_flow_emit (flow, piece);
}

static void
rnl_passthrough_finish (RnlRunnable *runnable, RnlFlow *flow, JsonNode *input)
{
  rnl_flow_end (flow, input);
}

static void
rnl_passthrough_class_init (RnlPassthroughClass *klass)
{
  RnlRunnableClass *runnable_class = RNL_RUNNABLE_CLASS (klass);

  runnable_class->push = rnl_passthrough_push;
  runnable_class->finish = rnl_passthrough_finish;
}

static void
rnl_passthrough_init (RnlPassthrough *self)
{
  rnl_runnable_set_traits (RNL_RUNNABLE (self), RNL_RUNNABLE_PLAIN | RNL_RUNNABLE_GIVES_WHOLE);
}

/**
 * rnl_passthrough_new:
 *
 * Returns: (transfer full): a step that changes nothing
 */
RnlRunnable *
rnl_passthrough_new (void)
{
  return g_object_new (RNL_TYPE_PASSTHROUGH, NULL);
}

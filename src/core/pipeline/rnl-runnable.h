/* rnl-runnable.h: something a pipeline is made of
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-flow.h"
#include "rnl-run-config.h"

G_BEGIN_DECLS

#define RNL_TYPE_RUNNABLE (rnl_runnable_get_type ())
G_DECLARE_DERIVABLE_TYPE (RnlRunnable, rnl_runnable, RNL, RUNNABLE, GObject)

/**
 * RnlRunnableClass:
 * @streams_input: whether it takes its input in pieces; the default is whether it has a @push
 * @prepare: (nullable): an execution is about to begin: its run has not started and may be given
 *   metadata
 * @start: (nullable): an execution begins, and its input is to come in pieces
 * @push: (nullable): the next piece of the input came. Gives any number of outputs to the flow
 * @finish: the input is whole. Ends the flow ([method@Runnel.Flow.end], [method@Runnel.Flow.fail]),
 *   now or later. One that has a @push had everything through it before
 * @check_input: (nullable): says by an error that names the type that it does not take such an
 *   input; asked before anything is done with it
 * @describe_input: (nullable): how its runs show a whole input, where not as it is
 *
 * What a subclass fills in. @finish alone makes a step that works on its whole input and gives one
 * result; with @push too it streams. All are called with the step's run as the current one, so
 * what they begin is nested in it.
 */
struct _RnlRunnableClass
{
  GObjectClass parent_class;

  gboolean (*streams_input) (RnlRunnable *self);
  void (*prepare) (RnlRunnable *self, RnlFlow *flow);
  void (*start) (RnlRunnable *self, RnlFlow *flow);
  void (*push) (RnlRunnable *self, RnlFlow *flow, JsonNode *piece);
  void (*finish) (RnlRunnable *self, RnlFlow *flow, JsonNode *input);
  gboolean (*check_input) (RnlRunnable *self, JsonNode *input, GError **error);
  JsonNode *(*describe_input) (RnlRunnable *self, JsonNode *input);

  /*< private >*/
  gpointer padding[8];
};

const char *rnl_runnable_get_name (RnlRunnable *self);
void rnl_runnable_set_name (RnlRunnable *self, const char *name);
RnlRunType rnl_runnable_get_run_type (RnlRunnable *self);
const char *const *rnl_runnable_get_tags (RnlRunnable *self);
void rnl_runnable_add_tag (RnlRunnable *self, const char *tag);
gboolean rnl_runnable_streams_input (RnlRunnable *self);
gboolean rnl_runnable_check_input (RnlRunnable *self, JsonNode *input, GError **error);

RnlFlow *rnl_runnable_start (RnlRunnable *self, JsonNode *input);
RnlFlow *
rnl_runnable_start_configured (RnlRunnable *self, JsonNode *input, const RnlRunConfig *config);
RnlFlow *rnl_runnable_start_text (RnlRunnable *self, const char *input);
void rnl_runnable_invoke_async (RnlRunnable *self,
                                JsonNode *input,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
JsonNode *rnl_runnable_invoke_finish (RnlRunnable *self, GAsyncResult *result, GError **error);

G_END_DECLS

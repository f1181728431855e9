/* rnl-chat-model.h: something that answers
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-chat-request.h"
#include "rnl-model-info.h"
#include "rnl-run-enums.h"

G_BEGIN_DECLS

/**
 * RnlModelParams:
 * @RNL_MODEL_PARAM_TEMPERATURE: `temperature`
 * @RNL_MODEL_PARAM_TOP_P: `top_p`
 * @RNL_MODEL_PARAM_MAX_TOKENS: `max_tokens`
 * @RNL_MODEL_PARAM_STOP: `stop`
 * @RNL_MODEL_PARAM_REASONING_EFFORT: `reasoning_effort`
 *
 * Parameters that one model takes and another does not.
 */
typedef enum
{
  RNL_MODEL_PARAM_TEMPERATURE = 1 << 0,
  RNL_MODEL_PARAM_TOP_P = 1 << 1,
  RNL_MODEL_PARAM_MAX_TOKENS = 1 << 2,
  RNL_MODEL_PARAM_STOP = 1 << 3,
  RNL_MODEL_PARAM_REASONING_EFFORT = 1 << 4,
} RnlModelParams;

#define RNL_TYPE_MODEL_PARAMS (rnl_model_params_get_type ())
GType rnl_model_params_get_type (void);

#define RNL_TYPE_CHAT_MODEL (rnl_chat_model_get_type ())
G_DECLARE_INTERFACE (RnlChatModel, rnl_chat_model, RNL, CHAT_MODEL, GObject)

/**
 * RnlChatModelInterface:
 * @get_id: `PROVIDER/MODEL`, as on the command line
 * @get_title: for a person
 * @get_note: (nullable): a word of honesty beside the title ("rules, not AI")
 * @get_run_type: (nullable): what a call of it is as a run; without it `RNL_RUN_CHAT_MODEL`
 * @get_params: (nullable): which parameters reach it; without it none do
 * @generate_async: answers one request. Calls @on_chunk for every chunk, in order, on the main
 *   thread, never from inside this call and never after the callback; then @callback exactly once
 * @generate_finish: `TRUE` when the answer is whole. Errors: `RNL_PROVIDER_ERROR`,
 * `G_IO_ERROR_CANCELLED`
 * @get_image_tokens: (nullable): how many tokens an image is taken for in an estimate
 * @count_tokens_async: (nullable): asks the server how many tokens a request has, without asking
 *   the model; where there is an endpoint for it
 * @count_tokens_finish: (nullable): tokens, or -1 with an error
 * @describe_async: (nullable): finds out what is known of the model; where it is not implemented,
 *   that is its id
 * @describe_finish: (nullable): a description. Errors: `G_IO_ERROR_CANCELLED`
 */
struct _RnlChatModelInterface
{
  GTypeInterface parent_iface;

  const char *(*get_id) (RnlChatModel *self);
  const char *(*get_title) (RnlChatModel *self);
  const char *(*get_note) (RnlChatModel *self);
  RnlRunType (*get_run_type) (RnlChatModel *self);
  RnlModelParams (*get_params) (RnlChatModel *self);
  void (*generate_async) (RnlChatModel *self,
                          RnlChatRequest *request,
                          RnlChunkFunc on_chunk,
                          gpointer chunk_data,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
  gboolean (*generate_finish) (RnlChatModel *self, GAsyncResult *result, GError **error);
  guint (*get_image_tokens) (RnlChatModel *self);
  void (*count_tokens_async) (RnlChatModel *self,
                              RnlChatRequest *request,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
  gint64 (*count_tokens_finish) (RnlChatModel *self, GAsyncResult *result, GError **error);
  void (*describe_async) (RnlChatModel *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
  RnlModelInfo *(*describe_finish) (RnlChatModel *self, GAsyncResult *result, GError **error);
};

const char *rnl_chat_model_get_id (RnlChatModel *self);
const char *rnl_chat_model_get_title (RnlChatModel *self);
const char *rnl_chat_model_get_note (RnlChatModel *self);
RnlModelParams rnl_chat_model_get_params (RnlChatModel *self);
RnlRunType rnl_chat_model_get_run_type (RnlChatModel *self);
void rnl_chat_model_generate_async (RnlChatModel *self,
                                    RnlChatRequest *request,
                                    RnlChunkFunc on_chunk,
                                    gpointer chunk_data,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean rnl_chat_model_generate_finish (RnlChatModel *self, GAsyncResult *result, GError **error);
void rnl_chat_model_describe_async (RnlChatModel *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
RnlModelInfo *
rnl_chat_model_describe_finish (RnlChatModel *self, GAsyncResult *result, GError **error);

G_END_DECLS

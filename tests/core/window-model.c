/* window-model.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "window-model.h"

#include <string.h>

#include "rnl-provider-error.h"
#include "rnl-token-count.h"

static const char *
window_get_id (RnlChatModel *model)
{
  return "test/window";
}

gint64
window_model_count (WindowModel *self, RnlChatRequest *request)
{
  return (gint64) (self->tokens_per_estimate
                   * (double) rnl_chat_request_estimate_tokens (request, NULL));
}

typedef struct
{
  RnlChunkFunc on_chunk;
  gpointer chunk_data;
  gint64 tokens;
} Asked;

static gboolean
answer_cb (gpointer user_data)
{
  GTask *task = user_data;
  WindowModel *self = g_task_get_source_object (task);
  Asked *asked = g_task_get_task_data (task);
  RnlChunk text = { .type = RNL_CHUNK_TEXT, .text = self->answer, .length = strlen (self->answer) };
  RnlChunk usage = { .type = RNL_CHUNK_USAGE, .usage = RNL_USAGE_INIT };

  if (self->window > 0 && asked->tokens > self->window)
    {
      g_task_return_error (
        task, rnl_provider_error_new (RNL_PROVIDER_ERROR_CONTEXT_TOO_LONG, "Too long"));
      return G_SOURCE_REMOVE;
    }
  usage.usage.input = asked->tokens;
  usage.usage.output = 5;
  usage.usage.total = asked->tokens + 5;
  asked->on_chunk (&text, asked->chunk_data);
  asked->on_chunk (&usage, asked->chunk_data);
  g_task_return_boolean (task, TRUE);

  return G_SOURCE_REMOVE;
}

static void
window_generate_async (RnlChatModel *model,
                       RnlChatRequest *request,
                       RnlChunkFunc on_chunk,
                       gpointer chunk_data,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  WindowModel *self = WINDOW_MODEL (model);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Asked *asked = g_new0 (Asked, 1);

  *asked = (Asked){ on_chunk, chunk_data, window_model_count (self, request) };
  g_task_set_task_data (task, asked, g_free);
  g_ptr_array_add (self->requests, rnl_chat_request_ref (request));
  g_idle_add_full (G_PRIORITY_DEFAULT, answer_cb, task, g_object_unref);
}

static gboolean
window_generate_finish (RnlChatModel *model, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
window_describe_async (RnlChatModel *model,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  WindowModel *self = WINDOW_MODEL (model);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_return_pointer (
    task, rnl_model_info_new ("window", "Window", self->describes ? self->window : 0),
    g_object_unref);
}

static RnlModelInfo *
window_describe_finish (RnlChatModel *model, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
window_count_async (RnlChatModel *model,
                    RnlChatRequest *request,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  WindowModel *self = WINDOW_MODEL (model);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  self->n_counts++;
  if (self->counts)
    g_task_return_int (task, window_model_count (self, request));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Cannot count");
}

static gint64
window_count_finish (RnlChatModel *model, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

static void
window_model_iface_init (RnlChatModelInterface *iface)
{
  iface->get_id = window_get_id;
  iface->get_title = window_get_id;
  iface->generate_async = window_generate_async;
  iface->generate_finish = window_generate_finish;
  iface->describe_async = window_describe_async;
  iface->describe_finish = window_describe_finish;
  iface->count_tokens_async = window_count_async;
  iface->count_tokens_finish = window_count_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WindowModel,
                               window_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_CHAT_MODEL, window_model_iface_init))

static void
window_model_finalize (GObject *object)
{
  g_ptr_array_unref (WINDOW_MODEL (object)->requests);

  G_OBJECT_CLASS (window_model_parent_class)->finalize (object);
}

static void
window_model_class_init (WindowModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = window_model_finalize;
}

static void
window_model_init (WindowModel *self)
{
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_chat_request_unref);
  self->answer = "An answer.";
  self->tokens_per_estimate = 1;
  self->describes = TRUE;
}

WindowModel *
window_model_new (gint64 window)
{
  WindowModel *self = g_object_new (WINDOW_TYPE_MODEL, NULL);

  self->window = window;

  return self;
}

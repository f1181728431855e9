/* rnl-tool.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-tool.h"

#include "rnl-run-open.h"
#include "rnl-tool-context-private.h"

/**
 * RnlTool:
 *
 * Something a model may use: a spec for the model, a title, icon and permission for the person, and
 * a call. What a tool shows while it works goes through its [class@Runnel.ToolContext]; what it
 * returns is the text the model reads.
 *
 * A tool implements either `invoke`, which is all a tool in another language needs, or the pair
 * `call_async` and `call_finish`.
 *
 * A model that is asked by a tool appears and streams under the tool, whoever asks: the tool's own
 * lines, a callback of anything that they began (the tool has a main context of its own, which is
 * the thread's default while it runs), or a thread that was started with
 * [func@Runnel.Run.task_in_thread] or passes the tool's cancellable. A source that a tool attaches
 * to the default main context itself, with g_timeout_add() for example, and a thread of its own run
 * outside of the tool. A call from there is still the tool's as long as it is the only one at work;
 * when several are, the cancellable has to say it, or the call is refused.
 */
G_DEFINE_INTERFACE (RnlTool, rnl_tool, G_TYPE_OBJECT)

/**
 * rnl_tool_error_quark:
 *
 * Returns: the domain of [error@Runnel.ToolError]
 */
G_DEFINE_QUARK (rnl_tool_error, rnl_tool_error)

G_DEFINE_ENUM_TYPE (RnlToolPermission,
                    rnl_tool_permission,
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_SAFE, "safe"),
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_ASKS, "asks"))

G_DEFINE_FLAGS_TYPE (RnlToolEffects,
                     rnl_tool_effects,
                     G_DEFINE_ENUM_VALUE (RNL_TOOL_EFFECT_NONE, "none"),
                     G_DEFINE_ENUM_VALUE (RNL_TOOL_EFFECT_READS_FILES, "reads-files"),
                     G_DEFINE_ENUM_VALUE (RNL_TOOL_EFFECT_CHANGES_FILES, "changes-files"),
                     G_DEFINE_ENUM_VALUE (RNL_TOOL_EFFECT_READS_CHATS, "reads-chats"),
                     G_DEFINE_ENUM_VALUE (RNL_TOOL_EFFECT_NETWORK, "network"),
                     G_DEFINE_ENUM_VALUE (RNL_TOOL_EFFECT_DESTROYS, "destroys"),
                     G_DEFINE_ENUM_VALUE (RNL_TOOL_EFFECT_UNKNOWN, "unknown"))

G_DEFINE_ENUM_TYPE (RnlToolError,
                    rnl_tool_error,
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_ERROR_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_ERROR_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_ERROR_ARGUMENTS, "arguments"),
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_ERROR_NOT_ALLOWED, "not-allowed"),
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_ERROR_TOO_LARGE, "too-large"))

static void
rnl_tool_default_call_async (RnlTool *self,
                             JsonObject *arguments,
                             RnlToolContext *context,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_task_set_source_tag (task, rnl_tool_default_call_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (RNL_TOOL_GET_IFACE (self)->invoke == NULL || context == NULL)
    {
      g_task_return_new_error (task, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED,
                               "The tool “%s” cannot be called.", rnl_tool_get_name (self));
      return;
    }

  rnl_tool_context_expect (context, task);
  text = RNL_TOOL_GET_IFACE (self)->invoke (self, arguments, context, &error);
  rnl_tool_context_settle (context, text, error);
}

static char *
rnl_tool_default_call_finish (RnlTool *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
rnl_tool_default_init (RnlToolInterface *iface)
{
  iface->call_async = rnl_tool_default_call_async;
  iface->call_finish = rnl_tool_default_call_finish;
}

/**
 * rnl_tool_get_spec:
 * @self: a tool
 *
 * Returns: (transfer none): what the model is told, the same for the tool's whole life
 */
RnlToolSpec *
rnl_tool_get_spec (RnlTool *self)
{
  g_return_val_if_fail (RNL_IS_TOOL (self), NULL);

  return RNL_TOOL_GET_IFACE (self)->get_spec (self);
}

/**
 * rnl_tool_get_name:
 * @self: a tool
 *
 * Returns: (transfer none): what the model calls it
 */
const char *
rnl_tool_get_name (RnlTool *self)
{
  g_return_val_if_fail (RNL_IS_TOOL (self), NULL);

  return rnl_tool_get_spec (self)->name;
}

/**
 * rnl_tool_get_title:
 * @self: a tool
 *
 * Returns: (transfer none): what a person calls it
 */
const char *
rnl_tool_get_title (RnlTool *self)
{
  g_return_val_if_fail (RNL_IS_TOOL (self), NULL);

  return rnl_tool_get_spec (self)->title;
}

/**
 * rnl_tool_get_permission:
 * @self: a tool
 *
 * Returns: whether it waits for a person's decision; a tool that does not say asks
 */
RnlToolPermission
rnl_tool_get_permission (RnlTool *self)
{
  RnlToolInterface *iface;

  g_return_val_if_fail (RNL_IS_TOOL (self), RNL_TOOL_ASKS);

  iface = RNL_TOOL_GET_IFACE (self);

  return iface->get_permission != NULL ? iface->get_permission (self) : RNL_TOOL_ASKS;
}

/**
 * rnl_tool_get_effects:
 * @self: a tool
 *
 * Returns: what a call of it may touch
 */
RnlToolEffects
rnl_tool_get_effects (RnlTool *self)
{
  RnlToolInterface *iface;

  g_return_val_if_fail (RNL_IS_TOOL (self), RNL_TOOL_EFFECT_UNKNOWN);

  iface = RNL_TOOL_GET_IFACE (self);
  if (iface->get_effects != NULL)
    return iface->get_effects (self);

  return rnl_tool_get_permission (self) == RNL_TOOL_SAFE ? RNL_TOOL_EFFECT_NONE
                                                         : RNL_TOOL_EFFECT_UNKNOWN;
}

/**
 * rnl_tool_get_icon_name:
 * @self: a tool
 *
 * Returns: (transfer none): a symbolic icon's name
 */
const char *
rnl_tool_get_icon_name (RnlTool *self)
{
  RnlToolInterface *iface;

  g_return_val_if_fail (RNL_IS_TOOL (self), NULL);

  iface = RNL_TOOL_GET_IFACE (self);

  return iface->get_icon_name != NULL ? iface->get_icon_name (self)
                                      : "applications-utilities-symbolic";
}

typedef struct
{
  /* owned */
  RnlRunLoop *loop;
  RnlToolContext *context; /* nullable; it fills the card until the tool is over */
  char *text;
  GError *error;
} CallData;

static void
call_data_free (CallData *data)
{
  g_clear_pointer (&data->loop, rnl_run_loop_unref);
  g_clear_object (&data->context);
  g_free (data->text);
  g_clear_error (&data->error);
  g_free (data);
}

static gboolean
call_over_cb (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CallData *data = g_task_get_task_data (task);

  g_clear_object (&data->context);
  if (data->error != NULL)
    g_task_return_error (task, g_steal_pointer (&data->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&data->text), g_free);

  return G_SOURCE_REMOVE;
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  RnlTool *tool = g_task_get_source_object (task);
  CallData *data = g_task_get_task_data (task);

  g_return_if_fail (data->text == NULL && data->error == NULL);

  /* Now, not outside: the end of the loop cancels what a GTask would look at. */
  data->text = RNL_TOOL_GET_IFACE (tool)->call_finish (tool, result, &data->error);
  if (data->text == NULL && data->error == NULL)
    g_set_error_literal (&data->error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED, RNL_TOOL_NO_RESULT);
  rnl_run_open_remove (data->loop);
  rnl_run_loop_exit (data->loop, call_over_cb, task);
}

/**
 * rnl_tool_call_async:
 * @self: a tool
 * @arguments: complete, checked against the schema, and not changed by anyone from now on
 * @context: (nullable): what the tool has in hand, `NULL` in a test of a tool that needs nothing
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called once, never from inside this call
 * @user_data: for @callback
 *
 * Runs the tool, as the code of the context's run: in a main context of its own, with a cancellable
 * of its own, which @cancellable cancels. @callback is outside of that again.
 */
void
rnl_tool_call_async (RnlTool *self,
                     JsonObject *arguments,
                     RnlToolContext *context,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  CallData *data;
  GTask *task;

  g_return_if_fail (RNL_IS_TOOL (self));
  g_return_if_fail (arguments != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  data = g_new0 (CallData, 1);
  data->loop
    = rnl_run_loop_new (context != NULL ? rnl_tool_context_get_run (context) : NULL, cancellable);
  g_task_set_source_tag (task, rnl_tool_call_async);
  g_task_set_task_data (task, data, (GDestroyNotify) call_data_free);
  if (context != NULL)
    {
      data->context = g_object_ref (context);
      rnl_tool_context_set_loop (context, data->loop);
    }

  rnl_run_open_add (data->loop);
  rnl_run_loop_enter (data->loop);
  RNL_TOOL_GET_IFACE (self)->call_async (
    self, arguments, context, rnl_run_loop_get_cancellable (data->loop), called_cb, task);
  rnl_run_loop_leave (data->loop);
}

/**
 * rnl_tool_call_finish:
 * @self: a tool
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_TOOL_ERROR`, `G_IO_ERROR_CANCELLED` when it was stopped, or any other.
 *
 * Returns: (transfer full) (nullable): the result as UTF-8 text for the model, or `NULL` with
 *   @error set
 */
char *
rnl_tool_call_finish (RnlTool *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RNL_IS_TOOL (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

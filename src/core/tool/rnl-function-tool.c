/* rnl-function-tool.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-function-tool.h"

#include <string.h>

#include "rnl-json-value.h"
#include "rnl-run-current.h"
#include "rnl-tool-context-private.h"

/**
 * RnlFunctionTool:
 *
 * A tool made of a function.
 *
 * With [ctor@Runnel.FunctionTool.new] the function runs on the main thread and may give its result
 * later; with [ctor@Runnel.FunctionTool.new_blocking] it runs in a worker thread, where it may wait
 * for anything, [method@Runnel.ChatModel.ask] too. A model that it asks appears under the tool by
 * itself. The two constructors of a spec are for plain functions that see no context: they have one
 * result and nothing to say on the way.
 */
struct _RnlFunctionTool
{
  GObject parent_instance;

  /* owned */
  RnlToolSpec *spec;
  char *icon_name;
  gpointer user_data;
  GDestroyNotify destroy;

  RnlToolFunc func;         /* either this */
  RnlToolCallback callback; /* or that */
  RnlToolPermission permission;
  RnlToolEffects effects;
  gboolean threaded;
};

static void rnl_function_tool_iface_init (RnlToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlFunctionTool,
                               rnl_function_tool,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_TOOL, rnl_function_tool_iface_init))

static void
rnl_function_tool_finalize (GObject *object)
{
  RnlFunctionTool *self = RNL_FUNCTION_TOOL (object);

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self->icon_name);
  g_clear_pointer (&self->spec, rnl_tool_spec_unref);

  G_OBJECT_CLASS (rnl_function_tool_parent_class)->finalize (object);
}

static void
rnl_function_tool_class_init (RnlFunctionToolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_function_tool_finalize;
}

static void
rnl_function_tool_init (RnlFunctionTool *self)
{
}

static RnlToolSpec *
rnl_function_tool_get_spec (RnlTool *tool)
{
  return RNL_FUNCTION_TOOL (tool)->spec;
}

static RnlToolPermission
rnl_function_tool_get_permission (RnlTool *tool)
{
  return RNL_FUNCTION_TOOL (tool)->permission;
}

static RnlToolEffects
rnl_function_tool_get_effects (RnlTool *tool)
{
  return RNL_FUNCTION_TOOL (tool)->effects;
}

static const char *
rnl_function_tool_get_icon_name (RnlTool *tool)
{
  return RNL_FUNCTION_TOOL (tool)->icon_name;
}

typedef struct
{
  /* owned */
  JsonObject *arguments;
  RnlToolContext *context; /* nullable */
} CallData;

static void
call_data_free (CallData *data)
{
  json_object_unref (data->arguments);
  g_clear_object (&data->context);
  g_free (data);
}

static char *
call_function (RnlFunctionTool *self, CallData *data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *result;

  if (self->func != NULL)
    return self->func (data->arguments, self->user_data, cancellable, error);

  result = self->callback (data->arguments, data->context, self->user_data, &local);
  if (result == NULL && local == NULL)
    g_set_error_literal (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED, RNL_TOOL_NO_RESULT);
  else if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return result;
}

static void
run_function (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  char *result;

  if (g_task_return_error_if_cancelled (task))
    return;

  result = call_function (RNL_FUNCTION_TOOL (source), task_data, cancellable, &error);
  if (error == NULL)
    g_task_return_pointer (task, result, g_free);
  else
    g_task_return_error (task, error);
}

static char *
rnl_function_tool_invoke (RnlTool *tool,
                          JsonObject *arguments,
                          RnlToolContext *context,
                          GError **error)
{
  RnlFunctionTool *self = RNL_FUNCTION_TOOL (tool);

  return self->callback (arguments, context, self->user_data, error);
}

static void
rnl_function_tool_call_async (RnlTool *tool,
                              JsonObject *arguments,
                              RnlToolContext *context,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  RnlFunctionTool *self = RNL_FUNCTION_TOOL (tool);
  g_autoptr (GTask) task = NULL;
  CallData *data;

  if (self->callback != NULL && !self->threaded)
    {
      RnlToolInterface *iface = g_type_default_interface_peek (RNL_TYPE_TOOL);

      iface->call_async (tool, arguments, context, cancellable, callback, user_data);
      return;
    }

  task = g_task_new (self, cancellable, callback, user_data);
  data = g_new0 (CallData, 1);
  data->arguments = json_object_ref (arguments);
  g_set_object (&data->context, context);
  g_task_set_source_tag (task, rnl_function_tool_call_async);
  g_task_set_task_data (task, data, (GDestroyNotify) call_data_free);

  if (self->threaded)
    rnl_run_task_in_thread (task, run_function);
  else
    run_function (task, self, data, cancellable);
}

static char *
rnl_function_tool_call_finish (RnlTool *tool, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, tool), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
rnl_function_tool_iface_init (RnlToolInterface *iface)
{
  iface->get_spec = rnl_function_tool_get_spec;
  iface->get_permission = rnl_function_tool_get_permission;
  iface->get_effects = rnl_function_tool_get_effects;
  iface->get_icon_name = rnl_function_tool_get_icon_name;
  iface->invoke = rnl_function_tool_invoke;
  iface->call_async = rnl_function_tool_call_async;
  iface->call_finish = rnl_function_tool_call_finish;
}

static RnlFunctionTool *
new_tool (RnlToolSpec *spec,
          RnlToolPermission permission,
          const char *icon_name,
          gboolean threaded,
          gpointer user_data,
          GDestroyNotify destroy)
{
  RnlFunctionTool *self = g_object_new (RNL_TYPE_FUNCTION_TOOL, NULL);

  self->spec = spec;
  self->permission = permission;
  self->effects = permission == RNL_TOOL_SAFE ? RNL_TOOL_EFFECT_NONE : RNL_TOOL_EFFECT_UNKNOWN;
  self->icon_name = g_strdup (icon_name);
  self->threaded = threaded;
  self->user_data = user_data;
  self->destroy = destroy;

  return self;
}

static RnlToolSpec *
spec_from_text (const char *name, const char *description, const char *parameters, GError **error)
{
  const char *text = parameters != NULL ? parameters : "{\"type\": \"object\", \"properties\": {}}";
  g_autoptr (JsonNode) node = rnl_json_strict_parse (text, strlen (text), error);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return rnl_tool_spec_new (name, name, description, text);

  if (node != NULL)
    g_set_error_literal (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_ARGUMENTS, "it is not an object");
  g_prefix_error (error, "The schema of the tool “%s” is no JSON Schema: ", name);

  return NULL;
}

static RnlTool *
new_callback_tool (RnlToolSpec *spec,
                   RnlToolPermission permission,
                   gboolean threaded,
                   RnlToolCallback callback,
                   gpointer user_data,
                   GDestroyNotify destroy)
{
  RnlFunctionTool *self;

  if (spec == NULL)
    {
      if (destroy != NULL)
        destroy (user_data);
      return NULL;
    }

  self
    = new_tool (spec, permission, "applications-utilities-symbolic", threaded, user_data, destroy);
  self->callback = callback;

  return RNL_TOOL (self);
}

/**
 * rnl_function_tool_new: (constructor)
 * @name: what the model calls it, `[A-Za-z0-9_-]{1,64}`
 * @description: for the model: what it does and when to use it
 * @parameters: (nullable): a JSON Schema of type "object" as JSON text, `NULL` for no arguments
 * @permission: whether it asks first
 * @callback: (scope notified) (closure user_data) (destroy destroy): runs on the main thread and
 *   does not block
 * @user_data: for @callback
 * @destroy: (nullable): frees @user_data with the tool
 * @error: return location for an error
 *
 * Errors: `RNL_JSON_ERROR`, `RNL_TOOL_ERROR_ARGUMENTS` when @parameters is no schema.
 *
 * Returns: (transfer full) (type RnlFunctionTool) (nullable): a new tool
 */
RnlTool *
rnl_function_tool_new (const char *name,
                       const char *description,
                       const char *parameters,
                       RnlToolPermission permission,
                       RnlToolCallback callback,
                       gpointer user_data,
                       GDestroyNotify destroy,
                       GError **error)
{
  return new_callback_tool (spec_from_text (name, description, parameters, error), permission,
                            FALSE, callback, user_data, destroy);
}

/**
 * rnl_function_tool_new_blocking: (constructor)
 * @name: what the model calls it, `[A-Za-z0-9_-]{1,64}`
 * @description: for the model: what it does and when to use it
 * @parameters: (nullable): a JSON Schema of type "object" as JSON text, `NULL` for no arguments
 * @permission: whether it asks first
 * @callback: (scope notified) (closure user_data) (destroy destroy): runs in a worker thread,
 *   several calls at once, and returns its result: there is no later
 * @user_data: for @callback, safe to use from any thread
 * @destroy: (nullable): frees @user_data with the tool
 * @error: return location for an error
 *
 * Errors: as for [ctor@Runnel.FunctionTool.new].
 *
 * Returns: (transfer full) (type RnlFunctionTool) (nullable): a new tool
 */
RnlTool *
rnl_function_tool_new_blocking (const char *name,
                                const char *description,
                                const char *parameters,
                                RnlToolPermission permission,
                                RnlToolCallback callback,
                                gpointer user_data,
                                GDestroyNotify destroy,
                                GError **error)
{
  return new_callback_tool (spec_from_text (name, description, parameters, error), permission, TRUE,
                            callback, user_data, destroy);
}

/**
 * rnl_function_tool_new_quick:
 * @spec: (transfer full): what the model is told
 * @permission: whether it asks first
 * @icon_name: a symbolic icon
 * @func: runs on the main thread; takes microseconds
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data with the tool
 *
 * Returns: (transfer full): a new tool
 */
RnlTool *
rnl_function_tool_new_quick (RnlToolSpec *spec,
                             RnlToolPermission permission,
                             const char *icon_name,
                             RnlToolFunc func,
                             gpointer user_data,
                             GDestroyNotify destroy)
{
  RnlFunctionTool *self = new_tool (spec, permission, icon_name, FALSE, user_data, destroy);

  self->func = func;

  return RNL_TOOL (self);
}

/**
 * rnl_function_tool_new_thread:
 * @spec: (transfer full): what the model is told
 * @permission: whether it asks first
 * @icon_name: a symbolic icon
 * @func: runs in a worker thread, several calls at once; looks at its cancellable
 * @user_data: for @func, safe to use from any thread
 * @destroy: (nullable): frees @user_data with the tool
 *
 * Returns: (transfer full): a new tool
 */
RnlTool *
rnl_function_tool_new_thread (RnlToolSpec *spec,
                              RnlToolPermission permission,
                              const char *icon_name,
                              RnlToolFunc func,
                              gpointer user_data,
                              GDestroyNotify destroy)
{
  RnlFunctionTool *self = new_tool (spec, permission, icon_name, TRUE, user_data, destroy);

  self->func = func;

  return RNL_TOOL (self);
}

/**
 * rnl_function_tool_set_effects:
 * @self: a tool
 * @effects: what a call of it may touch
 *
 * Says what the person is told before they allow a call. Unless it is said, it is nothing for a
 * tool that is safe, and unknown for one that asks.
 */
void
rnl_function_tool_set_effects (RnlFunctionTool *self, RnlToolEffects effects)
{
  g_return_if_fail (RNL_IS_FUNCTION_TOOL (self));

  self->effects = effects;
}

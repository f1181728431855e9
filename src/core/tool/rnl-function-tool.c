/* rnl-function-tool.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-function-tool.h"

/**
 * RnlFunctionTool:
 *
 * A tool made of a spec and a plain function. A quick one runs on the main thread and must cost
 * next to nothing; the other kind runs in a worker thread and may block on the disk. Neither sees
 * the tool's context: a function has one result and nothing to say on the way.
 */
struct _RnlFunctionTool
{
  GObject parent_instance;

  /* owned */
  RnlToolSpec *spec;
  char *icon_name;
  gpointer user_data;
  GDestroyNotify destroy;

  RnlToolFunc func;
  RnlToolPermission permission;
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

static const char *
rnl_function_tool_get_icon_name (RnlTool *tool)
{
  return RNL_FUNCTION_TOOL (tool)->icon_name;
}

static void
run_function (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  RnlFunctionTool *self = RNL_FUNCTION_TOOL (source);
  GError *error = NULL;
  char *result;

  if (g_task_return_error_if_cancelled (task))
    return;

  result = self->func (task_data, self->user_data, cancellable, &error);
  if (result != NULL)
    g_task_return_pointer (task, result, g_free);
  else
    g_task_return_error (task, error);
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
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, rnl_function_tool_call_async);
  g_task_set_task_data (task, json_object_ref (arguments), (GDestroyNotify) json_object_unref);

  if (self->threaded)
    g_task_run_in_thread (task, run_function);
  else
    run_function (task, self, arguments, cancellable);
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
  iface->get_icon_name = rnl_function_tool_get_icon_name;
  iface->call_async = rnl_function_tool_call_async;
  iface->call_finish = rnl_function_tool_call_finish;
}

static RnlTool *
new_tool (RnlToolSpec *spec,
          RnlToolPermission permission,
          const char *icon_name,
          gboolean threaded,
          RnlToolFunc func,
          gpointer user_data,
          GDestroyNotify destroy)
{
  RnlFunctionTool *self = g_object_new (RNL_TYPE_FUNCTION_TOOL, NULL);

  self->spec = spec;
  self->permission = permission;
  self->icon_name = g_strdup (icon_name);
  self->threaded = threaded;
  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;

  return RNL_TOOL (self);
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
  return new_tool (spec, permission, icon_name, FALSE, func, user_data, destroy);
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
  return new_tool (spec, permission, icon_name, TRUE, func, user_data, destroy);
}

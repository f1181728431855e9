/* rnl-tool.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-tool.h"

/**
 * RnlTool:
 *
 * Something a model may use: a spec for the model, a title, icon and permission for the person, and
 * an asynchronous call. What a tool shows while it works goes through its
 * [class@Runnel.ToolContext]; what it returns is the text the model reads.
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

G_DEFINE_ENUM_TYPE (RnlToolError,
                    rnl_tool_error,
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_ERROR_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_ERROR_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_ERROR_ARGUMENTS, "arguments"),
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_ERROR_NOT_ALLOWED, "not-allowed"),
                    G_DEFINE_ENUM_VALUE (RNL_TOOL_ERROR_TOO_LARGE, "too-large"))

static void
rnl_tool_default_init (RnlToolInterface *iface)
{
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

/**
 * rnl_tool_call_async:
 * @self: a tool
 * @arguments: complete, checked against the schema, and not changed by anyone from now on
 * @context: what the tool has in hand
 * @cancellable: (nullable): stops it
 * @callback: called once, never from inside this call
 * @user_data: for @callback
 *
 * Runs the tool.
 */
void
rnl_tool_call_async (RnlTool *self,
                     JsonObject *arguments,
                     RnlToolContext *context,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (RNL_IS_TOOL (self));
  g_return_if_fail (arguments != NULL);

  RNL_TOOL_GET_IFACE (self)->call_async (self, arguments, context, cancellable, callback,
                                         user_data);
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

  return RNL_TOOL_GET_IFACE (self)->call_finish (self, result, error);
}

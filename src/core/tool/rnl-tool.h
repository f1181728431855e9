/* rnl-tool.h: something a model may use
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-tool-context.h"
#include "rnl-tool-spec.h"

G_BEGIN_DECLS

/**
 * RnlToolError:
 * @RNL_TOOL_ERROR_FAILED: it tried and could not
 * @RNL_TOOL_ERROR_UNKNOWN: there is no such tool
 * @RNL_TOOL_ERROR_ARGUMENTS: the arguments are not JSON, or not what the schema asks for
 * @RNL_TOOL_ERROR_NOT_ALLOWED: outside what the person allowed (a folder, an address)
 * @RNL_TOOL_ERROR_TOO_LARGE: the result or the input is over a bound
 *
 * The message is written for the model, which reads it, and for the person, who sees it.
 */
typedef enum
{
  RNL_TOOL_ERROR_FAILED,
  RNL_TOOL_ERROR_UNKNOWN,
  RNL_TOOL_ERROR_ARGUMENTS,
  RNL_TOOL_ERROR_NOT_ALLOWED,
  RNL_TOOL_ERROR_TOO_LARGE,
} RnlToolError;

#define RNL_TYPE_TOOL_ERROR (rnl_tool_error_get_type ())
GType rnl_tool_error_get_type (void);

#define RNL_TOOL_ERROR (rnl_tool_error_quark ())
GQuark rnl_tool_error_quark (void);

/**
 * RnlToolPermission:
 * @RNL_TOOL_SAFE: runs without asking: it reads nothing private and changes nothing
 * @RNL_TOOL_ASKS: waits for a person's decision
 *
 * Whether a tool runs without a person.
 */
typedef enum
{
  RNL_TOOL_SAFE,
  RNL_TOOL_ASKS,
} RnlToolPermission;

#define RNL_TYPE_TOOL_PERMISSION (rnl_tool_permission_get_type ())
GType rnl_tool_permission_get_type (void);

/**
 * RnlToolEffects:
 * @RNL_TOOL_EFFECT_NONE: nothing outside of the chat
 * @RNL_TOOL_EFFECT_READS_FILES: reads files of the person's
 * @RNL_TOOL_EFFECT_CHANGES_FILES: writes, moves or makes files
 * @RNL_TOOL_EFFECT_READS_CHATS: reads other chats
 * @RNL_TOOL_EFFECT_NETWORK: speaks to other computers
 * @RNL_TOOL_EFFECT_DESTROYS: may destroy what cannot be brought back
 * @RNL_TOOL_EFFECT_UNKNOWN: nobody here knows
 *
 * What a call of a tool may touch, for the person who decides about it.
 */
typedef enum
{
  RNL_TOOL_EFFECT_NONE = 0,
  RNL_TOOL_EFFECT_READS_FILES = 1 << 0,
  RNL_TOOL_EFFECT_CHANGES_FILES = 1 << 1,
  RNL_TOOL_EFFECT_READS_CHATS = 1 << 2,
  RNL_TOOL_EFFECT_NETWORK = 1 << 3,
  RNL_TOOL_EFFECT_DESTROYS = 1 << 4,
  RNL_TOOL_EFFECT_UNKNOWN = 1 << 5,
} RnlToolEffects;

#define RNL_TYPE_TOOL_EFFECTS (rnl_tool_effects_get_type ())
GType rnl_tool_effects_get_type (void);

#define RNL_TYPE_TOOL (rnl_tool_get_type ())
G_DECLARE_INTERFACE (RnlTool, rnl_tool, RNL, TOOL, GObject)

/**
 * RnlToolInterface:
 * @get_spec: what the model is told
 * @get_permission: whether it asks first
 * @get_effects: (nullable): what a call may touch; nothing when a tool that is safe does not say,
 *   and unknown when another does not
 * @get_icon_name: a symbolic icon
 * @invoke: (nullable): runs it, on the home thread and without blocking: see
 *   [callback@Runnel.ToolCallback] for how a result is given at once or later. What a tool
 *   implements that leaves the next two alone
 * @call_async: runs it. @arguments are complete and were checked against the schema
 * @call_finish: (transfer full): the result as text for the model, UTF-8. Errors: `RNL_TOOL_ERROR`,
 *   `G_IO_ERROR_CANCELLED`, or any other: all are told to the model and shown to the person
 */
struct _RnlToolInterface
{
  GTypeInterface parent_iface;

  RnlToolSpec *(*get_spec) (RnlTool *self);
  RnlToolPermission (*get_permission) (RnlTool *self);
  RnlToolEffects (*get_effects) (RnlTool *self);
  const char *(*get_icon_name) (RnlTool *self);
  /**
   * RnlToolInterface::invoke:
   * @self: a tool
   * @arguments: complete, checked against the schema
   * @context: what it has in hand
   * @error: return location for an error
   *
   * Returns: (transfer full) (nullable): the result, or `NULL`: see [callback@Runnel.ToolCallback]
   */
  char *(*invoke) (RnlTool *self, JsonObject *arguments, RnlToolContext *context, GError **error);
  void (*call_async) (RnlTool *self,
                      JsonObject *arguments,
                      RnlToolContext *context,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  char *(*call_finish) (RnlTool *self, GAsyncResult *result, GError **error);
};

RnlToolSpec *rnl_tool_get_spec (RnlTool *self);
const char *rnl_tool_get_name (RnlTool *self);
const char *rnl_tool_get_title (RnlTool *self);
RnlToolPermission rnl_tool_get_permission (RnlTool *self);
RnlToolEffects rnl_tool_get_effects (RnlTool *self);
const char *rnl_tool_get_icon_name (RnlTool *self);
void rnl_tool_call_async (RnlTool *self,
                          JsonObject *arguments,
                          RnlToolContext *context,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
char *rnl_tool_call_finish (RnlTool *self, GAsyncResult *result, GError **error);

G_END_DECLS

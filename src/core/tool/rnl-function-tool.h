/* rnl-function-tool.h: a tool made of a spec and a function
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-tool.h"

G_BEGIN_DECLS

/**
 * RnlToolFunc:
 * @arguments: what the model gave
 * @user_data: as given with the function
 * @cancellable: (nullable): to be looked at now and then by anything that takes long
 * @error: return location for an error, in the `RNL_TOOL_ERROR` domain where one fits
 *
 * Returns: (transfer full) (nullable): the result as UTF-8 text, or `NULL` with @error set
 */
typedef char *(*RnlToolFunc) (JsonObject *arguments,
                              gpointer user_data,
                              GCancellable *cancellable,
                              GError **error);

/**
 * RnlToolCallback:
 * @arguments: what the model gave, checked against the schema
 * @context: what the tool has in hand: the model of the chat, output for the person, its
 *   cancellable
 * @user_data: as given with the function
 * @error: return location for an error; the model reads its message, and the person sees it
 *
 * A tool in one function. It returns the result; or nothing, and gives the result later with
 * [method@Runnel.ToolContext.return_text] or one of its siblings. That it has a later one is known
 * when it has asked a model, whose answer is on its way; otherwise it says so with
 * [method@Runnel.ToolContext.defer]. A function that returns nothing and does neither (an exception
 * in another language looks like that) has failed.
 *
 * Returns: (transfer full) (nullable): the result as UTF-8 text
 */
typedef char *(*RnlToolCallback) (JsonObject *arguments,
                                  RnlToolContext *context,
                                  gpointer user_data,
                                  GError **error);

#define RNL_TYPE_FUNCTION_TOOL (rnl_function_tool_get_type ())
G_DECLARE_FINAL_TYPE (RnlFunctionTool, rnl_function_tool, RNL, FUNCTION_TOOL, GObject)

RnlTool *rnl_function_tool_new (const char *name,
                                const char *description,
                                const char *parameters,
                                RnlToolPermission permission,
                                RnlToolCallback callback,
                                gpointer user_data,
                                GDestroyNotify destroy,
                                GError **error);
RnlTool *rnl_function_tool_new_blocking (const char *name,
                                         const char *description,
                                         const char *parameters,
                                         RnlToolPermission permission,
                                         RnlToolCallback callback,
                                         gpointer user_data,
                                         GDestroyNotify destroy,
                                         GError **error);
RnlTool *rnl_function_tool_new_quick (RnlToolSpec *spec,
                                      RnlToolPermission permission,
                                      const char *icon_name,
                                      RnlToolFunc func,
                                      gpointer user_data,
                                      GDestroyNotify destroy);
RnlTool *rnl_function_tool_new_thread (RnlToolSpec *spec,
                                       RnlToolPermission permission,
                                       const char *icon_name,
                                       RnlToolFunc func,
                                       gpointer user_data,
                                       GDestroyNotify destroy);
void rnl_function_tool_set_effects (RnlFunctionTool *self, RnlToolEffects effects);

G_END_DECLS

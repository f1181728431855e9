/* rnl-prompt-tool.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-prompt-tool.h"

#include <string.h>

#include "rnl-tool-arguments.h"

#define MAX_ARGUMENT_LENGTH 4096

/**
 * RnlPromptTool:
 *
 * A tool that fills its argument into a prompt and asks the model of the chat. It asks through its
 * context, so the nested answer streams inside the tool's card and its run inside the tool's run.
 */
struct _RnlPromptTool
{
  GObject parent_instance;

  /* owned */
  RnlToolSpec *spec;

  /* static */
  const RnlPromptInfo *info;
};

static void rnl_prompt_tool_iface_init (RnlToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlPromptTool,
                               rnl_prompt_tool,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_TOOL, rnl_prompt_tool_iface_init))

static void
rnl_prompt_tool_finalize (GObject *object)
{
  RnlPromptTool *self = RNL_PROMPT_TOOL (object);

  g_clear_pointer (&self->spec, rnl_tool_spec_unref);

  G_OBJECT_CLASS (rnl_prompt_tool_parent_class)->finalize (object);
}

static void
rnl_prompt_tool_class_init (RnlPromptToolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_prompt_tool_finalize;
}

static void
rnl_prompt_tool_init (RnlPromptTool *self)
{
}

static RnlToolSpec *
rnl_prompt_tool_get_spec (RnlTool *tool)
{
  return RNL_PROMPT_TOOL (tool)->spec;
}

static RnlToolPermission
rnl_prompt_tool_get_permission (RnlTool *tool)
{
  /* It tells the chat's model nothing the model did not say itself. */
  return RNL_TOOL_SAFE;
}

static const char *
rnl_prompt_tool_get_icon_name (RnlTool *tool)
{
  return RNL_PROMPT_TOOL (tool)->info->icon_name;
}

static char *
fill_prompt (const RnlPromptInfo *info, JsonObject *arguments, GError **error)
{
  const char *gap = strstr (info->prompt, "{}");
  const char *value;

  if (info->argument == NULL)
    return g_strdup (info->prompt);

  value = rnl_tool_arguments_get_string (arguments, info->argument, error);
  if (value == NULL)
    return NULL;
  if (strlen (value) > MAX_ARGUMENT_LENGTH)
    {
      g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_TOO_LARGE,
                   "The argument “%s” is longer than %d bytes.", info->argument,
                   MAX_ARGUMENT_LENGTH);
      return NULL;
    }

  return g_strdup_printf ("%.*s%s%s", (int) (gap - info->prompt), info->prompt, value, gap + 2);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *answer;

  answer = rnl_tool_context_ask_model_finish (RNL_TOOL_CONTEXT (source), result, &error);
  if (answer != NULL)
    g_task_return_pointer (task, g_strstrip (answer), g_free);
  else
    g_task_return_error (task, error);
}

static void
rnl_prompt_tool_call_async (RnlTool *tool,
                            JsonObject *arguments,
                            RnlToolContext *context,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  RnlPromptTool *self = RNL_PROMPT_TOOL (tool);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const char *const tags[] = { self->info->tag, NULL };
  g_autofree char *prompt = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, rnl_prompt_tool_call_async);
  prompt = fill_prompt (self->info, arguments, &error);
  if (prompt == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  rnl_tool_context_ask_model_async (context, prompt, self->info->run_name, tags, cancellable,
                                    answered_cb, g_steal_pointer (&task));
}

static char *
rnl_prompt_tool_call_finish (RnlTool *tool, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, tool), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
rnl_prompt_tool_iface_init (RnlToolInterface *iface)
{
  iface->get_spec = rnl_prompt_tool_get_spec;
  iface->get_permission = rnl_prompt_tool_get_permission;
  iface->get_icon_name = rnl_prompt_tool_get_icon_name;
  iface->call_async = rnl_prompt_tool_call_async;
  iface->call_finish = rnl_prompt_tool_call_finish;
}

static RnlToolSpec *
make_spec (const RnlPromptInfo *info)
{
  g_autofree char *schema = NULL;

  if (info->argument == NULL)
    schema = g_strdup ("{\"type\": \"object\", \"properties\": {}, \"required\": [],"
                       " \"additionalProperties\": false}");
  else
    schema = g_strdup_printf ("{\"type\": \"object\", \"properties\": {"
                              "\"%s\": {\"type\": \"string\", \"description\": \"%s\"}},"
                              "\"required\": [\"%s\"], \"additionalProperties\": false}",
                              info->argument, info->argument_description, info->argument);

  return rnl_tool_spec_new (info->name, info->title, info->description, schema);
}

/**
 * rnl_prompt_tool_new:
 * @info: lives as long as the tool; when it has an argument, its prompt contains `{}`
 *
 * Returns: (transfer full): a new tool
 */
RnlTool *
rnl_prompt_tool_new (const RnlPromptInfo *info)
{
  RnlPromptTool *self;

  g_return_val_if_fail (info->argument == NULL || strstr (info->prompt, "{}") != NULL, NULL);

  self = g_object_new (RNL_TYPE_PROMPT_TOOL, NULL);
  self->info = info;
  self->spec = make_spec (info);

  return RNL_TOOL (self);
}

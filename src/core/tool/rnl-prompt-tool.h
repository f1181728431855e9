/* rnl-prompt-tool.h: a tool that asks the model of the chat
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-tool.h"

G_BEGIN_DECLS

/**
 * RnlPromptInfo:
 * @name: what the model calls the tool
 * @title: what a person calls it
 * @description: for the model
 * @icon_name: a symbolic icon
 * @argument: (nullable): the name of its one argument, text; `NULL` for none
 * @argument_description: (nullable): what to put there
 * @prompt: what is asked; `{}` stands for the argument
 * @run_name: the name of the nested run
 * @tag: the tag of the nested run
 *
 * What a tool of one prompt is made of.
 */
typedef struct
{
  const char *name;
  const char *title;
  const char *description;
  const char *icon_name;
  const char *argument;
  const char *argument_description;
  const char *prompt;
  const char *run_name;
  const char *tag;
} RnlPromptInfo;

#define RNL_TYPE_PROMPT_TOOL (rnl_prompt_tool_get_type ())
G_DECLARE_FINAL_TYPE (RnlPromptTool, rnl_prompt_tool, RNL, PROMPT_TOOL, GObject)

RnlTool *rnl_prompt_tool_new (const RnlPromptInfo *info);

G_END_DECLS

/* rnl-prompt-window.h: the form of one prompt
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-workspace.h"

G_BEGIN_DECLS

#define RNL_TYPE_PROMPT_WINDOW (rnl_prompt_window_get_type ())
G_DECLARE_FINAL_TYPE (RnlPromptWindow, rnl_prompt_window, RNL, PROMPT_WINDOW, AdwWindow)

GtkWidget *rnl_prompt_window_new (RnlWorkspace *workspace, RnlPrompt *prompt);

G_END_DECLS

/* rnl-parameters-window.h: what a chat asks of its model besides its words
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-chat-model.h"
#include "rnl-library.h"

G_BEGIN_DECLS

#define RNL_TYPE_PARAMETERS_WINDOW (rnl_parameters_window_get_type ())
G_DECLARE_FINAL_TYPE (RnlParametersWindow, rnl_parameters_window, RNL, PARAMETERS_WINDOW, AdwWindow)

RnlParametersWindow *rnl_parameters_window_new (GtkWindow *parent,
                                                RnlLibrary *library,
                                                RnlChat *chat,
                                                RnlChatModel *model);

G_END_DECLS

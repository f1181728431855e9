/* rnl-window.h: a window with the chats on the left and one of them in the middle
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-workspace.h"

G_BEGIN_DECLS

#define RNL_TYPE_WINDOW (rnl_window_get_type ())
G_DECLARE_FINAL_TYPE (RnlWindow, rnl_window, RNL, WINDOW, AdwApplicationWindow)

RnlWindow *rnl_window_new (GtkApplication *application, RnlWorkspace *workspace);
RnlConversation *rnl_window_get_conversation (RnlWindow *self);
void rnl_window_open_chat (RnlWindow *self, RnlChat *chat);
void rnl_window_new_chat (RnlWindow *self);
void rnl_window_compose (RnlWindow *self, const char *text);
void rnl_window_attach (RnlWindow *self, GFile *file);
char *rnl_window_dup_composed (RnlWindow *self);
void rnl_window_show_toast (RnlWindow *self, const char *text);
void rnl_window_show_write_error (RnlWindow *self, const GError *error);

G_END_DECLS

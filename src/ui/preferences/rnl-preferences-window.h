/* rnl-preferences-window.h: accounts, tools, behaviour
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-workspace.h"

G_BEGIN_DECLS

#define RNL_TYPE_PREFERENCES_WINDOW (rnl_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (
  RnlPreferencesWindow, rnl_preferences_window, RNL, PREFERENCES_WINDOW, AdwPreferencesWindow)

GtkWidget *rnl_preferences_window_new (RnlWorkspace *workspace);

G_END_DECLS

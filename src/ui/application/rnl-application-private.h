/* rnl-application-private.h: shared by the files of the application
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-application.h"

G_BEGIN_DECLS

void rnl_application_show_preferences (RnlWorkspace *workspace, GtkWindow *parent);
void rnl_application_show_about (GtkWindow *parent);
void rnl_application_watch_workspace (GApplication *application, RnlWorkspace *workspace);

G_END_DECLS

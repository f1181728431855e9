/* rnl-application.h: the program
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-workspace.h"

G_BEGIN_DECLS

#define RNL_TYPE_APPLICATION (rnl_application_get_type ())
G_DECLARE_FINAL_TYPE (RnlApplication, rnl_application, RNL, APPLICATION, AdwApplication)

RnlApplication *rnl_application_new (void);
RnlWorkspace *rnl_application_get_workspace (RnlApplication *self);

G_END_DECLS

/* rnl-sidebar.h: the chats, and the search through them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-library.h"

G_BEGIN_DECLS

#define RNL_TYPE_SIDEBAR (rnl_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (RnlSidebar, rnl_sidebar, RNL, SIDEBAR, GtkWidget)

void rnl_sidebar_set_library (RnlSidebar *self, RnlLibrary *library);
void rnl_sidebar_select (RnlSidebar *self, RnlChat *chat);
const char *rnl_sidebar_get_query (RnlSidebar *self);
void rnl_sidebar_focus_search (RnlSidebar *self);

G_END_DECLS

/* rnl-fetch-page-tool.h: fetch_page
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-tool.h"

G_BEGIN_DECLS

#define RNL_FETCH_PAGE_MAX_BODY      (2 * 1024 * 1024)
#define RNL_FETCH_PAGE_MAX_OUTPUT    (64 * 1024)
#define RNL_FETCH_PAGE_MAX_REDIRECTS 5
#define RNL_FETCH_PAGE_TIME_LIMIT_MS 30000

#define RNL_TYPE_FETCH_PAGE_TOOL (rnl_fetch_page_tool_get_type ())
G_DECLARE_FINAL_TYPE (RnlFetchPageTool, rnl_fetch_page_tool, RNL, FETCH_PAGE_TOOL, GObject)

RnlTool *rnl_fetch_page_tool_new (void);
void rnl_fetch_page_tool_set_allow_private_network (RnlFetchPageTool *self, gboolean allow);
void rnl_fetch_page_tool_set_time_limit (RnlFetchPageTool *self, guint milliseconds);

G_END_DECLS

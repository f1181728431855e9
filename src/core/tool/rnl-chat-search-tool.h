/* rnl-chat-search-tool.h: search_chats
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-library.h"
#include "rnl-tool.h"

G_BEGIN_DECLS

#define RNL_TYPE_CHAT_SEARCH_TOOL (rnl_chat_search_tool_get_type ())
G_DECLARE_FINAL_TYPE (RnlChatSearchTool, rnl_chat_search_tool, RNL, CHAT_SEARCH_TOOL, GObject)

RnlTool *rnl_chat_search_tool_new (void);
void rnl_chat_search_tool_set_library (RnlChatSearchTool *self, RnlLibrary *library);

G_END_DECLS

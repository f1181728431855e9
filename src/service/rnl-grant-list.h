/* rnl-grant-list.h: the programs that may ask without the person being asked
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-grant.h"

G_BEGIN_DECLS

#define RNL_GRANT_LIST_MAX 100

#define RNL_TYPE_GRANT_LIST (rnl_grant_list_get_type ())
G_DECLARE_FINAL_TYPE (RnlGrantList, rnl_grant_list, RNL, GRANT_LIST, GObject)

/* A GListModel of RnlGrant, the newest first. */
RnlGrantList *rnl_grant_list_new (GSettings *settings);
void rnl_grant_list_add (RnlGrantList *self, RnlGrant *grant);
void rnl_grant_list_revoke (RnlGrantList *self, RnlGrant *grant);
RnlGrant *rnl_grant_list_find (RnlGrantList *self, const char *token);

G_END_DECLS

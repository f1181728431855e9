/* rnl-permission-policy.h: which tools run, which ask
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-tool.h"

G_BEGIN_DECLS

/**
 * RnlPermission:
 * @RNL_PERMISSION_ALLOW: it runs
 * @RNL_PERMISSION_ASK: it waits for a person
 * @RNL_PERMISSION_REFUSE: it does not run, and the model is told
 *
 * What a policy says about one call.
 */
typedef enum
{
  RNL_PERMISSION_ALLOW,
  RNL_PERMISSION_ASK,
  RNL_PERMISSION_REFUSE,
} RnlPermission;

#define RNL_TYPE_PERMISSION (rnl_permission_get_type ())
GType rnl_permission_get_type (void);

/**
 * RnlApprove:
 * @RNL_APPROVE_ASK: safe tools run, the others ask
 * @RNL_APPROVE_SAFE: safe tools run, the others are refused
 * @RNL_APPROVE_ALL: everything runs
 * @RNL_APPROVE_NONE: nothing runs
 *
 * What a policy does with tools that ask.
 */
typedef enum
{
  RNL_APPROVE_ASK,
  RNL_APPROVE_SAFE,
  RNL_APPROVE_ALL,
  RNL_APPROVE_NONE,
} RnlApprove;

#define RNL_TYPE_APPROVE (rnl_approve_get_type ())
GType rnl_approve_get_type (void);

#define RNL_TYPE_PERMISSION_POLICY (rnl_permission_policy_get_type ())
G_DECLARE_FINAL_TYPE (RnlPermissionPolicy, rnl_permission_policy, RNL, PERMISSION_POLICY, GObject)

/* One per chat; what was allowed "for this chat" lives here and is saved with the chat. */
RnlPermissionPolicy *rnl_permission_policy_new (RnlApprove mode);
RnlApprove rnl_permission_policy_get_mode (RnlPermissionPolicy *self);
RnlPermission rnl_permission_policy_check (RnlPermissionPolicy *self, RnlTool *tool);
void rnl_permission_policy_allow (RnlPermissionPolicy *self, const char *tool_name);
char **rnl_permission_policy_dup_allowed (RnlPermissionPolicy *self);
void rnl_permission_policy_set_allowed (RnlPermissionPolicy *self, const char *const *tool_names);

G_END_DECLS

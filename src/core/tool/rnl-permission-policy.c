/* rnl-permission-policy.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-permission-policy.h"

G_DEFINE_ENUM_TYPE (RnlPermission,
                    rnl_permission,
                    G_DEFINE_ENUM_VALUE (RNL_PERMISSION_ALLOW, "allow"),
                    G_DEFINE_ENUM_VALUE (RNL_PERMISSION_ASK, "ask"),
                    G_DEFINE_ENUM_VALUE (RNL_PERMISSION_REFUSE, "refuse"))

G_DEFINE_ENUM_TYPE (RnlApprove,
                    rnl_approve,
                    G_DEFINE_ENUM_VALUE (RNL_APPROVE_ASK, "ask"),
                    G_DEFINE_ENUM_VALUE (RNL_APPROVE_SAFE, "safe"),
                    G_DEFINE_ENUM_VALUE (RNL_APPROVE_ALL, "all"),
                    G_DEFINE_ENUM_VALUE (RNL_APPROVE_NONE, "none"))

/**
 * RnlPermissionPolicy:
 *
 * What may run in one chat: a mode, and the tools the person allowed "for this chat". It only
 * answers; who asks the person and waits is the agent's loop.
 */
struct _RnlPermissionPolicy
{
  GObject parent_instance;

  /* owned */
  GHashTable *allowed;

  RnlApprove mode;
};

enum
{
  ALLOWED_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlPermissionPolicy, rnl_permission_policy, G_TYPE_OBJECT)

static void
rnl_permission_policy_finalize (GObject *object)
{
  RnlPermissionPolicy *self = RNL_PERMISSION_POLICY (object);

  g_hash_table_unref (self->allowed);

  G_OBJECT_CLASS (rnl_permission_policy_parent_class)->finalize (object);
}

static void
rnl_permission_policy_class_init (RnlPermissionPolicyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rnl_permission_policy_finalize;

  /**
   * RnlPermissionPolicy::allowed-changed:
   * @self: the policy
   *
   * A tool was allowed for this chat. Not emitted by
   * [method@Runnel.PermissionPolicy.set_allowed], which restores what was saved.
   */
  signals[ALLOWED_CHANGED] = g_signal_new ("allowed-changed", RNL_TYPE_PERMISSION_POLICY,
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rnl_permission_policy_init (RnlPermissionPolicy *self)
{
  self->allowed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * rnl_permission_policy_new:
 * @mode: what happens to a tool that asks
 *
 * Returns: (transfer full): a policy that has allowed nothing yet
 */
RnlPermissionPolicy *
rnl_permission_policy_new (RnlApprove mode)
{
  RnlPermissionPolicy *self = g_object_new (RNL_TYPE_PERMISSION_POLICY, NULL);

  self->mode = mode;

  return self;
}

/**
 * rnl_permission_policy_get_mode:
 * @self: a policy
 *
 * Returns: what happens to a tool that asks
 */
RnlApprove
rnl_permission_policy_get_mode (RnlPermissionPolicy *self)
{
  g_return_val_if_fail (RNL_IS_PERMISSION_POLICY (self), RNL_APPROVE_NONE);

  return self->mode;
}

/**
 * rnl_permission_policy_check:
 * @self: a policy
 * @tool: the tool a model wants to call
 *
 * Returns: whether it may run, must ask, or is refused. What the person allowed for this chat runs
 *   in every mode but `RNL_APPROVE_NONE`
 */
RnlPermission
rnl_permission_policy_check (RnlPermissionPolicy *self, RnlTool *tool)
{
  g_return_val_if_fail (RNL_IS_PERMISSION_POLICY (self), RNL_PERMISSION_REFUSE);
  g_return_val_if_fail (RNL_IS_TOOL (tool), RNL_PERMISSION_REFUSE);

  if (self->mode == RNL_APPROVE_NONE)
    return RNL_PERMISSION_REFUSE;
  if (self->mode == RNL_APPROVE_ALL || rnl_tool_get_permission (tool) == RNL_TOOL_SAFE
      || g_hash_table_contains (self->allowed, rnl_tool_get_name (tool)))
    return RNL_PERMISSION_ALLOW;

  return self->mode == RNL_APPROVE_ASK ? RNL_PERMISSION_ASK : RNL_PERMISSION_REFUSE;
}

/**
 * rnl_permission_policy_allow:
 * @self: a policy
 * @tool_name: a tool's name
 *
 * The person said "allow for this chat".
 */
void
rnl_permission_policy_allow (RnlPermissionPolicy *self, const char *tool_name)
{
  g_return_if_fail (RNL_IS_PERMISSION_POLICY (self));
  g_return_if_fail (tool_name != NULL);

  if (g_hash_table_add (self->allowed, g_strdup (tool_name)))
    g_signal_emit (self, signals[ALLOWED_CHANGED], 0);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/**
 * rnl_permission_policy_dup_allowed:
 * @self: a policy
 *
 * Returns: (transfer full) (array zero-terminated=1): the allowed tools' names, sorted; to be saved
 *   with the chat
 */
char **
rnl_permission_policy_dup_allowed (RnlPermissionPolicy *self)
{
  GPtrArray *names;
  GHashTableIter iter;
  gpointer name;

  g_return_val_if_fail (RNL_IS_PERMISSION_POLICY (self), NULL);

  names = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->allowed);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (names, FALSE);
}

/**
 * rnl_permission_policy_set_allowed:
 * @self: a policy
 * @tool_names: (nullable) (array zero-terminated=1): as saved with the chat
 *
 * Replaces what is allowed.
 */
void
rnl_permission_policy_set_allowed (RnlPermissionPolicy *self, const char *const *tool_names)
{
  g_return_if_fail (RNL_IS_PERMISSION_POLICY (self));

  g_hash_table_remove_all (self->allowed);
  for (gsize i = 0; tool_names != NULL && tool_names[i] != NULL; i++)
    g_hash_table_add (self->allowed, g_strdup (tool_names[i]));
}

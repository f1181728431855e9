/* test-tools-registry.c: the registry, the permission policy, tools made of functions
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-function-tool.h"
#include "rnl-permission-policy.h"
#include "rnl-test.h"
#include "tool-harness.h"

#define NO_ARGUMENTS "{\"type\": \"object\", \"properties\": {}, \"required\": []}"

static char *
echo (JsonObject *arguments, gpointer user_data, GCancellable *cancellable, GError **error)
{
  return g_strdup (json_object_get_string_member_with_default (arguments, "text", "nothing"));
}

static RnlTool *
new_tool (const char *name, RnlToolPermission permission)
{
  return rnl_function_tool_new_quick (rnl_tool_spec_new (name, name, "A tool.", NO_ARGUMENTS),
                                      permission, "starred-symbolic", echo, NULL, NULL);
}

typedef struct
{
  guint position, removed, added, count;
} Changes;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  Changes *changes = user_data;

  *changes = (Changes){ position, removed, added, changes->count + 1 };
}

static void
test_registry_add (void)
{
  RnlToolRegistry *registry = rnl_tool_registry_new ();
  g_autoptr (RnlTool) one = new_tool ("one", RNL_TOOL_SAFE);
  g_autoptr (RnlTool) two = new_tool ("two", RNL_TOOL_SAFE);
  g_autoptr (RnlTool) other = new_tool ("one", RNL_TOOL_ASKS);
  Changes changes = { 0 };

  g_signal_connect (registry, "items-changed", G_CALLBACK (items_changed_cb), &changes);
  rnl_tool_registry_add (registry, one);
  rnl_tool_registry_add (registry, two);
  g_assert_cmpuint (changes.position, ==, 1);
  g_assert_cmpuint (changes.removed, ==, 0);
  g_assert_true (rnl_tool_registry_find (registry, "one") == one);
  g_assert_null (rnl_tool_registry_find (registry, "three"));
  g_assert_null (rnl_tool_registry_find (registry, NULL));

  rnl_tool_registry_add (registry, other);
  g_assert_cmpuint (changes.position, ==, 0);
  g_assert_cmpuint (changes.removed, ==, 1);
  g_assert_cmpuint (changes.count, ==, 3);
  g_assert_true (rnl_tool_registry_find (registry, "one") == other);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (registry)), ==, 2);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (registry), 2));

  g_assert_finalize_object (registry);
}

static void
enabled_changed_cb (RnlToolRegistry *registry, const char *name, gpointer user_data)
{
  g_string_append_printf (user_data, "%s=%d ", name,
                          rnl_tool_registry_get_enabled (registry, name));
}

static void
test_registry_enabled (void)
{
  RnlToolRegistry *registry = rnl_tool_registry_new ();
  g_autoptr (RnlTool) one = new_tool ("one", RNL_TOOL_SAFE);
  g_autoptr (RnlTool) two = new_tool ("two", RNL_TOOL_SAFE);
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autofree char *both = NULL;
  g_autofree char *only = NULL;

  g_signal_connect (registry, "enabled-changed", G_CALLBACK (enabled_changed_cb), seen);
  rnl_tool_registry_add (registry, one);
  rnl_tool_registry_set_enabled (registry, "one", TRUE);
  both = rnl_tool_registry_dup_names (registry);
  g_assert_cmpstr (both, ==, "one");

  rnl_tool_registry_set_enabled (registry, "one", FALSE);
  rnl_tool_registry_set_enabled (registry, "one", FALSE);
  rnl_tool_registry_set_enabled (registry, "two", FALSE);
  rnl_tool_registry_add (registry, two);
  rnl_tool_registry_set_enabled (registry, "two", TRUE);
  only = rnl_tool_registry_dup_names (registry);
  g_assert_cmpstr (only, ==, "two");
  g_assert_cmpstr (seen->str, ==, "one=0 two=0 two=1 ");
  g_assert_nonnull (rnl_tool_registry_find (registry, "one"));

  g_assert_finalize_object (registry);
}

static void
test_policy_modes (void)
{
  static const struct
  {
    RnlApprove mode;
    RnlPermission safe, asks, allowed;
  } modes[] = {
    { RNL_APPROVE_ASK, RNL_PERMISSION_ALLOW, RNL_PERMISSION_ASK, RNL_PERMISSION_ALLOW },
    { RNL_APPROVE_SAFE, RNL_PERMISSION_ALLOW, RNL_PERMISSION_REFUSE, RNL_PERMISSION_ALLOW },
    { RNL_APPROVE_ALL, RNL_PERMISSION_ALLOW, RNL_PERMISSION_ALLOW, RNL_PERMISSION_ALLOW },
    { RNL_APPROVE_NONE, RNL_PERMISSION_REFUSE, RNL_PERMISSION_REFUSE, RNL_PERMISSION_REFUSE },
  };
  g_autoptr (RnlTool) safe = new_tool ("safe", RNL_TOOL_SAFE);
  g_autoptr (RnlTool) asks = new_tool ("asks", RNL_TOOL_ASKS);

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      RnlPermissionPolicy *policy = rnl_permission_policy_new (modes[i].mode);

      g_assert_cmpint (rnl_permission_policy_get_mode (policy), ==, modes[i].mode);
      g_assert_cmpint (rnl_permission_policy_check (policy, safe), ==, modes[i].safe);
      g_assert_cmpint (rnl_permission_policy_check (policy, asks), ==, modes[i].asks);
      rnl_permission_policy_allow (policy, "asks");
      g_assert_cmpint (rnl_permission_policy_check (policy, asks), ==, modes[i].allowed);

      g_assert_finalize_object (policy);
    }
}

static void
count_cb (RnlPermissionPolicy *policy, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_policy_allowed (void)
{
  static const char *const saved[] = { "b", "a", "b", NULL };
  RnlPermissionPolicy *policy = rnl_permission_policy_new (RNL_APPROVE_ASK);
  g_auto (GStrv) names = NULL;
  g_autofree char *joined = NULL;
  guint changed = 0;

  g_signal_connect (policy, "allowed-changed", G_CALLBACK (count_cb), &changed);
  rnl_permission_policy_set_allowed (policy, saved);
  g_assert_cmpuint (changed, ==, 0);
  rnl_permission_policy_allow (policy, "c");
  rnl_permission_policy_allow (policy, "c");
  g_assert_cmpuint (changed, ==, 1);
  names = rnl_permission_policy_dup_allowed (policy);
  joined = g_strjoinv (",", names);
  g_assert_cmpstr (joined, ==, "a,b,c");

  rnl_permission_policy_set_allowed (policy, NULL);
  g_strfreev (names);
  names = rnl_permission_policy_dup_allowed (policy);
  g_assert_cmpuint (g_strv_length (names), ==, 0);

  g_assert_finalize_object (policy);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/* Has itself cancelled from the main thread, once it runs in its own. */
static char *
wait_until_cancelled (JsonObject *arguments,
                      gpointer user_data,
                      GCancellable *cancellable,
                      GError **error)
{
  GThread **thread = user_data;

  *thread = g_thread_self ();
  g_idle_add (cancel_cb, cancellable);
  while (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_thread_yield ();

  return NULL;
}

static void
test_function_thread (void)
{
  GThread *thread = NULL;
  RnlTool *tool = rnl_function_tool_new_thread (
    rnl_tool_spec_new ("wait", "Wait", "Waits.", NO_ARGUMENTS), RNL_TOOL_SAFE, "starred-symbolic",
    wait_until_cancelled, &thread, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (tool_call (tool, "{}", NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (thread != NULL && thread != g_thread_self ());

  g_object_unref (tool);
}

static void
test_function_quick (void)
{
  RnlTool *tool = new_tool ("echo", RNL_TOOL_ASKS);
  g_autoptr (GError) error = NULL;
  g_autofree char *result = tool_call (tool, "{\"text\": \"hello\"}", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (result, ==, "hello");
  g_assert_cmpstr (rnl_tool_get_title (tool), ==, "echo");
  g_assert_cmpstr (rnl_tool_get_icon_name (tool), ==, "starred-symbolic");

  g_assert_finalize_object (tool);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/tools/registry/add", test_registry_add);
  g_test_add_func ("/tools/registry/enabled", test_registry_enabled);
  g_test_add_func ("/tools/policy/modes", test_policy_modes);
  g_test_add_func ("/tools/policy/allowed", test_policy_allowed);
  g_test_add_func ("/tools/function/thread", test_function_thread);
  g_test_add_func ("/tools/function/quick", test_function_quick);

  return g_test_run ();
}

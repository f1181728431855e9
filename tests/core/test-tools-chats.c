/* test-tools-chats.c: search_chats over a library in memory
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-builtin-tools.h"
#include "rnl-test.h"
#include "tool-harness.h"

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  rnl_library_open_finish (RNL_LIBRARY (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  rnl_library_flush_finish (RNL_LIBRARY (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static void
add_chat (RnlLibrary *library, const char *id, const char *title, const char *text)
{
  g_autoptr (RnlChat) chat = rnl_chat_new ();
  g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, text);

  rnl_chat_set_id (chat, id);
  rnl_chat_set_title (chat, title);
  rnl_library_add_chat (library, chat);
  rnl_library_add_message (library, id, message);
}

static RnlLibrary *
open_library (void)
{
  RnlLibrary *library = rnl_library_new (":memory:");
  gboolean opened = FALSE, flushed = FALSE;

  rnl_library_open_async (library, NULL, opened_cb, &opened);
  rnl_test_wait_for (is_true, &opened);
  add_chat (library, "one", "Baking", "How long does an\napple cake take?");
  add_chat (library, "two", "Garden", "When do apple trees bloom?");
  rnl_library_flush_async (library, NULL, flushed_cb, &flushed);
  rnl_test_wait_for (is_true, &flushed);

  return library;
}

static void
test_search (void)
{
  RnlToolRegistry *registry = rnl_tool_registry_new ();
  RnlLibrary *library = open_library ();
  RnlToolScope scope = { .library = library };
  RnlTool *tool;
  g_autofree char *both = NULL;
  g_autofree char *one = NULL;
  const ToolCase cases[] = {
    { "{\"query\": \"submarine\"}", "No chat has these words." },
    { "{}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "query" },
    { "{\"query\": \"apple\", \"limit\": 0}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "1 to 50" },
  };

  rnl_builtin_tools_add (registry, &scope);
  tool = rnl_tool_registry_find (registry, "search_chats");
  g_assert_cmpint (rnl_tool_get_permission (tool), ==, RNL_TOOL_ASKS);

  both = tool_call (tool, "{\"query\": \"apple\"}", NULL, NULL, NULL);
  g_test_message ("%s", both);
  g_assert_nonnull (strstr (both, ", Baking: "));
  g_assert_nonnull (strstr (both, ", Garden: "));
  g_assert_nonnull (strstr (both, "**apple** cake"));
  g_assert_nonnull (strchr (both, '\n'));
  one = tool_call (tool, "{\"query\": \"apple\", \"limit\": 1}", NULL, NULL, NULL);
  g_assert_null (strchr (one, '\n'));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    tool_check (tool, &cases[i]);

  g_assert_finalize_object (registry);
  g_object_unref (library);
}

static void
test_no_library (void)
{
  RnlToolRegistry *registry = rnl_tool_registry_new ();
  RnlToolScope scope = { NULL };
  const ToolCase none = { "{\"query\": \"x\"}", NULL, RNL_TOOL_ERROR_FAILED, "no saved chats" };

  rnl_builtin_tools_add (registry, &scope);
  tool_check (rnl_tool_registry_find (registry, "search_chats"), &none);

  g_assert_finalize_object (registry);
}

static void
test_cancelled (void)
{
  RnlToolRegistry *registry = rnl_tool_registry_new ();
  RnlLibrary *library = open_library ();
  RnlToolScope scope = { .library = library };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  rnl_builtin_tools_add (registry, &scope);
  g_cancellable_cancel (cancellable);
  g_assert_null (tool_call (rnl_tool_registry_find (registry, "search_chats"),
                            "{\"query\": \"apple\"}", NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_object_unref (registry);
  g_object_unref (library);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/tools/chats/search", test_search);
  g_test_add_func ("/tools/chats/no-library", test_no_library);
  g_test_add_func ("/tools/chats/cancelled", test_cancelled);

  return g_test_run ();
}

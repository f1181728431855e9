/* test-cli-versions.c: other versions of what was said, on the command line
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "cli-harness.h"
#include "rnl-library.h"
#include "rnl-test.h"

static void
add (RnlLibrary *library, const char *id, const char *replaced)
{
  g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, id);

  rnl_message_set_id (message, id);
  rnl_library_add_version (library, "chat", replaced, message);
}

/* A chat of two versions in the person's own library: "first, reply" and, shown, "second". */
static void
make_chat (void)
{
  /* GLib forgets its own folders once they have been asked for before the first test. */
  g_autofree char *path
    = g_build_filename (g_getenv ("XDG_DATA_HOME"), "runnel", "library.db", NULL);
  RnlLibrary *library = rnl_library_new (path);
  g_autoptr (RnlChat) chat = rnl_chat_new ();
  g_autoptr (GAsyncResult) result = NULL;

  rnl_library_open_async (library, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  g_assert_true (rnl_library_open_finish (library, result, NULL));
  g_clear_object (&result);
  rnl_chat_set_id (chat, "chat");
  rnl_library_add_chat (library, chat);
  add (library, "first", NULL);
  add (library, "reply", NULL);
  add (library, "second", "first");
  g_assert_finalize_object (library);
}

static void
test_show (void)
{
  g_autoptr (CliResult) shown = cli_run (NULL, NULL, "chats", "show", "chat", NULL);
  g_autoptr (CliResult) all = cli_run (NULL, NULL, "chats", "show", "--all", "chat", NULL);

  g_assert_cmpint (shown->status, ==, 0);
  g_assert_nonnull (strstr (shown->out->str, "second"));
  g_assert_nonnull (strstr (shown->out->str, "(version 2 of 2)"));
  g_assert_null (strstr (shown->out->str, "first"));
  g_assert_nonnull (strstr (all->out->str, "first"));
  g_assert_nonnull (strstr (all->out->str, "reply"));
  g_assert_nonnull (strstr (all->out->str, "second"));
}

static JsonObject *
parse (CliResult *result, JsonNode **node)
{
  *node = json_from_string (result->out->str, NULL);
  g_assert_nonnull (*node);

  return json_node_get_object (*node);
}

/* An export holds all of the tree; what is shown only the current path. */
static void
test_export (void)
{
  g_autoptr (CliResult) shown = cli_run (NULL, NULL, "chats", "show", "--json", "chat", NULL);
  g_autoptr (CliResult) exported
    = cli_run (NULL, NULL, "chats", "export", "--format", "json", "chat", NULL);
  g_autoptr (JsonNode) shown_node = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *archive = parse (exported, &node);
  JsonObject *object
    = json_array_get_object_element (json_object_get_array_member (archive, "chats"), 0);
  JsonArray *messages = json_object_get_array_member (object, "messages");
  JsonObject *reply;

  g_assert_cmpuint (
    json_array_get_length (json_object_get_array_member (parse (shown, &shown_node), "messages")),
    ==, 1);
  g_assert_cmpuint (json_array_get_length (messages), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (object, "current"), ==, "second");
  reply = json_array_get_object_element (messages, 1);
  g_assert_cmpstr (json_object_get_string_member (reply, "parent"), ==, "first");
  g_assert_cmpstr (json_object_get_string_member (archive, "format"), ==, "runnel-chats");
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_assert_cmpint (argc, ==, 2);
  cli_set_program (argv[1]);
  make_chat ();

  g_test_add_func ("/cli/versions/show", test_show);
  g_test_add_func ("/cli/versions/export", test_export);

  return g_test_run ();
}

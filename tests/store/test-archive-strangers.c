/* test-archive-strangers.c: what ChatGPT and Claude export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "archive-harness.h"
#include "rnl-attachment.h"
#include "rnl-part-extra.h"

#define PNG      "\x89PNG\r\n\x1a\n-a picture"
#define PNG_SIZE (sizeof (PNG) - 1)

/* A question with a picture and a document; an answer of four nodes with thinking and a tool; the
 * question asked again, and answered; a follower of the first. */
static const char chatgpt[]
  = "[{\"title\":\"Tides\",\"create_time\":1700000000.25,\"update_time\":1700000900.5,"
    "\"conversation_id\":\"conv-1\",\"id\":\"conv-1\",\"is_starred\":true,\"current_node\":\"n8\","
    "\"mapping\":{"
    "\"root\":{\"id\":\"root\",\"message\":null,\"parent\":null,\"children\":[\"sys\"]},"
    "\"sys\":{\"id\":\"sys\",\"parent\":\"root\",\"children\":[\"n1\",\"n6\"],\"message\":{\"id\":"
    "\"sys\","
    "\"author\":{\"role\":\"system\"},\"content\":{\"content_type\":\"text\",\"parts\":[\"\"]},"
    "\"metadata\":{}}},"
    "\"n1\":{\"id\":\"n1\",\"parent\":\"sys\",\"children\":[\"n2\"],\"message\":{\"id\":\"n1\","
    "\"author\":{\"role\":\"user\"},\"create_time\":1700000001.5,\"content\":{\"content_type\":"
    "\"multimodal_text\",\"parts\":[{\"content_type\":\"image_asset_pointer\",\"asset_pointer\":"
    "\"file-service://file-Pic\",\"size_bytes\":18},\"Why are there tides?\"]},\"metadata\":"
    "{\"attachments\":[{\"id\":\"file-Pic\",\"name\":\"sea.png\",\"mime_type\":\"image/png\"},"
    "{\"id\":\"file-Doc\",\"name\":\"notes.txt\",\"mimeType\":\"text/plain\"}]}}},"
    "\"n2\":{\"id\":\"n2\",\"parent\":\"n1\",\"children\":[\"n3\"],\"message\":{\"id\":\"n2\","
    "\"author\":{\"role\":\"assistant\"},\"content\":{\"content_type\":\"thoughts\",\"thoughts\":["
    "{\"summary\":\"The moon\",\"content\":\"It must be the "
    "moon.\"}]},\"metadata\":{\"model_slug\":"
    "\"gpt-x\"},\"recipient\":\"all\"}},"
    "\"n3\":{\"id\":\"n3\",\"parent\":\"n2\",\"children\":[\"n4\"],\"message\":{\"id\":\"n3\","
    "\"author\":{\"role\":\"assistant\"},\"content\":{\"content_type\":\"code\",\"language\":"
    "\"python\","
    "\"text\":\"print(1)\"},\"metadata\":{},\"recipient\":\"python\"}},"
    "\"n4\":{\"id\":\"n4\",\"parent\":\"n3\",\"children\":[\"n5\"],\"message\":{\"id\":\"n4\","
    "\"author\":{\"role\":\"tool\",\"name\":\"python\"},\"content\":{\"content_type\":"
    "\"execution_output\",\"text\":\"1\"},\"metadata\":{}}},"
    "\"n5\":{\"id\":\"n5\",\"parent\":\"n4\",\"children\":[\"n9\"],\"message\":{\"id\":\"n5\","
    "\"author\":{\"role\":\"assistant\"},\"content\":{\"content_type\":\"text\",\"parts\":["
    "\"Because of "
    "the moon.\"]},\"metadata\":{},\"recipient\":\"all\"}},"
    "\"n9\":{\"id\":\"n9\",\"parent\":\"n5\",\"children\":[],\"message\":{\"id\":\"n9\",\"author\":"
    "{\"role\":"
    "\"user\"},\"content\":{\"content_type\":\"text\",\"parts\":[\"Thanks\"]},\"metadata\":{}}},"
    "\"n6\":{\"id\":\"n6\",\"parent\":\"sys\",\"children\":[\"n7\",\"n8\"],\"message\":{\"id\":"
    "\"n6\","
    "\"author\":{\"role\":\"user\"},\"content\":{\"content_type\":\"text\",\"parts\":[\"Why do "
    "tides "
    "exist?\"]},\"metadata\":{}}},"
    "\"n7\":{\"id\":\"n7\",\"parent\":\"n6\",\"children\":[],\"message\":{\"id\":\"n7\",\"author\":"
    "{\"role\":"
    "\"assistant\"},\"content\":{\"content_type\":\"text\",\"parts\":[\"Gravity.\"]},\"metadata\":{"
    "}}},"
    "\"n8\":{\"id\":\"n8\",\"parent\":\"n6\",\"children\":[],\"message\":{\"id\":\"n8\",\"author\":"
    "{\"role\":"
    "\"assistant\"},\"content\":{\"content_type\":\"text\",\"parts\":[\"Gravity, "
    "again.\"]},\"metadata\":"
    "{}}}}}]";

static const char claude[]
  = "[{\"uuid\":\"0b9ff2f5-6d3b-4f5e-8a63-0d6c6ad3c0de\",\"name\":\"Bread\",\"created_at\":"
    "\"2025-01-02T03:04:05.678901Z\",\"updated_at\":\"2025-01-03T00:00:00Z\",\"account\":{\"uuid\":"
    "\"a\"},"
    "\"chat_messages\":["
    "{\"uuid\":\"c1\",\"sender\":\"human\",\"text\":\"How?\",\"content\":[{\"type\":\"text\","
    "\"text\":\"How "
    "to "
    "bake?\"}],\"created_at\":\"2025-01-02T03:04:06Z\",\"attachments\":[{\"file_name\":\"recipe."
    "md\","
    "\"file_size\":5,\"file_type\":\"txt\",\"extracted_content\":\"flour\"}],\"files\":[{\"file_"
    "name\":"
    "\"loaf.png\",\"file_uuid\":\"11111111-2222\"}],\"parent_message_uuid\":"
    "\"00000000-0000-4000-8000-000000000000\"},"
    "{\"uuid\":\"c2\",\"sender\":\"assistant\",\"text\":\"\",\"content\":[{\"type\":\"thinking\","
    "\"thinking\":"
    "\"Yeast or "
    "not?\"},{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"web_search\",\"input\":{\"query\":"
    "\"bread\"}},{\"type\":\"tool_result\",\"tool_use_id\":\"t1\",\"name\":\"web_search\","
    "\"content\":["
    "{\"type\":\"text\",\"text\":\"found\"}],\"is_error\":false},{\"type\":\"text\",\"text\":"
    "\"With yeast.\"}],"
    "\"created_at\":\"2025-01-02T03:04:07Z\",\"attachments\":[],\"files\":[],\"parent_message_"
    "uuid\":\"c1\"},"
    "{\"uuid\":\"c3\",\"sender\":\"assistant\",\"text\":\"Without.\",\"content\":[],\"created_at\":"
    "\"2025-01-02T03:04:08Z\",\"attachments\":[],\"files\":[],\"parent_message_uuid\":\"c1\"}"
    "]},{\"uuid\":\"old-one\",\"name\":\"\",\"created_at\":\"2024-01-01T00:00:00Z\",\"chat_"
    "messages\":["
    "{\"uuid\":\"o1\",\"sender\":\"human\",\"text\":\"Hello\"},{\"uuid\":\"o2\",\"sender\":"
    "\"assistant\","
    "\"text\":\"Hi\"}]}]";

static RnlPart *
part_of (GPtrArray *messages, guint message, guint part)
{
  g_assert_cmpuint (message, <, messages->len);
  g_assert_cmpuint (part, <, rnl_message_get_n_parts (messages->pdata[message]));

  return rnl_message_get_part (messages->pdata[message], part);
}

static GPtrArray *
load_version (RnlLibrary *library, const char *chat, const char *message, guint version)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_library_load_version_async (library, chat, message, version, NULL, rnl_test_result_cb,
                                  &result);
  rnl_test_wait_for (rnl_test_has_result, &result);

  return rnl_library_load_version_finish (library, result, NULL);
}

static void
assert_chatgpt (RnlLibrary *library)
{
  RnlChat *chat = rnl_library_find_chat (library, "conv-1");
  g_autoptr (GPtrArray) shown = rnl_store_test_load (library, "conv-1");
  g_autoptr (GPtrArray) first = load_version (library, "conv-1", "n6", 1);
  RnlMessage *answer;
  RnlPart *call;

  g_assert_cmpstr (rnl_chat_get_title (chat), ==, "Tides");
  g_assert_true (rnl_chat_get_pinned (chat));
  g_assert_cmpint (rnl_chat_get_created (chat), ==, G_GINT64_CONSTANT (1700000000250000));
  rnl_store_test_assert_messages (shown, "Why do tides exist? (2/2) | Gravity, again. (2/2)");
  g_assert_cmpuint (rnl_message_get_n_versions (shown->pdata[0]), ==, 2);
  g_assert_cmpuint (rnl_message_get_version (shown->pdata[1]), ==, 2);

  g_assert_cmpuint (first->len, ==, 3);
  g_assert_cmpstr (rnl_part_get_title (part_of (first, 0, 0)), ==, "notes.txt");
  g_assert_cmpstr (rnl_part_get_text (part_of (first, 0, 0)), ==, "some notes");
  g_assert_cmpstr (rnl_part_get_title (part_of (first, 0, 1)), ==, "sea.png");
  g_assert_true (rnl_attachment_is_image (part_of (first, 0, 1)));
  g_assert_cmpuint (rnl_attachment_get_size (part_of (first, 0, 1)), ==, PNG_SIZE);
  g_assert_cmpstr (rnl_part_get_text (part_of (first, 0, 2)), ==, "Why are there tides?");

  answer = first->pdata[1];
  g_assert_cmpstr (rnl_message_get_model (answer), ==, "gpt-x");
  g_assert_cmpuint (rnl_message_get_n_parts (answer), ==, 3);
  g_assert_cmpint (rnl_part_get_part_type (part_of (first, 1, 0)), ==, RNL_PART_REASONING);
  call = part_of (first, 1, 1);
  g_assert_cmpstr (rnl_part_get_name (call), ==, "python");
  g_assert_cmpstr (rnl_part_get_text (call), ==, "{\"input\":\"print(1)\"}");
  g_assert_cmpstr (rnl_part_get_result (call), ==, "1");
  g_assert_cmpint (rnl_part_get_state (call), ==, RNL_TOOL_DONE);
  g_assert_cmpstr (rnl_part_get_text (part_of (first, 1, 2)), ==, "Because of the moon.");
}

static void
test_chatgpt (void)
{
  const ArchiveEntry entries[] = {
    { "file-Pic-sea.png", PNG, PNG_SIZE },
    { "chat.html", "<html>", 6 },
    { "conversations.json", chatgpt, sizeof chatgpt - 1 },
    { "some/folder/file-Doc-notes.txt", "some notes", 10 },
  };
  g_autofree char *path = rnl_store_test_path ();
  RnlLibrary *library = rnl_store_test_open (path);
  g_autofree char *zip = archive_write_zip (entries, G_N_ELEMENTS (entries));
  g_autoptr (GError) error = NULL;
  guint n_added = 0;

  archive_import (library, zip, &n_added, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_added, ==, 1);
  assert_chatgpt (library);
  rnl_store_test_close (library);
}

/* Without the zip the words are there, and the names of the files. */
static void
test_chatgpt_alone (void)
{
  RnlLibrary *library = rnl_store_test_open (":memory:");
  g_autofree char *file = archive_write_file ("conversations.json", chatgpt, sizeof chatgpt - 1);
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GError) error = NULL;

  archive_import (library, file, NULL, NULL, &error);
  g_assert_no_error (error);
  first = load_version (library, "conv-1", "n6", 1);
  g_assert_cmpstr (rnl_part_get_title (part_of (first, 0, 1)), ==, "sea.png");
  g_assert_cmpuint (rnl_part_get_length (part_of (first, 0, 1)), ==, 0);
  rnl_store_test_close (library);
}

static void
test_claude (void)
{
  const ArchiveEntry entries[] = {
    { "conversations.json", claude, sizeof claude - 1 },
    { "users.json", "[]", 2 },
    { "files/11111111-2222/loaf.png", PNG, PNG_SIZE },
  };
  static const char id[] = "0b9ff2f5-6d3b-4f5e-8a63-0d6c6ad3c0de";
  g_autofree char *path = rnl_store_test_path ();
  RnlLibrary *library = rnl_store_test_open (path);
  g_autofree char *zip = archive_write_zip (entries, G_N_ELEMENTS (entries));
  g_autoptr (GPtrArray) shown = NULL, first = NULL, old = NULL;
  g_autoptr (GError) error = NULL;
  guint n_added = 0;
  RnlPart *call;

  archive_import (library, zip, &n_added, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_added, ==, 2);
  g_assert_cmpint (rnl_chat_get_created (rnl_library_find_chat (library, id)), ==,
                   G_GINT64_CONSTANT (1735787045678901));
  shown = rnl_store_test_load (library, id);
  g_assert_cmpuint (shown->len, ==, 2);
  g_assert_cmpstr (rnl_part_get_text (part_of (shown, 0, 0)), ==, "flour");
  g_assert_cmpstr (rnl_part_get_title (part_of (shown, 0, 0)), ==, "recipe.md");
  g_assert_cmpuint (rnl_attachment_get_size (part_of (shown, 0, 1)), ==, PNG_SIZE);
  g_assert_cmpstr (rnl_part_get_text (part_of (shown, 0, 2)), ==, "How to bake?");
  g_assert_cmpstr (rnl_part_get_text (part_of (shown, 1, 0)), ==, "Without.");
  g_assert_cmpuint (rnl_message_get_n_versions (shown->pdata[1]), ==, 2);

  first = load_version (library, id, "c3", 1);
  g_assert_cmpstr (rnl_part_get_text (part_of (first, 0, 0)), ==, "Yeast or not?");
  call = part_of (first, 0, 1);
  g_assert_cmpstr (rnl_part_get_name (call), ==, "web_search");
  g_assert_cmpstr (rnl_part_get_text (call), ==, "{\"query\":\"bread\"}");
  g_assert_cmpstr (rnl_part_get_result (call), ==, "found");
  g_assert_cmpstr (rnl_part_get_text (part_of (first, 0, 2)), ==, "With yeast.");
  old = rnl_store_test_load (library, "old-one");
  rnl_store_test_assert_messages (old, "Hello | Hi");
  rnl_store_test_close (library);
}

/* Zips that want something else. */

static void
refuse (const char *path, int code)
{
  g_autofree char *database = rnl_store_test_path ();
  RnlLibrary *library = rnl_store_test_open (database);
  g_autoptr (GError) error = NULL;

  g_assert_false (archive_import (library, path, NULL, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, RNL_ARCHIVE_ERROR, code);
  g_assert_cmpint (rnl_store_test_number (database, "SELECT count (*) FROM chats"), ==, 0);
  rnl_store_test_close (library);
}

static void
test_bomb (void)
{
  gsize size = 96 * 1024 * 1024;
  g_autofree char *zeros = g_malloc0 (size);
  const ArchiveEntry entries[] = { { "conversations.json", zeros, size } };
  g_autofree char *zip = archive_write_zip (entries, G_N_ELEMENTS (entries));

  refuse (zip, RNL_ARCHIVE_ERROR_HOSTILE);
}

/* Names that lead out of a folder are names, and nothing more. */
static void
test_climbing (void)
{
  const ArchiveEntry entries[] = {
    { "../../../tmp/rnl-climbed", "x", 1 },
    { "/tmp/rnl-climbed", "x", 1 },
    { "a/../../conversations.json", chatgpt, sizeof chatgpt - 1 },
  };
  RnlLibrary *library = rnl_store_test_open (":memory:");
  g_autofree char *zip = archive_write_zip (entries, G_N_ELEMENTS (entries));
  g_autoptr (GError) error = NULL;

  g_assert_true (archive_import (library, zip, NULL, NULL, &error));
  g_assert_false (g_file_test ("/tmp/rnl-climbed", G_FILE_TEST_EXISTS));
  rnl_store_test_close (library);
}

static void
test_damaged (void)
{
  const ArchiveEntry entries[] = { { "conversations.json", chatgpt, sizeof chatgpt - 1 } };
  const ArchiveEntry nothing[] = { { "photo.png", PNG, PNG_SIZE } };
  g_autofree char *zip = archive_write_zip (entries, G_N_ELEMENTS (entries));
  g_autofree char *empty = archive_write_zip (nothing, G_N_ELEMENTS (nothing));
  g_autofree char *bytes = NULL;
  g_autofree char *cut = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (zip, &bytes, &size, NULL));
  cut = archive_write_file ("cut.zip", bytes, size / 2);
  refuse (cut, RNL_ARCHIVE_ERROR_BROKEN);
  bytes[300] ^= 0x55;
  g_free (cut);
  cut = archive_write_file ("changed.zip", bytes, size);
  refuse (cut, RNL_ARCHIVE_ERROR_BROKEN);
  refuse (empty, RNL_ARCHIVE_ERROR_UNKNOWN);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/archive/chatgpt", test_chatgpt);
  g_test_add_func ("/archive/chatgpt/alone", test_chatgpt_alone);
  g_test_add_func ("/archive/claude", test_claude);
  g_test_add_func ("/archive/bomb", test_bomb);
  g_test_add_func ("/archive/climbing", test_climbing);
  g_test_add_func ("/archive/damaged", test_damaged);

  return g_test_run ();
}

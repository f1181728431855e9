/* test-message.c: parts grow and say so
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-message.h"
#include "rnl-message-export.h"
#include "rnl-part-extra.h"
#include "rnl-test.h"

typedef struct
{
  GString *seen;
  guint deltas;
} Watcher;

static void
delta_cb (RnlPart *part, guint64 offset, const char *text, gpointer user_data)
{
  Watcher *watcher = user_data;

  g_assert_cmpuint (offset, ==, watcher->seen->len);
  g_string_append (watcher->seen, text);
  watcher->deltas++;
}

static void
test_part_delta (void)
{
  RnlPart *part = rnl_part_new (RNL_PART_TEXT, 0);
  Watcher watcher = { g_string_new (NULL), 0 };

  g_signal_connect (part, "delta", G_CALLBACK (delta_cb), &watcher);
  rnl_part_append (part, "Hello, ", 7);
  rnl_part_append (part, "", 0);
  rnl_part_append (part, "worldXX", 5);

  g_assert_cmpuint (watcher.deltas, ==, 2);
  g_assert_cmpstr (watcher.seen->str, ==, "Hello, world");
  g_assert_cmpstr (rnl_part_get_text (part), ==, "Hello, world");

  g_string_free (watcher.seen, TRUE);
  g_assert_finalize_object (part);
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_part_notify (void)
{
  RnlPart *part = rnl_part_new_tool_call (0, "call_1", "add");
  guint notified = 0;

  g_signal_connect (part, "notify::state", G_CALLBACK (count_cb), &notified);
  rnl_part_set_state (part, RNL_TOOL_PREPARING);
  g_assert_cmpuint (notified, ==, 0);
  rnl_part_set_state (part, RNL_TOOL_RUNNING);
  rnl_part_set_state (part, RNL_TOOL_RUNNING);
  g_assert_cmpuint (notified, ==, 1);

  g_assert_finalize_object (part);
}

static void
test_message_text (void)
{
  RnlMessage *message = rnl_message_new_text (RNL_ROLE_ASSISTANT, "one");
  g_autoptr (RnlPart) call = rnl_part_new_tool_call (0, "c", "add");
  g_autoptr (RnlPart) text = rnl_part_new_text ("two");
  g_autofree char *all = NULL;

  rnl_message_add_part (message, call);
  rnl_message_add_part (message, text);
  all = rnl_message_dup_text (message);

  g_assert_cmpstr (all, ==, "one\n\ntwo");
  g_assert_true (rnl_message_find_call (message, "c") == call);
  g_assert_null (rnl_message_find_call (message, "d"));

  g_assert_finalize_object (message);
}

/* In a document text is shown, bytes are named. */
static void
test_file_markdown (void)
{
  g_autoptr (RnlMessage) message = rnl_message_new (RNL_ROLE_USER);
  g_autoptr (RnlPart) text = rnl_part_new (RNL_PART_FILE, 0);
  g_autoptr (RnlPart) image = rnl_part_new (RNL_PART_FILE, 0);
  g_autoptr (GString) out = g_string_new (NULL);

  rnl_part_set_title (text, "a.c");
  rnl_part_set_text (text, "int a;");
  rnl_part_set_title (image, "b.png");
  rnl_part_set_text (image, "iVBO");
  rnl_part_set_extra_string (image, RNL_PART_EXTRA_MIME_TYPE, "image/png");
  rnl_message_add_part (message, text);
  rnl_message_add_part (message, image);
  rnl_message_append_markdown (message, out);
  g_assert_true (
    g_str_has_suffix (out->str, "\n\na.c:\n```c\nint a;\n```\n\n**File: b.png** (image/png)\n\n"));
}

static void
test_usage_add (void)
{
  RnlUsage sum = RNL_USAGE_INIT;
  RnlUsage one = { 3, 4, 7, -1, -1, 2 };

  g_assert_false (rnl_usage_is_known (&sum));
  rnl_usage_add (&sum, &one);
  rnl_usage_add (&sum, &one);
  g_assert_cmpint (sum.total, ==, 14);
  g_assert_cmpint (sum.reasoning, ==, 4);
  g_assert_cmpint (sum.cached_input, ==, -1);
}

/* Other words; everything that is not words is copied, under an id of its own. */
static void
test_edited (void)
{
  g_autoptr (RnlMessage) original = rnl_message_new_text (RNL_ROLE_USER, "old");
  g_autoptr (RnlPart) file = rnl_part_new (RNL_PART_FILE, 0);
  g_autoptr (RnlPart) child = rnl_part_new_text ("inside");
  g_autoptr (RnlMessage) edited = NULL;
  RnlPart *copy;

  rnl_part_set_title (file, "notes.txt");
  rnl_part_append (file, "milk", 4);
  rnl_part_set_extra_string (file, "mime_type", "text/plain");
  rnl_part_add_child (file, child);
  rnl_part_set_complete (file, TRUE);
  rnl_message_add_part (original, file);
  edited = rnl_message_new_edited (original, "new");

  g_assert_cmpint (rnl_message_get_state (edited), ==, RNL_MESSAGE_COMPLETE);
  g_assert_cmpuint (rnl_message_get_n_parts (edited), ==, 2);
  g_assert_cmpstr (rnl_part_get_text (rnl_message_get_part (edited, 0)), ==, "new");
  copy = rnl_message_get_part (edited, 1);
  g_assert_cmpstr (rnl_part_get_id (copy), !=, rnl_part_get_id (file));
  g_assert_cmpstr (rnl_part_get_title (copy), ==, "notes.txt");
  g_assert_cmpstr (rnl_part_get_text (copy), ==, "milk");
  g_assert_cmpstr (rnl_part_get_extra_string (copy, "mime_type"), ==, "text/plain");
  g_assert_true (rnl_part_get_complete (copy));
  g_assert_cmpuint (g_list_model_get_n_items (rnl_part_list_children (copy)), ==, 1);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/message/part/delta", test_part_delta);
  g_test_add_func ("/message/part/notify", test_part_notify);
  g_test_add_func ("/message/text", test_message_text);
  g_test_add_func ("/message/file-markdown", test_file_markdown);
  g_test_add_func ("/message/usage/add", test_usage_add);
  g_test_add_func ("/message/edited", test_edited);

  return g_test_run ();
}

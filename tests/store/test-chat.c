/* test-chat.c: every property of a chat notifies once when it changes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-chat.h"
#include "rnl-test.h"

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  (*(guint *) user_data)++;
}

/* Sets, sets the same, and sets another value. */
static void
check_notify (RnlChat *chat, const char *property, GValue *one, GValue *other)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);
  guint notified = 0;
  gulong handler = g_signal_connect (chat, signal, G_CALLBACK (count_cb), &notified);

  g_object_set_property (G_OBJECT (chat), property, one);
  g_assert_cmpuint (notified, ==, 1);
  g_object_set_property (G_OBJECT (chat), property, one);
  g_assert_cmpuint (notified, ==, 1);
  g_object_set_property (G_OBJECT (chat), property, other);
  g_assert_cmpuint (notified, ==, 2);

  g_signal_handler_disconnect (chat, handler);
}

static void
test_strings (void)
{
  static const char *const names[] = { "id", "title", "snippet", "model", "draft", "place" };
  RnlChat *chat = rnl_chat_new ();
  g_auto (GValue) one = G_VALUE_INIT, other = G_VALUE_INIT;

  g_value_init (&one, G_TYPE_STRING);
  g_value_init (&other, G_TYPE_STRING);
  g_value_set_static_string (&one, "one");
  g_value_set_static_string (&other, "other");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *value = NULL;

      check_notify (chat, names[i], &one, &other);
      g_object_get (chat, names[i], &value, NULL);
      g_assert_cmpstr (value, ==, "other");
    }

  g_assert_finalize_object (chat);
}

static void
test_numbers (void)
{
  static const char *const times[] = { "created", "updated" };
  static const char *const flags[] = { "busy", "attention" };
  RnlChat *chat = rnl_chat_new ();
  g_auto (GValue) one = G_VALUE_INIT, other = G_VALUE_INIT;
  g_auto (GValue) yes = G_VALUE_INIT, no = G_VALUE_INIT;

  g_value_init (&one, G_TYPE_INT64);
  g_value_init (&other, G_TYPE_INT64);
  g_value_set_int64 (&one, 1);
  g_value_set_int64 (&other, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    check_notify (chat, times[i], &one, &other);
  g_assert_cmpint (rnl_chat_get_created (chat), ==, 2);
  g_assert_cmpint (rnl_chat_get_updated (chat), ==, 2);

  g_value_init (&yes, G_TYPE_BOOLEAN);
  g_value_init (&no, G_TYPE_BOOLEAN);
  g_value_set_boolean (&yes, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    check_notify (chat, flags[i], &yes, &no);

  g_assert_finalize_object (chat);
}

static void
test_tools (void)
{
  static const char *const one[] = { "add", NULL }, *const other[] = { "add", "power", NULL };
  RnlChat *chat = rnl_chat_new ();
  g_auto (GValue) first = G_VALUE_INIT, second = G_VALUE_INIT;

  g_value_init (&first, G_TYPE_STRV);
  g_value_init (&second, G_TYPE_STRV);
  g_value_set_static_boxed (&first, one);
  g_value_set_static_boxed (&second, other);
  check_notify (chat, "allowed-tools", &first, &second);
  rnl_chat_set_allowed_tools (chat, rnl_chat_get_allowed_tools (chat));
  g_assert_cmpstr (rnl_chat_get_allowed_tools (chat)[1], ==, "power");
  rnl_chat_set_allowed_tools (chat, NULL);
  g_assert_null (rnl_chat_get_allowed_tools (chat)[0]);

  g_assert_finalize_object (chat);
}

static void
test_defaults (void)
{
  RnlChat *chat = rnl_chat_new ();
  g_autoptr (RnlChat) other = rnl_chat_new ();

  g_assert_cmpstr (rnl_chat_get_id (chat), !=, rnl_chat_get_id (other));
  g_assert_cmpstr (rnl_chat_get_title (chat), ==, "");
  g_assert_null (rnl_chat_get_model (chat));
  g_assert_cmpint (rnl_chat_get_created (chat), ==, rnl_chat_get_updated (chat));
  rnl_chat_set_title (chat, NULL);
  g_assert_cmpstr (rnl_chat_get_title (chat), ==, "");

  g_assert_finalize_object (chat);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/chat/defaults", test_defaults);
  g_test_add_func ("/chat/notify/strings", test_strings);
  g_test_add_func ("/chat/notify/numbers", test_numbers);
  g_test_add_func ("/chat/notify/tools", test_tools);

  return g_test_run ();
}

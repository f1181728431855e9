/* test-grants.c: who may ask, and for which chats
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-grant-list.h"
#include "rnl-test.h"

static void
test_token (void)
{
  g_autofree char *token = NULL;
  g_autofree char *other_token = NULL;
  g_autoptr (RnlGrant) grant = rnl_grant_new ("Notes", "/usr/bin/notes", &token);
  g_autoptr (RnlGrant) other = rnl_grant_new (NULL, NULL, &other_token);
  g_autoptr (GVariant) stored = g_variant_ref_sink (rnl_grant_to_variant (grant));
  g_autoptr (RnlGrant) restored = rnl_grant_new_from_variant (stored);
  g_autofree char *printed = g_variant_print (stored, FALSE);

  g_assert_cmpstr (token, !=, other_token);
  g_assert_cmpuint (strlen (token), ==, 64);
  g_assert_true (rnl_grant_matches (restored, token));
  g_assert_false (rnl_grant_matches (restored, other_token));
  g_assert_false (rnl_grant_matches (restored, rnl_grant_get_id (grant)));
  /* What is kept does not tell the token. */
  g_assert_null (strstr (printed, token));
  g_assert_cmpstr (rnl_grant_get_client_name (other), ==, "");
}

static void
test_conversation (void)
{
  g_autofree char *token = NULL;
  g_autofree char *other_token = NULL;
  g_autoptr (RnlGrant) grant = rnl_grant_new ("A", NULL, &token);
  g_autoptr (RnlGrant) other = rnl_grant_new ("A", NULL, &other_token);
  g_autofree char *name = rnl_grant_dup_conversation (grant, "chat.1");
  g_autofree char *chat_id = rnl_grant_dup_chat_id (grant, name);

  g_assert_cmpstr (chat_id, ==, "chat.1");
  g_assert_null (rnl_grant_dup_chat_id (other, name));
  g_assert_null (rnl_grant_dup_chat_id (grant, "chat.1"));
  g_assert_null (rnl_grant_dup_chat_id (grant, ""));
  for (char *p = name; *p != '\0'; p++)
    {
      char before = *p;

      *p = before == 'x' ? 'y' : 'x';
      g_assert_null (rnl_grant_dup_chat_id (grant, name));
      *p = before;
    }
}

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, guint *n_items)
{
  g_assert_cmpuint (removed, ==, *n_items);
  *n_items = added;
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, added);
}

static void
test_list (void)
{
  g_autoptr (GSettings) settings = g_settings_new (RNL_APP_ID);
  RnlGrantList *list = rnl_grant_list_new (settings);
  RnlGrantList *watching = rnl_grant_list_new (settings);
  g_autofree char *first_token = NULL;
  g_autofree char *second_token = NULL;
  g_autoptr (RnlGrant) first = rnl_grant_new ("First", NULL, &first_token);
  g_autoptr (RnlGrant) second = rnl_grant_new ("Second", NULL, &second_token);
  g_autoptr (RnlGrant) shown = NULL;
  guint n_items = 0;

  g_signal_connect (watching, "items-changed", G_CALLBACK (changed_cb), &n_items);
  rnl_grant_list_add (list, first);
  rnl_grant_list_add (list, second);
  g_assert_cmpuint (n_items, ==, 2);
  shown = g_list_model_get_item (G_LIST_MODEL (watching), 0);
  g_assert_cmpstr (rnl_grant_get_client_name (shown), ==, "Second");
  g_assert_nonnull (rnl_grant_list_find (list, first_token));

  rnl_grant_list_revoke (watching, first);
  g_assert_cmpuint (n_items, ==, 1);
  g_assert_null (rnl_grant_list_find (list, first_token));
  g_assert_nonnull (rnl_grant_list_find (list, second_token));
  g_assert_finalize_object (watching);
  g_assert_finalize_object (list);
}

static void
test_bound (void)
{
  g_autoptr (GSettings) settings = g_settings_new (RNL_APP_ID);
  g_autoptr (RnlGrantList) list = rnl_grant_list_new (settings);

  for (guint i = 0; i < RNL_GRANT_LIST_MAX + 5; i++)
    {
      g_autofree char *token = NULL;
      g_autoptr (RnlGrant) grant = rnl_grant_new ("Many", NULL, &token);

      rnl_grant_list_add (list, grant);
      g_assert_nonnull (rnl_grant_list_find (list, token));
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, RNL_GRANT_LIST_MAX);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_test_add_func ("/grants/token", test_token);
  g_test_add_func ("/grants/conversation", test_conversation);
  g_test_add_func ("/grants/list", test_list);
  g_test_add_func ("/grants/bound", test_bound);

  return g_test_run ();
}

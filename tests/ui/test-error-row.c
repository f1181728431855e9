/* test-error-row.c: errors in plain words, and trying again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "chat-fixture.h"
#include "rnl-error-row.h"
#include "rnl-provider-error.h"

static void
test_error_texts (void)
{
  g_autoptr (GError) foreign = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "raw");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GtkWidget *row;

  for (int code = 0; code <= RNL_PROVIDER_ERROR_UNSUPPORTED; code++)
    {
      g_autoptr (GError) error = rnl_provider_error_new ((RnlProviderError) code, "raw words");
      GtkWidget *one = g_object_ref_sink (rnl_error_row_new (error));

      g_assert_cmpstr (rnl_error_row_get_advice (RNL_ERROR_ROW (one)), !=, "");
      g_assert_true (g_hash_table_add (
        seen, (gpointer) g_intern_string (rnl_error_row_get_heading (RNL_ERROR_ROW (one)))));
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (one), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           rnl_error_row_get_heading (RNL_ERROR_ROW (one)));
      rnl_error_row_start_countdown (RNL_ERROR_ROW (one));
      g_assert_false (rnl_error_row_is_counting (RNL_ERROR_ROW (one)));
      g_assert_finalize_object (one);
    }

  row = g_object_ref_sink (rnl_error_row_new (foreign));
  g_assert_cmpstr (rnl_error_row_get_heading (RNL_ERROR_ROW (row)), ==, "Something went wrong");
  g_assert_finalize_object (row);
}

static GError *
rate_limit (gint64 retry_after_ms)
{
  GError *error = rnl_provider_error_new (RNL_PROVIDER_ERROR_RATE_LIMIT, "slow down");

  rnl_provider_error_get_details (error)->retry_after_ms = retry_after_ms;

  return error;
}

static gboolean
has_retried (gpointer user_data)
{
  ChatFixture *fixture = user_data;

  return strstr (fixture->actions->str, "retry;") != NULL;
}

static void
test_error_countdown (void)
{
  g_autoptr (GError) soon = rate_limit (60);
  g_autoptr (GError) later = rate_limit (30000);
  g_autoptr (GError) never = rate_limit (RNL_ERROR_ROW_MAX_WAIT_MS + 1);
  ChatFixture fixture;
  RnlErrorRow *row = RNL_ERROR_ROW (rnl_error_row_new (soon));

  chat_fixture_show (&fixture, GTK_WIDGET (row));
  rnl_error_row_start_countdown (row);
  g_assert_true (rnl_error_row_is_counting (row));
  rnl_test_wait_for (has_retried, &fixture);
  g_assert_false (rnl_error_row_is_counting (row));
  chat_fixture_done (&fixture);

  row = RNL_ERROR_ROW (rnl_error_row_new (later));
  chat_fixture_show (&fixture, GTK_WIDGET (row));
  rnl_error_row_start_countdown (row);
  g_assert_cmpstr (rnl_error_row_get_advice (row), ==, "Trying again in 30 seconds.");
  g_signal_emit_by_name (rnl_error_row_get_wait_button (row), "clicked");
  g_assert_false (rnl_error_row_is_counting (row));
  g_assert_false (has_retried (&fixture));
  g_signal_emit_by_name (rnl_error_row_get_retry_button (row), "clicked");
  g_assert_true (has_retried (&fixture));
  chat_fixture_done (&fixture);

  row = RNL_ERROR_ROW (rnl_error_row_new (never));
  chat_fixture_show (&fixture, GTK_WIDGET (row));
  rnl_error_row_start_countdown (row);
  g_assert_false (rnl_error_row_is_counting (row));
  chat_fixture_done (&fixture);
}

static gboolean
has_gone_on (gpointer user_data)
{
  ChatFixture *fixture = user_data;

  return strstr (fixture->actions->str, "continue;") != NULL;
}

/* Where there is something to go on from, that is what happens by itself. */
static void
test_error_continue (void)
{
  g_autoptr (GError) soon = rate_limit (60);
  ChatFixture fixture;
  RnlErrorRow *row = RNL_ERROR_ROW (rnl_error_row_new (soon));

  chat_fixture_show (&fixture, GTK_WIDGET (row));
  g_assert_false (gtk_widget_get_mapped (chat_fixture_find_button (GTK_WIDGET (row), "Continue")));
  rnl_error_row_set_can_continue (row, TRUE);
  rnl_error_row_start_countdown (row);
  rnl_test_wait_for (has_gone_on, &fixture);
  g_assert_false (has_retried (&fixture));
  chat_fixture_done (&fixture);
}

int
main (int argc, char **argv)
{
  if (!chat_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/error-row/texts", test_error_texts);
  g_test_add_func ("/error-row/countdown", test_error_countdown);
  g_test_add_func ("/error-row/continue", test_error_continue);

  return g_test_run ();
}

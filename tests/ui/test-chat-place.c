/* test-chat-place.c: a chat that is mostly not in memory is found where it was left, and exported
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-archive-export.h"
#include "rnl-message-outline.h"
#include "rnl-transcript-view.h"
#include "window-fixture.h"

#define N_MESSAGES 500

static RnlLibrary *
get_library (WindowFixture *fixture)
{
  return rnl_workspace_get_library (rnl_application_get_workspace (fixture->application));
}

static RnlMessageList *
get_list (WindowFixture *fixture)
{
  return rnl_transcript_view_get_list (RNL_TRANSCRIPT_VIEW (
    window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_TRANSCRIPT_VIEW, 0)));
}

static GtkAdjustment *
get_vadjustment (WindowFixture *fixture)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (get_list (fixture)));
}

static GListModel *
list_messages (WindowFixture *fixture)
{
  return rnl_conversation_list_messages (rnl_window_get_conversation (fixture->window));
}

static char *
make_text (guint i)
{
  GString *text = g_string_new (NULL);

  for (guint j = 0; j <= i % 7; j++)
    g_string_append_printf (text, "Paragraph %u of message %u, of which there are more.\n\n", j, i);

  return g_string_free (text, FALSE);
}

/* Writes a long chat, and one that is short. */
static void
write_chats (WindowFixture *fixture)
{
  for (guint n = 2; n <= N_MESSAGES; n += N_MESSAGES - 2)
    {
      g_autoptr (RnlChat) chat = rnl_chat_new ();

      rnl_chat_set_id (chat, n == 2 ? "short" : "long");
      rnl_chat_set_title (chat, n == 2 ? "A short chat" : "A long chat");
      rnl_library_add_chat (get_library (fixture), chat);
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *text = make_text (i);
          g_autoptr (RnlMessage) message
            = rnl_message_new_text (i % 2 == 0 ? RNL_ROLE_USER : RNL_ROLE_ASSISTANT, text);

          rnl_library_add_message (get_library (fixture), rnl_chat_get_id (chat), message);
        }
    }
}

static gboolean
is_there (gpointer user_data)
{
  WindowFixture *fixture = user_data;

  return g_list_model_get_n_items (list_messages (fixture)) >= 2
         && gtk_widget_get_opacity (GTK_WIDGET (get_list (fixture))) == 1
         && gtk_adjustment_get_page_size (get_vadjustment (fixture)) > 0
         && rnl_message_list_is_whole (get_list (fixture));
}

/* Everything in view is there, and nothing is on its way any more. */
static void
settle (WindowFixture *fixture)
{
  rnl_test_wait_for (is_there, fixture);
  window_fixture_wait_frames (GTK_WIDGET (fixture->window), 4);
  rnl_test_wait_for (is_there, fixture);
}

static gboolean
is_long (gpointer user_data)
{
  return g_list_model_get_n_items (list_messages (user_data)) == N_MESSAGES;
}

static void
open_chat (WindowFixture *fixture, const char *id)
{
  rnl_window_open_chat (fixture->window, rnl_library_find_chat (get_library (fixture), id));
  if (g_str_equal (id, "long"))
    rnl_test_wait_for (is_long, fixture);
  settle (fixture);
}

/* Which message stands at the top, and where.
 *
 * Returns: (transfer full): its id */
static char *
dup_top (WindowFixture *fixture, int *y)
{
  RnlMessageList *list = get_list (fixture);
  g_autoptr (RnlMessage) message = NULL;
  GtkWidget *row;
  graphene_point_t point;
  guint position;

  g_assert_true (rnl_message_list_get_place (list, &position, y));
  message = g_list_model_get_item (list_messages (fixture), position);
  row = GTK_WIDGET (rnl_message_list_get_row (list, position));
  g_assert_true (gtk_widget_compute_point (row, GTK_WIDGET (list), graphene_point_zero (), &point));
  *y = (int) point.y;

  return g_strdup (rnl_message_get_id (message));
}

static char *
scroll_to (WindowFixture *fixture, double part, int *y)
{
  gtk_adjustment_set_value (get_vadjustment (fixture),
                            part * gtk_adjustment_get_upper (get_vadjustment (fixture)));
  settle (fixture);

  return dup_top (fixture, y);
}

static void
assert_top (WindowFixture *fixture, const char *expected, int y)
{
  int now;
  g_autofree char *id = dup_top (fixture, &now);

  g_assert_cmpstr (id, ==, expected);
  g_assert_cmpint (ABS (now - y), <=, 1);
}

static gboolean
is_at_end (WindowFixture *fixture)
{
  return rnl_scroll_follower_get_at_end (rnl_message_list_get_follower (get_list (fixture)));
}

/* Left in the middle, of a message too: there again, in this session and in the next. */
static void
test_return (void)
{
  static const double parts[] = { 0.31, 0.97, 0.02, 0.5 };
  WindowFixture fixture;
  g_autofree char *id = NULL;
  int y = 0;

  window_fixture_open (&fixture);
  write_chats (&fixture);
  open_chat (&fixture, "long");
  g_assert_true (is_at_end (&fixture));
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_free (id);
      id = scroll_to (&fixture, parts[i], &y);
      open_chat (&fixture, "short");
      open_chat (&fixture, "long");
      assert_top (&fixture, id, y);
    }

  window_fixture_close (&fixture);
  window_fixture_open (&fixture);
  open_chat (&fixture, "long");
  assert_top (&fixture, id, y);
  window_fixture_done (&fixture);
}

/* Who left it at its end comes back to the end, whatever they had read before. */
static void
test_end (void)
{
  WindowFixture fixture;
  g_autofree char *id = NULL;
  int y;

  window_fixture_open (&fixture);
  write_chats (&fixture);
  open_chat (&fixture, "long");
  id = scroll_to (&fixture, 0.4, &y);
  open_chat (&fixture, "short");
  g_assert_nonnull (rnl_chat_get_place (rnl_library_find_chat (get_library (&fixture), "long")));
  open_chat (&fixture, "long");
  rnl_message_list_scroll_to_end (get_list (&fixture));
  settle (&fixture);
  open_chat (&fixture, "short");
  g_assert_null (rnl_chat_get_place (rnl_library_find_chat (get_library (&fixture), "long")));
  open_chat (&fixture, "long");
  g_assert_true (is_at_end (&fixture));
  window_fixture_done (&fixture);
}

/* A message that is not there any more is no place; neither is nonsense. */
static void
test_nowhere (void)
{
  static const char *const places[] = { "gone 12", "", " ", "long", "short -5 5" };
  WindowFixture fixture;

  window_fixture_open (&fixture);
  write_chats (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      rnl_chat_set_place (rnl_library_find_chat (get_library (&fixture), "long"), places[i]);
      open_chat (&fixture, "long");
      g_assert_true (is_at_end (&fixture));
      open_chat (&fixture, "short");
    }
  window_fixture_done (&fixture);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  rnl_archive_export_finish (RNL_LIBRARY (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* What is exported of a chat that is open is all of it, not what is in memory. */
static void
test_export (void)
{
  static const char *const ids[] = { "long", NULL };
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (RnlMessage) early = NULL;
  WindowFixture fixture;
  gboolean exported = FALSE;
  const char *rest;
  g_autofree char *all = NULL;

  window_fixture_open (&fixture);
  write_chats (&fixture);
  open_chat (&fixture, "long");
  early = g_list_model_get_item (list_messages (&fixture), 20);
  g_assert_true (rnl_message_is_outline (early));
  rnl_archive_export_async (get_library (&fixture), ids, RNL_ARCHIVE_MARKDOWN, stream, NULL, NULL,
                            NULL, exported_cb, &exported);
  rnl_test_wait_for (is_true, &exported);
  all = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                   g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
  rest = all;
  for (guint i = 0; i < N_MESSAGES; i++)
    {
      g_autofree char *text = g_strdup_printf ("Paragraph %u of message %u,", i % 7, i);

      rest = strstr (rest, text);
      g_assert_nonnull (rest);
    }
  window_fixture_done (&fixture);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/chat-place/return", test_return);
  g_test_add_func ("/chat-place/end", test_end);
  g_test_add_func ("/chat-place/nowhere", test_nowhere);
  g_test_add_func ("/chat-place/export", test_export);

  return g_test_run ();
}

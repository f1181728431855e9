/* test-event-pipe.c: a reader that reads, sleeps, or goes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "rnl-event-pipe.h"
#include "rnl-test.h"

typedef struct
{
  RnlEventPipe *pipe;
  GString *read;
  int reader;
  guint n_full;
  guint n_free;
  guint n_closed;
  int closing;
  gboolean eof;
} Fixture;

static void
full_cb (RnlEventPipe *pipe, gboolean full, Fixture *fixture)
{
  g_assert_true (full == rnl_event_pipe_is_full (pipe));
  if (full)
    fixture->n_full++;
  else
    fixture->n_free++;
}

static void
closed_cb (RnlEventPipe *pipe, int closing, Fixture *fixture)
{
  fixture->n_closed++;
  fixture->closing = closing;
}

static void
set_up (Fixture *fixture, gconstpointer text_only)
{
  g_autoptr (GError) error = NULL;

  fixture->pipe = rnl_event_pipe_new (GPOINTER_TO_INT (text_only), &fixture->reader, &error);
  g_assert_no_error (error);
  fixture->read = g_string_new (NULL);
  g_signal_connect (fixture->pipe, "full-changed", G_CALLBACK (full_cb), fixture);
  g_signal_connect (fixture->pipe, "closed", G_CALLBACK (closed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer text_only)
{
  g_assert_finalize_object (fixture->pipe);
  g_string_free (fixture->read, TRUE);
  if (fixture->reader >= 0)
    g_close (fixture->reader, NULL);
}

/* Reads what is there. */
static void
read_some (Fixture *fixture)
{
  char buffer[16384];
  gssize n;

  while ((n = recv (fixture->reader, buffer, sizeof buffer, MSG_DONTWAIT)) > 0)
    g_string_append_len (fixture->read, buffer, n);
  if (n == 0)
    fixture->eof = TRUE;
}

static gboolean
reads_to_end (gpointer user_data)
{
  read_some (user_data);

  return ((Fixture *) user_data)->eof;
}

static void
write_text (Fixture *fixture, const char *text)
{
  rnl_event_pipe_write_text (fixture->pipe, RNL_EVENT_PIPE_ANSWER, text);
}

static void
write_number (Fixture *fixture, gint64 number)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_int_member (object, "n", number);
  rnl_event_pipe_write_object (fixture->pipe, object);
}

/* What is written is there at once, in order, and whole. */
static void
test_lines (Fixture *fixture, gconstpointer data)
{
  write_number (fixture, 1);
  write_text (fixture, "a \"b\"\\\n\t\x01 ü");
  rnl_event_pipe_write_text (fixture->pipe, RNL_EVENT_PIPE_THOUGHT, "hm");
  write_number (fixture, 2);
  read_some (fixture);
  g_assert_cmpstr (fixture->read->str, ==,
                   "{\"n\":1}\n"
                   "{\"sessionUpdate\":\"agent_message_chunk\",\"content\":{\"type\":\"text\","
                   "\"text\":\"a \\\"b\\\"\\\\\\n\\u0009\\u0001 ü\"}}\n"
                   "{\"sessionUpdate\":\"agent_thought_chunk\",\"content\":{\"type\":\"text\","
                   "\"text\":\"hm\"}}\n"
                   "{\"n\":2}\n");
  rnl_event_pipe_end (fixture->pipe);
  g_assert_cmpuint (fixture->n_closed, ==, 1);
  g_assert_cmpint (fixture->closing, ==, RNL_EVENT_PIPE_DRAINED);
  rnl_test_wait_for (reads_to_end, fixture);
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  write_number (fixture, 1);
  write_text (fixture, "a \"b\"");
  rnl_event_pipe_write_text (fixture->pipe, RNL_EVENT_PIPE_THOUGHT, "hm");
  write_text (fixture, "\nc");
  rnl_event_pipe_end (fixture->pipe);
  rnl_test_wait_for (reads_to_end, fixture);
  g_assert_cmpstr (fixture->read->str, ==, "a \"b\"\nc");
}

/* Full once, joined while full, free again once; not a byte is lost or out of order. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) written = g_string_new (NULL);
  gsize n = 0;

  for (; !rnl_event_pipe_is_full (fixture->pipe); n++)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GSIZE_FORMAT " ", n);

      g_string_append (written, text);
      write_text (fixture, text);
    }
  g_assert_cmpuint (rnl_event_pipe_get_queued (fixture->pipe), >, RNL_EVENT_PIPE_HIGH_WATER);
  g_assert_cmpuint (rnl_event_pipe_get_queued (fixture->pipe), <, RNL_EVENT_PIPE_HIGH_WATER + 1024);

  /* What a held run still had in its hands. */
  for (gsize i = 0; i < 100000; i++)
    {
      g_string_append (written, "more ");
      write_text (fixture, "more ");
    }
  g_assert_cmpuint (rnl_event_pipe_get_queued (fixture->pipe), <,
                    RNL_EVENT_PIPE_HIGH_WATER + 501000);
  rnl_event_pipe_end (fixture->pipe);
  rnl_test_wait_for (reads_to_end, fixture);
  g_assert_cmpuint (fixture->n_full, ==, 1);
  g_assert_cmpuint (fixture->n_free, ==, 1);
  g_assert_cmpint (fixture->closing, ==, RNL_EVENT_PIPE_DRAINED);
  if (data != NULL)
    g_assert_cmpstr (fixture->read->str, ==, written->str);
  else
    {
      g_auto (GStrv) lines = g_strsplit (fixture->read->str, "\n", -1);
      g_autoptr (GString) told = g_string_new (NULL);

      for (gsize i = 0; *lines[i] != '\0'; i++)
        {
          g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);
          JsonObject *content
            = json_object_get_object_member (json_node_get_object (node), "content");

          g_string_append (told, json_object_get_string_member (content, "text"));
        }
      g_assert_cmpstr (told->str, ==, written->str);
      g_assert_cmpuint (g_strv_length (lines), <, n + 10);
    }
}

static gboolean
is_closed (gpointer user_data)
{
  return ((Fixture *) user_data)->n_closed > 0;
}

static void
test_hang_up (Fixture *fixture, gconstpointer data)
{
  g_close (fixture->reader, NULL);
  fixture->reader = -1;
  rnl_test_wait_for (is_closed, fixture);
  g_assert_cmpint (fixture->closing, ==, RNL_EVENT_PIPE_HANG_UP);
  write_text (fixture, "late");
  rnl_event_pipe_end (fixture->pipe);
  g_assert_cmpuint (fixture->n_closed, ==, 1);
}

static void
test_stalled (Fixture *fixture, gconstpointer data)
{
  rnl_event_pipe_set_stall_time (fixture->pipe, 50);
  while (!rnl_event_pipe_is_full (fixture->pipe))
    write_text (fixture, "text ");
  rnl_test_wait_for (is_closed, fixture);
  g_assert_cmpint (fixture->closing, ==, RNL_EVENT_PIPE_STALLED);
}

/* Who cannot be held does not fill the memory. */
static void
test_flood (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (65536, 'x');
  gsize most = 0;

  for (gsize i = 0; i < 1000 && fixture->n_closed == 0; i++)
    {
      write_text (fixture, text);
      most = MAX (most, rnl_event_pipe_get_queued (fixture->pipe));
    }
  g_assert_cmpint (fixture->closing, ==, RNL_EVENT_PIPE_STALLED);
  g_assert_cmpuint (most, <=, RNL_EVENT_PIPE_MAX_BYTES + 65536);
}

#define ADD(path, text_only, func)                                                                 \
  g_test_add (path, Fixture, GINT_TO_POINTER (text_only), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  ADD ("/event-pipe/lines", FALSE, test_lines);
  ADD ("/event-pipe/text", TRUE, test_text);
  ADD ("/event-pipe/full/lines", FALSE, test_full);
  ADD ("/event-pipe/full/text", TRUE, test_full);
  ADD ("/event-pipe/hang-up", FALSE, test_hang_up);
  ADD ("/event-pipe/stalled", FALSE, test_stalled);
  ADD ("/event-pipe/flood", FALSE, test_flood);

  return g_test_run ();
}

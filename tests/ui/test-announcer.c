/* test-announcer.c: what a screen reader is told of an answer, and how often
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "chat-fixture.h"
#include "rnl-announcer.h"
#include "rnl-message.h"
#include "rnl-spoken-text.h"
#include "rnl-test.h"

typedef struct
{
  GtkWidget *status; /* owned */
  GListStore *messages;
  RnlMessage *answer;
  RnlAnnouncer *announcer;
  GString *heard; /* each announcement in a line */
  GArray *times;  /* gint64, monotonic us */
} Fixture;

static void
said_cb (RnlAnnouncer *announcer, GParamSpec *pspec, Fixture *fixture)
{
  gint64 now = g_get_monotonic_time ();

  g_string_append_printf (fixture->heard, "%s\n", rnl_announcer_get_last (announcer));
  g_array_append_val (fixture->times, now);
#if !GTK_CHECK_VERSION(4, 14, 0)
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->status),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       rnl_announcer_get_last (announcer));
#endif
}

static void
fixture_init (Fixture *fixture)
{
  fixture->status = g_object_ref_sink (gtk_label_new (NULL));
  fixture->messages = g_list_store_new (RNL_TYPE_MESSAGE);
  fixture->heard = g_string_new (NULL);
  fixture->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  fixture->announcer = rnl_announcer_new (fixture->status);
  g_signal_connect (fixture->announcer, "notify::last", G_CALLBACK (said_cb), fixture);
  rnl_announcer_set_messages (fixture->announcer, G_LIST_MODEL (fixture->messages));
  fixture->answer = rnl_message_new (RNL_ROLE_ASSISTANT);
  rnl_message_set_state (fixture->answer, RNL_MESSAGE_STREAMING);
  g_list_store_append (fixture->messages, fixture->answer);
}

static gboolean
is_quiet (gpointer announcer)
{
  return g_main_context_find_source_by_user_data (NULL, announcer) == NULL;
}

static void
fixture_done (Fixture *fixture)
{
  rnl_test_wait_for (is_quiet, fixture->announcer);
  rnl_announcer_set_messages (fixture->announcer, NULL);
  g_assert_finalize_object (fixture->announcer);
  g_assert_finalize_object (fixture->messages);
  g_assert_finalize_object (fixture->answer);
  g_assert_finalize_object (fixture->status);
  g_string_free (fixture->heard, TRUE);
  g_array_unref (fixture->times);
}

static RnlPart *
add_part (Fixture *fixture, RnlPartType type)
{
  g_autoptr (RnlPart) part
    = type == RNL_PART_TOOL_CALL ? rnl_part_new_tool_call (0, "c", "add") : rnl_part_new (type, 0);

  rnl_message_add_part (fixture->answer, part);

  return part;
}

static void
finish (Fixture *fixture)
{
  rnl_message_set_state (fixture->answer, RNL_MESSAGE_COMPLETE);
  rnl_test_wait_for (is_quiet, fixture->announcer);
}

/* Whole sentences and lines; of code its language; the words of Markdown, not its marks. */
static void
test_spoken (void)
{
  static const struct
  {
    const char *text;
    gboolean complete;
    const char *said;
    gsize rest; /* bytes that wait */
  } cases[] = {
    { "", FALSE, NULL, 0 },
    { "Half a sen", FALSE, NULL, 10 },
    { "One is 3.14 long. Two", FALSE, "One is 3.14 long.", 3 },
    { "One. Two. Thr", TRUE, "One. Two. Thr", 0 },
    { "# Head\n\nA **bold** `word`.\n", FALSE, "Head A bold word.", 0 },
    { "See [the page](https://example.org/).\n", FALSE, "See the page.", 0 },
    { "So:\n```python\nprint (1)\n```\nIt is done.\n", FALSE, "So: Code, python. It is done.", 0 },
    { "So:\n```\nprint (1)\nprint", FALSE, "So: Code.", 5 },
    { "一。二", FALSE, "一。", 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RnlSpokenText spoken = { 0, FALSE };
      gsize length = strlen (cases[i].text);
      g_autofree char *said
        = rnl_spoken_text_next (&spoken, cases[i].text, length, cases[i].complete);

      g_assert_cmpstr (said, ==, cases[i].said);
      g_assert_cmpuint (length - spoken.offset, ==, cases[i].rest);
    }
}

/* However a text is cut, its words are said once each and in order. */
static void
test_spoken_pieces (void)
{
  static const char text[] = "A first sentence. A second, *with* more.\n\n- One.\n- Two.\n\n"
                             "```c\nint x;\n```\n\nThe last one, which has no end";

  for (gsize step = 1; step < 12; step++)
    {
      RnlSpokenText spoken = { 0, FALSE };
      g_autoptr (GString) all = g_string_new (NULL);

      for (gsize length = step; length < sizeof text - 1; length += step)
        {
          g_autofree char *said = rnl_spoken_text_next (&spoken, text, length, FALSE);

          g_string_append_printf (all, "%s ", said != NULL ? said : "");
        }
      {
        g_autofree char *said = rnl_spoken_text_next (&spoken, text, sizeof text - 1, TRUE);

        g_string_append (all, said);
      }
      for (const char *const *word = (const char *const[]){ "first", "second", "One", "Two",
                                                            "Code, c", "last", "no end", NULL };
           *word != NULL; word++)
        {
          const char *found = strstr (all->str, *word);

          g_assert_nonnull (found);
          g_assert_null (strstr (found + 1, *word));
        }
      g_assert_null (strstr (all->str, "int x"));
    }
}

typedef struct
{
  Fixture *fixture;
  RnlPart *part;
  guint n;
} Writer;

static gboolean
write_cb (gpointer user_data)
{
  Writer *writer = user_data;
  g_autofree char *text = g_strdup_printf ("This is sentence number %u. ", writer->n++);

  chat_fixture_append (writer->part, text);
  if (writer->n < 150)
    return G_SOURCE_CONTINUE;

  rnl_message_set_state (writer->fixture->answer, RNL_MESSAGE_COMPLETE);

  return G_SOURCE_REMOVE;
}

static gboolean
is_complete (gpointer data)
{
  Fixture *fixture = data;

  return rnl_message_get_state (fixture->answer) == RNL_MESSAGE_COMPLETE
         && is_quiet (fixture->announcer);
}

/* An answer of many sentences is said in full, and never two announcements within the interval. */
static void
test_rate (void)
{
  Fixture fixture;
  Writer writer = { &fixture, NULL, 0 };
  guint n = 0;

  fixture_init (&fixture);
  writer.part = add_part (&fixture, RNL_PART_TEXT);
  g_timeout_add (17, write_cb, &writer);
  rnl_test_wait_for (is_complete, &fixture);

  g_assert_cmpuint (fixture.times->len, >=, 3);
  g_assert_cmpuint (fixture.times->len, ==, rnl_announcer_get_count (fixture.announcer));
  for (guint i = 1; i < fixture.times->len; i++)
    /* A timer may come a millisecond early. */
    g_assert_cmpint (g_array_index (fixture.times, gint64, i)
                       - g_array_index (fixture.times, gint64, i - 1),
                     >=, (RNL_ANNOUNCER_INTERVAL - 2) * 1000);
  for (const char *at = fixture.heard->str; n < 150; n++)
    {
      g_autofree char *sentence = g_strdup_printf ("sentence number %u.", n);

      at = strstr (at, sentence);
      g_assert_nonnull (at);
    }
  g_assert_true (g_str_has_suffix (fixture.heard->str, "Answer complete\n"));
  fixture_done (&fixture);
}

/* A flood is said in portions that can be listened to. */
static void
test_portions (void)
{
  Fixture fixture;
  RnlPart *part;

  fixture_init (&fixture);
  part = add_part (&fixture, RNL_PART_TEXT);
  for (guint i = 0; i < 200; i++)
    chat_fixture_append (part, "Twenty-five bytes are it. ");
  finish (&fixture);
  {
    g_auto (GStrv) lines = g_strsplit (fixture.heard->str, "\n", -1);
    gsize bytes = 0;

    for (guint i = 0; lines[i] != NULL; i++)
      {
        g_assert_cmpuint (strlen (lines[i]), <, RNL_ANNOUNCER_MAX_BYTES + 40);
        bytes += strlen (lines[i]);
      }
    g_assert_cmpuint (bytes, >=, 200 * 25);
    g_assert_cmpuint (fixture.times->len, >=, 3);
  }
  fixture_done (&fixture);
}

/* Words before the tool they lead to, each change of a tool once, the end last. */
static void
test_order (void)
{
  Fixture fixture;
  RnlPart *text, *call;

  fixture_init (&fixture);
  rnl_announcer_say (fixture.announcer, "Begun");
  text = add_part (&fixture, RNL_PART_TEXT);
  chat_fixture_append (text, "I add them");
  rnl_part_set_complete (text, TRUE);
  call = add_part (&fixture, RNL_PART_TOOL_CALL);
  rnl_part_set_state (call, RNL_TOOL_RUNNING);
  rnl_part_set_progress (call, 0.5);
  rnl_part_set_state (call, RNL_TOOL_DONE);
  finish (&fixture);
  g_assert_cmpstr (fixture.heard->str, ==, "Begun\nI add them. Add: Done. Answer complete\n");
  fixture_done (&fixture);
}

/* A question is said, whether it is new or was there when the chat was opened; nothing else of
 * before is. */
static void
test_before (void)
{
  Fixture fixture;
  RnlPart *call;

  fixture_init (&fixture);
  chat_fixture_append (add_part (&fixture, RNL_PART_TEXT), "Old words. ");
  rnl_part_set_state (add_part (&fixture, RNL_PART_TOOL_CALL), RNL_TOOL_DONE);
  call = add_part (&fixture, RNL_PART_TOOL_CALL);
  rnl_part_set_state (call, RNL_TOOL_WAITING);
  rnl_announcer_set_messages (fixture.announcer, NULL);
  g_string_truncate (fixture.heard, 0);

  rnl_announcer_set_messages (fixture.announcer, G_LIST_MODEL (fixture.messages));
  rnl_test_wait_for (is_quiet, fixture.announcer);
  g_assert_cmpstr (fixture.heard->str, ==, "Add waits for your decision\n");
  fixture_done (&fixture);
}

/* Of a hundred tools at once a few are named. */
static void
test_many_tools (void)
{
  Fixture fixture;

  fixture_init (&fixture);
  rnl_announcer_say (fixture.announcer, "Begun");
  for (guint i = 0; i < 100; i++)
    rnl_part_set_state (add_part (&fixture, RNL_PART_TOOL_CALL), RNL_TOOL_DONE);
  finish (&fixture);
  g_assert_cmpstr (fixture.heard->str, ==,
                   "Begun\n96 more steps. Add: Done. Add: Done. "
                   "Add: Done. Add: Done. Answer complete\n");
  fixture_done (&fixture);
}

static void
test_when (void)
{
  static const char *const heard[] = {
    [RNL_ANNOUNCE_SENTENCES] = "One.\nTwo. Answer complete\n",
    [RNL_ANNOUNCE_END] = "One. Two\nAnswer complete\n",
    [RNL_ANNOUNCE_NEVER] = "Answer complete\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heard); i++)
    {
      Fixture fixture;
      RnlPart *part;

      fixture_init (&fixture);
      rnl_announcer_set_words (fixture.announcer, (RnlAnnounceWords) i);
      part = add_part (&fixture, RNL_PART_TEXT);
      chat_fixture_append (part, "One. Two");
      g_assert_cmpint (is_quiet (fixture.announcer), ==, i != RNL_ANNOUNCE_SENTENCES);
      rnl_test_wait_for (is_quiet, fixture.announcer);
      finish (&fixture);
      g_assert_cmpstr (fixture.heard->str, ==, heard[i]);
      fixture_done (&fixture);
    }
}

static void
test_ends (void)
{
  static const struct
  {
    RnlMessageState state;
    const char *heard;
  } ends[] = {
    { RNL_MESSAGE_STOPPED, "Answer stopped\n" },
    { RNL_MESSAGE_LIMIT, "Answer stopped at a limit\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      Fixture fixture;

      fixture_init (&fixture);
      rnl_message_set_state (fixture.answer, ends[i].state);
      rnl_message_set_state (fixture.answer, ends[i].state);
      rnl_test_wait_for (is_quiet, fixture.announcer);
      g_assert_cmpstr (fixture.heard->str, ==, ends[i].heard);
      fixture_done (&fixture);
    }
}

/* A window that is closed while something waits to be said: nobody says it any more. */
static void
test_closed (void)
{
  g_autoptr (GtkWidget) status = g_object_ref_sink (gtk_label_new (NULL));
  RnlAnnouncer *announcer = rnl_announcer_new (status);
  gpointer gone = announcer;

  rnl_announcer_say (announcer, "first");
  rnl_announcer_say (announcer, "second");
  g_assert_nonnull (g_main_context_find_source_by_user_data (NULL, announcer));
  g_assert_finalize_object (announcer);
  g_assert_null (g_main_context_find_source_by_user_data (NULL, gone));
}

int
main (int argc, char **argv)
{
  if (!chat_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/announcer/spoken", test_spoken);
  g_test_add_func ("/announcer/spoken-pieces", test_spoken_pieces);
  g_test_add_func ("/announcer/rate", test_rate);
  g_test_add_func ("/announcer/portions", test_portions);
  g_test_add_func ("/announcer/order", test_order);
  g_test_add_func ("/announcer/before", test_before);
  g_test_add_func ("/announcer/many-tools", test_many_tools);
  g_test_add_func ("/announcer/when", test_when);
  g_test_add_func ("/announcer/ends", test_ends);
  g_test_add_func ("/announcer/closed", test_closed);

  return g_test_run ();
}

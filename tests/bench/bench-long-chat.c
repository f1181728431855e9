/* bench-long-chat.c: a chat of ten thousand messages in the window of the program
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Another process writes the chat into the store: questions, and answers in Markdown with
 * paragraphs, lists and some code, 230 bytes a message. Then the program is started and the chat is
 * clicked. Prints a JSON object for each phase: `open` until its end is painted, `rest` until
 * nothing happens any more, `jump-middle`, `scroll` (240 steps of 120 pixels), `jump-end`,
 * `jump-begin`, `leave`. CPU is that of the main thread, `process_cpu_ms` that of all. A stall is
 * the longest time from one poll of the main loop to the next, in CPU time of its thread. Memory is
 * private to the process, above what the window had before. Exits with 1 when a stall is longer
 * than a frame (20 ms while scrolling). Argument: the number of messages.
 *
 * `long-chat.py` runs it beside the same with the widgets of GTK alone. */
#include "config.h"

#include <string.h>

#include "bench.h"
#include "rnl-answer-view.h"
#include "rnl-application.h"
#include "rnl-message-list.h"
#include "rnl-test.h"
#include "rnl-window.h"

#define DEFAULT_MESSAGES 10000
#define MAX_SCROLL_STALL 20.0
#define REST_MS          700
#define STEPS            240
#define STEP             120

typedef struct
{
  guint n;

  RnlApplication *application;
  RnlWindow *window;
  RnlMessageList *list;
  GtkAdjustment *vadjustment;

  double cpu_begin;
  double process_begin;
  double begin;
  double private_begin;
  guint blank; /* frames with nothing where a message is */
  gboolean painted;
  gboolean painted_whole;
} Bench;

static gboolean failed;

/* {{{ The chat */

static const char *const words[]
  = { "the",    "river",  "of",       "tokens", "flows", "through", "a",     "small", "window",
      "and",    "every",  "line",     "that",   "it",    "carries", "is",    "drawn", "once",
      "before", "anyone", "could",    "ask",    "where", "its",     "bytes", "came",  "from",
      "`code`", "*soft*", "**bold**", "or",     "plain", "again" };

static void
add_words (GString *text, GRand *rand, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
}

static void
add_list (GString *text, GRand *rand)
{
  guint n = (guint) g_rand_int_range (rand, 2, 5);

  g_string_append_c (text, '\n');
  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, "- ");
      add_words (text, rand, (guint) g_rand_int_range (rand, 3, 12));
      g_string_append_c (text, '\n');
    }
}

static RnlMessage *
make_message (GRand *rand, guint i)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (i % 2 == 0)
    {
      add_words (text, rand, (guint) g_rand_int_range (rand, 4, 28));
      g_string_append_c (text, '?');
      return rnl_message_new_text (RNL_ROLE_USER, text->str);
    }

  if (i % 14 == 1)
    g_string_append (text, "## What it is\n\n");
  add_words (text, rand, (guint) g_rand_int_range (rand, 8, 70));
  g_string_append (text, ".\n\n");
  add_words (text, rand, (guint) g_rand_int_range (rand, 5, 30));
  g_string_append (text, ".\n");
  if (i % 6 == 1)
    add_list (text, rand);
  if (i % 24 == 3)
    g_string_append (text, "\n```c\nfor (int i = 0; i < n; i++)\n  printf (\"%d\\n\", i);\n```\n");

  return rnl_message_new_text (RNL_ROLE_ASSISTANT, text->str);
}

static void
add_chat (RnlLibrary *library, const char *title, guint n)
{
  g_autoptr (RnlChat) chat = rnl_chat_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (n);

  rnl_chat_set_title (chat, title);
  rnl_library_add_chat (library, chat);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RnlMessage) message = make_message (rand, i);

      rnl_library_add_message (library, rnl_chat_get_id (chat), message);
    }
}

static int
fill (guint n)
{
  g_autoptr (RnlLibrary) library = rnl_library_new (NULL);
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) flushed = NULL;

  rnl_library_open_async (library, NULL, rnl_test_result_cb, &opened);
  g_assert_true (rnl_test_run_until (rnl_test_has_result, &opened, 30000));
  add_chat (library, "long", n);
  rnl_library_flush_async (library, NULL, rnl_test_result_cb, &flushed);
  g_assert_true (rnl_test_run_until (rnl_test_has_result, &flushed, 600000));

  return rnl_library_flush_finish (library, flushed, NULL) ? 0 : 1;
}

/* }}} */

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1e3;
}

static gboolean
stop_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Frames, timers and the store come to rest. */
static void
rest (void)
{
  gboolean rested = FALSE;

  g_timeout_add (REST_MS, stop_cb, &rested);
  while (!rested)
    g_main_context_iteration (NULL, TRUE);
}

static void
phase_begin (Bench *bench)
{
  rnl_test_loop_reset ();
  bench->cpu_begin = rnl_test_cpu_ms ();
  bench->process_begin = bench_process_cpu_ms ();
  bench->begin = now_ms ();
  bench->blank = 0;
  bench->painted_whole = FALSE;
}

static void
phase_end (Bench *bench, const char *phase, guint steps, double max_stall)
{
  RnlTestStall stall = rnl_test_loop_get_stall ();
  double cpu = rnl_test_cpu_ms () - bench->cpu_begin;
  double process = bench_process_cpu_ms () - bench->process_begin;

  failed |= stall.cpu_ms > max_stall;
  g_print ("{\"bench\":\"long-chat-%s\",\"messages\":%u,\"cpu_ms\":%.2f,\"process_cpu_ms\":%.2f,"
           "\"wall_ms\":%.1f,\"stall_ms\":%.1f,\"memory_mb\":%.1f,\"rows\":%u,\"blank\":%u}\n",
           phase, bench->n, cpu / steps, process / steps, (now_ms () - bench->begin) / steps,
           stall.cpu_ms, bench_private_mb () - bench->private_begin,
           rnl_message_list_count_rows (bench->list), bench->blank);
}

/* {{{ What is on screen */

static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);

  return found;
}

static gboolean
has_window (gpointer user_data)
{
  Bench *bench = user_data;
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (bench->application));

  bench->window = windows != NULL && RNL_IS_WINDOW (windows->data) ? windows->data : NULL;

  return bench->window != NULL && gtk_widget_get_mapped (GTK_WIDGET (bench->window));
}

static void
after_paint_cb (GdkFrameClock *clock, Bench *bench)
{
  bench->painted = TRUE;
  if (rnl_message_list_is_whole (bench->list))
    bench->painted_whole = TRUE;
  else
    bench->blank++;
}

static gboolean
is_painted (gpointer user_data)
{
  return ((Bench *) user_data)->painted;
}

static void
wait_for_paint (Bench *bench)
{
  bench->painted = FALSE;
  g_assert_true (rnl_test_run_until (is_painted, bench, 20000));
}

static gboolean
is_painted_whole (gpointer user_data)
{
  return ((Bench *) user_data)->painted_whole;
}

/* For a frame with everything that is in view. */
static void
wait_for_all (Bench *bench)
{
  g_assert_true (rnl_test_run_until (is_painted_whole, bench, 20000));
}

/* The last message is there and has nothing left to do. */
static gboolean
shows_end (gpointer user_data)
{
  Bench *bench = user_data;
  GListModel *messages
    = rnl_conversation_list_messages (rnl_window_get_conversation (bench->window));
  guint n = g_list_model_get_n_items (messages);
  GtkWidget *view;

  if (n == 0 || !gtk_widget_get_mapped (GTK_WIDGET (bench->list)))
    return FALSE;
  view = find_widget (GTK_WIDGET (rnl_message_list_get_row (bench->list, n - 1)),
                      RNL_TYPE_ANSWER_VIEW);

  return view != NULL && gtk_widget_get_mapped (view)
         && rnl_answer_view_is_settled (RNL_ANSWER_VIEW (view));
}

/* }}} */

static gboolean
open_cb (gpointer user_data)
{
  Bench *bench = user_data;
  RnlLibrary *library
    = rnl_workspace_get_library (rnl_application_get_workspace (bench->application));
  g_autoptr (RnlChat) chat = g_list_model_get_item (rnl_library_list_chats (library), 0);

  rnl_window_open_chat (bench->window, chat);

  return G_SOURCE_REMOVE;
}

static void
bench_open (Bench *bench)
{
  bench->private_begin = bench_private_mb ();
  phase_begin (bench);
  g_idle_add (open_cb, bench);
  g_assert_true (rnl_test_run_until (shows_end, bench, 60000));
  bench->painted_whole = FALSE;
  wait_for_all (bench);
  phase_end (bench, "open", 1, RNL_TEST_FRAME_MS);
  phase_begin (bench);
  rest ();
  phase_end (bench, "rest", 1, RNL_TEST_FRAME_MS);
}

static void
bench_jump (Bench *bench, const char *phase, double part)
{
  phase_begin (bench);
  gtk_adjustment_set_value (bench->vadjustment,
                            gtk_adjustment_get_upper (bench->vadjustment) * part);
  wait_for_all (bench);
  phase_end (bench, phase, 1, RNL_TEST_FRAME_MS);
  rest ();
}

static void
bench_scroll (Bench *bench)
{
  phase_begin (bench);
  for (guint i = 0; i < STEPS; i++)
    {
      gtk_adjustment_set_value (bench->vadjustment,
                                gtk_adjustment_get_value (bench->vadjustment) + STEP);
      wait_for_paint (bench);
    }
  phase_end (bench, "scroll", STEPS, MAX_SCROLL_STALL);
  rest ();
}

static gboolean
leave_cb (gpointer user_data)
{
  rnl_window_new_chat (user_data);

  return G_SOURCE_REMOVE;
}

static void
bench_leave (Bench *bench)
{
  RnlConversation *conversation = g_object_ref (rnl_window_get_conversation (bench->window));

  phase_begin (bench);
  g_idle_add (leave_cb, bench->window);
  rest ();
  phase_end (bench, "leave", 1, RNL_TEST_FRAME_MS);
  g_assert_finalize_object (conversation);
}

static void
start (Bench *bench)
{
  g_autoptr (GError) error = NULL;

  bench->application = rnl_application_new ();
  g_application_set_flags (G_APPLICATION (bench->application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (bench->application), NULL, &error);
  g_assert_no_error (error);
  g_application_activate (G_APPLICATION (bench->application));
  rnl_test_loop_watch ();
  g_assert_true (rnl_test_run_until (has_window, bench, 30000));
  rest ();
  bench->list = RNL_MESSAGE_LIST (find_widget (GTK_WIDGET (bench->window), RNL_TYPE_MESSAGE_LIST));
  g_object_get (bench->list, "vadjustment", &bench->vadjustment, NULL);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (bench->window)), "after-paint",
                    G_CALLBACK (after_paint_cb), bench);
}

static void
fill_apart (const char *program, const char *n)
{
  const char *arguments[] = { program, "--fill", n, NULL };
  g_autoptr (GError) error = NULL;
  int status = 1;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

int
main (int argc, char **argv)
{
  Bench bench = { .n = DEFAULT_MESSAGES };
  g_autofree char *n = NULL;

  if (argc > 2 && g_str_equal (argv[1], "--fill"))
    return fill ((guint) g_ascii_strtoull (argv[2], NULL, 10));
  if (argc > 1)
    bench.n = (guint) CLAMP (g_ascii_strtoull (argv[1], NULL, 10), 100, 1000000);
  bench_init ();
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_setenv ("OLLAMA_HOST", "127.0.0.1:1", TRUE);
  if (!gtk_init_check ())
    return 77;

  n = g_strdup_printf ("%u", bench.n);
  fill_apart (argv[0], n);
  start (&bench);
  bench_open (&bench);
  bench_jump (&bench, "jump-middle", 0.5);
  bench_scroll (&bench);
  bench_jump (&bench, "jump-end", 1);
  bench_jump (&bench, "jump-begin", 0);
  bench_leave (&bench);

  g_object_unref (bench.vadjustment);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  g_object_unref (bench.application);

  return failed ? 1 : 0;
}

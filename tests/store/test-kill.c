/* test-kill.c: a program that streams is killed, for real, at any moment
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "rnl-journal.h"
#include "rnl-store-test.h"

#define CHAT_ID     "chat"
#define ROUNDS      12
#define LATE_US     250000
#define STARVED_US  40000
#define CHILD_AFTER 40

/* What the child says after each append, in one write. */
typedef struct
{
  gint64 time;
  guint64 length;
} Appended;

typedef struct
{
  RnlMessage *message;
  RnlPart *text;
  RnlPart *call;
  RnlPart *inner;
  guint n;
} Stream;

static void
tell (guint64 length)
{
  Appended appended = { g_get_monotonic_time (), length };

  if (write (STDOUT_FILENO, &appended, sizeof appended) != sizeof appended)
    _exit (1);
}

static void
append (RnlPart *part, guint n)
{
  g_autofree char *word = g_strdup_printf ("%u ", n);

  rnl_part_append (part, word, strlen (word));
}

/* The answer never ends; a tool runs beside it, and a model inside the tool. */
static gboolean
stream_cb (gpointer user_data)
{
  Stream *stream = user_data;

  append (stream->text, stream->n);
  tell (rnl_part_get_length (stream->text));
  if (stream->n == CHILD_AFTER)
    rnl_part_add_child (stream->call, stream->inner);
  append (stream->n < CHILD_AFTER ? stream->call : stream->inner, stream->n);
  stream->n++;

  return G_SOURCE_CONTINUE;
}

static int
child_main (const char *path)
{
  RnlLibrary *library = rnl_store_test_open (path);
  g_autoptr (RnlChat) chat = rnl_chat_new ();
  Stream stream = { rnl_message_new (RNL_ROLE_ASSISTANT), rnl_part_new (RNL_PART_TEXT, 0),
                    rnl_part_new_tool_call (0, "call_1", "tool"), rnl_part_new (RNL_PART_TEXT, 0) };
  RnlJournal *journal;

  rnl_chat_set_id (chat, CHAT_ID);
  rnl_library_add_chat (library, chat);
  journal = rnl_journal_new (library, CHAT_ID, stream.message);
  rnl_part_set_state (stream.call, RNL_TOOL_RUNNING);
  rnl_message_add_part (stream.message, stream.text);
  rnl_message_add_part (stream.message, stream.call);
  g_assert_nonnull (journal);
  g_timeout_add (2, stream_cb, &stream);
  for (;;)
    g_main_context_iteration (NULL, TRUE);

  return 0;
}

static GPid
spawn_child (const char *path, int *out)
{
  /* Where the link leads: in valgrind the link itself is valgrind. */
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  const char *const argv[] = { program, "--child", path, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                            NULL, out, NULL, &error);
  g_assert_no_error (error);

  return pid;
}

static gboolean
read_one (int fd, Appended *appended)
{
  gsize have = 0;

  while (have < sizeof *appended)
    {
      gssize n = read (fd, (char *) appended + have, sizeof *appended - have);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      have += (gsize) n;
    }

  return TRUE;
}

/* Kills the child after it has streamed for DURATION.
 *
 * Returns: how much must be on disk, or 0 when the child had no turn in its last moments (a machine
 *   too busy to judge lateness on) */
static guint64
kill_after (GPid pid, int fd, gint64 duration)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Appended));
  gint64 start = 0, killed = 0, last;
  guint64 must = 0;
  Appended one;

  while (read_one (fd, &one))
    {
      g_array_append_val (all, one);
      if (start == 0)
        start = one.time;
      if (killed == 0 && one.time - start >= duration)
        {
          killed = g_get_monotonic_time ();
          g_assert_no_errno (kill (pid, SIGKILL));
        }
    }
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  g_assert_cmpint (killed, >, 0);

  last = killed;
  for (guint i = all->len; i > 0; i--)
    {
      const Appended *appended = &g_array_index (all, Appended, i - 1);

      if (last - appended->time > STARVED_US)
        return 0;
      last = appended->time;
      if (appended->time <= killed - LATE_US)
        {
          must = appended->length;
          break;
        }
    }

  return must;
}

/* The words in order, the last one perhaps cut.
 *
 * Returns: the number after the last whole word */
static guint
assert_words (const char *text, guint first)
{
  while (*text != '\0')
    {
      char *end;
      guint64 word = g_ascii_strtoull (text, &end, 10);

      g_assert_cmpint (*end, ==, ' ');
      g_assert_cmpuint (word, ==, first);
      first++;
      text = end + 1;
    }

  return first;
}

/* Returns: how long the text is */
static gsize
check_interrupted (const char *path)
{
  RnlLibrary *library = rnl_store_test_open (path);
  g_autoptr (GPtrArray) messages = rnl_store_test_try_load (library, CHAT_ID, NULL, 1000, NULL);
  RnlMessage *message;
  RnlPart *call;
  gsize length = 0;

  /* Killed before anything of it was written. */
  if (messages == NULL || messages->len == 0)
    {
      rnl_store_test_close (library);
      return 0;
    }
  message = messages->pdata[0];
  g_assert_cmpint (rnl_message_get_state (message), ==, RNL_MESSAGE_INTERRUPTED);
  g_assert_cmpint (rnl_message_get_finish_reason (message), ==, RNL_FINISH_INTERRUPTED);
  if (rnl_message_get_n_parts (message) > 0)
    {
      g_autoptr (RnlPart) inner = NULL;
      guint next;

      length = rnl_part_get_length (rnl_message_get_part (message, 0));
      assert_words (rnl_part_get_text (rnl_message_get_part (message, 0)), 0);
      call = rnl_message_get_part (message, 1);
      g_assert_cmpint (rnl_part_get_state (call), ==, RNL_TOOL_CANCELLED);
      next = assert_words (rnl_part_get_text (call), 0);
      inner = g_list_model_get_item (rnl_part_list_children (call), 0);
      if (inner != NULL)
        {
          g_assert_cmpuint (next, ==, CHILD_AFTER);
          assert_words (rnl_part_get_text (inner), CHILD_AFTER);
          g_assert_true (rnl_part_get_complete (inner));
        }
    }
  rnl_store_test_close (library);
  g_assert_cmpint (rnl_store_test_number (path, "SELECT count (*) FROM journal"), ==, 0);

  return length;
}

static void
test_killed (void)
{
  guint judged = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autofree char *path = rnl_store_test_path ();
      int fd;
      GPid pid = spawn_child (path, &fd);
      guint64 must = kill_after (pid, fd, g_test_rand_int_range (0, 1200) * 1000);
      gsize length = check_interrupted (path);

      g_assert_cmpuint (length, >=, must);
      judged += must > 0;
      g_test_message ("on disk %" G_GSIZE_FORMAT ", at least %" G_GUINT64_FORMAT, length, must);
      close (fd);
    }
  if (judged == 0)
    g_test_skip ("the machine was too busy to judge lateness in any round");
}

static gboolean
has_text (gpointer user_data)
{
  return rnl_store_test_number (user_data, "SELECT count (*) FROM journal") > 0;
}

static gboolean
tick_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

/* A second program comes and goes while the first one streams. */
static void
test_neighbour (void)
{
  g_autofree char *path = rnl_store_test_path ();
  g_autoptr (GPtrArray) messages = NULL;
  RnlLibrary *library;
  guint tick = g_timeout_add (10, tick_cb, NULL);
  Appended one;
  int fd;
  GPid pid = spawn_child (path, &fd);

  /* It speaks, so its library is open and its message on the way. */
  g_assert_true (read_one (fd, &one));
  rnl_test_wait_for (has_text, path);
  library = rnl_store_test_open (path);
  messages = rnl_store_test_load (library, CHAT_ID);
  g_assert_cmpint (rnl_message_get_state (messages->pdata[0]), ==, RNL_MESSAGE_STREAMING);
  g_assert_cmpuint (rnl_part_get_length (rnl_message_get_part (messages->pdata[0], 0)), >, 0);
  rnl_store_test_close (library);

  g_assert_no_errno (kill (pid, SIGKILL));
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  close (fd);
  check_interrupted (path);
  g_source_remove (tick);
}

int
main (int argc, char **argv)
{
  /* Before GLib's testing says anything: the child's output is a pipe of records. */
  if (argc == 3 && g_str_equal (argv[1], "--child"))
    return child_main (argv[2]);

  rnl_test_init (&argc, &argv);
  g_test_add_func ("/kill/anywhere", test_killed);
  g_test_add_func ("/kill/neighbour", test_neighbour);

  return g_test_run ();
}

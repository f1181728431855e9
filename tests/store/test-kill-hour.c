/* test-kill-hour.c: an hour of use, in seconds, is killed at any moment
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The child writes drafts, says and edits messages, branches, streams and imports, and tells each
 * deed when it has asked for it. What it told 250 ms before it was killed is there after the next
 * start; an import is there whole or not at all. Argument: how many times (4). */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "archive-harness.h"
#include "rnl-journal.h"
#include "rnl-test-loop.h"

#define CHAT_ID     "chat"
#define EDITED_ID   "edited"
#define LATE_US     250000
#define STARVED_US  60000
#define LONGEST_MS  2500
#define N_IMPORTED  3
#define STREAM_ENDS 150

typedef enum
{
  DEED_DRAFT,
  DEED_MESSAGE,
  DEED_VERSION,
  DEED_EDIT,
  DEED_STREAM,
  DEED_IMPORT,
  N_DEEDS,
} Deed;

/* What the child tells, in one write: the deed, and which of its kind it was. */
typedef struct
{
  gint64 time;
  guint32 deed;
  guint32 n;
} Told;

typedef struct
{
  RnlLibrary *library;
  RnlChat *chat;
  RnlMessage *first;
  RnlMessage *edited;
  RnlMessage *growing;
  RnlPart *text;
  RnlJournal *journal;
  GRand *rand;
  guint counts[N_DEEDS];
  guint streams;
  gboolean importing;
} Child;

static void
tell (Deed deed, guint n)
{
  const Told told = { g_get_monotonic_time (), deed, n };

  if (write (STDOUT_FILENO, &told, sizeof told) != sizeof told)
    _exit (1);
}

static RnlMessage *
new_message (const char *kind, guint n)
{
  g_autofree char *id = g_strdup_printf ("%s-%u", kind, n);
  RnlMessage *message = rnl_message_new_text (RNL_ROLE_USER, id);

  rnl_message_set_id (message, id);

  return message;
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Child *self = user_data;

  if (!rnl_archive_import_finish (RNL_LIBRARY (source), result, NULL, NULL, NULL))
    _exit (1);
  self->importing = FALSE;
  tell (DEED_IMPORT, self->counts[DEED_IMPORT]++);
}

static void
import (Child *self)
{
  g_autoptr (GString) json = g_string_new ("[");
  g_autofree char *folder = g_path_get_dirname (rnl_library_get_path (self->library));
  g_autofree char *path = g_build_filename (folder, "import.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  guint n = self->counts[DEED_IMPORT];

  if (self->importing)
    return;
  self->importing = TRUE;
  for (guint i = 0; i < N_IMPORTED; i++)
    g_string_append_printf (
      json,
      "%s{\"id\":\"import-%u-%u\",\"messages\":[{\"id\":\"im-%u-%u\",\"role\":"
      "\"user\",\"parts\":[{\"type\":\"text\",\"text\":\"came in\"}]}]}",
      i > 0 ? "," : "", n, i, n, i);
  g_string_append_c (json, ']');
  if (!g_file_set_contents (path, json->str, (gssize) json->len, NULL))
    _exit (1);
  rnl_archive_import_async (self->library, file, NULL, NULL, NULL, imported_cb, self);
}

/* An answer that ends now and then, and another one begins. */
static void
stream (Child *self)
{
  guint n = self->counts[DEED_STREAM];
  g_autofree char *word = g_strdup_printf ("%u ", n);

  if (self->growing == NULL)
    {
      g_autofree char *id = g_strdup_printf ("stream-%u", self->streams++);

      self->growing = rnl_message_new (RNL_ROLE_ASSISTANT);
      rnl_message_set_id (self->growing, id);
      self->journal = rnl_journal_new (self->library, CHAT_ID, self->growing);
      self->text = rnl_part_new (RNL_PART_TEXT, 0);
      rnl_message_add_part (self->growing, self->text);
    }
  rnl_part_append (self->text, word, strlen (word));
  tell (DEED_STREAM, self->counts[DEED_STREAM]++);
  if (n % STREAM_ENDS == STREAM_ENDS - 1)
    {
      rnl_message_set_state (self->growing, RNL_MESSAGE_COMPLETE);
      g_clear_object (&self->growing);
      g_clear_object (&self->text);
      g_clear_object (&self->journal);
    }
}

static void
write_draft (Child *self)
{
  guint n = self->counts[DEED_DRAFT]++;
  g_autofree char *draft = g_strdup_printf ("%u", n);

  rnl_chat_set_draft (self->chat, draft);
  rnl_library_save_chat (self->library, self->chat);
  tell (DEED_DRAFT, n);
}

static void
edit (Child *self)
{
  guint n = self->counts[DEED_EDIT]++;
  g_autofree char *text = g_strdup_printf ("%u", n);

  rnl_part_set_text (rnl_message_get_part (self->edited, 0), text);
  rnl_library_update_message (self->library, CHAT_ID, self->edited);
  tell (DEED_EDIT, n);
}

static void
say (Child *self, Deed deed, const char *kind)
{
  guint n = self->counts[deed]++;
  g_autoptr (RnlMessage) message = new_message (kind, n);

  if (deed == DEED_VERSION)
    rnl_library_add_version (self->library, CHAT_ID, rnl_message_get_id (self->first), message);
  else
    rnl_library_add_message (self->library, CHAT_ID, message);
  tell (deed, n);
}

static gboolean
tick_cb (gpointer user_data)
{
  Child *self = user_data;
  gint dice = g_rand_int_range (self->rand, 0, 100);

  stream (self);
  if (dice < 8)
    write_draft (self);
  else if (dice < 14)
    edit (self);
  else if (dice < 18)
    say (self, DEED_VERSION, "version");
  else if (dice < 22)
    say (self, DEED_MESSAGE, "message");
  else if (dice < 24)
    import (self);

  return G_SOURCE_CONTINUE;
}

static int
child_main (const char *path)
{
  Child child
    = { .library = rnl_store_test_open (path), .chat = rnl_chat_new (), .rand = g_rand_new () };

  rnl_chat_set_id (child.chat, CHAT_ID);
  rnl_library_add_chat (child.library, child.chat);
  child.first = new_message ("first", 0);
  child.edited = new_message ("x", 0);
  rnl_message_set_id (child.edited, EDITED_ID);
  rnl_library_add_message (child.library, CHAT_ID, child.first);
  rnl_library_add_message (child.library, CHAT_ID, child.edited);
  g_timeout_add (3, tick_cb, &child);
  for (;;)
    g_main_context_iteration (NULL, TRUE);

  return 0;
}

/* The parent. */

static gboolean
read_one (int fd, Told *told)
{
  gsize have = 0;

  while (have < sizeof *told)
    {
      gssize n = read (fd, (char *) told + have, sizeof *told - have);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      have += (gsize) n;
    }

  return TRUE;
}

/* Whether the child had its turns in its last moments, so that lateness can be judged. */
static gboolean
was_awake (GArray *all, gint64 killed)
{
  gint64 last = killed;

  for (guint i = all->len; i > 0 && last > killed - 2 * LATE_US; i--)
    {
      gint64 time = g_array_index (all, Told, i - 1).time;

      if (last - time > STARVED_US)
        return FALSE;
      last = time;
    }

  return TRUE;
}

/* Kills the child after DURATION.
 *
 * Returns: for each deed, how many must be there */
static gboolean
kill_after (const char *path, gint64 duration, guint must[N_DEEDS])
{
  /* Where the link leads: in valgrind the link itself is valgrind. */
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  const char *const argv[] = { program, "--child", path, NULL };
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Told));
  gint64 start = 0, killed = 0;
  GPid pid;
  Told one;
  int fd;

  g_assert_true (g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD,
                                           NULL, NULL, &pid, NULL, &fd, NULL, NULL));
  while (read_one (fd, &one))
    {
      g_array_append_val (all, one);
      start = start != 0 ? start : one.time;
      if (killed == 0 && one.time - start >= duration)
        {
          killed = g_get_monotonic_time ();
          g_assert_no_errno (kill (pid, SIGKILL));
        }
    }
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  g_assert_cmpint (killed, >, 0);
  close (fd);

  for (guint i = 0; i < all->len; i++)
    {
      const Told *told = &g_array_index (all, Told, i);

      if (told->time <= killed - LATE_US)
        must[told->deed] = MAX (must[told->deed], told->n + 1);
    }

  return was_awake (all, killed);
}

static gint64 number (const char *path, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gint64
number (const char *path, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list arguments;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  return rnl_store_test_number (path, sql);
}

/* What must be so whatever was lost. */
static void
check_whole (const char *path)
{
  g_assert_cmpint (number (path, "SELECT count (*) FROM journal"), ==, 0);
  g_assert_cmpint (number (path, "SELECT count (*) FROM messages WHERE state = 0"), ==, 0);
  g_assert_cmpint (number (path, "SELECT count (*) FROM chats WHERE deleted IS NOT NULL"), ==, 0);
  g_assert_cmpint (number (path, "SELECT count (*) FROM pragma_integrity_check"
                                 " WHERE integrity_check <> 'ok'"),
                   ==, 0);
  g_assert_cmpint (number (path, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);
  /* Imports: all of one, or nothing of it. */
  g_assert_cmpint (number (path,
                           "SELECT count (*) FROM (SELECT 1 FROM chats WHERE id LIKE 'import-%%'"
                           " GROUP BY substr (id, 1, length (id) - 2) HAVING count (*) <> %d)",
                           N_IMPORTED),
                   ==, 0);
  /* The words of all answers, in the order they were said, none left out. */
  g_assert_cmpint (number (path, "SELECT count (*) FROM messages m WHERE id LIKE 'stream-%%'"
                                 " AND state <> 1 AND m.key <> (SELECT max (key) FROM messages"
                                 " WHERE id LIKE 'stream-%%')"),
                   ==, 0);
}

static void
check_deeds (const char *path, const guint must[N_DEEDS])
{
  if (must[DEED_DRAFT] > 0)
    g_assert_cmpint (
      number (path, "SELECT CAST (draft AS INTEGER) FROM chats WHERE id = '" CHAT_ID "'"), >=,
      must[DEED_DRAFT] - 1);
  if (must[DEED_EDIT] > 0)
    g_assert_cmpint (number (path, "SELECT CAST (text AS INTEGER) FROM parts WHERE message ="
                                   " (SELECT key FROM messages WHERE id = '" EDITED_ID "')"),
                     >=, must[DEED_EDIT] - 1);
  g_assert_cmpint (number (path, "SELECT count (*) FROM messages WHERE id LIKE 'message-%%'"), >=,
                   must[DEED_MESSAGE]);
  g_assert_cmpint (number (path, "SELECT count (*) FROM messages WHERE id LIKE 'version-%%'"), >=,
                   must[DEED_VERSION]);
  g_assert_cmpint (number (path, "SELECT count (*) FROM chats WHERE id LIKE 'import-%%'"), >=,
                   must[DEED_IMPORT] * N_IMPORTED);
  if (must[DEED_STREAM] > 0)
    g_assert_cmpint (number (path,
                             "SELECT coalesce (sum (length (text) - length (replace (text, ' ',"
                             " ''))), 0) FROM parts WHERE message IN (SELECT key FROM messages"
                             " WHERE id LIKE 'stream-%%')"),
                     >=, must[DEED_STREAM]);
}

static guint rounds = 4;

static void
test_hour (void)
{
  guint judged = 0, done = 0;

  for (guint i = 0; i < rounds; i++)
    {
      g_autofree char *path = rnl_store_test_path ();
      guint must[N_DEEDS] = { 0 };
      gboolean fair = kill_after (path, g_test_rand_int_range (0, LONGEST_MS) * 1000, must);

      /* The next start. */
      rnl_store_test_close (rnl_store_test_open (path));
      check_whole (path);
      if (fair)
        check_deeds (path, must);
      judged += fair;
      for (guint deed = 0; deed < N_DEEDS; deed++)
        done += must[deed];
      g_test_message ("drafts %u, messages %u, versions %u, edits %u, words %u, imports %u%s",
                      must[DEED_DRAFT], must[DEED_MESSAGE], must[DEED_VERSION], must[DEED_EDIT],
                      must[DEED_STREAM], must[DEED_IMPORT], fair ? "" : " (not judged)");
    }
  g_test_message ("%u of %u kills judged, %u deeds", judged, rounds, done);
  if (judged == 0)
    g_test_skip ("the machine was too busy to judge lateness in any round");
}

int
main (int argc, char **argv)
{
  /* Before GLib's testing says anything: the child's output is a pipe of records. */
  if (argc == 3 && g_str_equal (argv[1], "--child"))
    return child_main (argv[2]);

  rnl_test_init (&argc, &argv);
  if (argc > 1)
    rounds = (guint) g_ascii_strtoull (argv[1], NULL, 10);
  g_test_add_func ("/kill/hour", test_hour);

  return g_test_run ();
}

/* rnl-cli-approval.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-approval.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

/* One question stands at the terminal at a time; the others wait in line. */
static GQueue waiting = G_QUEUE_INIT;

typedef struct
{
  RnlAgentRun *run;
  RnlPart *call;
  int terminal;
} Question;

static void show_next (void);

static void
question_free (Question *question)
{
  g_object_unref (question->run);
  g_object_unref (question->call);
  if (question->terminal >= 0)
    close (question->terminal);
  g_free (question);
}

static void
answer (Question *question, RnlDecision decision)
{
  rnl_agent_run_decide (question->run, question->call, decision, NULL);
  question_free (question);
  show_next ();
}

static gboolean
terminal_cb (gint fd, GIOCondition condition, gpointer user_data)
{
  Question *question = user_data;
  char line[64];
  gssize n = read (fd, line, sizeof line - 1);

  g_queue_pop_head (&waiting);
  if (n > 0 && (*line == 'y' || *line == 'Y'))
    answer (question, RNL_DECISION_ALLOW_ONCE);
  else if (n > 0 && (*line == 'c' || *line == 'C'))
    answer (question, RNL_DECISION_ALLOW_CHAT);
  else
    answer (question, RNL_DECISION_REFUSE);

  return G_SOURCE_REMOVE;
}

static void
show_next (void)
{
  Question *question = g_queue_peek_head (&waiting);

  if (question == NULL)
    return;

  question->terminal = open ("/dev/tty", O_RDONLY | O_CLOEXEC);
  if (question->terminal < 0)
    {
      g_queue_pop_head (&waiting);
      answer (question, RNL_DECISION_REFUSE);
      return;
    }
  g_printerr ("\nAllow %s %s ? [y]es, yes for this [c]hat, [N]o: ",
              rnl_part_get_name (question->call), rnl_part_get_text (question->call));
  g_unix_fd_add (question->terminal, G_IO_IN | G_IO_HUP | G_IO_ERR, terminal_cb, question);
}

/**
 * rnl_cli_approval_needed_cb:
 * @run: a turn
 * @call: a call that waits
 * @user_data: not used
 *
 * Shows the exact call and reads one line from the terminal without blocking the turn; without a
 * terminal the call is refused.
 */
void
rnl_cli_approval_needed_cb (RnlAgentRun *run, RnlPart *call, gpointer user_data)
{
  Question *question = g_new0 (Question, 1);

  question->run = g_object_ref (run);
  question->call = g_object_ref (call);
  question->terminal = -1;
  g_queue_push_tail (&waiting, question);
  if (g_queue_get_length (&waiting) == 1)
    show_next ();
}

/* rnl-cli-approval.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-approval.h"

#include "rnl-json-value.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

/* A terminal gives no longer line at once. */
#define MAX_LINE 4096

/* One question stands at the terminal at a time; the others wait in line. */
static GQueue waiting = G_QUEUE_INIT;

typedef struct
{
  RnlAgentRun *run;
  RnlPart *call;
  int terminal;
  gboolean editing; /* the next line is the arguments */
} Question;

static void show_next (void);
static void show (Question *question);

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

/* Runs the call with the line as its arguments, or says why not and asks again. */
static void
answer_edited (Question *question, const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rnl_json_strict_parse (line, -1, &error);

  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    g_printerr ("The arguments must be an object, between { and }.");
  else if (node == NULL
           || !rnl_agent_run_decide_full (question->run, question->call, RNL_DECISION_EDIT,
                                          json_node_get_object (node), NULL, &error))
    g_printerr ("%s", error->message);
  else
    {
      g_queue_pop_head (&waiting);
      question_free (question);
      show_next ();
      return;
    }

  question->editing = FALSE;
  show (question);
}

static void
take_line (Question *question, const char *line)
{
  RnlDecision decision = RNL_DECISION_REFUSE;

  if (question->editing)
    {
      answer_edited (question, line);
      return;
    }
  if (*line == 'e' || *line == 'E')
    {
      question->editing = TRUE;
      show (question);
      return;
    }

  if (*line == 'y' || *line == 'Y')
    decision = RNL_DECISION_ALLOW_ONCE;
  else if (*line == 'c' || *line == 'C')
    decision = RNL_DECISION_ALLOW_CHAT;
  g_queue_pop_head (&waiting);
  answer (question, decision);
}

static gboolean
terminal_cb (gint fd, GIOCondition condition, gpointer user_data)
{
  Question *question = user_data;
  char line[MAX_LINE + 1];
  gssize n = read (fd, line, MAX_LINE);

  line[MAX (n, 0)] = '\0';
  /* The end of the terminal is the end of the questions: nothing was allowed. */
  if (n <= 0)
    question->editing = FALSE;
  take_line (question, line);

  return G_SOURCE_REMOVE;
}

static void
show (Question *question)
{
  if (question->editing)
    g_printerr ("Arguments as JSON, on one line: ");
  else
    g_printerr ("\nAllow %s %s ? [y]es, yes for this [c]hat, [e]dit, [N]o: ",
                rnl_part_get_name (question->call), rnl_part_get_text (question->call));
  g_unix_fd_add (question->terminal, G_IO_IN | G_IO_HUP | G_IO_ERR, terminal_cb, question);
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
  show (question);
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

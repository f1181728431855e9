/* rnl-cli-console.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-console.h"

#include <sys/stat.h>
#include <unistd.h>

#include "rnl-context-trim.h"

static const char *
type_nick (RnlRun *run)
{
  return rnl_enum_nick (RNL_TYPE_RUN_TYPE, (gint) rnl_run_get_run_type (run));
}

static gboolean
is_one_place (void)
{
  struct stat out, err;

  return fstat (STDOUT_FILENO, &out) == 0 && fstat (STDERR_FILENO, &err) == 0
         && out.st_dev == err.st_dev && out.st_ino == err.st_ino;
}

/* On a terminal the answer may just be in the middle of a line. */
static void
end_line (gboolean *in_line)
{
  if (in_line == NULL || !*in_line || !is_one_place ())
    return;
  g_printerr ("\n");
  *in_line = FALSE;
}

static void
print_start (RnlRun *run)
{
  g_autofree char *tags = g_strjoinv (", ", (char **) rnl_run_get_tags (run));

  g_printerr ("Start >> %s (%s), tags: %s\n", rnl_run_get_name (run), type_nick (run),
              *tags != '\0' ? tags : "[]");
}

static void
print_end (const char *word, const RnlEvent *event)
{
  g_printerr ("%s >> %s [%s]%s%s\n", word, rnl_run_get_name (event->run), type_nick (event->run),
              event->error != NULL ? ": " : "", event->error != NULL ? event->error->message : "");
}

/* What the model is not sent any more, because its window is full. */
static void
print_custom (const RnlEvent *event)
{
  JsonObject *data;

  if (g_strcmp0 (event->name, RNL_CONTEXT_EVENT_TRIMMED) != 0 || event->data == NULL)
    return;
  data = json_node_get_object (event->data);
  g_printerr ("Left out >> the %" G_GINT64_FORMAT " oldest messages: the model's window is full "
              "(%" G_GINT64_FORMAT " tokens)\n",
              json_object_get_int_member (data, "left_out"),
              json_object_get_int_member (data, "tokens"));
}

/**
 * rnl_cli_console_cb:
 * @source: a run or a scope
 * @event: what happened
 * @user_data: (nullable): a `gboolean`: whether standard output is within a line, which ends before
 *   another one begins where both go to the same place
 *
 * For a signal "event": one line on standard error when a run starts, and one when it ends, and
 * when messages are left out. Runs that are internal are not told about.
 */
void
rnl_cli_console_cb (GObject *source, const RnlEvent *event, gpointer user_data)
{
  if (rnl_run_is_internal (event->run))
    return;

  switch (event->kind)
    {
    case RNL_EVENT_START:
      end_line (user_data);
      print_start (event->run);
      break;
    case RNL_EVENT_END:
      end_line (user_data);
      print_end ("End", event);
      break;
    case RNL_EVENT_ERROR:
      end_line (user_data);
      print_end ("Error", event);
      break;
    case RNL_EVENT_CANCEL:
      end_line (user_data);
      print_end ("Cancel", event);
      break;
    case RNL_EVENT_CUSTOM:
      print_custom (event);
      break;
    case RNL_EVENT_STREAM:
    default:
      break;
    }
}

/**
 * rnl_cli_is_answer_text:
 * @event: what happened
 *
 * Returns: whether it is text of the answer: of a model that the root itself asked
 */
gboolean
rnl_cli_is_answer_text (const RnlEvent *event)
{
  RnlRun *parent = rnl_run_get_parent (event->run);

  return event->kind == RNL_EVENT_STREAM && event->chunk != NULL
         && event->chunk->type == RNL_CHUNK_TEXT && event->chunk->length > 0
         && (parent == NULL || rnl_run_get_parent (parent) == NULL)
         && !rnl_run_is_internal (event->run);
}

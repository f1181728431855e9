/* rnl-cli-console.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-console.h"

static const char *
type_nick (RnlRun *run)
{
  return rnl_enum_nick (RNL_TYPE_RUN_TYPE, (gint) rnl_run_get_run_type (run));
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

/**
 * rnl_cli_console_cb:
 * @source: a run or a scope
 * @event: what happened
 * @user_data: unused
 *
 * For a signal "event": one line on standard error when a run starts, and one when it ends. Runs
 * that are internal are not told about.
 */
void
rnl_cli_console_cb (GObject *source, const RnlEvent *event, gpointer user_data)
{
  if (rnl_run_is_internal (event->run))
    return;

  switch (event->kind)
    {
    case RNL_EVENT_START:
      print_start (event->run);
      break;
    case RNL_EVENT_END:
      print_end ("End", event);
      break;
    case RNL_EVENT_ERROR:
      print_end ("Error", event);
      break;
    case RNL_EVENT_CANCEL:
      print_end ("Cancel", event);
      break;
    case RNL_EVENT_STREAM:
    case RNL_EVENT_CUSTOM:
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

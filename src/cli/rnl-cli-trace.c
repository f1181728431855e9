/* rnl-cli-trace.c: recorded runs: listed, shown, exported, replayed
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "rnl-cli-console.h"
#include "rnl-cli-trace-again.h"
#include "rnl-cli-trace-tree.h"
#include "rnl-json-value.h"
#include "rnl-run-patcher.h"
#include "rnl-run-replay.h"
#include "rnl-text.h"
#include "rnl-trace-folder.h"
#include "rnl-trace-info.h"

#define USAGE "list | show ID | export ID | replay FILE | again ID"

typedef struct
{
  /* options */
  RnlEventFilter filter;
  char *format;
  double speed;
  gboolean json;
  gboolean verbose;
} TraceOptions;

static void
trace_options_clear (TraceOptions *options)
{
  rnl_event_filter_clear (&options->filter);
  g_free (options->format);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TraceOptions, trace_options_clear)

/* list */

static void
print_info (const RnlTraceInfo *info)
{
  g_autofree char *seconds = info->duration >= 0
                               ? g_strdup_printf ("%.1f s", (double) info->duration / 1e6)
                               : g_strdup ("-");

  g_print ("%s  %.19s  %-11s  %8s  %s\n", info->id, info->started, info->status, seconds,
           info->question != NULL ? info->question : info->name);
}

static RnlExit
list_traces (const TraceOptions *options)
{
  g_autoptr (GPtrArray) traces = rnl_trace_list (NULL);
  JsonArray *array = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  for (guint i = 0; i < traces->len; i++)
    if (options->json)
      json_array_add_element (array, rnl_trace_info_to_json (traces->pdata[i]));
    else
      print_info (traces->pdata[i]);
  if (options->json)
    rnl_cli_print_json (node, TRUE);

  return RNL_EXIT_OK;
}

/* show */

static RnlExit
show_trace (const TraceOptions *options, const char *path)
{
  g_autoptr (GError) error = NULL;
  gboolean whole = TRUE;
  g_autoptr (JsonNode) state = rnl_trace_load_state (path, &whole, &error);

  if (state == NULL)
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);
  rnl_cli_trace_tree_print (state, options->json);
  if (!whole)
    g_printerr ("runnel-cli: the last line is torn and was left out: the trace was interrupted\n");

  return RNL_EXIT_OK;
}

/* export of what is on the disk */

static RnlExit
export_lines (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) lines = rnl_trace_load_log (path, &error);

  if (lines == NULL)
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);
  fwrite (g_bytes_get_data (lines, NULL), 1, g_bytes_get_size (lines), stdout);

  return RNL_EXIT_OK;
}

static RnlExit
export_state (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) state = rnl_trace_load_state (path, NULL, &error);

  if (state == NULL)
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);
  rnl_cli_print_json (state, TRUE);

  return RNL_EXIT_OK;
}

/* replay */

typedef struct
{
  const TraceOptions *options;
  RnlRunPatcher *patcher;
  GCancellable *cancellable;
  GAsyncResult *result;
  gboolean interrupted;
  gboolean wrote_text;
  gboolean in_line;
} Replay;

static void
replay_clear (Replay *replay)
{
  g_clear_pointer (&replay->patcher, rnl_run_patcher_free);
  g_clear_object (&replay->cancellable);
  g_clear_object (&replay->result);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Replay, replay_clear)

static void
write_text (Replay *replay, const char *text, gsize length)
{
  if (fwrite (text, 1, length, stdout) != length || fflush (stdout) == EOF)
    g_cancellable_cancel (replay->cancellable);
}

static void
write_line (Replay *replay, JsonNode *node)
{
  g_autofree char *text = rnl_json_to_string (node, FALSE);
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  write_text (replay, line, strlen (line));
}

static void
print_event_cb (RnlRun *root, const RnlEvent *event, Replay *replay)
{
  g_autoptr (JsonNode) node = NULL;

  if (!rnl_event_filter_matches (&replay->options->filter, event))
    return;
  node = rnl_event_to_json (event);
  write_line (replay, node);
}

static void
print_patch_cb (RnlRun *root, const RnlEvent *event, Replay *replay)
{
  g_autoptr (JsonNode) patch = rnl_run_patcher_take_event (replay->patcher, event);

  if (patch != NULL)
    write_line (replay, patch);
}

/* An answer that did not stream as text, by a tool for example, is the output of the root. */
static void
print_output (Replay *replay, JsonNode *output)
{
  JsonObject *object
    = output != NULL && JSON_NODE_HOLDS_OBJECT (output) ? json_node_get_object (output) : NULL;
  const char *content
    = object != NULL ? json_object_get_string_member_with_default (object, "content", "") : "";

  if (!replay->wrote_text)
    write_text (replay, content, strlen (content));
  if (!replay->wrote_text || replay->in_line)
    write_text (replay, "\n", 1);
}

static void
print_text_cb (RnlRun *root, const RnlEvent *event, Replay *replay)
{
  if (rnl_cli_is_answer_text (event))
    {
      replay->wrote_text = replay->in_line = TRUE;
      write_text (replay, event->chunk->text, event->chunk->length);
    }
  else if (event->run == root && event->kind == RNL_EVENT_END)
    print_output (replay, event->data);
}

static gboolean
interrupt_cb (gpointer user_data)
{
  Replay *replay = user_data;

  replay->interrupted = TRUE;
  g_cancellable_cancel (replay->cancellable);

  return G_SOURCE_CONTINUE;
}

static void
connect_output (Replay *replay, RnlRun *run)
{
  const char *format = replay->options->format;

  if (g_str_equal (format, "events"))
    g_signal_connect (run, "event", G_CALLBACK (print_event_cb), replay);
  else if (g_str_equal (format, "log"))
    {
      replay->patcher = rnl_run_patcher_new (run, &replay->options->filter);
      g_signal_connect (run, "event", G_CALLBACK (print_patch_cb), replay);
    }
  else
    {
      if (replay->options->verbose)
        g_signal_connect (run, "event", G_CALLBACK (rnl_cli_console_cb), &replay->in_line);
      g_signal_connect (run, "event", G_CALLBACK (print_text_cb), replay);
    }
}

static RnlExit
play (Replay *replay, RnlRunReplay *player, double speed)
{
  g_autoptr (GError) error = NULL;
  guint interrupt = g_unix_signal_add (SIGINT, interrupt_cb, replay);
  guint terminate = g_unix_signal_add (SIGTERM, interrupt_cb, replay);

  g_clear_object (&replay->result);
  rnl_run_replay_play_async (player, speed, replay->cancellable, rnl_cli_result_cb,
                             &replay->result);
  rnl_cli_wait (&replay->result);
  g_source_remove (interrupt);
  g_source_remove (terminate);
  g_signal_handlers_disconnect_by_data (rnl_run_replay_get_run (player), replay);

  if (rnl_run_replay_play_finish (player, replay->result, &error))
    return RNL_EXIT_OK;
  if (replay->interrupted)
    return RNL_EXIT_INTERRUPTED;

  return rnl_cli_fail_error (RNL_EXIT_FAILED, error);
}

static RnlExit
replay_trace (const TraceOptions *options, const char *path, double speed)
{
  g_auto (Replay) replay = { .options = options, .cancellable = g_cancellable_new () };
  g_autoptr (RnlRunReplay) player = rnl_run_replay_new (path);
  g_autoptr (GError) error = NULL;

  signal (SIGPIPE, SIG_IGN);
  rnl_run_replay_open_async (player, NULL, rnl_cli_result_cb, &replay.result);
  rnl_cli_wait (&replay.result);
  if (!rnl_run_replay_open_finish (player, replay.result, &error))
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);
  connect_output (&replay, rnl_run_replay_get_run (player));

  return play (&replay, player, speed);
}

/* The command */

static gboolean
check_format (TraceOptions *options, const char *verb, GError **error)
{
  static const char *const of_export[] = { "events", "log", "json", NULL };
  static const char *const of_replay[] = { "text", "events", "log", NULL };
  gboolean speed_ok = options->speed >= 0; /* which NaN is not */
  gboolean replays = g_str_equal (verb, "replay");
  const char *const *formats = replays ? of_replay : of_export;
  g_autofree char *all = g_strjoinv (", ", (char **) formats);

  if (options->format == NULL)
    options->format = g_strdup (formats[0]);
  if (g_strv_contains (formats, options->format) && speed_ok)
    return TRUE;
  g_set_error (
    error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
    !speed_ok ? "--speed takes 0 (as fast as it goes) or more" : "--format takes one of: %s", all);

  return FALSE;
}

static gboolean
is_filtered (const RnlEventFilter *filter)
{
  return filter->include_names != NULL || filter->include_types != NULL
         || filter->include_tags != NULL || filter->exclude_names != NULL
         || filter->exclude_types != NULL || filter->exclude_tags != NULL;
}

static RnlExit
run_verb (const TraceOptions *options, const char *verb, const char *path)
{
  if (g_str_equal (verb, "show"))
    return show_trace (options, path);
  if (g_str_equal (verb, "replay"))
    return replay_trace (options, path, options->speed);
  if (g_str_equal (options->format, "log") && !is_filtered (&options->filter))
    return export_lines (path);
  if (g_str_equal (options->format, "json"))
    return export_state (path);

  return replay_trace (options, path, 0);
}

RnlExit
rnl_cli_trace (int argc, char **argv)
{
  static const char *const verbs[] = { "list", "show", "export", "replay", NULL };
  g_auto (TraceOptions) options = { .speed = 1 };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "For list and show: print JSON", NULL },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options.format,
      "For export (default: events) and replay (default: text)", "text|events|log|json" },
    { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &options.speed,
      "For replay: 1 as it was, 10 ten times as fast, 0 as fast as it goes (default: 1)", "X" },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &options.verbose,
      "For replay: tell about runs on standard error", NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = rnl_trace_folder_dup_default ();
  g_autofree char *path = NULL;
  const char *verb;

  if (argc > 1 && g_str_equal (argv[1], "again"))
    return rnl_cli_trace_again (argc - 1, argv + 1);
  if (!rnl_cli_parse_filtered ((GOptionEntry *) entries, &options.filter, USAGE, &argc, &argv,
                               &error))
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);
  verb = argc > 1 ? argv[1] : "";
  if (!g_strv_contains (verbs, verb) || (argc != (g_str_equal (verb, "list") ? 2 : 3)))
    return rnl_cli_fail (RNL_EXIT_USAGE, "trace takes: %s", USAGE);
  if (!check_format (&options, verb, &error))
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);
  if (g_str_equal (verb, "list"))
    return list_traces (&options);

  path = rnl_trace_folder_find (folder, argv[2], &error);
  if (path == NULL)
    return rnl_cli_fail (RNL_EXIT_FAILED, "%s; \"runnel-cli trace list\" shows them",
                         error->message);

  return run_verb (&options, verb, path);
}

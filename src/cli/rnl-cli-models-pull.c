/* rnl-cli-models-pull.c: `models pull`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-models-server.h"

#include <glib-unix.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "rnl-model-download.h"
#include "rnl-text.h"

/* A terminal is written to at most ten times a second, anything else every tenth of the way. */
#define REDRAW_US  (G_USEC_PER_SEC / 10)
#define PLAIN_STEP 10

typedef struct
{
  RnlModelDownload *download;
  GMainLoop *loop;
  gboolean is_terminal;
  gint64 drawn;     /* when the line was written last */
  guint told;       /* the last tenth that was told in plain lines */
  gboolean written; /* a line without its end stands on the terminal */
} Pull;

static guint
get_columns (void)
{
  struct winsize size = { 0 };

  return ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

static void
append_time (GString *line, gint64 seconds)
{
  if (seconds >= 3600)
    g_string_append_printf (line, "  %d h %02d min left", (int) (seconds / 3600),
                            (int) (seconds / 60 % 60));
  else if (seconds >= 60)
    g_string_append_printf (line, "  %d min left", (int) (seconds / 60));
  else if (seconds >= 0)
    g_string_append_printf (line, "  %d s left", (int) seconds);
}

static char *
describe (RnlModelDownload *download)
{
  GString *line = g_string_new (rnl_model_download_get_name (download));
  g_autofree char *completed
    = g_format_size ((guint64) rnl_model_download_get_completed (download));
  g_autofree char *total = g_format_size ((guint64) rnl_model_download_get_total (download));
  double rate = rnl_model_download_get_rate (download);

  switch (rnl_model_download_get_state (download))
    {
    case RNL_MODEL_DOWNLOAD_ASKING:
      g_string_append (line, "  looking it up");
      break;
    case RNL_MODEL_DOWNLOAD_LOADING:
      g_string_append_printf (line, "  %3d%%  %s of %s",
                              (int) (rnl_model_download_get_fraction (download) * 100), completed,
                              total);
      if (rate > 0)
        {
          g_autofree char *speed = g_format_size ((guint64) rate);

          g_string_append_printf (line, "  %s/s", speed);
          append_time (line, rnl_model_download_get_remaining (download));
        }
      break;
    case RNL_MODEL_DOWNLOAD_CHECKING:
      g_string_append_printf (line, "  checking %s", total);
      break;
    case RNL_MODEL_DOWNLOAD_STOPPED:
    case RNL_MODEL_DOWNLOAD_COMPLETE:
    case RNL_MODEL_DOWNLOAD_FAILED:
    default:
      break;
    }

  return g_string_free (line, FALSE);
}

static void
draw_line (Pull *pull)
{
  g_autofree char *text = describe (pull->download);
  g_autofree char *line = rnl_text_ellipsize (text, get_columns () - 1);

  g_print ("\r%s\033[K", line);
  fflush (stdout);
  pull->drawn = g_get_monotonic_time ();
  pull->written = TRUE;
}

static void
write_plain_line (Pull *pull)
{
  g_autofree char *text = describe (pull->download);

  g_print ("%s\n", text);
  fflush (stdout);
}

static void
completed_cb (Pull *pull)
{
  guint tenth = (guint) (rnl_model_download_get_fraction (pull->download) * 100) / PLAIN_STEP;

  if (pull->is_terminal)
    {
      if (g_get_monotonic_time () - pull->drawn >= REDRAW_US)
        draw_line (pull);
    }
  else if (tenth > pull->told)
    {
      pull->told = tenth;
      write_plain_line (pull);
    }
}

static void
state_cb (Pull *pull)
{
  if (!rnl_model_download_is_active (pull->download))
    g_main_loop_quit (pull->loop);
  else if (pull->is_terminal)
    draw_line (pull);
  else if (rnl_model_download_get_state (pull->download) != RNL_MODEL_DOWNLOAD_LOADING)
    write_plain_line (pull); /* its tenths tell that it is loading */
}

static gboolean
interrupted_cb (gpointer user_data)
{
  Pull *pull = user_data;

  rnl_model_download_stop (pull->download);

  return G_SOURCE_CONTINUE;
}

static void
run (Pull *pull)
{
  guint interrupt = g_unix_signal_add (SIGINT, interrupted_cb, pull);
  guint terminate = g_unix_signal_add (SIGTERM, interrupted_cb, pull);

  g_signal_connect_swapped (pull->download, "notify::completed", G_CALLBACK (completed_cb), pull);
  g_signal_connect_swapped (pull->download, "notify::state", G_CALLBACK (state_cb), pull);
  rnl_model_download_start (pull->download);
  if (rnl_model_download_is_active (pull->download))
    g_main_loop_run (pull->loop);
  g_source_remove (interrupt);
  g_source_remove (terminate);
  if (pull->written)
    g_print ("\r\033[K");
}

RnlExit
rnl_cli_models_pull (int argc, char **argv)
{
  g_auto (RnlCliServer) server = { NULL };
  g_autoptr (RnlAccount) account = NULL;
  g_autoptr (RnlModelDownload) download = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *size = NULL;
  Pull pull = { .loop = loop, .is_terminal = isatty (STDOUT_FILENO) };
  RnlExit status;

  account = rnl_cli_server_parse (&server, &argc, &argv, &status);
  if (account == NULL)
    return status;

  pull.download = download = rnl_model_download_new (account, argv[1]);
  run (&pull);
  if (rnl_model_download_get_error (download) != NULL)
    return rnl_cli_fail (RNL_EXIT_FAILED, "%s", rnl_model_download_get_error (download)->message);
  if (rnl_model_download_get_state (download) != RNL_MODEL_DOWNLOAD_COMPLETE)
    return rnl_cli_fail (RNL_EXIT_INTERRUPTED,
                         "stopped; what has arrived is kept, and the same command goes on from it");

  size = g_format_size ((guint64) rnl_model_download_get_total (download));
  g_print ("%s (%s) is on %s\n", argv[1], size, rnl_account_get_title (account));

  return RNL_EXIT_OK;
}

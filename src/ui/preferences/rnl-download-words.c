/* rnl-download-words.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-download-words.h"

#include <glib/gi18n.h>

#include "rnl-provider-error.h"

static char *
dup_remaining (gint64 seconds)
{
  guint minutes = (guint) ((seconds + 59) / 60);

  if (seconds >= 5400)
    return g_strdup_printf (ngettext ("%u hour left", "%u hours left", (minutes + 59) / 60),
                            (minutes + 59) / 60);
  if (seconds >= 60)
    return g_strdup_printf (ngettext ("%u minute left", "%u minutes left", minutes), minutes);

  return g_strdup (_ ("less than a minute left"));
}

static char *
dup_loading (RnlModelDownload *download)
{
  g_autofree char *completed
    = g_format_size ((guint64) rnl_model_download_get_completed (download));
  g_autofree char *total = g_format_size ((guint64) rnl_model_download_get_total (download));
  /* Translators: what has arrived, of how much; "1.2 GB of 4.8 GB" */
  g_autofree char *sizes = g_strdup_printf (_ ("%s of %s"), completed, total);
  gint64 remaining = rnl_model_download_get_remaining (download);
  double rate = rnl_model_download_get_rate (download);
  g_autofree char *speed = g_format_size ((guint64) rate);
  g_autofree char *time = remaining >= 0 ? dup_remaining (remaining) : NULL;

  if (rnl_model_download_get_state (download) != RNL_MODEL_DOWNLOAD_LOADING || time == NULL)
    return g_steal_pointer (&sizes);

  /* Translators: sizes ("1.2 GB of 4.8 GB"), speed ("12 MB"), and time ("2 minutes left") */
  return g_strdup_printf (_ ("%s, %s/s, %s"), sizes, speed, time);
}

/**
 * rnl_download_words_progress:
 * @download: a download
 *
 * Returns: (transfer full): what is going on and how far it is
 */
char *
rnl_download_words_progress (RnlModelDownload *download)
{
  g_autofree char *loading = NULL;

  switch (rnl_model_download_get_state (download))
    {
    case RNL_MODEL_DOWNLOAD_ASKING:
      return g_strdup (_ ("Looking it up…"));
    case RNL_MODEL_DOWNLOAD_CHECKING:
      return g_strdup (_ ("All has arrived and is being checked…"));
    case RNL_MODEL_DOWNLOAD_COMPLETE:
      return g_strdup (_ ("Complete"));
    case RNL_MODEL_DOWNLOAD_STOPPED:
    case RNL_MODEL_DOWNLOAD_FAILED:
      loading = dup_loading (download);
      if (rnl_model_download_get_total (download) == 0)
        return g_strdup (_ ("Stopped"));
      /* Translators: %s is "1.2 GB of 4.8 GB" */
      return g_strdup_printf (_ ("Stopped at %s; what has arrived is kept"), loading);
    case RNL_MODEL_DOWNLOAD_LOADING:
    default:
      return dup_loading (download);
    }
}

/**
 * rnl_download_words_error:
 * @download: a download
 *
 * Returns: (transfer full) (nullable): why it failed and what to do
 */
char *
rnl_download_words_error (RnlModelDownload *download)
{
  const GError *error = rnl_model_download_get_error (download);

  if (error == NULL)
    return NULL;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return g_strdup (_ ("The disk of the server is full. Make room on it, by deleting a model for "
                        "example, then resume."));
  if (g_error_matches (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_MODEL_NOT_FOUND))
    return g_strdup (
      _ ("There is no such model. Check the name, and what stands behind its colon."));
  if (g_error_matches (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK)
      || g_error_matches (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_TIMEOUT))
    return g_strdup (_ ("The server is away. Check that it runs, then resume."));
  if (g_error_matches (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_OVERLOADED))
    return g_strdup (
      _ ("The server cannot reach what it downloads from. Check its connection, then resume."));

  return g_strdup (error->message);
}

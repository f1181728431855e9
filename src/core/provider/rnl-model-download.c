/* rnl-model-download.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-model-download.h"

#include "rnl-provider-error.h"
#include "rnl-pull-error.h"
#include "rnl-pull-progress.h"
#include "rnl-server-command.h"
#include "rnl-text.h"

/**
 * RnlModelDownload:
 *
 * A model that a server fetches because it was told to. Stopping closes the connection, at which
 * the server stops, too, and keeps what it has; started again it goes on from there. While nothing
 * arrives nothing wakes up: all numbers are of the moment in which the server spoke last.
 *
 * It stays alive while it is active.
 */
struct _RnlModelDownload
{
  GObject parent_instance;

  /* owned */
  RnlAccount *account;
  char *name;
  RnlPullProgress *progress;
  GCancellable *cancellable; /* of the attempt that is on */
  GError *error;

  RnlModelDownloadState state;
};

enum
{
  PROP_0,
  PROP_ACCOUNT,
  PROP_NAME,
  PROP_STATE,
  PROP_STATUS,
  PROP_COMPLETED,
  PROP_TOTAL,
  PROP_FRACTION,
  PROP_ERROR,
  N_PROPS,
};

G_DEFINE_ENUM_TYPE (RnlModelDownloadState,
                    rnl_model_download_state,
                    G_DEFINE_ENUM_VALUE (RNL_MODEL_DOWNLOAD_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (RNL_MODEL_DOWNLOAD_ASKING, "asking"),
                    G_DEFINE_ENUM_VALUE (RNL_MODEL_DOWNLOAD_LOADING, "loading"),
                    G_DEFINE_ENUM_VALUE (RNL_MODEL_DOWNLOAD_CHECKING, "checking"),
                    G_DEFINE_ENUM_VALUE (RNL_MODEL_DOWNLOAD_COMPLETE, "complete"),
                    G_DEFINE_ENUM_VALUE (RNL_MODEL_DOWNLOAD_FAILED, "failed"))

G_DEFINE_FINAL_TYPE (RnlModelDownload, rnl_model_download, G_TYPE_OBJECT)

static GParamSpec *props[N_PROPS];

static void
rnl_model_download_dispose (GObject *object)
{
  RnlModelDownload *self = RNL_MODEL_DOWNLOAD (object);

  g_clear_object (&self->account);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (rnl_model_download_parent_class)->dispose (object);
}

static void
rnl_model_download_finalize (GObject *object)
{
  RnlModelDownload *self = RNL_MODEL_DOWNLOAD (object);

  rnl_pull_progress_free (self->progress);
  g_clear_error (&self->error);
  g_free (self->name);

  G_OBJECT_CLASS (rnl_model_download_parent_class)->finalize (object);
}

static void
rnl_model_download_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RnlModelDownload *self = RNL_MODEL_DOWNLOAD (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_STATE:
      g_value_set_enum (value, (gint) self->state);
      break;
    case PROP_STATUS:
      g_value_set_string (value, rnl_model_download_get_status (self));
      break;
    case PROP_COMPLETED:
      g_value_set_int64 (value, rnl_model_download_get_completed (self));
      break;
    case PROP_TOTAL:
      g_value_set_int64 (value, rnl_model_download_get_total (self));
      break;
    case PROP_FRACTION:
      g_value_set_double (value, rnl_model_download_get_fraction (self));
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_model_download_class_init (RnlModelDownloadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = rnl_model_download_dispose;
  object_class->finalize = rnl_model_download_finalize;
  object_class->get_property = rnl_model_download_get_property;

  /**
   * RnlModelDownload:account:
   *
   * Whose server fetches it.
   */
  props[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, RNL_TYPE_ACCOUNT, flags);
  /**
   * RnlModelDownload:name:
   *
   * Which model.
   */
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  /**
   * RnlModelDownload:state:
   *
   * What is going on. The other properties have changed already when this one tells.
   */
  props[PROP_STATE]
    = g_param_spec_enum ("state", NULL, NULL, RNL_TYPE_MODEL_DOWNLOAD_STATE,
                         RNL_MODEL_DOWNLOAD_STOPPED, flags | G_PARAM_EXPLICIT_NOTIFY);
  /**
   * RnlModelDownload:status:
   *
   * The server’s own last word, in English; nothing to decide by.
   */
  props[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, flags);
  /**
   * RnlModelDownload:completed:
   *
   * How many bytes the server has. It never falls.
   */
  props[PROP_COMPLETED] = g_param_spec_int64 ("completed", NULL, NULL, 0, G_MAXINT64, 0, flags);
  /**
   * RnlModelDownload:total:
   *
   * How many bytes there are, as far as the server has named them; 0 before it has.
   */
  props[PROP_TOTAL] = g_param_spec_int64 ("total", NULL, NULL, 0, G_MAXINT64, 0, flags);
  /**
   * RnlModelDownload:fraction:
   *
   * How much is done. It never falls.
   */
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);
  /**
   * RnlModelDownload:error:
   *
   * Why it failed, with what to do about it.
   */
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_model_download_init (RnlModelDownload *self)
{
  self->progress = rnl_pull_progress_new ();
}

/**
 * rnl_model_download_new:
 * @account: whose server is to fetch it
 * @name: which model
 *
 * Returns: (transfer full): a download that was not started
 */
RnlModelDownload *
rnl_model_download_new (RnlAccount *account, const char *name)
{
  RnlModelDownload *self;

  g_return_val_if_fail (RNL_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (RNL_TYPE_MODEL_DOWNLOAD, NULL);
  self->account = g_object_ref (account);
  self->name = g_strdup (name);

  return self;
}

static void
set_state (RnlModelDownload *self, RnlModelDownloadState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
set_error (RnlModelDownload *self, GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

/* Which numbers a line has changed is told, and nothing else. */
static void
feed (RnlModelDownload *self, JsonObject *line)
{
  gint64 completed = rnl_pull_progress_get_completed (self->progress);
  gint64 total = rnl_pull_progress_get_total (self->progress);
  double fraction = rnl_pull_progress_get_fraction (self->progress);
  g_autofree char *status = g_strdup (rnl_pull_progress_get_status (self->progress));

  rnl_pull_progress_feed (self->progress, line, g_get_monotonic_time ());
  if (g_strcmp0 (status, rnl_pull_progress_get_status (self->progress)) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATUS]);
  if (total != rnl_pull_progress_get_total (self->progress))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOTAL]);
  if (completed != rnl_pull_progress_get_completed (self->progress))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COMPLETED]);
  if (fraction < rnl_pull_progress_get_fraction (self->progress))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
}

static void
line_cb (JsonObject *line, gpointer user_data)
{
  RnlModelDownload *self = user_data;

  g_object_freeze_notify (G_OBJECT (self));
  feed (self, line);
  switch (rnl_pull_progress_get_phase (self->progress))
    {
    case RNL_PULL_ASKING:
      set_state (self, RNL_MODEL_DOWNLOAD_ASKING);
      break;
    case RNL_PULL_LOADING:
      set_state (self, RNL_MODEL_DOWNLOAD_LOADING);
      break;
    case RNL_PULL_CHECKING:
    case RNL_PULL_COMPLETE: /* told when the answer has ended */
    default:
      set_state (self, RNL_MODEL_DOWNLOAD_CHECKING);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static GError *
explain (RnlModelDownload *self, const GError *error)
{
  const char *title = rnl_account_get_title (self->account);

  if (error == NULL)
    return rnl_provider_error_new (RNL_PROVIDER_ERROR_NETWORK,
                                   "%s stopped in the middle of the download. Resume: what has "
                                   "arrived is kept.",
                                   title);

  return rnl_pull_error_explain (title, self->name, error);
}

static void
end (RnlModelDownload *self, const GError *error)
{
  g_clear_object (&self->cancellable);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_state (self, RNL_MODEL_DOWNLOAD_STOPPED);
  else if (error == NULL && rnl_pull_progress_get_phase (self->progress) == RNL_PULL_COMPLETE)
    set_state (self, RNL_MODEL_DOWNLOAD_COMPLETE);
  else
    {
      set_error (self, explain (self, error));
      set_state (self, RNL_MODEL_DOWNLOAD_FAILED);
    }
}

static void
pull_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlModelDownload) self = user_data;
  g_autoptr (GError) error = NULL;

  (void) rnl_server_command_finish (RNL_ACCOUNT (source), result, &error);
  end (self, error);
}

/**
 * rnl_model_download_start:
 * @self: a download
 *
 * Begins, or goes on after it was stopped or has failed; does nothing while it is active, is being
 * stopped or is complete. The state is another one when this returns.
 *
 * Source: Ollama API reference, "Pull a Model" (as of 0.6).
 */
void
rnl_model_download_start (RnlModelDownload *self)
{
  g_autoptr (GBytes) json = NULL;

  g_return_if_fail (RNL_IS_MODEL_DOWNLOAD (self));

  if (self->cancellable != NULL || self->state == RNL_MODEL_DOWNLOAD_COMPLETE)
    return;
  self->cancellable = g_cancellable_new ();
  rnl_pull_progress_restart (self->progress);
  json = rnl_server_command_new_body (self->name);
  rnl_server_command_async (
    self->account,
    &(RnlServerCommand){ .method = "POST",
                         .path = "api/pull",
                         .model = self->name,
                         .json = json,
                         .idle_timeout_ms = RNL_MODEL_DOWNLOAD_IDLE_TIMEOUT_MS,
                         .on_line = line_cb,
                         .user_data = self },
    self->cancellable, pull_cb, g_object_ref (self));
  set_error (self, NULL);
  set_state (self, RNL_MODEL_DOWNLOAD_ASKING);
}

/**
 * rnl_model_download_stop:
 * @self: a download
 *
 * Closes the connection. The state tells when that is done.
 */
void
rnl_model_download_stop (RnlModelDownload *self)
{
  g_return_if_fail (RNL_IS_MODEL_DOWNLOAD (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/**
 * rnl_model_download_get_account:
 * @self: a download
 *
 * Returns: (transfer none): whose server fetches it
 */
RnlAccount *
rnl_model_download_get_account (RnlModelDownload *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_DOWNLOAD (self), NULL);

  return self->account;
}

/**
 * rnl_model_download_get_name:
 * @self: a download
 *
 * Returns: (transfer none): which model
 */
const char *
rnl_model_download_get_name (RnlModelDownload *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_DOWNLOAD (self), NULL);

  return self->name;
}

/**
 * rnl_model_download_get_state:
 * @self: a download
 *
 * Returns: what is going on
 */
RnlModelDownloadState
rnl_model_download_get_state (RnlModelDownload *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_DOWNLOAD (self), RNL_MODEL_DOWNLOAD_FAILED);

  return self->state;
}

/**
 * rnl_model_download_is_active:
 * @self: a download
 *
 * Returns: whether the server is at work
 */
gboolean
rnl_model_download_is_active (RnlModelDownload *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_DOWNLOAD (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * rnl_model_download_get_status:
 * @self: a download
 *
 * Returns: (transfer none) (nullable): the server's own last word
 */
const char *
rnl_model_download_get_status (RnlModelDownload *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_DOWNLOAD (self), NULL);

  return rnl_pull_progress_get_status (self->progress);
}

/**
 * rnl_model_download_get_completed:
 * @self: a download
 *
 * Returns: how many bytes the server has
 */
gint64
rnl_model_download_get_completed (RnlModelDownload *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_DOWNLOAD (self), 0);

  return rnl_pull_progress_get_completed (self->progress);
}

/**
 * rnl_model_download_get_total:
 * @self: a download
 *
 * Returns: how many bytes there are, as far as the server has named them; 0 before it has
 */
gint64
rnl_model_download_get_total (RnlModelDownload *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_DOWNLOAD (self), 0);

  return rnl_pull_progress_get_total (self->progress);
}

/**
 * rnl_model_download_get_fraction:
 * @self: a download
 *
 * Returns: how much is done, 0 to 1
 */
double
rnl_model_download_get_fraction (RnlModelDownload *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_DOWNLOAD (self), 0);

  return rnl_pull_progress_get_fraction (self->progress);
}

/**
 * rnl_model_download_get_rate:
 * @self: a download
 *
 * Returns: how fast it came in the last few seconds, in bytes a second; 0 when nobody knows
 */
double
rnl_model_download_get_rate (RnlModelDownload *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_DOWNLOAD (self), 0);

  return rnl_pull_progress_get_rate (self->progress);
}

/**
 * rnl_model_download_get_remaining:
 * @self: a download
 *
 * Returns: how long the rest will take, in seconds; -1 when nobody knows
 */
gint64
rnl_model_download_get_remaining (RnlModelDownload *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_DOWNLOAD (self), -1);

  return rnl_pull_progress_get_remaining (self->progress);
}

/**
 * rnl_model_download_get_error:
 * @self: a download
 *
 * Errors: `G_IO_ERROR_NO_SPACE` when the disk of the server is full; `RNL_PROVIDER_ERROR`.
 *
 * Returns: (transfer none) (nullable): why it failed
 */
const GError *
rnl_model_download_get_error (RnlModelDownload *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_DOWNLOAD (self), NULL);

  return self->error;
}

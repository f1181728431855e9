/* rnl-model-downloads.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-model-downloads.h"

#include "rnl-model-library.h"

/**
 * RnlModelDownloads:
 *
 * A `GListModel` of [class@Runnel.ModelDownload]s: those that are active, and those that were
 * stopped or have failed and can be resumed. One that is complete leaves the list, and so does one
 * whose account is removed. It is nobody's window: downloads go on when none shows them.
 */
struct _RnlModelDownloads
{
  GObject parent_instance;

  /* owned */
  RnlAccounts *accounts;
  GListStore *list;

  guint n_active;
};

enum
{
  PROP_0,
  PROP_N_ACTIVE,
  N_PROPS,
};

enum
{
  ENDED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return RNL_TYPE_MODEL_DOWNLOAD;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (RNL_MODEL_DOWNLOADS (model)->list));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (RNL_MODEL_DOWNLOADS (model)->list), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlModelDownloads,
                               rnl_model_downloads,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
rnl_model_downloads_dispose (GObject *object)
{
  RnlModelDownloads *self = RNL_MODEL_DOWNLOADS (object);

  for (guint i = 0; self->list != NULL && i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (RnlModelDownload) download = get_item (G_LIST_MODEL (self), i);

      rnl_model_download_stop (download);
    }
  g_clear_object (&self->list);
  g_clear_object (&self->accounts);

  G_OBJECT_CLASS (rnl_model_downloads_parent_class)->dispose (object);
}

static void
rnl_model_downloads_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RnlModelDownloads *self = RNL_MODEL_DOWNLOADS (object);

  switch (prop_id)
    {
    case PROP_N_ACTIVE:
      g_value_set_uint (value, self->n_active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_model_downloads_class_init (RnlModelDownloadsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_model_downloads_dispose;
  object_class->get_property = rnl_model_downloads_get_property;

  /**
   * RnlModelDownloads:n-active:
   *
   * How many servers are at work.
   */
  props[PROP_N_ACTIVE]
    = g_param_spec_uint ("n-active", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * RnlModelDownloads::ended:
   * @self: the list
   * @download: which one
   *
   * A download is complete, or has failed; not told of one that was stopped. Emitted on the main
   * thread after the properties of @download have changed; a complete one has left the list.
   */
  signals[ENDED] = g_signal_new ("ended", RNL_TYPE_MODEL_DOWNLOADS, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, RNL_TYPE_MODEL_DOWNLOAD);
}

static void
rnl_model_downloads_init (RnlModelDownloads *self)
{
  self->list = g_list_store_new (RNL_TYPE_MODEL_DOWNLOAD);
  g_signal_connect_swapped (self->list, "items-changed", G_CALLBACK (g_list_model_items_changed),
                            self);
}

static void
count_active (RnlModelDownloads *self)
{
  guint n = 0;

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (RnlModelDownload) download = get_item (G_LIST_MODEL (self), i);

      n += rnl_model_download_is_active (download) ? 1 : 0;
    }
  if (n == self->n_active)
    return;
  self->n_active = n;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ACTIVE]);
}

static gboolean
is_in (GListModel *list, gpointer item)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) other = g_list_model_get_item (list, i);

      if (other == item)
        return TRUE;
    }

  return FALSE;
}

/* Backwards, since some leave. */
static void
accounts_changed_cb (RnlModelDownloads *self)
{
  for (guint i = get_n_items (G_LIST_MODEL (self)); i-- > 0;)
    {
      g_autoptr (RnlModelDownload) download = get_item (G_LIST_MODEL (self), i);

      if (!is_in (G_LIST_MODEL (self->accounts), rnl_model_download_get_account (download)))
        rnl_model_downloads_forget (self, download);
    }
}

/**
 * rnl_model_downloads_new:
 * @accounts: whose accounts may have downloads
 *
 * Returns: (transfer full): an empty list. Downloads stop when it goes
 */
RnlModelDownloads *
rnl_model_downloads_new (RnlAccounts *accounts)
{
  RnlModelDownloads *self = g_object_new (RNL_TYPE_MODEL_DOWNLOADS, NULL);

  self->accounts = g_object_ref (accounts);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (accounts_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

static void
take_out (RnlModelDownloads *self, RnlModelDownload *download)
{
  guint position;

  if (g_list_store_find (self->list, download, &position))
    g_list_store_remove (self->list, position);
}

static void
state_changed_cb (RnlModelDownload *download, GParamSpec *pspec, RnlModelDownloads *self)
{
  g_autoptr (RnlModelDownload) alive = g_object_ref (download);
  RnlModelDownloadState state = rnl_model_download_get_state (download);

  if (state == RNL_MODEL_DOWNLOAD_COMPLETE)
    take_out (self, download);
  count_active (self);
  if (state == RNL_MODEL_DOWNLOAD_COMPLETE || state == RNL_MODEL_DOWNLOAD_FAILED)
    g_signal_emit (self, signals[ENDED], 0, download);
}

static RnlModelDownload *
find (RnlModelDownloads *self, RnlAccount *account, const char *name)
{
  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (RnlModelDownload) download = get_item (G_LIST_MODEL (self), i);

      if (rnl_model_download_get_account (download) == account
          && g_str_equal (rnl_model_download_get_name (download), name))
        return download; /* the list has it */
    }

  return NULL;
}

/**
 * rnl_model_downloads_start:
 * @self: a list
 * @account: whose server is to fetch it
 * @name: which model
 * @error: return location for an error
 *
 * Starts a download, or goes on with the one that is there.
 *
 * Errors: `RNL_PROVIDER_ERROR_BAD_REQUEST` when @name is no name of a model.
 *
 * Returns: (transfer none) (nullable): the download
 */
RnlModelDownload *
rnl_model_downloads_start (RnlModelDownloads *self,
                           RnlAccount *account,
                           const char *name,
                           GError **error)
{
  RnlModelDownload *download;

  g_return_val_if_fail (RNL_IS_MODEL_DOWNLOADS (self), NULL);
  g_return_val_if_fail (RNL_IS_ACCOUNT (account), NULL);

  if (!rnl_model_library_check_name (name, error))
    return NULL;
  download = find (self, account, name);
  if (download == NULL)
    {
      g_autoptr (RnlModelDownload) added = rnl_model_download_new (account, name);

      g_signal_connect_object (added, "notify::state", G_CALLBACK (state_changed_cb), self, 0);
      g_list_store_append (self->list, added);
      download = added;
    }
  rnl_model_download_start (download);

  return download;
}

/**
 * rnl_model_downloads_forget:
 * @self: a list
 * @download: one of it
 *
 * Stops it and takes it from the list. What has arrived stays on the server's disk.
 */
void
rnl_model_downloads_forget (RnlModelDownloads *self, RnlModelDownload *download)
{
  g_return_if_fail (RNL_IS_MODEL_DOWNLOADS (self));
  g_return_if_fail (RNL_IS_MODEL_DOWNLOAD (download));

  g_signal_handlers_disconnect_by_func (download, state_changed_cb, self);
  rnl_model_download_stop (download);
  take_out (self, download);
  count_active (self);
}

/**
 * rnl_model_downloads_get_n_active:
 * @self: a list
 *
 * Returns: how many servers are at work
 */
guint
rnl_model_downloads_get_n_active (RnlModelDownloads *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_DOWNLOADS (self), 0);

  return self->n_active;
}

/* rnl-model-download.h: a model on its way to a server's disk
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-account.h"

G_BEGIN_DECLS

/**
 * RNL_MODEL_DOWNLOAD_IDLE_TIMEOUT_MS:
 *
 * How long a server may say nothing while it fetches a model, in milliseconds: it checks what has
 * come in silence, which takes minutes for a large one.
 */
#define RNL_MODEL_DOWNLOAD_IDLE_TIMEOUT_MS (15 * 60 * 1000)

/**
 * RnlModelDownloadState:
 * @RNL_MODEL_DOWNLOAD_STOPPED: nothing goes on; what has arrived is kept by the server
 * @RNL_MODEL_DOWNLOAD_ASKING: the server looks up what belongs to the model
 * @RNL_MODEL_DOWNLOAD_LOADING: bytes arrive
 * @RNL_MODEL_DOWNLOAD_CHECKING: all has arrived and is checked
 * @RNL_MODEL_DOWNLOAD_COMPLETE: the server has the model
 * @RNL_MODEL_DOWNLOAD_FAILED: see [property@Runnel.ModelDownload:error]; it can be started again
 *
 * What is going on.
 */
typedef enum
{
  RNL_MODEL_DOWNLOAD_STOPPED,
  RNL_MODEL_DOWNLOAD_ASKING,
  RNL_MODEL_DOWNLOAD_LOADING,
  RNL_MODEL_DOWNLOAD_CHECKING,
  RNL_MODEL_DOWNLOAD_COMPLETE,
  RNL_MODEL_DOWNLOAD_FAILED,
} RnlModelDownloadState;

#define RNL_TYPE_MODEL_DOWNLOAD_STATE (rnl_model_download_state_get_type ())
GType rnl_model_download_state_get_type (void);

#define RNL_TYPE_MODEL_DOWNLOAD (rnl_model_download_get_type ())
G_DECLARE_FINAL_TYPE (RnlModelDownload, rnl_model_download, RNL, MODEL_DOWNLOAD, GObject)

RnlModelDownload *rnl_model_download_new (RnlAccount *account, const char *name);

void rnl_model_download_start (RnlModelDownload *self);
void rnl_model_download_stop (RnlModelDownload *self);

RnlAccount *rnl_model_download_get_account (RnlModelDownload *self);
const char *rnl_model_download_get_name (RnlModelDownload *self);
RnlModelDownloadState rnl_model_download_get_state (RnlModelDownload *self);
gboolean rnl_model_download_is_active (RnlModelDownload *self);
const char *rnl_model_download_get_status (RnlModelDownload *self);
gint64 rnl_model_download_get_completed (RnlModelDownload *self);
gint64 rnl_model_download_get_total (RnlModelDownload *self);
double rnl_model_download_get_fraction (RnlModelDownload *self);
double rnl_model_download_get_rate (RnlModelDownload *self);
gint64 rnl_model_download_get_remaining (RnlModelDownload *self);
const GError *rnl_model_download_get_error (RnlModelDownload *self);

G_END_DECLS

/* rnl-download-row.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-download-row.h"

#include <glib/gi18n.h>

#include "rnl-download-words.h"

/**
 * RnlDownloadRow:
 *
 * How far a download is, with Cancel while it is active and Resume when it is not. It is drawn when
 * the server has said something, and then alone.
 */
struct _RnlDownloadRow
{
  GtkListBoxRow parent_instance;

  /* template children */
  GtkLabel *title;
  GtkProgressBar *bar;
  GtkLabel *words;
  GtkLabel *trouble;
  GtkWidget *resume;
  GtkWidget *cancel;
  GtkWidget *forget;

  /* owned */
  RnlModelDownloads *downloads;
  RnlModelDownload *download;
};

G_DEFINE_FINAL_TYPE (RnlDownloadRow, rnl_download_row, GTK_TYPE_LIST_BOX_ROW)

static void
update_progress (RnlDownloadRow *self)
{
  g_autofree char *words = rnl_download_words_progress (self->download);

  gtk_progress_bar_set_fraction (self->bar, rnl_model_download_get_fraction (self->download));
  gtk_label_set_label (self->words, words);
}

static void
update_state (RnlDownloadRow *self)
{
  g_autofree char *trouble = rnl_download_words_error (self->download);
  gboolean active = rnl_model_download_is_active (self->download);

  update_progress (self);
  gtk_label_set_label (self->trouble, trouble != NULL ? trouble : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), trouble != NULL);
  gtk_widget_set_visible (self->cancel, active);
  gtk_widget_set_visible (self->resume, !active);
  gtk_widget_set_visible (self->forget, !active);
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_model_download_stop (RNL_DOWNLOAD_ROW (widget)->download);
}

static void
resume_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_model_download_start (RNL_DOWNLOAD_ROW (widget)->download);
}

static void
forget_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (RnlDownloadRow) self = g_object_ref (RNL_DOWNLOAD_ROW (widget));

  rnl_model_downloads_forget (self->downloads, self->download);
}

static void
rnl_download_row_dispose (GObject *object)
{
  RnlDownloadRow *self = RNL_DOWNLOAD_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_DOWNLOAD_ROW);
  g_clear_object (&self->download);
  g_clear_object (&self->downloads);

  G_OBJECT_CLASS (rnl_download_row_parent_class)->dispose (object);
}

static void
rnl_download_row_class_init (RnlDownloadRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_download_row_dispose;

  gtk_widget_class_install_action (widget_class, "download.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "download.resume", NULL, resume_action);
  gtk_widget_class_install_action (widget_class, "download.forget", NULL, forget_action);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/ui/rnl-download-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlDownloadRow, title);
  gtk_widget_class_bind_template_child (widget_class, RnlDownloadRow, bar);
  gtk_widget_class_bind_template_child (widget_class, RnlDownloadRow, words);
  gtk_widget_class_bind_template_child (widget_class, RnlDownloadRow, trouble);
  gtk_widget_class_bind_template_child (widget_class, RnlDownloadRow, resume);
  gtk_widget_class_bind_template_child (widget_class, RnlDownloadRow, cancel);
  gtk_widget_class_bind_template_child (widget_class, RnlDownloadRow, forget);
}

static void
rnl_download_row_init (RnlDownloadRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rnl_download_row_new:
 * @downloads: the list it is in
 * @download: which one
 *
 * Returns: (transfer none): a row
 */
GtkWidget *
rnl_download_row_new (RnlModelDownloads *downloads, RnlModelDownload *download)
{
  RnlDownloadRow *self = g_object_new (RNL_TYPE_DOWNLOAD_ROW, NULL);

  self->downloads = g_object_ref (downloads);
  self->download = g_object_ref (download);
  gtk_label_set_label (self->title, rnl_model_download_get_name (download));
  g_signal_connect_object (download, "notify::completed", G_CALLBACK (update_progress), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (download, "notify::total", G_CALLBACK (update_progress), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (download, "notify::state", G_CALLBACK (update_state), self,
                           G_CONNECT_SWAPPED);
  update_state (self);

  return GTK_WIDGET (self);
}

/* rnl-attachment-tray.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-attachment-tray.h"

#include "rnl-attachment-chip.h"
#include "rnl-draft-file.h"

/**
 * RnlAttachmentTray:
 *
 * A chip for each [class@DraftFile] of a list, each with a button that takes it off the list;
 * scrolls sideways, and shows only while there is one. Signal: `emptied`, when a person has taken
 * the last one off.
 */
struct _RnlAttachmentTray
{
  GtkWidget parent_instance;

  /* owned */
  GListStore *files;

  /* children */
  GtkWidget *scroller;
  GtkWidget *box;
};

enum
{
  EMPTIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlAttachmentTray, rnl_attachment_tray, GTK_TYPE_WIDGET)

static GtkWidget *
nth_chip (RnlAttachmentTray *self, guint n)
{
  GtkWidget *chip = gtk_widget_get_first_child (self->box);

  while (chip != NULL && n-- > 0)
    chip = gtk_widget_get_next_sibling (chip);

  return chip;
}

static void
loading_cb (RnlDraftFile *file, GParamSpec *pspec, RnlAttachmentChip *chip)
{
  if (rnl_draft_file_get_part (file) != NULL)
    rnl_attachment_chip_set_part (chip, rnl_draft_file_get_part (file));
  else if (rnl_draft_file_get_problem (file) != NULL)
    rnl_attachment_chip_set_problem (chip, rnl_draft_file_get_problem (file));
}

/* Who works with the keyboard goes on with the next one. */
static void
remove_cb (GtkWidget *button, RnlDraftFile *file)
{
  RnlAttachmentTray *self
    = RNL_ATTACHMENT_TRAY (gtk_widget_get_ancestor (button, RNL_TYPE_ATTACHMENT_TRAY));
  guint position, n;

  if (!g_list_store_find (self->files, file, &position))
    return;

  g_list_store_remove (self->files, position);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->files));
  if (n > 0)
    gtk_widget_child_focus (nth_chip (self, MIN (position, n - 1)), GTK_DIR_TAB_FORWARD);
  else
    g_signal_emit (self, signals[EMPTIED], 0);
}

static GtkWidget *
make_chip (RnlDraftFile *file)
{
  GtkWidget *chip = rnl_attachment_chip_new (rnl_draft_file_get_name (file));
  GtkWidget *button = rnl_attachment_chip_add_remove_button (RNL_ATTACHMENT_CHIP (chip));

  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), file, 0);
  g_signal_connect_object (file, "notify::loading", G_CALLBACK (loading_cb), chip, 0);
  loading_cb (file, NULL, RNL_ATTACHMENT_CHIP (chip));

  return chip;
}

static void
items_changed_cb (
  GListModel *files, guint position, guint removed, guint added, RnlAttachmentTray *self)
{
  GtkWidget *before = position > 0 ? nth_chip (self, position - 1) : NULL;

  while (removed-- > 0)
    gtk_box_remove (GTK_BOX (self->box), nth_chip (self, position));
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (RnlDraftFile) file = g_list_model_get_item (files, i);
      GtkWidget *chip = make_chip (file);

      gtk_box_insert_child_after (GTK_BOX (self->box), chip, before);
      before = chip;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (files) > 0);
}

static void
set_files (RnlAttachmentTray *self, GListStore *files)
{
  GtkWidget *chip;

  if (self->files != NULL)
    g_signal_handlers_disconnect_by_data (self->files, self);
  while ((chip = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), chip);
  g_set_object (&self->files, files);
}

static void
rnl_attachment_tray_dispose (GObject *object)
{
  RnlAttachmentTray *self = RNL_ATTACHMENT_TRAY (object);

  if (self->scroller != NULL)
    set_files (self, NULL);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (rnl_attachment_tray_parent_class)->dispose (object);
}

static void
rnl_attachment_tray_class_init (RnlAttachmentTrayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_attachment_tray_dispose;
  signals[EMPTIED] = g_signal_new ("emptied", RNL_TYPE_ATTACHMENT_TRAY, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tray");
}

static void
rnl_attachment_tray_init (RnlAttachmentTray *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * rnl_attachment_tray_set_files:
 * @self: a tray
 * @files: a list of [class@DraftFile]
 */
void
rnl_attachment_tray_set_files (RnlAttachmentTray *self, GListStore *files)
{
  g_return_if_fail (RNL_IS_ATTACHMENT_TRAY (self));

  if (self->files == files)
    return;

  set_files (self, files);
  g_signal_connect (files, "items-changed", G_CALLBACK (items_changed_cb), self);
  items_changed_cb (G_LIST_MODEL (files), 0, 0, g_list_model_get_n_items (G_LIST_MODEL (files)),
                    self);
}

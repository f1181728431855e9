/* rnl-answer-fold.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-fold.h"
#include "rnl-answer-style.h"

#include <glib/gi18n.h>

/**
 * RnlAnswerFold:
 *
 * A button in place of what is left of a long list or a long line. The owner of the blocks shows
 * them when it is opened, and takes it away when none is left.
 */
struct _RnlAnswerFold
{
  GtkWidget parent_instance;

  GtkWidget *button;
  guint n_items; /* that the label says */
  gboolean open;
};

enum
{
  OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlAnswerFold, rnl_answer_fold, GTK_TYPE_WIDGET)

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_answer_fold_open (RNL_ANSWER_FOLD (widget));
}

static void
rnl_answer_fold_dispose (GObject *object)
{
  g_clear_pointer (&RNL_ANSWER_FOLD (object)->button, gtk_widget_unparent);

  G_OBJECT_CLASS (rnl_answer_fold_parent_class)->dispose (object);
}

static void
rnl_answer_fold_class_init (RnlAnswerFoldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_answer_fold_dispose;

  /**
   * RnlAnswerFold::opened:
   * @self: the fold
   *
   * What it stands for is to be shown.
   */
  signals[OPENED] = g_signal_new ("opened", RNL_TYPE_ANSWER_FOLD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "fold.show-all", NULL, open_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
rnl_answer_fold_init (RnlAnswerFold *self)
{
  self->button = rnl_answer_style_new_more ("fold.show-all");
  gtk_button_set_label (GTK_BUTTON (self->button), _ ("Show All of This Paragraph"));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * rnl_answer_fold_new:
 *
 * Returns: (transfer floating): a fold in a paragraph
 */
GtkWidget *
rnl_answer_fold_new (void)
{
  return g_object_new (RNL_TYPE_ANSWER_FOLD, NULL);
}

/**
 * rnl_answer_fold_set_items:
 * @self: a fold
 * @n_items: how many items the list has that it is in
 *
 * Says that it is in a list, and how much there is to show.
 */
void
rnl_answer_fold_set_items (RnlAnswerFold *self, guint n_items)
{
  g_autofree char *label = NULL;

  g_return_if_fail (RNL_IS_ANSWER_FOLD (self));

  if (self->n_items == n_items)
    return;
  self->n_items = n_items;
  label = g_strdup_printf (g_dngettext (NULL, "Show All (%u Item)", "Show All (%u Items)", n_items),
                           n_items);
  gtk_button_set_label (GTK_BUTTON (self->button), label);
}

/**
 * rnl_answer_fold_is_open:
 * @self: a fold
 *
 * Returns: whether what it stands for is being shown
 */
gboolean
rnl_answer_fold_is_open (RnlAnswerFold *self)
{
  g_return_val_if_fail (RNL_IS_ANSWER_FOLD (self), FALSE);

  return self->open;
}

/**
 * rnl_answer_fold_open:
 * @self: a fold
 *
 * Asks for what it stands for.
 */
void
rnl_answer_fold_open (RnlAnswerFold *self)
{
  g_return_if_fail (RNL_IS_ANSWER_FOLD (self));

  if (self->open)
    return;
  self->open = TRUE;
  gtk_widget_set_sensitive (self->button, FALSE);
  g_signal_emit (self, signals[OPENED], 0);
}

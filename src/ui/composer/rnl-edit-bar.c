/* rnl-edit-bar.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-edit-bar.h"

#include "rnl-compat-accessible.h"

/**
 * RnlEditBar:
 *
 * A line above the composer while a message is being edited, with a button to leave it. Signal:
 * `cancelled`.
 */
struct _RnlEditBar
{
  GtkWidget parent_instance;

  /* template children */
  GtkRevealer *revealer;

  /* owned */
  RnlMessage *message;
};

enum
{
  CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlEditBar, rnl_edit_bar, GTK_TYPE_WIDGET)

static void
cancel_cb (RnlEditBar *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

static void
rnl_edit_bar_dispose (GObject *object)
{
  RnlEditBar *self = RNL_EDIT_BAR (object);

  g_clear_object (&self->message);
  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_EDIT_BAR);

  G_OBJECT_CLASS (rnl_edit_bar_parent_class)->dispose (object);
}

static void
rnl_edit_bar_class_init (RnlEditBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_edit_bar_dispose;

  signals[CANCELLED] = g_signal_new ("cancelled", RNL_TYPE_EDIT_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/ui/rnl-edit-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlEditBar, revealer);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_set_css_name (widget_class, "editbar");
}

static void
rnl_edit_bar_init (RnlEditBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rnl_compat_present_shown (GTK_WIDGET (self->revealer));
}

/**
 * rnl_edit_bar_get_message:
 * @self: a bar
 *
 * Returns: (transfer none) (nullable): what is being edited
 */
RnlMessage *
rnl_edit_bar_get_message (RnlEditBar *self)
{
  g_return_val_if_fail (RNL_IS_EDIT_BAR (self), NULL);

  return self->message;
}

/**
 * rnl_edit_bar_set_message:
 * @self: a bar
 * @message: (nullable): what is being edited; `NULL` hides the bar
 */
void
rnl_edit_bar_set_message (RnlEditBar *self, RnlMessage *message)
{
  g_return_if_fail (RNL_IS_EDIT_BAR (self));

  g_set_object (&self->message, message);
  gtk_revealer_set_reveal_child (self->revealer, message != NULL);
}

/* rnl-version-switch.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-version-switch.h"

#include <glib/gi18n.h>

#include "rnl-chat-style.h"

/**
 * RnlVersionSwitch:
 *
 * "2/3" between two buttons that show the version before and the one after. Nothing at all where
 * there is only one. The buttons activate `transcript.switch-version`.
 */
struct _RnlVersionSwitch
{
  GtkWidget parent_instance;

  /* owned */
  RnlMessage *message;

  /* children */
  GtkWidget *box;
  GtkWidget *previous;
  GtkWidget *label;
  GtkWidget *next;
};

G_DEFINE_FINAL_TYPE (RnlVersionSwitch, rnl_version_switch, GTK_TYPE_WIDGET)

/* A button at the first or last version leads nowhere, and says so by its state. */
static void
set_target (RnlVersionSwitch *self, GtkWidget *button, guint version)
{
  gboolean exists = version >= 1 && version <= rnl_message_get_n_versions (self->message);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button),
                                  exists ? "transcript.switch-version" : NULL);
  if (exists)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(su)",
                                      rnl_message_get_id (self->message), version);
  else
    gtk_widget_set_sensitive (button, FALSE);
}

static void
update (RnlVersionSwitch *self)
{
  guint version = rnl_message_get_version (self->message);
  guint n = rnl_message_get_n_versions (self->message);
  /* Translators: which version of a message is shown, and how many there are: "2/3" */
  g_autofree char *text = g_strdup_printf (_ ("%u/%u"), version, n);
  g_autofree char *name = g_strdup_printf (_ ("Version %u of %u"), version, n);

  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_widget_set_tooltip_text (self->label, name);
  rnl_chat_set_label (self->label, name);
  set_target (self, self->previous, version - 1);
  set_target (self, self->next, version + 1);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 1);
}

static void
rnl_version_switch_dispose (GObject *object)
{
  RnlVersionSwitch *self = RNL_VERSION_SWITCH (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->message);

  G_OBJECT_CLASS (rnl_version_switch_parent_class)->dispose (object);
}

static void
rnl_version_switch_class_init (RnlVersionSwitchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_version_switch_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "versions");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rnl_version_switch_init (RnlVersionSwitch *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_add_css_class (self->label, "caption");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * rnl_version_switch_new:
 * @message: a message
 *
 * Returns: (transfer floating): a switch that follows it
 */
GtkWidget *
rnl_version_switch_new (RnlMessage *message)
{
  RnlVersionSwitch *self = g_object_new (RNL_TYPE_VERSION_SWITCH, NULL);
  gboolean answer = rnl_message_get_role (message) == RNL_ROLE_ASSISTANT;

  self->message = g_object_ref (message);
  self->previous = rnl_chat_icon_button_new (
    "go-previous-symbolic", answer ? _ ("Previous Answer") : _ ("Previous Version"));
  self->next = rnl_chat_icon_button_new ("go-next-symbolic",
                                         answer ? _ ("Next Answer") : _ ("Next Version"));
  gtk_box_append (GTK_BOX (self->box), self->previous);
  gtk_box_append (GTK_BOX (self->box), self->label);
  gtk_box_append (GTK_BOX (self->box), self->next);
  g_signal_connect_object (message, "notify::version", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "notify::n-versions", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * rnl_version_switch_focus:
 * @self: a switch
 * @next: whether the way on was forward
 *
 * Moves the keyboard focus to the button that goes on in that direction, at the end to the other.
 */
void
rnl_version_switch_focus (RnlVersionSwitch *self, gboolean next)
{
  GtkWidget *wanted, *other;

  g_return_if_fail (RNL_IS_VERSION_SWITCH (self));

  wanted = next ? self->next : self->previous;
  other = next ? self->previous : self->next;
  if (!gtk_widget_grab_focus (wanted))
    gtk_widget_grab_focus (other);
}

/**
 * rnl_version_switch_get_text:
 * @self: a switch
 *
 * Returns: (transfer none): what it shows, "2/3"
 */
const char *
rnl_version_switch_get_text (RnlVersionSwitch *self)
{
  g_return_val_if_fail (RNL_IS_VERSION_SWITCH (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->label));
}

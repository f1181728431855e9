/* rnl-step-group.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-step-group.h"

#include <glib/gi18n.h>

#include "rnl-chat-style.h"
#include "rnl-fold-header.h"

/**
 * RnlStepGroup:
 *
 * "3 steps": the cards of finished calls that stood one below the other. Says how many failed, so
 * that folding hides no trouble.
 */
struct _RnlStepGroup
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *header;
  GtkWidget *revealer;
  GtkWidget *cards;

  guint size;
  guint failed;
  GString *names;
};

G_DEFINE_FINAL_TYPE (RnlStepGroup, rnl_step_group, GTK_TYPE_WIDGET)

static void
rnl_step_group_dispose (GObject *object)
{
  RnlStepGroup *self = RNL_STEP_GROUP (object);

  g_clear_pointer (&self->header, gtk_widget_unparent);
  g_clear_pointer (&self->revealer, gtk_widget_unparent);

  G_OBJECT_CLASS (rnl_step_group_parent_class)->dispose (object);
}

static void
rnl_step_group_finalize (GObject *object)
{
  g_string_free (RNL_STEP_GROUP (object)->names, TRUE);

  G_OBJECT_CLASS (rnl_step_group_parent_class)->finalize (object);
}

static void
rnl_step_group_class_init (RnlStepGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_step_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_step_group_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "steps");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rnl_step_group_init (RnlStepGroup *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->names = g_string_new (NULL);
  self->revealer = gtk_revealer_new ();
  self->cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->cards, "step-cards");
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->cards);
  self->header = rnl_fold_header_new ("object-select-symbolic", GTK_REVEALER (self->revealer));
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
}

GtkWidget *
rnl_step_group_new (void)
{
  return g_object_new (RNL_TYPE_STEP_GROUP, NULL);
}

static void
update_header (RnlStepGroup *self)
{
  g_autofree char *title
    = g_strdup_printf (ngettext ("%d step", "%d steps", self->size), (int) self->size);
  g_autofree char *trouble = NULL;
  g_autofree char *detail = NULL;

  if (self->failed > 0)
    trouble
      = g_strdup_printf (ngettext ("%d failed", "%d failed", self->failed), (int) self->failed);
  detail = trouble != NULL ? g_strdup_printf ("%s · %s", trouble, self->names->str)
                           : g_strdup (self->names->str);
  rnl_fold_header_set_title (RNL_FOLD_HEADER (self->header), title);
  rnl_fold_header_set_detail (RNL_FOLD_HEADER (self->header), detail);
  rnl_chat_set_label (GTK_WIDGET (self), title);
}

/**
 * rnl_step_group_add:
 * @self: a group
 * @card: a card without a parent, finished
 *
 * Appends it.
 */
void
rnl_step_group_add (RnlStepGroup *self, RnlToolCard *card)
{
  g_return_if_fail (RNL_IS_STEP_GROUP (self));

  gtk_box_append (GTK_BOX (self->cards), GTK_WIDGET (card));
  self->size++;
  if (rnl_part_get_state (rnl_tool_card_get_call (card)) != RNL_TOOL_DONE)
    self->failed++;
  if (self->names->len > 0)
    g_string_append (self->names, ", ");
  g_string_append (self->names, rnl_tool_card_get_title (card));
  update_header (self);
}

guint
rnl_step_group_get_size (RnlStepGroup *self)
{
  g_return_val_if_fail (RNL_IS_STEP_GROUP (self), 0);

  return self->size;
}

const char *
rnl_step_group_get_title (RnlStepGroup *self)
{
  g_return_val_if_fail (RNL_IS_STEP_GROUP (self), NULL);

  return rnl_fold_header_get_title (RNL_FOLD_HEADER (self->header));
}

GtkWidget *
rnl_step_group_get_header (RnlStepGroup *self)
{
  g_return_val_if_fail (RNL_IS_STEP_GROUP (self), NULL);

  return self->header;
}

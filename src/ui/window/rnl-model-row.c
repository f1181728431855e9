/* rnl-model-row.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-model-row.h"

#include <glib/gi18n.h>

#include "rnl-compat-accessible.h"
#include "rnl-model-words.h"

/**
 * RnlModelRow:
 *
 * One row of the list of models: name, facts, what the model can do, and a star. It is used again
 * for other lines while the list scrolls; for a heading it shows the title alone.
 */
struct _RnlModelRow
{
  GtkWidget parent_instance;

  /* template children; those right below the row are taken away with it only when they are named */
  GtkWidget *lines;
  GtkLabel *title;
  GtkLabel *facts;
  GtkWidget *abilities;
  GtkWidget *current;
  GtkButton *star;

  /* owned */
  RnlModelEntry *entry;
  GSignalGroup *signals;
};

G_DEFINE_FINAL_TYPE (RnlModelRow, rnl_model_row, GTK_TYPE_WIDGET)

static void
update_marks (RnlModelRow *self)
{
  gboolean favourite = rnl_model_entry_get_favourite (self->entry);
  const char *name = favourite ? _ ("Remove from favourites") : _ ("Add to favourites");

  gtk_widget_set_visible (self->current, rnl_model_entry_get_current (self->entry));
  gtk_button_set_icon_name (self->star, favourite ? "starred-symbolic" : "non-starred-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->star), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->star), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
update_abilities (RnlModelRow *self)
{
  RnlModelInfo *info = rnl_model_entry_get_info (self->entry);
  RnlModelAbilities abilities = info != NULL ? rnl_model_info_get_abilities (info) : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->abilities)) != NULL)
    gtk_box_remove (GTK_BOX (self->abilities), child);
  for (const RnlModelAbilityWords *words = rnl_model_words_abilities; words->ability != 0; words++)
    {
      GtkWidget *icon;

      if ((abilities & words->ability) == 0)
        continue;
      icon = gtk_image_new_from_icon_name (words->icon_name);
      gtk_widget_set_tooltip_text (icon, _ (words->name));
      gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ (words->name), -1);
      gtk_box_append (GTK_BOX (self->abilities), icon);
    }
}

static void
update_facts (RnlModelRow *self)
{
  RnlModelInfo *info = rnl_model_entry_get_info (self->entry);
  g_autofree char *facts = info != NULL ? rnl_model_words_dup_facts (info)
                                        : g_strdup (rnl_model_entry_get_note (self->entry));
  g_autofree char *price = info != NULL ? rnl_model_words_dup_price_tooltip (info) : NULL;

  gtk_label_set_label (self->facts, facts != NULL ? facts : "");
  gtk_widget_set_visible (GTK_WIDGET (self->facts), facts != NULL && *facts != '\0');
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->facts), price);
}

/* A list gives the focus to what is inside of a row before the row. Here the row comes first, for
 * Enter chooses the model; from there Tab goes on to the star. */
static gboolean
rnl_model_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  RnlModelRow *self = RNL_MODEL_ROW (widget);
  GtkWidget *item = gtk_widget_get_parent (widget);

  if (direction != GTK_DIR_TAB_FORWARD || item == NULL || !gtk_widget_is_focus (item))
    return FALSE;

  return gtk_widget_grab_focus (GTK_WIDGET (self->star));
}

static gboolean
rnl_model_row_grab_focus (GtkWidget *widget)
{
  return FALSE;
}

static void
rnl_model_row_dispose (GObject *object)
{
  RnlModelRow *self = RNL_MODEL_ROW (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->entry);
  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_MODEL_ROW);

  G_OBJECT_CLASS (rnl_model_row_parent_class)->dispose (object);
}

static void
rnl_model_row_class_init (RnlModelRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_model_row_dispose;
  widget_class->focus = rnl_model_row_focus;
  widget_class->grab_focus = rnl_model_row_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/ui/rnl-model-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlModelRow, lines);
  gtk_widget_class_bind_template_child (widget_class, RnlModelRow, title);
  gtk_widget_class_bind_template_child (widget_class, RnlModelRow, facts);
  gtk_widget_class_bind_template_child (widget_class, RnlModelRow, abilities);
  gtk_widget_class_bind_template_child (widget_class, RnlModelRow, current);
  gtk_widget_class_bind_template_child (widget_class, RnlModelRow, star);
}

static void
rnl_model_row_init (RnlModelRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (RNL_TYPE_MODEL_ENTRY);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (update_marks), self);
}

/**
 * rnl_model_row_new:
 *
 * Returns: (transfer floating): a row without a line
 */
GtkWidget *
rnl_model_row_new (void)
{
  return g_object_new (RNL_TYPE_MODEL_ROW, NULL);
}

/**
 * rnl_model_row_set_entry:
 * @self: a row
 * @entry: the line it shows from now on
 */
void
rnl_model_row_set_entry (RnlModelRow *self, RnlModelEntry *entry)
{
  const char *id;

  g_return_if_fail (RNL_IS_MODEL_ROW (self));
  g_return_if_fail (RNL_IS_MODEL_ENTRY (entry));

  if (!g_set_object (&self->entry, entry))
    return;

  id = rnl_model_entry_get_id (entry);
  gtk_label_set_label (self->title, rnl_model_entry_get_title (entry));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), id);
  if (id == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->title), "heading");
  gtk_widget_set_visible (GTK_WIDGET (self->star), id != NULL);
  if (id != NULL)
    {
      /* In this order: an action with a parameter complains about a button without one. */
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->star), "s", id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->star), "models.toggle-favourite");
    }
  update_facts (self);
  update_abilities (self);
  rnl_compat_name_row (GTK_WIDGET (self), rnl_model_entry_get_title (entry));
  update_marks (self);
  g_signal_group_set_target (self->signals, entry);
}

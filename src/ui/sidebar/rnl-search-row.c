/* rnl-search-row.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-search-row.h"

#include "rnl-compat-accessible.h"

/**
 * RnlSearchRow:
 *
 * The title of a chat, and around what was found in it.
 */
struct _RnlSearchRow
{
  GtkWidget parent_instance;

  /* owned */
  GtkWidget *title;
  GtkWidget *snippet;
  RnlSearchItem *item; /* nullable */

  gulong changed; /* handler of the item */
};

G_DEFINE_FINAL_TYPE (RnlSearchRow, rnl_search_row, GTK_TYPE_WIDGET)

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_compat_activate_row (widget);
}

static void
rnl_search_row_dispose (GObject *object)
{
  RnlSearchRow *self = RNL_SEARCH_ROW (object);

  rnl_search_row_set_item (self, NULL);
  g_clear_pointer (&self->title, gtk_widget_unparent);
  g_clear_pointer (&self->snippet, gtk_widget_unparent);

  G_OBJECT_CLASS (rnl_search_row_parent_class)->dispose (object);
}

static void
rnl_search_row_class_init (RnlSearchRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_search_row_dispose;
  gtk_widget_class_install_action (widget_class, "chat.open", NULL, open_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static GtkWidget *
add_label (RnlSearchRow *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return label;
}

static void
rnl_search_row_init (RnlSearchRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 2);
  gtk_widget_add_css_class (GTK_WIDGET (self), "chat-row");
  self->title = add_label (self);
  self->snippet = add_label (self);
  gtk_label_set_wrap (GTK_LABEL (self->snippet), TRUE);
  gtk_label_set_lines (GTK_LABEL (self->snippet), 2);
  gtk_widget_add_css_class (self->snippet, "caption");
  gtk_widget_add_css_class (self->snippet, "dim-label");
}

GtkWidget *
rnl_search_row_new (void)
{
  return g_object_new (RNL_TYPE_SEARCH_ROW, NULL);
}

static void
update (RnlSearchRow *self)
{
  g_autofree char *name = NULL;

  gtk_label_set_label (GTK_LABEL (self->title), rnl_search_item_get_title (self->item));
  gtk_label_set_markup (GTK_LABEL (self->snippet), rnl_search_item_get_markup (self->item));
  name = g_strdup_printf ("%s, %s", rnl_search_item_get_title (self->item),
                          gtk_label_get_text (GTK_LABEL (self->snippet)));
  rnl_compat_name_row (GTK_WIDGET (self), name);
}

/**
 * rnl_search_row_set_item:
 * @self: a row
 * @item: (nullable): what it shows from now on
 */
void
rnl_search_row_set_item (RnlSearchRow *self, RnlSearchItem *item)
{
  g_return_if_fail (RNL_IS_SEARCH_ROW (self));
  g_return_if_fail (item == NULL || RNL_IS_SEARCH_ITEM (item));

  if (self->item != NULL)
    g_clear_signal_handler (&self->changed, self->item);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  self->changed = g_signal_connect_swapped (item, "changed", G_CALLBACK (update), self);
  update (self);
}

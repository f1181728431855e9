/* rnl-compat-accessible.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-compat-accessible.h"

#include <adwaita.h>

/**
 * rnl_compat_article_role:
 *
 * Returns: the role of a message: an article, or a group before GTK 4.14, which has no article
 */
GtkAccessibleRole
rnl_compat_article_role (void)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  return GTK_ACCESSIBLE_ROLE_ARTICLE;
  G_GNUC_END_IGNORE_DEPRECATIONS
#else
  return GTK_ACCESSIBLE_ROLE_GROUP;
#endif
}

#if !GTK_CHECK_VERSION(4, 14, 0)
/* Nothing is told of an accessible that nobody has asked for yet; a change of this kind makes it
 * known all the same. */
static void
make_known (GtkWidget *widget)
{
  if (g_object_get_data (G_OBJECT (widget), "rnl-known") != NULL)
    return;

  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_focusable (widget, FALSE);
  g_object_set_data (G_OBJECT (widget), "rnl-known", widget);
}
#endif

/**
 * rnl_compat_announce:
 * @status: a widget with the role of a status
 * @text: what a screen reader shall say
 * @urgent: whether it waits for the person
 *
 * Before GTK 4.14, which can say something, it becomes the name of @status.
 */
void
rnl_compat_announce (GtkWidget *status, const char *text, gboolean urgent)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_accessible_announce (GTK_ACCESSIBLE (status), text,
                           urgent ? GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH
                                  : GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
#else
  make_known (status);
  /* Emptied first: the same words twice are two announcements. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (status), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (status), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
#endif
}

/**
 * rnl_compat_set_name:
 * @widget: an accessible
 * @name: what assistive technology shall call it
 *
 * GTK 4.8 would add the text of a label inside.
 */
void
rnl_compat_set_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * rnl_compat_name_buttons:
 * @widget: a widget with all its children
 *
 * GTK 4.8 tells assistive technology the label of a button with a mnemonic twice, once with the
 * underscore. After this the buttons in @widget, and itself if it is one, have the label as their
 * name.
 */
void
rnl_compat_name_buttons (GtkWidget *widget)
{
  const char *label = GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    rnl_compat_name_buttons (child);
  if (label != NULL && gtk_button_get_use_underline (GTK_BUTTON (widget)))
    {
      g_auto (GStrv) parts = g_strsplit (label, "_", 2);
      g_autofree char *name = g_strjoinv ("", parts);

      rnl_compat_set_name (widget, name);
    }
}

/**
 * rnl_compat_name_menu_button:
 * @button: a menu button that is not shown yet
 * @name: what assistive technology shall call it
 *
 * In GTK 4.8 the button that takes the focus, and can be clicked, is another one, inside.
 */
void
rnl_compat_name_menu_button (GtkMenuButton *button, const char *name)
{
  GtkWidget *inside = gtk_widget_get_first_child (GTK_WIDGET (button));

  if (!GTK_IS_BUTTON (inside))
    inside = GTK_WIDGET (button);
  else if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (button))
           == GTK_ACCESSIBLE_ROLE_BUTTON)
    g_object_set (button, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  rnl_compat_set_name (inside, name);
}

/**
 * rnl_compat_find_inside:
 * @widget: a widget with all its children
 * @type: a kind of widget
 *
 * For what a composite widget keeps to itself, and for what stands somewhere below.
 *
 * Returns: (transfer none) (nullable): the first of that kind, @widget itself included
 */
GtkWidget *
rnl_compat_find_inside (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = rnl_compat_find_inside (child, type);

  return found;
}

/**
 * rnl_compat_name_inside:
 * @widget: a group of rows without a title, a row that unfolds, or what holds one of these
 * @type: of the widgets in it that get a name
 * @name: what assistive technology shall call them
 *
 * libadwaita gives no name to the lists and to the switch that it makes inside, which would be read
 * by the names of their classes.
 */
void
rnl_compat_name_inside (GtkWidget *widget, GType type, const char *name)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    rnl_compat_set_name (widget, name);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    rnl_compat_name_inside (child, type, name);
}

/**
 * rnl_compat_name_combo_rows:
 * @widget: a widget with all its children
 *
 * libadwaita gives no name to what a combo row opens, nor to the list in it. After this, those of
 * the combo rows in @widget have the title of their row.
 */
void
rnl_compat_name_combo_rows (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    rnl_compat_name_combo_rows (child);
  if (ADW_IS_COMBO_ROW (widget))
    {
      const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));

      rnl_compat_name_inside (widget, GTK_TYPE_POPOVER, title);
      rnl_compat_name_inside (widget, GTK_TYPE_LIST_VIEW, title);
    }
}

/**
 * rnl_compat_name_row:
 * @child: what stands in a row of a list
 * @name: what assistive technology shall call the row
 *
 * A row of a list view has no name before GTK 4.12.
 */
void
rnl_compat_name_row (GtkWidget *child, const char *name)
{
  GtkWidget *row = gtk_widget_get_parent (child);

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * rnl_compat_activate_row:
 * @child: what stands in a row of a list
 *
 * Does what Enter does. A row of a list view has no action for assistive technology, so what stands
 * in it has one that calls this.
 */
void
rnl_compat_activate_row (GtkWidget *child)
{
  gtk_widget_activate (gtk_widget_get_parent (child));
}

static void
set_hidden (gpointer accessible, gboolean hidden)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (accessible), GTK_ACCESSIBLE_STATE_HIDDEN, hidden,
                               -1);
}

static void
update_pages (GtkStack *stack)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    set_hidden (child, child != gtk_stack_get_visible_child (stack));
}

static void
update_revealer (GtkRevealer *revealer)
{
  set_hidden (revealer, !gtk_revealer_get_reveal_child (revealer));
}

/**
 * rnl_compat_present_shown:
 * @widget: a stack with all its pages, or a revealer
 *
 * To assistive technology GTK 4.8 presents all pages of a stack, and what is not revealed. After
 * this only what is shown is there.
 */
void
rnl_compat_present_shown (GtkWidget *widget)
{
  if (GTK_IS_STACK (widget))
    {
      g_signal_connect (widget, "notify::visible-child", G_CALLBACK (update_pages), NULL);
      update_pages (GTK_STACK (widget));
    }
  else
    {
      g_signal_connect (widget, "notify::reveal-child", G_CALLBACK (update_revealer), NULL);
      update_revealer (GTK_REVEALER (widget));
    }
}

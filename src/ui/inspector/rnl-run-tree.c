/* rnl-run-tree.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-run-tree.h"

#include <glib/gi18n.h>

#include "rnl-run-row.h"

/**
 * RnlRunTree:
 *
 * A list view of rows that are recycled. Left and Right fold as in any tree: Right opens, then goes
 * inside; Left closes, then goes out. Signals: `selected`, another run was chosen; `activated`, one
 * was, by Enter or twice.
 */
struct _RnlRunTree
{
  GtkWidget parent_instance;

  /* owned */
  GtkSingleSelection *selection;

  /* children */
  GtkWidget *scroller;
  GtkListView *view;
};

enum
{
  SELECTED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlRunTree, rnl_run_tree, GTK_TYPE_WIDGET)

static GListModel *
list_children (gpointer run, gpointer user_data)
{
  return g_object_ref (rnl_inspected_run_list_children (run));
}

/* Rows. */

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, rnl_run_row_new ());
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  rnl_run_row_set_row (RNL_RUN_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  rnl_run_row_set_row (RNL_RUN_ROW (gtk_list_item_get_child (item)), NULL);
}

/* Keys. */

/* Before GTK 4.12 a list view cannot be told where to put the focus. */
static gboolean
focus_run (RnlRunTree *self, RnlInspectedRun *run)
{
  for (GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (self->view)); item != NULL;
       item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      if (RNL_IS_RUN_ROW (row) && rnl_run_row_get_run (RNL_RUN_ROW (row)) == run)
        return gtk_widget_grab_focus (item);
    }

  return FALSE;
}

static void
go_to (RnlRunTree *self, GtkTreeListRow *row)
{
  guint position = gtk_tree_list_row_get_position (row);
  g_autoptr (RnlInspectedRun) run = RNL_INSPECTED_RUN (gtk_tree_list_row_get_item (row));

  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
  focus_run (self, run);
}

static gboolean
step_in (RnlRunTree *self, GtkTreeListRow *row)
{
  g_autoptr (GtkTreeListRow) first = gtk_tree_list_row_get_child_row (row, 0);

  if (!gtk_tree_list_row_get_expanded (row))
    gtk_tree_list_row_set_expanded (row, TRUE);
  else if (first != NULL)
    go_to (self, first);

  return GDK_EVENT_STOP;
}

static gboolean
step_out (RnlRunTree *self, GtkTreeListRow *row)
{
  g_autoptr (GtkTreeListRow) parent = gtk_tree_list_row_get_parent (row);
  g_autoptr (GtkTreeListRow) first = gtk_tree_list_row_get_child_row (row, 0);

  if (first != NULL && gtk_tree_list_row_get_expanded (row))
    gtk_tree_list_row_set_expanded (row, FALSE);
  else if (parent != NULL)
    go_to (self, parent);

  return GDK_EVENT_STOP;
}

static gboolean
key_pressed_cb (RnlRunTree *self, guint keyval, guint keycode, GdkModifierType modifiers)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  gboolean reversed = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (row == NULL || (modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == (reversed ? GDK_KEY_Left : GDK_KEY_Right))
    return step_in (self, row);
  if (keyval == (reversed ? GDK_KEY_Right : GDK_KEY_Left))
    return step_out (self, row);

  return GDK_EVENT_PROPAGATE;
}

/* The widget. */

static void
selected_cb (RnlRunTree *self)
{
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
activate_cb (RnlRunTree *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  g_signal_emit (self, signals[ACTIVATED], 0);
}

/* One stop on the way through the window, however many runs there are: arrows move inside. */
static gboolean
rnl_run_tree_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean inside = gtk_widget_get_focus_child (widget) != NULL;

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (rnl_run_tree_parent_class)->focus (widget, direction);

  return !inside && gtk_widget_grab_focus (widget);
}

static gboolean
rnl_run_tree_grab_focus (GtkWidget *widget)
{
  RnlRunTree *self = RNL_RUN_TREE (widget);
  RnlInspectedRun *run = rnl_run_tree_get_selected (self);

  return run != NULL
         && (focus_run (self, run)
             || gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD));
}

static void
rnl_run_tree_dispose (GObject *object)
{
  RnlRunTree *self = RNL_RUN_TREE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (rnl_run_tree_parent_class)->dispose (object);
}

static void
rnl_run_tree_class_init (RnlRunTreeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_run_tree_dispose;
  widget_class->focus = rnl_run_tree_focus;
  widget_class->grab_focus = rnl_run_tree_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "runtree");

  signals[SELECTED] = g_signal_new ("selected", RNL_TYPE_RUN_TREE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", RNL_TYPE_RUN_TREE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
}

static GtkListItemFactory *
make_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);

  return factory;
}

static void
rnl_run_tree_init (RnlRunTree *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->selection = gtk_single_selection_new (NULL);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  self->view = GTK_LIST_VIEW (
    gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), make_factory ()));
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Runs"), -1);
  /* Before the view, which scrolls with them. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/**
 * rnl_run_tree_set_roots:
 * @self: a tree
 * @roots: (nullable): the [class@InspectedRun]s at the top
 */
void
rnl_run_tree_set_roots (RnlRunTree *self, GListModel *roots)
{
  g_autoptr (GtkTreeListModel) model = NULL;

  g_return_if_fail (RNL_IS_RUN_TREE (self));

  if (roots != NULL)
    model = gtk_tree_list_model_new (g_object_ref (roots), FALSE, TRUE, list_children, NULL, NULL);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (model));
}

/**
 * rnl_run_tree_get_selected:
 * @self: a tree
 *
 * Returns: (transfer none) (nullable): the run that is chosen
 */
RnlInspectedRun *
rnl_run_tree_get_selected (RnlRunTree *self)
{
  GtkTreeListRow *row;
  g_autoptr (RnlInspectedRun) run = NULL;

  g_return_val_if_fail (RNL_IS_RUN_TREE (self), NULL);

  row = gtk_single_selection_get_selected_item (self->selection);
  if (row != NULL)
    run = RNL_INSPECTED_RUN (gtk_tree_list_row_get_item (row));

  return run;
}

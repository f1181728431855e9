/* rnl-run-row.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-run-row.h"

#include <glib/gi18n.h>

#include "rnl-chat-style.h"
#include "rnl-compat-accessible.h"
#include "rnl-run-words.h"
#include "rnl-time-bar.h"

/**
 * RnlRunRow:
 *
 * Two lines and a bar: what runs and how it stands; when it began, how long it took, what it cost
 * in tokens; when that was within the turn. The lines are as far in as the run is, the bars of all
 * rows begin at the same place. A row is bound to another run when the list recycles it, and
 * listens to none while it is not in use.
 */
struct _RnlRunRow
{
  GtkWidget parent_instance;

  /* owned */
  RnlInspectedRun *run;
  GSignalGroup *changes;
  GSignalGroup *root_changes;

  /* children */
  GtkTreeExpander *expander;
  GtkImage *icon;
  GtkLabel *name;
  GtkImage *hidden;
  GtkImage *state_icon;
  GtkLabel *state;
  GtkLabel *facts;
  RnlTimeBar *bar;

  const char *state_class;
  guint n_updates;
};

G_DEFINE_FINAL_TYPE (RnlRunRow, rnl_run_row, GTK_TYPE_WIDGET)

static void
set_label (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_label (label), text) != 0)
    gtk_label_set_label (label, text);
}

static gboolean
is_model (const RnlInspectedFacts *facts)
{
  return facts->type == RNL_RUN_CHAT_MODEL || facts->type == RNL_RUN_LLM;
}

static void
update_bar (RnlRunRow *self)
{
  const RnlInspectedFacts *facts = rnl_inspected_run_get_facts (self->run);
  RnlInspectedRun *root = rnl_inspected_run_get_root (self->run);
  double begin = (double) (facts->started - rnl_inspected_run_get_facts (root)->started);
  double whole = (double) MAX (1, rnl_inspected_run_get_elapsed (root));
  double elapsed = (double) rnl_inspected_run_get_elapsed (self->run);
  double wait = !is_model (facts)         ? 0
                : facts->first_token >= 0 ? (double) facts->first_token
                                          : elapsed;

  rnl_time_bar_set (self->bar, begin / whole, (begin + wait) / whole, (begin + elapsed) / whole);
}

static void
update_state (RnlRunRow *self, const RnlInspectedFacts *facts)
{
  const char *css_class = rnl_run_words_state_class (facts);

  set_label (self->state, rnl_run_words_state (facts));
  if (css_class == self->state_class)
    return;

  gtk_image_set_from_icon_name (self->state_icon, rnl_run_words_state_icon (facts));
  if (self->state_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->state_class);
  gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  self->state_class = css_class;
}

/* The time a run began is counted from the root, which begins at nothing. */
static char *
make_facts (RnlRunRow *self, const RnlInspectedFacts *facts)
{
  RnlInspectedRun *root = rnl_inspected_run_get_root (self->run);
  g_autofree char *first = rnl_chat_duration_text (facts->first_token);
  g_autofree char *begin
    = rnl_chat_duration_text (facts->started - rnl_inspected_run_get_facts (root)->started);
  g_autofree char *elapsed = rnl_chat_duration_text (rnl_inspected_run_get_elapsed (self->run));
  g_autofree char *tokens = rnl_run_words_tokens (&facts->usage);
  GString *text = g_string_new (NULL);

  if (root != self->run)
    g_string_append_printf (text, "+%s · ", begin);
  g_string_append (text, elapsed);
  if (tokens != NULL)
    g_string_append_printf (text, " · %s", tokens);
  if (facts->first_token >= 0 && is_model (facts))
    {
      g_string_append (text, " · ");
      /* Translators: %s is how long it took, "350 ms" */
      g_string_append_printf (text, _ ("first token after %s"), first);
    }

  return g_string_free (text, FALSE);
}

static void
update_name (RnlRunRow *self, const RnlInspectedFacts *facts, const char *line)
{
  g_autofree char *name = g_strdup_printf (
    "%s %s%s%s, %s, %s", rnl_run_words_type (facts->type), facts->name, facts->internal ? ", " : "",
    facts->internal ? _ ("hidden") : "", rnl_run_words_state (facts), line);

  rnl_compat_name_row (GTK_WIDGET (self), name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->facts), line);
}

static void
update (RnlRunRow *self)
{
  const RnlInspectedFacts *facts = rnl_inspected_run_get_facts (self->run);
  g_autofree char *line = make_facts (self, facts);

  self->n_updates++;
  update_state (self, facts);
  update_bar (self);
  if (g_strcmp0 (gtk_label_get_label (self->facts), line) == 0)
    return;

  gtk_label_set_label (self->facts, line);
  update_name (self, facts, line);
}

static void
root_changed_cb (RnlRunRow *self)
{
  if (rnl_inspected_run_get_parent (self->run) != NULL)
    update_bar (self);
}

static void
rnl_run_row_dispose (GObject *object)
{
  RnlRunRow *self = RNL_RUN_ROW (object);

  g_clear_object (&self->changes);
  g_clear_object (&self->root_changes);
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (rnl_inspected_run_list_children (self->run), self);
  g_clear_object (&self->run);
  if (self->expander != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->expander));
  if (self->bar != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->bar));
  self->expander = NULL;
  self->bar = NULL;

  G_OBJECT_CLASS (rnl_run_row_parent_class)->dispose (object);
}

static void
choose_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_compat_activate_row (widget);
}

static void
rnl_run_row_class_init (RnlRunRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_run_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "runrow");
  gtk_widget_class_install_action (widget_class, "run.choose", NULL, choose_action);
}

static GtkWidget *
make_image (const char *css_class)
{
  GtkWidget *image = gtk_image_new ();

  g_object_set (image, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_add_css_class (image, css_class);

  return image;
}

static GtkWidget *
make_head (RnlRunRow *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->icon = GTK_IMAGE (make_image ("run-icon"));
  self->name = GTK_LABEL (gtk_label_new (NULL));
  self->hidden = GTK_IMAGE (make_image ("run-icon"));
  self->state_icon = GTK_IMAGE (make_image ("state-icon"));
  self->state = GTK_LABEL (gtk_label_new (NULL));
  gtk_image_set_from_icon_name (self->hidden, "view-conceal-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->hidden), _ ("Not part of the conversation"));
  gtk_label_set_ellipsize (self->name, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->name, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->name), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->name), "run-name");
  gtk_widget_add_css_class (GTK_WIDGET (self->state), "caption");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->hidden));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->state_icon));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->state));

  return head;
}

static void
watch (GSignalGroup **group, gpointer self, GCallback callback)
{
  *group = g_signal_group_new (RNL_TYPE_INSPECTED_RUN);
  g_signal_group_connect_swapped (*group, "changed", callback, self);
}

static GtkWidget *
make_lines (RnlRunRow *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->facts = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->facts, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->facts, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->facts), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->facts), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->facts), "numeric");
  gtk_box_append (GTK_BOX (lines), make_head (self));
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (self->facts));
  gtk_widget_set_hexpand (lines, TRUE);

  return lines;
}

static void
rnl_run_row_init (RnlRunRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->expander = GTK_TREE_EXPANDER (gtk_tree_expander_new ());
  self->bar = RNL_TIME_BAR (rnl_time_bar_new ());
  gtk_tree_expander_set_child (self->expander, make_lines (self));
  gtk_widget_set_parent (GTK_WIDGET (self->expander), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->bar), GTK_WIDGET (self));
  watch (&self->changes, self, G_CALLBACK (update));
  watch (&self->root_changes, self, G_CALLBACK (root_changed_cb));
}

/**
 * rnl_run_row_new:
 *
 * Returns: (transfer floating): a row of no run
 */
GtkWidget *
rnl_run_row_new (void)
{
  return g_object_new (RNL_TYPE_RUN_ROW, NULL);
}

static void
show_run (RnlRunRow *self)
{
  const RnlInspectedFacts *facts = rnl_inspected_run_get_facts (self->run);
  g_autoptr (GIcon) icon = rnl_run_words_icon (facts);

  gtk_image_set_from_gicon (self->icon, icon);
  set_label (self->name, facts->name);
  gtk_widget_set_visible (GTK_WIDGET (self->hidden), facts->internal);
  gtk_label_set_label (self->facts, "");
  update (self);
}

/* What has nothing inside yet has no arrow, but may have one any moment. */
static void
children_changed_cb (RnlRunRow *self)
{
  if (g_list_model_get_n_items (rnl_inspected_run_list_children (self->run)) > 0)
    gtk_widget_remove_css_class (GTK_WIDGET (self->expander), "leaf");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->expander), "leaf");
}

static void
set_run (RnlRunRow *self, RnlInspectedRun *run)
{
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (rnl_inspected_run_list_children (self->run), self);
  g_set_object (&self->run, run);
  g_signal_group_set_target (self->changes, run);
  g_signal_group_set_target (self->root_changes,
                             run != NULL ? rnl_inspected_run_get_root (run) : NULL);
  if (run == NULL)
    return;

  g_signal_connect_object (rnl_inspected_run_list_children (run), "items-changed",
                           G_CALLBACK (children_changed_cb), self, G_CONNECT_SWAPPED);
  children_changed_cb (self);
  show_run (self);
}

/**
 * rnl_run_row_set_row:
 * @self: a row
 * @row: (nullable): where in the tree it stands, with the [class@InspectedRun] it shows
 */
void
rnl_run_row_set_row (RnlRunRow *self, GtkTreeListRow *row)
{
  g_autoptr (RnlInspectedRun) run = NULL;

  g_return_if_fail (RNL_IS_RUN_ROW (self));

  if (row != NULL)
    run = RNL_INSPECTED_RUN (gtk_tree_list_row_get_item (row));
  gtk_tree_expander_set_list_row (self->expander, row);
  set_run (self, run);
}

RnlInspectedRun *
rnl_run_row_get_run (RnlRunRow *self)
{
  g_return_val_if_fail (RNL_IS_RUN_ROW (self), NULL);

  return self->run;
}

/**
 * rnl_run_row_get_n_updates:
 * @self: a row
 *
 * Returns: how often its words were made anew
 */
guint
rnl_run_row_get_n_updates (RnlRunRow *self)
{
  g_return_val_if_fail (RNL_IS_RUN_ROW (self), 0);

  return self->n_updates;
}

/* rnl-suggestion-popover.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-suggestion-popover.h"

#include <glib/gi18n.h>

#define MAX_ROWS   60
#define WIDTH      300
#define MAX_HEIGHT 260

/* As wide as lines of this length, where the composer is. */
#define LINE_CHARS 38

/**
 * RnlSuggestionPopover:
 *
 * A list of [class@Suggestion]s that fit what is being written, the best first. The focus stays
 * with the text: it is told of keys. Where something can be done only at times, its row can be
 * chosen only then. Signal: `chosen (RnlSuggestion)`.
 */
struct _RnlSuggestionPopover
{
  GtkPopover parent_instance;

  /* children */
  GtkListBox *list;
  GtkWidget *scroller;

  /* borrowed: where it is written */
  GtkWidget *entry;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlSuggestionPopover, rnl_suggestion_popover, GTK_TYPE_POPOVER)

static RnlSuggestion *
get_suggestion (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "rnl-suggestion");
}

/* Rows. */

static GtkWidget *
new_line (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LINE_CHARS);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (style != NULL)
    {
      gtk_widget_add_css_class (label, style);
      gtk_widget_add_css_class (label, "caption");
    }

  return label;
}

/* A button that nobody sees knows whether an action can be done now. */
static GtkWidget *
new_probe (RnlSuggestion *suggestion, GtkWidget *row)
{
  const char *target = rnl_suggestion_get_target (suggestion);
  GtkWidget *probe = gtk_button_new_with_label (rnl_suggestion_get_title (suggestion));

  gtk_widget_set_visible (probe, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (probe), rnl_suggestion_get_action (suggestion));
  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (probe), "s", target);
  g_object_bind_property (probe, "sensitive", row, "sensitive", G_BINDING_SYNC_CREATE);

  return probe;
}

static GtkWidget *
new_row (RnlSuggestion *suggestion)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = gtk_image_new_from_icon_name (rnl_suggestion_get_icon_name (suggestion));
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *title = rnl_suggestion_get_title (suggestion);
  const char *detail = rnl_suggestion_get_detail (suggestion);

  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines), new_line (title, NULL));
  if (detail != NULL)
    gtk_box_append (GTK_BOX (lines), new_line (detail, "dim-label"));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), lines);
  if (rnl_suggestion_get_action (suggestion) != NULL)
    gtk_box_append (GTK_BOX (box), new_probe (suggestion, row));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  if (detail != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    detail, -1);
  g_object_set_data_full (G_OBJECT (row), "rnl-suggestion", g_object_ref (suggestion),
                          g_object_unref);

  return row;
}

/* Selecting. */

/* The list scrolls only after the focus, which is not in it. */
static void
scroll_to (RnlSuggestionPopover *self, GtkWidget *row)
{
  GtkAdjustment *adjustment
    = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (row, GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

/* The text says what is selected: a reader of the screen follows the focus, which is there. */
static void
select_row (RnlSuggestionPopover *self, GtkListBoxRow *row)
{
  gtk_list_box_select_row (self->list, row);
  if (row == NULL)
    {
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->entry),
                                     GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self->entry),
                                     GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      return;
    }

  scroll_to (self, GTK_WIDGET (row));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  rnl_suggestion_get_title (get_suggestion (row)), -1);
}

static GtkListBoxRow *
find_choosable (RnlSuggestionPopover *self, int from, int step)
{
  GtkListBoxRow *row;

  for (int i = from; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i += step)
    if (gtk_widget_get_sensitive (GTK_WIDGET (row)))
      return row;

  return NULL;
}

static int
count_rows (RnlSuggestionPopover *self)
{
  int n = 0;

  while (gtk_list_box_get_row_at_index (self->list, n) != NULL)
    n++;

  return n;
}

/* Goes round at both ends. */
static void
step (RnlSuggestionPopover *self, int by)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  int first = by > 0 ? 0 : count_rows (self) - 1;
  int from = selected != NULL ? gtk_list_box_row_get_index (selected) + by : first;
  GtkListBoxRow *row = find_choosable (self, from, by);

  if (row == NULL)
    row = find_choosable (self, first, by);
  if (row != NULL)
    select_row (self, row);
}

static void
row_activated_cb (RnlSuggestionPopover *self, GtkListBoxRow *row)
{
  g_autoptr (RnlSuggestion) suggestion = g_object_ref (get_suggestion (row));

  rnl_suggestion_popover_hide (self);
  g_signal_emit (self, signals[CHOSEN], 0, suggestion);
}

/**
 * rnl_suggestion_popover_press:
 * @self: a popover
 * @keyval: a key without modifiers
 *
 * Returns: whether it was for the popover
 */
gboolean
rnl_suggestion_popover_press (RnlSuggestionPopover *self, guint keyval)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (RNL_IS_SUGGESTION_POPOVER (self), FALSE);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return FALSE;

  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      step (self, 1);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      step (self, -1);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
      row = gtk_list_box_get_selected_row (self->list);
      if (row != NULL && gtk_widget_get_sensitive (GTK_WIDGET (row)))
        row_activated_cb (self, row);
      return TRUE;
    default:
      return FALSE;
    }
}

/* Showing. */

static void
clear (RnlSuggestionPopover *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
fill (RnlSuggestionPopover *self, GListModel *suggestions, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  guint added = 0;

  for (guint quality = 3; quality > 0; quality--)
    for (guint i = 0; i < g_list_model_get_n_items (suggestions) && added < MAX_ROWS; i++)
      {
        g_autoptr (RnlSuggestion) suggestion = g_list_model_get_item (suggestions, i);

        if (rnl_suggestion_match (suggestion, folded) != quality)
          continue;
        gtk_list_box_append (self->list, new_row (suggestion));
        added++;
      }
}

/**
 * rnl_suggestion_popover_show:
 * @self: a popover
 * @suggestions: a list of [class@Suggestion], in their order
 * @text: what has been written of one
 *
 * Shows what fits, hides itself when nothing does.
 *
 * Returns: whether something does
 */
gboolean
rnl_suggestion_popover_show (RnlSuggestionPopover *self, GListModel *suggestions, const char *text)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (RNL_IS_SUGGESTION_POPOVER (self), FALSE);

  select_row (self, NULL);
  clear (self);
  fill (self, suggestions, text);
  if (gtk_list_box_get_row_at_index (self->list, 0) == NULL)
    {
      rnl_suggestion_popover_hide (self);
      return FALSE;
    }

  gtk_scrolled_window_set_max_content_width (
    GTK_SCROLLED_WINDOW (self->scroller),
    MAX (WIDTH, gtk_widget_get_width (gtk_widget_get_parent (GTK_WIDGET (self)))));
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE,
                               -1);
  row = find_choosable (self, 0, 1);
  if (row != NULL)
    select_row (self, row);

  return TRUE;
}

/**
 * rnl_suggestion_popover_hide:
 * @self: a popover
 */
void
rnl_suggestion_popover_hide (RnlSuggestionPopover *self)
{
  g_return_if_fail (RNL_IS_SUGGESTION_POPOVER (self));

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  select_row (self, NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE,
                               -1);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
rnl_suggestion_popover_class_init (RnlSuggestionPopoverClass *klass)
{
  signals[CHOSEN] = g_signal_new ("chosen", RNL_TYPE_SUGGESTION_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, RNL_TYPE_SUGGESTION);
}

static void
rnl_suggestion_popover_init (RnlSuggestionPopover *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Suggestions"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), MAX_HEIGHT);
  gtk_widget_set_size_request (self->scroller, WIDTH, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->list));
  gtk_popover_set_child (GTK_POPOVER (self), self->scroller);
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_TOP);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self), "menu");
  gtk_widget_add_css_class (GTK_WIDGET (self), "suggestions");
}

/**
 * rnl_suggestion_popover_new:
 * @entry: (transfer none): where is written; it outlives the popover
 *
 * Returns: (transfer floating): a popover without a parent
 */
GtkWidget *
rnl_suggestion_popover_new (GtkWidget *entry)
{
  RnlSuggestionPopover *self = g_object_new (RNL_TYPE_SUGGESTION_POPOVER, NULL);

  self->entry = entry;
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE,
                                  -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_CONTROLS,
                                  self->list, NULL, -1);

  return GTK_WIDGET (self);
}

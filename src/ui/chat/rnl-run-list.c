/* rnl-run-list.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-run-list.h"

#include <glib/gi18n.h>

#include "rnl-attachment-button.h"
#include "rnl-chat-style.h"
#include "rnl-frame-task.h"
#include "rnl-nested-run.h"
#include "rnl-tool-card.h"

/* Widgets made in one frame. */
#define BATCH 2

/* Of the pictures that a tool gave. */
#define PICTURE_WIDTH  320
#define PICTURE_HEIGHT 240

/**
 * RnlRunList:
 *
 * Follows a list of parts: a card for a tool call, a text for a model, a button for a file. Only
 * the last ones have widgets, the others come when the person asks for them; while more is added,
 * the first ones go again. Widgets are made a few a frame, from top to bottom.
 */
struct _RnlRunList
{
  GtkWidget parent_instance;

  /* owned */
  GListModel *parts;
  GQueue widgets; /* of the parts from FIRST on, borrowed */

  /* children */
  GtkWidget *earlier;

  RnlFrameTask make;
  guint depth;
  guint first;
  gboolean asked;
};

G_DEFINE_FINAL_TYPE (RnlRunList, rnl_run_list, GTK_TYPE_WIDGET)

static GtkWidget *
make_widget (RnlRunList *self, guint position)
{
  g_autoptr (RnlPart) part = g_list_model_get_item (self->parts, position);
  GtkWidget *button;

  if (rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL)
    return rnl_tool_card_new_inside (part, self->depth);
  if (rnl_part_get_part_type (part) != RNL_PART_FILE)
    return rnl_nested_run_new (part, self->depth);

  button = rnl_attachment_button_new (part, PICTURE_WIDTH, PICTURE_HEIGHT);
  gtk_widget_set_halign (button, GTK_ALIGN_START);

  return button;
}

static void
update_earlier (RnlRunList *self)
{
  g_autofree char *label = NULL;

  gtk_widget_set_visible (self->earlier, self->first > 0);
  label
    = g_strdup_printf (ngettext ("Show %u earlier", "Show %u earlier", self->first), self->first);
  gtk_button_set_label (GTK_BUTTON (self->earlier), label);
}

static guint
get_end (RnlRunList *self)
{
  return self->first + g_queue_get_length (&self->widgets);
}

static void
make_last (RnlRunList *self)
{
  GtkWidget *widget = make_widget (self, get_end (self));

  gtk_widget_insert_before (widget, GTK_WIDGET (self), NULL);
  g_queue_push_tail (&self->widgets, widget);
}

static void
make_first (RnlRunList *self)
{
  GtkWidget *widget = make_widget (self, --self->first);

  gtk_widget_insert_after (widget, GTK_WIDGET (self), self->earlier);
  g_queue_push_head (&self->widgets, widget);
}

static void
make_cb (GtkWidget *widget)
{
  RnlRunList *self = RNL_RUN_LIST (widget);
  guint n = g_list_model_get_n_items (self->parts);

  for (guint i = 0; i < BATCH && get_end (self) < n; i++)
    make_last (self);
  if (get_end (self) < n)
    rnl_frame_task_queue (&self->make);
}

static gboolean
may_go (RnlRunList *self, GtkWidget *widget)
{
  RnlToolCard *card = RNL_IS_TOOL_CARD (widget) ? RNL_TOOL_CARD (widget) : NULL;

  return gtk_widget_get_focus_child (GTK_WIDGET (self)) != widget
         && (card == NULL
             || (!rnl_tool_card_is_kept_open (card)
                 && rnl_tool_state_is_final (rnl_part_get_state (rnl_tool_card_get_call (card)))));
}

/* Lets the first ones go, not one by one, so that there is rarely a movement. */
static void
trim (RnlRunList *self)
{
  if (self->asked || g_queue_get_length (&self->widgets) < 2 * RNL_RUN_LIST_SHOWN)
    return;

  while (g_queue_get_length (&self->widgets) > RNL_RUN_LIST_SHOWN
         && may_go (self, g_queue_peek_head (&self->widgets)))
    {
      gtk_widget_unparent (g_queue_pop_head (&self->widgets));
      self->first++;
    }
  update_earlier (self);
}

static void
earlier_cb (RnlRunList *self)
{
  guint first = self->first - MIN (self->first, RNL_RUN_LIST_SHOWN);

  self->asked = TRUE;
  gtk_widget_activate_action (GTK_WIDGET (self), "transcript.hold", NULL);
  while (self->first > first)
    make_first (self);
  update_earlier (self);
}

/* Parts are only ever appended. */
static void
parts_changed_cb (RnlRunList *self)
{
  guint n = g_list_model_get_n_items (self->parts);

  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  /* One more, as they come while something runs, is there at once. */
  if (get_end (self) + 1 == n)
    make_last (self);
  trim (self);
  if (get_end (self) < n)
    rnl_frame_task_queue (&self->make);
}

static void
rnl_run_list_dispose (GObject *object)
{
  RnlRunList *self = RNL_RUN_LIST (object);
  GtkWidget *child;

  rnl_frame_task_clear (&self->make);
  g_queue_clear (&self->widgets);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->parts);

  G_OBJECT_CLASS (rnl_run_list_parent_class)->dispose (object);
}

static void
rnl_run_list_class_init (RnlRunListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_run_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "runs");
}

static void
rnl_run_list_init (RnlRunList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  rnl_frame_task_init (&self->make, GTK_WIDGET (self), make_cb);
  self->earlier = gtk_button_new ();
  gtk_widget_add_css_class (self->earlier, "flat");
  gtk_widget_add_css_class (self->earlier, "small-button");
  gtk_widget_add_css_class (self->earlier, "caption");
  gtk_widget_set_halign (self->earlier, GTK_ALIGN_START);
  g_signal_connect_swapped (self->earlier, "clicked", G_CALLBACK (earlier_cb), self);
  gtk_widget_set_parent (self->earlier, GTK_WIDGET (self));
}

/**
 * rnl_run_list_new:
 * @parts: the [class@Runnel.Part]s
 * @depth: how many cards stand around the list
 *
 * Returns: (transfer floating): a list that follows @parts
 */
GtkWidget *
rnl_run_list_new (GListModel *parts, guint depth)
{
  RnlRunList *self = g_object_new (RNL_TYPE_RUN_LIST, NULL);
  guint n = g_list_model_get_n_items (parts);

  self->parts = g_object_ref (parts);
  self->depth = depth;
  self->first = n - MIN (n, RNL_RUN_LIST_SHOWN);
  if (depth >= RNL_RUN_LIST_MAX_DEPTH)
    gtk_widget_add_css_class (GTK_WIDGET (self), "deep");
  g_signal_connect_object (parts, "items-changed", G_CALLBACK (parts_changed_cb), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < BATCH && get_end (self) < n; i++)
    make_last (self);
  update_earlier (self);
  parts_changed_cb (self);

  return GTK_WIDGET (self);
}

/**
 * rnl_run_list_find:
 * @self: a list
 * @part: one of its parts
 *
 * Returns: (transfer none) (nullable): its widget, if it has one
 */
GtkWidget *
rnl_run_list_find (RnlRunList *self, RnlPart *part)
{
  g_return_val_if_fail (RNL_IS_RUN_LIST (self), NULL);

  for (guint i = 0; i < g_queue_get_length (&self->widgets); i++)
    {
      g_autoptr (RnlPart) other = g_list_model_get_item (self->parts, self->first + i);

      if (other == part)
        return g_queue_peek_nth (&self->widgets, i);
    }

  return NULL;
}

/**
 * rnl_run_list_is_inside:
 * @part: a part
 * @outer: a part
 *
 * Returns: whether @part is @outer, or ran inside it
 */
gboolean
rnl_run_list_is_inside (RnlPart *part, RnlPart *outer)
{
  GListModel *children = rnl_part_list_children (outer);

  if (part == outer)
    return TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (RnlPart) child = g_list_model_get_item (children, i);

      if (rnl_run_list_is_inside (part, child))
        return TRUE;
    }

  return FALSE;
}

/* Makes widgets until the part at POSITION has one. */
static GtkWidget *
make_until (RnlRunList *self, guint position)
{
  if (position < self->first)
    self->asked = TRUE;
  while (self->first > position)
    make_first (self);
  while (get_end (self) <= position)
    make_last (self);
  update_earlier (self);

  return g_queue_peek_nth (&self->widgets, position - self->first);
}

/**
 * rnl_run_list_reveal:
 * @self: a list
 * @part: one of its parts, or something inside one
 *
 * Makes its widget if it has none, and opens the cards around it as if the person had.
 *
 * Returns: (transfer none) (nullable): the widget, `NULL` when @part is not in the list
 */
GtkWidget *
rnl_run_list_reveal (RnlRunList *self, RnlPart *part)
{
  g_return_val_if_fail (RNL_IS_RUN_LIST (self), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (self->parts); i++)
    {
      g_autoptr (RnlPart) outer = g_list_model_get_item (self->parts, i);
      GtkWidget *widget;

      if (!rnl_run_list_is_inside (part, outer))
        continue;
      widget = make_until (self, i);
      if (RNL_IS_TOOL_CARD (widget))
        return rnl_tool_card_reveal (RNL_TOOL_CARD (widget), part);

      return part == outer
               ? widget
               : rnl_run_list_reveal (
                 RNL_RUN_LIST (rnl_nested_run_get_runs (RNL_NESTED_RUN (widget))), part);
    }

  return NULL;
}

/**
 * rnl_run_list_get_hidden:
 * @self: a list
 *
 * Returns: how many parts stand above the first that has a widget
 */
guint
rnl_run_list_get_hidden (RnlRunList *self)
{
  g_return_val_if_fail (RNL_IS_RUN_LIST (self), 0);

  return self->first;
}

/* rnl-sidebar-selection.c: several chats at once
 *
 * The list marks the chat that the window shows, until a person marks others: by Ctrl or Shift with
 * a click or an arrow, by a long press, by Ctrl+A, or by Select in the menu. Then a bar says how
 * many there are and what can be done with them, and a click marks one more or one less.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-sidebar-private.h"

#include <glib/gi18n.h>

#include "rnl-chat-row.h"
#include "rnl-compat-accessible.h"
#include "rnl-compat.h"

static RnlChat *
get_chat (RnlSidebar *self, guint position)
{
  g_autoptr (RnlChat) chat = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  return chat;
}

/* (element-type RnlChat): in the order of the list. */
GPtrArray *
rnl_sidebar_dup_selected (RnlSidebar *self)
{
  g_autoptr (GtkBitset) marked
    = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GPtrArray *chats = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, marked, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (chats, g_object_ref (get_chat (self, position)));

  return chats;
}

static void
mark (RnlSidebar *self, gboolean (*is_marked) (RnlSidebar *self, RnlChat *chat))
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, n);
  g_autoptr (GtkBitset) marked = gtk_bitset_new_empty ();

  for (guint i = 0; i < n; i++)
    if (is_marked (self, get_chat (self, i)))
      gtk_bitset_add (marked, i);
  self->marking = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), marked, all);
  self->marking = FALSE;
}

static gboolean
is_shown (RnlSidebar *self, RnlChat *chat)
{
  return chat == self->shown;
}

static gboolean
is_picked (RnlSidebar *self, RnlChat *chat)
{
  return g_hash_table_contains (self->picked, chat);
}

/* The list has changed: what was marked is marked again, wherever it stands now. */
void
rnl_sidebar_restore_selection (RnlSidebar *self)
{
  mark (self, self->selecting ? is_picked : is_shown);
}

static void
update_bar (RnlSidebar *self)
{
  guint n = g_hash_table_size (self->picked);
  g_autofree char *text
    = g_strdup_printf (g_dngettext (NULL, "%u chat selected", "%u chats selected", n), n);
  static const char *const actions[] = { "sidebar.pin-selected", "sidebar.label-selected",
                                         "sidebar.export-selected", "sidebar.delete-selected" };

  gtk_label_set_label (self->selection_label, text);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], self->selecting && n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sidebar.end-selection", self->selecting);
  gtk_revealer_set_reveal_child (self->selection_bar, self->selecting);
  if (self->selecting)
    rnl_compat_announce (GTK_WIDGET (self), text, FALSE);
}

static void
note_picked (RnlSidebar *self)
{
  g_autoptr (GPtrArray) chats = rnl_sidebar_dup_selected (self);

  g_hash_table_remove_all (self->picked);
  for (guint i = 0; i < chats->len; i++)
    g_hash_table_add (self->picked, g_object_ref (chats->pdata[i]));
}

/* A person has marked something: more than one is a selection. */
static void
selection_changed_cb (RnlSidebar *self)
{
  if (self->marking)
    return;

  note_picked (self);
  self->selecting = self->selecting || g_hash_table_size (self->picked) > 1;
  update_bar (self);
}

static void
begin (RnlSidebar *self)
{
  self->selecting = TRUE;
  note_picked (self);
  update_bar (self);
}

/* The list shows again what the window shows. */
void
rnl_sidebar_end_selection (RnlSidebar *self)
{
  if (!self->selecting)
    return;

  self->selecting = FALSE;
  g_hash_table_remove_all (self->picked);
  update_bar (self);
  rnl_sidebar_restore_selection (self);
}

/* By pointer and finger. */

static guint
find_position (RnlSidebar *self, GtkWidget *row)
{
  for (guint i = 0; i < self->bound->len; i++)
    {
      GtkListItem *item = g_ptr_array_index (self->bound, i);

      if (gtk_list_item_get_child (item) == row)
        return gtk_list_item_get_position (item);
    }

  return GTK_INVALID_LIST_POSITION;
}

/* The list does the rest: it knows from where a range goes. */
static void
select_row (RnlSidebar *self, GtkWidget *row, gboolean range)
{
  if (!self->selecting)
    begin (self);
  gtk_widget_activate_action (row, "list.select-item", "(ubb)", find_position (self, row), TRUE,
                              range);
}

static void
row_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, RnlSidebar *self)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (gesture);
  GtkWidget *row = gtk_event_controller_get_widget (controller);
  GdkModifierType state = gtk_event_controller_get_current_event_state (controller);

  if (!self->selecting && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (gtk_widget_get_parent (row));
  select_row (self, row, (state & GDK_SHIFT_MASK) != 0);
}

/* Not "single-click-activate", with which the list also marks whatever the pointer passes. */
static void
row_released_cb (GtkGestureClick *gesture, int n_press, double x, double y, RnlSidebar *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  if (!self->selecting && n_press == 1)
    gtk_widget_activate_action (row, "list.activate-item", "u", find_position (self, row));
}

static void
row_held_cb (GtkGestureLongPress *gesture, double x, double y, RnlSidebar *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  if (self->selecting)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  begin (self);
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection),
                                        find_position (self, row)))
    select_row (self, row, FALSE);
}

void
rnl_sidebar_watch_row (RnlSidebar *self, GtkWidget *row)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *hold = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (row_pressed_cb), self, 0);
  g_signal_connect_object (click, "released", G_CALLBACK (row_released_cb), self, 0);
  g_signal_connect_object (hold, "pressed", G_CALLBACK (row_held_cb), self, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (hold));
}

/* What is done with them. */

static void
select_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlSidebar *self = RNL_SIDEBAR (widget);
  g_autoptr (RnlChat) chat = rnl_sidebar_take_target (self);

  begin (self);
  /* Not the one that is shown: the one that was pointed at. */
  if (chat != NULL)
    {
      g_hash_table_remove_all (self->picked);
      g_hash_table_add (self->picked, g_object_ref (chat));
      rnl_sidebar_restore_selection (self);
    }
  update_bar (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->chat_view));
}

static void
end_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_sidebar_end_selection (RNL_SIDEBAR (widget));
  gtk_widget_grab_focus (GTK_WIDGET (RNL_SIDEBAR (widget)->chat_view));
}

/* Pins all of them; those that all are pinned already are taken down. */
static void
pin_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlSidebar *self = RNL_SIDEBAR (widget);
  g_autoptr (GPtrArray) chats = rnl_sidebar_dup_selected (self);
  gboolean pin = FALSE;

  for (guint i = 0; i < chats->len; i++)
    pin = pin || !rnl_chat_get_pinned (chats->pdata[i]);
  rnl_sidebar_end_selection (self);
  for (guint i = 0; i < chats->len; i++)
    {
      rnl_chat_set_pinned (chats->pdata[i], pin);
      rnl_library_save_chat (self->library, chats->pdata[i]);
    }
}

typedef struct
{
  RnlSidebar *sidebar;
  GPtrArray *chats;
} LabelData;

static void
add_labels (RnlChat *chat, const char *const *more)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) labels = NULL;

  g_strv_builder_addv (builder, (const char **) rnl_chat_get_labels (chat));
  g_strv_builder_addv (builder, (const char **) more);
  labels = g_strv_builder_end (builder);
  rnl_chat_set_labels (chat, (const char *const *) labels);
}

static void
labelled_cb (const char *text, gpointer user_data)
{
  LabelData *data = user_data;
  g_auto (GStrv) labels = text != NULL ? g_strsplit (text, ",", -1) : NULL;

  for (guint i = 0; labels != NULL && i < data->chats->len; i++)
    {
      add_labels (data->chats->pdata[i], (const char *const *) labels);
      rnl_library_save_chat (data->sidebar->library, data->chats->pdata[i]);
    }
  if (labels != NULL)
    rnl_sidebar_end_selection (data->sidebar);
  g_object_unref (data->sidebar);
  g_ptr_array_unref (data->chats);
  g_free (data);
}

static void
label_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlSidebar *self = RNL_SIDEBAR (widget);
  LabelData *data = g_new0 (LabelData, 1);

  data->sidebar = g_object_ref (self);
  data->chats = rnl_sidebar_dup_selected (self);
  rnl_compat_ask_text (GTK_WINDOW (gtk_widget_get_root (widget)),
                       _ ("Labels to add, with commas between them"), "", _ ("_Add"), labelled_cb,
                       data);
}

static GStrv
take_ids (RnlSidebar *self)
{
  g_autoptr (GPtrArray) chats = rnl_sidebar_dup_selected (self);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < chats->len; i++)
    g_strv_builder_add (ids, rnl_chat_get_id (chats->pdata[i]));
  rnl_sidebar_end_selection (self);

  return g_strv_builder_end (ids);
}

/* The window asks where to. */
static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_auto (GStrv) ids = take_ids (RNL_SIDEBAR (widget));

  gtk_widget_activate_action (widget, "win.export-chats", "(^ass)", ids,
                              g_variant_get_string (parameter, NULL));
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_auto (GStrv) ids = take_ids (RNL_SIDEBAR (widget));

  gtk_widget_activate_action (widget, "win.delete-chats", "^as", ids);
}

/* An arrow marks the chat it comes to. Who goes elsewhere without opening it sees again where they
 * are. */
static void
left_cb (RnlSidebar *self)
{
  if (!self->selecting && self->selection != NULL)
    rnl_sidebar_restore_selection (self);
}

void
rnl_sidebar_init_selection (RnlSidebar *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->chat_view), focus);
  self->picked = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  rnl_compat_present_shown (GTK_WIDGET (self->selection_bar));
  update_bar (self);
}

void
rnl_sidebar_watch_selection (RnlSidebar *self)
{
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

void
rnl_sidebar_install_selection (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "sidebar.select", NULL, select_action);
  gtk_widget_class_install_action (widget_class, "sidebar.end-selection", NULL, end_action);
  gtk_widget_class_install_action (widget_class, "sidebar.pin-selected", NULL, pin_action);
  gtk_widget_class_install_action (widget_class, "sidebar.label-selected", NULL, label_action);
  gtk_widget_class_install_action (widget_class, "sidebar.export-selected", "s", export_action);
  gtk_widget_class_install_action (widget_class, "sidebar.delete-selected", NULL, delete_action);
  gtk_widget_class_bind_template_child (widget_class, RnlSidebar, selection_bar);
  gtk_widget_class_bind_template_child (widget_class, RnlSidebar, selection_label);
  gtk_widget_class_bind_template_child (widget_class, RnlSidebar, selection_menu);
  gtk_widget_class_bind_template_child (widget_class, RnlSidebar, selection_export);
}

/* rnl-sidebar.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-sidebar-private.h"

#include <glib/gi18n.h>

#include "rnl-chat-row.h"
#include "rnl-chat-sections.h"
#include "rnl-compat-accessible.h"
#include "rnl-frame-task.h"
#include "rnl-lazy-menu.h"

/* Chats that are there in the first frame, in a window as high as a screen; that follow at a time;
 * and that a list has rows for at all (GTK 4.8). */
#define FIRST_ROWS 24
#define MORE_ROWS  12
#define MAX_ROWS   200

enum
{
  OPEN_CHAT,
  OPEN_MESSAGE,
  RENAME_CHAT,
  DELETE_CHAT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * RnlSidebar:
 *
 * Signals: `open-chat (RnlChat)`, `open-message (RnlChat, id of a message)`, `rename-chat
 * (RnlChat)`, `delete-chat (RnlChat)`.
 */
G_DEFINE_FINAL_TYPE (RnlSidebar, rnl_sidebar, GTK_TYPE_WIDGET)

/* Rows. */

static char *
dup_section (RnlChat *chat, GDateTime *now)
{
  return rnl_chat_get_pinned (chat) ? g_strdup (_ ("Pinned"))
                                    : rnl_chat_section (rnl_chat_get_updated (chat), now);
}

static void
update_section (RnlSidebar *self, GtkListItem *item, GDateTime *now)
{
  RnlChatRow *row = RNL_CHAT_ROW (gtk_list_item_get_child (item));
  GListModel *model = G_LIST_MODEL (self->selection);
  guint position = gtk_list_item_get_position (item);
  g_autoptr (RnlChat) before = position > 0 ? g_list_model_get_item (model, position - 1) : NULL;
  g_autofree char *section = dup_section (gtk_list_item_get_item (item), now);
  g_autofree char *section_before = before != NULL ? dup_section (before, now) : NULL;

  rnl_chat_row_set_section (row, g_strcmp0 (section, section_before) != 0 ? section : NULL);
}

/* Only some rows exist, so this is cheap however many chats there are. */
static void
update_sections (RnlSidebar *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  for (guint i = 0; i < self->bound->len; i++)
    update_section (self, g_ptr_array_index (self->bound, i), now);
}

void
rnl_sidebar_update_stack (RnlSidebar *self)
{
  const char *query = gtk_editable_get_text (self->search_entry);
  gboolean empty
    = self->selection == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0;

  if (*query == '\0')
    gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "chats");
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->results)) > 0)
    gtk_stack_set_visible_child_name (self->stack, "results");
  else if (self->search == NULL)
    gtk_stack_set_visible_child_name (self->stack, "nothing");
}

/* A chat that is shown may come into the list later, or change its place. */
static void
chats_changed_cb (RnlSidebar *self)
{
  rnl_sidebar_restore_selection (self);
  update_sections (self);
  rnl_sidebar_update_stack (self);
}

/* The focus goes back to the chat, unless what was chosen has taken it elsewhere. */
static void
menu_closed_cb (GtkWidget *popover)
{
  GtkWidget *item = gtk_widget_get_parent (gtk_widget_get_parent (popover));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (popover));
  gboolean inside = focus == NULL || focus == popover || gtk_widget_is_ancestor (focus, popover);

  if (inside && item != NULL)
    gtk_widget_grab_focus (item);
  gtk_widget_unparent (popover);
}

static void
show_menu (RnlSidebar *self, GtkWidget *row, double x, double y)
{
  GtkWidget *popover = gtk_popover_menu_new_from_model (self->chat_menu);
  RnlChat *chat = rnl_chat_row_get_chat (RNL_CHAT_ROW (row));

  g_set_object (&self->menu_chat, chat);
  rnl_sidebar_update_actions (self, chat);
  gtk_widget_set_parent (popover, row);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  g_signal_connect_after (popover, "closed", G_CALLBACK (menu_closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
row_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, RnlSidebar *self)
{
  show_menu (self, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)), x, y);
}

/* Shift+F10 and the menu key: at the chat that has the focus. */
static gboolean
menu_key_cb (GtkWidget *view, GVariant *arguments, gpointer user_data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (view));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  if (!RNL_IS_CHAT_ROW (row))
    return FALSE;

  show_menu (user_data, row, gtk_widget_get_width (row) / 2.0, gtk_widget_get_height (row) / 2.0);

  return TRUE;
}

static void
add_menu_keys (RnlSidebar *self)
{
  static const char *const keys[] = { "Menu", "<Shift>F10" };
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i]),
                        gtk_callback_action_new (menu_key_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->chat_view), shortcuts);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RnlSidebar *self)
{
  GtkWidget *row = rnl_chat_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (row_pressed_cb), self, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  rnl_sidebar_watch_row (self, row);
  gtk_list_item_set_child (item, row);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RnlSidebar *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  rnl_chat_row_set_chat (RNL_CHAT_ROW (gtk_list_item_get_child (item)),
                         gtk_list_item_get_item (item));
  g_ptr_array_add (self->bound, item);
  update_section (self, item, now);
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RnlSidebar *self)
{
  g_ptr_array_remove_fast (self->bound, item);
  rnl_chat_row_set_chat (RNL_CHAT_ROW (gtk_list_item_get_child (item)), NULL);
}

/* What a person does. */

static void
chat_activate_cb (RnlSidebar *self, guint position)
{
  g_autoptr (RnlChat) chat = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (chat == NULL)
    return;

  rnl_sidebar_end_selection (self);
  g_signal_emit (self, signals[OPEN_CHAT], 0, chat);
}

static void
rename_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (RnlChat) chat = rnl_sidebar_take_target (RNL_SIDEBAR (widget));

  if (chat != NULL)
    g_signal_emit (widget, signals[RENAME_CHAT], 0, chat);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (RnlChat) chat = rnl_sidebar_take_target (RNL_SIDEBAR (widget));

  if (chat != NULL)
    g_signal_emit (widget, signals[DELETE_CHAT], 0, chat);
}

static gboolean
fill_cb (gpointer user_data)
{
  RnlSidebar *self = user_data;
  guint size = gtk_slice_list_model_get_size (self->first) + MORE_ROWS;
  gboolean filled
    = size > MAX_ROWS
      || size >= g_list_model_get_n_items (gtk_slice_list_model_get_model (self->first));

  gtk_slice_list_model_set_size (self->first, filled ? G_MAXUINT : size);
  if (!filled)
    return G_SOURCE_CONTINUE;

  self->fill = 0;

  return G_SOURCE_REMOVE;
}

/* The rest of the chats, a few between two frames. */
static void
fill (GtkWidget *widget)
{
  RnlSidebar *self = RNL_SIDEBAR (widget);

  if (self->first == NULL || self->fill != 0
      || gtk_slice_list_model_get_size (self->first) == G_MAXUINT)
    return;

  self->fill = g_idle_add_full (G_PRIORITY_LOW, fill_cb, self, NULL);
}

static void
rnl_sidebar_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rnl_sidebar_parent_class)->map (widget);

  rnl_frame_when_painted (widget, fill);
}

static void
rnl_sidebar_dispose (GObject *object)
{
  RnlSidebar *self = RNL_SIDEBAR (object);

  rnl_sidebar_drop_search (self);
  g_clear_handle_id (&self->fill, g_source_remove);
  g_clear_object (&self->menu_chat);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->picked, g_hash_table_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_SIDEBAR);
  g_clear_object (&self->selection);
  g_clear_object (&self->first);
  g_clear_object (&self->results);
  g_clear_object (&self->library);
  g_clear_pointer (&self->bound, g_ptr_array_unref);

  G_OBJECT_CLASS (rnl_sidebar_parent_class)->dispose (object);
}

static void
rnl_sidebar_class_init (RnlSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_sidebar_dispose;
  widget_class->map = rnl_sidebar_map;

  signals[OPEN_CHAT] = g_signal_new ("open-chat", RNL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, RNL_TYPE_CHAT);
  signals[OPEN_MESSAGE]
    = g_signal_new ("open-message", RNL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, RNL_TYPE_CHAT, G_TYPE_STRING);
  signals[RENAME_CHAT] = g_signal_new ("rename-chat", RNL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, RNL_TYPE_CHAT);
  signals[DELETE_CHAT] = g_signal_new ("delete-chat", RNL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, RNL_TYPE_CHAT);

  gtk_widget_class_install_action (widget_class, "sidebar.rename", NULL, rename_action);
  gtk_widget_class_install_action (widget_class, "sidebar.delete", NULL, delete_action);
  rnl_sidebar_install_actions (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "sidebar.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "sidebar.end-selection",
                                       NULL);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/ui/rnl-sidebar.ui");
  rnl_sidebar_install_selection (widget_class);
  rnl_sidebar_install_search (widget_class);
  gtk_widget_class_bind_template_child (widget_class, RnlSidebar, box);
  gtk_widget_class_bind_template_child (widget_class, RnlSidebar, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RnlSidebar, stack);
  gtk_widget_class_bind_template_child (widget_class, RnlSidebar, chat_view);
  gtk_widget_class_bind_template_child (widget_class, RnlSidebar, chat_menu);
  gtk_widget_class_bind_template_child (widget_class, RnlSidebar, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, RnlSidebar, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, chat_activate_cb);
}

static void
rnl_sidebar_init (RnlSidebar *self)
{
  g_autoptr (GtkListItemFactory) chats = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  rnl_compat_present_shown (GTK_WIDGET (self->stack));
  add_menu_keys (self);
  rnl_compat_name_menu_button (self->menu_button, _ ("Main menu"));
  rnl_lazy_menu_set (self->menu_button, self->primary_menu);

  self->bound = g_ptr_array_new ();
  rnl_sidebar_init_selection (self);
  rnl_compat_name_menu_button (self->selection_export, _ ("Export"));
  rnl_lazy_menu_set (self->selection_export, self->selection_menu);
  g_signal_connect_object (chats, "setup", G_CALLBACK (setup_row_cb), self, 0);
  g_signal_connect_object (chats, "bind", G_CALLBACK (bind_row_cb), self, 0);
  g_signal_connect_object (chats, "unbind", G_CALLBACK (unbind_row_cb), self, 0);
  gtk_list_view_set_factory (self->chat_view, chats);
  rnl_sidebar_init_search (self);
  rnl_sidebar_update_stack (self);
}

/**
 * rnl_sidebar_set_library:
 * @self: a sidebar
 * @library: an open library
 */
void
rnl_sidebar_set_library (RnlSidebar *self, RnlLibrary *library)
{
  g_autoptr (GtkSliceListModel) first = NULL;
  GListModel *chats;

  g_return_if_fail (RNL_IS_SIDEBAR (self));

  if (!g_set_object (&self->library, library))
    return;

  chats = rnl_library_list_chats (library);
  first = gtk_slice_list_model_new (g_object_ref (chats), 0, FIRST_ROWS);
  g_set_object (&self->first, first);
  g_clear_object (&self->selection);
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (first)));
  gtk_list_view_set_model (self->chat_view, GTK_SELECTION_MODEL (self->selection));
  rnl_sidebar_watch_selection (self);
  rnl_sidebar_watch_contents (self);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (chats_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  rnl_sidebar_update_stack (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    rnl_frame_when_painted (GTK_WIDGET (self), fill);
}

/**
 * rnl_sidebar_select:
 * @self: a sidebar
 * @chat: (nullable): the chat the window shows
 */
void
rnl_sidebar_select (RnlSidebar *self, RnlChat *chat)
{
  g_return_if_fail (RNL_IS_SIDEBAR (self));

  g_set_object (&self->shown, chat);
  if (!self->selecting)
    rnl_sidebar_restore_selection (self);
}

/**
 * rnl_sidebar_get_query:
 * @self: a sidebar
 *
 * Returns: (transfer none): what is looked for in all chats
 */
const char *
rnl_sidebar_get_query (RnlSidebar *self)
{
  g_return_val_if_fail (RNL_IS_SIDEBAR (self), NULL);

  return gtk_editable_get_text (self->search_entry);
}

void
rnl_sidebar_focus_search (RnlSidebar *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

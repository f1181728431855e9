/* rnl-text-segment-links.c: links in running text, by pointer, key and menu
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-text-segment-private.h"

#include <glib/gi18n.h>

enum
{
  LINK_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];
static GtkWidgetClass *parent_class;

static void
clear_link (gpointer data)
{
  g_clear_pointer (&((RnlTextLink *) data)->href, g_free);
}

static const RnlTextLink *
find_link (RnlTextSegment *self, int offset)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      const RnlTextLink *link = &g_array_index (self->links, RnlTextLink, i);

      if (link->start <= offset && offset < link->end)
        return link;
    }

  return NULL;
}

static const RnlTextLink *
find_link_at (RnlTextSegment *self, double x, double y)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextIter iter;
  int bx, by;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &bx, &by);
  if (!gtk_text_view_get_iter_at_location (view, &iter, bx, by))
    return NULL;

  return find_link (self, gtk_text_iter_get_offset (&iter));
}

/* Returns: (transfer full) (nullable): where the link at a point leads */
char *
rnl_text_segment_dup_link_at (RnlTextSegment *self, double x, double y)
{
  const RnlTextLink *link = find_link_at (self, x, y);

  return link != NULL ? g_strdup (link->href) : NULL;
}

static void
activate_link (RnlTextSegment *self, const char *href)
{
  g_autofree char *address = g_strdup (href);

  g_signal_emit (self, signals[LINK_ACTIVATED], 0, address);
}

/* What a click does. Returns whether there was something to do. */
gboolean
rnl_text_segment_activate_at (RnlTextSegment *self, double x, double y)
{
  const RnlTextLink *link = find_link_at (self, x, y);

  if (link == NULL)
    return FALSE;
  activate_link (self, link->href);

  return TRUE;
}

static void
released_cb (RnlTextSegment *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  if (!gtk_text_buffer_get_has_selection (self->buffer))
    rnl_text_segment_activate_at (self, x, y);
}

static void
update_menu (RnlTextSegment *self, const RnlTextLink *link)
{
  g_free (self->menu_href);
  self->menu_href = link != NULL ? g_strdup (link->href) : NULL;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "link.open", link != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "link.copy", link != NULL);
}

static void
menu_pressed_cb (RnlTextSegment *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  update_menu (self, find_link_at (self, x, y));
}

static void
motion_cb (RnlTextSegment *self, double x, double y, GtkEventController *controller)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   find_link_at (self, x, y) != NULL ? "pointer" : "text");
}

static gboolean
query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  RnlTextSegment *self = RNL_TEXT_SEGMENT (widget);
  const RnlTextLink *link = keyboard ? NULL : find_link_at (self, x, y);

  if (link == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, link->href);

  return TRUE;
}

static const RnlTextLink *
selected_link (RnlTextSegment *self)
{
  GtkTextIter iter;

  gtk_text_buffer_get_selection_bounds (self->buffer, &iter, NULL);

  return find_link (self, gtk_text_iter_get_offset (&iter));
}

static gboolean
key_pressed_cb (RnlTextSegment *self, guint key, guint code, GdkModifierType state)
{
  const RnlTextLink *link = selected_link (self);

  update_menu (self, link);
  if (link == NULL || (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter))
    return GDK_EVENT_PROPAGATE;
  activate_link (self, link->href);

  return GDK_EVENT_STOP;
}

static gboolean
select_link (RnlTextSegment *self, const RnlTextLink *link)
{
  GtkTextBuffer *buffer = self->buffer;
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, link->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, link->end);
  gtk_text_buffer_select_range (buffer, &start, &end);

  return TRUE;
}

/* Tab comes to a text for its links alone, and goes from link to link before it leaves the text, as
 * on a web page. */
static gboolean
focus (GtkWidget *widget, GtkDirectionType direction)
{
  RnlTextSegment *self = RNL_TEXT_SEGMENT (widget);
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;
  guint n = self->links->len;
  GtkTextIter start, end;

  if (tab && !gtk_widget_is_focus (widget))
    return n > 0 && gtk_widget_grab_focus (widget)
           && select_link (self, &g_array_index (self->links, RnlTextLink,
                                                 direction == GTK_DIR_TAB_FORWARD ? 0 : n - 1));
  if (tab)
    {
      gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end);
      for (guint i = 0; i < n; i++)
        {
          guint index = direction == GTK_DIR_TAB_FORWARD ? i : n - 1 - i;
          const RnlTextLink *link = &g_array_index (self->links, RnlTextLink, index);

          if (direction == GTK_DIR_TAB_FORWARD ? link->start >= gtk_text_iter_get_offset (&end)
                                               : link->end <= gtk_text_iter_get_offset (&start))
            return select_link (self, link);
        }
    }

  return parent_class->focus (widget, direction);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlTextSegment *self = RNL_TEXT_SEGMENT (widget);

  if (self->menu_href != NULL)
    activate_link (self, self->menu_href);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlTextSegment *self = RNL_TEXT_SEGMENT (widget);

  if (self->menu_href != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->menu_href);
}

static void
add_controllers (RnlTextSegment *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (menu), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (menu));

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (widget, motion);

  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (widget, key);
}

/* Called by the class's own initializer. */
void
rnl_text_segment_class_init_links (GtkWidgetClass *widget_class)
{
  parent_class = g_type_class_peek_parent (widget_class);
  widget_class->query_tooltip = query_tooltip;
  widget_class->focus = focus;

  gtk_widget_class_install_action (widget_class, "link.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "link.copy", NULL, copy_action);

  /**
   * RnlTextSegment::link-activated:
   * @self: the segment
   * @address: an http, https or mailto address
   *
   * A link was clicked, or chosen by key or menu.
   */
  signals[LINK_ACTIVATED]
    = g_signal_new ("link-activated", RNL_TYPE_TEXT_SEGMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* Called when the widget is initialized. */
void
rnl_text_segment_init_links (RnlTextSegment *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  self->links = g_array_new (FALSE, FALSE, sizeof (RnlTextLink));
  g_array_set_clear_func (self->links, clear_link);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);

  g_menu_append (menu, _ ("_Open Link"), "link.open");
  g_menu_append (menu, _ ("Copy _Link Address"), "link.copy");
  gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (self), G_MENU_MODEL (menu));
  update_menu (self, NULL);
  add_controllers (self);
}

/* Adds a link at the end; one that goes on where the last one ended is the same. */
void
rnl_text_segment_add_link (RnlTextSegment *self, int start, int end, const char *href)
{
  RnlTextLink *last
    = self->links->len > 0 ? &g_array_index (self->links, RnlTextLink, self->links->len - 1) : NULL;
  RnlTextLink link = { start, end, NULL };

  if (last != NULL && last->end == start && g_str_equal (last->href, href))
    {
      last->end = end;
      return;
    }
  link.href = g_strdup (href);
  g_array_append_val (self->links, link);
}

/* Forgets the links of text that is removed from @offset on. */
void
rnl_text_segment_truncate_links (RnlTextSegment *self, int offset)
{
  while (self->links->len > 0)
    {
      RnlTextLink *link = &g_array_index (self->links, RnlTextLink, self->links->len - 1);

      link->end = MIN (link->end, offset);
      if (link->start < link->end)
        break;
      g_array_set_size (self->links, self->links->len - 1);
    }
}

/**
 * rnl_text_segment_get_n_links:
 * @self: a segment
 *
 * Returns: how many links it has
 */
guint
rnl_text_segment_get_n_links (RnlTextSegment *self)
{
  g_return_val_if_fail (RNL_IS_TEXT_SEGMENT (self), 0);

  return self->links->len;
}

/**
 * rnl_text_segment_get_link_address:
 * @self: a segment
 * @position: less than the number of links
 *
 * Returns: (transfer none): where the link leads
 */
const char *
rnl_text_segment_get_link_address (RnlTextSegment *self, guint position)
{
  g_return_val_if_fail (RNL_IS_TEXT_SEGMENT (self), NULL);
  g_return_val_if_fail (position < self->links->len, NULL);

  return g_array_index (self->links, RnlTextLink, position).href;
}

/* rnl-transcript-selection-input.c: selecting with pointer and keys
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-transcript-selection-private.h"

/* Scrolling while the pointer is outside: pixels a second for each pixel it is away. */
#define SCROLL_FACTOR 9.0
#define MAX_SCROLL    2400.0

/* {{{ Dragging */

static GtkAdjustment *
get_adjustment (RnlTranscriptSelection *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
}

/* The drag goes to the pointer, and over whole words or lines if it began with one. */
static void
extend_to_pointer (RnlTranscriptSelection *self)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self->list));
  RnlChatPoint point;
  RnlChatRange reach;
  gboolean before;

  if (!rnl_selection_hit_nearest (self, self->pointer_x, CLAMP (self->pointer_y, 0, height - 1),
                                  &point))
    return;
  rnl_selection_expand (self, &point, self->unit, &reach);
  before = rnl_chat_point_compare (&point, &self->origin.from) < 0;
  rnl_transcript_selection_set (self, before ? &self->origin.to : &self->origin.from,
                                before ? &reach.from
                                : rnl_chat_point_compare (&reach.to, &self->origin.to) > 0
                                  ? &reach.to
                                  : &self->origin.to);
}

static double
get_overshoot (RnlTranscriptSelection *self)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self->list));

  if (self->pointer_y < 0)
    return self->pointer_y;

  return self->pointer_y > height ? self->pointer_y - height : 0;
}

static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RnlTranscriptSelection *self = user_data;
  GdkFrameTimings *timings = gdk_frame_clock_get_current_timings (clock);
  gint64 interval = timings != NULL ? gdk_frame_timings_get_refresh_interval (timings) : 0;
  double seconds = (double) (interval > 0 ? interval : 16667) / G_USEC_PER_SEC;
  double speed = CLAMP (get_overshoot (self) * SCROLL_FACTOR, -MAX_SCROLL, MAX_SCROLL);
  GtkAdjustment *adjustment = get_adjustment (self);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + speed * seconds);
  rnl_scroll_follower_stop (rnl_message_list_get_follower (self->list));
  extend_to_pointer (self);

  return G_SOURCE_CONTINUE;
}

static void
update_scrolling (RnlTranscriptSelection *self)
{
  gboolean outside = self->dragging && get_overshoot (self) != 0;

  if (outside && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->list), scroll_cb, self, NULL);
  else if (!outside && self->tick != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self->list), self->tick);
      self->tick = 0;
    }
}

void
rnl_selection_stop_drag (RnlTranscriptSelection *self)
{
  self->dragging = FALSE;
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->list), self->tick);
  self->tick = 0;
}

static gboolean
is_touch (GtkGesture *gesture)
{
  GdkEvent *event = gtk_gesture_get_last_event (
    gesture, gtk_gesture_single_get_current_sequence (GTK_GESTURE_SINGLE (gesture)));

  return event != NULL
         && gdk_device_get_source (gdk_event_get_device (event)) == GDK_SOURCE_TOUCHSCREEN;
}

/* Keys go where the pointer was. */
static void
focus_text (RnlSelectable *text, GtkWidget *picked)
{
  for (; picked != NULL && picked != GTK_WIDGET (text); picked = gtk_widget_get_parent (picked))
    if (GTK_IS_TEXT_VIEW (picked) && gtk_widget_grab_focus (picked))
      return;
  gtk_widget_grab_focus (gtk_widget_get_ancestor (GTK_WIDGET (text), RNL_TYPE_MESSAGE_ROW));
}

static void
begin (RnlTranscriptSelection *self, const RnlChatPoint *point, int n_press, gboolean extend)
{
  self->wish_x = -1;
  if (extend && self->placed)
    {
      self->unit = RNL_SELECTION_CHARACTERS;
      self->origin = (RnlChatRange){ self->anchor, self->anchor };
      rnl_transcript_selection_set (self, &self->anchor, point);
      return;
    }
  self->unit = (RnlSelectionUnit) ((n_press - 1) % 3);
  rnl_selection_expand (self, point, self->unit, &self->origin);
  rnl_transcript_selection_set (self, &self->origin.from, &self->origin.to);
}

static void
pressed_cb (RnlTranscriptSelection *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GtkWidget *list = GTK_WIDGET (self->list);
  gboolean extend = (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture))
                     & GDK_SHIFT_MASK)
                    != 0;
  RnlSelectable *text = is_touch (gesture) ? NULL : rnl_selection_pick (self, x, y);
  RnlChatPoint point;

  if (text == NULL || !rnl_selection_hit (self, text, x, y, &point))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  focus_text (text, gtk_widget_pick (list, x, y, GTK_PICK_DEFAULT));
  self->dragging = TRUE;
  self->may_activate = n_press == 1 && !extend;
  self->pointer_x = x;
  self->pointer_y = y;
  begin (self, &point, n_press, extend);
}

static void
drag_update_cb (RnlTranscriptSelection *self, double dx, double dy, GtkGestureDrag *drag)
{
  double x, y;

  if (!self->dragging || !gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;
  if (self->may_activate
      && !gtk_drag_check_threshold (GTK_WIDGET (self->list), 0, 0, (int) dx, (int) dy))
    return;
  self->may_activate = FALSE;
  self->pointer_x = x + dx;
  self->pointer_y = y + dy;
  extend_to_pointer (self);
  update_scrolling (self);
}

static void
drag_end_cb (RnlTranscriptSelection *self, double dx, double dy, GtkGestureDrag *drag)
{
  RnlSelectable *text;
  graphene_point_t inside;

  if (!self->dragging)
    return;
  rnl_selection_stop_drag (self);
  rnl_selection_claim_primary (self);
  if (!self->may_activate)
    return;
  self->may_activate = FALSE;
  text = rnl_selection_pick (self, self->pointer_x, self->pointer_y);
  if (text != NULL
      && gtk_widget_compute_point (
        GTK_WIDGET (self->list), GTK_WIDGET (text),
        &GRAPHENE_POINT_INIT ((float) self->pointer_x, (float) self->pointer_y), &inside))
    rnl_selectable_activate (text, inside.x, inside.y);
}

static void
menu_pressed_cb (RnlTranscriptSelection *self, int n_press, double x, double y, GtkGesture *gesture)
{
  RnlSelectable *text = rnl_selection_pick (self, x, y);
  RnlChatPoint point;
  RnlChatRange range;

  if (text == NULL || !rnl_selection_hit (self, text, x, y, &point))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  focus_text (text, gtk_widget_pick (GTK_WIDGET (self->list), x, y, GTK_PICK_DEFAULT));
  if (!rnl_transcript_selection_get_range (self, &range)
      || rnl_chat_point_compare (&point, &range.from) < 0
      || rnl_chat_point_compare (&point, &range.to) > 0)
    rnl_transcript_selection_set (self, &point, &point);
  rnl_selection_pop_up (self, text, x, y);
}

/* }}} */

/* {{{ Keys */

/* What has the focus, if keys that are typed there are about the conversation. */
static GtkWidget *
get_focus (RnlTranscriptSelection *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->list));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || GTK_IS_EDITABLE (focus)
      || (GTK_IS_TEXT_VIEW (focus) && gtk_text_view_get_editable (GTK_TEXT_VIEW (focus))))
    return NULL;
  for (GtkWidget *widget = focus; widget != NULL && widget != GTK_WIDGET (self->list);
       widget = gtk_widget_get_parent (widget))
    {
      if (RNL_IS_MESSAGE_ROW (widget))
        return focus;
      if (RNL_IS_SELECTABLE (widget) && rnl_selectable_get_part (RNL_SELECTABLE (widget)) != NULL)
        return focus;
      /* A text with a selection of its own. */
      if (widget == focus && GTK_IS_TEXT_VIEW (widget)
          && gtk_widget_get_ancestor (widget, RNL_TYPE_SELECTABLE) == NULL)
        return NULL;
    }

  return NULL;
}

static gboolean
is_message (const RnlChatRange *range, guint message)
{
  return range->from.message == message && range->to.message == message && range->from.part == 0
         && range->from.place.block == 0 && range->from.place.offset == 0
         && range->to.part == G_MAXUINT;
}

/* The message first, then all of them. */
static void
select_more (RnlTranscriptSelection *self, GtkWidget *focus)
{
  RnlChatRange range;
  guint message;

  if (!rnl_selection_get_message (self, focus, &message)
      || (rnl_transcript_selection_get_range (self, &range) && is_message (&range, message)))
    rnl_transcript_selection_select_all (self);
  else
    rnl_transcript_selection_select_message (self, message);
}

static void
pop_up_at_focus (RnlTranscriptSelection *self)
{
  graphene_rect_t area;
  RnlSelectable *text;

  if (!self->placed || !rnl_selection_locate (self, &self->focus, &area))
    return;
  text = rnl_transcript_selection_find_text (self, &self->focus);
  if (text != NULL)
    rnl_selection_pop_up (self, text, area.origin.x, area.origin.y + area.size.height);
}

static gboolean
control_key (RnlTranscriptSelection *self, guint key, GtkWidget *focus)
{
  RnlChatRange range;

  switch (key)
    {
    case GDK_KEY_a:
    case GDK_KEY_slash:
      select_more (self, focus);
      return GDK_EVENT_STOP;
    case GDK_KEY_c:
    case GDK_KEY_Insert:
      if (!rnl_transcript_selection_get_range (self, &range))
        return GDK_EVENT_PROPAGATE;
      rnl_transcript_selection_copy (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
key_pressed_cb (RnlTranscriptSelection *self, guint key, guint code, GdkModifierType state)
{
  GtkWidget *focus = get_focus (self);
  RnlChatRange range;

  if (focus == NULL)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Escape || key == GDK_KEY_Tab || key == GDK_KEY_ISO_Left_Tab)
    {
      if (!rnl_transcript_selection_get_range (self, &range))
        return GDK_EVENT_PROPAGATE;
      rnl_transcript_selection_clear (self);
      return key == GDK_KEY_Escape ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
    }
  if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && (state & GDK_SHIFT_MASK)))
    {
      if (!self->placed)
        return GDK_EVENT_PROPAGATE;
      pop_up_at_focus (self);
      return GDK_EVENT_STOP;
    }
  if ((state & GDK_SHIFT_MASK) && !(state & GDK_ALT_MASK))
    return rnl_selection_move_key (self, key, state);
  if ((state & GDK_CONTROL_MASK) && !(state & GDK_ALT_MASK))
    return control_key (self, gdk_keyval_to_lower (key), focus);

  return GDK_EVENT_PROPAGATE;
}

/* }}} */

static void
add (RnlTranscriptSelection *self, gpointer controller)
{
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->list), controller);
}

void
rnl_selection_add_controllers (RnlTranscriptSelection *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_end_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (menu, "pressed", G_CALLBACK (menu_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  add (self, click);
  add (self, drag);
  gtk_gesture_group (click, drag);
  add (self, menu);
  add (self, keys);
}

/* rnl-composer.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-composer-private.h"

#include "rnl-compat-accessible.h"

#define MAX_LINES 8

/**
 * RnlComposer:
 *
 * A text view that grows to eight lines, then scrolls, with one button that is Send or, while an
 * answer is on its way, Stop, and one that attaches files. A slash offers prompts and commands, an
 * at sign files and chats. Signals: `send (RnlMessage)`, after
 * which the composer is empty but for files that could not be read; `send-refused`, once while an
 * answer is on its way; `stop`; `changed`, when the text is; `problem (text)`, for a person.
 */
enum
{
  SEND,
  SEND_LATER,
  SEND_REFUSED,
  STOP,
  CHANGED,
  PROBLEM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlComposer, rnl_composer, GTK_TYPE_WIDGET)

static gboolean
is_blank (RnlComposer *self)
{
  GtkTextIter iter;

  gtk_text_buffer_get_start_iter (self->buffer, &iter);
  do
    {
      gunichar c = gtk_text_iter_get_char (&iter);

      if (c != 0 && !g_unichar_isspace (c))
        return FALSE;
    }
  while (gtk_text_iter_forward_char (&iter));

  return TRUE;
}

static gboolean
is_empty (RnlComposer *self)
{
  return is_blank (self) && !rnl_composer_has_parts (self);
}

/* What can be done now. */
void
rnl_composer_update_actions (RnlComposer *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send",
                                 !self->busy && !is_empty (self)
                                   && !rnl_composer_is_loading (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.stop", self->busy);
}

/* Whether no letter says yet which way the text runs. */
static gboolean
has_no_letter (RnlComposer *self)
{
  GtkTextIter iter;

  gtk_text_buffer_get_start_iter (self->buffer, &iter);
  while (!gtk_text_iter_is_end (&iter))
    {
      if (g_unichar_isalpha (gtk_text_iter_get_char (&iter)))
        return FALSE;
      gtk_text_iter_forward_char (&iter);
    }

  return TRUE;
}

/* A text view that has the focus and no letters runs as the keyboard does: from left to right with
 * a Latin one, away from the words that stand there in a window from right to left. */
static void
update_side (RnlComposer *self)
{
  GtkWidget *view = GTK_WIDGET (self->text_view);
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (view));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;
  gboolean away = gtk_widget_get_direction (view) == GTK_TEXT_DIR_RTL && has_no_letter (self)
                  && gtk_widget_has_focus (view) && keyboard != NULL
                  && gdk_device_get_direction (keyboard) != PANGO_DIRECTION_RTL;

  gtk_text_view_set_justification (self->text_view, away ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
}

/* When the person writes for the first time: a window that was only opened has nothing of it. */
static void
check_spelling (RnlComposer *self)
{
  if (self->spelling != NULL || self->workspace == NULL || !rnl_speller_is_supported ())
    return;
  self->spelling
    = rnl_spelling_check_new (self->text_view, rnl_workspace_get_speller (self->workspace),
                              rnl_workspace_get_settings (self->workspace));
}

static void
buffer_changed_cb (RnlComposer *self)
{
  update_side (self);
  rnl_composer_update_actions (self);
  rnl_composer_update_suggestions (self);
  gtk_widget_set_visible (self->placeholder, gtk_text_buffer_get_char_count (self->buffer) == 0);
  if (self->setting_text)
    return;
  check_spelling (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
send_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_composer_send (RNL_COMPOSER (widget));
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[STOP], 0);
}

static void
attach_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_composer_choose_files (RNL_COMPOSER (widget));
}

static void
tray_emptied_cb (RnlComposer *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static gboolean
key_pressed_cb (RnlComposer *self, guint keyval, guint keycode, GdkModifierType state)
{
  gboolean shift = (state & GDK_SHIFT_MASK) != 0;
  gboolean control = (state & GDK_CONTROL_MASK) != 0;

  if (rnl_composer_suggestion_key (self, keyval, state))
    return GDK_EVENT_STOP;
  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter && keyval != GDK_KEY_ISO_Enter)
    return GDK_EVENT_PROPAGATE;
  if (!control && shift == self->enter_sends)
    return GDK_EVENT_PROPAGATE;

  rnl_composer_send (self);

  return GDK_EVENT_STOP;
}

/* The height of a line is known once there is a style. */
static void
rnl_composer_realize (GtkWidget *widget)
{
  RnlComposer *self = RNL_COMPOSER (widget);
  PangoContext *context;
  PangoFontMetrics *metrics;
  int line;

  GTK_WIDGET_CLASS (rnl_composer_parent_class)->realize (widget);

  context = gtk_widget_get_pango_context (GTK_WIDGET (self->text_view));
  metrics = pango_context_get_metrics (context, NULL, NULL);
  line = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  pango_font_metrics_unref (metrics);
  gtk_scrolled_window_set_max_content_height (self->scroller, line * MAX_LINES + 20);
}

static gboolean
rnl_composer_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RNL_COMPOSER (widget)->text_view));
}

/* Without this, what takes the focus for the text would come before everything else in the row. */
static gboolean
rnl_composer_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_child_focus (RNL_COMPOSER (widget)->box, direction);
}

static void
rnl_composer_dispose (GObject *object)
{
  RnlComposer *self = RNL_COMPOSER (object);

  g_cancellable_cancel (self->pasting);
  g_clear_object (&self->pasting);
  if (self->files != NULL)
    g_signal_handlers_disconnect_by_data (self->files, self);
  g_clear_object (&self->files);
  g_clear_object (&self->spelling);
  rnl_composer_clear_suggestions (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_COMPOSER);

  G_OBJECT_CLASS (rnl_composer_parent_class)->dispose (object);
}

static void
rnl_composer_class_init (RnlComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rnl_composer_dispose;
  widget_class->realize = rnl_composer_realize;
  widget_class->grab_focus = rnl_composer_grab_focus;
  widget_class->focus = rnl_composer_focus;

  signals[SEND] = g_signal_new ("send", RNL_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, RNL_TYPE_MESSAGE);
  signals[SEND_LATER] = g_signal_new ("send-later", RNL_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0,
                                      g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN,
                                      1, G_TYPE_STRING);
  signals[SEND_REFUSED] = g_signal_new ("send-refused", RNL_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STOP] = g_signal_new ("stop", RNL_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", RNL_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);

  signals[PROBLEM] = g_signal_new ("problem", RNL_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (RNL_TYPE_ATTACHMENT_TRAY);
  gtk_widget_class_install_action (widget_class, "composer.attach", NULL, attach_action);
  gtk_widget_class_install_action (widget_class, "composer.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "composer.stop", NULL, stop_action);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/ui/rnl-composer.ui");
  rnl_composer_install_screenshots (widget_class);
  gtk_widget_class_bind_template_child (widget_class, RnlComposer, box);
  gtk_widget_class_bind_template_child (widget_class, RnlComposer, tray);
  gtk_widget_class_bind_template_child (widget_class, RnlComposer, placeholder);
  gtk_widget_class_bind_template_child (widget_class, RnlComposer, scroller);
  gtk_widget_class_bind_template_child (widget_class, RnlComposer, text_view);
  gtk_widget_class_bind_template_child (widget_class, RnlComposer, buffer);
  gtk_widget_class_bind_template_child (widget_class, RnlComposer, button_stack);
  gtk_widget_class_bind_template_child (widget_class, RnlComposer, send_button);
  gtk_widget_class_bind_template_child (widget_class, RnlComposer, stop_button);
  gtk_widget_class_bind_template_callback (widget_class, buffer_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_side);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, rnl_composer_paste_cb);
  gtk_widget_class_bind_template_callback (widget_class, tray_emptied_cb);
  gtk_widget_class_set_css_name (widget_class, "composer");
}

static void
rnl_composer_init (RnlComposer *self)
{
  self->enter_sends = TRUE;
  self->pasting = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rnl_compat_present_shown (GTK_WIDGET (self->button_stack));
  rnl_composer_init_suggestions (self);
  rnl_composer_init_screenshots (self);
  rnl_composer_set_files (self, NULL);
}

/**
 * rnl_composer_dup_text:
 * @self: a composer
 *
 * Returns: (transfer full): what stands in it
 */
char *
rnl_composer_dup_text (RnlComposer *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (RNL_IS_COMPOSER (self), NULL);

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);

  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

/**
 * rnl_composer_set_text:
 * @self: a composer
 * @text: (nullable): what shall stand in it; the cursor goes behind it
 *
 * Does not emit `changed`.
 */
void
rnl_composer_set_text (RnlComposer *self, const char *text)
{
  GtkTextIter end;

  g_return_if_fail (RNL_IS_COMPOSER (self));

  self->setting_text = TRUE;
  gtk_text_buffer_set_text (self->buffer, text != NULL ? text : "", -1);
  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_place_cursor (self->buffer, &end);
  self->setting_text = FALSE;
}

/**
 * rnl_composer_set_busy:
 * @self: a composer
 * @busy: whether an answer is on its way: then the button is Stop
 */
void
rnl_composer_set_busy (RnlComposer *self, gboolean busy)
{
  gboolean had_focus;

  g_return_if_fail (RNL_IS_COMPOSER (self));

  had_focus = gtk_widget_is_focus (self->send_button) || gtk_widget_is_focus (self->stop_button);
  self->busy = busy;
  self->refused = FALSE;
  gtk_stack_set_visible_child_name (self->button_stack, busy ? "stop" : "send");
  rnl_composer_update_actions (self);
  if (had_focus)
    gtk_widget_grab_focus (busy ? self->stop_button : GTK_WIDGET (self->text_view));
}

/**
 * rnl_composer_set_placeholder:
 * @self: a composer
 * @text: what stands in it while nothing is written
 */
void
rnl_composer_set_placeholder (RnlComposer *self, const char *text)
{
  g_return_if_fail (RNL_IS_COMPOSER (self));

  gtk_label_set_label (GTK_LABEL (self->placeholder), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text_view),
                                  GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER, text, -1);
}

/**
 * rnl_composer_set_enter_sends:
 * @self: a composer
 * @enter_sends: whether Enter sends and Shift+Enter breaks the line, or the other way round;
 *   Ctrl+Enter always sends
 */
void
rnl_composer_set_enter_sends (RnlComposer *self, gboolean enter_sends)
{
  g_return_if_fail (RNL_IS_COMPOSER (self));

  self->enter_sends = enter_sends;
}

/* Words alone can wait for their turn; files stay where they are. */
static void
refuse_or_queue (RnlComposer *self, const char *text)
{
  gboolean taken = FALSE;

  if (*text != '\0' && !rnl_composer_has_parts (self))
    g_signal_emit (self, signals[SEND_LATER], 0, text, &taken);
  if (taken)
    {
      rnl_composer_set_text (self, NULL);
      return;
    }
  if (!self->refused)
    g_signal_emit (self, signals[SEND_REFUSED], 0);
  self->refused = TRUE;
}

/**
 * rnl_composer_send:
 * @self: a composer
 *
 * Emits `send` and empties the composer. Does nothing when it is empty or a file is still being
 * read. While an answer is on its way it emits `send-later` instead; when nobody takes that, or
 * there are files, it keeps what it has and emits `send-refused` the first time.
 */
void
rnl_composer_send (RnlComposer *self)
{
  g_autofree char *text = NULL;
  g_autoptr (RnlMessage) message = NULL;

  g_return_if_fail (RNL_IS_COMPOSER (self));

  if (is_empty (self) || rnl_composer_is_loading (self))
    return;
  text = rnl_composer_dup_text (self);
  g_strstrip (text);
  if (self->busy)
    {
      refuse_or_queue (self, text);
      return;
    }

  message = rnl_message_new (RNL_ROLE_USER);
  rnl_composer_move_parts (self, message);
  if (*text != '\0')
    {
      g_autoptr (RnlPart) words = rnl_part_new_text (text);

      rnl_message_add_part (message, words);
    }
  rnl_message_set_state (message, RNL_MESSAGE_COMPLETE);
  rnl_composer_set_text (self, NULL);
  g_signal_emit (self, signals[SEND], 0, message);
}

/* rnl-transcript-view.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-transcript-view.h"

#include <glib/gi18n.h>

#include "rnl-chat-style.h"
#include "rnl-compat-accessible.h"
#include "rnl-conversation-outline.h"
#include "rnl-json-value.h"
#include "rnl-provider-error.h"
#include "rnl-selection-host.h"
#include "rnl-transcript-versions.h"

#define LINE_HEIGHT 22.0

/**
 * RnlTranscriptView:
 *
 * The messages of one conversation with everything around them: following the end, the way back to
 * it, the content of what is looked at, moving by keyboard, and announcements.
 *
 * Widgets inside speak to it by actions: `transcript.retry`, `transcript.continue`,
 * `transcript.decide` (decision, part id, reason or arguments, digest), `transcript.hold` before
 * something unfolds, `transcript.announce` (text), `transcript.scroll-to-end`,
 * `transcript.previous-message`, `transcript.next-message`, and those of rnl-transcript-versions.h.
 */
struct _RnlTranscriptView
{
  GtkWidget parent_instance;

  /* owned */
  RnlConversation *conversation;
  GCancellable *loading;
  RnlTranscriptTexts *texts;
  RnlAnnouncer *announcer;

  /* template children */
  GtkWidget *overlay;
  RnlMessageList *list;
  GtkWidget *end_revealer;
  GtkWidget *end_button;
  GtkWidget *end_count;
  GtkWidget *status;

  /* sources and handlers */
  gulong busy_changed;
};

static void init_host (RnlSelectionHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlTranscriptView,
                               rnl_transcript_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_SELECTION_HOST, init_host))

static void
text_made (RnlSelectionHost *host, RnlSelectable *text)
{
  RnlTranscriptView *self = RNL_TRANSCRIPT_VIEW (host);

  if (self->texts != NULL)
    rnl_transcript_texts_show (self->texts, text);
}

static void
init_host (RnlSelectionHostInterface *iface)
{
  iface->text_made = text_made;
}

/* The way back to the end. */

static void
update_end_button (RnlTranscriptView *self)
{
  RnlScrollFollower *follower = rnl_message_list_get_follower (self->list);
  int lines = (int) (rnl_scroll_follower_get_unseen (follower) / LINE_HEIGHT + 0.5);
  g_autofree char *count = g_strdup_printf ("%d", MIN (lines, 9999));
  g_autofree char *label = NULL;

  if (lines > 0)
    label = g_strdup_printf (
      ngettext ("Go to the End, %d New Line", "Go to the End, %d New Lines", (gulong) lines),
      lines);
  gtk_widget_set_visible (self->end_count, lines > 0);
  gtk_label_set_text (GTK_LABEL (self->end_count), count);
  gtk_widget_set_tooltip_text (self->end_button, label != NULL ? label : _ ("Go to the End"));
  rnl_chat_set_label (self->end_button, label != NULL ? label : _ ("Go to the End"));
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->end_revealer),
                                 !rnl_scroll_follower_get_at_end (follower));
}

/* What is looked at has its content; what is not, need not. */

static void
filled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlTranscriptView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rnl_conversation_fill_finish (RNL_CONVERSATION (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Earlier messages could not be read: %s", error->message);
      return;
    }
  if (RNL_CONVERSATION (source) == self->conversation)
    rnl_message_list_filled (self->list);
}

static void
wanted_cb (RnlTranscriptView *self, GPtrArray *messages)
{
  if (self->conversation != NULL)
    rnl_conversation_fill_async (self->conversation, messages, self->loading, filled_cb,
                                 g_object_ref (self));
}

static void
dropped_cb (RnlTranscriptView *self, RnlMessage *message)
{
  if (self->conversation != NULL)
    rnl_conversation_empty (self->conversation, message);
}

/* Following: what the person does with keys and pointer stops it. */

static gboolean
key_pressed_cb (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                gpointer user_data)
{
  RnlTranscriptView *self = user_data;
  RnlScrollFollower *follower = rnl_message_list_get_follower (self->list);

  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      rnl_scroll_follower_stop (follower);
      break;
    case GDK_KEY_a:
      if (state & GDK_CONTROL_MASK)
        rnl_scroll_follower_stop (follower);
      break;
    case GDK_KEY_Left:
    case GDK_KEY_Right:
    case GDK_KEY_Down:
      if (state & GDK_SHIFT_MASK)
        rnl_scroll_follower_stop (follower);
      break;
    default:
      break;
    }

  return GDK_EVENT_PROPAGATE;
}

static void
drag_update_cb (GtkGestureDrag *drag, double x, double y, RnlTranscriptView *self)
{
  if (gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) x, (int) y))
    rnl_scroll_follower_stop (rnl_message_list_get_follower (self->list));
}

static void
pressed_cb (GtkGestureClick *click, int n_press, double x, double y, RnlTranscriptView *self)
{
  if (n_press > 1)
    rnl_scroll_follower_stop (rnl_message_list_get_follower (self->list));
}

static void
add_controllers (RnlTranscriptView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);

  /* They see the pointer without taking it from who selects: by dragging, or a word by two clicks.
   */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (click));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (drag));
}

/* Actions. */

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlTranscriptView *self = RNL_TRANSCRIPT_VIEW (widget);

  if (self->conversation == NULL || rnl_conversation_get_busy (self->conversation))
    return;

  rnl_message_list_scroll_to_end (self->list);
  rnl_conversation_retry (self->conversation);
}

static void
continue_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlTranscriptView *self = RNL_TRANSCRIPT_VIEW (widget);

  if (self->conversation == NULL || rnl_conversation_get_busy (self->conversation))
    return;

  rnl_message_list_scroll_to_end (self->list);
  rnl_conversation_continue (self->conversation);
}

static RnlPart *
find_call (GListModel *parts, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (parts); i++)
    {
      g_autoptr (RnlPart) part = g_list_model_get_item (parts, i);

      if (g_str_equal (rnl_part_get_id (part), id))
        return part;
    }

  return NULL;
}

static gboolean
has_other_waiting (GListModel *parts, RnlPart *call)
{
  for (guint i = 0; i < g_list_model_get_n_items (parts); i++)
    {
      g_autoptr (RnlPart) part = g_list_model_get_item (parts, i);

      if (part != call && rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL
          && rnl_part_get_state (part) == RNL_TOOL_WAITING)
        return TRUE;
    }

  return FALSE;
}

/* Decides with the person's words: a reason, or arguments, which were checked as they were written.
 */
static void
decide (
  RnlAgentRun *run, RnlPart *call, RnlDecision decision, const char *words, const char *digest)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  if (decision != RNL_DECISION_EDIT)
    {
      if (!rnl_agent_run_decide_shown (run, call, decision, digest, NULL,
                                       *words != '\0' ? words : NULL, &error))
        g_warning ("A decision was not taken: %s", error->message);
      return;
    }

  node = rnl_json_strict_parse (words, -1, &error);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)
      || !rnl_agent_run_decide_full (run, call, decision, json_node_get_object (node), NULL,
                                     &error))
    g_warning ("Arguments that had been checked were not taken: %s",
               error != NULL ? error->message : "no object");
}

static void
decide_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlTranscriptView *self = RNL_TRANSCRIPT_VIEW (widget);
  RnlAgentRun *run
    = self->conversation != NULL ? rnl_conversation_get_run (self->conversation) : NULL;
  const char *id, *words, *digest;
  guint decision;
  RnlPart *call;

  g_variant_get (parameter, "(u&s&s&s)", &decision, &id, &words, &digest);
  if (run == NULL || decision > RNL_DECISION_ALLOW_ALWAYS)
    return;

  call = find_call (rnl_message_list_parts (rnl_agent_run_get_message (run)), id);
  if (call == NULL)
    return;

  if (!has_other_waiting (rnl_message_list_parts (rnl_agent_run_get_message (run)), call))
    rnl_chat_set_attention (rnl_conversation_get_chat (self->conversation), FALSE);
  decide (run, call, (RnlDecision) decision, words, digest);
}

static void
hold_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_message_list_hold (RNL_TRANSCRIPT_VIEW (widget)->list);
}

static void
announce_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_announcer_say (RNL_TRANSCRIPT_VIEW (widget)->announcer,
                     g_variant_get_string (parameter, NULL));
}

static void
scroll_to_end_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_message_list_scroll_to_end (RNL_TRANSCRIPT_VIEW (widget)->list);
}

/* By keys, so where the focus goes is to be seen. */
static void
move_focus (GtkWidget *widget, int by)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  rnl_message_list_move_focus (RNL_TRANSCRIPT_VIEW (widget)->list, by);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_focus_visible (GTK_WINDOW (root), TRUE);
}

static void
previous_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_focus (widget, -1);
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_focus (widget, 1);
}

static void
update_actions (RnlTranscriptView *self)
{
  gboolean idle = self->conversation != NULL && !rnl_conversation_get_busy (self->conversation);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "transcript.retry", idle);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "transcript.continue", idle);
  rnl_transcript_versions_update (self, idle);
}

static void
rnl_transcript_view_dispose (GObject *object)
{
  RnlTranscriptView *self = RNL_TRANSCRIPT_VIEW (object);

  if (self->list != NULL)
    {
      rnl_transcript_view_set_conversation (self, NULL);
      /* While the list can still be asked where it is. */
      rnl_transcript_view_set_messages (self, NULL);
    }
  g_clear_object (&self->texts);
  g_clear_object (&self->announcer);
  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_TRANSCRIPT_VIEW);

  G_OBJECT_CLASS (rnl_transcript_view_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  rnl_transcript_versions_install (widget_class);
  gtk_widget_class_install_action (widget_class, "transcript.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "transcript.continue", NULL, continue_action);
  gtk_widget_class_install_action (widget_class, "transcript.decide", "(usss)", decide_action);
  gtk_widget_class_install_action (widget_class, "transcript.hold", NULL, hold_action);
  gtk_widget_class_install_action (widget_class, "transcript.announce", "s", announce_action);
  gtk_widget_class_install_action (widget_class, "transcript.scroll-to-end", NULL,
                                   scroll_to_end_action);
  gtk_widget_class_install_action (widget_class, "transcript.previous-message", NULL,
                                   previous_action);
  gtk_widget_class_install_action (widget_class, "transcript.next-message", NULL, next_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK,
                                       "transcript.previous-message", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK,
                                       "transcript.next-message", NULL);
}

static void
rnl_transcript_view_class_init (RnlTranscriptViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_transcript_view_dispose;

  rnl_chat_style_ensure ();
  g_type_ensure (RNL_TYPE_MESSAGE_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/chat/rnl-transcript-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlTranscriptView, overlay);
  gtk_widget_class_bind_template_child (widget_class, RnlTranscriptView, list);
  gtk_widget_class_bind_template_child (widget_class, RnlTranscriptView, end_revealer);
  gtk_widget_class_bind_template_child (widget_class, RnlTranscriptView, end_button);
  gtk_widget_class_bind_template_child (widget_class, RnlTranscriptView, end_count);
  gtk_widget_class_bind_template_child (widget_class, RnlTranscriptView, status);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "transcript");
  install_actions (widget_class);
}

static void
rnl_transcript_view_init (RnlTranscriptView *self)
{
  RnlScrollFollower *follower;

  gtk_widget_init_template (GTK_WIDGET (self));
  rnl_compat_present_shown (GTK_WIDGET (self->end_revealer));
  follower = rnl_message_list_get_follower (self->list);
  g_signal_connect_object (follower, "notify::at-end", G_CALLBACK (update_end_button), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (follower, "notify::unseen", G_CALLBACK (update_end_button), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "wanted", G_CALLBACK (wanted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "dropped", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
  add_controllers (self);
  self->texts = rnl_transcript_texts_new (self->list);
  self->announcer = rnl_announcer_new (self->status);
  update_end_button (self);
  update_actions (self);
  rnl_chat_set_label (GTK_WIDGET (self->list), _ ("Conversation"));
}

/**
 * rnl_transcript_view_new:
 *
 * Returns: (transfer floating): a view of nothing
 */
GtkWidget *
rnl_transcript_view_new (void)
{
  return g_object_new (RNL_TYPE_TRANSCRIPT_VIEW, NULL);
}

RnlConversation *
rnl_transcript_view_get_conversation (RnlTranscriptView *self)
{
  g_return_val_if_fail (RNL_IS_TRANSCRIPT_VIEW (self), NULL);

  return self->conversation;
}

/**
 * rnl_transcript_view_set_conversation:
 * @self: a view
 * @conversation: (nullable): what to show, from its end
 */
void
rnl_transcript_view_set_conversation (RnlTranscriptView *self, RnlConversation *conversation)
{
  g_return_if_fail (RNL_IS_TRANSCRIPT_VIEW (self));

  if (self->conversation == conversation)
    return;

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = conversation != NULL ? g_cancellable_new () : NULL;
  if (self->conversation != NULL)
    g_clear_signal_handler (&self->busy_changed, self->conversation);
  g_set_object (&self->conversation, conversation);
  rnl_transcript_texts_set_conversation (self->texts, conversation);
  if (conversation != NULL)
    self->busy_changed
      = g_signal_connect_swapped (conversation, "notify::busy", G_CALLBACK (update_actions), self);
  rnl_transcript_view_set_messages (
    self, conversation != NULL ? rnl_conversation_list_messages (conversation) : NULL);
  update_actions (self);
}

/**
 * rnl_transcript_view_set_messages:
 * @self: a view
 * @messages: (nullable): the [class@Runnel.Message]s, oldest first
 *
 * Shows messages that belong to no conversation, for example an imported chat. Nothing can be
 * retried or decided in them.
 */
void
rnl_transcript_view_set_messages (RnlTranscriptView *self, GListModel *messages)
{
  g_return_if_fail (RNL_IS_TRANSCRIPT_VIEW (self));

  rnl_announcer_set_messages (self->announcer, messages);
  rnl_transcript_texts_set_model (self->texts, messages);
  rnl_message_list_set_model (self->list, messages);
}

RnlMessageList *
rnl_transcript_view_get_list (RnlTranscriptView *self)
{
  g_return_val_if_fail (RNL_IS_TRANSCRIPT_VIEW (self), NULL);

  return self->list;
}

/**
 * rnl_transcript_view_get_texts:
 * @self: a view
 *
 * Returns: (transfer none): what is selected and found in it
 */
RnlTranscriptTexts *
rnl_transcript_view_get_texts (RnlTranscriptView *self)
{
  g_return_val_if_fail (RNL_IS_TRANSCRIPT_VIEW (self), NULL);

  return self->texts;
}

/**
 * rnl_transcript_view_check_arguments:
 * @self: a transcript
 * @call: a call that waits
 * @arguments: what a person would have it run with
 * @error: return location for an error
 *
 * Returns: whether the tool takes them; `TRUE` when nothing is alive that could say
 */
gboolean
rnl_transcript_view_check_arguments (RnlTranscriptView *self,
                                     RnlPart *call,
                                     JsonObject *arguments,
                                     GError **error)
{
  RnlAgentRun *run;

  g_return_val_if_fail (RNL_IS_TRANSCRIPT_VIEW (self), FALSE);

  run = self->conversation != NULL ? rnl_conversation_get_run (self->conversation) : NULL;

  return run == NULL || rnl_agent_run_check_arguments (run, call, arguments, error);
}

/**
 * rnl_transcript_view_find_tool:
 * @self: a transcript
 * @call: a call
 *
 * Returns: (transfer none) (nullable): what @call would run
 */
RnlTool *
rnl_transcript_view_find_tool (RnlTranscriptView *self, RnlPart *call)
{
  g_return_val_if_fail (RNL_IS_TRANSCRIPT_VIEW (self), NULL);

  if (self->conversation == NULL || rnl_conversation_get_tools (self->conversation) == NULL)
    return NULL;

  return rnl_tool_registry_find (rnl_conversation_get_tools (self->conversation),
                                 rnl_part_get_name (call));
}

/**
 * rnl_transcript_view_scroll_to_end:
 * @self: a view
 *
 * Goes to the end and follows it.
 */
void
rnl_transcript_view_scroll_to_end (RnlTranscriptView *self)
{
  g_return_if_fail (RNL_IS_TRANSCRIPT_VIEW (self));

  rnl_message_list_scroll_to_end (self->list);
}

/**
 * rnl_transcript_view_get_announcer:
 * @self: a view
 *
 * Returns: (transfer none): what tells assistive technology of it
 */
RnlAnnouncer *
rnl_transcript_view_get_announcer (RnlTranscriptView *self)
{
  g_return_val_if_fail (RNL_IS_TRANSCRIPT_VIEW (self), NULL);

  return self->announcer;
}

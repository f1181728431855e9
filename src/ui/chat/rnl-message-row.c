/* rnl-message-row.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-message-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-answer-parts.h"
#include "rnl-attachment-button.h"
#include "rnl-chat-point.h"
#include "rnl-chat-style.h"
#include "rnl-chat-text.h"
#include "rnl-compat-accessible.h"
#include "rnl-error-row.h"
#include "rnl-message-foot.h"
#include "rnl-output-view.h"
#include "rnl-question-text.h"
#include "rnl-selectable.h"
#include "rnl-version-switch.h"

/* A longer question is shown by its first and last lines. */
#define MAX_BUBBLE_BYTES 4000

/* Of the pictures that came along. */
#define PICTURE_WIDTH  240
#define PICTURE_HEIGHT 180

/**
 * RnlMessageRow:
 *
 * The person's message: a bubble at the right with Edit and Copy beside it. An answer: its parts
 * without a bubble, then an error or a word about how it ended, then its foot. Can have the
 * keyboard focus, for moving from message to message.
 */
struct _RnlMessageRow
{
  GtkWidget parent_instance;

  /* owned */
  RnlMessage *message;
  char *label;

  /* children */
  GtkWidget *box;
  GtkWidget *parts;
  GtkWidget *end;
  GtkWidget *foot;     /* of an answer */
  GtkWidget *buttons;  /* of a question, empty until somebody looks at it */
  GtkWidget *versions; /* of a question that has some */

  gboolean last;
  gboolean seen_streaming;
};

G_DEFINE_FINAL_TYPE (RnlMessageRow, rnl_message_row, GTK_TYPE_WIDGET)

static void
copy_cb (RnlMessageRow *self)
{
  g_autofree char *text = rnl_message_dup_text (self->message);

  rnl_chat_copy (GTK_WIDGET (self), text);
}

/* The part that stands for all a person wrote. */
static RnlPart *
find_text (RnlMessage *message)
{
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    if (rnl_chat_part_has_text (message, i))
      return rnl_message_get_part (message, i);

  return NULL;
}

static GtkWidget *
make_bubble (const char *text, RnlPart *part)
{
  GtkWidget *bubble;

  if (strlen (text) > MAX_BUBBLE_BYTES)
    {
      bubble = rnl_output_view_new (_ ("Your message"));
      rnl_output_view_set_monospace (RNL_OUTPUT_VIEW (bubble), FALSE);
      rnl_output_view_set_text (RNL_OUTPUT_VIEW (bubble), text);
      if (part != NULL)
        rnl_output_view_give_selection (RNL_OUTPUT_VIEW (bubble));
      gtk_widget_set_hexpand (bubble, TRUE);
    }
  else
    bubble = rnl_question_text_new (text);
  if (part != NULL)
    rnl_selectable_set_part (RNL_SELECTABLE (bubble), G_OBJECT (part), RNL_CHAT_FIELD_TEXT);
  gtk_widget_add_css_class (bubble, "bubble");

  return bubble;
}

/* What came along stands above the words. */
static void
build_attachments (RnlMessageRow *self)
{
  GtkWidget *list = NULL;

  for (guint i = 0; i < rnl_message_get_n_parts (self->message); i++)
    {
      RnlPart *part = rnl_message_get_part (self->message, i);
      GtkWidget *button;

      if (rnl_part_get_part_type (part) != RNL_PART_FILE)
        continue;
      if (list == NULL)
        list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
      button = rnl_attachment_button_new (part, PICTURE_WIDTH, PICTURE_HEIGHT);
      gtk_widget_set_halign (button, GTK_ALIGN_END);
      gtk_box_append (GTK_BOX (list), button);
    }
  if (list == NULL)
    return;

  gtk_widget_add_css_class (list, "attachments");
  gtk_box_append (GTK_BOX (self->box), list);
}

static void
update_versions (RnlMessageRow *self)
{
  if (self->versions != NULL || rnl_message_get_n_versions (self->message) < 2)
    return;

  self->versions = rnl_version_switch_new (self->message);
  gtk_widget_set_halign (self->versions, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self->box), self->versions);
}

/* The style sheet keeps the room that the buttons will need. */
static void
build_question (RnlMessageRow *self)
{
  g_autofree char *text = rnl_message_dup_text (self->message);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *bubble = make_bubble (text, find_text (self->message));

  if (!gtk_widget_get_hexpand (bubble))
    gtk_widget_set_halign (line, GTK_ALIGN_END);
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  gtk_widget_add_css_class (self->buttons, "foot-buttons");
  gtk_box_append (GTK_BOX (line), self->buttons);
  gtk_box_append (GTK_BOX (line), bubble);
  gtk_widget_set_visible (line, *text != '\0');
  build_attachments (self);
  gtk_box_append (GTK_BOX (self->box), line);
  g_signal_connect_object (self->message, "notify::n-versions", G_CALLBACK (update_versions), self,
                           G_CONNECT_SWAPPED);
  update_versions (self);
}

static void
make_question_buttons (RnlMessageRow *self)
{
  GtkWidget *edit = rnl_chat_icon_button_new ("document-edit-symbolic", _ ("Edit"));
  GtkWidget *copy = rnl_chat_icon_button_new ("edit-copy-symbolic", _ ("Copy"));

  rnl_chat_set_message_action (edit, "transcript.edit", self->message);
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (copy_cb), self);
  gtk_box_append (GTK_BOX (self->buttons), edit);
  gtk_box_append (GTK_BOX (self->buttons), copy);
}

static GtkWidget *
make_notice (RnlMessageState state)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *label = gtk_label_new (NULL);
  const char *text = _ ("Interrupted: the program ended while this was being written");
  const char *icon_name = "dialog-warning-symbolic";

  if (state == RNL_MESSAGE_STOPPED)
    {
      text = _ ("Stopped");
      icon_name = "media-playback-stop-symbolic";
    }
  else if (state == RNL_MESSAGE_LIMIT)
    {
      text = _ ("Stopped: the limit for steps or time was reached");
      icon_name = "alarm-symbolic";
    }
  else if (state == RNL_MESSAGE_COMPLETE)
    {
      text = _ ("Cut off: the answer is as long as it may be");
      icon_name = "edit-cut-symbolic";
    }

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), icon_name);
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (line, "notice");
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), label);

  return line;
}

static GtkWidget *
make_small_button (const char *text, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small-button");

  return button;
}

/* Thoughts alone are nothing to go on from. */
static gboolean
has_answer (RnlMessage *message)
{
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);
      RnlPartType type = rnl_part_get_part_type (part);

      if (type == RNL_PART_TOOL_CALL
          || (type == RNL_PART_TEXT && *rnl_part_get_text (part) != '\0'))
        return TRUE;
    }

  return FALSE;
}

static GtkWidget *
make_end (RnlMessageRow *self, RnlMessageState state)
{
  GtkWidget *line, *buttons, *go_on;

  if (state == RNL_MESSAGE_FAILED)
    {
      GtkWidget *error = rnl_error_row_new (rnl_message_get_error (self->message));

      rnl_error_row_set_can_retry (RNL_ERROR_ROW (error), self->last);
      rnl_error_row_set_can_continue (RNL_ERROR_ROW (error), has_answer (self->message));
      if (self->last && self->seen_streaming)
        rnl_error_row_start_countdown (RNL_ERROR_ROW (error));
      return error;
    }

  line = make_notice (state);
  buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  if (state != RNL_MESSAGE_STOPPED || has_answer (self->message))
    {
      go_on = make_small_button (_ ("Continue"), "transcript.continue");
      gtk_widget_set_tooltip_text (go_on, state == RNL_MESSAGE_LIMIT
                                            ? _ ("Go on from here, with the same limits again")
                                            : _ ("Go on from here"));
      gtk_box_append (GTK_BOX (buttons), go_on);
    }
  gtk_box_append (GTK_BOX (buttons), make_small_button (_ ("Retry"), "transcript.retry"));
  gtk_widget_set_visible (buttons, self->last);
  gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), buttons);

  return line;
}

static void
update_working (RnlMessageRow *self)
{
  gboolean streaming = rnl_message_get_state (self->message) == RNL_MESSAGE_STREAMING;

  if (streaming)
    rnl_message_foot_set_working (RNL_MESSAGE_FOOT (self->foot),
                                  !rnl_answer_parts_get_active (RNL_ANSWER_PARTS (self->parts)));
  else
    rnl_message_foot_set_finished (RNL_MESSAGE_FOOT (self->foot));
}

static void
update_state (RnlMessageRow *self)
{
  RnlMessageState state = rnl_message_get_state (self->message);
  gboolean streaming = state == RNL_MESSAGE_STREAMING;

  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, streaming, -1);
  if (self->end != NULL)
    gtk_box_remove (GTK_BOX (self->box), self->end);
  self->end = NULL;
  if (!streaming && (state != RNL_MESSAGE_COMPLETE || rnl_message_is_cut_off (self->message)))
    {
      self->end = make_end (self, state);
      gtk_box_insert_child_after (GTK_BOX (self->box), self->end, self->parts);
    }
  self->seen_streaming = streaming;
  update_working (self);
}

static void
build_answer (RnlMessageRow *self)
{
  self->parts = rnl_answer_parts_new (self->message);
  self->foot = rnl_message_foot_new (self->message);
  rnl_message_foot_set_parts (RNL_MESSAGE_FOOT (self->foot), self->parts);
  gtk_box_append (GTK_BOX (self->box), self->parts);
  gtk_box_append (GTK_BOX (self->box), self->foot);
  g_signal_connect_object (self->parts, "notify::active", G_CALLBACK (update_working), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->message, "notify::state", G_CALLBACK (update_state), self,
                           G_CONNECT_SWAPPED);
  update_state (self);
}

static void
set_label (RnlMessageRow *self)
{
  g_autofree char *time = rnl_chat_time_text (rnl_message_get_created (self->message));
  gboolean person = rnl_message_get_role (self->message) == RNL_ROLE_USER;

  /* Translators: who speaks, and when: "Runnel, 14:02" */
  self->label = g_strdup_printf (_ ("%s, %s"), person ? _ ("You") : "Runnel", time);
  rnl_chat_set_label (GTK_WIDGET (self), self->label);
}

static void
rnl_message_row_dispose (GObject *object)
{
  RnlMessageRow *self = RNL_MESSAGE_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->message);

  G_OBJECT_CLASS (rnl_message_row_parent_class)->dispose (object);
}

static void
rnl_message_row_finalize (GObject *object)
{
  g_free (RNL_MESSAGE_ROW (object)->label);

  G_OBJECT_CLASS (rnl_message_row_parent_class)->finalize (object);
}

/* What can be done with a message is made when somebody looks at it. */
static void
rnl_message_row_state_flags_changed (GtkWidget *widget, GtkStateFlags previous)
{
  RnlMessageRow *self = RNL_MESSAGE_ROW (widget);
  GtkStateFlags looked_at
    = GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_FOCUSED | GTK_STATE_FLAG_FOCUS_WITHIN;

  GTK_WIDGET_CLASS (rnl_message_row_parent_class)->state_flags_changed (widget, previous);
  if ((gtk_widget_get_state_flags (widget) & looked_at) == 0 || self->message == NULL)
    return;

  if (self->foot != NULL)
    rnl_message_foot_offer (RNL_MESSAGE_FOOT (self->foot));
  else if (self->buttons != NULL && gtk_widget_get_first_child (self->buttons) == NULL)
    make_question_buttons (self);
}

static void
rnl_message_row_class_init (RnlMessageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_message_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_message_row_finalize;
  widget_class->state_flags_changed = rnl_message_row_state_flags_changed;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "message");
  gtk_widget_class_set_accessible_role (widget_class, rnl_compat_article_role ());
}

static void
rnl_message_row_init (RnlMessageRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/**
 * rnl_message_row_new:
 * @message: a message in any state
 *
 * Returns: (transfer floating): a row that follows it
 */
GtkWidget *
rnl_message_row_new (RnlMessage *message)
{
  RnlMessageRow *self;

  rnl_chat_style_ensure ();
  self = g_object_new (RNL_TYPE_MESSAGE_ROW, NULL);
  self->message = g_object_ref (message);
  set_label (self);
  if (rnl_message_get_role (message) == RNL_ROLE_ASSISTANT)
    build_answer (self);
  else
    build_question (self);
  gtk_widget_add_css_class (GTK_WIDGET (self), self->parts != NULL ? "answer" : "question");

  return GTK_WIDGET (self);
}

RnlMessage *
rnl_message_row_get_message (RnlMessageRow *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE_ROW (self), NULL);

  return self->message;
}

/**
 * rnl_message_row_set_last:
 * @self: a row
 * @last: whether its message is the last one, whose error alone can be retried
 */
void
rnl_message_row_set_last (RnlMessageRow *self, gboolean last)
{
  RnlMessageState state;

  g_return_if_fail (RNL_IS_MESSAGE_ROW (self));

  if (self->last == last)
    return;

  self->last = last;
  if (self->parts == NULL)
    return;

  state = rnl_message_get_state (self->message);
  if (RNL_IS_ERROR_ROW (self->end))
    rnl_error_row_set_can_retry (RNL_ERROR_ROW (self->end), last);
  else if (self->end != NULL && state != RNL_MESSAGE_STREAMING)
    gtk_widget_set_visible (gtk_widget_get_last_child (self->end), last);
}

/**
 * rnl_message_row_focus_versions:
 * @self: a row
 * @next: whether the person goes forward through its versions
 *
 * Moves the keyboard focus to the button for the next or previous version.
 */
void
rnl_message_row_focus_versions (RnlMessageRow *self, gboolean next)
{
  GtkWidget *versions;

  g_return_if_fail (RNL_IS_MESSAGE_ROW (self));

  versions = self->foot != NULL ? rnl_message_foot_get_versions (RNL_MESSAGE_FOOT (self->foot))
                                : self->versions;
  if (versions != NULL)
    rnl_version_switch_focus (RNL_VERSION_SWITCH (versions), next);
}

/* Whether somebody selected or opened something in it. */
static gboolean
is_touched (GtkWidget *widget)
{
  if (GTK_IS_TEXT_VIEW (widget))
    return gtk_text_buffer_get_has_selection (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)));
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_selection_bounds (GTK_LABEL (widget), NULL, NULL);
  if (GTK_IS_REVEALER (widget) && gtk_revealer_get_reveal_child (GTK_REVEALER (widget)))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_touched (child))
      return TRUE;

  return FALSE;
}

/**
 * rnl_message_row_is_in_use:
 * @self: a row
 *
 * Returns: whether something would be lost without it: the focus, a selection, what a person
 * opened, or what the last message is about to do
 */
gboolean
rnl_message_row_is_in_use (RnlMessageRow *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE_ROW (self), FALSE);

  return self->last || rnl_message_get_state (self->message) == RNL_MESSAGE_STREAMING
         || gtk_widget_has_focus (GTK_WIDGET (self))
         || gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL || is_touched (self->box);
}

/**
 * rnl_message_row_find_part:
 * @self: a row
 * @y: in the row's coordinates
 *
 * Returns: (transfer none) (nullable): the part of an answer at @y, or what stands there of a text
 */
GtkWidget *
rnl_message_row_find_part (RnlMessageRow *self, double y)
{
  g_return_val_if_fail (RNL_IS_MESSAGE_ROW (self), NULL);

  return self->parts != NULL ? rnl_answer_parts_find (RNL_ANSWER_PARTS (self->parts), y) : NULL;
}

gboolean
rnl_message_row_get_working (RnlMessageRow *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE_ROW (self), FALSE);

  return self->foot != NULL && rnl_message_foot_get_working (RNL_MESSAGE_FOOT (self->foot));
}

/**
 * rnl_message_row_get_label:
 * @self: a row
 *
 * Returns: (transfer none): its name for assistive technology, "Runnel, 14:02"
 */
const char *
rnl_message_row_get_label (RnlMessageRow *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE_ROW (self), NULL);

  return self->label;
}

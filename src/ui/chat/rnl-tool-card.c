/* rnl-tool-card.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-tool-card.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-card-line.h"
#include "rnl-chat-style.h"
#include "rnl-compat-accessible.h"
#include "rnl-compat.h"
#include "rnl-fold-memory.h"
#include "rnl-frame-task.h"
#include "rnl-part-extra.h"
#include "rnl-run-list.h"
#include "rnl-tool-context.h"
#include "rnl-tool-look.h"

#define MAX_SUMMARY_CHARS 100
#define MIN_TITLE_CHARS   6

/**
 * RnlToolCard:
 *
 * A tool call from its first streamed argument to its result. Closed it is one line; open it shows
 * [class@ToolDetails]. A call that waits shows [class@ToolApproval] in place of that.
 *
 * It opens by itself when the running tool prints something or starts a run inside, and folds again
 * by [method@ToolCard.fold]. What the person opened or closed stays as they left it.
 */
struct _RnlToolCard
{
  GtkWidget parent_instance;

  /* owned */
  RnlPart *call;
  RnlCallArguments *arguments;

  /* template children */
  GtkWidget *box;
  GtkWidget *header;
  GtkWidget *line;
  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *summary;
  GtkWidget *state_box;
  GtkWidget *spinner;
  GtkWidget *state_icon;
  GtkWidget *state_label;
  GtkWidget *duration;
  GtkWidget *chevron;
  GtkWidget *progress;
  GtkWidget *revealer;

  /* children that come and go */
  GtkWidget *details;
  GtkWidget *approval;

  RnlFrameTask update;
  RnlFrameTask end;
  const char *state_class;
  guint depth;
  gboolean open;
  gboolean touched;
  gboolean edited;
};

G_DEFINE_FINAL_TYPE (RnlToolCard, rnl_tool_card, GTK_TYPE_WIDGET)

static void
update_accessible (RnlToolCard *self)
{
  g_autoptr (GString) description = g_string_new (rnl_tool_card_get_state_text (self));
  const char *summary = rnl_tool_card_get_summary (self);

  if (*summary != '\0')
    g_string_append_printf (description, ", %s", summary);
  if (gtk_widget_get_visible (self->duration))
    g_string_append_printf (description, ", %s", gtk_label_get_text (GTK_LABEL (self->duration)));
  /* Where there is little room its words are cut. */
  rnl_compat_set_tooltip (self->state_box, rnl_tool_card_get_state_text (self));
  rnl_chat_set_label (self->header, rnl_tool_card_get_title (self));
  rnl_chat_set_description (self->header, description->str);
  rnl_chat_set_label (GTK_WIDGET (self), rnl_tool_card_get_title (self));
  rnl_chat_set_description (GTK_WIDGET (self), description->str);
}

static void
update_cb (GtkWidget *widget)
{
  RnlToolCard *self = RNL_TOOL_CARD (widget);
  g_autofree char *summary = rnl_call_arguments_dup_summary (
    self->arguments, rnl_tool_look_infix (rnl_part_get_name (self->call)), MAX_SUMMARY_CHARS);

  gtk_label_set_text (GTK_LABEL (self->summary), summary);
  /* A label without text would be read by the name of its class. */
  gtk_widget_set_visible (self->summary, *summary != '\0');
  if (self->details != NULL)
    rnl_tool_details_update_arguments (RNL_TOOL_DETAILS (self->details), self->arguments);
  update_accessible (self);
}

static void
delta_cb (RnlPart *call, guint64 offset, const char *text, RnlToolCard *self)
{
  rnl_call_arguments_feed (self->arguments, text, strlen (text));
  rnl_frame_task_queue (&self->update);
}

static void
set_open (RnlToolCard *self, gboolean open)
{
  if (self->open == open)
    return;

  self->open = open;
  if (open && self->details == NULL)
    {
      self->details = rnl_tool_details_new (self->call, self->depth);
      rnl_tool_details_update_arguments (RNL_TOOL_DETAILS (self->details), self->arguments);
      gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->details);
    }
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), open);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->chevron),
                                open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->header), GTK_ACCESSIBLE_STATE_EXPANDED, open,
                               -1);
}

/* Opens a running card that has something to show, unless the person decided otherwise. */
static void
maybe_open (RnlToolCard *self)
{
  gboolean has_children = g_list_model_get_n_items (rnl_part_list_children (self->call)) > 0;

  if (!self->touched && self->depth < RNL_RUN_LIST_MAX_DEPTH
      && rnl_part_get_state (self->call) == RNL_TOOL_RUNNING
      && (has_children || rnl_part_get_output_length (self->call) > 0))
    set_open (self, TRUE);
}

static void
open_by_hand (RnlToolCard *self, gboolean open)
{
  self->touched = TRUE;
  rnl_fold_memory_set (rnl_part_get_id (self->call), open);
  gtk_widget_activate_action (GTK_WIDGET (self), "transcript.hold", NULL);
  set_open (self, open);
}

static void
header_clicked_cb (RnlToolCard *self)
{
  open_by_hand (self, !self->open);
}

/* What the person did with the same call before. */
static void
take_memory (RnlToolCard *self)
{
  RnlFold fold = rnl_fold_memory_get (rnl_part_get_id (self->call));
  guint duration = gtk_revealer_get_transition_duration (GTK_REVEALER (self->revealer));

  self->touched = fold != RNL_FOLD_UNTOUCHED;
  if (fold != RNL_FOLD_OPEN)
    return;

  gtk_revealer_set_transition_duration (GTK_REVEALER (self->revealer), 0);
  set_open (self, TRUE);
  gtk_revealer_set_transition_duration (GTK_REVEALER (self->revealer), duration);
}

static void
update_approval (RnlToolCard *self, RnlToolState state)
{
  if (state == RNL_TOOL_WAITING && self->approval == NULL)
    {
      self->approval = rnl_tool_approval_new (self->call);
      gtk_box_insert_child_after (GTK_BOX (self->box), self->approval, self->progress);
    }
  else if (state != RNL_TOOL_WAITING && self->approval != NULL)
    {
      gboolean had_focus = gtk_widget_get_focus_child (self->box) == self->approval;

      /* The focus was in what goes away; it must not fall out of the card. */
      if (had_focus)
        gtk_widget_grab_focus (self->header);
      gtk_box_remove (GTK_BOX (self->box), self->approval);
      self->approval = NULL;
    }
}

static void
update_state (RnlToolCard *self)
{
  RnlToolState state = rnl_part_get_state (self->call);
  gint64 duration = rnl_part_get_duration (self->call);
  gboolean running = state == RNL_TOOL_RUNNING;

  if (self->state_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->state_class);
  self->state_class = rnl_tool_look_state_class (state);
  gtk_widget_add_css_class (GTK_WIDGET (self), self->state_class);

  gtk_label_set_text (GTK_LABEL (self->state_label), rnl_tool_look_state (state));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->state_icon), rnl_tool_look_state_icon (state));
  gtk_widget_set_visible (self->state_icon, !running);
  gtk_widget_set_visible (self->spinner, running);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), running);

  gtk_widget_set_visible (self->duration, duration >= 0 && rnl_tool_state_is_final (state));
  if (duration >= 0)
    {
      g_autofree char *text = rnl_chat_duration_text (duration);

      gtk_label_set_text (GTK_LABEL (self->duration), text);
    }

  update_approval (self, state);
  maybe_open (self);
  update_accessible (self);
}

/* The bar, what the tool says it is at, and how far in the words of the state. */
static void
update_progress (RnlToolCard *self)
{
  double progress = rnl_part_get_progress (self->call);
  const char *words = rnl_part_get_extra_string (self->call, RNL_PART_EXTRA_PROGRESS);
  gboolean shown = progress >= 0 && rnl_part_get_state (self->call) == RNL_TOOL_RUNNING;
  g_autofree char *state = NULL;

  gtk_widget_set_visible (self->progress, shown);
  if (!shown)
    return;

  /* Translators: the state of a tool and how far it is: "Running, 40 %" */
  state = g_strdup_printf (_ ("%s, %d %%"), rnl_tool_look_state (RNL_TOOL_RUNNING),
                           (int) (MIN (progress, 1) * 100));
  gtk_label_set_text (GTK_LABEL (self->state_label), state);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), MIN (progress, 1));
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (self->progress), words);
  gtk_progress_bar_set_show_text (GTK_PROGRESS_BAR (self->progress), words != NULL);
  update_accessible (self);
}

/* What ran is what the card tells of; what was asked for stands in the details. */
static void
take_edited (RnlToolCard *self)
{
  const char *edited = rnl_part_get_extra_string (self->call, RNL_PART_EXTRA_EDITED);

  if (edited == NULL || self->edited)
    return;

  self->edited = TRUE;
  rnl_call_arguments_free (self->arguments);
  self->arguments = rnl_call_arguments_new ();
  rnl_call_arguments_feed (self->arguments, edited, strlen (edited));
  rnl_frame_task_queue (&self->update);
}

static void
show_state (RnlToolCard *self)
{
  take_edited (self);
  rnl_frame_task_flush (&self->update);
  update_state (self);
  update_progress (self);
}

static void
end_cb (GtkWidget *widget)
{
  RnlToolCard *self = RNL_TOOL_CARD (widget);

  if (rnl_frame_task_take_turn (widget))
    show_state (self);
  else
    rnl_frame_task_queue (&self->end);
}

/* Very many may end at once, and are shown a few a frame; whatever else happens is shown now. */
static void
state_changed_cb (RnlToolCard *self)
{
  if (rnl_tool_state_is_final (rnl_part_get_state (self->call)))
    end_cb (GTK_WIDGET (self));
  else
    show_state (self);
}

static void
update_title (RnlToolCard *self)
{
  g_autofree char *title = rnl_tool_look_title (self->call);
  g_autoptr (GIcon) icon = rnl_tool_look_icon (rnl_part_get_name (self->call));

  gtk_label_set_text (GTK_LABEL (self->title), title);
  /* Where there is little room the summary gives way first. */
  gtk_label_set_width_chars (GTK_LABEL (self->title),
                             (int) MIN (g_utf8_strlen (title, -1) * 3 / 4, MIN_TITLE_CHARS));
  gtk_image_set_from_gicon (GTK_IMAGE (self->icon), icon);
  rnl_frame_task_queue (&self->update);
  update_accessible (self);
}

static void
rnl_tool_card_dispose (GObject *object)
{
  RnlToolCard *self = RNL_TOOL_CARD (object);

  rnl_frame_task_clear (&self->update);
  rnl_frame_task_clear (&self->end);
  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_TOOL_CARD);
  g_clear_object (&self->call);

  G_OBJECT_CLASS (rnl_tool_card_parent_class)->dispose (object);
}

static void
rnl_tool_card_finalize (GObject *object)
{
  RnlToolCard *self = RNL_TOOL_CARD (object);

  rnl_call_arguments_free (self->arguments);

  G_OBJECT_CLASS (rnl_tool_card_parent_class)->finalize (object);
}

/* A card that comes with its question could not say so before it had a place. */
static void
rnl_tool_card_class_init (RnlToolCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rnl_tool_card_dispose;
  object_class->finalize = rnl_tool_card_finalize;

  rnl_chat_style_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/chat/rnl-tool-card.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlToolCard, box);
  gtk_widget_class_bind_template_child (widget_class, RnlToolCard, header);
  gtk_widget_class_bind_template_child (widget_class, RnlToolCard, line);
  gtk_widget_class_bind_template_child (widget_class, RnlToolCard, icon);
  gtk_widget_class_bind_template_child (widget_class, RnlToolCard, title);
  gtk_widget_class_bind_template_child (widget_class, RnlToolCard, summary);
  gtk_widget_class_bind_template_child (widget_class, RnlToolCard, state_box);
  gtk_widget_class_bind_template_child (widget_class, RnlToolCard, spinner);
  gtk_widget_class_bind_template_child (widget_class, RnlToolCard, state_icon);
  gtk_widget_class_bind_template_child (widget_class, RnlToolCard, state_label);
  gtk_widget_class_bind_template_child (widget_class, RnlToolCard, duration);
  gtk_widget_class_bind_template_child (widget_class, RnlToolCard, chevron);
  gtk_widget_class_bind_template_child (widget_class, RnlToolCard, progress);
  gtk_widget_class_bind_template_child (widget_class, RnlToolCard, revealer);
  gtk_widget_class_bind_template_callback (widget_class, header_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "toolcard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rnl_tool_card_init (RnlToolCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rnl_compat_present_shown (self->revealer);
  gtk_widget_set_layout_manager (self->line, rnl_card_line_new ());
  self->arguments = rnl_call_arguments_new ();
  rnl_frame_task_init (&self->update, GTK_WIDGET (self), update_cb);
  rnl_frame_task_init (&self->end, GTK_WIDGET (self), end_cb);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->header), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE,
                               -1);
}

/**
 * rnl_tool_card_new:
 * @call: a part of type `RNL_PART_TOOL_CALL`, in any state
 *
 * Returns: (transfer floating): a card that follows it
 */
GtkWidget *
rnl_tool_card_new (RnlPart *call)
{
  return rnl_tool_card_new_inside (call, 0);
}

/**
 * rnl_tool_card_new_inside:
 * @call: a part of type `RNL_PART_TOOL_CALL`, in any state
 * @depth: how many cards it stands in
 *
 * Returns: (transfer floating): a card inside another's
 */
GtkWidget *
rnl_tool_card_new_inside (RnlPart *call, guint depth)
{
  RnlToolCard *self = g_object_new (RNL_TYPE_TOOL_CARD, NULL);
  GListModel *children = rnl_part_list_children (call);

  self->call = g_object_ref (call);
  self->depth = depth;
  rnl_call_arguments_feed (self->arguments, rnl_part_get_text (call), rnl_part_get_length (call));
  g_signal_connect_object (call, "delta", G_CALLBACK (delta_cb), self, 0);
  g_signal_connect_object (call, "output-delta", G_CALLBACK (maybe_open), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (call, "notify::state", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (call, "notify::duration", G_CALLBACK (update_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (call, "notify::progress", G_CALLBACK (update_progress), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (call, "notify::extra", G_CALLBACK (update_progress), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (call, "notify::title", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (call, "notify::name", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (children, "items-changed", G_CALLBACK (maybe_open), self,
                           G_CONNECT_SWAPPED);
  update_title (self);
  rnl_frame_task_flush (&self->update);
  take_memory (self);
  show_state (self);

  return GTK_WIDGET (self);
}

RnlPart *
rnl_tool_card_get_call (RnlToolCard *self)
{
  g_return_val_if_fail (RNL_IS_TOOL_CARD (self), NULL);

  return self->call;
}

gboolean
rnl_tool_card_get_open (RnlToolCard *self)
{
  g_return_val_if_fail (RNL_IS_TOOL_CARD (self), FALSE);

  return self->open;
}

/**
 * rnl_tool_card_is_kept_open:
 * @self: a card
 *
 * Returns: whether the person opened it
 */
gboolean
rnl_tool_card_is_kept_open (RnlToolCard *self)
{
  g_return_val_if_fail (RNL_IS_TOOL_CARD (self), FALSE);

  return self->open && self->touched;
}

/**
 * rnl_tool_card_reveal:
 * @self: a card
 * @part: its call, or something that ran inside
 *
 * Opens it, and what is inside down to @part, as if the person had.
 *
 * Returns: (transfer none) (nullable): what shows @part
 */
GtkWidget *
rnl_tool_card_reveal (RnlToolCard *self, RnlPart *part)
{
  g_return_val_if_fail (RNL_IS_TOOL_CARD (self), NULL);

  if (!rnl_tool_card_is_kept_open (self))
    open_by_hand (self, TRUE);
  if (part == self->call)
    return GTK_WIDGET (self);

  return rnl_run_list_reveal (
    RNL_RUN_LIST (rnl_tool_details_get_runs (RNL_TOOL_DETAILS (self->details))), part);
}

/**
 * rnl_tool_card_fold:
 * @self: a card
 *
 * Closes it, unless the person opened it.
 */
void
rnl_tool_card_fold (RnlToolCard *self)
{
  g_return_if_fail (RNL_IS_TOOL_CARD (self));

  if (!rnl_tool_card_is_kept_open (self))
    set_open (self, FALSE);
}

const char *
rnl_tool_card_get_title (RnlToolCard *self)
{
  g_return_val_if_fail (RNL_IS_TOOL_CARD (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->title));
}

const char *
rnl_tool_card_get_summary (RnlToolCard *self)
{
  g_return_val_if_fail (RNL_IS_TOOL_CARD (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->summary));
}

const char *
rnl_tool_card_get_state_text (RnlToolCard *self)
{
  g_return_val_if_fail (RNL_IS_TOOL_CARD (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->state_label));
}

/**
 * rnl_tool_card_get_header:
 * @self: a card
 *
 * Returns: (transfer none): the button that opens and closes it
 */
GtkWidget *
rnl_tool_card_get_header (RnlToolCard *self)
{
  g_return_val_if_fail (RNL_IS_TOOL_CARD (self), NULL);

  return self->header;
}

/**
 * rnl_tool_card_get_approval:
 * @self: a card
 *
 * Returns: (transfer none) (nullable): the question, while the call waits
 */
RnlToolApproval *
rnl_tool_card_get_approval (RnlToolCard *self)
{
  g_return_val_if_fail (RNL_IS_TOOL_CARD (self), NULL);

  return self->approval != NULL ? RNL_TOOL_APPROVAL (self->approval) : NULL;
}

/**
 * rnl_tool_card_get_details:
 * @self: a card
 *
 * Returns: (transfer none) (nullable): the body, once it was opened
 */
RnlToolDetails *
rnl_tool_card_get_details (RnlToolCard *self)
{
  g_return_val_if_fail (RNL_IS_TOOL_CARD (self), NULL);

  return self->details != NULL ? RNL_TOOL_DETAILS (self->details) : NULL;
}

/* rnl-answer-parts.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-parts.h"

#include <glib/gi18n.h>

#include "rnl-step-fold.h"
#include "rnl-answer-view.h"
#include "rnl-attachment-button.h"
#include "rnl-chat-images.h"
#include "rnl-chat-text.h"
#include "rnl-context-note.h"
#include "rnl-final-answer.h"
#include "rnl-frame-task.h"
#include "rnl-reasoning-block.h"
#include "rnl-selectable.h"
#include "rnl-run-list.h"
#include "rnl-step-group.h"
#include "rnl-tool-card.h"

/* Cards made in one frame, and how many may stand in a row without being asked for: one more than
 * folds. */
#define BATCH     2
#define MAX_CARDS (RNL_STEP_FOLD_LOOSE + 1)

#define DRAWING_KEY "rnl-drawing"
/* Of the pictures in an answer. */
#define PICTURE_WIDTH  480
#define PICTURE_HEIGHT 360

/* When text was drawn first, and last, by the frame clock. The message keeps it: its widgets come
 * and go with the scrolling. */
typedef struct
{
  gint64 first;
  gint64 last;
} Drawing;

/**
 * RnlAnswerParts:
 *
 * Reasoning, text, tool cards and notes of one answer, top to bottom. What is finished folds, see
 * rnl-step-fold.h.
 *
 * However many calls come or end at once, a frame makes only a few cards; the others follow in the
 * next frames. Behind a long row of calls that run, more have no card until there is room, the
 * person asks for them, or one of them asks the person.
 */
struct _RnlAnswerParts
{
  GtkWidget parent_instance;

  /* owned */
  RnlMessage *message;
  RnlImageSource *images;
  GHashTable *texts; /* part -> what shows it, both borrowed; not those in a group or a card */

  /* child, the last one, when there are parts without a widget */
  GtkWidget *more;

  RnlFrameTask make;
  guint end;  /* of the parts that are shown */
  guint made; /* cards in this frame */
  gboolean asked;

  Drawing *drawing; /* of the message */
  guint watch;      /* for the frame that shows what has come */

  gboolean active;
};

enum
{
  PROP_0,
  PROP_ACTIVE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (RnlAnswerParts, rnl_answer_parts, GTK_TYPE_WIDGET)

/* Whether a part shows by itself that something happens. After text comes either more, which
 * shows, or the end; only after a tool may the model be silent for long. */
static gboolean
is_active (RnlPart *part)
{
  if (rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL)
    return !rnl_tool_state_is_final (rnl_part_get_state (part));
  if (rnl_part_get_part_type (part) == RNL_PART_REASONING)
    return !rnl_part_get_complete (part);

  return rnl_part_get_length (part) > 0;
}

static void
update_active (RnlAnswerParts *self)
{
  guint n = rnl_message_get_n_parts (self->message);
  gboolean active = FALSE;

  for (guint i = 0; i < n && !active; i++)
    {
      RnlPart *part = rnl_message_get_part (self->message, i);

      active
        = is_active (part) && (i + 1 == n || rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL);
    }
  if (self->active == active)
    return;

  self->active = active;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

static void
part_changed_cb (RnlAnswerParts *self)
{
  rnl_step_fold (GTK_WIDGET (self));
  update_active (self);
  /* There may be room now. */
  if (self->end < rnl_message_get_n_parts (self->message))
    rnl_frame_task_queue (&self->make);
}

static Drawing *
get_drawing (RnlMessage *message)
{
  Drawing *drawing = g_object_get_data (G_OBJECT (message), DRAWING_KEY);

  if (drawing == NULL)
    {
      drawing = g_new0 (Drawing, 1);
      g_object_set_data_full (G_OBJECT (message), DRAWING_KEY, drawing, g_free);
    }

  return drawing;
}

/* The frame that shows what has come. */
static gboolean
watch_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RnlAnswerParts *self = RNL_ANSWER_PARTS (widget);

  self->drawing->last = gdk_frame_clock_get_frame_time (clock);
  if (self->drawing->first == 0)
    self->drawing->first = self->drawing->last;
  self->watch = 0;

  return G_SOURCE_REMOVE;
}

static void
watch_frame (RnlAnswerParts *self)
{
  if (self->watch == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->watch = gtk_widget_add_tick_callback (GTK_WIDGET (self), watch_cb, NULL, NULL);
}

static void
text_delta_cb (RnlPart *part, guint64 offset, const char *text, GtkWidget *view)
{
  rnl_answer_view_append (RNL_ANSWER_VIEW (view), text, -1);
  watch_frame (RNL_ANSWER_PARTS (gtk_widget_get_parent (view)));
  if (offset != 0)
    return;

  gtk_widget_set_visible (view, TRUE);
  part_changed_cb (RNL_ANSWER_PARTS (gtk_widget_get_parent (view)));
}

static void
text_complete_cb (RnlPart *part, GParamSpec *pspec, GtkWidget *view)
{
  rnl_answer_view_set_complete (RNL_ANSWER_VIEW (view), rnl_part_get_complete (part));
}

static GtkWidget *
make_text (RnlAnswerParts *self, RnlPart *part)
{
  GtkWidget *view = rnl_answer_view_new ();

  rnl_answer_view_set_images (RNL_ANSWER_VIEW (view), self->images);
  rnl_selectable_set_part (RNL_SELECTABLE (view), G_OBJECT (part), RNL_CHAT_FIELD_TEXT);
  if (rnl_part_get_complete (part))
    rnl_answer_view_set_text (RNL_ANSWER_VIEW (view), rnl_part_get_text (part));
  else
    rnl_answer_view_append (RNL_ANSWER_VIEW (view), rnl_part_get_text (part), -1);
  gtk_widget_set_visible (view, rnl_part_get_length (part) > 0);
  g_signal_connect_object (part, "delta", G_CALLBACK (text_delta_cb), view, 0);
  g_signal_connect_object (part, "notify::complete", G_CALLBACK (text_complete_cb), view, 0);

  return view;
}

/* What an answer says it was made with, below it. */
static void
update_tools_used (RnlPart *part, GParamSpec *pspec, GtkWidget *label)
{
  g_auto (GStrv) names = rnl_final_answer_dup_tools_used (part);
  g_autofree char *list = g_strjoinv (", ", names);
  /* Translators: %s is a list of names of tools: "Tools used: add, get_time" */
  g_autofree char *text = g_strdup_printf (_ ("Tools used: %s"), list);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, names[0] != NULL);
}

static GtkWidget *
make_tools_used (RnlPart *part)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  g_signal_connect_object (part, "notify::extra", G_CALLBACK (update_tools_used), label, 0);
  update_tools_used (part, NULL, label);

  return label;
}

/* What the model drew, or otherwise gave as a file. */
static GtkWidget *
make_file (RnlPart *part)
{
  GtkWidget *button = rnl_attachment_button_new (part, PICTURE_WIDTH, PICTURE_HEIGHT);

  gtk_widget_set_halign (button, GTK_ALIGN_START);

  return button;
}

static GtkWidget *
make_part (RnlAnswerParts *self, RnlPart *part)
{
  switch (rnl_part_get_part_type (part))
    {
    case RNL_PART_REASONING:
      return rnl_reasoning_block_new (part);
    case RNL_PART_TOOL_CALL:
      return rnl_tool_card_new (part);
    case RNL_PART_OPAQUE:
      return rnl_context_note_new (part);
    case RNL_PART_FILE:
      return make_file (part);
    case RNL_PART_TEXT:
    default:
      return make_text (self, part);
    }
}

static void
append (RnlAnswerParts *self, GtkWidget *widget)
{
  gtk_widget_insert_before (widget, GTK_WIDGET (self), self->more);
}

static void
append_part (RnlAnswerParts *self, RnlPart *part)
{
  GtkWidget *widget = make_part (self, part);

  append (self, widget);
  if (RNL_IS_TOOL_CARD (widget))
    self->made++;
  else
    g_hash_table_insert (self->texts, part, widget);
  if (rnl_final_answer_is (part))
    append (self, make_tools_used (part));
}

static GtkWidget *
get_last (RnlAnswerParts *self)
{
  return self->more != NULL ? gtk_widget_get_prev_sibling (self->more)
                            : gtk_widget_get_last_child (GTK_WIDGET (self));
}

static void
append_group (RnlAnswerParts *self, guint position, guint n)
{
  GtkWidget *group = get_last (self);

  if (group == NULL || !RNL_IS_STEP_GROUP (group))
    {
      group = rnl_step_group_new ();
      append (self, group);
    }
  rnl_step_group_add_range (RNL_STEP_GROUP (group), rnl_message_list_parts (self->message),
                            position, n);
}

/* What has finished already, next to others, needs no card; nor do the cards above it then. */
static void
make_next (RnlAnswerParts *self)
{
  gboolean only = self->end + 1 == rnl_message_get_n_parts (self->message);
  guint steps = only ? 0 : rnl_step_fold_count (self->message, self->end);

  if (steps > 0 && rnl_step_fold_above (GTK_WIDGET (self), get_last (self)))
    append_group (self, self->end, steps);
  else
    {
      steps = 1;
      append_part (self, rnl_message_get_part (self->message, self->end));
    }
  self->end += steps;
}

/* Text is never held back, nor is a question to the person. */
static gboolean
is_urgent (RnlPart *part)
{
  return rnl_part_get_part_type (part) != RNL_PART_TOOL_CALL
         || rnl_part_get_state (part) == RNL_TOOL_WAITING;
}

static gboolean
has_room (RnlAnswerParts *self)
{
  guint cards = 0;

  for (GtkWidget *child = get_last (self);
       child != NULL && RNL_IS_TOOL_CARD (child) && cards < MAX_CARDS;
       child = gtk_widget_get_prev_sibling (child))
    cards++;
  if (cards < MAX_CARDS || self->asked)
    return TRUE;

  for (guint i = self->end; i < rnl_message_get_n_parts (self->message); i++)
    if (is_urgent (rnl_message_get_part (self->message, i)))
      return TRUE;

  return FALSE;
}

static void
more_cb (RnlAnswerParts *self)
{
  self->asked = TRUE;
  gtk_widget_activate_action (GTK_WIDGET (self), "transcript.hold", NULL);
  rnl_frame_task_queue (&self->make);
}

/* Says how many there are that wait for room. */
static void
update_more (RnlAnswerParts *self)
{
  guint n = rnl_message_get_n_parts (self->message) - self->end;
  g_autofree char *label = NULL;

  if (n == 0 || has_room (self))
    {
      g_clear_pointer (&self->more, gtk_widget_unparent);
      return;
    }

  if (self->more == NULL)
    {
      self->more = gtk_button_new ();
      gtk_widget_add_css_class (self->more, "flat");
      gtk_widget_add_css_class (self->more, "small-button");
      gtk_widget_add_css_class (self->more, "caption");
      gtk_widget_set_halign (self->more, GTK_ALIGN_START);
      g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_cb), self);
      gtk_widget_set_parent (self->more, GTK_WIDGET (self));
    }
  label = g_strdup_printf (ngettext ("Show %u more", "Show %u more", n), n);
  gtk_button_set_label (GTK_BUTTON (self->more), label);
}

/* As many as this frame may still make. */
static void
make_some (RnlAnswerParts *self)
{
  guint n = rnl_message_get_n_parts (self->message);

  while (self->end < n && self->made < BATCH && has_room (self))
    make_next (self);
  update_more (self);
  rnl_step_fold (GTK_WIDGET (self));
  update_active (self);
  if (self->made > 0 || (self->end < n && has_room (self)))
    rnl_frame_task_queue (&self->make);
}

static void
make_cb (GtkWidget *widget)
{
  RnlAnswerParts *self = RNL_ANSWER_PARTS (widget);

  self->made = 0;
  make_some (self);
}

/* Parts are only ever appended. */
static void
parts_changed_cb (
  GListModel *parts, guint position, guint removed, guint added, RnlAnswerParts *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (RnlPart) part = g_list_model_get_item (parts, i);

      g_signal_connect_object (part, "notify::state", G_CALLBACK (part_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (part, "notify::complete", G_CALLBACK (update_active), self,
                               G_CONNECT_SWAPPED);
    }
  make_some (self);
}

static void
rnl_answer_parts_dispose (GObject *object)
{
  RnlAnswerParts *self = RNL_ANSWER_PARTS (object);
  GtkWidget *child;

  rnl_frame_task_clear (&self->make);
  self->more = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_clear_object (&self->message);
  g_clear_object (&self->images);

  G_OBJECT_CLASS (rnl_answer_parts_parent_class)->dispose (object);
}

static void
rnl_answer_parts_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_ACTIVE)
    g_value_set_boolean (value, RNL_ANSWER_PARTS (object)->active);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
rnl_answer_parts_class_init (RnlAnswerPartsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rnl_answer_parts_dispose;
  object_class->get_property = rnl_answer_parts_get_property;

  props[PROP_ACTIVE]
    = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "parts");
}

static void
rnl_answer_parts_init (RnlAnswerParts *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->texts = g_hash_table_new (NULL, NULL);
  rnl_frame_task_init (&self->make, GTK_WIDGET (self), make_cb);
}

/**
 * rnl_answer_parts_new:
 * @message: an assistant's message
 *
 * Returns: (transfer floating): a widget that follows it
 */
GtkWidget *
rnl_answer_parts_new (RnlMessage *message)
{
  RnlAnswerParts *self = g_object_new (RNL_TYPE_ANSWER_PARTS, NULL);
  GListModel *parts = rnl_message_list_parts (message);

  self->message = g_object_ref (message);
  self->drawing = get_drawing (message);
  self->images = rnl_chat_images_new (message);
  g_signal_connect_object (parts, "items-changed", G_CALLBACK (parts_changed_cb), self, 0);
  parts_changed_cb (parts, 0, 0, g_list_model_get_n_items (parts), self);

  return GTK_WIDGET (self);
}

/**
 * rnl_answer_parts_get_active:
 * @self: the parts of an answer
 *
 * Returns: whether one of them shows by itself that something happens
 */
gboolean
rnl_answer_parts_get_active (RnlAnswerParts *self)
{
  g_return_val_if_fail (RNL_IS_ANSWER_PARTS (self), FALSE);

  return self->active;
}

/**
 * rnl_answer_parts_get_drawing_time:
 * @self: the parts of an answer
 *
 * Returns: from the frame that showed its first word to the one that showed its last, in
 *   microseconds; 0 when it was not written before the person's eyes
 */
gint64
rnl_answer_parts_get_drawing_time (RnlAnswerParts *self)
{
  g_return_val_if_fail (RNL_IS_ANSWER_PARTS (self), 0);

  return self->drawing->last - self->drawing->first;
}

/**
 * rnl_answer_parts_find:
 * @self: the parts of an answer
 * @y: in the widget's coordinates
 *
 * Returns: (transfer none) (nullable): the part at @y, or what stands there of a text
 */
GtkWidget *
rnl_answer_parts_find (RnlAnswerParts *self, double y)
{
  graphene_rect_t bounds;

  g_return_val_if_fail (RNL_IS_ANSWER_PARTS (self), NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child)
        && gtk_widget_compute_bounds (child, GTK_WIDGET (self), &bounds)
        && bounds.origin.y + bounds.size.height > y)
      return RNL_IS_ANSWER_VIEW (child)
               ? rnl_answer_view_find (RNL_ANSWER_VIEW (child), y - bounds.origin.y)
               : child;

  return NULL;
}

/* The card of a call of the answer itself, out of its group. */
static RnlToolCard *
reveal_card (RnlAnswerParts *self, RnlPart *call)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (RNL_IS_TOOL_CARD (child) && rnl_tool_card_get_call (RNL_TOOL_CARD (child)) == call)
        return RNL_TOOL_CARD (child);
      if (RNL_IS_STEP_GROUP (child) && rnl_step_group_contains (RNL_STEP_GROUP (child), call))
        return RNL_TOOL_CARD (rnl_step_group_reveal (RNL_STEP_GROUP (child), call));
    }

  return NULL;
}

/**
 * rnl_answer_parts_reveal:
 * @self: the parts of an answer
 * @part: one of them, or something that ran inside one
 *
 * Opens what folds around @part as if the person had: steps, cards, reasoning.
 *
 * Returns: (transfer none) (nullable): what shows @part: a card, a text, a reasoning block
 */
GtkWidget *
rnl_answer_parts_reveal (RnlAnswerParts *self, RnlPart *part)
{
  GtkWidget *text;

  g_return_val_if_fail (RNL_IS_ANSWER_PARTS (self), NULL);
  g_return_val_if_fail (RNL_IS_PART (part), NULL);

  while (self->end < rnl_message_get_n_parts (self->message))
    make_next (self);
  update_more (self);
  text = g_hash_table_lookup (self->texts, part);
  if (RNL_IS_REASONING_BLOCK (text))
    rnl_reasoning_block_reveal (RNL_REASONING_BLOCK (text));
  if (text != NULL)
    return text;

  for (guint i = 0; i < rnl_message_get_n_parts (self->message); i++)
    {
      RnlPart *call = rnl_message_get_part (self->message, i);

      if (rnl_part_get_part_type (call) == RNL_PART_TOOL_CALL
          && rnl_run_list_is_inside (part, call))
        return rnl_tool_card_reveal (reveal_card (self, call), part);
    }

  return NULL;
}

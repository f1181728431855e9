/* rnl-reasoning-block.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-reasoning-block.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-answer-view.h"
#include "rnl-chat-style.h"
#include "rnl-chat-text.h"
#include "rnl-compat-accessible.h"
#include "rnl-fold-header.h"
#include "rnl-selectable.h"
#include "rnl-frame-task.h"

/* Of the thought that shows while it is being written: about three lines. */
#define PEEK_BYTES 180

/**
 * RnlReasoningBlock:
 *
 * "Thinking…" while the part grows, with the last words below it; "Thought for 8 s" after, closed.
 * What the person opens shows everything and stays open; the text is only laid out then.
 */
struct _RnlReasoningBlock
{
  GtkWidget parent_instance;

  /* owned */
  RnlPart *part;

  /* children */
  GtkWidget *header;
  GtkWidget *peek_revealer;
  GtkWidget *peek;
  GtkWidget *revealer;
  GtkWidget *text;

  RnlFrameTask update;
};

G_DEFINE_FINAL_TYPE (RnlReasoningBlock, rnl_reasoning_block, GTK_TYPE_WIDGET)

/* The last words, from where one begins. */
static void
update_cb (GtkWidget *widget)
{
  RnlReasoningBlock *self = RNL_REASONING_BLOCK (widget);
  const char *text = rnl_part_get_text (self->part);
  const char *end = text + rnl_part_get_length (self->part);
  const char *start = end - MIN (end - text, PEEK_BYTES);
  gboolean cut = start > text;
  g_autofree char *words = NULL;
  g_autofree char *shown = NULL;

  while (cut && start < end && !g_ascii_isspace (*start))
    start++;
  words = g_strstrip (g_strdelimit (g_strndup (start, (gsize) (end - start)), "\n\t", ' '));
  shown = g_strconcat (cut ? "… " : "", words, NULL);
  gtk_label_set_text (GTK_LABEL (self->peek), shown);
}

static void
delta_cb (RnlPart *part, guint64 offset, const char *text, RnlReasoningBlock *self)
{
  if (self->text != NULL)
    rnl_answer_view_append (RNL_ANSWER_VIEW (self->text), text, -1);
  rnl_frame_task_queue (&self->update);
}

/* Something shows before the answer, but not twice. */
static void
update_peek (RnlReasoningBlock *self)
{
  gboolean open = gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer));

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->peek_revealer),
                                 !open && !rnl_part_get_complete (self->part));
}

static void
reveal_cb (RnlReasoningBlock *self)
{
  update_peek (self);
  if (self->text != NULL || !gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer)))
    return;

  self->text = rnl_answer_view_new ();
  rnl_selectable_set_part (RNL_SELECTABLE (self->text), G_OBJECT (self->part), RNL_CHAT_FIELD_TEXT);
  rnl_chat_set_label (self->text, _ ("Reasoning"));
  gtk_widget_add_css_class (self->text, "reasoning-text");
  if (rnl_part_get_complete (self->part))
    rnl_answer_view_set_text (RNL_ANSWER_VIEW (self->text), rnl_part_get_text (self->part));
  else
    rnl_answer_view_append (RNL_ANSWER_VIEW (self->text), rnl_part_get_text (self->part), -1);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->text);
}

static void
update_title (RnlReasoningBlock *self)
{
  gint64 duration = rnl_part_get_duration (self->part);
  gboolean complete = rnl_part_get_complete (self->part);
  g_autofree char *time = rnl_chat_duration_text (duration);
  g_autofree char *title = NULL;

  if (!complete)
    title = g_strdup (_ ("Thinking…"));
  else if (duration >= G_USEC_PER_SEC)
    title = g_strdup_printf (_ ("Thought for %s"), time);
  else
    title = g_strdup (_ ("Thought for a moment"));

  rnl_fold_header_set_title (RNL_FOLD_HEADER (self->header), title);
  rnl_fold_header_set_busy (RNL_FOLD_HEADER (self->header), !complete);
}

static void
complete_cb (RnlReasoningBlock *self)
{
  if (self->text != NULL)
    rnl_answer_view_set_complete (RNL_ANSWER_VIEW (self->text), rnl_part_get_complete (self->part));
  update_title (self);
  update_peek (self);
}

static void
rnl_reasoning_block_dispose (GObject *object)
{
  RnlReasoningBlock *self = RNL_REASONING_BLOCK (object);

  rnl_frame_task_clear (&self->update);
  g_clear_pointer (&self->header, gtk_widget_unparent);
  g_clear_pointer (&self->peek_revealer, gtk_widget_unparent);
  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  g_clear_object (&self->part);

  G_OBJECT_CLASS (rnl_reasoning_block_parent_class)->dispose (object);
}

static void
rnl_reasoning_block_class_init (RnlReasoningBlockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_reasoning_block_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "reasoning");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
add_peek (RnlReasoningBlock *self)
{
  self->peek = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->peek), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->peek), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->peek), 0);
  gtk_widget_add_css_class (self->peek, "reasoning-text");
  gtk_widget_add_css_class (self->peek, "reasoning-peek");
  self->peek_revealer = gtk_revealer_new ();
  rnl_compat_present_shown (self->peek_revealer);
  gtk_revealer_set_child (GTK_REVEALER (self->peek_revealer), self->peek);
  gtk_widget_set_parent (self->peek_revealer, GTK_WIDGET (self));
}

static void
rnl_reasoning_block_init (RnlReasoningBlock *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  rnl_frame_task_init (&self->update, GTK_WIDGET (self), update_cb);
  self->revealer = gtk_revealer_new ();
  self->header = rnl_fold_header_new ("dialog-information-symbolic", GTK_REVEALER (self->revealer));
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
  add_peek (self);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
  g_signal_connect_swapped (self->revealer, "notify::reveal-child", G_CALLBACK (reveal_cb), self);
  rnl_chat_set_label (GTK_WIDGET (self), _ ("Reasoning"));
}

/**
 * rnl_reasoning_block_new:
 * @part: a part of type `RNL_PART_REASONING`
 *
 * Returns: (transfer floating): a block that follows it
 */
GtkWidget *
rnl_reasoning_block_new (RnlPart *part)
{
  RnlReasoningBlock *self = g_object_new (RNL_TYPE_REASONING_BLOCK, NULL);

  self->part = g_object_ref (part);
  g_signal_connect_object (part, "delta", G_CALLBACK (delta_cb), self, 0);
  g_signal_connect_object (part, "notify::complete", G_CALLBACK (complete_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (part, "notify::duration", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
  rnl_fold_header_set_key (RNL_FOLD_HEADER (self->header), rnl_part_get_id (part));
  update_title (self);
  update_peek (self);
  rnl_frame_task_queue (&self->update);

  return GTK_WIDGET (self);
}

/**
 * rnl_reasoning_block_reveal:
 * @self: a block
 *
 * Opens it as if the person had.
 */
void
rnl_reasoning_block_reveal (RnlReasoningBlock *self)
{
  g_return_if_fail (RNL_IS_REASONING_BLOCK (self));

  rnl_fold_header_set_open (RNL_FOLD_HEADER (self->header), TRUE);
}

/**
 * rnl_reasoning_block_get_view:
 * @self: a block
 *
 * Returns: (transfer none) (nullable): the [class@AnswerView] of the text, once it was opened
 */
GtkWidget *
rnl_reasoning_block_get_view (RnlReasoningBlock *self)
{
  g_return_val_if_fail (RNL_IS_REASONING_BLOCK (self), NULL);

  return self->text;
}

/**
 * rnl_reasoning_block_get_peek:
 * @self: a block
 *
 * Returns: (transfer none): the words that show although it is closed, "" when none do
 */
const char *
rnl_reasoning_block_get_peek (RnlReasoningBlock *self)
{
  g_return_val_if_fail (RNL_IS_REASONING_BLOCK (self), NULL);

  return gtk_revealer_get_reveal_child (GTK_REVEALER (self->peek_revealer))
           ? gtk_label_get_text (GTK_LABEL (self->peek))
           : "";
}

const char *
rnl_reasoning_block_get_title (RnlReasoningBlock *self)
{
  g_return_val_if_fail (RNL_IS_REASONING_BLOCK (self), NULL);

  return rnl_fold_header_get_title (RNL_FOLD_HEADER (self->header));
}

gboolean
rnl_reasoning_block_get_open (RnlReasoningBlock *self)
{
  g_return_val_if_fail (RNL_IS_REASONING_BLOCK (self), FALSE);

  return rnl_fold_header_get_open (RNL_FOLD_HEADER (self->header));
}

GtkWidget *
rnl_reasoning_block_get_header (RnlReasoningBlock *self)
{
  g_return_val_if_fail (RNL_IS_REASONING_BLOCK (self), NULL);

  return self->header;
}

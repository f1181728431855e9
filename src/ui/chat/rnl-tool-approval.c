/* rnl-tool-approval.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-tool-approval.h"

#include <glib/gi18n.h>

#include "rnl-agent-run.h"
#include "rnl-argument-editor.h"
#include "rnl-argument-grid.h"
#include "rnl-button-flow.h"
#include "rnl-chat-style.h"
#include "rnl-output-view.h"
#include "rnl-tool-card.h"
#include "rnl-tool-look.h"
#include "rnl-transcript-view.h"

/**
 * RnlToolApproval:
 *
 * Stands inside a card whose call waits. Shows the arguments as a table and, below, the very bytes
 * the tool will get, and says what the tool may touch. Nothing can be decided before the arguments
 * are complete; they can be changed in place. A decision activates the action `transcript.decide`
 * once, with (decision, part id, reason or changed arguments, digest of what is shown), then
 * everything is locked.
 */
struct _RnlToolApproval
{
  GtkWidget parent_instance;

  /* owned */
  RnlPart *call;
  char *digest; /* of what is shown */

  /* children */
  GtkWidget *box;
  GtkWidget *effects;
  GtkWidget *arguments;
  GtkWidget *grid;
  GtkWidget *raw;
  GtkWidget *editor;
  GtkWidget *buttons;
  GtkWidget *edit;
  GtkWidget *allow_once;
  GtkWidget *allow_always;
  GtkWidget *reason_row;
  GtkWidget *reason;
};

G_DEFINE_FINAL_TYPE (RnlToolApproval, rnl_tool_approval, GTK_TYPE_WIDGET)

/* What locks lets go of the focus, so it goes on before: to where one writes, or, where there is no
 * such place, to the card. */
static void
pass_focus (RnlToolApproval *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *card = gtk_widget_get_ancestor (GTK_WIDGET (self), RNL_TYPE_TOOL_CARD);

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return;
  if (!gtk_widget_activate_action (GTK_WIDGET (self), "win.focus-composer", NULL) && card != NULL)
    gtk_widget_grab_focus (rnl_tool_card_get_header (RNL_TOOL_CARD (card)));
}

static void
decide (RnlToolApproval *self, RnlDecision decision, const char *words)
{
  if (rnl_part_get_state (self->call) != RNL_TOOL_WAITING
      || !gtk_widget_get_sensitive (self->buttons))
    return;

  pass_focus (self);
  gtk_widget_set_sensitive (self->buttons, FALSE);
  gtk_widget_set_sensitive (self->reason_row, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (self), "transcript.decide", "(usss)", (guint) decision,
                              rnl_part_get_id (self->call), words, self->digest);
}

static void
allow_once_cb (RnlToolApproval *self)
{
  decide (self, RNL_DECISION_ALLOW_ONCE, "");
}

static void
allow_chat_cb (RnlToolApproval *self)
{
  decide (self, RNL_DECISION_ALLOW_CHAT, "");
}

static void
allow_always_cb (RnlToolApproval *self)
{
  decide (self, RNL_DECISION_ALLOW_ALWAYS, "");
}

static void
refuse_cb (RnlToolApproval *self)
{
  decide (self, RNL_DECISION_REFUSE, gtk_editable_get_text (GTK_EDITABLE (self->reason)));
}

/* Changing the arguments. */

static void
show_editor (RnlToolApproval *self, gboolean show)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "transcript.hold", NULL);
  gtk_widget_set_visible (self->arguments, !show);
  gtk_widget_set_visible (self->buttons, !show);
  if (show)
    gtk_widget_set_visible (self->reason_row, FALSE);
  gtk_widget_set_visible (self->editor, show);
}

static void
edit_accepted_cb (RnlToolApproval *self, const char *text)
{
  pass_focus (self);
  gtk_widget_set_sensitive (self->editor, FALSE);
  decide (self, RNL_DECISION_EDIT, text);
}

static void
edit_cancelled_cb (RnlToolApproval *self)
{
  show_editor (self, FALSE);
  gtk_widget_grab_focus (self->edit);
}

static void
edit_cb (RnlToolApproval *self)
{
  if (self->editor == NULL)
    {
      self->editor = rnl_argument_editor_new (self->call);
      g_signal_connect_swapped (self->editor, "accepted", G_CALLBACK (edit_accepted_cb), self);
      g_signal_connect_swapped (self->editor, "cancelled", G_CALLBACK (edit_cancelled_cb), self);
      gtk_box_append (GTK_BOX (self->box), self->editor);
    }
  show_editor (self, TRUE);
  rnl_argument_editor_focus (RNL_ARGUMENT_EDITOR (self->editor));
}

static void
toggle_reason_cb (RnlToolApproval *self, GtkToggleButton *button)
{
  gboolean active = gtk_toggle_button_get_active (button);

  gtk_widget_set_visible (self->reason_row, active);
  if (active)
    gtk_widget_grab_focus (self->reason);
}

static void
rnl_tool_approval_dispose (GObject *object)
{
  RnlToolApproval *self = RNL_TOOL_APPROVAL (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->call);

  G_OBJECT_CLASS (rnl_tool_approval_parent_class)->dispose (object);
}

static void
rnl_tool_approval_finalize (GObject *object)
{
  g_free (RNL_TOOL_APPROVAL (object)->digest);

  G_OBJECT_CLASS (rnl_tool_approval_parent_class)->finalize (object);
}

/* What a tool may touch is known where there is a conversation, and that is where it is shown. */
static void
rnl_tool_approval_root (GtkWidget *widget)
{
  RnlToolApproval *self = RNL_TOOL_APPROVAL (widget);
  GtkWidget *transcript = gtk_widget_get_ancestor (widget, RNL_TYPE_TRANSCRIPT_VIEW);
  RnlTool *tool = transcript != NULL
                    ? rnl_transcript_view_find_tool (RNL_TRANSCRIPT_VIEW (transcript), self->call)
                    : NULL;
  RnlToolEffects effects = tool != NULL ? rnl_tool_get_effects (tool) : RNL_TOOL_EFFECT_UNKNOWN;
  g_autofree char *text = rnl_tool_look_effects (effects, self->call);

  GTK_WIDGET_CLASS (rnl_tool_approval_parent_class)->root (widget);
  gtk_label_set_text (GTK_LABEL (self->effects), text);
  if (effects & RNL_TOOL_EFFECT_DESTROYS)
    gtk_widget_add_css_class (self->effects, "destroys");
  rnl_chat_set_description (widget, text);
  gtk_widget_set_visible (self->allow_always,
                          tool != NULL && (effects & RNL_TOOL_EFFECT_DESTROYS) == 0);
}

static void
rnl_tool_approval_class_init (RnlToolApprovalClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_tool_approval_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_tool_approval_finalize;
  widget_class->root = rnl_tool_approval_root;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "approval");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rnl_tool_approval_init (RnlToolApproval *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
add_question (RnlToolApproval *self)
{
  g_autofree char *title = rnl_tool_look_title (self->call);
  g_autofree char *question = g_strdup_printf (_ ("Allow “%s” to run with exactly this?"), title);
  GtkWidget *label = gtk_label_new (question);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (self->box), label);
  rnl_chat_set_label (GTK_WIDGET (self), question);
}

static void
add_effects (RnlToolApproval *self)
{
  self->effects = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->effects), 0);
  gtk_label_set_wrap (GTK_LABEL (self->effects), TRUE);
  gtk_widget_add_css_class (self->effects, "effects");
  gtk_box_append (GTK_BOX (self->box), self->effects);
}

static void
add_arguments (RnlToolApproval *self)
{
  self->grid = rnl_argument_grid_new ();
  self->raw = rnl_output_view_new (_ ("Raw Arguments"));
  self->arguments = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_box_append (GTK_BOX (self->arguments), self->grid);
  gtk_box_append (GTK_BOX (self->arguments), self->raw);
  gtk_box_append (GTK_BOX (self->box), self->arguments);
}

static void
show_arguments (RnlToolApproval *self)
{
  g_autoptr (RnlCallArguments) arguments = rnl_call_arguments_new ();

  rnl_call_arguments_feed (arguments, rnl_part_get_text (self->call),
                           rnl_part_get_length (self->call));
  rnl_argument_grid_update (RNL_ARGUMENT_GRID (self->grid), arguments);
  gtk_widget_set_visible (self->grid, rnl_call_arguments_get_size (arguments) > 0);
  rnl_output_view_set_text (RNL_OUTPUT_VIEW (self->raw), rnl_part_get_text (self->call));
}

static GtkWidget *
make_button (RnlToolApproval *self, const char *text, GCallback callback)
{
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *button = gtk_button_new ();

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_set_tooltip_text (button, text);
  rnl_chat_set_label (button, text);
  g_signal_connect_swapped (button, "clicked", callback, self);

  return button;
}

static void
add_reason (RnlToolApproval *self)
{
  GtkWidget *send = make_button (self, _ ("Refuse"), G_CALLBACK (refuse_cb));

  self->reason_row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->reason = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->reason), _ ("Why not? The model reads this"));
  gtk_widget_set_hexpand (self->reason, TRUE);
  rnl_chat_set_label (self->reason, _ ("Reason for Refusing"));
  g_signal_connect_swapped (self->reason, "activate", G_CALLBACK (refuse_cb), self);
  gtk_box_append (GTK_BOX (self->reason_row), self->reason);
  gtk_box_append (GTK_BOX (self->reason_row), send);
  gtk_widget_set_visible (self->reason_row, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->reason_row);
}

static GtkWidget *
make_reason_toggle (RnlToolApproval *self)
{
  GtkWidget *toggle = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (toggle), "mail-reply-sender-symbolic");
  gtk_widget_add_css_class (toggle, "flat");
  gtk_widget_set_tooltip_text (toggle, _ ("Refuse with a Reason"));
  rnl_chat_set_label (toggle, _ ("Refuse with a Reason"));
  g_signal_connect_swapped (toggle, "toggled", G_CALLBACK (toggle_reason_cb), self);

  return toggle;
}

static void
add_buttons (RnlToolApproval *self)
{
  GtkWidget *refuse = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, RNL_BUTTON_FLOW_SPACING);
  GtkWidget *refuse_button = make_button (self, _ ("Refuse"), G_CALLBACK (refuse_cb));

  gtk_widget_set_hexpand (refuse_button, TRUE);
  gtk_box_append (GTK_BOX (refuse), refuse_button);
  gtk_box_append (GTK_BOX (refuse), make_reason_toggle (self));
  self->edit = make_button (self, _ ("Edit"), G_CALLBACK (edit_cb));
  gtk_widget_set_tooltip_text (self->edit, _ ("Change the Arguments"));
  gtk_box_append (GTK_BOX (refuse), self->edit);

  self->allow_once = make_button (self, _ ("Allow Once"), G_CALLBACK (allow_once_cb));
  gtk_widget_add_css_class (self->allow_once, "suggested-action");
  self->allow_always
    = make_button (self, _ ("Always Allow This Tool"), G_CALLBACK (allow_always_cb));

  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->buttons, rnl_button_flow_new ());
  gtk_box_append (GTK_BOX (self->buttons), refuse);
  gtk_box_append (GTK_BOX (self->buttons), self->allow_always);
  gtk_box_append (GTK_BOX (self->buttons),
                  make_button (self, _ ("Allow for This Chat"), G_CALLBACK (allow_chat_cb)));
  gtk_box_append (GTK_BOX (self->buttons), self->allow_once);
  gtk_box_append (GTK_BOX (self->box), self->buttons);
}

/* Only what is shown whole can be decided about. */
static void
show_call (RnlToolApproval *self)
{
  gboolean complete = rnl_part_get_complete (self->call);

  g_free (self->digest);
  self->digest = rnl_agent_run_dup_digest (self->call);
  show_arguments (self);
  gtk_widget_set_sensitive (self->buttons, complete);
}

/**
 * rnl_tool_approval_new:
 * @call: a tool call in state `RNL_TOOL_WAITING`
 *
 * Returns: (transfer floating): the question about it
 */
GtkWidget *
rnl_tool_approval_new (RnlPart *call)
{
  RnlToolApproval *self = g_object_new (RNL_TYPE_TOOL_APPROVAL, NULL);

  self->call = g_object_ref (call);
  add_question (self);
  add_effects (self);
  add_arguments (self);
  add_reason (self);
  add_buttons (self);
  g_signal_connect_object (call, "notify::complete", G_CALLBACK (show_call), self,
                           G_CONNECT_SWAPPED);
  show_call (self);

  return GTK_WIDGET (self);
}

/**
 * rnl_tool_approval_get_first_button:
 * @self: an approval
 *
 * Returns: (transfer none): "Allow Once"
 */
GtkWidget *
rnl_tool_approval_get_first_button (RnlToolApproval *self)
{
  g_return_val_if_fail (RNL_IS_TOOL_APPROVAL (self), NULL);

  return self->allow_once;
}

/**
 * rnl_tool_approval_get_editor:
 * @self: an approval
 *
 * Returns: (transfer none) (nullable): the editor, once "Edit" was pressed
 */
GtkWidget *
rnl_tool_approval_get_editor (RnlToolApproval *self)
{
  g_return_val_if_fail (RNL_IS_TOOL_APPROVAL (self), NULL);

  return self->editor;
}

/**
 * rnl_tool_approval_get_edit_button:
 * @self: an approval
 *
 * Returns: (transfer none): "Edit"
 */
GtkWidget *
rnl_tool_approval_get_edit_button (RnlToolApproval *self)
{
  g_return_val_if_fail (RNL_IS_TOOL_APPROVAL (self), NULL);

  return self->edit;
}

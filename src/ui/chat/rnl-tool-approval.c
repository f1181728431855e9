/* rnl-tool-approval.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-tool-approval.h"

#include <glib/gi18n.h>

#include "rnl-agent-run.h"
#include "rnl-argument-editor.h"
#include "rnl-argument-grid.h"
#include "rnl-chat-style.h"
#include "rnl-output-view.h"
#include "rnl-tool-card.h"
#include "rnl-tool-look.h"

#define BUTTON_SPACING 6

/**
 * RnlToolApproval:
 *
 * Stands inside a card whose call waits. Shows the arguments as a table and, below, the very bytes
 * the tool will get; they are the part's text, which is complete by then. They can be changed in
 * place. A decision activates the action `transcript.decide` with (decision, part id, reason or
 * changed arguments) once, then everything is locked.
 */
struct _RnlToolApproval
{
  GtkWidget parent_instance;

  /* owned */
  RnlPart *call;

  /* children */
  GtkWidget *box;
  GtkWidget *arguments;
  GtkWidget *editor;
  GtkWidget *buttons;
  GtkWidget *edit;
  GtkWidget *allow_once;
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
  gtk_widget_activate_action (GTK_WIDGET (self), "transcript.decide", "(uss)", (guint) decision,
                              rnl_part_get_id (self->call), words);
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
rnl_tool_approval_class_init (RnlToolApprovalClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_tool_approval_dispose;
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
add_arguments (RnlToolApproval *self)
{
  g_autoptr (RnlCallArguments) arguments = rnl_call_arguments_new ();
  GtkWidget *grid = rnl_argument_grid_new ();
  GtkWidget *raw = rnl_output_view_new (_ ("Raw Arguments"));

  rnl_call_arguments_feed (arguments, rnl_part_get_text (self->call),
                           rnl_part_get_length (self->call));
  rnl_argument_grid_update (RNL_ARGUMENT_GRID (grid), arguments);
  gtk_widget_set_visible (grid, rnl_call_arguments_get_size (arguments) > 0);
  self->arguments = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_box_append (GTK_BOX (self->arguments), grid);

  rnl_output_view_set_text (RNL_OUTPUT_VIEW (raw), rnl_part_get_text (self->call));
  gtk_box_append (GTK_BOX (self->arguments), raw);
  gtk_box_append (GTK_BOX (self->box), self->arguments);
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

/* The buttons: refusing at the start and allowing at the end of one line, or of two where one is
 * too narrow. */

static void
measure_buttons (GtkWidget *widget,
                 GtkOrientation orientation,
                 int for_size,
                 int *minimum,
                 int *natural,
                 int *minimum_baseline,
                 int *natural_baseline)
{
  GtkWidget *refuse = gtk_widget_get_first_child (widget);
  GtkWidget *allow = gtk_widget_get_last_child (widget);
  int minimum_refuse, minimum_allow, natural_refuse, natural_allow;

  gtk_widget_measure (refuse, orientation, -1, &minimum_refuse, &natural_refuse, NULL, NULL);
  gtk_widget_measure (allow, orientation, -1, &minimum_allow, &natural_allow, NULL, NULL);
  *minimum = MAX (minimum_refuse, minimum_allow);
  *natural = natural_refuse + natural_allow + BUTTON_SPACING;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  measure_buttons (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum_refuse, &minimum_allow, NULL,
                   NULL);
  if (for_size < 0 || for_size >= minimum_allow)
    *natural = MAX (natural_refuse, natural_allow);
  *minimum = *natural;
}

static void
allocate_buttons (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *refuse = gtk_widget_get_first_child (widget);
  GtkWidget *allow = gtk_widget_get_last_child (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int natural_refuse, natural_allow, line;

  gtk_widget_measure (refuse, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural_refuse, NULL, NULL);
  gtk_widget_measure (allow, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural_allow, NULL, NULL);
  if (natural_refuse + natural_allow + BUTTON_SPACING <= width)
    {
      gtk_widget_size_allocate (
        refuse, &(GtkAllocation){ rtl ? width - natural_refuse : 0, 0, natural_refuse, height },
        -1);
      gtk_widget_size_allocate (
        allow, &(GtkAllocation){ rtl ? 0 : width - natural_allow, 0, natural_allow, height }, -1);
      return;
    }

  line = (height - BUTTON_SPACING) / 2;
  gtk_widget_size_allocate (allow, &(GtkAllocation){ 0, 0, width, line }, -1);
  gtk_widget_size_allocate (refuse, &(GtkAllocation){ 0, line + BUTTON_SPACING, width, line }, -1);
}

static GtkSizeRequestMode
buttons_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
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
  GtkWidget *refuse = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, BUTTON_SPACING);
  GtkWidget *allow = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, BUTTON_SPACING);
  GtkWidget *refuse_button = make_button (self, _ ("Refuse"), G_CALLBACK (refuse_cb));
  GtkWidget *allow_chat = make_button (self, _ ("Allow for This Chat"), G_CALLBACK (allow_chat_cb));

  gtk_widget_set_hexpand (refuse_button, TRUE);
  gtk_box_append (GTK_BOX (refuse), refuse_button);
  gtk_box_append (GTK_BOX (refuse), make_reason_toggle (self));
  self->edit = make_button (self, _ ("Edit"), G_CALLBACK (edit_cb));
  gtk_widget_set_tooltip_text (self->edit, _ ("Change the Arguments"));
  gtk_box_append (GTK_BOX (refuse), self->edit);

  self->allow_once = make_button (self, _ ("Allow Once"), G_CALLBACK (allow_once_cb));
  gtk_widget_add_css_class (self->allow_once, "suggested-action");
  gtk_widget_set_hexpand (allow_chat, TRUE);
  gtk_widget_set_hexpand (self->allow_once, TRUE);
  gtk_box_append (GTK_BOX (allow), allow_chat);
  gtk_box_append (GTK_BOX (allow), self->allow_once);

  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (
    self->buttons, gtk_custom_layout_new (buttons_mode, measure_buttons, allocate_buttons));
  gtk_box_append (GTK_BOX (self->buttons), refuse);
  gtk_box_append (GTK_BOX (self->buttons), allow);
  gtk_box_append (GTK_BOX (self->box), self->buttons);
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
  add_arguments (self);
  add_reason (self);
  add_buttons (self);

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

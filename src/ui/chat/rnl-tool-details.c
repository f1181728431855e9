/* rnl-tool-details.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-tool-details.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-argument-grid.h"
#include "rnl-chat-style.h"
#include "rnl-output-view.h"
#include "rnl-part-extra.h"
#include "rnl-run-list.h"

/**
 * RnlToolDetails:
 *
 * The body of a card: arguments, the runs inside, streamed output, result or error, and the raw
 * JSON behind a toggle. Sections appear when there is something in them. Made when a card is first
 * opened.
 */
struct _RnlToolDetails
{
  GtkWidget parent_instance;

  /* owned */
  RnlPart *call;

  /* children */
  GtkWidget *box;
  GtkWidget *arguments_caption;
  GtkWidget *arguments;
  GtkWidget *asked;
  GtkWidget *runs;
  GtkWidget *output_caption;
  GtkWidget *output;
  GtkWidget *result_caption;
  GtkWidget *result;
  GtkWidget *raw_toggle;
  GtkWidget *raw;
};

G_DEFINE_FINAL_TYPE (RnlToolDetails, rnl_tool_details, GTK_TYPE_WIDGET)

static void
update_output (RnlToolDetails *self)
{
  const char *result = rnl_part_get_result (self->call);
  gsize length = rnl_part_get_output_length (self->call);
  gboolean visible;

  /* A tool that streamed its whole result need not show it twice. */
  visible = length > 0 && g_strcmp0 (rnl_part_get_output (self->call), result) != 0;
  gtk_widget_set_visible (self->output_caption, visible);
  gtk_widget_set_visible (self->output, visible);
}

static void
output_delta_cb (RnlPart *call, guint64 offset, const char *text, RnlToolDetails *self)
{
  rnl_output_view_append (RNL_OUTPUT_VIEW (self->output), text, strlen (text));
  if (offset == 0)
    update_output (self);
}

/* Arguments that a person changed are shown as both: what ran, and what was asked for. */
static void
show_asked (RnlToolDetails *self)
{
  GtkWidget *caption;

  if (self->asked != NULL || rnl_part_get_extra_string (self->call, RNL_PART_EXTRA_EDITED) == NULL)
    return;

  caption = rnl_chat_caption_new (_ ("What the model asked for"));
  self->asked = rnl_output_view_new (_ ("What the model asked for"));
  rnl_output_view_set_text (RNL_OUTPUT_VIEW (self->asked), rnl_part_get_text (self->call));
  gtk_box_insert_child_after (GTK_BOX (self->box), caption, self->arguments);
  gtk_box_insert_child_after (GTK_BOX (self->box), self->asked, caption);
  gtk_label_set_text (GTK_LABEL (self->arguments_caption), _ ("Arguments, changed by you"));
}

static void
update_result (RnlToolDetails *self)
{
  const char *result = rnl_part_get_result (self->call);
  gboolean visible = result != NULL && *result != '\0';
  gboolean failed = rnl_part_get_state (self->call) == RNL_TOOL_FAILED;

  gtk_widget_set_visible (self->result_caption, visible);
  gtk_widget_set_visible (self->result, visible);
  gtk_label_set_text (GTK_LABEL (self->result_caption), failed ? _ ("Error") : _ ("Result"));
  if (failed)
    gtk_widget_add_css_class (self->result_caption, "error");
  else
    gtk_widget_remove_css_class (self->result_caption, "error");
  if (visible && strcmp (rnl_output_view_get_text (RNL_OUTPUT_VIEW (self->result)), result) != 0)
    rnl_output_view_set_text (RNL_OUTPUT_VIEW (self->result), result);
  update_output (self);
  show_asked (self);
}

/* What the tool ran with. */
static const char *
get_arguments (RnlToolDetails *self)
{
  const char *edited = rnl_part_get_extra_string (self->call, RNL_PART_EXTRA_EDITED);

  return edited != NULL ? edited : rnl_part_get_text (self->call);
}

static void
raw_toggled_cb (RnlToolDetails *self, GtkToggleButton *toggle)
{
  gboolean active = gtk_toggle_button_get_active (toggle);

  gtk_widget_activate_action (GTK_WIDGET (self), "transcript.hold", NULL);
  if (active)
    rnl_output_view_set_text (RNL_OUTPUT_VIEW (self->raw), get_arguments (self));
  gtk_widget_set_visible (self->raw, active);
}

static void
copy_arguments_cb (RnlToolDetails *self)
{
  rnl_chat_copy (GTK_WIDGET (self), get_arguments (self));
}

static void
copy_result_cb (RnlToolDetails *self)
{
  const char *result = rnl_part_get_result (self->call);

  rnl_chat_copy (GTK_WIDGET (self), result != NULL ? result : rnl_part_get_output (self->call));
}

static void
rnl_tool_details_dispose (GObject *object)
{
  RnlToolDetails *self = RNL_TOOL_DETAILS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->call);

  G_OBJECT_CLASS (rnl_tool_details_parent_class)->dispose (object);
}

static void
rnl_tool_details_class_init (RnlToolDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_tool_details_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "details");
}

static GtkWidget *
append (RnlToolDetails *self, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (self->box), child);

  return child;
}

static void
add_buttons (RnlToolDetails *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *arguments = rnl_chat_icon_button_new ("edit-copy-symbolic", _ ("Copy Arguments"));
  GtkWidget *result = rnl_chat_icon_button_new ("edit-paste-symbolic", _ ("Copy Result"));

  self->raw_toggle = gtk_toggle_button_new_with_label (_ ("Raw JSON"));
  gtk_widget_add_css_class (self->raw_toggle, "flat");
  gtk_widget_add_css_class (self->raw_toggle, "small-button");
  gtk_widget_add_css_class (self->raw_toggle, "caption");
  gtk_widget_set_hexpand (self->raw_toggle, TRUE);
  gtk_widget_set_halign (self->raw_toggle, GTK_ALIGN_START);
  g_signal_connect_swapped (self->raw_toggle, "toggled", G_CALLBACK (raw_toggled_cb), self);
  g_signal_connect_swapped (arguments, "clicked", G_CALLBACK (copy_arguments_cb), self);
  g_signal_connect_swapped (result, "clicked", G_CALLBACK (copy_result_cb), self);
  gtk_box_append (GTK_BOX (row), self->raw_toggle);
  gtk_box_append (GTK_BOX (row), arguments);
  gtk_box_append (GTK_BOX (row), result);
  append (self, row);
}

static void
rnl_tool_details_init (RnlToolDetails *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->arguments_caption = append (self, rnl_chat_caption_new (_ ("Arguments")));
  self->arguments = append (self, rnl_argument_grid_new ());
  gtk_widget_set_visible (self->arguments_caption, FALSE);
  self->output_caption = append (self, rnl_chat_caption_new (_ ("Output")));
  self->output = append (self, rnl_output_view_new (_ ("Output")));
  self->result_caption = append (self, rnl_chat_caption_new (_ ("Result")));
  self->result = append (self, rnl_output_view_new (_ ("Result")));
  self->raw = append (self, rnl_output_view_new (_ ("Raw Arguments")));
  gtk_widget_set_visible (self->raw, FALSE);
  add_buttons (self);
}

/**
 * rnl_tool_details_new:
 * @call: a tool call
 * @depth: how many cards stand around the card
 *
 * Returns: (transfer floating): a widget that follows it
 */
GtkWidget *
rnl_tool_details_new (RnlPart *call, guint depth)
{
  RnlToolDetails *self = g_object_new (RNL_TYPE_TOOL_DETAILS, NULL);

  self->call = g_object_ref (call);
  self->runs = rnl_run_list_new (rnl_part_list_children (call), depth + 1);
  gtk_box_insert_child_after (GTK_BOX (self->box), self->runs, self->arguments);
  rnl_output_view_set_text (RNL_OUTPUT_VIEW (self->output), rnl_part_get_output (call));
  g_signal_connect_object (call, "output-delta", G_CALLBACK (output_delta_cb), self, 0);
  g_signal_connect_object (call, "notify::result", G_CALLBACK (update_result), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (call, "notify::state", G_CALLBACK (update_result), self,
                           G_CONNECT_SWAPPED);
  update_result (self);

  return GTK_WIDGET (self);
}

/**
 * rnl_tool_details_get_runs:
 * @self: a card's body
 *
 * Returns: (transfer none): the [class@RunList] of what ran inside
 */
GtkWidget *
rnl_tool_details_get_runs (RnlToolDetails *self)
{
  g_return_val_if_fail (RNL_IS_TOOL_DETAILS (self), NULL);

  return self->runs;
}

/**
 * rnl_tool_details_update_arguments:
 * @self: a card's body
 * @arguments: what has been read so far
 *
 * Shows more of the arguments.
 */
void
rnl_tool_details_update_arguments (RnlToolDetails *self, RnlCallArguments *arguments)
{
  g_return_if_fail (RNL_IS_TOOL_DETAILS (self));

  gtk_widget_set_visible (self->arguments_caption, rnl_call_arguments_get_size (arguments) > 0);
  rnl_argument_grid_update (RNL_ARGUMENT_GRID (self->arguments), arguments);
}

/**
 * rnl_tool_details_get_argument:
 * @self: a card's body
 * @key: an argument's name
 *
 * Returns: (transfer none) (nullable): what the table shows for it
 */
const char *
rnl_tool_details_get_argument (RnlToolDetails *self, const char *key)
{
  g_return_val_if_fail (RNL_IS_TOOL_DETAILS (self), NULL);

  return rnl_argument_grid_get_value (RNL_ARGUMENT_GRID (self->arguments), key);
}

/**
 * rnl_tool_details_get_output:
 * @self: a card's body
 *
 * Returns: (transfer none): the streamed output so far
 */
const char *
rnl_tool_details_get_output (RnlToolDetails *self)
{
  g_return_val_if_fail (RNL_IS_TOOL_DETAILS (self), NULL);

  return rnl_output_view_get_text (RNL_OUTPUT_VIEW (self->output));
}

/* rnl-tool-details.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-tool-details.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-argument-grid.h"
#include "rnl-chat-text.h"
#include "rnl-chat-style.h"
#include "rnl-output-view.h"
#include "rnl-part-extra.h"
#include "rnl-result-view.h"
#include "rnl-run-list.h"
#include "rnl-selectable.h"

/* Made when there is something in it. */
typedef struct
{
  GtkWidget *caption;
  GtkWidget *view;
} Section;

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
  Section output;
  Section result;
  GtkWidget *raw_toggle;
  GtkWidget *raw;
  GtkWidget *buttons;
  GtkWidget *copy_result;
};

G_DEFINE_FINAL_TYPE (RnlToolDetails, rnl_tool_details, GTK_TYPE_WIDGET)

static GtkWidget *
join_output (RnlToolDetails *self, const char *title, RnlChatField field)
{
  GtkWidget *view = rnl_output_view_new (title);

  rnl_output_view_give_selection (RNL_OUTPUT_VIEW (view));
  rnl_selectable_set_part (RNL_SELECTABLE (view), G_OBJECT (self->call), field);

  return view;
}

/* Puts a caption and what it stands above behind a child of the box. */
static void
add_section (
  RnlToolDetails *self, Section *section, GtkWidget *after, const char *title, GtkWidget *view)
{
  section->caption = rnl_chat_caption_new (title);
  section->view = view;
  gtk_box_insert_child_after (GTK_BOX (self->box), section->caption, after);
  gtk_box_insert_child_after (GTK_BOX (self->box), section->view, section->caption);
}

static void
show_section (Section *section, gboolean visible)
{
  if (section->view == NULL)
    return;

  gtk_widget_set_visible (section->caption, visible);
  gtk_widget_set_visible (section->view, visible);
}

static void
update_output (RnlToolDetails *self)
{
  /* A tool that streamed its whole result need not show it twice. */
  gboolean visible = rnl_chat_part_has_output (self->call);

  if (visible && self->output.view == NULL)
    {
      add_section (self, &self->output, self->runs, _ ("Output"),
                   join_output (self, _ ("Output"), RNL_CHAT_FIELD_OUTPUT));
      rnl_output_view_set_text (RNL_OUTPUT_VIEW (self->output.view),
                                rnl_part_get_output (self->call));
    }
  show_section (&self->output, visible);
}

static void
output_delta_cb (RnlPart *call, guint64 offset, const char *text, RnlToolDetails *self)
{
  if (self->output.view != NULL)
    rnl_output_view_append (RNL_OUTPUT_VIEW (self->output.view), text, strlen (text));
  else
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

/* Why a call did not do what it was asked for, and what it gave. */
static const char *
get_result_title (RnlToolState state)
{
  switch (state)
    {
    case RNL_TOOL_FAILED:
      return _ ("Error");
    case RNL_TOOL_REFUSED:
    case RNL_TOOL_CANCELLED:
    case RNL_TOOL_LIMIT:
      return _ ("What the model was told");
    case RNL_TOOL_PREPARING:
    case RNL_TOOL_WAITING:
    case RNL_TOOL_RUNNING:
    case RNL_TOOL_DONE:
    default:
      return _ ("Result");
    }
}

static void
add_result (RnlToolDetails *self, const char *result)
{
  GtkWidget *after = self->output.view != NULL ? self->output.view : self->runs;
  RnlToolState state = rnl_part_get_state (self->call);
  const char *title = get_result_title (state);
  GtkWidget *table = state == RNL_TOOL_DONE ? rnl_result_view_new_structured (result) : NULL;

  if (table != NULL)
    rnl_result_view_set_part (table, G_OBJECT (self->call), RNL_CHAT_FIELD_RESULT);
  add_section (self, &self->result, after, title,
               table != NULL ? table : join_output (self, title, RNL_CHAT_FIELD_RESULT));
  if (table == NULL)
    rnl_output_view_set_text (RNL_OUTPUT_VIEW (self->result.view), result);
  if (state == RNL_TOOL_FAILED)
    gtk_widget_add_css_class (self->result.caption, "error");
}

static void
update_result (RnlToolDetails *self)
{
  const char *result = rnl_part_get_result (self->call);

  update_output (self);
  show_asked (self);
  if (self->result.view == NULL && rnl_chat_part_has_result (self->call))
    add_result (self, result);
  gtk_widget_set_visible (self->copy_result,
                          result != NULL || rnl_part_get_output_length (self->call) > 0);
}

/* They may still be coming. */
static void
update_raw (RnlToolDetails *self)
{
  const char *text = rnl_chat_part_get_arguments (self->call);
  gsize shown = self->raw != NULL ? rnl_output_view_get_length (RNL_OUTPUT_VIEW (self->raw)) : 0;

  if (self->raw == NULL || !gtk_widget_get_visible (self->raw))
    return;
  if (text == rnl_part_get_text (self->call) && rnl_part_get_length (self->call) >= shown)
    rnl_output_view_append (RNL_OUTPUT_VIEW (self->raw), text + shown,
                            rnl_part_get_length (self->call) - shown);
  else
    rnl_output_view_set_text (RNL_OUTPUT_VIEW (self->raw), text);
}

static void
raw_toggled_cb (RnlToolDetails *self, GtkToggleButton *toggle)
{
  gboolean active = gtk_toggle_button_get_active (toggle);

  gtk_widget_activate_action (GTK_WIDGET (self), "transcript.hold", NULL);
  if (self->raw == NULL)
    {
      self->raw = rnl_output_view_new (_ ("Raw Arguments"));
      gtk_box_insert_child_after (GTK_BOX (self->box), self->raw,
                                  gtk_widget_get_prev_sibling (self->buttons));
    }
  gtk_widget_set_visible (self->raw, active);
  update_raw (self);
}

static void
copy_arguments_cb (RnlToolDetails *self)
{
  rnl_chat_copy (GTK_WIDGET (self), rnl_chat_part_get_arguments (self->call));
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
  GtkWidget *arguments = rnl_chat_icon_button_new ("edit-copy-symbolic", _ ("Copy Arguments"));

  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  self->copy_result = rnl_chat_icon_button_new ("edit-paste-symbolic", _ ("Copy Result"));
  self->raw_toggle = gtk_toggle_button_new_with_label (_ ("Raw JSON"));
  gtk_widget_add_css_class (self->raw_toggle, "flat");
  gtk_widget_add_css_class (self->raw_toggle, "small-button");
  gtk_widget_add_css_class (self->raw_toggle, "caption");
  gtk_widget_set_hexpand (self->raw_toggle, TRUE);
  gtk_widget_set_halign (self->raw_toggle, GTK_ALIGN_START);
  g_signal_connect_swapped (self->raw_toggle, "toggled", G_CALLBACK (raw_toggled_cb), self);
  g_signal_connect_swapped (arguments, "clicked", G_CALLBACK (copy_arguments_cb), self);
  g_signal_connect_swapped (self->copy_result, "clicked", G_CALLBACK (copy_result_cb), self);
  gtk_box_append (GTK_BOX (self->buttons), self->raw_toggle);
  gtk_box_append (GTK_BOX (self->buttons), arguments);
  gtk_box_append (GTK_BOX (self->buttons), self->copy_result);
  append (self, self->buttons);
}

static void
rnl_tool_details_init (RnlToolDetails *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->arguments_caption = append (self, rnl_chat_caption_new (_ ("Arguments")));
  self->arguments = append (self, rnl_argument_grid_new ());
  gtk_widget_set_visible (self->arguments_caption, FALSE);
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
  rnl_argument_grid_set_part (RNL_ARGUMENT_GRID (self->arguments), G_OBJECT (call),
                              RNL_CHAT_FIELD_ARGUMENTS);
  self->runs = rnl_run_list_new (rnl_part_list_children (call), depth + 1);
  append (self, self->runs);
  add_buttons (self);
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
  update_raw (self);
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

  return self->output.view != NULL ? rnl_output_view_get_text (RNL_OUTPUT_VIEW (self->output.view))
                                   : "";
}

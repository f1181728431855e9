/* rnl-argument-editor.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-argument-editor.h"

#include <glib/gi18n.h>

#include "rnl-chat-style.h"
#include "rnl-json-value.h"
#include "rnl-transcript-view.h"

#define MIN_HEIGHT 96
#define MAX_HEIGHT 280

/**
 * RnlArgumentEditor:
 *
 * The arguments of a call that waits as JSON a person can change. What cannot run is said at once,
 * in words, and cannot be sent: whether it is JSON is seen here, whether it fits the tool is asked
 * of the turn. Emits `accepted` with the text, or `cancelled`.
 */
struct _RnlArgumentEditor
{
  GtkWidget parent_instance;

  /* owned */
  RnlPart *call;
  char *problem;

  /* children */
  GtkWidget *box;
  GtkWidget *view;
  GtkWidget *message;
  GtkWidget *run;
};

enum
{
  ACCEPTED,
  CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlArgumentEditor, rnl_argument_editor, GTK_TYPE_WIDGET)

static char *
dup_text (RnlArgumentEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* Returns: (transfer full) (nullable): why the text cannot run */
static char *
find_problem (RnlArgumentEditor *self, const char *text)
{
  GtkWidget *transcript = gtk_widget_get_ancestor (GTK_WIDGET (self), RNL_TYPE_TRANSCRIPT_VIEW);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rnl_json_strict_parse (text, -1, &error);

  if (node == NULL)
    /* Translators: %s says where and what, in English */
    return g_strdup_printf (_ ("This is not valid JSON: %s"), error->message);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return g_strdup (_ ("The arguments must be an object, between { and }"));
  if (transcript != NULL
      && !rnl_transcript_view_check_arguments (RNL_TRANSCRIPT_VIEW (transcript), self->call,
                                               json_node_get_object (node), &error))
    /* Translators: %s says where and what, in English */
    return g_strdup_printf (_ ("The tool does not take this: %s"), error->message);

  return NULL;
}

static void
update (RnlArgumentEditor *self)
{
  g_autofree char *text = dup_text (self);

  g_free (self->problem);
  self->problem = find_problem (self, text);
  gtk_label_set_text (GTK_LABEL (self->message), self->problem != NULL ? self->problem : "");
  gtk_widget_set_visible (self->message, self->problem != NULL);
  gtk_widget_set_sensitive (self->run, self->problem == NULL);
  gtk_accessible_update_state (
    GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_STATE_INVALID,
    self->problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
run_cb (RnlArgumentEditor *self)
{
  g_autofree char *text = dup_text (self);

  /* The turn may have changed its mind since the last key. */
  update (self);
  if (self->problem == NULL)
    g_signal_emit (self, signals[ACCEPTED], 0, text);
}

static void
back_cb (RnlArgumentEditor *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        RnlArgumentEditor *self)
{
  if (keyval == GDK_KEY_Escape)
    back_cb (self);
  else if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) && (state & GDK_CONTROL_MASK))
    run_cb (self);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
rnl_argument_editor_dispose (GObject *object)
{
  RnlArgumentEditor *self = RNL_ARGUMENT_EDITOR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->call);

  G_OBJECT_CLASS (rnl_argument_editor_parent_class)->dispose (object);
}

static void
rnl_argument_editor_finalize (GObject *object)
{
  g_free (RNL_ARGUMENT_EDITOR (object)->problem);

  G_OBJECT_CLASS (rnl_argument_editor_parent_class)->finalize (object);
}

static void
rnl_argument_editor_class_init (RnlArgumentEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_argument_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_argument_editor_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "argumenteditor");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  signals[ACCEPTED] = g_signal_new ("accepted", RNL_TYPE_ARGUMENT_EDITOR, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CANCELLED] = g_signal_new ("cancelled", RNL_TYPE_ARGUMENT_EDITOR, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_view (RnlArgumentEditor *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->view = gtk_text_view_new ();
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self->view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_text_view_set_input_hints (GTK_TEXT_VIEW (self->view), GTK_INPUT_HINT_NO_SPELLCHECK);
  rnl_chat_set_label (self->view, _ ("Arguments to Run With"));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->view, keys);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), MIN_HEIGHT);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);

  return scroller;
}

static GtkWidget *
make_buttons (RnlArgumentEditor *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *back = gtk_button_new_with_label (_ ("Back"));

  self->run = gtk_button_new_with_label (_ ("Run with Changes"));
  gtk_widget_add_css_class (self->run, "suggested-action");
  g_signal_connect_swapped (back, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect_swapped (self->run, "clicked", G_CALLBACK (run_cb), self);
  gtk_widget_set_hexpand (back, TRUE);
  gtk_widget_set_halign (back, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (row), back);
  gtk_box_append (GTK_BOX (row), self->run);

  return row;
}

static void
rnl_argument_editor_init (RnlArgumentEditor *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), make_view (self));

  self->message = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->message), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->message), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->message), 0);
  gtk_widget_add_css_class (self->message, "error");
  gtk_widget_add_css_class (self->message, "caption");
  gtk_box_append (GTK_BOX (self->box), self->message);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  self->message, NULL, -1);

  gtk_box_append (GTK_BOX (self->box), make_buttons (self));
}

/**
 * rnl_argument_editor_new:
 * @call: a tool call in state `RNL_TOOL_WAITING`
 *
 * Returns: (transfer floating): an editor that shows its arguments
 */
GtkWidget *
rnl_argument_editor_new (RnlPart *call)
{
  RnlArgumentEditor *self = g_object_new (RNL_TYPE_ARGUMENT_EDITOR, NULL);
  const char *text = rnl_part_get_length (call) > 0 ? rnl_part_get_text (call) : "{}";
  g_autoptr (JsonNode) node = rnl_json_strict_parse (text, -1, NULL);
  g_autofree char *pretty = node != NULL ? rnl_json_to_string (node, TRUE) : g_strdup (text);

  self->call = g_object_ref (call);
  rnl_argument_editor_set_text (self, pretty);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), "changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * rnl_argument_editor_set_text:
 * @self: an editor
 * @text: what stands in it
 */
void
rnl_argument_editor_set_text (RnlArgumentEditor *self, const char *text)
{
  g_return_if_fail (RNL_IS_ARGUMENT_EDITOR (self));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), text, -1);
}

/**
 * rnl_argument_editor_get_problem:
 * @self: an editor
 *
 * Returns: (transfer none) (nullable): why what stands in it cannot run, `NULL` when it can
 */
const char *
rnl_argument_editor_get_problem (RnlArgumentEditor *self)
{
  g_return_val_if_fail (RNL_IS_ARGUMENT_EDITOR (self), NULL);

  return self->problem;
}

/**
 * rnl_argument_editor_get_run_button:
 * @self: an editor
 *
 * Returns: (transfer none): "Run with Changes"
 */
GtkWidget *
rnl_argument_editor_get_run_button (RnlArgumentEditor *self)
{
  g_return_val_if_fail (RNL_IS_ARGUMENT_EDITOR (self), NULL);

  return self->run;
}

/**
 * rnl_argument_editor_focus:
 * @self: an editor that is shown
 *
 * Puts the cursor into the text.
 */
void
rnl_argument_editor_focus (RnlArgumentEditor *self)
{
  g_return_if_fail (RNL_IS_ARGUMENT_EDITOR (self));

  gtk_widget_grab_focus (self->view);
}

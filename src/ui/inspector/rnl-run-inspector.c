/* rnl-run-inspector.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-run-inspector-private.h"

#include <glib/gi18n.h>

#include "rnl-chat-style.h"
#include "rnl-compat-accessible.h"
#include "rnl-compat.h"
#include "rnl-inspector-resources.h"
#include "rnl-trace-export.h"

/**
 * RnlRunInspector:
 *
 * The pane beside a conversation that shows what happened in it, run by run: a tree of the runs of
 * one turn, and below everything about the run that is chosen. It is one more observer: it follows
 * the conversation while it is there, tells its widgets once a frame, and reads what happened
 * before from the traces.
 *
 * Signals: `close`, the person does not want it any more; `told (text)`, something to know.
 */
enum
{
  CLOSE,
  TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlRunInspector, rnl_run_inspector, GTK_TYPE_WIDGET)

static void
tell_person (RnlRunInspector *self, const char *text)
{
  g_signal_emit (self, signals[TOLD], 0, text);
}

/* What is shown. */

static gboolean
is_temporary (RnlRunInspector *self)
{
  return self->conversation != NULL
         && rnl_chat_get_temporary (rnl_conversation_get_chat (self->conversation));
}

static char *
make_note (RnlRunInspector *self)
{
  if (self->problem != NULL)
    return g_strdup_printf (_ ("This trace cannot be read to its end: %s"), self->problem);
  if (is_temporary (self))
    return g_strdup (_ ("Nothing of a temporary chat is recorded. What happens while this pane is "
                        "open stands here until it is closed."));
  if (self->recorder == NULL)
    return g_strdup (_ ("Runs are not recorded. What happens while this pane is open stands here "
                        "until it is closed."));
  if (self->shown != NULL && rnl_inspected_turn_is_late (self->shown))
    return g_strdup (_ ("The beginning of this turn was not recorded."));

  return NULL;
}

static void
update_note (RnlRunInspector *self)
{
  g_autofree char *note = make_note (self);

  gtk_widget_set_visible (self->note, note != NULL);
  gtk_widget_set_visible (self->record_button, self->recorder == NULL && !is_temporary (self));
  if (note != NULL && g_strcmp0 (note, gtk_label_get_label (self->note_label)) != 0)
    gtk_label_set_label (self->note_label, note);
}

/* Something was said, and nothing of it is known. */
static gboolean
is_missing (RnlRunInspector *self)
{
  return self->missing
         || (self->conversation != NULL
             && g_list_model_get_n_items (rnl_conversation_list_messages (self->conversation)) > 0);
}

static void
update_empty (RnlRunInspector *self)
{
  const char *missing
    = self->missing
        ? _ ("The runs of this answer were not recorded, or have made room for newer ones.")
        : _ ("The runs of this chat were not recorded, or have made room for newer ones. Those of "
             "the next answer appear here.");

  adw_status_page_set_title (self->empty,
                             is_missing (self) ? _ ("Not Recorded") : _ ("No Runs Yet"));
  adw_status_page_set_description (
    self->empty,
    is_missing (self) ? missing : _ ("Ask something: every step of the answer appears here."));
  gtk_widget_set_visible (GTK_WIDGET (self->empty), self->listing == NULL);
}

/* As often as what is shown changes; most times there is nothing to do. */
void
rnl_run_inspector_update_page (RnlRunInspector *self)
{
  gboolean any = self->shown != NULL;
  gboolean some = g_list_model_get_n_items (G_LIST_MODEL (self->turns)) > 0;

  update_note (self);
  if (!any)
    update_empty (self);
  gtk_stack_set_visible_child_name (self->stack, any ? "runs" : "empty");
  gtk_widget_set_visible (GTK_WIDGET (self->turns_button), some);
  gtk_widget_set_visible (self->heading, !some);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inspector.copy",
                                 rnl_run_details_get_run (self->details) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inspector.export",
                                 any && rnl_inspected_turn_get_path (self->shown) != NULL);
}

static void
update_cb (GtkWidget *widget)
{
  rnl_run_inspector_tell (RNL_RUN_INSPECTOR (widget));
}

/* Who opened the pane while there was nothing to choose from goes on where there is, unless they
 * went elsewhere meanwhile. The rows are there when the list was laid out. */
static void
laid_out_cb (GtkWidget *widget)
{
  RnlRunInspector *self = RNL_RUN_INSPECTOR (widget);

  if (gtk_widget_has_focus (self->close_button))
    gtk_widget_grab_focus (GTK_WIDGET (self->tree));
}

static void
run_chosen_cb (RnlRunInspector *self)
{
  if (self->focus_tree && rnl_run_tree_get_selected (self->tree) != NULL)
    {
      self->focus_tree = FALSE;
      rnl_frame_task_queue (&self->laid_out);
    }
  rnl_run_details_set_run (self->details, rnl_run_tree_get_selected (self->tree));
  rnl_run_inspector_update_page (self);
}

static void
run_activated_cb (RnlRunInspector *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->details), GTK_DIR_TAB_FORWARD);
}

static void
turn_chosen_cb (RnlRunInspector *self)
{
  guint position = gtk_drop_down_get_selected (self->turns_button);

  if (!self->choosing && position != GTK_INVALID_LIST_POSITION)
    rnl_run_inspector_take_position (self, position);
}

/* The list of turns. */

static void
setup_turn_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("view-conceal-symbolic");
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *time = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_width_chars (GTK_LABEL (title), 6);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (icon, "run-icon");
  gtk_widget_add_css_class (time, "caption");
  gtk_widget_add_css_class (time, "dim-label");
  gtk_widget_add_css_class (time, "numeric");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), time);
  gtk_list_item_set_child (item, box);
}

static char *
make_time (gint64 started)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (started / G_USEC_PER_SEC);
  gboolean today = time != NULL
                   && g_date_time_get_day_of_year (now) == g_date_time_get_day_of_year (time)
                   && g_date_time_get_year (now) == g_date_time_get_year (time);

  if (time == NULL)
    return g_strdup ("");

  return g_date_time_format (time, today ? "%H:%M:%S" : "%x %H:%M");
}

static void
update_turn (GtkWidget *box, GParamSpec *pspec, RnlInspectedTurn *turn)
{
  GtkWidget *icon = gtk_widget_get_first_child (box);
  GtkWidget *title = gtk_widget_get_next_sibling (icon);
  g_autofree char *time = make_time (rnl_inspected_turn_get_started (turn));
  g_autofree char *name = g_strdup_printf ("%s, %s", rnl_inspected_turn_get_title (turn), time);

  gtk_widget_set_visible (icon, rnl_inspected_turn_get_internal (turn));
  gtk_label_set_label (GTK_LABEL (title), rnl_inspected_turn_get_title (turn));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), time);
  rnl_compat_name_row (box, name);
}

static void
bind_turn_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  RnlInspectedTurn *turn = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);

  g_signal_connect_object (turn, "notify::title", G_CALLBACK (update_turn), box, G_CONNECT_SWAPPED);
  update_turn (box, NULL, turn);
}

static void
unbind_turn_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item),
                                        gtk_list_item_get_child (item));
}

/* What a person does. */

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[CLOSE], 0);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_run_details_copy (RNL_RUN_INSPECTOR (widget)->details);
}

static void
record_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_settings_set_boolean (RNL_RUN_INSPECTOR (widget)->settings, "trace", TRUE);
}

typedef struct
{
  RnlRunInspector *inspector;
  char *path;
  RnlTraceFormat format;
} ExportData;

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlRunInspector) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (rnl_trace_export_finish (result, &error))
    {
      tell_person (self, _ ("The trace was exported"));
      return;
    }
  text = g_strdup_printf (_ ("The trace could not be exported: %s"), error->message);
  tell_person (self, text);
}

static void
file_chosen_cb (GFile *file, gpointer user_data)
{
  ExportData *data = user_data;

  if (file != NULL)
    rnl_trace_export_async (data->path, data->format, file, NULL, exported_cb,
                            g_object_ref (data->inspector));
  g_object_unref (data->inspector);
  g_free (data->path);
  g_free (data);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlRunInspector *self = RNL_RUN_INSPECTOR (widget);
  const char *format = g_variant_get_string (parameter, NULL);
  ExportData *data = g_new0 (ExportData, 1);
  g_autofree char *file = NULL;

  data->inspector = g_object_ref (self);
  data->path = g_strdup (rnl_inspected_turn_get_path (self->shown));
  data->format = g_str_equal (format, "log")    ? RNL_TRACE_FORMAT_LOG
                 : g_str_equal (format, "json") ? RNL_TRACE_FORMAT_STATE
                                                : RNL_TRACE_FORMAT_EVENTS;
  file = g_strconcat ("trace-", rnl_inspected_turn_get_id (self->shown),
                      rnl_trace_format_get_suffix (data->format), NULL);
  rnl_compat_save_file (GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Export Trace"), file,
                        file_chosen_cb, data);
}

/* The widget. */

static gboolean
rnl_run_inspector_grab_focus (GtkWidget *widget)
{
  RnlRunInspector *self = RNL_RUN_INSPECTOR (widget);

  if (self->shown != NULL && gtk_widget_grab_focus (GTK_WIDGET (self->tree)))
    return TRUE;

  self->focus_tree = TRUE;

  return gtk_widget_grab_focus (self->close_button);
}

static void
rnl_run_inspector_dispose (GObject *object)
{
  RnlRunInspector *self = RNL_RUN_INSPECTOR (object);

  if (self->box != NULL)
    rnl_run_inspector_set_conversation (self, NULL);
  rnl_frame_task_clear (&self->update);
  rnl_frame_task_clear (&self->laid_out);
  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_RUN_INSPECTOR);
  g_clear_object (&self->turns);
  g_clear_object (&self->recorder);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rnl_run_inspector_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_resources_register (rnl_inspector_get_resource ());
  g_type_ensure (RNL_TYPE_RUN_TREE);
  g_type_ensure (RNL_TYPE_RUN_DETAILS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/inspector/rnl-run-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlRunInspector, box);
  gtk_widget_class_bind_template_child (widget_class, RnlRunInspector, turns_button);
  gtk_widget_class_bind_template_child (widget_class, RnlRunInspector, heading);
  gtk_widget_class_bind_template_child (widget_class, RnlRunInspector, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RnlRunInspector, close_button);
  gtk_widget_class_bind_template_child (widget_class, RnlRunInspector, note);
  gtk_widget_class_bind_template_child (widget_class, RnlRunInspector, note_label);
  gtk_widget_class_bind_template_child (widget_class, RnlRunInspector, record_button);
  gtk_widget_class_bind_template_child (widget_class, RnlRunInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, RnlRunInspector, empty);
  gtk_widget_class_bind_template_child (widget_class, RnlRunInspector, paned);
  gtk_widget_class_bind_template_child (widget_class, RnlRunInspector, tree);
  gtk_widget_class_bind_template_child (widget_class, RnlRunInspector, details);
  gtk_widget_class_bind_template_callback (widget_class, turn_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, run_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, run_activated_cb);
}

static void
rnl_run_inspector_class_init (RnlRunInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_run_inspector_dispose;
  widget_class->grab_focus = rnl_run_inspector_grab_focus;

  signals[CLOSE] = g_signal_new ("close", RNL_TYPE_RUN_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  signals[TOLD] = g_signal_new ("told", RNL_TYPE_RUN_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "runinspector");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_REGION);
  gtk_widget_class_install_action (widget_class, "inspector.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "inspector.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "inspector.export", "s", export_action);
  gtk_widget_class_install_action (widget_class, "inspector.record", NULL, record_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "inspector.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "inspector.copy",
                                       NULL);
}

static void
ensure_style (void)
{
  static gsize done;

  rnl_chat_style_ensure ();
  if (g_once_init_enter (&done))
    {
      rnl_compat_add_style (RNL_RESOURCE_BASE "/inspector/inspector.css");
      g_once_init_leave (&done, 1);
    }
}

static void
rnl_run_inspector_init (RnlRunInspector *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  ensure_style ();
  self->wanted = -1;
  self->turns = g_list_store_new (RNL_TYPE_INSPECTED_TURN);
  gtk_widget_init_template (GTK_WIDGET (self));
  rnl_compat_present_shown (GTK_WIDGET (self->stack));
  rnl_compat_name_menu_button (self->menu_button, _ ("Copy and export"));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_turn_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_turn_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_turn_cb), NULL);
  self->choosing = TRUE;
  gtk_drop_down_set_factory (self->turns_button, factory);
  gtk_drop_down_set_model (self->turns_button, G_LIST_MODEL (self->turns));
  self->choosing = FALSE;
  g_object_unref (factory);
  rnl_frame_task_init (&self->update, GTK_WIDGET (self), update_cb);
  rnl_frame_task_init (&self->laid_out, GTK_WIDGET (self), laid_out_cb);
}

/**
 * rnl_run_inspector_new:
 * @settings: of the program
 *
 * Returns: (transfer floating): an inspector of no conversation
 */
GtkWidget *
rnl_run_inspector_new (GSettings *settings)
{
  RnlRunInspector *self = g_object_new (RNL_TYPE_RUN_INSPECTOR, NULL);

  self->settings = g_object_ref (settings);

  return GTK_WIDGET (self);
}

/**
 * rnl_run_inspector_set_recorder:
 * @self: an inspector
 * @recorder: (nullable): who writes traces, `NULL` while nobody does
 */
void
rnl_run_inspector_set_recorder (RnlRunInspector *self, RnlRunRecorder *recorder)
{
  g_return_if_fail (RNL_IS_RUN_INSPECTOR (self));

  if (g_set_object (&self->recorder, recorder))
    rnl_run_inspector_update_page (self);
}

/**
 * rnl_run_inspector_set_conversation:
 * @self: an inspector
 * @conversation: (nullable): what it is about
 *
 * Shows the newest turn, and the next one when it begins.
 */
void
rnl_run_inspector_set_conversation (RnlRunInspector *self, RnlConversation *conversation)
{
  g_return_if_fail (RNL_IS_RUN_INSPECTOR (self));

  if (self->conversation == conversation)
    return;

  if (self->conversation != NULL)
    {
      rnl_run_inspector_unwatch (self);
      g_signal_handlers_disconnect_by_data (rnl_conversation_get_chat (self->conversation), self);
    }
  g_set_object (&self->conversation, conversation);
  if (conversation == NULL)
    return;

  g_signal_connect_object (rnl_conversation_get_chat (conversation), "notify::temporary",
                           G_CALLBACK (rnl_run_inspector_update_page), self, G_CONNECT_SWAPPED);
  rnl_run_inspector_watch (self);
  rnl_run_inspector_update_page (self);
}

/**
 * rnl_run_inspector_show_answer:
 * @self: an inspector with a conversation
 * @created: when an answer of it was begun, in microseconds since 1970
 *
 * Shows the turn that made it.
 */
void
rnl_run_inspector_show_answer (RnlRunInspector *self, gint64 created)
{
  g_return_if_fail (RNL_IS_RUN_INSPECTOR (self));

  self->wanted = created;
  rnl_run_inspector_choose_wanted (self);
}

/**
 * rnl_run_inspector_get_n_updates:
 * @self: an inspector
 *
 * Returns: how often its widgets were told that something happened
 */
guint
rnl_run_inspector_get_n_updates (RnlRunInspector *self)
{
  g_return_val_if_fail (RNL_IS_RUN_INSPECTOR (self), 0);

  return self->n_updates;
}

/* rnl-window-inspector.c: the run inspector beside the chat, made when it is first asked for
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-window-private.h"

#include "rnl-run-inspector.h"

static RnlRunInspector *
get_inspector (RnlWindow *self)
{
  return (RnlRunInspector *) rnl_side_pane_get_pane (self->side);
}

static gboolean
has_focus_in (RnlWindow *self, gpointer pane)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL && (focus == pane || gtk_widget_is_ancestor (focus, pane));
}

/* The focus goes on where the person goes on; where it stands elsewhere it stays. */
static void
close_inspector (RnlWindow *self)
{
  gboolean focused = has_focus_in (self, get_inspector (self));

  rnl_side_pane_set_pane (self->side, NULL);
  g_settings_set_boolean (rnl_workspace_get_settings (self->workspace), "inspector-open", FALSE);
  if (focused || gtk_window_get_focus (GTK_WINDOW (self)) == NULL)
    rnl_chat_page_focus_composer (self->page);
}

static void
resized_cb (RnlWindow *self)
{
  g_settings_set_int (rnl_workspace_get_settings (self->workspace), "inspector-width",
                      rnl_side_pane_get_pane_width (self->side));
}

/* The workspace hears of the setting before. */
static void
update_recorder (RnlWindow *self)
{
  if (get_inspector (self) != NULL)
    rnl_run_inspector_set_recorder (get_inspector (self),
                                    rnl_workspace_get_recorder (self->workspace));
}

static void
watch (RnlWindow *self)
{
  GSettings *settings = rnl_workspace_get_settings (self->workspace);

  g_signal_connect_object (settings, "changed::trace", G_CALLBACK (update_recorder), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->side, "resized", G_CALLBACK (resized_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->side, "leave", G_CALLBACK (close_inspector), self,
                           G_CONNECT_SWAPPED);
  self->inspected = TRUE;
}

static void
open_inspector (RnlWindow *self)
{
  GSettings *settings = rnl_workspace_get_settings (self->workspace);
  GtkWidget *inspector = rnl_run_inspector_new (settings);

  g_signal_connect_object (inspector, "close", G_CALLBACK (close_inspector), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (inspector, "told", G_CALLBACK (rnl_window_show_toast), self,
                           G_CONNECT_SWAPPED);
  if (!self->inspected)
    watch (self);
  rnl_side_pane_set_pane_width (self->side, g_settings_get_int (settings, "inspector-width"));
  rnl_side_pane_set_pane (self->side, inspector);
  update_recorder (self);
  rnl_window_update_inspector (self);
  g_settings_set_boolean (settings, "inspector-open", TRUE);
}

static void
inspector_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlWindow *self = RNL_WINDOW (widget);

  if (get_inspector (self) != NULL)
    {
      close_inspector (self);
      return;
    }
  open_inspector (self);
  rnl_window_focus_inspector (self);
}

/* At the turn that made an answer, which is known by when it was begun. */
static void
inspect_answer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlWindow *self = RNL_WINDOW (widget);

  if (get_inspector (self) == NULL)
    open_inspector (self);
  rnl_run_inspector_show_answer (get_inspector (self), g_variant_get_int64 (parameter));
  rnl_window_focus_inspector (self);
}

/**
 * rnl_window_update_inspector:
 * @self: a window
 *
 * Lets the inspector, if it is open, be about the chat that is shown.
 */
void
rnl_window_update_inspector (RnlWindow *self)
{
  if (get_inspector (self) != NULL)
    rnl_run_inspector_set_conversation (get_inspector (self), self->conversation);
}

/**
 * rnl_window_restore_inspector:
 * @self: a window
 *
 * Opens the inspector if it was open the last time.
 */
void
rnl_window_restore_inspector (RnlWindow *self)
{
  if (g_settings_get_boolean (rnl_workspace_get_settings (self->workspace), "inspector-open"))
    open_inspector (self);
}

/**
 * rnl_window_focus_inspector:
 * @self: a window
 *
 * Returns: whether the inspector is open and has the focus now
 */
gboolean
rnl_window_focus_inspector (RnlWindow *self)
{
  return get_inspector (self) != NULL && gtk_widget_grab_focus (GTK_WIDGET (get_inspector (self)));
}

void
rnl_window_install_inspector_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.inspector", NULL, inspector_action);
  gtk_widget_class_install_action (widget_class, "win.inspect-answer", "x", inspect_answer_action);
}

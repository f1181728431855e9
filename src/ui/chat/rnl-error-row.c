/* rnl-error-row.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-error-row.h"

#include <glib/gi18n.h>

#include "rnl-chat-style.h"
#include "rnl-error-text.h"
#include "rnl-fold-header.h"
#include "rnl-output-view.h"
#include "rnl-provider-error.h"

/**
 * RnlErrorRow:
 *
 * What happened, what to do, Retry, and the raw facts behind a fold. After a rate limit it counts
 * down and tries again by itself unless the person says no. That is the action `transcript.retry`;
 * where something of the answer is there it is `transcript.continue`, and has a button as well.
 */
struct _RnlErrorRow
{
  GtkWidget parent_instance;

  /* owned */
  GError *error;

  /* children */
  GtkWidget *box;
  GtkWidget *heading;
  GtkWidget *advice;
  GtkWidget *buttons;
  GtkWidget *go_on;
  GtkWidget *retry;
  GtkWidget *wait;

  /* sources and handlers */
  guint timer;
  gint64 due;
};

G_DEFINE_FINAL_TYPE (RnlErrorRow, rnl_error_row, GTK_TYPE_WIDGET)

static void
stop_countdown (RnlErrorRow *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_set_visible (self->wait, FALSE);
  gtk_label_set_text (GTK_LABEL (self->advice), rnl_error_text_advice (self->error));
}

static void
show_countdown (RnlErrorRow *self)
{
  int seconds = (int) ((self->due - g_get_monotonic_time () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  g_autofree char *text = g_strdup_printf (
    ngettext ("Trying again in %d second.", "Trying again in %d seconds.", (gulong) seconds),
    MAX (seconds, 1));

  gtk_label_set_text (GTK_LABEL (self->advice), text);
}

static gboolean
tick_cb (gpointer user_data)
{
  RnlErrorRow *self = user_data;

  if (g_get_monotonic_time () < self->due)
    {
      show_countdown (self);
      return G_SOURCE_CONTINUE;
    }

  self->timer = 0;
  stop_countdown (self);
  gtk_widget_activate_action (
    GTK_WIDGET (self),
    gtk_widget_get_visible (self->go_on) ? "transcript.continue" : "transcript.retry", NULL);

  return G_SOURCE_REMOVE;
}

static void
retry_cb (RnlErrorRow *self)
{
  stop_countdown (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "transcript.retry", NULL);
}

static void
go_on_cb (RnlErrorRow *self)
{
  stop_countdown (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "transcript.continue", NULL);
}

static void
rnl_error_row_dispose (GObject *object)
{
  RnlErrorRow *self = RNL_ERROR_ROW (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (rnl_error_row_parent_class)->dispose (object);
}

static void
rnl_error_row_finalize (GObject *object)
{
  g_clear_error (&RNL_ERROR_ROW (object)->error);

  G_OBJECT_CLASS (rnl_error_row_parent_class)->finalize (object);
}

static void
rnl_error_row_class_init (RnlErrorRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_error_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_error_row_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "errorrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
add_heading (RnlErrorRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-error-symbolic");

  self->heading = make_label ("heading");
  gtk_widget_set_hexpand (self->heading, TRUE);
  gtk_widget_add_css_class (icon, "error");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 1);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), self->heading);
  gtk_box_append (GTK_BOX (self->box), line);

  self->advice = make_label ("advice");
  gtk_box_append (GTK_BOX (self->box), self->advice);
}

static GtkWidget *
add_button (RnlErrorRow *self, const char *label, const char *css_class, GCallback clicked_cb)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, css_class);
  g_signal_connect_swapped (button, "clicked", clicked_cb, self);
  gtk_box_append (GTK_BOX (self->buttons), button);

  return button;
}

static void
add_buttons (RnlErrorRow *self)
{
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->go_on = add_button (self, _ ("Continue"), "pill-small", G_CALLBACK (go_on_cb));
  gtk_widget_set_tooltip_text (self->go_on, _ ("Go on from here"));
  gtk_widget_set_visible (self->go_on, FALSE);
  self->retry = add_button (self, _ ("Retry"), "pill-small", G_CALLBACK (retry_cb));
  self->wait = add_button (self, _ ("Do Not Retry"), "flat", G_CALLBACK (stop_countdown));
  gtk_widget_set_visible (self->wait, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->buttons);
}

static void
rnl_error_row_init (RnlErrorRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  add_heading (self);
  add_buttons (self);
}

static void
add_details (RnlErrorRow *self)
{
  g_autofree char *text = rnl_error_text_details (self->error);
  GtkWidget *revealer = gtk_revealer_new ();
  GtkWidget *header
    = rnl_fold_header_new ("view-more-horizontal-symbolic", GTK_REVEALER (revealer));
  GtkWidget *details = rnl_output_view_new (_ ("Error Details"));

  rnl_fold_header_set_title (RNL_FOLD_HEADER (header), _ ("Details"));
  rnl_output_view_set_text (RNL_OUTPUT_VIEW (details), text);
  gtk_revealer_set_child (GTK_REVEALER (revealer), details);
  gtk_box_append (GTK_BOX (self->box), header);
  gtk_box_append (GTK_BOX (self->box), revealer);
}

/**
 * rnl_error_row_new:
 * @error: (nullable): what ended a run; copied
 *
 * Returns: (transfer floating): a row about it
 */
GtkWidget *
rnl_error_row_new (const GError *error)
{
  RnlErrorRow *self = g_object_new (RNL_TYPE_ERROR_ROW, NULL);

  self->error = error != NULL ? g_error_copy (error) : NULL;
  gtk_label_set_text (GTK_LABEL (self->heading), rnl_error_text_heading (error));
  gtk_label_set_text (GTK_LABEL (self->advice), rnl_error_text_advice (error));
  rnl_chat_set_label (GTK_WIDGET (self), rnl_error_text_heading (error));
  rnl_chat_set_description (GTK_WIDGET (self), rnl_error_text_advice (error));
  if (error != NULL)
    add_details (self);

  return GTK_WIDGET (self);
}

/**
 * rnl_error_row_set_can_retry:
 * @self: a row
 * @can_retry: whether its answer is the last one
 */
void
rnl_error_row_set_can_retry (RnlErrorRow *self, gboolean can_retry)
{
  g_return_if_fail (RNL_IS_ERROR_ROW (self));

  gtk_widget_set_visible (self->buttons, can_retry);
  if (!can_retry)
    stop_countdown (self);
}

/**
 * rnl_error_row_set_can_continue:
 * @self: a row
 * @can_continue: whether there is something of its answer to go on from
 */
void
rnl_error_row_set_can_continue (RnlErrorRow *self, gboolean can_continue)
{
  g_return_if_fail (RNL_IS_ERROR_ROW (self));

  gtk_widget_set_visible (self->go_on, can_continue);
}

/**
 * rnl_error_row_start_countdown:
 * @self: a row
 *
 * Tries again by itself when the server said how long to wait. Only for errors that happened just
 * now.
 */
void
rnl_error_row_start_countdown (RnlErrorRow *self)
{
  RnlProviderErrorDetails *details;

  g_return_if_fail (RNL_IS_ERROR_ROW (self));

  if (!g_error_matches (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_RATE_LIMIT)
      || self->timer != 0)
    return;

  details = rnl_provider_error_get_details (self->error);
  if (details == NULL || details->retry_after_ms < 0
      || details->retry_after_ms > RNL_ERROR_ROW_MAX_WAIT_MS)
    return;

  self->due = g_get_monotonic_time () + details->retry_after_ms * 1000;
  self->timer = g_timeout_add ((guint) CLAMP (details->retry_after_ms, 10, 1000), tick_cb, self);
  gtk_widget_set_visible (self->wait, TRUE);
  show_countdown (self);
}

gboolean
rnl_error_row_is_counting (RnlErrorRow *self)
{
  g_return_val_if_fail (RNL_IS_ERROR_ROW (self), FALSE);

  return self->timer != 0;
}

const char *
rnl_error_row_get_heading (RnlErrorRow *self)
{
  g_return_val_if_fail (RNL_IS_ERROR_ROW (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->heading));
}

const char *
rnl_error_row_get_advice (RnlErrorRow *self)
{
  g_return_val_if_fail (RNL_IS_ERROR_ROW (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->advice));
}

GtkWidget *
rnl_error_row_get_retry_button (RnlErrorRow *self)
{
  g_return_val_if_fail (RNL_IS_ERROR_ROW (self), NULL);

  return self->retry;
}

GtkWidget *
rnl_error_row_get_wait_button (RnlErrorRow *self)
{
  g_return_val_if_fail (RNL_IS_ERROR_ROW (self), NULL);

  return self->wait;
}

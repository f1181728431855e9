/* rnl-message-foot.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-message-foot.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-accounts.h"
#include "rnl-answer-parts.h"
#include "rnl-chat-style.h"
#include "rnl-compat-accessible.h"
#include "rnl-compat.h"
#include "rnl-error-text.h"
#include "rnl-version-switch.h"

/* How often the words of a countdown are looked at. */
#define WAIT_TICK_MS 250

/**
 * RnlMessageFoot:
 *
 * One line of constant height below an answer, so that nothing jumps: "Working…" while nothing
 * else shows that something happens, or how long it takes until the server is asked again; then
 * what can be done with the finished answer. The style sheet shows the buttons when the message is
 * hovered or holds the focus, and they are made when that happens first: most messages are read and
 * nothing else. The switch of versions is there wherever there are some.
 */
struct _RnlMessageFoot
{
  GtkWidget parent_instance;

  /* owned */
  RnlMessage *message;

  GtkWidget *parts; /* borrowed */

  /* children, each made when it has something to show */
  GtkWidget *line; /* of what stands beside each other */
  GtkWidget *working;
  GtkWidget *working_label;
  GtkWidget *versions;
  GtkWidget *buttons;
  GtkWidget *details;

  /* sources and handlers */
  guint wait_timer;

  gboolean finished;
  gboolean offered; /* the buttons are wanted */
};

G_DEFINE_FINAL_TYPE (RnlMessageFoot, rnl_message_foot, GTK_TYPE_WIDGET)

static void
copy_cb (RnlMessageFoot *self)
{
  g_autofree char *text = rnl_message_dup_text (self->message);

  rnl_chat_copy (GTK_WIDGET (self), text);
}

static void
add_fact (GtkGrid *grid, int *row, const char *name, const char *value)
{
  GtkWidget *key = gtk_label_new (name);
  GtkWidget *label = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (key), 0);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
  gtk_widget_add_css_class (key, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  gtk_grid_attach (grid, key, 0, *row, 1, 1);
  gtk_grid_attach (grid, label, 1, *row, 1, 1);
  (*row)++;
}

static void
add_rate (GtkGrid *grid, int *row, const char *name, gint64 tokens, gint64 time)
{
  g_autofree char *rate = NULL;

  if (tokens <= 0 || time <= 0)
    return;

  rate = g_strdup_printf (_ ("%.1f a second"), (double) tokens * G_USEC_PER_SEC / (double) time);
  add_fact (grid, row, name, rate);
}

/* As they were received, and as they came on screen. */
static void
add_tokens (GtkGrid *grid, int *row, RnlMessage *message, gint64 drawing)
{
  const RnlUsage *usage = rnl_message_get_usage (message);
  gint64 writing = rnl_message_get_duration (message) - rnl_message_get_first_token (message);
  g_autofree char *input = g_strdup_printf ("%" G_GINT64_FORMAT, usage->input);
  g_autofree char *output = g_strdup_printf ("%" G_GINT64_FORMAT, usage->output);

  if (usage->input >= 0)
    add_fact (grid, row, _ ("Tokens read"), input);
  if (usage->output >= 0)
    add_fact (grid, row, _ ("Tokens written"), output);
  if (rnl_message_get_first_token (message) >= 0)
    add_rate (grid, row, _ ("Speed"), usage->output, writing);
  add_rate (grid, row, _ ("Drawn at"), usage->output, drawing);
}

/* What the tokens cost, at the list price of the model; nothing where that is not known. */
static void
add_cost (GtkGrid *grid, int *row, RnlMessage *message)
{
  const char *id = rnl_message_get_model (message);
  const char *slash = id != NULL ? strchr (id, '/') : NULL;
  g_autofree char *name = slash != NULL ? g_strndup (id, (gsize) (slash - id)) : NULL;
  RnlAccount *account = name != NULL ? rnl_accounts_find (rnl_accounts_get_default (), name) : NULL;
  g_autoptr (RnlModelInfo) info
    = account != NULL ? rnl_account_peek_model (account, slash + 1) : NULL;
  const RnlModelPrice *price = info != NULL ? rnl_model_info_get_price (info) : NULL;
  double cost
    = price != NULL ? rnl_model_price_get_cost (price, rnl_message_get_usage (message)) : -1;
  g_autofree char *text = cost >= 0 ? rnl_chat_cost_text (cost) : NULL;

  if (text != NULL)
    add_fact (grid, row, _ ("Cost"), text);
}

static void
add_time (GtkGrid *grid, int *row, const char *name, gint64 duration)
{
  g_autofree char *text = rnl_chat_duration_text (duration);

  if (duration >= 0)
    add_fact (grid, row, name, text);
}

/* Where somebody can show it: what ran for the answer, step by step. */
static void
add_inspect (GtkGrid *grid, int row, RnlMessage *message)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Inspect Runs"));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x",
                                    rnl_message_get_created (message));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.inspect-answer");
  gtk_widget_set_margin_top (button, 6);
  gtk_grid_attach (grid, button, 0, row, 2, 1);
}

static void
fill_details_cb (GtkMenuButton *button, gpointer user_data)
{
  RnlMessageFoot *self = user_data;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *grid = gtk_grid_new ();
  const char *model = rnl_message_get_model (self->message);
  int row = 0;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_widget_add_css_class (grid, "answer-details");
  add_fact (GTK_GRID (grid), &row, _ ("Model"), model != NULL ? model : _ ("Unknown"));
  add_time (GTK_GRID (grid), &row, _ ("First token after"),
            rnl_message_get_first_token (self->message));
  add_time (GTK_GRID (grid), &row, _ ("Took"), rnl_message_get_duration (self->message));
  add_tokens (
    GTK_GRID (grid), &row, self->message,
    self->parts != NULL ? rnl_answer_parts_get_drawing_time (RNL_ANSWER_PARTS (self->parts)) : 0);
  add_cost (GTK_GRID (grid), &row, self->message);
  add_inspect (GTK_GRID (grid), row, self->message);
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  gtk_menu_button_set_popover (button, popover);
}

/* While the server is not asked again yet, the word is how long that takes, and why. */
static void
show_wait (RnlMessageFoot *self)
{
  gint64 left = rnl_message_get_wait_until (self->message) - g_get_monotonic_time ();
  int seconds = (int) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  if (left <= 0)
    {
      gtk_label_set_label (GTK_LABEL (self->working_label), _ ("Working…"));
      return;
    }
  when = g_strdup_printf (
    ngettext ("Trying again in %d second.", "Trying again in %d seconds.", (gulong) seconds),
    seconds);
  /* Translators: what went wrong, then "Trying again in 3 seconds." */
  text = g_strdup_printf (
    _ ("%s. %s"), rnl_error_text_heading (rnl_message_get_wait_reason (self->message)), when);
  gtk_label_set_label (GTK_LABEL (self->working_label), text);
}

static gboolean
wait_tick_cb (gpointer user_data)
{
  show_wait (user_data);

  return G_SOURCE_CONTINUE;
}

static void
wait_changed_cb (RnlMessageFoot *self)
{
  gboolean waits = rnl_message_get_wait_until (self->message) != 0;

  if (self->working == NULL)
    return;
  if (waits && self->wait_timer == 0)
    self->wait_timer = g_timeout_add (WAIT_TICK_MS, wait_tick_cb, self);
  else if (!waits)
    g_clear_handle_id (&self->wait_timer, g_source_remove);
  show_wait (self);
  if (waits)
    gtk_widget_activate_action (GTK_WIDGET (self), "transcript.announce", "s",
                                gtk_label_get_label (GTK_LABEL (self->working_label)));
}

static void
rnl_message_foot_dispose (GObject *object)
{
  RnlMessageFoot *self = RNL_MESSAGE_FOOT (object);

  g_clear_handle_id (&self->wait_timer, g_source_remove);

  if (self->details != NULL)
    gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->details), NULL, NULL, NULL);
  self->details = NULL;
  g_clear_weak_pointer (&self->parts);
  g_clear_pointer (&self->line, gtk_widget_unparent);
  g_clear_object (&self->message);

  G_OBJECT_CLASS (rnl_message_foot_parent_class)->dispose (object);
}

static void
rnl_message_foot_class_init (RnlMessageFootClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_message_foot_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "foot");
}

static void
rnl_message_foot_init (RnlMessageFoot *self)
{
}

static GtkBox *
ensure_line (RnlMessageFoot *self)
{
  if (self->line == NULL)
    {
      self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      gtk_widget_set_parent (self->line, GTK_WIDGET (self));
    }

  return GTK_BOX (self->line);
}

static void
make_working (RnlMessageFoot *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (_ ("Working…"));
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (box, "working");
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), label);
  self->working = box;
  self->working_label = label;
  gtk_box_append (ensure_line (self), box);
  wait_changed_cb (self);
}

static GtkWidget *
make_details (RnlMessageFoot *self)
{
  GtkWidget *details = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (details), "view-more-horizontal-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (details), FALSE);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (details), fill_details_cb, self, NULL);
  gtk_widget_add_css_class (details, "small-button");
  gtk_widget_set_valign (details, GTK_ALIGN_CENTER);
  rnl_compat_set_tooltip (details, _ ("Details"));
  rnl_compat_name_menu_button (GTK_MENU_BUTTON (details), _ ("Details"));

  return details;
}

static GtkWidget *
make_branch_button (void)
{
  GtkWidget *button = rnl_chat_icon_button_new ("", _ ("Branch From Here"));
  g_autoptr (GIcon) icon = rnl_compat_own_icon ("rnl-branch-symbolic",
                                                RNL_RESOURCE_BASE "/chat/rnl-branch-symbolic.svg");

  gtk_image_set_from_gicon (GTK_IMAGE (gtk_button_get_child (GTK_BUTTON (button))), icon);

  return button;
}

static void
make_buttons (RnlMessageFoot *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *copy = rnl_chat_icon_button_new ("edit-copy-symbolic", _ ("Copy as Markdown"));
  GtkWidget *again = rnl_chat_icon_button_new ("view-refresh-symbolic", _ ("Regenerate"));
  GtkWidget *branch = make_branch_button ();

  rnl_chat_set_message_action (again, "transcript.regenerate", self->message);
  rnl_chat_set_message_action (branch, "transcript.branch", self->message);
  self->details = make_details (self);
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (copy_cb), self);
  gtk_widget_add_css_class (box, "foot-buttons");
  gtk_box_append (GTK_BOX (box), copy);
  gtk_box_append (GTK_BOX (box), again);
  gtk_box_append (GTK_BOX (box), branch);
  gtk_box_append (GTK_BOX (box), self->details);
  self->buttons = box;
  gtk_box_append (ensure_line (self), box);
}

/* Makes of the finished answer's line what there is to see. */
static void
update_finished (RnlMessageFoot *self)
{
  if (!self->finished)
    return;

  if (self->versions == NULL && rnl_message_get_n_versions (self->message) > 1)
    {
      self->versions = rnl_version_switch_new (self->message);
      gtk_box_prepend (ensure_line (self), self->versions);
    }
  if (self->buttons == NULL && self->offered)
    make_buttons (self);
}

/**
 * rnl_message_foot_new:
 * @message: an assistant's message
 *
 * Returns: (transfer floating): its foot, empty
 */
GtkWidget *
rnl_message_foot_new (RnlMessage *message)
{
  RnlMessageFoot *self = g_object_new (RNL_TYPE_MESSAGE_FOOT, NULL);

  self->message = g_object_ref (message);
  g_signal_connect_object (message, "notify::wait-until", G_CALLBACK (wait_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "notify::n-versions", G_CALLBACK (update_finished), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * rnl_message_foot_set_working:
 * @self: a foot of an answer that is being made
 * @working: whether "Working…" shows
 */
void
rnl_message_foot_set_working (RnlMessageFoot *self, gboolean working)
{
  g_return_if_fail (RNL_IS_MESSAGE_FOOT (self));

  self->finished = FALSE;
  if (self->buttons != NULL)
    gtk_widget_set_visible (self->buttons, FALSE);
  if (self->versions != NULL)
    gtk_widget_set_visible (self->versions, FALSE);
  if (working && self->working == NULL)
    make_working (self);
  else if (!working && self->working != NULL)
    {
      g_clear_handle_id (&self->wait_timer, g_source_remove);
      gtk_box_remove (GTK_BOX (self->line), g_steal_pointer (&self->working));
      self->working_label = NULL;
    }
}

/**
 * rnl_message_foot_set_parts:
 * @self: a foot
 * @parts: (nullable): the [class@AnswerParts] it stands below
 */
void
rnl_message_foot_set_parts (RnlMessageFoot *self, GtkWidget *parts)
{
  g_return_if_fail (RNL_IS_MESSAGE_FOOT (self));

  g_set_weak_pointer (&self->parts, parts);
}

gboolean
rnl_message_foot_get_working (RnlMessageFoot *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE_FOOT (self), FALSE);

  return self->working != NULL;
}

/**
 * rnl_message_foot_set_finished:
 * @self: a foot
 *
 * The answer is over, so that there is something to do with it.
 */
void
rnl_message_foot_set_finished (RnlMessageFoot *self)
{
  g_return_if_fail (RNL_IS_MESSAGE_FOOT (self));

  rnl_message_foot_set_working (self, FALSE);
  self->finished = TRUE;
  if (self->buttons != NULL)
    gtk_widget_set_visible (self->buttons, TRUE);
  if (self->versions != NULL)
    gtk_widget_set_visible (self->versions, TRUE);
  update_finished (self);
}

/**
 * rnl_message_foot_offer:
 * @self: a foot
 *
 * Somebody looks at the message: the buttons are there from now on, while the answer is over.
 */
void
rnl_message_foot_offer (RnlMessageFoot *self)
{
  g_return_if_fail (RNL_IS_MESSAGE_FOOT (self));

  self->offered = TRUE;
  update_finished (self);
}

/**
 * rnl_message_foot_get_versions:
 * @self: a foot
 *
 * Returns: (transfer none) (nullable): the [class@VersionSwitch], where there are versions
 */
GtkWidget *
rnl_message_foot_get_versions (RnlMessageFoot *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE_FOOT (self), NULL);

  return self->versions;
}

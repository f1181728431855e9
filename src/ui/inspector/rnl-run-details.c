/* rnl-run-details.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-run-details.h"

#include <glib/gi18n.h>

#include "rnl-chat-style.h"
#include "rnl-compat-accessible.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-output-view.h"
#include "rnl-run-text.h"
#include "rnl-run-words.h"

/* What stands below a heading; neither is there when it would be empty. */
typedef enum
{
  SECTION_ERROR,
  SECTION_INPUT,
  SECTION_OUTPUT,
  SECTION_TOOLS,
  SECTION_PARAMS,
  SECTION_METADATA,
  N_SECTIONS
} Section;

static const char *const titles[N_SECTIONS] = {
  [SECTION_ERROR] = N_ ("Error"),       [SECTION_INPUT] = N_ ("Input"),
  [SECTION_OUTPUT] = N_ ("Output"),     [SECTION_TOOLS] = N_ ("Tools Offered"),
  [SECTION_PARAMS] = N_ ("Parameters"), [SECTION_METADATA] = N_ ("Metadata"),
};

/* A line of the table. */
typedef enum
{
  FACT_STARTED,
  FACT_DURATION,
  FACT_FIRST_TOKEN,
  FACT_READ,
  FACT_WRITTEN,
  FACT_EVENTS,
  FACT_TAGS,
  FACT_ID,
  FACT_CALL,
  FACT_PARENT,
  N_FACTS
} Fact;

static const char *const fact_names[N_FACTS] = {
  [FACT_STARTED] = N_ ("Started"),
  [FACT_DURATION] = N_ ("Took"),
  [FACT_FIRST_TOKEN] = N_ ("First token after"),
  [FACT_READ] = N_ ("Tokens read"),
  [FACT_WRITTEN] = N_ ("Tokens written"),
  [FACT_EVENTS] = N_ ("Events"),
  [FACT_TAGS] = N_ ("Tags"),
  [FACT_ID] = N_ ("Run"),
  [FACT_CALL] = N_ ("Tool call"),
  [FACT_PARENT] = N_ ("Inside run"),
};

/**
 * RnlRunDetails:
 *
 * What is known of the run that is chosen, in words and as text; what streams is added to, before
 * the next frame. A switch shows the JSON instead of the text.
 */
struct _RnlRunDetails
{
  GtkWidget parent_instance;

  /* owned */
  RnlInspectedRun *run;
  GSignalGroup *changes;

  /* children */
  GtkWidget *scroller;
  GtkWidget *box;
  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *line;
  GtkGrid *grid;
  GtkWidget *keys[N_FACTS];
  GtkLabel *values[N_FACTS];
  GtkWidget *sections[N_SECTIONS];
  RnlOutputView *views[N_SECTIONS]; /* made when there is something to show */
  GtkToggleButton *raw;

  JsonNode *shown[N_SECTIONS]; /* owned: what the section was made of */
  gsize streamed;              /* how much of what streamed stands there */
};

G_DEFINE_FINAL_TYPE (RnlRunDetails, rnl_run_details, GTK_TYPE_WIDGET)

/* The table. */

static void
set_fact (RnlRunDetails *self, Fact fact, const char *text)
{
  gtk_widget_set_visible (self->keys[fact], text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->values[fact]), text != NULL);
  if (text != NULL && g_strcmp0 (gtk_label_get_label (self->values[fact]), text) != 0)
    gtk_label_set_label (self->values[fact], text);
}

static void
set_count (RnlRunDetails *self, Fact fact, gint64 count)
{
  g_autofree char *text = count >= 0 ? rnl_run_words_count (count) : NULL;

  set_fact (self, fact, text);
}

static void
set_duration (RnlRunDetails *self, Fact fact, gint64 duration)
{
  g_autofree char *text = duration >= 0 ? rnl_chat_duration_text (duration) : NULL;

  set_fact (self, fact, text);
}

static char *
make_time (gint64 unix_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (unix_us / G_USEC_PER_SEC);
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%x %X") : NULL;

  return text != NULL ? g_strdup_printf ("%s.%03d", text, (int) (unix_us % G_USEC_PER_SEC / 1000))
                      : NULL;
}

static char *
make_events (const RnlInspectedFacts *facts)
{
  g_autofree char *all = rnl_run_words_count ((gint64) facts->n_events);
  g_autofree char *pieces = rnl_run_words_count ((gint64) facts->n_pieces);

  if (facts->n_pieces == 0)
    return g_steal_pointer (&all);

  return g_strdup_printf (
    /* Translators: how many events a run told, and how many of them were output */
    ngettext ("%s, %s of them a piece of output", "%s, %s of them pieces of output",
              (gulong) facts->n_pieces),
    all, pieces);
}

static void
update_facts (RnlRunDetails *self, const RnlInspectedFacts *facts)
{
  g_autofree char *started = make_time (facts->started);
  g_autofree char *events = make_events (facts);
  g_autofree char *tags = facts->tags[0] != NULL ? g_strjoinv (", ", facts->tags) : NULL;

  set_fact (self, FACT_STARTED, started);
  set_duration (self, FACT_DURATION, rnl_inspected_run_get_elapsed (self->run));
  set_duration (self, FACT_FIRST_TOKEN, facts->first_token);
  set_count (self, FACT_READ, facts->usage.input);
  set_count (self, FACT_WRITTEN, facts->usage.output);
  set_fact (self, FACT_EVENTS, events);
  set_fact (self, FACT_TAGS, tags);
  set_fact (self, FACT_ID, facts->id);
  set_fact (self, FACT_CALL, facts->tool_call_id);
  set_fact (self, FACT_PARENT, facts->parent_id);
}

/* The sections. */

static gboolean
is_raw (RnlRunDetails *self)
{
  return gtk_toggle_button_get_active (self->raw);
}

static void
fill_section (RnlRunDetails *self, Section section)
{
  GtkWidget *caption = rnl_chat_caption_new (_ (titles[section]));

  self->views[section] = RNL_OUTPUT_VIEW (rnl_output_view_new (_ (titles[section])));
  if (section == SECTION_ERROR)
    gtk_widget_add_css_class (caption, "error");
  gtk_box_append (GTK_BOX (self->sections[section]), caption);
  gtk_box_append (GTK_BOX (self->sections[section]), GTK_WIDGET (self->views[section]));
}

static void
set_text (RnlRunDetails *self, Section section, const char *text)
{
  gboolean visible = text != NULL && *text != '\0';

  gtk_widget_set_visible (self->sections[section], visible);
  if (visible && self->views[section] == NULL)
    fill_section (self, section);
  if (self->views[section] != NULL)
    rnl_output_view_set_text (self->views[section], visible ? text : "");
}

/* Makes the text of a section from NODE, unless that is what it shows already. */
static void
set_node (RnlRunDetails *self, Section section, JsonNode *node, char *(*make) (JsonNode *) )
{
  g_autofree char *text = NULL;

  if (node == self->shown[section])
    return;

  g_clear_pointer (&self->shown[section], json_node_unref);
  self->shown[section] = node != NULL ? json_node_ref (node) : NULL;
  if (node != NULL)
    text = is_raw (self) || make == NULL ? rnl_json_to_string (node, TRUE) : make (node);
  set_text (self, section, text);
}

static char *
make_error (JsonNode *node)
{
  JsonObject *error = rnl_json_node_get_object (node);
  g_autofree char *all = rnl_json_to_string (node, TRUE);
  const char *message = rnl_json_object_get_string (error, "message");

  return message != NULL && json_object_get_size (error) == 1
           ? g_strdup (message)
           : g_strconcat (message != NULL ? message : "", "\n", all, NULL);
}

/* Until the whole output is there, what streamed of it is. */
static void
update_output (RnlRunDetails *self, const RnlInspectedFacts *facts)
{
  if (facts->output != NULL)
    {
      set_node (self, SECTION_OUTPUT, facts->output, rnl_run_text_output);
      return;
    }
  if (facts->streamed->len == self->streamed)
    return;

  if (self->streamed == 0)
    set_text (self, SECTION_OUTPUT, facts->streamed->str);
  else
    rnl_output_view_append (self->views[SECTION_OUTPUT], facts->streamed->str + self->streamed,
                            facts->streamed->len - self->streamed);
  self->streamed = facts->streamed->len;
}

/* An object without members says nothing. */
static JsonNode *
some (JsonNode *node)
{
  JsonObject *object = rnl_json_node_get_object (node);

  return object != NULL && json_object_get_size (object) == 0 ? NULL : node;
}

static void
update_line (RnlRunDetails *self, const RnlInspectedFacts *facts)
{
  g_autofree char *line
    = g_strjoin (" · ", rnl_run_words_type (facts->type), rnl_run_words_state (facts),
                 facts->internal ? _ ("not part of the conversation") : NULL, NULL);

  if (g_strcmp0 (gtk_label_get_label (self->line), line) != 0)
    gtk_label_set_label (self->line, line);
}

static void
update (RnlRunDetails *self)
{
  const RnlInspectedFacts *facts = rnl_inspected_run_get_facts (self->run);

  update_line (self, facts);
  update_facts (self, facts);
  set_node (self, SECTION_ERROR, facts->error, make_error);
  set_node (self, SECTION_INPUT, some (facts->input), rnl_run_text_messages);
  update_output (self, facts);
  /* The JSON of the input has both. */
  set_node (self, SECTION_TOOLS, is_raw (self) ? NULL : facts->input, rnl_run_text_tools);
  set_node (self, SECTION_PARAMS, is_raw (self) ? NULL : facts->input, rnl_run_text_params);
  set_node (self, SECTION_METADATA, some (facts->metadata), NULL);
}

static void
forget_shown (RnlRunDetails *self)
{
  for (Section section = 0; section < N_SECTIONS; section++)
    {
      g_clear_pointer (&self->shown[section], json_node_unref);
      set_text (self, section, NULL);
    }
  self->streamed = 0;
}

static void
raw_toggled_cb (RnlRunDetails *self)
{
  forget_shown (self);
  if (self->run != NULL)
    update (self);
}

/* The widget. */

static void
rnl_run_details_dispose (GObject *object)
{
  RnlRunDetails *self = RNL_RUN_DETAILS (object);

  g_clear_object (&self->changes);
  g_clear_object (&self->run);
  for (Section section = 0; section < N_SECTIONS; section++)
    g_clear_pointer (&self->shown[section], json_node_unref);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (rnl_run_details_parent_class)->dispose (object);
}

static void
rnl_run_details_class_init (RnlRunDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_run_details_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "rundetails");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_REGION);
}

static void
add_head (RnlRunDetails *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *copy = rnl_chat_icon_button_new ("edit-copy-symbolic", _ ("Copy as JSON"));

  self->icon = GTK_IMAGE (gtk_image_new ());
  g_object_set (self->icon, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->name = GTK_LABEL (gtk_label_new (NULL));
  self->raw = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_ ("Raw JSON")));
  gtk_widget_add_css_class (GTK_WIDGET (self->name), "heading");
  gtk_label_set_ellipsize (self->name, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->name, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->name), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->raw), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->raw), "small-button");
  gtk_widget_add_css_class (GTK_WIDGET (self->raw), "caption");
  g_signal_connect_swapped (self->raw, "toggled", G_CALLBACK (raw_toggled_cb), self);
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (rnl_run_details_copy), self);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->raw));
  gtk_box_append (GTK_BOX (head), copy);
  gtk_box_append (GTK_BOX (self->box), head);
}

/* What it is, and how it stands. */
static void
add_line (RnlRunDetails *self)
{
  self->line = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->line, 0);
  gtk_label_set_wrap (self->line, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->line), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->line), "dim-label");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->line));
}

static void
add_section (RnlRunDetails *self, Section section)
{
  self->sections[section] = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_visible (self->sections[section], FALSE);
  gtk_box_append (GTK_BOX (self->box), self->sections[section]);
}

static void
add_fact (RnlRunDetails *self, Fact fact)
{
  GtkWidget *key = gtk_label_new (_ (fact_names[fact]));
  GtkWidget *value = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (key), 0);
  gtk_widget_add_css_class (key, "dim-label");
  gtk_widget_set_valign (key, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_widget_add_css_class (value, "numeric");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, key,
                                  NULL, -1);
  gtk_grid_attach (self->grid, key, 0, (int) fact, 1, 1);
  gtk_grid_attach (self->grid, value, 1, (int) fact, 1, 1);
  self->keys[fact] = key;
  self->values[fact] = GTK_LABEL (value);
}

static void
rnl_run_details_init (RnlRunDetails *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  add_head (self);
  add_line (self);
  add_section (self, SECTION_ERROR);
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 3);
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "run-facts");
  for (Fact fact = 0; fact < N_FACTS; fact++)
    add_fact (self, fact);
  for (Section section = SECTION_INPUT; section <= SECTION_OUTPUT; section++)
    add_section (self, section);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->grid));
  for (Section section = SECTION_TOOLS; section < N_SECTIONS; section++)
    add_section (self, section);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Details"), -1);
  self->changes = g_signal_group_new (RNL_TYPE_INSPECTED_RUN);
  g_signal_group_connect_swapped (self->changes, "changed", G_CALLBACK (update), self);
}

static void
show_run (RnlRunDetails *self)
{
  const RnlInspectedFacts *facts = rnl_inspected_run_get_facts (self->run);
  g_autoptr (GIcon) icon = rnl_run_words_icon (facts);

  gtk_image_set_from_gicon (self->icon, icon);
  gtk_label_set_label (self->name, facts->name);
  update (self);
}

/**
 * rnl_run_details_set_run:
 * @self: details
 * @run: (nullable): what they are about
 */
void
rnl_run_details_set_run (RnlRunDetails *self, RnlInspectedRun *run)
{
  g_return_if_fail (RNL_IS_RUN_DETAILS (self));

  if (!g_set_object (&self->run, run))
    return;

  forget_shown (self);
  g_signal_group_set_target (self->changes, run);
  gtk_widget_set_visible (self->box, run != NULL);
  if (run == NULL)
    return;

  show_run (self);
  gtk_adjustment_set_value (
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}

RnlInspectedRun *
rnl_run_details_get_run (RnlRunDetails *self)
{
  g_return_val_if_fail (RNL_IS_RUN_DETAILS (self), NULL);

  return self->run;
}

/**
 * rnl_run_details_copy:
 * @self: details
 *
 * Puts the JSON of the run, with what is inside it, into the clipboard.
 */
void
rnl_run_details_copy (RnlRunDetails *self)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (RNL_IS_RUN_DETAILS (self));

  if (self->run == NULL)
    return;
  node = rnl_inspected_run_to_json (self->run);
  text = rnl_json_to_string (node, TRUE);
  rnl_chat_copy (GTK_WIDGET (self), text);
}

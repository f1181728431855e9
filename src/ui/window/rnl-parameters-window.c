/* rnl-parameters-window.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-parameters-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-compat-accessible.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-model-words.h"

/* The entries. */
enum
{
  TEMPERATURE,
  TOP_P,
  MAX_TOKENS,
  STOP,
  N_ENTRIES
};

/* What an entry sets, and what may stand in it. */
static const struct
{
  RnlModelParams param;
  const char *name;
  const char *hint;
  double most; /* of a number that is not a count */
} fields[N_ENTRIES] = {
  { RNL_MODEL_PARAM_TEMPERATURE, "temperature", N_ ("From 0, sober, to 2, wild"), 2 },
  { RNL_MODEL_PARAM_TOP_P, "top_p", N_ ("From 0 to 1: how much of what is likely counts"), 1 },
  { RNL_MODEL_PARAM_MAX_TOKENS, "max_tokens", N_ ("How long an answer may be"), 0 },
  { RNL_MODEL_PARAM_STOP, "stop",
    N_ ("An answer ends before them; separated by commas, \\n is a new line"), 0 },
};

static const struct
{
  const char *word; /* NULL: the model's own */
  const char *title;
} efforts[] = {
  { NULL, N_ ("Default") },    { "none", N_ ("None") },         { "minimal", N_ ("Minimal") },
  { "low", N_ ("Low") },       { "medium", N_ ("Medium") },     { "high", N_ ("High") },
  { "xhigh", N_ ("Highest") }, { "max", N_ ("Without limit") },
};

/**
 * RnlParametersWindow:
 *
 * The parameters of a chat: each has a row, which says why when the chat's model does not take it.
 * What is typed holds from the next question on; there is nothing to save.
 */
struct _RnlParametersWindow
{
  AdwWindow parent_instance;

  /* template children */
  GtkWidget *reset_button;
  AdwActionRow *temperature_row;
  AdwActionRow *top_p_row;
  AdwActionRow *max_tokens_row;
  AdwActionRow *stop_row;
  AdwComboRow *effort_row;
  GtkEditable *temperature_entry;
  GtkEditable *top_p_entry;
  GtkEditable *max_tokens_entry;
  GtkEditable *stop_entry;

  /* owned */
  RnlLibrary *library;
  RnlChat *chat;

  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RnlParametersWindow, rnl_parameters_window, ADW_TYPE_WINDOW)

static GtkEditable *
get_entry (RnlParametersWindow *self, guint i)
{
  GtkEditable *entries[N_ENTRIES]
    = { self->temperature_entry, self->top_p_entry, self->max_tokens_entry, self->stop_entry };

  return entries[i];
}

static AdwActionRow *
get_row (RnlParametersWindow *self, guint i)
{
  AdwActionRow *rows[N_ENTRIES]
    = { self->temperature_row, self->top_p_row, self->max_tokens_row, self->stop_row };

  return rows[i];
}

/* Reading. */

static JsonNode *
read_stop (const char *text)
{
  g_auto (GStrv) pieces = g_strsplit (text, ",", -1);
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *node;

  for (gsize i = 0; pieces[i] != NULL; i++)
    {
      g_autoptr (GString) piece = g_string_new (g_strstrip (pieces[i]));

      g_string_replace (piece, "\\n", "\n", 0);
      if (piece->len > 0)
        json_array_add_string_element (array, piece->str);
    }
  if (json_array_get_length (array) == 0)
    return NULL;

  node = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (node, array);

  return node;
}

/* People write 0,5 as well as 0.5. */
static JsonNode *
read_number (const char *text, double most)
{
  g_autofree char *clean = g_strstrip (g_strdelimit (g_strdup (text), ",", '.'));
  JsonNode *node;
  char *end;
  double number = g_ascii_strtod (clean, &end);

  if (end == clean || *end != '\0' || !(number >= 0 && number <= (most > 0 ? most : G_MAXINT))
      || (most <= 0 && (number < 1 || number > (double) (gint64) number)))
    return NULL;

  node = json_node_new (JSON_NODE_VALUE);
  if (most > 0)
    json_node_set_double (node, number);
  else
    json_node_set_int (node, (gint64) number);

  return node;
}

/* Returns: (transfer full) (nullable): what is typed; NULL with @fine unset for nonsense */
static JsonNode *
read_field (RnlParametersWindow *self, guint i, gboolean *fine)
{
  const char *text = gtk_editable_get_text (get_entry (self, i));
  JsonNode *node = i == STOP ? read_stop (text) : read_number (text, fields[i].most);

  *fine = node != NULL || text[strspn (text, " ")] == '\0' || i == STOP;

  return node;
}

static void
mark (RnlParametersWindow *self, guint i, gboolean fine)
{
  GtkWidget *entry = GTK_WIDGET (get_entry (self, i));

  if (fine)
    gtk_widget_remove_css_class (entry, "error");
  else
    gtk_widget_add_css_class (entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               fine ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
}

/* What is nonsense is as if it were not there. */
static char *
read_all (RnlParametersWindow *self)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  const char *effort = efforts[adw_combo_row_get_selected (self->effort_row)].word;

  json_node_take_object (root, object);
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      gboolean fine;
      JsonNode *node = read_field (self, i, &fine);

      mark (self, i, fine);
      if (node != NULL)
        json_object_set_member (object, fields[i].name, node);
    }
  if (effort != NULL)
    json_object_set_string_member (object, "reasoning_effort", effort);

  return json_object_get_size (object) > 0 ? rnl_json_to_string (root, FALSE) : NULL;
}

static void
update_reset (RnlParametersWindow *self)
{
  gboolean any = rnl_chat_get_params (self->chat) != NULL;

  for (guint i = 0; i < N_ENTRIES; i++)
    any = any || *gtk_editable_get_text (get_entry (self, i)) != '\0';
  gtk_widget_set_sensitive (self->reset_button, any);
}

static void
changed_cb (RnlParametersWindow *self)
{
  g_autofree char *params = NULL;

  if (self->filling || self->chat == NULL)
    return;

  params = read_all (self);
  if (g_strcmp0 (params, rnl_chat_get_params (self->chat)) != 0)
    {
      rnl_chat_set_params (self->chat, params);
      /* A chat is kept from its first message on. */
      if (rnl_library_find_chat (self->library, rnl_chat_get_id (self->chat)) != NULL)
        rnl_library_save_chat (self->library, self->chat);
    }
  update_reset (self);
}

/* Showing. */

static char *
dup_shown (JsonNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    return g_strdup_printf ("%.6g", json_node_get_double (node));

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            json_array_get_string_element (array, i));
  g_string_replace (text, "\n", "\\n", 0);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
fill (RnlParametersWindow *self)
{
  const char *params = rnl_chat_get_params (self->chat);
  g_autoptr (JsonNode) root = params != NULL ? rnl_json_strict_parse (params, -1, NULL) : NULL;
  JsonObject *object = rnl_json_node_get_object (root);
  const char *effort = rnl_json_object_get_string (object, "reasoning_effort");

  self->filling = TRUE;
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      JsonNode *node = rnl_json_object_get_value (object, fields[i].name);
      g_autofree char *text = node != NULL ? dup_shown (node) : g_strdup ("");

      gtk_editable_set_text (get_entry (self, i), text);
      mark (self, i, TRUE);
    }
  adw_combo_row_set_selected (self->effort_row, 0);
  for (guint i = 1; i < G_N_ELEMENTS (efforts); i++)
    if (g_strcmp0 (efforts[i].word, effort) == 0)
      adw_combo_row_set_selected (self->effort_row, i);
  self->filling = FALSE;
  update_reset (self);
}

static void
show_row (AdwActionRow *row, GtkWidget *control, gboolean taken, const char *hint, const char *why)
{
  gtk_widget_set_sensitive (GTK_WIDGET (row), taken);
  adw_action_row_set_subtitle (row, taken ? hint : why);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  taken ? hint : why, -1);
}

static void
show_taken (RnlParametersWindow *self, RnlChatModel *model)
{
  RnlModelParams params = rnl_chat_model_get_params (model);
  /* Translators: %s is a model's name; below the name of a parameter */
  g_autofree char *text
    = g_strdup_printf (_ ("%s does not take this"), rnl_model_words_title (model));
  g_autofree char *why = g_markup_escape_text (text, -1);

  for (guint i = 0; i < N_ENTRIES; i++)
    show_row (get_row (self, i), GTK_WIDGET (get_entry (self, i)), (params & fields[i].param) != 0,
              _ (fields[i].hint), why);
  show_row (ADW_ACTION_ROW (self->effort_row), GTK_WIDGET (self->effort_row),
            (params & RNL_MODEL_PARAM_REASONING_EFFORT) != 0,
            _ ("How much the model thinks before it answers"), why);
}

static void
reset_clicked_cb (RnlParametersWindow *self)
{
  rnl_chat_set_params (self->chat, NULL);
  if (rnl_library_find_chat (self->library, rnl_chat_get_id (self->chat)) != NULL)
    rnl_library_save_chat (self->library, self->chat);
  fill (self);
}

static void
rnl_parameters_window_dispose (GObject *object)
{
  RnlParametersWindow *self = RNL_PARAMETERS_WINDOW (object);

  g_clear_object (&self->library);
  g_clear_object (&self->chat);
  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_PARAMETERS_WINDOW);

  G_OBJECT_CLASS (rnl_parameters_window_parent_class)->dispose (object);
}

static void
rnl_parameters_window_class_init (RnlParametersWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_parameters_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/ui/rnl-parameters-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlParametersWindow, reset_button);
  gtk_widget_class_bind_template_child (widget_class, RnlParametersWindow, temperature_row);
  gtk_widget_class_bind_template_child (widget_class, RnlParametersWindow, top_p_row);
  gtk_widget_class_bind_template_child (widget_class, RnlParametersWindow, max_tokens_row);
  gtk_widget_class_bind_template_child (widget_class, RnlParametersWindow, stop_row);
  gtk_widget_class_bind_template_child (widget_class, RnlParametersWindow, effort_row);
  gtk_widget_class_bind_template_child (widget_class, RnlParametersWindow, temperature_entry);
  gtk_widget_class_bind_template_child (widget_class, RnlParametersWindow, top_p_entry);
  gtk_widget_class_bind_template_child (widget_class, RnlParametersWindow, max_tokens_entry);
  gtk_widget_class_bind_template_child (widget_class, RnlParametersWindow, stop_entry);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_clicked_cb);
}

static void
rnl_parameters_window_init (RnlParametersWindow *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  rnl_compat_name_buttons (GTK_WIDGET (self));
  rnl_compat_name_combo_rows (GTK_WIDGET (self));
  rnl_compat_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _ ("Parameters"));
  for (gsize i = 0; i < G_N_ELEMENTS (efforts); i++)
    gtk_string_list_append (titles, _ (efforts[i].title));
  adw_combo_row_set_model (self->effort_row, G_LIST_MODEL (titles));
  for (guint i = 0; i < N_ENTRIES; i++)
    g_signal_connect_swapped (get_entry (self, i), "changed", G_CALLBACK (changed_cb), self);
}

/**
 * rnl_parameters_window_new:
 * @parent: the window of the chat
 * @library: where the chat is kept
 * @chat: whose parameters they are
 * @model: who answers in it
 *
 * Returns: (transfer none): a window, to be presented
 */
RnlParametersWindow *
rnl_parameters_window_new (GtkWindow *parent,
                           RnlLibrary *library,
                           RnlChat *chat,
                           RnlChatModel *model)
{
  RnlParametersWindow *self
    = g_object_new (RNL_TYPE_PARAMETERS_WINDOW, "transient-for", parent, NULL);

  self->library = g_object_ref (library);
  self->chat = g_object_ref (chat);
  show_taken (self, model);
  fill (self);

  return self;
}

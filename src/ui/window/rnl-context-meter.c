/* rnl-context-meter.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-context-meter.h"

#include <glib/gi18n.h>

#include "rnl-conversation-context.h"
#include "rnl-model-info.h"

/* From here on a person should know that not much more fits. */
#define NEARLY_FULL 0.8

/**
 * RnlContextMeter:
 *
 * "3.2k of 128k tokens": how many the next message takes with it, and how many fit; how many alone
 * where nobody says how many fit; nothing in an empty chat. Says in words what its colour says, and
 * in its tooltip where the numbers come from. It measures when a turn ends, when the model or the
 * draft changes, and has no timer.
 */
struct _RnlContextMeter
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *label;

  /* owned */
  RnlConversation *conversation;
  GCancellable *describing;
  char *draft;

  gint64 window;
};

G_DEFINE_FINAL_TYPE (RnlContextMeter, rnl_context_meter, GTK_TYPE_WIDGET)

/**
 * rnl_context_meter_dup_count:
 * @tokens: a count
 *
 * Returns: (transfer full): it for a person, three digits at most: "950", "3.2k", "128k", "1.2M"
 */
char *
rnl_context_meter_dup_count (gint64 tokens)
{
  if (tokens < 1000)
    return g_strdup_printf ("%d", (int) tokens);
  if (tokens < 9950)
    /* Translators: thousands of tokens, with one decimal: "3.2k" */
    return g_strdup_printf (_ ("%.1fk"), (double) tokens / 1e3);
  if (tokens < 999500)
    /* Translators: thousands of tokens: "128k" */
    return g_strdup_printf (_ ("%.0fk"), (double) tokens / 1e3);

  /* Translators: millions of tokens: "1.2M" */
  return g_strdup_printf (_ ("%.1fM"), (double) tokens / 1e6);
}

static char *
dup_size (RnlContextMeter *self, const RnlContextFacts *facts)
{
  g_autofree char *tokens = rnl_context_meter_dup_count (facts->tokens);
  g_autofree char *window = rnl_context_meter_dup_count (self->window);

  if (self->window > 0 && facts->source == RNL_TOKEN_SOURCE_ESTIMATE)
    /* Translators: how full the model's window is: "about 3.2k of 128k tokens" */
    return g_strdup_printf (_ ("about %s of %s tokens"), tokens, window);
  if (self->window > 0)
    /* Translators: how full the model's window is: "3.2k of 128k tokens" */
    return g_strdup_printf (_ ("%s of %s tokens"), tokens, window);
  if (facts->source == RNL_TOKEN_SOURCE_ESTIMATE)
    return g_strdup_printf (_ ("about %s tokens"), tokens);

  return g_strdup_printf (_ ("%s tokens"), tokens);
}

static void
add_line (GString *text, const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static void
add_last (GString *text, const RnlContextFacts *facts)
{
  g_autofree char *input = rnl_context_meter_dup_count (facts->last_input);
  g_autofree char *output = rnl_context_meter_dup_count (facts->last_output);
  /* Translators: what the server said of the last answer, in tokens */
  g_autofree char *line = g_strdup_printf (_ ("Last answer: %s read, %s written"), input, output);

  add_line (text, line);
}

static char *
dup_details (const RnlContextFacts *facts)
{
  g_autoptr (GString) text
    = g_string_new (_ ("What the next message sends to the model, with all that is sent along"));

  if (facts->last_input > 0)
    add_last (text, facts);
  add_line (text, facts->source == RNL_TOKEN_SOURCE_ESTIMATE
                    ? _ ("An estimate: the server has not said a number yet")
                    : _ ("As the server counted; what came since is an estimate"));
  if (facts->summarised > 0)
    {
      g_autofree char *line
        = g_strdup_printf (ngettext ("%u older message is sent as a summary",
                                     "%u older messages are sent as a summary", facts->summarised),
                           facts->summarised);

      add_line (text, line);
    }
  if (facts->left_out > 0)
    {
      g_autofree char *line
        = g_strdup_printf (ngettext ("%u older message is left out",
                                     "%u older messages are left out", facts->left_out),
                           facts->left_out);

      add_line (text, line);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
set_level (RnlContextMeter *self, const char *level)
{
  static const char *const levels[] = { "warning", "error", "dim-label" };

  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_strcmp0 (levels[i], level) == 0)
      gtk_widget_add_css_class (self->label, levels[i]);
    else
      gtk_widget_remove_css_class (self->label, levels[i]);
}

static void
show_facts (RnlContextMeter *self, const RnlContextFacts *facts)
{
  g_autofree char *size = dup_size (self, facts);
  g_autofree char *details = dup_details (facts);
  g_autofree char *text = NULL;

  if (self->window > 0 && facts->tokens >= self->window)
    {
      /* Translators: %s is "130k of 128k tokens" */
      text = g_strdup_printf (_ ("%s: full, the oldest messages will be left out"), size);
      set_level (self, "error");
    }
  else if (self->window > 0 && (double) facts->tokens >= NEARLY_FULL * (double) self->window)
    {
      /* Translators: %s is "120k of 128k tokens" */
      text = g_strdup_printf (_ ("%s: nearly full"), size);
      set_level (self, "warning");
    }
  else
    {
      text = g_steal_pointer (&size);
      set_level (self, "dim-label");
    }
  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_widget_set_tooltip_text (self->label, details);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->label), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, details, -1);
}

static gboolean
is_empty (RnlContextMeter *self)
{
  return self->conversation == NULL
         || g_list_model_get_n_items (rnl_conversation_list_messages (self->conversation)) == 0;
}

static void describe (RnlContextMeter *self);

/* While an answer is made there is nothing to read off: what it adds is known when it has ended. */
static void
update (RnlContextMeter *self)
{
  g_autoptr (RnlMessage) draft = NULL;
  RnlContextFacts facts;

  gtk_widget_set_visible (GTK_WIDGET (self), !is_empty (self));
  if (is_empty (self) || rnl_conversation_get_busy (self->conversation))
    return;

  if (self->draft != NULL && *self->draft != '\0')
    draft = rnl_message_new_text (RNL_ROLE_USER, self->draft);
  rnl_conversation_measure (self->conversation, draft, &facts);
  show_facts (self, &facts);
  describe (self);
}

static void
described_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlContextMeter) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlModelInfo) info
    = rnl_chat_model_describe_finish (RNL_CHAT_MODEL (source), result, &error);

  /* Of a model that nobody describes only the count is shown. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->conversation == NULL
      || rnl_conversation_get_model (self->conversation) != RNL_CHAT_MODEL (source))
    return;

  self->window = info != NULL ? MAX (rnl_model_info_get_context_length (info), 0) : 0;
  update (self);
}

/* The server is asked once what its model is, when there is something to measure. */
static void
describe (RnlContextMeter *self)
{
  if (self->describing != NULL)
    return;

  self->describing = g_cancellable_new ();
  rnl_chat_model_describe_async (rnl_conversation_get_model (self->conversation), self->describing,
                                 described_cb, g_object_ref (self));
}

static void
stop_describing (RnlContextMeter *self)
{
  if (self->describing != NULL)
    g_cancellable_cancel (self->describing);
  g_clear_object (&self->describing);
}

static void
model_changed_cb (RnlContextMeter *self)
{
  stop_describing (self);
  self->window = 0;
  update (self);
}

static void
drop_conversation (RnlContextMeter *self)
{
  stop_describing (self);
  if (self->conversation == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->conversation, self);
  g_signal_handlers_disconnect_by_data (rnl_conversation_list_messages (self->conversation), self);
  g_clear_object (&self->conversation);
}

static void
rnl_context_meter_dispose (GObject *object)
{
  RnlContextMeter *self = RNL_CONTEXT_METER (object);

  drop_conversation (self);
  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (rnl_context_meter_parent_class)->dispose (object);
}

static void
rnl_context_meter_finalize (GObject *object)
{
  g_free (RNL_CONTEXT_METER (object)->draft);

  G_OBJECT_CLASS (rnl_context_meter_parent_class)->finalize (object);
}

static void
rnl_context_meter_class_init (RnlContextMeterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rnl_context_meter_dispose;
  object_class->finalize = rnl_context_meter_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "contextmeter");
}

static void
rnl_context_meter_init (RnlContextMeter *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->label, "caption");
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * rnl_context_meter_set_conversation:
 * @self: a meter
 * @conversation: (nullable): what to measure
 */
void
rnl_context_meter_set_conversation (RnlContextMeter *self, RnlConversation *conversation)
{
  g_return_if_fail (RNL_IS_CONTEXT_METER (self));

  drop_conversation (self);
  if (conversation == NULL)
    {
      update (self);
      return;
    }

  self->conversation = g_object_ref (conversation);
  g_signal_connect_swapped (conversation, "notify::model", G_CALLBACK (model_changed_cb), self);
  g_signal_connect_swapped (conversation, "notify::busy", G_CALLBACK (update), self);
  g_signal_connect_swapped (conversation, "context-changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (rnl_conversation_list_messages (conversation), "items-changed",
                            G_CALLBACK (update), self);
  model_changed_cb (self);
}

/**
 * rnl_context_meter_set_draft:
 * @self: a meter
 * @draft: (nullable): what the person is writing; not to be told at every key
 */
void
rnl_context_meter_set_draft (RnlContextMeter *self, const char *draft)
{
  g_return_if_fail (RNL_IS_CONTEXT_METER (self));

  if (g_strcmp0 (self->draft, draft) == 0)
    return;

  g_free (self->draft);
  self->draft = g_strdup (draft);
  update (self);
}

/**
 * rnl_context_meter_get_text:
 * @self: a meter
 *
 * Returns: (transfer none): what it says
 */
const char *
rnl_context_meter_get_text (RnlContextMeter *self)
{
  g_return_val_if_fail (RNL_IS_CONTEXT_METER (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->label));
}

/* rnl-chat-row.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-chat-row.h"

#include <glib/gi18n.h>

#include "rnl-compat-accessible.h"
#include "rnl-plain-line.h"
#include "rnl-text.h"

#define DRAFT_CHARS 80

/**
 * RnlChatRow:
 *
 * Title, one line of the last message, a dot when something waits for the person, else a spinner
 * while its turn is alive; above the first chat of a day or month, its heading.
 */
struct _RnlChatRow
{
  GtkWidget parent_instance;

  /* template children */
  GtkLabel *section;
  GtkWidget *body;
  GtkLabel *title;
  GtkLabel *labels;
  GtkLabel *snippet;
  GtkSpinner *spinner;
  GtkWidget *dot;

  /* owned */
  RnlChat *chat;
};

G_DEFINE_FINAL_TYPE (RnlChatRow, rnl_chat_row, GTK_TYPE_WIDGET)

/* Everything the row shows, for who hears it. */
static void
update_name (RnlChatRow *self, const char *state)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;
  g_autofree char *name = NULL;
  const char *texts[] = { gtk_label_get_label (self->title), state,
                          gtk_label_get_label (self->labels), gtk_label_get_label (self->snippet) };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && *texts[i] != '\0')
      g_strv_builder_add (builder, texts[i]);
  parts = g_strv_builder_end (builder);
  name = g_strjoinv (", ", parts);
  rnl_compat_name_row (GTK_WIDGET (self), name);
}

/* The last words; before there are any, those that have not been sent. */
static char *
dup_last_line (RnlChat *chat)
{
  const char *title = rnl_chat_get_title (chat);
  const char *draft = rnl_chat_get_draft (chat);
  g_autofree char *line = NULL;

  if ((title != NULL && *title != '\0') || draft == NULL || *draft == '\0')
    return rnl_plain_line (rnl_chat_get_snippet (chat));

  line = rnl_text_first_line (draft, DRAFT_CHARS);

  /* Translators: %s is the beginning of a text that has not been sent */
  return g_strdup_printf (_ ("Draft: %s"), line);
}

static void
update (RnlChatRow *self)
{
  const char *title = rnl_chat_get_title (self->chat);
  g_autofree char *plain = dup_last_line (self->chat);
  g_autofree char *labels = g_strjoinv (" · ", (char **) rnl_chat_get_labels (self->chat));
  gboolean attention = rnl_chat_get_attention (self->chat);
  gboolean busy = rnl_chat_get_busy (self->chat) && !attention;

  gtk_label_set_label (self->title, title != NULL && *title != '\0' ? title : _ ("New chat"));
  gtk_label_set_label (self->labels, labels);
  gtk_widget_set_visible (GTK_WIDGET (self->labels), *labels != '\0');
  gtk_label_set_label (self->snippet, plain);
  gtk_widget_set_visible (GTK_WIDGET (self->snippet), *plain != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (self->dot, attention);
  update_name (self, attention ? _ ("Waiting for you") : busy ? _ ("Answer on its way") : NULL);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_compat_activate_row (widget);
}

static void
rnl_chat_row_dispose (GObject *object)
{
  RnlChatRow *self = RNL_CHAT_ROW (object);

  rnl_chat_row_set_chat (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_CHAT_ROW);

  G_OBJECT_CLASS (rnl_chat_row_parent_class)->dispose (object);
}

static void
rnl_chat_row_class_init (RnlChatRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_chat_row_dispose;

  gtk_widget_class_install_action (widget_class, "chat.open", NULL, open_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/ui/rnl-chat-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlChatRow, section);
  gtk_widget_class_bind_template_child (widget_class, RnlChatRow, body);
  gtk_widget_class_bind_template_child (widget_class, RnlChatRow, title);
  gtk_widget_class_bind_template_child (widget_class, RnlChatRow, labels);
  gtk_widget_class_bind_template_child (widget_class, RnlChatRow, snippet);
  gtk_widget_class_bind_template_child (widget_class, RnlChatRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, RnlChatRow, dot);
}

static void
rnl_chat_row_init (RnlChatRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rnl_chat_row_new (void)
{
  return g_object_new (RNL_TYPE_CHAT_ROW, NULL);
}

/**
 * rnl_chat_row_get_chat:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the chat it shows
 */
RnlChat *
rnl_chat_row_get_chat (RnlChatRow *self)
{
  return self->chat;
}

void
rnl_chat_row_set_chat (RnlChatRow *self, RnlChat *chat)
{
  g_return_if_fail (RNL_IS_CHAT_ROW (self));

  if (self->chat == chat)
    return;

  if (self->chat != NULL)
    g_signal_handlers_disconnect_by_data (self->chat, self);
  g_set_object (&self->chat, chat);
  if (chat == NULL)
    return;

  g_signal_connect_swapped (chat, "notify", G_CALLBACK (update), self);
  update (self);
}

/**
 * rnl_chat_row_set_section:
 * @self: a row
 * @section: (nullable): the heading above it, `NULL` for none
 */
void
rnl_chat_row_set_section (RnlChatRow *self, const char *section)
{
  g_return_if_fail (RNL_IS_CHAT_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->section), section != NULL);
  if (section != NULL)
    gtk_label_set_label (self->section, section);
}

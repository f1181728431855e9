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
 *
 * A list has two hundred rows, most of them out of sight: their lines have the size of the font and
 * are laid out when they are seen, and what few rows show is made for those.
 */
struct _RnlChatRow
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *section; /* nullable: a label */
  GtkWidget *body;
  GtkBox *lines;
  GtkInscription *title;
  GtkInscription *labels; /* nullable */
  GtkInscription *snippet;
  GtkWidget *sign; /* nullable: the dot or the spinner */

  /* owned */
  RnlChat *chat;
};

G_DEFINE_FINAL_TYPE (RnlChatRow, rnl_chat_row, GTK_TYPE_WIDGET)

static GtkInscription *
add_line (GtkBox *lines, GtkWidget *after, const char *const *classes)
{
  GtkWidget *line
    = g_object_new (GTK_TYPE_INSCRIPTION, "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END,
                    "css-classes", classes, NULL);

  gtk_box_insert_child_after (lines, line, after);

  return GTK_INSCRIPTION (line);
}

/* Everything the row shows, for who hears it. */
static void
update_name (RnlChatRow *self, const char *state, const char *labels)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;
  g_autofree char *name = NULL;
  const char *texts[] = { gtk_inscription_get_text (self->title), state, labels,
                          gtk_inscription_get_text (self->snippet) };

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
update_labels (RnlChatRow *self, const char *labels)
{
  static const char *const classes[] = { "caption", "accent", NULL };

  if (self->labels == NULL && *labels == '\0')
    return;

  if (self->labels == NULL)
    self->labels = add_line (self->lines, GTK_WIDGET (self->title), classes);
  gtk_inscription_set_text (self->labels, labels);
  gtk_widget_set_visible (GTK_WIDGET (self->labels), *labels != '\0');
}

static GtkWidget *
make_dot (void)
{
  GtkWidget *dot = gtk_image_new_from_icon_name ("media-record-symbolic");

  gtk_image_set_pixel_size (GTK_IMAGE (dot), 10);
  gtk_widget_set_tooltip_text (dot, _ ("Waiting for you"));
  gtk_widget_add_css_class (dot, "accent");

  return dot;
}

static GtkWidget *
make_spinner (void)
{
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_start (GTK_SPINNER (spinner));

  return spinner;
}

/* Returns: (nullable): what the sign says */
static const char *
update_sign (RnlChatRow *self)
{
  gboolean attention = rnl_chat_get_attention (self->chat);
  const char *name = attention                        ? _ ("Waiting for you")
                     : rnl_chat_get_busy (self->chat) ? _ ("Answer on its way")
                                                      : NULL;

  if (self->sign != NULL && (name == NULL || GTK_IS_SPINNER (self->sign) == attention))
    {
      gtk_box_remove (GTK_BOX (self->body), self->sign);
      self->sign = NULL;
    }
  if (self->sign == NULL && name != NULL)
    {
      self->sign = attention ? make_dot () : make_spinner ();
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->sign), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      name, -1);
      gtk_box_append (GTK_BOX (self->body), self->sign);
    }

  return name;
}

static void
update (RnlChatRow *self)
{
  const char *title = rnl_chat_get_title (self->chat);
  g_autofree char *plain = dup_last_line (self->chat);
  g_autofree char *labels = g_strjoinv (" · ", (char **) rnl_chat_get_labels (self->chat));

  gtk_inscription_set_text (self->title, title != NULL && *title != '\0' ? title : _ ("New chat"));
  update_labels (self, labels);
  gtk_inscription_set_text (self->snippet, g_strdelimit (plain, "\n", ' '));
  gtk_widget_set_visible (GTK_WIDGET (self->snippet), *plain != '\0');
  update_name (self, update_sign (self), labels);
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
  g_clear_pointer (&self->section, gtk_widget_unparent);
  g_clear_pointer (&self->body, gtk_widget_unparent);

  G_OBJECT_CLASS (rnl_chat_row_parent_class)->dispose (object);
}

static void
rnl_chat_row_class_init (RnlChatRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_chat_row_dispose;

  gtk_widget_class_install_action (widget_class, "chat.open", NULL, open_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
rnl_chat_row_init (RnlChatRow *self)
{
  static const char *const faint[] = { "caption", "dim-label", NULL };
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->lines = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 2));
  self->title = add_line (self->lines, NULL, NULL);
  self->snippet = add_line (self->lines, GTK_WIDGET (self->title), faint);
  gtk_widget_add_css_class (self->body, "chat-row");
  gtk_widget_set_hexpand (GTK_WIDGET (self->lines), TRUE);
  gtk_box_append (GTK_BOX (self->body), GTK_WIDGET (self->lines));
  gtk_widget_set_parent (self->body, GTK_WIDGET (self));
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

static GtkWidget *
add_section (RnlChatRow *self)
{
  GtkWidget *section = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (section), 0);
  gtk_widget_set_margin_top (section, 12);
  gtk_widget_set_margin_bottom (section, 6);
  gtk_widget_set_margin_start (section, 10);
  gtk_widget_add_css_class (section, "caption-heading");
  gtk_widget_add_css_class (section, "dim-label");
  gtk_widget_insert_after (section, GTK_WIDGET (self), NULL);

  return section;
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

  if (section != NULL && self->section == NULL)
    self->section = add_section (self);
  if (self->section != NULL)
    gtk_widget_set_visible (self->section, section != NULL);
  if (section != NULL)
    gtk_label_set_label (GTK_LABEL (self->section), section);
}
